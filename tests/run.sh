#!/bin/bash
# Runs every unit test and every end-to-end test, shows what failed, and ends in one line
# "N passed, N failed" (", N skipped", the reasons above it). Each test speaks TAP:
# "ok N - name", "not ok N - name", "ok N - name # SKIP reason".
build=${1:-build}
cd "$(dirname "$0")/.." || exit 2
export WEGWIJS_BUILD=$PWD/$build WEGWIJS_STAGE=$PWD/$build/stage
only=${ONLY:-}
passed=0 failed=0 skipped=0
mkdir -p "$build"
results=$(mktemp -d "$build/results.XXXXXX") || exit 2
trap 'rm -rf "$build/results"; mv "$results" "$build/results"' EXIT
one() { # one NAME COMMAND...
    local name=$1 out=$results/$1.tap status; shift
    [ -n "$only" ] && [[ "$name" != $only ]] && return
    local started=$SECONDS
    timeout "${TEST_TIMEOUT:-600}" "$@" >"$out" 2>"$results/$name.err"; status=$?
    local good bad skip
    skip=$(grep -c '^ok .*# SKIP' "$out"); bad=$(grep -c '^not ok' "$out")
    good=$(($(grep -c '^ok' "$out") - skip))
    if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; echo "not ok - $name ended with status $status" >>"$out"; fi
    if [ "$good" -eq 0 ] && [ "$bad" -eq 0 ] && [ "$skip" -eq 0 ]; then bad=1; echo "not ok - $name ran no test" >>"$out"; fi
    passed=$((passed + good)); failed=$((failed + bad)); skipped=$((skipped + skip))
    printf '%-34s %4d passed %3d failed %3d skipped  %4d s\n' "$name" "$good" "$bad" "$skip" $((SECONDS - started))
    grep '# SKIP' "$out" | sed 's/^/    skipped: /'
    if [ "$bad" -gt 0 ]; then grep '^not ok' "$out" | sed 's/^/    /'; tail -n 30 "$results/$name.err" | sed 's/^/    | /'; fi
}
for t in "$build"/test/test_*; do
    case $t in *.d) continue ;; esac
    [ -f "tests/$(basename "$t").c" ] || continue
    one "$(basename "$t")" env CK_DEFAULT_TIMEOUT=60 "$t"
done
for t in tests/e2e/*.sh; do
    [ -e "$t" ] || continue
    case $(basename "$t") in lib*.sh) continue ;; esac
    one "$(basename "$t" .sh)" bash "$t"
done
line="$passed passed, $failed failed"
[ $skipped -gt 0 ] && line="$line, $skipped skipped"
echo "$line"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
