// The screens: functions from the visit to the one list of elements. Pure: no window, no file, no clock.
// One function a screen or small family; screens.c has their table. Screen thread only.
#ifndef WEGWIJS_KIOSK_SCREENS_H
#define WEGWIJS_KIOSK_SCREENS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/catalog.h"
#include "kiosk/contact.h"
#include "kiosk/status.h"
#include "kiosk/visit.h"
#include "ui/element.h"
#include "ui/theme.h"

// All that a screen may look at. Borrowed for the call.
struct view {
    const struct visit_world *world;
    const struct visit *visit;
    const struct theme *theme;
    const struct catalog *texts;
    const struct contact *contact;     // help in the contact language; NULL: none
    bool voice;                        // there is a voice to listen to
    const char *guide_name;            // of the booked or found slot; "" when unknown
    const char *payload;               // of the QR code; NULL when there is none. Must outlive the list
    const struct element_raster *slip; // as printed; NULL while unknown. Must outlive the list
    const struct status_facts *facts;  // for the staff page; NULL: none
    int64_t disk_mb;                   // free; -1: not known
    int64_t now_ms;                    // as in visit_step
    bool dark;                         // nobody is here at an hour when the screen is off
};

// Fills the list with the screen, and with the question over it.
void screens_build(const struct view *view, struct element_list *list);

#endif
