#!/bin/bash
# The staff page: closed without a PIN in the configuration, opened by five touches and the PIN, slow to guess
# also over a restart; a test slip, a slip again by its code without a person, a restart.
. "$(dirname "$0")/lib_kiosk.sh"
knock() { for _ in 1 2 3 4 5; do echo "tap bar.town"; done; }
run() { kiosk --script - >out 2>err; }
closed() { ! { echo "wait start.begin"; echo "tap bar.town"; } | run; }
new_agenda
check "without a PIN the town's name is no button" closed
pin_line() { echo 2468 | wegwijs-kiosk --pin >pin && [ "$(wc -l <pin)" = 1 ] && ! grep -q 2468 pin; }
check "--pin prints a line without the PIN" pin_line
short() { ! echo 12 | wegwijs-kiosk --pin && ! echo 12a4 | wegwijs-kiosk --pin; }
check "too short a PIN and one with a letter are refused" short
set_kiosk staff-pin "staff-pin: 2468"
refused() { wegwijs-kiosk --config "$folder/config" --data "$folder/data" --check | grep -q 'FAULT.*"staff-pin" must be'; }
check "a PIN in plain figures is refused" refused
set_kiosk staff-pin "$(cat pin)"
page() {
    { echo "wait start.begin"; knock; echo "expect pin"; echo "type 2469"; echo "tap pin.open"; echo "wait pin-wrong"
      echo "type 2468"; echo "tap pin.open"; echo "wait staff.status"; echo "tap staff.status"
      echo "wait fact.agenda"; echo "expect fact.disk MB"; echo "dump status.json"; echo "tap status.back"
      echo "tap staff.test"; echo "wait second.staff.printed"; echo "tap staff.close"; echo "expect start"; } | run
}
check "five touches and the PIN open it; status and a test slip" page
check "the test slip came out" sh -c 'ls data/slips/*.png'
four() { { echo "wait start.begin"; knock | head -4; echo "sleep 6"; echo "tap bar.town"; echo "expect start.begin"; } | run; }
check "four touches and a late fifth open nothing" four
timeout_page() { { echo "wait start.begin"; knock; echo "type 2468"; echo "tap pin.open"; echo "wait staff.status"; echo "sleep 81"; echo "expect start.begin"; } | run; }
check "it closes itself" timeout_page
{ to_moments Testvoornaam Testachternaam 0470123456; confirm 2026-11-24T09:00; } | run
code=$(wegwijs-agenda today --date 2026-11-24 --format csv | grep -o '\b[2-9A-HJ-NP-Z]\{3\} [2-9A-HJ-NP-Z]\{3\}\b' | head -1 | tr -d ' ')
rm -f data/slips/*.png
again() {
    { echo "wait start.begin"; knock; echo "type 2468"; echo "tap pin.open"; echo "wait staff.status"
      echo "tap staff.reprint"; echo "type $code"; echo "tap checkin.next"; echo "wait reprint.print"; echo "dump found.json"
      echo "tap reprint.print"; echo "wait second.staff.printed"; echo "tap staff.close"; } | run && ls data/slips/*.png
}
check "a slip is printed again by its code" again
personless() { ! grep -qi "testvoornaam\|testachternaam\|470123456" found.json status.json err kiosk.log; }
check "no person is shown or logged" personless
three() {
    { echo "wait start.begin"; knock; echo "type 1111"; echo "tap pin.open"; echo "wait pin-wrong"; echo "tap pin.close"
      knock; echo "type 1111"; echo "tap pin.open"; echo "wait pin-wrong"; echo "tap pin.close"
      knock; echo "type 1111"; echo "tap pin.open"; echo "wait pin-pause"; } | run
}
check "the third wrong PIN costs a pause" three
waits() { { echo "wait start.begin"; knock; echo "type 2468"; echo "tap pin.open"; echo "wait pin-pause"; } | run; }
check "a restart does not end the pause" waits
later() { { echo "wait start.begin"; echo "sleep 90"; knock; echo "type 2468"; echo "tap pin.open"; echo "wait staff.status"; } | run; }
check "after the pause the right PIN opens" later
mkfifo script
kiosk --script - <script >out 2>err & pid=$!
exec 9>script
{ echo "wait start.begin"; knock; echo "type 2468"; echo "tap pin.open"; echo "wait staff.status"; echo "tap staff.restart"; } >&9
again_up() { for _ in $(seq 600); do grep -q "restart: asked" kiosk.log && sed -n '/restart: asked/,$p' kiosk.log | grep -q "the agenda answers" && return; sleep 0.1; done; return 1; }
check "restart: the kiosk comes back" again_up
same() { kill -0 "$pid"; }
check "as the same process" same
echo "expect start.begin" >&9; exec 9>&-; wait "$pid"; result=$?
check "and goes on" test "$result" = 0

# ---- in trouble from the start: an agenda that never answered, a printer that is not there
set_kiosk agenda "agenda: /bin/false"
set_kiosk printer "printer: { kind: escpos, target: '127.0.0.1:9' }"
trouble() {
    { echo "wait start.staff 5"; echo "expect start.staff papier"; knock; echo "type 2468"; echo "tap pin.open"; echo "wait staff.status"
      echo "tap staff.test"; echo "wait second.staff.failed 15"; echo "tap staff.status"; echo "wait fact.agenda"; echo "dump trouble.json"; echo "tap status.back"
      echo "tap staff.reprint"; echo "type $code"; echo "tap checkin.next"; echo "wait checkin.done 15"; echo "tap checkin.done"; echo "tap staff.close"; echo "wait start"; } | run
}
rm -rf data
check "without agenda and printer the page works, and says so" trouble
check "the status does not say that the agenda answers" sh -c '! grep -q "De agenda antwoordt" trouble.json'
set_kiosk printer "printer: { kind: picture }"
never() { { echo "wait start.staff 10"; echo "expect start.staff agenda"; } | run; }
check "an agenda that never answered is told on the start screen" never
