// What the painting functions share: the canvas, the theme, and millimetres to pixels. Only for
// src/ui/paint*.
#ifndef WEGWIJS_UI_BRUSH_H
#define WEGWIJS_UI_BRUSH_H

#include "draw/canvas.h"
#include "draw/shape.h"
#include "ui/element.h"
#include "ui/parts.h"
#include "ui/theme.h"

struct brush {
    struct canvas *canvas;
    const struct theme *theme;
    float k;             // pixels a millimetre
    int64_t now_ms;      // for what moves
    int64_t chosen_ms;   // since the newest tick appeared
    const char *ticking; // id of the element whose tick appears; "" for none
    float paper_at;      // how far the slip has risen, 0 to 1; 0: whole
    float hand_at;       // how far Begin's hand is pressed, 0 to 1
    float way_at;        // where the marker of the way is, in stops
};

typedef void (*paint_look)(struct brush *brush, const struct element *element);
extern const paint_look paint_looks[LOOKS];

uint32_t brush_colour(const struct brush *brush, enum colour colour);
// A length of the reference on this panel, in pixels.
float brush_mm(const struct brush *brush, float reference_mm);
int brush_px(const struct brush *brush, float mm);                     // rounded
struct shape_box brush_box(const struct brush *brush, struct box box); // edges rounded to whole pixels

void brush_fill(struct brush *brush, struct box box, uint32_t colour);
void brush_picture(struct brush *brush, const struct element *element, const char *name, struct box box,
                   bool faded);
// The surface of something touchable (or not): fill, edges, states, focus. Returns the element with its box
// moved as the state asks.
struct brush_face {
    float radius;
    uint32_t fill, edge, lower, touched;
    float border, lower_edge;
};
struct element brush_surface(struct brush *brush, const struct element *element, struct brush_face face);
struct brush_face brush_tile_face(const struct brush *brush, const struct element *element);
void brush_tick(struct brush *brush, const struct element *element, float side, float inset);
void brush_mark(struct brush *brush, const struct element *element, struct box box, uint32_t disc,
                uint32_t sign);

struct brush_text {
    float size_mm, line;
    bool bold, keep; // keep: stays a word when words are blocks
    enum part_align align;
    uint32_t colour;
    unsigned most;
};
// Lines from y on; returns their height in mm.
float brush_lines(struct brush *brush, const char *text, const char *script, struct box box,
                  struct brush_text style);
// One line, on this base line (pixels); align 0 left, 1 centre, 2 right of x.
void brush_line(struct brush *brush, const char *text, float size_mm, bool bold, int x, int baseline,
                int align, uint32_t colour, bool keep);
// Label and second of an element in its text part, centred in height.
void brush_words(struct brush *brush, const struct element *element, const struct parts *parts,
                 uint32_t label, uint32_t second);
#endif
