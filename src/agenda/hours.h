// Presence, and the slots made from it: plan, then apply. The presence and closure tables are the source;
// slot rows are made ahead up to the horizon (120 days), which moves with each use.
#ifndef WEGWIJS_AGENDA_HOURS_H
#define WEGWIJS_AGENDA_HOURS_H

#include "agenda/agenda.h"
#include "booking/presence.h"

enum hours_change_kind {
    HOURS_GUIDE_NEW,     // text: name
    HOURS_GUIDE_GONE,    // text: name; presence is taken away, bookings stay
    HOURS_GUIDE_CHANGED, // text: name and languages, as they will be
    HOURS_SLOT_MINUTES,  // text: minutes, as they will be
    HOURS_HOLIDAYS,      // text: "1" closed on public holidays, "0" open
    HOURS_BLOCK_NEW,     // text: "els 1 09:00 12:00 2026-07-01 2026-08-31 walk-in"
    HOURS_BLOCK_GONE,    //
    HOURS_CLOSURE_NEW,   // text: "2026-12-24 2026-12-26 12:00 24:00 els brugdag" ("-" for the whole house)
    HOURS_CLOSURE_GONE,  //
    HOURS_SLOT_NEW,      // slot
    HOURS_SLOT_GONE,     // slot: nobody owns it
    HOURS_SLOT_KEPT, // slot: outside the new presence, but booked, leased or blocked; text: code, or kiosk
};
struct hours_change {
    enum hours_change_kind kind;
    char text[160];
    struct slot slot;
    int64_t row;
};
struct hours_plan {
    struct hours_change *changes;
    unsigned count, room;
    int32_t first, last; // the days that slots were compared for
};

// Compares. Changes nothing. hours_plan_release frees.
int hours_plan(struct agenda *agenda, const struct presence *presence, int32_t today, struct hours_plan *plan,
               struct error *error);
// Applies in one transaction: the plan is made again inside it, so that what a kiosk booked meanwhile counts.
// *plan becomes what was done.
int hours_apply(struct agenda *agenda, const struct presence *presence, int32_t today,
                struct hours_plan *plan, struct error *error);
void hours_plan_release(struct hours_plan *plan);
unsigned hours_plan_count(const struct hours_plan *plan, enum hours_change_kind kind);

#endif
