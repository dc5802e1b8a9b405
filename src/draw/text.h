// Text of any script of the language table: bidirectional (fribidi), split by script and font, shaped
// (HarfBuzz through SDL2_ttf), cached. Isolates U+2066 to U+2069 work and are never drawn. Sizes are CSS
// sizes in pixels: capital height = 0.714 × size. Any thread (a lock inside). Never fails: a missing font
// draws boxes, and font_check says why.
#ifndef WEGWIJS_DRAW_TEXT_H
#define WEGWIJS_DRAW_TEXT_H

#include <stdbool.h>

#include "draw/canvas.h"

#define TEXT_LINES_MAX 12
#define TEXT_CAPITAL 0.714f

struct text_style {
    int size; // pixels
    bool bold;
};
enum text_align { TEXT_LEFT, TEXT_CENTRE, TEXT_RIGHT };

struct text_extent {     // pixels
    int width;           // advance
    int ascent, descent; // of the line as drawn, above and below the base line
    int capital;         // height of a capital letter
};
struct text_extent text_measure(const char *text, struct text_style style);
int text_width(const char *text, struct text_style style);

// One line; `x` is its left end, middle or right end by `align`. Returns its width.
int text_draw(struct canvas *canvas, const char *text, struct text_style style, int x, int baseline,
              enum text_align align, uint32_t colour);
// One line centred on its capital letters between top and bottom of the box.
void text_draw_in(struct canvas *canvas, const char *text, struct text_style style, int x, int y, int width,
                  int height, enum text_align align, uint32_t colour);

// Lines: borrowed parts of the text.
struct text_block {
    const char *starts[TEXT_LINES_MAX];
    unsigned lengths[TEXT_LINES_MAX]; // bytes
    unsigned count;
    int width;  // of the widest line
    int line;   // pixels from base line to base line
    int height; // count × line
    struct text_style style;
};
// Breaks only between words (and at line ends in the text), into the fewest lines that hold, of about equal
// length. True when it fits into `width` and `lines`; else everything is still there, too wide or with more
// lines (at most TEXT_LINES_MAX). line_height: 1.15 …
bool text_wrap(struct text_block *block, const char *text, struct text_style style, int width, unsigned lines,
               float line_height);
// As text_wrap, and when that does not fit (width, lines or height; height 0: any), a step smaller (6 %),
// down to `size_min`. False when even that does not fit. Never cuts.
bool text_fit(struct text_block *block, const char *text, struct text_style style, int size_min, int width,
              int height, unsigned lines, float line_height);
// The block centred in height in the box (on its capitals), each line aligned in it.
void text_block_draw(struct canvas *canvas, const struct text_block *block, int x, int y, int width,
                     int height, enum text_align align, uint32_t colour);

// For bounds and tests: what the caches hold.
struct text_cache_size {
    unsigned lines, bytes, widths;
};
struct text_cache_size text_cache_size(void);
// Overwrites and drops every cached line: names and phone numbers may be among them. At the end of a visit.
void text_cache_wipe(void);
#endif
