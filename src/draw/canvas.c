#include "draw/canvas.h"

#include <string.h>
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

static void mask_eight(uint32_t *restrict target, const uint8_t *restrict source, uint32_t colour)
{
    for (int i = 0; i < 8; i++) {
        target[i] = canvas_mix(target[i], colour, source[i]);
    }
}

// Most of a line of text is nothing: eight pixels of nothing are passed over at once.
static void mask_row(uint32_t *target, const uint8_t *source, int count, uint32_t colour)
{
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t eight;
        memcpy(&eight, source + i, sizeof eight);
        if (eight != 0) {
            mask_eight(target + i, source + i, colour);
        }
    }
    for (; i < count; i++) {
        target[i] = canvas_mix(target[i], colour, source[i]);
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
        const uint8_t *source = mask + (size_t)(y - from_y) * (size_t)line;
        mask_row(row + x, source + (x - from_x), right - x, colour);
    }
}

#define BLOCK 16 // pixels, so many that a compiler makes few instructions of them

static bool block_is(const uint32_t *source, uint32_t opacity)
{
    uint32_t any = 0, all = UINT32_MAX;
    for (int i = 0; i < BLOCK; i++) {
        any |= source[i];
        all &= source[i];
    }
    return (opacity == 0 ? any : all) >> 24 == opacity;
}

// How many pixels from `at` on are all clear (opacity 0), or all opaque (255). A block at a time while it
// lasts.
static int run_of(const uint32_t *source, int at, int end, uint32_t opacity)
{
    int i = at;
    if (source[i] >> 24 != opacity) {
        return 0;
    }
    while (i + BLOCK <= end && block_is(source + i, opacity)) {
        i += BLOCK;
    }
    while (i < end && (source[i] >> 24) == opacity) {
        i++;
    }
    return i - at;
}

// Most of a picture is clear or opaque: those runs are skipped and copied, only edges are mixed.
static void image_row(uint32_t *target, const uint32_t *source, int count, unsigned alpha)
{
    for (int i = 0; i < count;) {
        int run = run_of(source, i, count, 0);
        if (run == 0 && alpha == 255) {
            run = run_of(source, i, count, 255);
            memcpy(target + i, source + i, (size_t)run * sizeof *source);
        }
        if (run == 0) {
            target[i] = canvas_mix(target[i], source[i], (source[i] >> 24) * alpha / 255);
            run = 1;
        }
        i += run;
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
        image_row(row + x, source + (x - from_x), right - x, alpha);
    }
}

void canvas_copy(struct canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height, int line)
{
    int from_x = x, from_y = y, right = x + width, bottom = y + height;
    if (!cut(canvas, &x, &y, &right, &bottom)) {
        return;
    }
    for (; y < bottom; y++) {
        memcpy(canvas->pixels + (size_t)y * (size_t)canvas->line + x,
               pixels + (size_t)(y - from_y) * (size_t)line + (x - from_x),
               (size_t)(right - x) * sizeof *pixels);
    }
}
