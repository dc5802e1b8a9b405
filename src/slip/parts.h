// What a slip is made of: written downwards one after the other on a strip, in two columns on a sheet. For
// src/slip itself.
#ifndef WEGWIJS_SLIP_PARTS_H
#define WEGWIJS_SLIP_PARTS_H

#include "slip/pen.h"
#include "slip/slip.h"

struct content { // all borrowed
    const struct booking *booking;
    const char *guide; // may be NULL
    const struct town *town;
    const struct catalog *catalog;
    const struct slip_options *options;
};

void part_band(struct pen *pen, const struct content *content);
void part_promise(struct pen *pen, const struct content *content); // when, where, with whom; or a call
// Nothing when there is nothing to bring; a rule above it on a strip.
void part_bring(struct pen *pen, const struct content *content);
int part_qr(struct pen *pen, const struct content *content, struct error *error);
void part_foot(struct pen *pen, const struct content *content);
void part_foot_tall(struct pen *pen, const struct content *content); // the pictogram above its words
void part_help(struct pen *pen, const struct content *content);

// What stands on a sheet: a band over all of it, two columns, and a foot, each written with the pen it gets.
// The columns are written several times, until the letters are as large as they can be.
struct sheet_plan {
    const void *content; // handed to what follows
    bool large, foot_wanted;
    void (*band)(struct pen *pen, const void *content);
    int (*columns[2])(struct pen *pen, const void *content, struct error *error);
    void (*foot)(struct pen *pen, const void *content);
};
// A whole sheet of SHEET_WIDTH × SHEET_HEIGHT dots, lying. Fails as its columns do.
int sheet_lay(const struct sheet_plan *plan, struct raster *raster, struct error *error);
// One with all that a slip says on it. ERROR_INVALID: the QR.
int sheet_paint(const struct content *content, struct raster *raster, struct error *error);
#endif
