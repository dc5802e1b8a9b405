#!/bin/bash
# Everyone can use it: what --check measures of every screen, on every panel that the README names, in every setting that is offered.
. "$(dirname "$0")/lib_kiosk.sh"

measured() { # measured WIDTH-MM HEIGHT-MM: the lines about screens, in check.log; the exit status is that of --check
    rm -rf panel && cp -r config panel
    sed -i "s/^screen:/screen:\n  width-mm: $1\n  height-mm: $2/" panel/kiosk.yaml
    wegwijs-kiosk --config panel --data "$folder/none" --check >all.log 2>&1
    grep " screens " all.log >check.log
    ! grep -q "^FAULT" check.log
}
modes() { grep -c "^ok .* letters.*capital .*target .*key .*gap .*contrast .*shapes" check.log; }
holds() { # holds WIDTH HEIGHT MODES
    measured "$1" "$2" && test "$(modes)" = "$3" || { cat check.log; return 1; }
}
# modes: steps of letters x contrast x reach
for panel in "398 708 12" "338 600 12" "299 531 12" "268 476 12" "600 338 6" "476 268 6" "194 345 4" "345 194 4" "165 294 2" \
    "294 165 2" "163 261 2" "261 163 2" "217 136 2"; do
    read -r width height count <<<"$panel"
    check "$width x $height mm: every screen holds its norms in $count settings" holds "$width" "$height" "$count"
done
not_offered() { measured 194 345 && grep -q "largest letters are not offered: .*: a capital letter is lower" check.log; }
check "what is not offered is named, and why" not_offered
too_narrow() { ! measured 136 217 && grep -q "FAULT .*a key is smaller than 12.7 mm" check.log; }
check "a panel that is too narrow is a fault" too_narrow
large_capitals() {
    measured 338 600 && grep " large letters" check.log | sed 's/.*outside the bar \([0-9.]*\) .*/\1/' | awk '$1 < 7.3 { bad = 1 } END { exit bad }' &&
        grep " largest letters" check.log | sed 's/.*outside the bar \([0-9.]*\) .*/\1/' | awk '$1 < 9.0 { bad = 1 } END { exit bad }' &&
        grep -E " larg(e|est) letters" check.log | sed 's/.*: capital \([0-9.]*\) .*/\1/' | awk '{ rows++ } $1 < 7.3 { bad = 1 } END { exit bad || rows != 8 }'
}
check "large and largest letters are as large as they promise, in the bar too" large_capitals

# ---- the norms that are no sizes
norms() { wegwijs-kiosk --config "$1" --data "$folder/none" --check 2>/dev/null | grep " norms " >norms.log; }
rows() {
    norms config
    test "$(grep -c '^ok ' norms.log)" = 6 && ! grep -q '^FAULT' norms.log &&
        grep -q "idle: asked after 60 s, counted down for 20 s .* extended by one touch 10 times .* then wiped" norms.log &&
        grep -q "double strike: .* ignored for 500 ms" norms.log && grep -q "activation: on release; .* activates nothing" norms.log &&
        grep -q "motion: the longest takes [0-9]* ms (at most 200)" norms.log &&
        grep -q "speech: 120 words a minute by default, speed and volume from 50 to 200 %" norms.log &&
        grep -qE "speech start: the first sound of a sentence after [0-9]+ ms \(at most 500\)" norms.log
}
check "--check has a line for each norm that is no size" rows
hurried() {
    rm -rf panel && cp -r config panel && sed -i '/^idle:/,/^[a-z]/{/^idle:/d;/^ /d}' panel/kiosk.yaml && echo "idle: { seconds: 30, countdown: 5 }" >>panel/kiosk.yaml
    norms panel
    grep -q "^FAULT .*idle: asked after 30 s, counted down for 5 s (at least 20)" norms.log
}
check "too little time to think is a fault" hurried

# on a panel of 15 inches the bar offers what holds there
new_agenda
sed -i "s/^screen:/screen:\n  width-mm: 194\n  height-mm: 345/" config/kiosk.yaml
printf 'wait start.begin\nsleep 1\ndump %s\n' "$folder/dump" >script
small() {
    wegwijs-kiosk --config config --data data --window 1080x1920 --script script 2>>kiosk.log &&
        json dump '"bar.reach" not in str(d) and "bar.text" in str(d) and "bar.contrast" in str(d)'
}
check "the bar of a small panel has no tool for what it cannot hold" small
echo "1..$number"
