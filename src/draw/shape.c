#include "draw/shape.h"

#include <math.h>
#include <wchar.h>

#include "base/banned.h"

#define PI 3.14159265358979f

// A shape: its distance function (never more than the true distance, so that runs may be jumped) and the box
// that holds it.
struct hole { // pixels; empty: none
    int left, top, right, bottom;
};

// One row of pixels of a shape: nothing outside of [from, to), all of it in [whole, whole_to).
struct row {
    int y, from, to, whole, whole_to;
};

struct shape {
    float (*distance)(const struct shape *shape, float x, float y);
    void (*edges)(const struct shape *shape, struct row *row); // narrows a row; NULL: not known
    float left, top, right, bottom;
    const struct shape_point *points;
    unsigned count;
    struct shape_box box;
    struct shape_corners corners;
    float x, y, radius, width, gap;
    float flat;       // a rounded rectangle: its sides do not matter farther from them than this; else 0
    struct hole hole; // what is painted over at once anyhow
    float from_x, from_y, to_x, to_y; // of an arc: inward normals of its two ends
};

static float clamp(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}

// As hypotf, but in line: no lengths here overflow.
static float length_of(float x, float y)
{
    return (float)sqrt((double)x * (double)x + (double)y * (double)y);
}

static void fill_row(struct canvas *canvas, const struct shape *shape, int y, int left, int right,
                     uint32_t colour)
{
    uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
    float middle = (float)y + 0.5f;
    int x = left;
    while (x < right) {
        float distance = shape->distance(shape, (float)x + 0.5f, middle);
        if (distance >= 0.5f) {
            x += 1 + (int)(distance - 0.5f);
        } else if (distance <= -0.5f) {
            int end = x + 1 + (int)(-0.5f - distance);
            end = end < right ? end : right;
            wmemset((wchar_t *)row + x, (wchar_t)colour, (size_t)(end - x));
            x = end;
        } else {
            row[x] = canvas_mix(row[x], colour, (unsigned)((0.5f - distance) * 255 + 0.5f));
            x++;
        }
    }
}

// Between the corners of a rounded rectangle only the row decides: one distance for the whole run. Sets the
// part of [*from, *to) where that holds; empty when there is none.
static void flat_part(const struct shape *shape, int *from, int *to)
{
    int left = (int)ceilf(shape->left + shape->flat), right = (int)floorf(shape->right - shape->flat);
    *from = left > *from ? left : *from;
    *to = right < *to ? right : *to;
    *to = *to > *from ? *to : *from;
}

static void fill_flat(struct canvas *canvas, const struct shape *shape, int y, int from, int to,
                      uint32_t colour)
{
    uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
    float middle = (float)y + 0.5f, distance = fmaxf(shape->top - middle, middle - shape->bottom);
    if (distance <= -0.5f) {
        wmemset((wchar_t *)row + from, (wchar_t)colour, (size_t)(to - from));
    } else if (distance < 0.5f) {
        unsigned alpha = (unsigned)((0.5f - distance) * 255 + 0.5f);
        for (int x = from; x < to; x++) {
            row[x] = canvas_mix(row[x], colour, alpha);
        }
    }
}

static void fill_part(struct canvas *canvas, const struct shape *shape, int y, int left, int right,
                      uint32_t colour)
{
    int from = left, to = right;
    if (shape->flat > 0) {
        flat_part(shape, &from, &to);
    }
    if (shape->flat <= 0 || from == to) {
        fill_row(canvas, shape, y, left, right, colour);
        return;
    }
    fill_row(canvas, shape, y, left, from, colour);
    fill_flat(canvas, shape, y, from, to, colour);
    fill_row(canvas, shape, y, to, right, colour);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

static void fill_span(struct canvas *canvas, const struct shape *shape, const struct row *row, int left,
                      int right, uint32_t colour)
{
    left = most(left, row->from);
    right = least(right, row->to);
    int whole = most(left, row->whole), whole_to = least(right, row->whole_to);
    if (left >= right) {
        return;
    }
    if (whole >= whole_to) {
        fill_part(canvas, shape, row->y, left, right, colour);
        return;
    }
    fill_row(canvas, shape, row->y, left, whole, colour);
    wmemset((wchar_t *)canvas->pixels + (size_t)row->y * (size_t)canvas->line + whole, (wchar_t)colour,
            (size_t)(whole_to - whole));
    fill_row(canvas, shape, row->y, whole_to, right, colour);
}

static void fill(struct canvas *canvas, const struct shape *shape, uint32_t colour)
{
    int left = (int)floorf(clamp(shape->left - 0.5f, (float)canvas->left, (float)canvas->right));
    int right = (int)ceilf(clamp(shape->right + 0.5f, (float)canvas->left, (float)canvas->right));
    int top = (int)floorf(clamp(shape->top - 0.5f, (float)canvas->top, (float)canvas->bottom));
    int bottom = (int)ceilf(clamp(shape->bottom + 0.5f, (float)canvas->top, (float)canvas->bottom));
    const struct hole *hole = &shape->hole;
    colour |= 0xFF000000U;
    for (int y = top; y < bottom; y++) {
        struct row row = {.y = y, .from = left, .to = right};
        if (shape->edges != NULL) {
            shape->edges(shape, &row);
        }
        if (y < hole->top || y >= hole->bottom || hole->left >= hole->right) {
            fill_span(canvas, shape, &row, left, right, colour);
            continue;
        }
        fill_span(canvas, shape, &row, left, least(right, hole->left), colour);
        fill_span(canvas, shape, &row, most(left, hole->right), right, colour);
    }
}

// Half the chord of a circle at this height from its middle; less than 0: it does not reach so far.
static float half_chord(float radius, float height)
{
    return radius > height ? sqrtf(radius * radius - height * height) : -1;
}

// ---- rounded rectangles

static float rounded_distance(struct shape_box box, struct shape_corners corners, float x, float y)
{
    float half_x = box.width / 2, half_y = box.height / 2;
    float dx = x - box.x - half_x, dy = y - box.y - half_y;
    float radius = dx < 0 ? (dy < 0 ? corners.top_left : corners.bottom_left)
                          : (dy < 0 ? corners.top_right : corners.bottom_right);
    float qx = fabsf(dx) - half_x + radius, qy = fabsf(dy) - half_y + radius;
    if (qx > 0 && qy > 0) {
        return sqrtf(qx * qx + qy * qy) - radius;
    }
    return fmaxf(qx, qy) - radius;
}

static float distance_rounded(const struct shape *shape, float x, float y)
{
    return rounded_distance(shape->box, shape->corners, x, y);
}

#define SURE 0.01f // pixels: what rounding may be wrong by
#define FAR 1e6f   // pixels: beyond every canvas

static int pixel(float edge)
{
    return (int)clamp(edge, -FAR, FAR);
}

// How far from a side that ends in a corner of this radius a row begins, and is whole (INFINITY: nowhere).
static void corner_edges(float radius, float height, float *begins, float *whole)
{
    if (height <= 0) {
        *begins = -0.5f;
        *whole = 0.5f;
        return;
    }
    float out = half_chord(radius + 0.5f, height), in = half_chord(radius - 0.5f, height);
    *begins = radius - out; // none: the row above the first one
    *whole = in < 0 ? INFINITY : radius - in;
}

static void edges_rounded(const struct shape *shape, struct row *row)
{
    float middle = (float)row->y + 0.5f, down = middle - shape->top, up = shape->bottom - middle;
    const struct shape_corners *corners = &shape->corners;
    bool upper = down < up;
    float height = upper ? down : up, begins, whole;
    float left = upper ? corners->top_left : corners->bottom_left;
    float right = upper ? corners->top_right : corners->bottom_right;
    corner_edges(left, left - height, &begins, &whole);
    row->from = most(row->from, pixel(ceilf(shape->left + begins - 0.5f - SURE)));
    float first = ceilf(shape->left + whole - 0.5f + SURE);
    corner_edges(right, right - height, &begins, &whole);
    row->to = least(row->to, pixel(floorf(shape->right - begins + 0.5f + SURE)));
    float end = floorf(shape->right - whole + 0.5f - SURE);
    if (height >= 0.5f + SURE && first < end) {
        row->whole = pixel(first);
        row->whole_to = pixel(end);
    }
}

static float distance_frame(const struct shape *shape, float x, float y)
{
    float distance = rounded_distance(shape->box, shape->corners, x, y);
    return fmaxf(distance - shape->gap - shape->width, shape->gap - distance);
}

static struct shape_corners corners_of(struct shape_box box, float radius)
{
    float most = fminf(box.width, box.height) / 2;
    radius = clamp(radius, 0, most);
    return (struct shape_corners){radius, radius, radius, radius};
}

static float largest(struct shape_corners corners)
{
    return fmaxf(fmaxf(corners.top_left, corners.top_right),
                 fmaxf(corners.bottom_left, corners.bottom_right));
}

static struct shape rounded(struct shape_box box, struct shape_corners corners)
{
    return (struct shape){.distance = distance_rounded,
                          .edges = edges_rounded,
                          .left = box.x,
                          .top = box.y,
                          .right = box.x + box.width,
                          .bottom = box.y + box.height,
                          .box = box,
                          .corners = corners,
                          .flat = 1 + largest(corners)};
}

void shape_rounded_corners(struct canvas *canvas, struct shape_box box, struct shape_corners corners,
                           uint32_t colour)
{
    struct shape shape = rounded(box, corners);
    if (box.width > 0 && box.height > 0) {
        fill(canvas, &shape, colour);
    }
}

void shape_rounded(struct canvas *canvas, struct shape_box box, float radius, uint32_t colour)
{
    shape_rounded_corners(canvas, box, corners_of(box, radius), colour);
}

// What a rounded rectangle surely covers whole: all its rows, between the corners.
static struct hole covered(struct shape_box box, struct shape_corners corners)
{
    float flat = 1 + largest(corners);
    return (struct hole){(int)ceilf(box.x + flat), (int)ceilf(box.y), (int)floorf(box.x + box.width - flat),
                         (int)floorf(box.y + box.height)};
}

void shape_rounded_behind(struct canvas *canvas, struct shape_box box, float radius, struct shape_box front,
                          uint32_t colour)
{
    struct shape shape = rounded(box, corners_of(box, radius));
    if (front.width > 0 && front.height > 0) {
        shape.hole = covered(front, corners_of(front, radius));
    }
    if (box.width > 0 && box.height > 0) {
        fill(canvas, &shape, colour);
    }
}

void shape_bordered(struct canvas *canvas, struct shape_box box, float radius, struct shape_border border,
                    uint32_t edge, uint32_t fill_colour)
{
    struct shape_box inner = {box.x + border.left, box.y + border.top, box.width - border.left - border.right,
                              box.height - border.top - border.bottom};
    float upper = radius - fmaxf(border.left, border.top);
    float lower = radius - fmaxf(border.left, fminf(border.bottom, border.left + radius / 4));
    struct shape_corners corners = {fmaxf(upper, 0), fmaxf(upper, 0), fmaxf(lower, 0), fmaxf(lower, 0)};
    struct shape shape = rounded(box, corners_of(box, radius));
    if (inner.width > 0 && inner.height > 0) {
        shape.hole = covered(inner, corners);
    }
    if (box.width > 0 && box.height > 0) {
        fill(canvas, &shape, edge);
    }
    shape_rounded_corners(canvas, inner, corners, fill_colour);
}

// The hollow inside is left out, so that a ring round a large tile costs its edge only.
void shape_frame(struct canvas *canvas, struct shape_box box, float radius, float gap, float width,
                 uint32_t colour)
{
    float out = gap + width;
    struct shape shape = {.distance = distance_frame,
                          .left = box.x - out,
                          .top = box.y - out,
                          .right = box.x + box.width + out,
                          .bottom = box.y + box.height + out,
                          .box = box,
                          .corners = corners_of(box, radius),
                          .gap = gap,
                          .width = width};
    fill(canvas, &shape, colour);
}

// ---- circles

static float distance_disc(const struct shape *shape, float x, float y)
{
    return length_of(x - shape->x, y - shape->y) - shape->radius;
}

static void edges_disc(const struct shape *shape, struct row *row)
{
    float height = fabsf((float)row->y + 0.5f - shape->y);
    float out = half_chord(shape->radius + 0.5f, height), in = half_chord(shape->radius - 0.5f, height);
    row->from = most(row->from, pixel(ceilf(shape->x - out - 0.5f - SURE)));
    row->to = least(row->to, pixel(floorf(shape->x + out + 0.5f + SURE)));
    if (in > SURE) {
        row->whole = pixel(ceilf(shape->x - in - 0.5f + SURE));
        row->whole_to = pixel(floorf(shape->x + in + 0.5f - SURE));
    }
}

static float distance_ring(const struct shape *shape, float x, float y)
{
    return fabsf(length_of(x - shape->x, y - shape->y) - shape->radius) - shape->width / 2;
}

static float distance_arc(const struct shape *shape, float x, float y)
{
    float from = -((x - shape->x) * shape->from_x + (y - shape->y) * shape->from_y);
    float to = -((x - shape->x) * shape->to_x + (y - shape->y) * shape->to_y);
    return fmaxf(distance_ring(shape, x, y), fmaxf(from, to));
}

static struct shape round_shape(float x, float y, float radius, float width)
{
    float out = radius + width / 2;
    return (struct shape){.left = x - out,
                          .top = y - out,
                          .right = x + out,
                          .bottom = y + out,
                          .x = x,
                          .y = y,
                          .radius = radius,
                          .width = width};
}

void shape_disc(struct canvas *canvas, float x, float y, float radius, uint32_t colour)
{
    struct shape shape = round_shape(x, y, radius, 0);
    shape.distance = distance_disc;
    shape.edges = edges_disc;
    fill(canvas, &shape, colour);
}

void shape_ring(struct canvas *canvas, float x, float y, float radius, float width, uint32_t colour)
{
    struct shape shape = round_shape(x, y, radius, width);
    shape.distance = distance_ring;
    fill(canvas, &shape, colour);
}

void shape_arc(struct canvas *canvas, float x, float y, float radius, float width, float from, float to,
               uint32_t colour)
{
    struct shape shape = round_shape(x, y, radius, width);
    float a = from * PI / 180, b = to * PI / 180;
    shape.distance = distance_arc;
    shape.from_x = cosf(a);
    shape.from_y = sinf(a);
    shape.to_x = -cosf(b);
    shape.to_y = -sinf(b);
    fill(canvas, &shape, colour);
}

// ---- lines

static float segment_distance(struct shape_point a, struct shape_point b, float x, float y)
{
    float abx = b.x - a.x, aby = b.y - a.y, apx = x - a.x, apy = y - a.y;
    float length = abx * abx + aby * aby;
    float along = length > 0 ? clamp((apx * abx + apy * aby) / length, 0, 1) : 0;
    return length_of(apx - along * abx, apy - along * aby);
}

static float distance_strokes(const struct shape *shape, float x, float y)
{
    float nearest = INFINITY;
    for (unsigned i = 0; i + 1 < shape->count; i++) {
        nearest = fminf(nearest, segment_distance(shape->points[i], shape->points[i + 1], x, y));
    }
    return nearest - shape->width / 2;
}

// A triangle whose points go clockwise on the screen: the farthest outside of its three sides.
static float distance_triangle(const struct shape *shape, float x, float y)
{
    float outside = -INFINITY;
    for (unsigned i = 0; i < 3; i++) {
        struct shape_point a = shape->points[i], b = shape->points[(i + 1) % 3];
        float dx = b.x - a.x, dy = b.y - a.y, length = length_of(dx, dy);
        outside = fmaxf(outside, length > 0 ? ((x - a.x) * dy - (y - a.y) * dx) / length : 0);
    }
    return outside;
}

static struct shape point_shape(const struct shape_point *points, unsigned count, float width)
{
    struct shape shape = {
        .points = points, .count = count, .width = width, .left = points[0].x, .right = points[0].x};
    shape.top = shape.bottom = points[0].y;
    for (unsigned i = 1; i < count; i++) {
        shape.left = fminf(shape.left, points[i].x);
        shape.right = fmaxf(shape.right, points[i].x);
        shape.top = fminf(shape.top, points[i].y);
        shape.bottom = fmaxf(shape.bottom, points[i].y);
    }
    shape.left -= width / 2;
    shape.top -= width / 2;
    shape.right += width / 2;
    shape.bottom += width / 2;
    return shape;
}

void shape_strokes(struct canvas *canvas, const struct shape_point *points, unsigned count, float width,
                   uint32_t colour)
{
    if (count < 2) {
        return;
    }
    struct shape shape = point_shape(points, count, width);
    shape.distance = distance_strokes;
    fill(canvas, &shape, colour);
}

void shape_line(struct canvas *canvas, float x0, float y0, float x1, float y1, float width, uint32_t colour)
{
    shape_strokes(canvas, (struct shape_point[]){{x0, y0}, {x1, y1}}, 2, width, colour);
}

void shape_triangle(struct canvas *canvas, struct shape_point a, struct shape_point b, struct shape_point c,
                    uint32_t colour)
{
    float turn = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    struct shape_point points[] = {a, turn > 0 ? b : c, turn > 0 ? c : b};
    struct shape shape = point_shape(points, 3, 0);
    shape.distance = distance_triangle;
    fill(canvas, &shape, colour);
}
