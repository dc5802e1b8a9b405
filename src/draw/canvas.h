// What is drawn on: 32-bit pixels (0xXXRRGGBB) that somebody else owns (a window surface, a slip, a picture)
// and a clip. Shapes are anti-aliased and drawn in spans; colours are 0xRRGGBB. Lengths are pixels; a whole
// coordinate is an edge between two pixels. Nothing outside the clip is touched. One thread a canvas.
#ifndef WEGWIJS_DRAW_CANVAS_H
#define WEGWIJS_DRAW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct canvas {
    uint32_t *pixels;             // borrowed
    int width, height, line;      // line: pixels from one row to the next
    int left, top, right, bottom; // the clip; right and bottom are outside
};

// `pitch` in bytes, as in SDL_Surface. The clip becomes the whole.
void canvas_wrap(struct canvas *canvas, void *pixels, int width, int height, int pitch);
void canvas_clip(struct canvas *canvas, int x, int y, int width, int height); // cut to the canvas
void canvas_clip_none(struct canvas *canvas);

void canvas_clear(struct canvas *canvas, uint32_t colour); // the whole clip
void canvas_fill(struct canvas *canvas, int x, int y, int width, int height, uint32_t colour);
// alpha 0 to 255: the veil over a screen.
void canvas_blend(struct canvas *canvas, int x, int y, int width, int height, uint32_t colour, uint8_t alpha);

// Copies 8-bit coverage in `colour`: text.
void canvas_mask(struct canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, int line,
                 uint32_t colour);
// Copies ARGB pixels, not premultiplied, times alpha: pictograms.
void canvas_image(struct canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height,
                  int line, uint8_t alpha);
// The same of pixels that are all opaque.
void canvas_copy(struct canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height,
                 int line);

// `above` over `below`, alpha 0 to 255, exact at both ends. Two channels at a time: red and blue, then green.
static inline uint32_t canvas_mix(uint32_t below, uint32_t above, unsigned alpha)
{
    unsigned a = alpha + (alpha >> 7);
    uint32_t rb = below & 0xFF00FFU, g = below & 0x00FF00U;
    rb = (rb + ((((above & 0xFF00FFU) - rb) * a) >> 8)) & 0xFF00FFU;
    g = (g + ((((above & 0x00FF00U) - g) * a) >> 8)) & 0x00FF00U;
    return 0xFF000000U | rb | g;
}
#endif
