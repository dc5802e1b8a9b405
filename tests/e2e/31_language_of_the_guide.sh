#!/bin/bash
# Two guides at the same hours: a visitor who speaks Romanian gets the one who speaks Romanian, on line and off line.
. "$(dirname "$0")/lib_kiosk.sh"
cat >hours.yaml <<'Y'
slot-minutes: 30
public-holidays: nee
guides:
  - { id: els, name: Els, languages: [nl, fr] }
  - { id: karim, name: Karim, languages: [nl, ro] }
hours:
  - { guide: els, day: dinsdag, from: "09:00", to: "12:00" }
  - { guide: karim, day: dinsdag, from: "09:00", to: "12:00" }
Y
wegwijs-agenda init >/dev/null && wegwijs-agenda hours hours.yaml >/dev/null
set_kiosk leases "leases: { count: 8, days: 14 }"

guide_at() { sqlite3 agenda.db "SELECT group_concat(guide) FROM booking WHERE start = '2026-11-24T$1'"; }
in_french() { to_moments "$@" | sed 's/^tap language\.ro$/tap language.fr/'; }

{ to_moments Mihaela Dragoș 0470123456; confirm 2026-11-24T09:00; } >visit.script
check "a visit in Romanian" kiosk --script visit.script
check "is with the guide who speaks it" test "$(guide_at 09:00)" = karim
{ in_french Anne Petit 0470123457; confirm 2026-11-24T09:00; } >visit.script
check "a visit in French at the same hour" kiosk --script visit.script
check "is with the other" test "$(sqlite3 agenda.db "SELECT guide FROM booking WHERE language = 'fr'")" = els
{ to_moments Ion Pop 0470123458 indicator.dutch.some indicator.interpreter.brings; confirm 2026-11-24T10:00; } >visit.script
check "two slots with an interpreter" kiosk --script visit.script
check "with the guide who speaks it too" test "$(guide_at 10:00)" = karim
{ to_moments Ana Pop 0470123459; echo "wait slot.more"; } >look.script
sed -i '$d' look.script; echo "wait slot.none" >>look.script
check "the kiosk holds moments again" kiosk --script look.script

# off line: what is held covers both guides, and the preference stays
set_kiosk agenda "agenda: $folder/no-such-agenda"
held() { sqlite3 data/store.db "SELECT a.start FROM lease a JOIN lease b ON a.start = b.start AND a.guide = '$1' AND b.guide <> a.guide WHERE a.state = 0 AND b.state = 0 ORDER BY a.start LIMIT 1"; }
both=$(held karim)
check "a moment of both guides is held" test -n "$both"
{ to_moments Dan Rusu 0470123460; confirm "$both"; } >visit.script
check "a Romanian visit without the agenda" kiosk --script visit.script
set_kiosk agenda "agenda: wegwijs-agenda serve --kiosk lobby-1"
echo "wait start" >idle.script
kiosk --script idle.script && kiosk --script idle.script
check "is with the guide who speaks it" test "$(sqlite3 agenda.db "SELECT guide FROM booking WHERE start = '$both' ORDER BY made DESC LIMIT 1")" = karim
