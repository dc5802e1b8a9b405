// The slip's pen: writes downwards on a strip of paper, in the measures of the look (dots of 576), scaled to
// the paper. For src/slip itself.
#ifndef WEGWIJS_SLIP_PEN_H
#define WEGWIJS_SLIP_PEN_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/canvas.h"
#include "draw/text.h"

#define PEN_HEIGHT_MAX 4000 // dots at 576
#define PEN_TEXT 640        // bytes that pen_fit needs for a text of half as many

struct pen {
    struct canvas canvas;
    float scale;       // dots of this paper for one dot of 576
    bool large;        // letters and signs 1.25 × where they fit
    int width, margin; // dots
    int y;             // how far the paper is written
    int clean;         // and how far it is clean: ahead of y, so that tails of letters stay
    int text_min;      // dots: capital 2.7 mm (2.1 mm on 58 mm paper)
    int air, rules;    // dots more above and below each rule; how many there were
    unsigned module;   // dots of the QR code's; 0: by the look
    bool to_left;      // the QR code stands at the left, not in the middle
};
void pen_init(struct pen *pen, unsigned width, unsigned dpi, bool large);
void pen_release(struct pen *pen);
int pen_dots(const struct pen *pen, float length);  // lengths that do not grow
int pen_grown(const struct pen *pen, float length); // that do in large print
struct text_style pen_style(const struct pen *pen, float size, bool bold);
int pen_take(struct pen *pen, int height); // clean paper, `height` dots; returns its first row
void pen_rule(struct pen *pen, float above, float below);
// A text in `width` dots, in any case: first smaller, down to text_min, in at most `lines`; then in more of
// them; then a fifth smaller; at last with its long words broken, for which `room` holds the text (twice as
// long as it, and longer).
void pen_fit(const struct pen *pen, struct text_block *block, char *room, size_t size, const char *text,
             struct text_style style, int width, unsigned lines, float line_height);
// One or more centred lines, smaller when a word would not fit.
void pen_centred(struct pen *pen, const char *text, float size, bool bold, float line_height, unsigned lines);
// Six letters in boxes, in two groups of three.
void pen_code(struct pen *pen, const char *code);
// At least 4 dots a module, in whole dots, with its quiet zone. ERROR_INVALID: more than 69 modules.
int pen_qr(struct pen *pen, const char *text, struct error *error);
void pen_pictogram(struct pen *pen, const char *name, int x, int y, int side);
#endif
