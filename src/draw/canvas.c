#include "draw/canvas.h"

#include <wchar.h>

#include "base/banned.h"

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "rows of pixels are filled with wmemset");

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

void canvas_wrap(struct canvas *canvas, void *pixels, int width, int height, int pitch)
{
    *canvas = (struct canvas){.pixels = pixels, .width = width, .height = height, .line = pitch / 4};
    canvas_clip_none(canvas);
}

void canvas_clip(struct canvas *canvas, int x, int y, int width, int height)
{
    canvas->left = min_int(max_int(x, 0), canvas->width);
    canvas->top = min_int(max_int(y, 0), canvas->height);
    canvas->right = max_int(canvas->left, min_int(x + width, canvas->width));
    canvas->bottom = max_int(canvas->top, min_int(y + height, canvas->height));
}

void canvas_clip_none(struct canvas *canvas)
{
    canvas_clip(canvas, 0, 0, canvas->width, canvas->height);
}

// Two channels at a time: red and blue, then green. Exact at 0 and 255.
uint32_t canvas_mix(uint32_t below, uint32_t above, unsigned alpha)
{
    unsigned a = alpha + (alpha >> 7);
    uint32_t rb = below & 0xFF00FFU, g = below & 0x00FF00U;
    rb = (rb + ((((above & 0xFF00FFU) - rb) * a) >> 8)) & 0xFF00FFU;
    g = (g + ((((above & 0x00FF00U) - g) * a) >> 8)) & 0x00FF00U;
    return 0xFF000000U | rb | g;
}

void canvas_clear(struct canvas *canvas, uint32_t colour)
{
    canvas_fill(canvas, canvas->left, canvas->top, canvas->right - canvas->left, canvas->bottom - canvas->top,
                colour);
}

// Cuts a rectangle to the clip; false when nothing is left.
static bool cut(const struct canvas *canvas, int *x, int *y, int *right, int *bottom)
{
    *x = max_int(*x, canvas->left);
    *y = max_int(*y, canvas->top);
    *right = min_int(*right, canvas->right);
    *bottom = min_int(*bottom, canvas->bottom);
    return *x < *right && *y < *bottom;
}

void canvas_fill(struct canvas *canvas, int x, int y, int width, int height, uint32_t colour)
{
    int right = x + width, bottom = y + height;
    if (!cut(canvas, &x, &y, &right, &bottom)) {
        return;
    }
    colour |= 0xFF000000U;
    for (; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
        wmemset((wchar_t *)row + x, (wchar_t)colour, (size_t)(right - x));
    }
}

void canvas_blend(struct canvas *canvas, int x, int y, int width, int height, uint32_t colour, uint8_t alpha)
{
    int right = x + width, bottom = y + height;
    if (!cut(canvas, &x, &y, &right, &bottom)) {
        return;
    }
    for (; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
        for (int i = x; i < right; i++) {
            row[i] = canvas_mix(row[i], colour, alpha);
        }
    }
}

void canvas_mask(struct canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, int line,
                 uint32_t colour)
{
    int from_x = x, from_y = y, right = x + width, bottom = y + height;
    if (!cut(canvas, &x, &y, &right, &bottom)) {
        return;
    }
    for (; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
        const uint8_t *source = mask + (size_t)(y - from_y) * (size_t)line - from_x;
        for (int i = x; i < right; i++) {
            if (source[i] != 0) {
                row[i] = canvas_mix(row[i], colour, source[i]);
            }
        }
    }
}

void canvas_image(struct canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height,
                  int line, uint8_t alpha)
{
    int from_x = x, from_y = y, right = x + width, bottom = y + height;
    if (!cut(canvas, &x, &y, &right, &bottom)) {
        return;
    }
    for (; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
        const uint32_t *source = pixels + (size_t)(y - from_y) * (size_t)line;
        for (int i = x; i < right; i++) {
            uint32_t colour = source[i - from_x];
            unsigned opacity = (colour >> 24) * alpha / 255;
            if (opacity != 0) {
                row[i] = canvas_mix(row[i], colour, opacity);
            }
        }
    }
}
