#!/bin/bash
# Every Dutch text that is installed, held against the rules of simple Dutch; what fails is named by its key.
# Then the same with spoiled texts: each must be noticed.
here=$(cd "$(dirname "$0")/.." && pwd)
share=$WEGWIJS_STAGE/usr/local/share/wegwijs
for tool in python3 hunspell; do
    command -v $tool >/dev/null || { echo "ok 1 - simple Dutch # SKIP no $tool"; exit 0; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
python3 "$here/dutch.py" "$share" | grep -v '^1\.\.' | tee "$folder/tap"
number=$(grep -c '^\(not \)\?ok' "$folder/tap")

spoil() { # spoil KEY TEXT WHAT: with this text instead, the key is named
    cp -r "$share/lang" "$share/kiosk-config" "$folder"
    mkdir -p "$folder/assets"
    ln -sfn "$share/assets/pictograms" "$folder/assets/pictograms"
    awk -v key="$1" -v text="$2" '$0 == "msgid \"" key "\"" {hit = 1} hit && /^msgstr/ {$0 = "msgstr \"" text "\""; hit = 0} {print}' \
        "$share/lang/nl.po" >"$folder/lang/nl.po"
    number=$((number + 1))
    if python3 "$here/dutch.py" "$folder" 2>/dev/null | grep '^not ok' | grep -q "$1"; then
        echo "ok $number - noticed: $3"
    else
        echo "not ok $number - noticed: $3"
    fi
}
spoil title.start "Wij heten u hier vandaag met heel veel plezier van harte welkom." "a sentence of 12 words"
spoil title.start "Welkomm" "a word that is no Dutch"
spoil title.start "U wordt geholpen." "a passive"
spoil title.start "Breng bv. uw kaart." "an abbreviation"
spoil second.topics "Kies een of twee dingen." "a number in letters"
spoil topic.work "" "an answer without a text"
spoil topic.work "Papieren" "two answers that are said alike"
