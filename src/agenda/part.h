// A database that is being made, a new agenda or a copy of one: FILE.part until it is whole, held by one
// process at a time. What was cut off is taken over by the next.
#ifndef WEGWIJS_AGENDA_PART_H
#define WEGWIJS_AGENDA_PART_H

#include <stdbool.h>

#include "base/error.h"

// `part`, empty and for its owner alone, to be given the name `path`. The descriptor that holds it, or
// negative: ERROR_TIMEOUT when another process has it, ERROR_REFUSED when it is no database or when `path`,
// or a log of that name, is there already. Closed last: closing any descriptor of a file ends SQLite's locks
// on it.
int part_take(const char *part, const char *path, struct error *error);
void part_remove(const char *part, bool itself); // what SQLite leaves beside it, and the file `itself`

#endif
