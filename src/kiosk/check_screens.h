// Every screen of this town in every size and mode, measured against the norms: for --check and the tests.
#ifndef WEGWIJS_KIOSK_CHECK_SCREENS_H
#define WEGWIJS_KIOSK_CHECK_SCREENS_H

#include <stdbool.h>

#include "base/catalog.h"
#include "booking/town.h"
#include "kiosk/screens/screens.h"
#include "kiosk/settings.h"

// Every screen and state that a visitor can meet, one after the other: fills the visit as a visitor at that
// point would have it. Returns its name, or NULL behind the last one.
const char *tour_visit(const struct visit_world *world, unsigned index, struct visit *visit);

// What a screen of this size can hold with this town's words: a larger text step, or reach mode, is offered
// only where the whole tour keeps its norms in it.
struct screen_offer {
    unsigned text_steps; // 1 to 3
    bool reach;
};
void check_offer(const struct theme_options *options, const struct town *town, const struct catalog *texts,
                 struct screen_offer *offer);

// Measures the tour on this screen in all that it offers, in both contrasts; prints a line for each
// mode, and why one is not offered.
// False when a norm is not met.
bool check_screens(const struct settings *settings, const struct town *town, const struct catalog *texts);

#endif
