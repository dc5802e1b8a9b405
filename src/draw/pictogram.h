// Pictograms and scenes: SVG drawn by SDL2_image at the very size in pixels, kept in a small cache. Any
// thread (a lock inside).
#ifndef WEGWIJS_DRAW_PICTOGRAM_H
#define WEGWIJS_DRAW_PICTOGRAM_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/canvas.h"

// Where assets/ is; NULL: file_share("assets"). Empties the cache.
void pictogram_folder(const char *folder);
// The SVG file that the name PICTOGRAM_OWN stands for, a town's shield; NULL: there is none. Empties the
// cache.
#define PICTOGRAM_OWN "own"
void pictogram_own(const char *path);
// A name without folder and ending ("talk"), or an SVG file's path (has a "/").
bool pictogram_exists(const char *name);
int pictogram_check(const char *name, struct error *error); // there, and an SVG with a size

enum pictogram_fit {
    PICTOGRAM_CONTAIN, // whole, centred in the box
    PICTOGRAM_COVER,   // fills the box, centred, clipped by it
};
// alpha 255: as drawn; 102 (40 %): disabled. `contrast`: takes "<name>-contrast.svg" when it exists; else the
// plain one, for which the caller draws a white plate. Returns 0, or the fault (nothing is drawn then).
int pictogram_draw(struct canvas *canvas, const char *name, int x, int y, int width, int height,
                   enum pictogram_fit fit, bool contrast, uint8_t alpha, struct error *error);
bool pictogram_has_contrast(const char *name);
// From assets/scenes. Only the last one is kept (5 MB for a portrait half): scene_forget when it leaves the
// screen. `shift_x`, `shift_y` move the picture in its box (against burn-in): give a box larger than the
// canvas's clip, or the edges show.
int scene_draw(struct canvas *canvas, const char *name, int x, int y, int width, int height,
               enum pictogram_fit fit, int shift_x, int shift_y, struct error *error);
void scene_forget(void);
unsigned pictogram_cache_bytes(void);
void pictogram_cache_clear(void);
#endif
