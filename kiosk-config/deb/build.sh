#!/bin/sh
# build.sh VERSION BUILD: packs the installed tree of BUILD/deb/root (made by make with prefix=/usr) into a .deb.
# The control file gets its library dependencies from the programs themselves (dpkg-shlibdeps).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=$1 work=$2/deb
root=$work/root
doc=$root/usr/share/doc/wegwijs
mkdir -p "$root/DEBIAN" "$doc" "$work/debian"
: >"$work/debian/control"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/wegwijs-kiosk" "$root/usr/bin/wegwijs-agenda" \
    "$root/usr/libexec/wegwijs/wegwijs-slip"
depends=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info root/usr/bin/wegwijs-kiosk root/usr/bin/wegwijs-agenda root/usr/libexec/wegwijs/wegwijs-slip 2>/dev/null |
    sed -n 's/^shlibs:Depends=//p')
install -m 644 "$here/copyright" "$doc/copyright"
printf 'wegwijs (%s) stable; urgency=medium\n\n  * Version %s.\n\n -- Wegwijs maintainers <wegwijs@example.org>  %s\n' \
    "$version" "$version" "$(date -R -d @"${SOURCE_DATE_EPOCH:-$(date +%s)}")" | gzip -9n >"$doc/changelog.gz"
(cd "$root" && find etc -type f | sed 's|^|/|' | sort) >"$root/DEBIAN/conffiles"
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$(dpkg --print-architecture)/" \
    -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$root" | cut -f1)/" -e "s/@DEPENDS@/$depends/" \
    "$here/control.in" >"$root/DEBIAN/control"
for script in postinst prerm postrm; do install -m 755 "$here/$script" "$root/DEBIAN/$script"; done
(cd "$root" && find usr etc -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
dpkg-deb --root-owner-group --build "$root" "$work/wegwijs_${version}_$(dpkg --print-architecture).deb"
