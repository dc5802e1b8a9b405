// Care of the file and of the people in it: checks, purge, the rights of persons. Guide's role only.
#ifndef WEGWIJS_AGENDA_CARE_H
#define WEGWIJS_AGENDA_CARE_H

#include "agenda/agenda.h"

// `rule` is a word, as "slot-owners"; `subject` a code, a moment or a row, never personal data.
typedef void agenda_fault_seen(void *context, const char *rule, const char *subject);
// Proves what was promised in the data of an agenda that is open as AGENDA_LOOK (or as the guide's): the file
// itself, its guards, each table, what the events tell of it, the slots of the hours, and the key when it is
// there. Changes nothing. Returns how many faults there are, or negative.
int agenda_check(struct agenda *agenda, agenda_fault_seen *seen, void *context, struct error *error);

// Bookings whose care path ended before `before` become counts; returns how many in *purged.
int agenda_purge(struct agenda *agenda, int32_t before, unsigned *purged, struct error *error);

// The rights of the AVG. Each leaves an event without the data.
int agenda_erase(struct agenda *agenda, int64_t person, struct error *error);
int agenda_correct(struct agenda *agenda, int64_t person, const char *code, const char *first_name,
                   const char *last_name, const char *phone, struct error *error); // NULL: as it is
int agenda_note_shown(struct agenda *agenda, const char *code, const char *how, struct error *error);

#endif
