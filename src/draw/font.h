// Fonts: Debian's fonts-noto-core and fonts-wqy-microhei, found in a list of folders. One file is open once
// for each face; sizes are switched. Any thread: a lock inside draw/ is held for each call.
#ifndef WEGWIJS_DRAW_FONT_H
#define WEGWIJS_DRAW_FONT_H

#include <stdbool.h>

#include "base/error.h"

// Folders to look in before the usual ones, separated by ":"; NULL or "" for none. $WEGWIJS_FONTS comes first
// of all. Before the first text is drawn.
void font_search(const char *folders);
// That each face is there and opens. Names the first missing file and its Debian package. Starts SDL_ttf.
int font_check(struct error *error);
// The same for one script (ISO 15924, "Arab"); Latn, Cyrl, Grek are one file.
int font_check_script(const char *script, struct error *error);
void font_close_all(void); // at the end, and for tests: frees fonts and every cached text
#endif
