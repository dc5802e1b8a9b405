// The norms that are no sizes: time to think, double strike, release, motion, speech (EN 301 549, VVSG 2.0,
// WCAG 2.2.1). Asked of the machines that the kiosk itself runs, not of numbers written twice. For --check.
#ifndef WEGWIJS_KIOSK_CHECK_NORMS_H
#define WEGWIJS_KIOSK_CHECK_NORMS_H

#include <stdbool.h>

#include "booking/town.h"
#include "kiosk/settings.h"

// Prints a line for each norm on standard output; false when one is not met.
bool check_norms(const struct settings *settings, const struct town *town);

#endif
