// The flow inside a visit: which screen follows which, and what an answer changes. Used by visit.c only; the
// chart stands in visit.h. Pure.
#ifndef WEGWIJS_KIOSK_VISIT_FLOW_H
#define WEGWIJS_KIOSK_VISIT_FLOW_H

#include "kiosk/visit.h"

struct turn { // one step
    const struct visit_world *world;
    struct visit *visit;
    struct visit_effects *effects;
    int64_t now_ms;
};

void flow_go(struct turn *turn, enum visit_screen screen); // enters it, with the effects of entering
void flow_forward(struct turn *turn); // this screen is answered: the next one, or back to the check
void flow_back(struct turn *turn);
void flow_settle(struct turn *turn); // drops what the answers no longer allow
void flow_give_back(struct turn *turn);
void flow_lease(struct turn *turn, const struct slot *slot);
bool flow_has_back(const struct visit *visit);

// Handles an element of the screen. False when the id means nothing here.
bool answer_touch(struct turn *turn, const char *id);
// "topic.work" with prefix "topic.": "work"; NULL when it does not begin so.
const char *answer_after(const char *id, const char *prefix);
bool answer_is(const char *id, const char *wanted);
// What an answer does, said as its result: always true, the element was handled.
bool answer_go(struct turn *turn, enum visit_screen screen);
bool answer_changed(struct turn *turn); // it is shown anew
bool answer_over(struct turn *turn);    // the visit is wiped

// visit_staff.c: the staff page.
bool staff_is(enum visit_screen screen); // one of its screens
void staff_knock(struct turn *turn);     // a touch on the town's name
void staff_pin(struct turn *turn, bool good, unsigned wait_s);
void staff_printed(struct turn *turn, enum visit_slip slip);
bool staff_touch(struct turn *turn, const char *id);
// On a screen that asks for a code: its keys, and checkin.next.
bool answer_code(struct turn *turn, const char *id);

#endif
