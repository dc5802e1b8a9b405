# What the fault tests share. Sourced; the caller has set $bin (the installed programs) and $fault (the built
# fault programs).
export PATH=$bin:$PATH
unset WEGWIJS_CLOCK WEGWIJS_AGENDA

# make_agenda FILE: two guides, every day from 8 to 20, a slot each quarter of an hour, no limits for a kiosk.
make_agenda() {
    local folder; folder=$(dirname "$1")
    mkdir -p "$folder"
    cat >"$folder/hours.yaml" <<'HOURS'
slot-minutes: 15
public-holidays: nee
guides:
  - { id: els, name: Els, languages: [nl, ro] }
  - { id: karim, name: Karim, languages: [nl, ar] }
hours:
HOURS
    local day guide
    for guide in els karim; do
        for day in maandag dinsdag woensdag donderdag vrijdag zaterdag zondag; do
            echo "  - { guide: $guide, day: $day, from: \"08:00\", to: \"20:00\" }" >>"$folder/hours.yaml"
        done
    done
    wegwijs-agenda --agenda "$1" init >/dev/null && wegwijs-agenda --agenda "$1" hours "$folder/hours.yaml" >/dev/null &&
        sqlite3 "$1" "INSERT OR REPLACE INTO setting VALUES ('limit_hour', 1000000), ('limit_day', 1000000)"
}

# serve_of FILE KIOSK: the agenda's command line
serve_of() { echo "wegwijs-agenda --agenda '$1' serve --kiosk $2"; }

# judge AGENDA CONFIRMED DATA…: counts what was promised (lines "confirmed ID …"), what of it the agenda does not
# have (lost), slots and ids that are there more than once or promised twice (doubled), and files of the kiosks in
# which a visitor can be read (readable). What `check` finds in the agenda counts as doubled. Prints "confirmed N lost N doubled N readable N".
judge() {
    local agenda=$1 confirmed=$2; shift 2
    local ids lost=0 doubled readable id
    ids=$(awk '$1 == "confirmed" { print $2 }' "$confirmed" | sort -u)
    sqlite3 "$agenda" "SELECT id FROM booking WHERE attention IS NULL" | sort >"$agenda.ids"
    lost=$(comm -23 <(printf '%s' "${ids:+$ids
}") "$agenda.ids" | wc -l)
    doubled=$(grep '^confirmed' "$confirmed" | sort -u | awk '{ print $4, $5 }' | sort | uniq -d | wc -l)
    doubled=$((doubled + $(sqlite3 "$agenda" "SELECT count(*) - count(DISTINCT guide || start) FROM booking WHERE state = 'booked' AND kind = 'slot'")))
    doubled=$((doubled + $(sqlite3 "$agenda" "SELECT count(*) FROM booking_slot JOIN lease USING (slot)")))
    wegwijs-agenda --agenda "$agenda" check >"$agenda.check" 2>&1 || { doubled=$((doubled + 1)); head -3 "$agenda.check" >&2; }
    readable=0
    [ $# -gt 0 ] && readable=$(grep -rlaiE 'zzvoornaam|zzachternaam|470 ?99 ?88 ?77' "$@" 2>/dev/null | wc -l)
    echo "confirmed $(printf '%s' "${ids:+$ids
}" | wc -l) lost $lost doubled $doubled readable $readable"
}
