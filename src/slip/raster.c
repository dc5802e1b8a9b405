#include <stdlib.h>

#include "base/memory.h"
#include "draw/canvas.h"
#include "slip/slip.h"

#include "base/banned.h"

#define THRESHOLD 56 // percent

void raster_release(struct raster *raster)
{
    free(raster->bits);
    *raster = (struct raster){0};
}

bool raster_dot(const struct raster *raster, unsigned x, unsigned y)
{
    return (raster->bits[(size_t)y * raster->stride + x / 8] >> (7 - x % 8)) & 1;
}

// Rec. 601 weights in thousandths.
static bool is_dark(uint32_t colour)
{
    unsigned red = (colour >> 16) & 255, green = (colour >> 8) & 255, blue = colour & 255;
    return red * 299 + green * 587 + blue * 114 < 255U * 10 * THRESHOLD;
}

void raster_from_canvas(struct raster *raster, const struct canvas *canvas, unsigned height)
{
    unsigned width = (unsigned)canvas->width;
    *raster = (struct raster){.width = width, .height = height, .stride = (width + 7) / 8};
    raster->bits = memory_new((size_t)raster->stride * height, 1);
    for (unsigned y = 0; y < height; y++) {
        const uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->line;
        uint8_t *out = raster->bits + (size_t)y * raster->stride;
        for (unsigned x = 0; x < width; x++) {
            out[x / 8] |= (uint8_t)(is_dark(row[x]) << (7 - x % 8));
        }
    }
}
