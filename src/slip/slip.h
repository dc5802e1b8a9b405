// The slip: content → 1-bit raster. 203 dots an inch: 576 dots on 80 mm paper, 384 on 58 mm; 180 dots an
// inch: 512 and 340. The look is that told in the README, "The slip". One thread at a time; runs on the
// printer's worker, or in `wegwijs-agenda slip CODE`:
// clang-format off
//   struct slip_options options = {.width = 576, .dpi = 203};
//   slip_paint(&booking, "Els", town, catalog, &options, &raster, &error);  // lang/nl.po with the town's texts
//   printer_open(&printer, &(struct printer_options){.kind = "picture", .target = "."}, &error);
//   state = printer_print(printer, &raster, booking.code, &error);          // ./K7M4QX.png
//   printer_close(printer);
//   raster_release(&raster);
// clang-format on
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
    unsigned width, height, stride; // dots, dots, bytes; slip_paint makes height a multiple of 8
    uint8_t *bits;
    bool sheet; // a whole A4 or A5 sheet that lies, its margins included
};
void raster_release(struct raster *raster);
bool raster_dot(const struct raster *raster, unsigned x, unsigned y);
// From 32-bit pixels: black where they are darker than 56 % (own; no dithering: teal, red and navy stay
// black, amber and light white).
struct canvas;
void raster_from_canvas(struct raster *raster, const struct canvas *canvas, unsigned height);

struct slip_options {
    unsigned width; // dots: 576 or 384 (512 or 340 at 180 dots an inch); 0: 576
    unsigned dpi;   // 203 or 180; 0: 203
    bool large;
    bool sheet; // SHEET_WIDTH × SHEET_HEIGHT dots in two columns, for A5 and A4 alike; width and dpi rest
    const char *help_language; // code of a contact language that the town allows, or NULL
    const char *help_text;     // its last line ("Bring this paper"), from the caller's own file; NULL: none
};

#define SLIP_DOTS_MIN 300 // narrower paper cannot hold the code
#define SLIP_DOTS_MAX 1200
#define SHEET_WIDTH 2480 // 300 dots an inch on A5, 212 on A4
#define SHEET_HEIGHT 1744

// The slip shows when, where, with whom, what to bring and the code; never a name or a phone number of the
// visitor. A callback says that the guide calls, and carries the code alone. guide_name may be NULL or "".
// ERROR_INVALID for a booking without a valid code or an impossible width; missing pictograms and fonts leave
// gaps but never stop a promise from being printed.
int slip_paint(const struct booking *booking, const char *guide_name, const struct town *town,
               const struct catalog *catalog, const struct slip_options *options, struct raster *raster,
               struct error *error);
// The text in its QR code: a VCALENDAR for a slot, the bare code for a callback.
int slip_qr_text(const struct booking *booking, const struct town *town, const struct catalog *catalog,
                 char *out, size_t size, struct error *error);
#endif
