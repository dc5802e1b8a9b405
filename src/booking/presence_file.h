// The file that tells presence, as it is written: texts, before days and hours are understood. Only
// src/booking/presence*.c use this.
#ifndef WEGWIJS_BOOKING_PRESENCE_FILE_H
#define WEGWIJS_BOOKING_PRESENCE_FILE_H

#include "base/config.h"
#include "base/error.h"
#include "booking/presence.h"

struct presence_file_guide {
    char *id, *name;
    char **languages;
    unsigned languages_count;
};
struct presence_file_hours {
    char *guide, *day, *from, *to, *first, *last; // first and last may be NULL
    bool walk_in;
};
struct presence_file_closure {
    char *guide, *first, *last, *from, *to, *reason; // all but first may be NULL
};
struct presence_file {
    unsigned *slot_minutes; // NULL: not said
    bool public_holidays;
    struct presence_file_guide *guides;
    unsigned guides_count;
    struct presence_file_hours *hours;
    unsigned hours_count;
    struct presence_file_closure *closures;
    unsigned closures_count;
};

extern const cyaml_schema_value_t presence_file_schema;

// Understands the texts. The first fault is one sentence with `name`, the entry's number and what it says:
//   hours.yaml: hours entry 3 ("maandag", guide "els"): "from" is not before "to"
int presence_file_read(const struct presence_file *file, const char *name, struct presence *presence,
                       struct error *error);

#endif
