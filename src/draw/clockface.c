#include "draw/clockface.h"

#include <math.h>

#include "draw/shape.h"

#include "base/banned.h"

#define RADIANS (3.14159265358979f / 180)

const struct clockface_colours CLOCKFACE_COLOUR = {0xFFFFFF, 0x1B2A41, 0x1B2A41, 0x0B7A75};
const struct clockface_colours CLOCKFACE_BLACK = {0xFFFFFF, 0x000000, 0x000000, 0x000000};

// A line from the middle's distance `from` to `to`, at degrees clockwise from twelve.
static void spoke(struct canvas *canvas, float x, float y, float unit, float degrees, float from, float to,
                  float width, uint32_t colour)
{
    float dx = sinf(degrees * RADIANS) * unit, dy = -cosf(degrees * RADIANS) * unit;
    shape_line(canvas, x + dx * from, y + dy * from, x + dx * to, y + dy * to, width * unit, colour);
}

void clockface_draw(struct canvas *canvas, float x, float y, float side, int minute_of_day,
                    const struct clockface_colours *colours)
{
    float unit = side / 96, middle_x = x + side / 2, middle_y = y + side / 2;
    float minute = (float)(minute_of_day % 60), hour = (float)(minute_of_day % 720) / 60;
    shape_disc(canvas, middle_x, middle_y, 43 * unit, colours->face);
    shape_ring(canvas, middle_x, middle_y, 43 * unit, 5 * unit, colours->ring);
    for (int i = 0; i < 12; i++) {
        bool quarter = i % 3 == 0;
        spoke(canvas, middle_x, middle_y, unit, (float)i * 30, quarter ? 32 : 35, 38, quarter ? 4.6f : 2.6f,
              colours->ring);
    }
    spoke(canvas, middle_x, middle_y, unit, minute * 6, 0, 29, 4.6f, colours->minute);
    spoke(canvas, middle_x, middle_y, unit, hour * 30, 0, 19, 7.4f, colours->hour);
    shape_disc(canvas, middle_x, middle_y, 5 * unit, colours->hour);
}
