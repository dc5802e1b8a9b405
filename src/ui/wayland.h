// A window's picture under Wayland, in memory shared with the compositor: SDL itself would give a surface
// only through OpenGL, which without a graphics processor is slow and large. Two buffers take turns, so that
// the one which the compositor may still read is not painted on. Screen thread only.
#ifndef WEGWIJS_UI_WAYLAND_H
#define WEGWIJS_UI_WAYLAND_H

#include <SDL.h>

#include "base/error.h"

struct wayland;

// *wayland is NULL, without a fault, where SDL's driver is another one or the compositor has no shared
// memory: SDL's own surface serves then. Borrows the window until wayland_close.
void wayland_open(struct wayland **wayland, SDL_Window *window);
void wayland_close(struct wayland *wayland);
// Makes surfaces of the window's present size, black when it changed; the first call makes the first.
// ERROR_UNAVAILABLE: no memory to share; those of before stay.
int wayland_resize(struct wayland *wayland, struct error *error);
// What to paint on now: it holds what was shown last. Borrowed until the next call of this or wayland_resize;
// ask before each painting.
SDL_Surface *wayland_surface(struct wayland *wayland);
// Shows these rectangles of that surface.
void wayland_update(struct wayland *wayland, const SDL_Rect *rects, int count);
#endif
