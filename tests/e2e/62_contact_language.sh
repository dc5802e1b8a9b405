#!/bin/bash
# Help in the contact language: off by default; on for a language with an end date, under the Dutch; off after it.
. "$(dirname "$0")/lib_kiosk.sh"
set_help() { # set_help LANGUAGE UNTIL
    cp "$share/kiosk-config/town.yaml" config/town.yaml
    sed -i "s/^help: \[\]/help:\n  - { language: $1, reason: proef, until: \"$2\" }/" config/town.yaml
}
ask_help() { # ask_help LANGUAGE: what the help sheet over the question about Dutch says
    printf 'tap start.begin\ntap language.%s\ntap explanation.go\ntap bar.help\ndump %s\n' "$1" "$folder/dump" >script
    rm -f dump
    kiosk --script script >/dev/null; cat dump
}
has() { grep -qF "$1" said; }
lacks() { ! grep -qF "$1" said; }
first() { [ "$(grep -nF "$1" said | head -1 | cut -d: -f1)" -le "$(grep -nF "$2" said | head -1 | cut -d: -f1)" ]; }
new_agenda

ask_help ro >said
check "without the town's word the help sheet is there" has "Hebt u hulp nodig?"
check "and there is no Romanian" lacks "Vorbiți neerlandeza?"

set_help ro 2026-11-23
ask_help ro >said
check "on its last day the question stands there in Romanian" has "Vorbiți neerlandeza?"
check "the Dutch question stays" has "Spreekt u Nederlands?"
check "the Dutch comes first" first "Spreekt u Nederlands?" "Vorbiți neerlandeza?"
check "it says that it is translated" has "Vertaald uit het Nederlands"
ask_help fr >said
check "another language stays off" lacks "Vertaald uit het Nederlands"
kiosk --check >said
check "the check says until when, and why" has "ro: on until 2026-11-23 (proef)"

ask_sheet() { # ask_sheet LANGUAGE ACTION: what a question over the screen says
    printf 'tap start.begin\ntap language.%s\ntap explanation.go\n%s\ndump %s\n' "$1" "$2" "$folder/dump" >script
    rm -f dump
    kiosk --script script >/dev/null; cat dump
}
ask_sheet ro "tap bar.stop" >said
check "the stop question carries its Romanian at once" has "Vreți să opriți?"
check "under the Dutch" first "Wilt u stoppen?" "Vreți să opriți?"
ask_sheet ro "sleep 61" >said
check "so does the question whether somebody is there" has "Mai sunteți aici?"
check "and it says that it is translated" has "Vertaald uit het Nederlands"
set_help ar 2026-11-23
ask_sheet ar "tap bar.stop" >said
check "Arabic too" has "هل"

set_help ro 2026-11-22
ask_help ro >said
check "the day after its end it is off" lacks "Vorbiți neerlandeza?"
kiosk --check >said
check "the check says that it ended" has "ro: off, it ended after 2026-11-22"

# the slip's last line: two visits, one without and one with Romanian
slip_height() { # books in a fresh agenda, and says how high the slip is
    rm -rf data agenda.db*
    new_agenda
    { to_moments Ana Pop 0470123456; confirm 2026-11-24T09:00; } >script
    kiosk --script script >/dev/null
    identify -format '%h' data/slips/*.png
}
cp "$share/kiosk-config/town.yaml" config/town.yaml
dutch=$(slip_height)
set_help ro 2026-11-23
romanian=$(slip_height)
check "the slip carries a line in Romanian when the town allows it ($dutch, $romanian dots)" test "$romanian" -gt "$dutch"

keys() { grep '^msgid "[a-z]' "$1" | sort; }
for language in fr en ro pl es pt tr ar uk; do
    set_help $language 2027-06-30
    kiosk --check >said
    check "$language can be read" has "$language: on until"
    check "$language has only keys of the Dutch" \
        test -z "$(comm -23 <(keys "$share/lang/$language.po") <(keys "$share/lang/nl.po"))"
    check "$language is marked as not yet checked" grep -q "Not yet checked by a native speaker" "$share/lang/$language.po"
done
