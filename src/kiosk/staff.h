// Who may open the staff page: tries a PIN on a worker of its own, so that the screen never waits for the
// hash or the disk, and makes guessing slow: from the third wrong try on each costs a pause, 1 minute first,
// doubling up to an hour. What was tried stands in <data>/staff.json before it is checked: a restart does not
// start anew. Screen thread only; `notify` runs on the worker and must only hand the answer over.
#ifndef WEGWIJS_KIOSK_STAFF_H
#define WEGWIJS_KIOSK_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "kiosk/pin.h"

#define STAFF_FREE_TRIES 2 // wrong ones without a pause
#define STAFF_FIRST_PAUSE_S 60
#define STAFF_MOST_PAUSE_S 3600

struct staff_answer {
    uint32_t request;
    bool good;
    unsigned wait_s; // until the next try is looked at
};

// ---- the pause, pure
struct staff_tries {
    unsigned wrong; // since the last good one
    int64_t until;  // UTC: nothing is looked at before
};
unsigned staff_pause_s(unsigned wrong);
// Seconds still to wait; a clock that was set back never makes it longer than the pause itself.
unsigned staff_wait_s(const struct staff_tries *tries, int64_t now);

struct staff;
// `hash` and `folder` are copied.
int staff_start(struct staff **staff, const char *folder, const char *hash,
                void (*notify)(void *context, const struct staff_answer *answer), void *context,
                struct error *error);
void staff_try(struct staff *staff, uint32_t request, const char *pin); // wipes its copy
void staff_stop(struct staff *staff);

#endif
