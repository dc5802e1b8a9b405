// A slot: one guide, one start, some minutes. What two people can never both own. Pure value.
#ifndef WEGWIJS_BOOKING_SLOT_H
#define WEGWIJS_BOOKING_SLOT_H

#include <stdbool.h>

#include "base/day.h"

#define SLOT_GUIDE_SIZE 24 // the guide's identifier ("els") with the zero
#define SLOT_MINUTES_LEAST 5
#define SLOT_MINUTES_MAX 480

struct slot {
    char guide[SLOT_GUIDE_SIZE];
    struct moment start;
    int minutes;
};

int slot_compare(const struct slot *a, const struct slot *b);  // by start, then guide
bool slot_same(const struct slot *a, const struct slot *b);    // guide and start
bool slot_follows(const struct slot *a, const struct slot *b); // b begins where a ends, same guide and day

// The number of slots a talk can begin with: looks in `slots` (sorted by slot_compare) for runs of `length`
// consecutive slots of one guide; writes the index of each run's first slot to `starts` (room for `count`).
unsigned slot_runs(const struct slot *slots, unsigned count, unsigned length, unsigned *starts);

// Of the slots that begin together keeps one, in place: that of the first guide for whom `speaks` says yes,
// or the first when there is none. So a visitor sees each moment once, with the guide who speaks the
// visitor's language. `slots` is sorted by slot_compare and stays so. Returns how many are left.
typedef bool slot_speaks(const char *guide, void *context);
unsigned slot_prefer(struct slot *slots, unsigned count, slot_speaks *speaks, void *context);

bool slot_guide_valid(const char *guide); // a-z 0-9 - and not empty
#endif
