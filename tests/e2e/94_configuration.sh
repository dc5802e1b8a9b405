#!/bin/bash
# A changed configuration: tried by a process of its own, taken over between two visits, refused when it is wrong;
# the last good copy after a restart; nothing lost on the way.
. "$(dirname "$0")/lib_kiosk.sh"
cp -r "$share" "$folder/share" # texts can be upgraded here
export WEGWIJS_SHARE=$folder/share
new_agenda
mkfifo script
start() {
    wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 --last-good --script - <script >out 2>>kiosk.log & pid=$!
    exec 9>script
    echo "wait start.begin" >&9
    said "the agenda answers"
}
said() { # said TEXT: within a minute, after the mark
    for _ in $(seq 600); do tail -n "+$((mark + 1))" kiosk.log 2>/dev/null | grep -qF -- "$1" && return; sleep 0.1; done
    echo "not said: $1"; tail -n 5 kiosk.log; return 1
}
here() { mark=$(wc -l <kiosk.log); }
look() { kill -HUP "$pid"; }
seen() { # seen LINE FILE: what the script sees; FILE appears when it has come so far
    rm -f "$2.json"; echo "$1" >&9; echo "dump $folder/$2.json" >&9
    for _ in $(seq 600); do [ -s "$2.json" ] && break; sleep 0.1; done
    kill -0 "$pid" && [ -s "$2.json" ]
}
config_state() { wegwijs-kiosk --config "$folder/config" --data "$folder/data" --status | python3 -c 'import json,sys; print(json.load(sys.stdin)["configuration"])'; }
is_state() { for _ in $(seq 600); do [ "$(config_state)" = "$1" ] && return; sleep 0.1; done; config_state; return 1; }
touch kiosk.log; mark=0
start
kept() { for _ in $(seq 600); do [ -e data/good/lang/nl.po ] && return; sleep 0.1; done; return 1; }
kept
check "a copy of what started well is kept, its owner's alone" test "$(stat -c %a data/good data/good/kiosk.yaml data/good/town.yaml data/good/lang/nl.po | sort -u | tr '\n' ' ')" = "600 700 "

# ---- good, seen without being told
here
sed -i 's/^name: .*/name: Proefgem/' config/town.yaml
check "a changed town is seen and taken over" said "configuration: taken over"
check "the kiosk goes on, as the same process" seen "expect bar.town Proefgem" town
here; look
check "asked without a change it stays as it is" said "configuration: as it was"

# ---- during a visit the old one stays, to its end
here
seen "tap start.begin" begun
sed -i 's/^name: .*/name: Anderdorp/' config/town.yaml
look
check "during a visit it waits" said "changed and good"
visit_goes_on() { seen "tap language.ro" later || { echo "not seen"; tail -n 5 kiosk.log; cat out; return 1; }; ! tail -n "+$((mark + 1))" kiosk.log | grep "configuration: taken over"; }
check "the visit goes on" visit_goes_on
{ echo "tap bar.stop"; echo "tap stop.go"; } >&9
check "at its end it is taken over" said "configuration: taken over"
check "with the new name" seen "expect bar.town Anderdorp" town

# ---- texts of an upgrade
here
sed -i 's/^msgstr "Wij helpen u op weg."/msgstr "Wij helpen u nu."/' share/lang/nl.po
check "new texts are taken over" said "configuration: taken over"
seen "wait start.begin" again
{ echo "tap start.begin"; echo "tap language.ro"; } >&9
check "and shown" seen "expect question Wij helpen u nu." text
{ echo "tap bar.stop"; echo "tap stop.go"; echo "wait start.begin"; } >&9

# ---- the town's own shield
magenta() { convert "$1" -format %c histogram:info:- | grep -c '#FF00FF'; }
own_shield() {
    for _ in $(seq 200); do
        rm -f shield.png
        seen "shot $folder/shield.png" shield && [ "$(magenta shield.png)" -gt 0 ] && return
        sleep 0.1
    done
    tail -n 5 kiosk.log; return 1
}
seen "shot $folder/neutral.png" neutral
check "a town without a shield has a neutral one" test "$(magenta neutral.png)" = 0
echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48"><path d="M0 0 H40 V48 H0 Z" fill="#FF00FF"/></svg>' >config/wapen.svg
echo "shield: wapen.svg" >>config/town.yaml
look
check "its own is shown where it has one" own_shield
shield_kept() { for _ in $(seq 600); do cmp -s config/wapen.svg data/good/wapen.svg && return; sleep 0.1; done; return 1; }
check "and kept with the last good copy" shield_kept

# ---- wrong ones
cp -r config config.good
wrong() { # wrong WHAT SAID COMMAND…
    local what=$1 text=$2; shift 2
    here
    "$@"
    look
    check "$what is refused, with what is wrong" said "$text"
    check "… staff see it, monitoring too" is_state refused
    check "… and the kiosk goes on with the old one" seen "expect start.staff" old
    rm -rf config/kiosk.yaml config/town.yaml; cp -r config.good/kiosk.yaml config.good/town.yaml config/
    here; look
    said "configuration:" && is_state current >/dev/null
}
bad_key() { echo "nosuch: 1" >>config/kiosk.yaml; }
bad_yaml() { printf 'name: [\n' >config/town.yaml; }
half() { head -c 700 config.good/town.yaml >config/town.yaml; }
empty() { : >config/town.yaml; }
large() { head -c 100M /dev/zero >config/kiosk.yaml; }
folder_there() { rm config/kiosk.yaml; mkdir config/kiosk.yaml; }
gone() { rm config/town.yaml; }
no_picture() { sed -i '0,/pictogram: .*/s//pictogram: no-such-picture/' config/town.yaml; grep -q no-such-picture config/town.yaml; }
no_shield() { sed -i 's/^shield: .*/shield: nergens.svg/' config/town.yaml; }
far_shield() { sed -i 's|^shield: .*|shield: ../wapen.svg|' config/town.yaml; }
wrong "a shield that is not there" "nergens.svg" no_shield
wrong "a shield elsewhere" 'not the name of a file beside it' far_shield
wrong "an unknown key" 'unexpected key "nosuch"' bad_key
wrong "a broken file" "town.yaml" bad_yaml
wrong "half a file" "refused, the old one stays" half
wrong "an empty file" "refused, the old one stays" empty
wrong "a huge file" "refused, the old one stays" large
wrong "a folder in the file's place" "refused, the old one stays" folder_there
wrong "a file that is gone" "town.yaml" gone
wrong "a missing picture" "no-such-picture" no_picture

# ---- a storm, and a kill in the middle
sleep_until_kept() { for _ in $(seq 600); do cmp -s config/town.yaml data/good/town.yaml && return; sleep 0.1; done; return 1; }
here
storm() { for _ in $(seq 300); do kill -HUP "$pid" || return 1; done; sed -i 's/^name: .*/name: Stormstad/' config/town.yaml; look; said "configuration: taken over"; }
check "three hundred signals and a change" storm
check "it stands there once, changed" seen "expect bar.town Stormstad" town
check "and kept" sleep_until_kept
echo "nosuch: 1" >>config/kiosk.yaml
look; kill -9 "$pid"; exec 9>&-; wait "$pid" 2>/dev/null
here
start
check "after a kill, with a wrong file, it starts with the last good one" said "the last good one is used"
check "which newcomers do not notice and staff see" seen "expect start.staff" kept
check "monitoring sees it" is_state refused
here
cp config.good/kiosk.yaml config/kiosk.yaml
check "mended, it is taken over by itself" said "configuration: taken over"
seen "wait start.begin" mended
check "and is the current one again" is_state current

# ---- a booking before, with a change in it: kept, once
here
{ to_moments Testvoornaam Testachternaam 0470123456; echo "wait slot.2026-11-24T09:00"; echo "tap slot.2026-11-24T09:00"; echo "wait check.confirm"; } >&9
said "screen: check"
sed -i 's/^name: .*/name: Boekdorp/' config/town.yaml
look
said "changed and good"
{ echo "tap check.confirm"; echo "wait slip.done"; echo "tap slip.done"; echo "wait goodbye.done"; echo "tap goodbye.done"; } >&9
check "a booking made over a change ends, then it is taken over" said "configuration: taken over"
seen "expect bar.town Boekdorp" town
exec 9>&-; wait "$pid"
check "the kiosk ends well" test $? = 0
check "the booking is in the agenda, once" test "$(sqlite3 agenda.db 'SELECT count(*) FROM booking')" = 1
check "no person is in the log" bash -c '! grep -qi "testvoornaam\|testachternaam\|470123456" kiosk.log'
no_start() { rm -rf fresh; echo "nosuch: 1" >>config/kiosk.yaml; ! wegwijs-kiosk --config config --data fresh --last-good --window 640x960 --script /dev/null 2>bad && grep -q nosuch bad; }
check "without a good copy a wrong file is an error, as before" no_start
echo "1..$number"
