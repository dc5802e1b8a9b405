#!/bin/bash
# What once broke a parser, and what a fuzzer found worth keeping, goes through it again: every file of
# tests/fuzz/corpus, with the sanitizers on and without a fuzzer.
cd "$(dirname "$0")/../.." || exit 2
build=${WEGWIJS_BUILD:-$PWD/build}
make --no-print-directory corpora BUILD="$build" >"$build/corpora.log" 2>&1 || {
    tail -n 20 "$build/corpora.log" >&2
    echo "not ok 1 - the fuzz targets build"
    exit 1
}
number=0 failures=0
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c) number=$((number + 1))
    corpus=tests/fuzz/corpus/${name#fuzz_}
    if out=$("$build/fuzz/corpus/$name" "$corpus" 2>&1); then
        echo "ok $number - ${name#fuzz_}: $(grep -c '^ok' <<<"$out") inputs do no harm"
    else
        failures=$((failures + 1))
        echo "$out" | tail -n 30 >&2
        echo "not ok $number - ${name#fuzz_}: $(grep '^# ' <<<"$out" | tail -n 1)"
    fi
done
echo "1..$number"
[ $failures -eq 0 ]
