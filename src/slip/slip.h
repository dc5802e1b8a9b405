// The slip: content → 1-bit raster. 203 dots an inch: 576 dots on 80 mm paper, 384 on 58 mm. The look is that
// told in the README, "The slip". One thread at a time (fonts); runs on the printer's worker.
#ifndef WEGWIJS_SLIP_SLIP_H
#define WEGWIJS_SLIP_SLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/catalog.h"
#include "base/error.h"
#include "booking/booking.h"
#include "booking/town.h"

struct raster { // 1 bit a dot, 1 = black, most significant bit left, rows padded to whole bytes
    unsigned width, height, stride; // dots, dots, bytes
    uint8_t *bits;
};
void raster_release(struct raster *raster);

struct slip_options {
    unsigned width; // dots: 576 or 384
    unsigned dpi;   // 203 or 180
    bool large;
    const char *help_language; // last line in the contact language, or NULL
};

// The slip shows when, where, with whom, what to bring and the code; never a name or a phone number of the
// visitor.
int slip_paint(const struct booking *booking, const char *guide_name, const struct town *town,
               const struct catalog *catalog, const struct slip_options *options, struct raster *raster,
               struct error *error);
#endif
