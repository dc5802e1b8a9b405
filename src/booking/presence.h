// Presence: when a guide is in the town hall. Read from a file such as kiosk-config/hours.yaml (libcyaml),
// and turned into slots for any day. Pure after loading.
#ifndef WEGWIJS_BOOKING_PRESENCE_H
#define WEGWIJS_BOOKING_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "booking/slot.h"

struct presence_block { // "maandag 09:00-12:00", within an optional range of days
    char *guide;
    int weekday;         // 1 Monday … 7 Sunday
    int from, to;        // minutes since midnight
    int32_t first, last; // days; INT32_MIN and INT32_MAX when open
    bool walk_in;        // presence without appointment: no slots
};
struct presence_closure {
    char *guide; // NULL: the whole town hall
    int32_t first, last;
    int from, to; // 0 and 1440 for whole days
    char *reason; // "brugdag"
};
struct presence_guide {
    char *id, *name; // "els", "Els"
    char **languages;
    unsigned languages_count;
};

struct presence {
    unsigned slot_minutes; // 30 by default, 5 to 480
    struct presence_guide *guides;
    unsigned guides_count;
    struct presence_block *blocks;
    unsigned blocks_count;
    struct presence_closure *closures; // the town's own; public holidays are computed
    unsigned closures_count;
    bool public_holidays;
};

int presence_load(struct presence **presence, const char *path, struct error *error);
int presence_parse(struct presence **presence, const char *name, const char *bytes, size_t size,
                   struct error *error);
void presence_free(struct presence *presence);

const struct presence_guide *presence_guide(const struct presence *presence,
                                            const char *id); // NULL when unknown
bool presence_speaks(const struct presence *presence, const char *guide, const char *language);

// Whether the block is a range with a first and a last day ("zomeruren"). A block with only one of them is an
// ordinary one that begins or ends on that day.
bool presence_block_replaces(const struct presence_block *block);

// The Belgian public holidays plus 11 July (Flemish Community): its key, or NULL. The keys: holiday.new-year
// easter-monday labour-day ascension whit-monday flemish-day national-day assumption all-saints armistice
// christmas.
const char *presence_holiday(int32_t day);

// A range of days with blocks of its own ("zomeruren", July and August) replaces the open-ended blocks of
// that guide for those days. Slots that touch a closure are left out, and those
// in the hour that the night of summer time skips. Returns how many slots the day has,
// sorted; writes at most `room` of them.
unsigned presence_slots(const struct presence *presence, int32_t day, struct slot *slots, unsigned room);
#endif
