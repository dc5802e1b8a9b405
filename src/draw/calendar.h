// A week as seven boxes with one day filled.
#ifndef WEGWIJS_DRAW_CALENDAR_H
#define WEGWIJS_DRAW_CALENDAR_H

#include <stdbool.h>

#include "draw/canvas.h"

struct calendar_style {
    float box_width, box_height, gap, radius, border, border_today;
    uint32_t edge, fill, weekend_fill, today_edge, today_fill;
    bool weekend_dotted; // the slip: paper has no grey
};
float calendar_week_width(const struct calendar_style *style);
// weekday: 1 Monday … 7 Sunday; 0: none filled. x, y: upper left.
void calendar_week_draw(struct canvas *canvas, float x, float y, int weekday,
                        const struct calendar_style *style);
#endif
