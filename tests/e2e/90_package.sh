#!/bin/bash
# The Debian package is built, holds what it should, satisfies lintian, and the house drawn in the README is the
# house in src/.
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
bad() { n=$((n + 1)); echo "not ok $n - $1"; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

drawn=$(sed -n '/<!-- house -->/,/<!-- \/house -->/p' README.md | grep -o 'src/[a-z]*' | sort -u)
built=$(find src -mindepth 1 -maxdepth 1 -type d | sort -u)
if [ -n "$drawn" ] && [ "$drawn" = "$built" ]; then ok "the house in the README is the house in src"; else
    bad "README draws: $(echo $drawn); src has: $(echo $built)"; fi
top=$(git ls-files 2>/dev/null | cut -d/ -f1 | grep -v '^\.' | sort -u | tr '\n' ' ')
[ -z "$top" ] && top=$(find . -mindepth 1 -maxdepth 1 ! -name '.*' ! -name "$(basename "$WEGWIJS_BUILD")" -printf '%f\n' | sort | tr '\n' ' ')
if [ "$(echo $top)" = "LICENSE Makefile README.md assets kiosk-config lang src tests" ]; then ok "the top level is the card's"; else bad "top level: $top"; fi

if ! make --no-print-directory deb >"$work/deb.log" 2>&1; then bad "make deb: $(tail -1 "$work/deb.log")"; exit 1; fi
deb=$(ls "$WEGWIJS_BUILD"/deb/*.deb)
ok "make deb makes $(basename "$deb")"
dpkg-deb -c "$deb" >"$work/list"
for file in ./usr/bin/wegwijs-kiosk ./usr/bin/wegwijs-agenda ./usr/libexec/wegwijs/wegwijs-slip ./etc/wegwijs/kiosk.yaml ./etc/wegwijs/town.yaml \
    ./usr/lib/systemd/system/wegwijs-kiosk.service ./usr/share/wegwijs/lang/nl.po ./usr/share/wegwijs/assets/pictograms/talk.svg \
    ./usr/lib/sysusers.d/wegwijs.conf ./usr/share/man/man1/wegwijs-agenda.1.gz; do
    grep -q " $file\$" "$work/list" || bad "the package lacks $file"
done
dpkg-deb -I "$deb" | grep -q 'Depends:.*libsdl2-2.0-0' && ok "the package names the libraries it needs" || bad "no library dependencies"
if command -v lintian >/dev/null; then
    if lintian --fail-on error,warning --allow-root "$deb" >"$work/lintian" 2>&1; then ok "lintian finds no error and no warning"; else
        bad "lintian: $(grep '^[EW]:' "$work/lintian" | head -3 | tr '\n' ';')"; fi
else skip "lintian finds no error and no warning" "lintian is not installed"; fi
