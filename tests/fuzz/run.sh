#!/bin/bash
# run.sh FOLDER SECONDS TARGET…: looks for new faults, each target for so many seconds, two at a time.
# New inputs that reach new code go to FOLDER/found/<target>, inputs that break it to FOLDER/broken/<target>-…;
# a repaired one belongs in tests/fuzz/corpus/<target>.
folder=$1 seconds=$2; shift 2
corpus=$(cd "$(dirname "$0")" && pwd)/corpus
one() {
    local name=${1#fuzz_} dict=()
    mkdir -p "$folder/found/$name" "$folder/broken"
    [ -f "$corpus/../$name.dict" ] && dict=(-dict="$corpus/../$name.dict")
    "$folder/$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
        "${dict[@]}" -artifact_prefix="$folder/broken/$name-" "$folder/found/$name" "$corpus/$name" \
        >"$folder/$name.log" 2>&1
    local status=$?
    printf '%-10s %5s s %9s runs %6s a second %6s edges %6s inputs  %s\n' "$name" "$seconds" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$name.log")" \
        "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$folder/$name.log")" \
        "$(grep -o 'cov: [0-9]*' "$folder/$name.log" | tail -1 | cut -d' ' -f2)" \
        "$(ls "$folder/found/$name" | wc -l)" \
        "$([ $status -eq 0 ] && echo 'no fault' || echo "FAULT, see $folder/$name.log")"
    return $status
}
export -f one
export folder seconds corpus
printf '%s\n' "$@" | xargs -P "${FUZZ_JOBS:-2}" -I{} bash -c 'one {}'
