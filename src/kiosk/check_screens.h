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

// Measures the tour on this screen for all text steps, contrast and reach; prints a line for each mode.
// False when a norm is not met.
bool check_screens(const struct settings *settings, const struct town *town, const struct catalog *texts);

#endif
