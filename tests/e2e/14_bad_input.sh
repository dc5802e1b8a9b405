#!/bin/bash
# Bad configuration, texts, pictures, scripts and agendas: one sentence each, with file and line where there is
# one, the planned exit status, nothing changed on disk.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
cp -r config good
echo "wait start" >idle.script
kiosk --script idle.script
sums() { find config data agenda.db -type f ! -name '*-wal' ! -name '*-shm' ! -name 'status.*' -exec sha256sum {} + | sort; }

refused() { # refused STATUS TEXT COMMAND…: this status, one line on standard error that holds TEXT
    local want=$1 text=$2; shift 2
    sums >before.sum
    "$@" >run.out 2>run.err; local got=$?
    sums >after.sum
    cat run.err
    [ $got -eq "$want" ] && grep -qF -- "$text" run.err && [ "$(grep -vcE ' (info|warning): ' run.err)" -eq 1 ] && cmp before.sum after.sum
}
run() { wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 --script "${script:-idle.script}"; }
restore() { rm -rf config; cp -r good config; }

echo "prnter: { kind: picture }" >>config/kiosk.yaml
line=$(wc -l <config/kiosk.yaml)
check "an unknown key is named with file and line" refused 1 "config/kiosk.yaml:$line:" run
check "and with the key" grep -q prnter run.err
check "--check says it too, and fails" sh -c "wegwijs-kiosk --config config --data data --check >check.txt 2>/dev/null; test \$? = 1 && grep -q '^FAULT .*kiosk.yaml:$line:' check.txt"
restore
sed -i 's/paper: 80/paper: 70/' config/kiosk.yaml
check "a wrong value is named" refused 1 "70" run
restore
sed -i 's/^languages:/langages:/' config/town.yaml
check "a broken key of the town" refused 1 "config/town.yaml:" run
restore
sed -i 's/pictogram: dutch-some/pictogram: no-such-picture/' config/town.yaml
check "a missing pictogram is named" refused 1 "no-such-picture" run
restore
rm config/town.yaml
check "a missing file is named" refused 1 "town.yaml" run
restore

cp -r "$share" "$folder/share"
damage=$(grep -n 'msgid "title.start"' share/lang/nl.po | cut -d: -f1)
sed -i "${damage}s/.*/msgid \"title.start/" share/lang/nl.po
export WEGWIJS_SHARE=$folder/share
check "damaged texts, with file and line" refused 1 "lang/nl.po:" run
cp "$share/lang/nl.po" share/lang/nl.po
sed -i '/^msgid "topic.work"$/,+1d' share/lang/nl.po
check "a missing text is named" refused 1 "topic.work" run
unset WEGWIJS_SHARE

printf 'tap start.begin\nfly away\n' >bad.script
named() { run 2>run.err && return 1; cat run.err; grep -qF "$1" run.err; } # this kiosk ran, and may have met its agenda
script=bad.script check "a script's wrong line is named" named "bad.script:2"
printf 'tap start.nothing\n' >bad.script
grep_line() { run 2>&1 | grep -q 'bad.script.*line 1.*start.nothing'; }
script=bad.script check "a script's step that fails names its line" grep_line
script=no.script check "a missing script" refused 1 "no.script" run
sed -i 's/^production: nee.*/production: ja/' config/kiosk.yaml
check "production refuses scripts" refused 1 "production" run
restore
check "an unknown option is wrong use" sh -c 'wegwijs-kiosk --nonsense >/dev/null 2>&1; test $? = 2'
check "so is a size that is none" sh -c 'wegwijs-kiosk --window 12 >/dev/null 2>&1; test $? = 2'

# agendas that are none, damaged or from the future: the kiosk goes on, staff read why
speaks() { # speaks LINE TEXT: an agenda that answers this; the kiosk starts and logs TEXT
    printf '#!/bin/sh\nread -r line\necho %s\ncat >/dev/null\n' "'$1'" >fake
    chmod +x fake
    set_kiosk agenda "agenda: $folder/fake"
    printf 'wait start\nwait start.staff\n' >fake.script
    script=fake.script run >/dev/null 2>fake.log
    local got=$?
    cat fake.log
    [ $got -eq 0 ] && grep -qF -- "$2" fake.log
}
check "an agenda of another protocol version: both are named" speaks '{"answer":"error","code":"version","text":"this agenda speaks protocol 9, the kiosk 1"}' "protocol 9"
check "an agenda that talks nonsense" speaks 'hello world' "agenda"
restore

cp agenda.db good.db
head -c 5000 /dev/urandom >agenda.db
agenda_refused() { sha256sum agenda.db >a.sum; wegwijs-agenda today >a.out 2>a.err; local got=$?; cat a.err; [ $got -eq 1 ] && [ "$(wc -l <a.err)" -eq 1 ] && sha256sum -c a.sum; }
check "an agenda file that is not one" agenda_refused
cp good.db agenda.db
sqlite3 agenda.db 'PRAGMA user_version = 9999'
check "an agenda of a newer version" agenda_refused
cp good.db agenda.db

# a damaged store is set aside, never overwritten
head -c 4096 /dev/urandom >data/store.db
rm -f data/store.db-wal data/store.db-shm
sum=$(sha256sum <data/store.db)
check "with a damaged store the kiosk starts anew" kiosk --script idle.script
check "and keeps the damaged one" sh -c "sha256sum data/store.db.damaged-* | grep -qF '${sum%% *}'"
