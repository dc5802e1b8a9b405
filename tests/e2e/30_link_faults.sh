#!/bin/bash
# The short form of `make fault`: each line of its table is a test.
n=0
while IFS= read -r line; do
    case $line in
    fault*times*) continue ;;
    FAILED*) n=$((n + 1)); echo "not ok $n - $line" ;;
    *[0-9]) n=$((n + 1))
        # shellcheck disable=SC2206
        words=($line) count=${#words[@]}
        if [ "${words[count - 3]}${words[count - 2]}${words[count - 1]}" = 000 ] && [ "${words[count - 4]}" -gt 0 ]; then
            echo "ok $n - ${line%%  *}"
        else echo "not ok $n - $line"; fi ;;
    *) echo "$line" >&2 ;;
    esac
done < <(tests/fault/run.sh "${WEGWIJS_BUILD##*/}" short)
[ $n -gt 0 ]
