// What the kinds of printers share: for src/slip itself.
#ifndef WEGWIJS_SLIP_PRINTER_KIND_H
#define WEGWIJS_SLIP_PRINTER_KIND_H

#include "slip/printer.h"

struct printer {
    const struct printer_ops *ops;
    struct printer_options options; // its texts are copies
    char *kind, *target, *page;
    char detail[PRINTER_DETAIL]; // what it said of itself
    int stray;                   // cups: a job whose end nobody told; 0: none
};
extern const struct printer_ops PICTURE_OPS, ESCPOS_OPS, CUPS_OPS;

// Real milliseconds for limits on real devices: a script's clock does not hurry a printer.
int64_t printer_now_ms(void);
// The raster as a PNG in memory (1 channel, black on white). The caller frees *bytes.
int picture_encode(const struct raster *raster, void **bytes, size_t *size, struct error *error);
#endif
