// Signs and dashed outlines: shapes put together from lines.
#include <math.h>

#include "draw/shape.h"

#include "base/banned.h"

#define PI 3.14159265358979f
#define DASHES_MAX 4096

// Strokes given on 24 units, drawn in a square.
static void strokes_on_24(struct canvas *canvas, float x, float y, float side,
                          const struct shape_point *points, unsigned count, float width, uint32_t colour)
{
    struct shape_point scaled[8];
    float unit = side / 24;
    for (unsigned i = 0; i < count && i < 8; i++) {
        scaled[i] = (struct shape_point){x + points[i].x * unit, y + points[i].y * unit};
    }
    shape_strokes(canvas, scaled, count, width * unit, colour);
}

void shape_go(struct canvas *canvas, float x, float y, float side, uint32_t ground, uint32_t colour)
{
    shape_disc(canvas, x + side / 2, y + side / 2, side / 2, ground);
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{6.5f, 12}, {16.5f, 12}}, 2, 2.8f, colour);
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{12.5f, 7}, {17.5f, 12}, {12.5f, 17}}, 3, 2.8f,
                  colour);
}

void shape_tick(struct canvas *canvas, float x, float y, float side, uint32_t ground, uint32_t colour)
{
    shape_disc(canvas, x + side / 2, y + side / 2, side / 2, ground);
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{6.4f, 12.6f}, {10.2f, 16.4f}, {17.6f, 8.4f}}, 3,
                  3.2f, colour);
}

void shape_arrow_left(struct canvas *canvas, float x, float y, float side, uint32_t colour)
{
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{3, 12}, {21, 12}}, 2, 4, colour);
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{11, 4}, {3, 12}, {11, 20}}, 3, 4, colour);
}

void shape_arrow_up(struct canvas *canvas, float x, float y, float side, uint32_t colour)
{
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{12, 3}, {12, 21}}, 2, 4, colour);
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{4, 11}, {12, 3}, {20, 11}}, 3, 4, colour);
}

void shape_arrow_down(struct canvas *canvas, float x, float y, float side, uint32_t colour)
{
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{12, 3}, {12, 21}}, 2, 4, colour);
    strokes_on_24(canvas, x, y, side, (struct shape_point[]){{4, 13}, {12, 21}, {20, 13}}, 3, 4, colour);
}

void shape_busy(struct canvas *canvas, float x, float y, float side, uint32_t ground, uint32_t colour,
                int lit)
{
    shape_disc(canvas, x + side / 2, y + side / 2, side / 2, ground);
    for (int i = 0; i < 3; i++) {
        float middle = x + side * (0.27f + 0.23f * (float)i);
        shape_disc(canvas, middle, y + side / 2, side * (i < lit ? 0.085f : 0.045f), colour);
    }
}

// ---- dashed outlines: the path is walked by its length, clockwise from the upper left corner's end

struct path {
    struct shape_box box; // of the middle of the line
    float radius, length;
};

static struct shape_point corner_point(float x, float y, float radius, float along, float start)
{
    float angle = start + along / radius;
    return (struct shape_point){x + radius * cosf(angle), y + radius * sinf(angle)};
}

static struct shape_point path_point(const struct path *path, float along)
{
    float radius = path->radius, wide = path->box.width - 2 * radius, high = path->box.height - 2 * radius;
    float arc = radius * PI / 2, left = path->box.x, top = path->box.y;
    float right = left + path->box.width, bottom = top + path->box.height;
    along = fmodf(along, path->length);
    if (along < wide) {
        return (struct shape_point){left + radius + along, top};
    }
    if ((along -= wide) < arc) {
        return corner_point(right - radius, top + radius, radius, along, -PI / 2);
    }
    if ((along -= arc) < high) {
        return (struct shape_point){right, top + radius + along};
    }
    if ((along -= high) < arc) {
        return corner_point(right - radius, bottom - radius, radius, along, 0);
    }
    if ((along -= arc) < wide) {
        return (struct shape_point){right - radius - along, bottom};
    }
    if ((along -= wide) < arc) {
        return corner_point(left + radius, bottom - radius, radius, along, PI / 2);
    }
    if ((along -= arc) < high) {
        return (struct shape_point){left, bottom - radius - along};
    }
    return corner_point(left + radius, top + radius, radius > 0 ? radius : 1, along - high, PI);
}

static void draw_dash(struct canvas *canvas, const struct path *path, float from, float dash, float width,
                      uint32_t colour)
{
    struct shape_point points[5];
    if (dash <= 0) {
        struct shape_point point = path_point(path, from);
        shape_disc(canvas, point.x, point.y, width / 2, colour);
        return;
    }
    for (unsigned i = 0; i < 5; i++) {
        points[i] = path_point(path, from + dash * (float)i / 4);
    }
    shape_strokes(canvas, points, 5, width, colour);
}

static void draw_dashes(struct canvas *canvas, const struct path *path, float width, float dash, float gap,
                        uint32_t colour)
{
    float step = dash + gap;
    if (path->length <= 0 || step <= 0 || path->length / step > DASHES_MAX) {
        return;
    }
    unsigned count = (unsigned)fmaxf(1, roundf(path->length / step));
    float even = path->length / (float)count;
    for (unsigned i = 0; i < count; i++) {
        draw_dash(canvas, path, even * (float)i, dash, width, colour);
    }
}

static struct path path_round(struct shape_box box, float radius)
{
    struct path path = {box, fminf(radius, fminf(box.width, box.height) / 2), 0};
    path.radius = fmaxf(path.radius, 0.01f);
    path.length = 2 * (box.width + box.height) - 8 * path.radius + 2 * PI * path.radius;
    return path;
}

void shape_dashed(struct canvas *canvas, struct shape_box box, float radius, float width, float dash,
                  float gap, uint32_t colour)
{
    struct shape_box middle = {box.x + width / 2, box.y + width / 2, box.width - width, box.height - width};
    if (middle.width <= 0 || middle.height <= 0) {
        return;
    }
    struct path path = path_round(middle, radius - width / 2);
    draw_dashes(canvas, &path, width, dash, gap, colour);
}

void shape_dashed_ring(struct canvas *canvas, float x, float y, float radius, float width, unsigned dashes,
                       uint32_t colour)
{
    struct path path = path_round((struct shape_box){x - radius, y - radius, 2 * radius, 2 * radius}, radius);
    if (dashes > 0) {
        float step = path.length / (float)dashes;
        draw_dashes(canvas, &path, width, step * 0.4f, step * 0.6f, colour);
    }
}
