// Faces behind font.h: for draw/ itself. Every function but the lock needs the lock.
#ifndef WEGWIJS_DRAW_FACE_H
#define WEGWIJS_DRAW_FACE_H

#include <SDL_ttf.h>
#include <stdbool.h>
#include <stdint.h>

#include "draw/script.h"

enum face {
    FACE_SANS,
    FACE_ARABIC,
    FACE_ETHIOPIC,
    FACE_TIFINAGH,
    FACE_DEVANAGARI,
    FACE_GURMUKHI,
    FACE_BENGALI,
    FACE_HAN,
    FACES
};

void face_lock(void); // recursive: SDL2_ttf and its FreeType are one at a time
void face_unlock(void);
enum face face_for_script(enum script script);
// Open and set to `size`; NULL when the file is missing (said once in the log). Owned here.
TTF_Font *face_font(enum face face, bool bold, int size);
bool face_has(enum face face, bool bold, uint32_t character); // at whatever size it is
#endif
