#!/bin/bash
# Runs every unit test and every end-to-end test, as many at once as there are processors (JOBS says otherwise),
# shows what failed, and ends in one line "N passed, N failed" (", N skipped", the reasons above it). Each test
# speaks TAP: "ok N - name", "not ok N - name", "ok N - name # SKIP reason". ONLY='5*' runs those that match.
build=${1:-build}
cd "$(dirname "$0")/.." || exit 2
export WEGWIJS_BUILD=$PWD/$build WEGWIJS_STAGE=$PWD/$build/stage
export only=${ONLY:-}
mkdir -p "$build"
results=$(mktemp -d "$build/results.XXXXXX") || exit 2
export results
trap 'rm -rf "$build/results"; mv "$results" "$build/results"' EXIT
one() { # one TEST: runs it, keeps its counts, and says all it has to say at once
    local name out status started=$SECONDS good bad skip
    name=$(basename "$1" .sh); out=$results/$name.tap
    [ -n "$only" ] && [[ "$name" != $only ]] && return
    case $1 in
        *.sh) timeout "${TEST_TIMEOUT:-600}" bash "$1" >"$out" 2>"$results/$name.err" ;;
        *) CK_DEFAULT_TIMEOUT=60 timeout "${TEST_TIMEOUT:-600}" "$1" >"$out" 2>"$results/$name.err" ;;
    esac
    status=$?
    skip=$(grep -c '^ok .*# SKIP' "$out"); bad=$(grep -c '^not ok' "$out")
    good=$(($(grep -c '^ok' "$out") - skip))
    if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; echo "not ok - $name ended with status $status" >>"$out"; fi
    if [ "$good" -eq 0 ] && [ "$bad" -eq 0 ] && [ "$skip" -eq 0 ]; then bad=1; echo "not ok - $name ran no test" >>"$out"; fi
    echo "$good $bad $skip" >"$results/$name.count"
    {
        printf '%-34s %4d passed %3d failed %3d skipped  %4d s\n' "$name" "$good" "$bad" "$skip" $((SECONDS - started))
        grep '# SKIP' "$out" | sed 's/^/    skipped: /'
        if [ "$bad" -gt 0 ]; then grep '^not ok' "$out" | sed 's/^/    /'; tail -n 30 "$results/$name.err" | sed 's/^/    | /'; fi
    } >"$results/$name.said"
    cat "$results/$name.said"
}
export -f one
{
    for t in "$build"/test/test_*; do
        case $t in *.d) continue ;; esac
        [ -f "tests/$(basename "$t").c" ] && echo "$t"
    done
    for t in tests/e2e/*.sh; do
        case $(basename "$t") in lib*.sh) ;; *) echo "$t" ;; esac
    done
} | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'one "$1"' one {}
lanes=$?
read -r passed failed skipped < <(cat "$results"/*.count 2>/dev/null | awk '{g += $1; b += $2; s += $3} END {print g + 0, b + 0, s + 0}')
[ $lanes -ne 0 ] && echo "a test could not be run" && failed=$((failed + 1))
line="$passed passed, $failed failed"
[ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
