// Shapes on a canvas, anti-aliased: rounded rectangles, discs, rings, lines, arrows, checks. Each is told by
// its distance to a point (positive outside); rows run in solid spans as long as the distance allows, only
// edges are mixed. Any thread, one a canvas. Lengths in pixels, may be fractions.
#ifndef WEGWIJS_DRAW_SHAPE_H
#define WEGWIJS_DRAW_SHAPE_H

#include "draw/canvas.h"

struct shape_box {
    float x, y, width, height;
};
struct shape_corners { // radii
    float top_left, top_right, bottom_right, bottom_left;
};
struct shape_border { // widths; a thick lower edge says "can be touched"
    float left, top, right, bottom;
};
struct shape_point {
    float x, y;
};

void shape_rounded(struct canvas *canvas, struct shape_box box, float radius, uint32_t colour);
void shape_rounded_corners(struct canvas *canvas, struct shape_box box, struct shape_corners corners,
                           uint32_t colour);
// The same, of which only the edge will be seen: `front`, of the same radius, is painted over it at once.
void shape_rounded_behind(struct canvas *canvas, struct shape_box box, float radius, struct shape_box front,
                          uint32_t colour);
// The box in `edge`, and inside it, by the border's widths, one in `fill`. Inner radius: outer less border.
void shape_bordered(struct canvas *canvas, struct shape_box box, float radius, struct shape_border border,
                    uint32_t edge, uint32_t fill);
// A band of `width` around the box, outside of it at distance `gap`; what is inside stays. `radius` is the
// box's.
void shape_frame(struct canvas *canvas, struct shape_box box, float radius, float gap, float width,
                 uint32_t colour);
// A dashed line of `width` just inside the box, dashes evenly round it; dash 0: dots.
void shape_dashed(struct canvas *canvas, struct shape_box box, float radius, float width, float dash,
                  float gap, uint32_t colour);
void shape_dashed_ring(struct canvas *canvas, float x, float y, float radius, float width, unsigned dashes,
                       uint32_t colour);

void shape_disc(struct canvas *canvas, float x, float y, float radius, uint32_t colour);
// `radius` to the middle of a band of `width`, as a stroke.
void shape_ring(struct canvas *canvas, float x, float y, float radius, float width, uint32_t colour);
// A part of a ring: degrees clockwise from the top; butt ends; less than 180 degrees long.
void shape_arc(struct canvas *canvas, float x, float y, float radius, float width, float from, float to,
               uint32_t colour);
void shape_line(struct canvas *canvas, float x0, float y0, float x1, float y1, float width,
                uint32_t colour); // round ends
void shape_strokes(struct canvas *canvas, const struct shape_point *points, unsigned count, float width,
                   uint32_t colour); // round joins and ends
void shape_triangle(struct canvas *canvas, struct shape_point a, struct shape_point b, struct shape_point c,
                    uint32_t colour);

// Signs on 24 units in a square of `side` with its upper left corner at x, y. `ground` is the disc behind it.
void shape_go(struct canvas *canvas, float x, float y, float side, uint32_t ground, uint32_t colour);
void shape_tick(struct canvas *canvas, float x, float y, float side, uint32_t ground, uint32_t colour);
void shape_arrow_left(struct canvas *canvas, float x, float y, float side, uint32_t colour); // no disc
void shape_arrow_up(struct canvas *canvas, float x, float y, float side, uint32_t colour);
void shape_arrow_down(struct canvas *canvas, float x, float y, float side, uint32_t colour);
// Busy: three dots, `lit` of them (0 to 3) in `colour`.
void shape_busy(struct canvas *canvas, float x, float y, float side, uint32_t ground, uint32_t colour,
                int lit);
#endif
