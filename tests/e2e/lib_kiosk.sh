# What the kiosk's end-to-end tests share: a fresh agenda, a configuration of their own, visits as scripts.
# Sourced; needs $WEGWIJS_STAGE.
bin=$WEGWIJS_STAGE/usr/local/bin
share=$WEGWIJS_STAGE/usr/local/share/wegwijs
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-23T08:00 PATH=$bin:$PATH
export SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
unset DISPLAY WAYLAND_DISPLAY
cp -r "$share/kiosk-config" "$folder/config"
number=0

check() { # check WHAT COMMAND…: it must succeed
    number=$((number + 1))
    local what=$1; shift
    if "$@" >"$folder/check.out" 2>&1; then echo "ok $number - $what"
    else echo "not ok $number - $what"; sed 's/^/# /' "$folder/check.out"; fi
}

new_agenda() {
    wegwijs-agenda init >/dev/null && wegwijs-agenda hours config/hours.yaml >/dev/null
}

set_kiosk() { # set_kiosk KEY LINE: replaces or adds a first-level line of kiosk.yaml
    awk -v key="$1:" 'index($0, key) == 1 { skip = 1; next } /^[^ #]/ { skip = 0 } !skip' config/kiosk.yaml >kiosk.new
    cat kiosk.new >config/kiosk.yaml
    printf '%s\n' "$2" >>config/kiosk.yaml
}

kiosk() { # kiosk [OPTIONS…]: the log goes to kiosk.log
    wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 "$@" 2>>"$folder/kiosk.log"
}

to_moments() { # to_moments FIRST LAST PHONE [ANSWER…]: the script from the start to the moments
    local first=$1 last=$2 phone=$3; shift 3
    echo "tap start.begin"
    echo "tap language.ro"
    echo "tap explanation.go"
    for answer in "${@:-indicator.dutch.well}"; do echo "tap $answer"; done
    echo "tap indicator.work.no"
    echo "tap indicator.children.yes"
    echo "tap topic.dutch"
    echo "tap topic.childcare-school"
    echo "tap topics.next"
    echo "tap referred.counter"
    echo "tap privacy.go"
    echo "type $first"
    echo "tap name.next"
    echo "type $last"
    echo "tap name.next"
    echo "type $phone"
    echo "tap phone.next"
}

confirm() { # confirm SLOT: from the moments to the end
    echo "wait slot.$1"
    echo "tap slot.$1"
    echo "wait check.confirm"
    echo "tap check.confirm"
    echo "wait slip.problem"
    echo "tap slip.done"
    echo "tap goodbye.done"
    echo "wait start"
}

free_moments() { # the starts of free moments, each once, in the order of time
    wegwijs-agenda slots --days 60 --format json |
        python3 -c 'import json, sys
found = json.load(sys.stdin)
slots = found["slots"] if isinstance(found, dict) else found
print(*sorted({s["start"] for s in slots if s.get("state", "free") in ("free", "leased")}), sep="\n")'
}

json() { python3 -c "import json, sys; d = json.load(open(sys.argv[1])); assert $2, d" "$1"; }
