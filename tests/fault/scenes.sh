#!/bin/bash
# Faults that are scenes rather than steps: scenes.sh BUILD SCENE. Each prints the table's line.
build=$1 scene=$2
bin=${WEGWIJS_STAGE:-$PWD/$build/stage}/usr/local/bin fault=$PWD/$build/fault
. tests/fault/lib.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
agenda=$work/agenda.db said=$work/said
: >"$said"
make_agenda "$agenda" || exit 2
# visitors COUNT FLUSH_MS [COMMAND [held]]
visitors() { "$fault/visitor" "$work/data" lobby-1 "${3:-$(serve_of "$agenda" lobby-1)}" "$1" "$2" ${4:-} >>"$said" 2>>"$work/errors"; }
line() { # line WHAT TIMES
    read -r _ c _ l _ d _ r < <(judge "$agenda" "$said" "$work"/data*)
    echo "$1|$2|$c|$l|$d|$r"
}
fail() { echo "$scene: $1" >&2; tail -3 "$work/errors" >&2; exit 1; }
# The wrong clock is the kiosk's alone.
right() { echo "env -u WEGWIJS_CLOCK $(serve_of "$agenda" lobby-1)"; }

case $scene in
missing) # the agenda's command is not there: book what is held, deliver when it comes back
    visitors 0 10000
    for _ in 1 2 3 4; do visitors 1 100 /nonexistent/agenda held; done
    visitors 1 10000
    line "agenda missing, then back" 4 ;;
same) # the same message a hundred times, on one connection and on ten at once
    visitors 0 10000
    visitors 1 100 /nonexistent/agenda held
    sync=$(sqlite3 -separator '"' "$work/data/store.db" "SELECT '{\"request\":\"sync\",\"bookings\":[{\"id\":\"' || id || '\",\"sealed\":\"' || sealed || '\"}],\"want\":{\"leases\":12,\"codes\":4,\"days\":14}}' FROM outbox")
    hello='{"request":"hello","protocol":1,"kiosk":"lobby-1","version":"test"}'
    { echo "$hello"; for _ in $(seq 100); do echo "$sync"; done; } | eval "$(serve_of "$agenda" lobby-1)" >"$work/answers"
    [ "$(grep -c '"result":"known"' "$work/answers")" = 99 ] || fail "99 of 100 should be known"
    for _ in $(seq 10); do { echo "$hello"; for _ in $(seq 10); do echo "$sync"; done; } | eval "$(serve_of "$agenda" lobby-1)" >/dev/null & done; wait
    visitors 0 10000
    line "the same message 200 times" 200 ;;
clock) # the kiosk's clock is wrong, on line and off line
    visitors 0 10000
    times=0
    for offset in "-1 hour" "+1 hour" "-1 day" "+1 day" "-1 year" "+1 year"; do
        export WEGWIJS_CLOCK; WEGWIJS_CLOCK=$(TZ=Europe/Brussels date -d "$offset" +%Y-%m-%dT%H:%M)
        visitors 1 10000 "$(right)"
        visitors 1 100 /nonexistent/agenda held
        times=$((times + 2))
    done
    unset WEGWIJS_CLOCK
    visitors 0 10000
    now=$(TZ=Europe/Brussels date +%Y-%m-%dT%H:%M)
    past=$(awk -v now="$now" '$1 == "confirmed" && $5 < now' "$said" | wc -l)
    [ "$past" = 0 ] || fail "$past moments in the past were promised"
    line "clock an hour, a day, a year wrong" $times ;;
summer) # both nights of summer time: wall-clock moments on the day itself stay what they are
    times=0
    for night in 2027-03-27T23:30 2027-10-30T23:30; do
        folder=$work/$night; mkdir -p "$folder"
        export WEGWIJS_CLOCK=$night
        wegwijs-agenda --agenda "$folder/a.db" init >/dev/null
        wegwijs-agenda --agenda "$folder/a.db" hours "$work/hours.yaml" >/dev/null
        sqlite3 "$folder/a.db" "INSERT OR REPLACE INTO setting VALUES ('limit_hour', 1000000), ('limit_day', 1000000)"
        "$fault/visitor" "$folder/data" lobby-1 "$(serve_of "$folder/a.db" lobby-1)" 5 10000 >"$folder/said" 2>>"$work/errors"
        read -r _ c _ l _ d _ r < <(judge "$folder/a.db" "$folder/said" "$folder/data")
        [ "$c $l $d $r" = "5 0 0 0" ] || fail "night $night: confirmed $c lost $l doubled $d readable $r"
        awk '$1 == "confirmed" { print $2, $5 }' "$folder/said" | sort >"$folder/promised"
        sqlite3 -separator ' ' "$folder/a.db" "SELECT id, start FROM booking ORDER BY id" | diff - "$folder/promised" >&2 || fail "an hour moved"
        cat "$folder/said" >>"$said"; times=$((times + 5))
    done
    echo "both nights of summer time|$times|$times|0|0|0" ;;
month) # thirty days off line: what was booked arrives, and no past moment is offered
    visitors 0 10000
    visitors 3 100 /nonexistent/agenda held
    export WEGWIJS_CLOCK; WEGWIJS_CLOCK=$(TZ=Europe/Brussels date -d '+30 days' +%Y-%m-%dT%H:%M)
    visitors 3 100 /nonexistent/agenda held
    [ "$(grep -c confirmed "$said")" = 3 ] || fail "a past moment was promised"
    visitors 1 10000
    unset WEGWIJS_CLOCK
    line "30 days off line" 1 ;;
restored) # the agenda comes back from a backup of before the bookings
    visitors 0 10000
    wegwijs-agenda --agenda "$agenda" backup "$work/backup.db" >/dev/null || fail "no backup"
    visitors 3 10000                              # acknowledged, and missing in the backup
    visitors 2 100 /nonexistent/agenda held       # not yet sent
    cp "$said" "$work/before"
    rm -f "$agenda-wal" "$agenda-shm"; cp "$work/backup.db" "$agenda"
    visitors 0 10000
    known=$(sqlite3 "$agenda" "SELECT count(*) FROM booking")
    blocked=$(sqlite3 "$agenda" "SELECT count(*) FROM block WHERE reason = 'lost'")
    [ "$known $blocked" = "2 3" ] || fail "2 sent and 3 blocked expected, got $known and $blocked"
    # nobody gets the slots of the three, whose names only the visitors know now
    "$fault/visitor" "$work/data2" lobby-2 "$(serve_of "$agenda" lobby-2)" 20 10000 >>"$said" 2>>"$work/errors"
    doubled=$(awk '$1 == "confirmed" { print $4, $5 }' "$said" | sort | uniq -d | wc -l)
    c=$(grep -c confirmed "$said")
    echo "agenda restored from a backup (3 known missing, slots blocked)|1|$c|0|$doubled|0" ;;
stolen) # another agenda, with another key, answers: it gets nothing
    visitors 0 10000
    make_agenda "$work/other/agenda.db"
    visitors 2 1500 "$(serve_of "$work/other/agenda.db" lobby-1)" held
    [ "$(sqlite3 "$work/other/agenda.db" 'SELECT count(*) FROM booking')" = 0 ] || fail "it got a booking"
    visitors 0 10000
    line "another agenda answers" 2 ;;
damaged) # the store is damaged: set aside, its leases are not offered again, what is sealed is taken over
    visitors 0 10000
    visitors 2 100 /nonexistent/agenda held
    printf 'damage' | dd of="$work/data/store.db" bs=1 seek=$((2 * 4096)) conv=notrunc status=none
    visitors 1 10000
    ls "$work"/data/store.db.damaged-* >/dev/null 2>&1 || fail "it was not set aside"
    line "store damaged" 1 ;;
lost-store) # the store is gone with two unsent bookings: nobody else gets their slots
    visitors 0 10000
    visitors 2 100 /nonexistent/agenda held
    rm -r "$work/data"
    visitors 1 1500 # another store under the same name: refused while the first may live
    grep -c confirmed "$said" | grep -qx 2 || fail "a second store of one name was let in"
    wegwijs-agenda --agenda "$agenda" kiosks | grep -q 'LET OP' || fail "kiosks says nothing of it"
    sqlite3 "$agenda" "UPDATE kiosk SET last_contact = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-16 minutes')"
    visitors 12 10000
    doubled=$(awk '$1 == "confirmed" { print $4, $5 }' "$said" | sort | uniq -d | wc -l)
    read -r _ c _ l _ < <(judge "$agenda" "$said")
    # no program can bring back what only that disk held; the others must all be there
    echo "kiosk's disk lost, with its 2 unsent bookings|1|$c|$((l - 2))|$doubled|0" ;;
next-protocol) # a kiosk of the next protocol version is refused with both numbers
    answer=$(echo '{"request":"hello","protocol":2,"kiosk":"lobby-1","version":"9"}' | eval "$(serve_of "$agenda" lobby-1)")
    [ "$answer" = '{"answer":"error","code":"version","text":"the kiosk speaks protocol 2, the agenda protocol 1"}' ] || fail "answer: $answer"
    visitors 1 10000
    line "a kiosk of the next protocol" 1 ;;
bad-input) # serve survives anything on its standard input
    serve="$(serve_of "$agenda" lobby-1)"
    head -c 3000000 /dev/urandom | eval "$serve" >/dev/null || fail "garbage"
    out=$({ head -c 2147483648 /dev/zero | tr '\0' x; echo; echo '{"request":"hello","protocol":1,"kiosk":"lobby-1","version":"x"}'; } |
        (ulimit -v 600000; eval "$serve")) || fail "a line of 2 GiB"
    echo "$out" | sed -n 1p | grep -q '"code":"limit"' && echo "$out" | sed -n 2p | grep -q '"answer":"hello"' || fail "a line of 2 GiB: $out"
    { printf '{"request":'; sleep 1; printf '"hello","protocol":1,'; sleep 1; printf '"kiosk":"lobby-1","version":"x"}\n'; } | eval "$serve" | grep -q '"answer":"hello"' || fail "drip"
    printf '{"request":"hello","protocol":1' | eval "$serve" || fail "half a line"
    visitors 1 10000
    line "garbage, 2 GiB line, drip, half a line to serve" 4 ;;
*) echo "no scene \"$scene\"" >&2; exit 2 ;;
esac
