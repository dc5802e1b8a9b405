// The slip's content for tests: a sample town and booking, no real person.
#ifndef TESTS_SLIP_FIXTURE_H
#define TESTS_SLIP_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "booking/booking.h"
#include "booking/town.h"
#include "slip/slip.h"

struct slip_fixture {
    struct town *town;
    struct catalog *catalog;
    struct booking booking;
};

// Run from the source tree's root. `code` must be a valid one.
static inline void slip_fixture_open(struct slip_fixture *fixture, const char *code)
{
    struct error error = ERROR_NONE;
    memset(fixture, 0, sizeof *fixture);
    if (town_load(&fixture->town, "kiosk-config/town.yaml", &error) != 0 ||
        catalog_open(&fixture->catalog, "lang/nl.po", &error) != 0) {
        fprintf(stderr, "%s\n", error.text);
        exit(2);
    }
    struct booking *booking = &fixture->booking;
    booking->kind = BOOKING_SLOT;
    booking->slots = 2;
    booking->made = 1795000000;
    booking->answer_count = 1;
    booking->slot.minutes = 30;
    snprintf(booking->code, sizeof booking->code, "%s", code);
    snprintf(booking->phone, sizeof booking->phone, "+32470000000");
    snprintf(booking->first_name, sizeof booking->first_name, "Voornaam");
    snprintf(booking->last_name, sizeof booking->last_name, "Achternaam");
    snprintf(booking->slot.guide, sizeof booking->slot.guide, "els");
    snprintf(booking->answers[0].indicator, BOOKING_WORD_SIZE, "interpreter");
    snprintf(booking->answers[0].answer, BOOKING_WORD_SIZE, "brings");
    if (moment_parse("2026-11-24T09:30", &booking->slot.start) != 0) {
        exit(2);
    }
}

static inline void slip_fixture_close(struct slip_fixture *fixture)
{
    catalog_free(fixture->catalog);
    town_free(fixture->town);
}
#endif
