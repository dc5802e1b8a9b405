// The rules that a town's file keeps beyond its schema. Pure.
#ifndef WEGWIJS_BOOKING_TOWN_CHECK_H
#define WEGWIJS_BOOKING_TOWN_CHECK_H

#include "base/error.h"
#include "booking/town.h"

// Identifiers unique and well formed, conditions name what exists and was asked before. The first fault is
// one sentence that begins with `name`, the file.
int town_check(const struct town *town, const char *name, struct error *error);

#endif
