#!/bin/bash
# Shows the kiosk: a sample town, an agenda with presence for the coming weeks, then the kiosk in a window;
# without a display one scripted visit that leaves pictures.
#   tests/demo.sh FOLDER-OF-THE-PROGRAMS DEMO-FOLDER [options of wegwijs-kiosk]
set -e
bin=$(cd "$1" && pwd) demo=$2
shift 2
tree=$(cd "$(dirname "$0")/.." && pwd)
export WEGWIJS_SHARE=$tree PATH=$bin:$PATH
mkdir -p "$demo"
demo=$(cd "$demo" && pwd)
export WEGWIJS_AGENDA=$demo/agenda.db
if [ ! -e "$WEGWIJS_AGENDA" ]; then
    wegwijs-agenda init
    wegwijs-agenda hours "$tree/kiosk-config/hours.yaml" | tail -n 1
fi
if [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
    exec wegwijs-kiosk --config "$tree/kiosk-config" --data "$demo/data" "$@"
fi

echo "there is no display: one visit by script, without one; pictures go to $demo"
script=$demo/visit.script
cat >"$script" <<SCRIPT
shot $demo/00-start.png
tap start.begin
shot $demo/01-language.png
tap language.ro
shot $demo/02-explanation.png
tap explanation.go
shot $demo/03-dutch.png
tap indicator.dutch.some
shot $demo/03-interpreter.png
tap indicator.interpreter.none
shot $demo/03-work.png
tap indicator.work.no
shot $demo/03-children.png
tap indicator.children.yes
tap topic.dutch
tap topic.childcare-school
shot $demo/04-topics.png
tap topics.next
shot $demo/05-referred.png
tap referred.counter
shot $demo/06-privacy.png
tap privacy.go
type Mihaela
tap name.next
type Dragoș
shot $demo/07-name.png
tap name.next
type 0470123456
shot $demo/08-phone.png
tap phone.next
wait slot.more
shot $demo/09-slot.png
SCRIPT
run() {
    SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy wegwijs-kiosk --config "$tree/kiosk-config" --data "$demo/data" \
        --window "${WINDOW:-1080x1920}" "$@" 2>"$demo/kiosk.log" || { cat "$demo/kiosk.log" >&2; exit 1; }
}
# the first free moment, as the agenda knows it, is what the visitor takes
cp "$script" "$demo/look.script"
echo "dump $demo/slots.json" >>"$demo/look.script"
run --script "$demo/look.script"
slot=$(grep -o 'slot\.20[0-9T:-]*' "$demo/slots.json" | head -n 1)
cat >>"$script" <<SCRIPT
tap $slot
wait check.confirm
shot $demo/10-check.png
tap check.confirm
wait slip.problem
sleep 2
shot $demo/11-slip.png
tap slip.done
shot $demo/12-goodbye.png
tap goodbye.done
wait start
SCRIPT
run --script "$script" "$@"
cp "$(ls -t "$demo"/data/slips/*.png | head -n 1)" "$demo/slip.png"
day=${slot#slot.}
wegwijs-agenda today --date "${day%T*}" | tee "$demo/day.txt"
echo "pictures of every screen: $demo/*.png, the slip: $demo/slip.png, the day: $demo/day.txt"
