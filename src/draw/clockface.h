// A clock face on 96 units, as in the look: ring, ticks, a short thick hour hand, a long minute hand. No
// numerals.
#ifndef WEGWIJS_DRAW_CLOCKFACE_H
#define WEGWIJS_DRAW_CLOCKFACE_H

#include "draw/canvas.h"

struct clockface_colours {
    uint32_t face, ring, hour, minute;
};
extern const struct clockface_colours CLOCKFACE_COLOUR; // navy and teal on white
extern const struct clockface_colours CLOCKFACE_BLACK;  // black on white: the slip
// minute of the day: 570 is half past nine.
void clockface_draw(struct canvas *canvas, float x, float y, float side, int minute_of_day,
                    const struct clockface_colours *colours);
#endif
