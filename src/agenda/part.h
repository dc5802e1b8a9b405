// A database that is being made, a new agenda or a copy of one: FILE.part until it is whole, held by one
// process at a time. What was cut off is taken over by the next.
#ifndef WEGWIJS_AGENDA_PART_H
#define WEGWIJS_AGENDA_PART_H

#include "base/error.h"

// Fills the empty file `part`, for its owner alone, that will be given the name `path`. 0 or negative.
typedef int part_fill(void *context, const char *part, const char *path, struct error *error);

// ERROR_TIMEOUT when another process is making it, ERROR_REFUSED when FILE.part is no database or when
// `path`, or a log of that name, is there already.
int part_make(const char *path, part_fill *fill, void *context, struct error *error);

#endif
