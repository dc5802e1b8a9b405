// Paints a list of elements: one function a look. Keeps the list it painted last, and repaints only what
// changed (and what lies over or under it). Screen thread only.
#ifndef WEGWIJS_UI_PAINT_H
#define WEGWIJS_UI_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/element.h"
#include "ui/theme.h"

struct canvas;  // draw/canvas.h
struct painter; // what was painted, caches

struct paint_rect { // pixels
    int x, y, width, height;
};
#define PAINT_RECTS 32

struct painter *painter_new(void);
void painter_free(struct painter *painter); // wipes the list it kept

// Brings the canvas from the last painted list to this one. Returns how many rects were touched (at most
// PAINT_RECTS; they cover everything that changed). A changed theme repaints everything. now_ms: steady
// clock, for the few things that move.
unsigned painter_paint(struct painter *painter, struct canvas *canvas, const struct element_list *list,
                       const struct theme *theme, int64_t now_ms, struct paint_rect rects[PAINT_RECTS]);
// Draws one element with no place to draw on: its letters and pictograms are in their caches afterwards.
// Any thread, as long as no other one paints or lays out.
void paint_warm(struct canvas *canvas, const struct element_list *list, const struct theme *theme,
                unsigned index);
void painter_forget(struct painter *painter); // the canvas was lost: paint everything next time
// Milliseconds until something painted moves by itself, or -1.
int64_t painter_next_ms(const struct painter *painter, int64_t now_ms);
// Real font widths, for theme_options.text_width.
int paint_text_width(const char *text, int size_px, bool bold);
// What colours meet in an element, for measuring contrast: text on its background. False without text.
bool paint_colours(const struct element *element, const struct theme *theme, uint32_t *text,
                   uint32_t *ground);
#endif
