#!/bin/bash
# printer.sh BUILD FAULT [STEP]: the line of the table for a printer that fails at every byte of a job.
build=$1
shift
cd "$(dirname "$0")/../.." || exit 2
tool=$build/fault/printer
mkdir -p "$build/fault"
if [ ! -x "$tool" ] || [ tests/fault/printer.c -nt "$tool" ] || [ "$build/release/libslip.a" -nt "$tool" ]; then
    ${CC:-gcc} -std=c11 -D_GNU_SOURCE -O1 -isystem /usr/include/SDL2 -Isrc -Itests -o "$tool" tests/fault/printer.c \
        "$build"/release/lib{slip,draw,booking,base}.a -lSDL2_ttf -lSDL2_image -lSDL2 -lfribidi -lqrencode \
        -lsqlite3 -lcyaml -lyaml -lgettextpo -lsodium -ljansson -lm -lpthread || exit 2
fi
exec "$tool" "$@"
