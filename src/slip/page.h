// A slip on a page of an office printer: PWG raster (PWG 5102.4, through libcups) or PDF, in memory. For
// src/slip.
#ifndef WEGWIJS_SLIP_PAGE_H
#define WEGWIJS_SLIP_PAGE_H

#include "base/memory.h"
#include "slip/slip.h"

struct page {                     // of paper
    char media[64];               // PWG name: "iso_a5_148x210mm"
    unsigned width_um, height_um; // micrometres
    unsigned dpi;                 // of the printer, for raster
    bool grey;                    // 8 bit grey instead of 1 bit black: what every IPP printer takes
};
// A page of "a4" or "a5", for 300 dots an inch; false: another name.
bool page_named(struct page *page, const char *name);
// How large the slip is on it: its true size, up to 1.41 times on large paper, smaller when it would not fit.
// Centred, at the top. A sheet is as large as the page. Micrometres.
struct page_place {
    unsigned x, y, width, height;
};
struct page_place page_place(const struct page *page, const struct raster *raster, unsigned slip_dpi);
// The page's dots: one byte a dot (0 black, 255 white); a sheet that lies is turned to a page that stands, in
// the PDF too, whose readers turn it back. The caller frees.
uint8_t *page_dots(const struct page *page, const struct raster *raster, unsigned slip_dpi, unsigned *width,
                   unsigned *height);
void page_pdf(struct text_buffer *out, const struct page *page, const struct raster *raster,
              unsigned slip_dpi);
#endif
