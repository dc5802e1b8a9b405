#!/bin/sh
# Proves the floors from the #include lines: a folder uses only folders below it.
# Prints each include that goes up or sideways; exit 1 when there is one.
cd "$(dirname "$0")/.." || exit 2
allowed() {
    case "$1" in
    base) echo "base" ;;
    booking) echo "base booking" ;;
    draw) echo "base draw" ;;
    ui) echo "base draw ui" ;;
    slip) echo "base booking draw slip" ;;
    sync) echo "base booking sync" ;;
    agenda) echo "base booking agenda" ;;
    kiosk) echo "base booking draw ui slip sync kiosk" ;;
    cli) echo "base booking draw slip sync agenda cli" ;;
    *) echo "" ;;
    esac
}
bad=0
for file in $(find src -name '*.[ch]' | sort); do
    folder=$(echo "$file" | cut -d/ -f2)
    for used in $(sed -n 's|^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^/"]*\)/.*|\1|p' "$file" | sort -u); do
        case " $(allowed "$folder") " in
        *" $used "*) ;;
        *) echo "floors: $file includes \"$used/…\", which is not below $folder"; bad=1 ;;
        esac
    done
    # what a floor must know nothing of
    case "$folder" in
    booking|sync|agenda|base|cli) grep -Hn '#include <SDL' "$file" && { echo "floors: $file knows SDL"; bad=1; } ;;
    esac
    case "$folder" in
    booking|draw|ui|slip|cli) grep -Hn 'sqlite3\.h\|base/database\.h' "$file" && { echo "floors: $file knows SQL"; bad=1; } ;;
    esac
    case "$file" in
    src/ui/window.c|src/ui/window_input.c|src/ui/window_script.c|src/ui/window_inner.h) ;;
    *) grep -Hn '\bSDL_Event\b' "$file" && { echo "floors: only src/ui/window*.c see SDL_Event"; bad=1; } ;;
    esac
done
[ $bad = 0 ] && echo "floors: clean"
exit $bad
