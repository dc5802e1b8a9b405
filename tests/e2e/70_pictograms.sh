#!/bin/bash
# The drawings keep their rules, and the kiosk's renderer draws them as rsvg-convert does.
cd "$(dirname "$0")/../.." || exit 2
for tool in rsvg-convert compare python3; do
    command -v "$tool" >/dev/null || { echo "ok 1 - pictograms # SKIP $tool is missing"; exit 0; }
done
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
if ! ${CC:-gcc} -std=c11 -Wall -Wextra -Werror -isystem /usr/include/SDL2 -Isrc -o "$folder/render" \
    tests/pictogram_render.c -lSDL2_image -lSDL2 >&2; then
    echo "not ok 1 - the renderer for the comparison builds"
    exit 1
fi
tests/pictograms.py check --renderer "$folder/render"
