// Help in a contact language: lang/<code>.po for the languages that the town turned on, each with a reason
// and an end date. Off unless the town says so. Immutable after opening; the end date is looked at each time,
// so that a kiosk that runs for months turns it off by itself.
#ifndef WEGWIJS_KIOSK_CONTACT_H
#define WEGWIJS_KIOSK_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/catalog.h"
#include "booking/town.h"

struct contact;

// Reads the texts of every language in town->help, from `folder` (NULL: the program's own lang). On failure
// *contact is NULL. The town is borrowed.
int contact_open(struct contact **contact, const struct town *town, const char *folder, struct error *error);
void contact_free(struct contact *contact); // NULL is fine

bool contact_is_on(const struct town_help *help, int32_t today); // its last day included
// The texts of a language that is on today; NULL when it is off. contact NULL: always off.
const struct catalog *contact_texts(const struct contact *contact, const char *language, int32_t today);

#endif
