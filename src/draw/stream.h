// A font file as SDL_ttf reads it: thousands of small pieces, each after a seek. Blocks of it are kept, so
// that neighbouring letters cost no system call. Under the lock of face.h.
#ifndef WEGWIJS_DRAW_STREAM_H
#define WEGWIJS_DRAW_STREAM_H

#include <SDL.h>

SDL_RWops *stream_open(const char *path); // NULL when it cannot be read; SDL_RWclose frees it

#endif
