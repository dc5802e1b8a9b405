// Who comes: bookings as the guide sees them, with names. Guide's role only.
#ifndef WEGWIJS_AGENDA_LIST_H
#define WEGWIJS_AGENDA_LIST_H

#include "agenda/agenda.h"

struct agenda_entry {
    struct booking booking; // names "" when erased; kind, slot (guide, start, minutes of one slot)
    int minutes;            // of the whole talk
    int64_t person;         // 0 when erased
    char guide_name[64];
    char kiosk[32];
    char state[12];     // booked arrived done no-show excused cancelled
    char attention[12]; // "" taken code: confirmed, but without what it was promised
    char began[21], ended[21];
    int sequence;     // iCalendar
    unsigned earlier; // talks of the same person that come before it, took place or are to come
    bool is_new;      // not in a day list before
};
struct agenda_list { // entries hold personal data: agenda_list_release wipes
    struct agenda_entry *entries;
    unsigned count, room;
};

enum agenda_which {
    AGENDA_DAYS,      // first to last, both included
    AGENDA_CODE,      // text
    AGENDA_ATTENTION, // without what they were promised
    AGENDA_CALLBACKS, // open call-backs
    AGENDA_PERSON,    // number
    AGENDA_PHONE,     // text
    AGENDA_OUTSIDE,   // from `first` to `last` (0: on), booked in slots that are not offered any more
};
struct agenda_query {
    enum agenda_which which;
    int32_t first, last; // days
    int64_t number;
    const char *text;
};
// Replaces *list, which starts as {0}.
int agenda_list(struct agenda *agenda, const struct agenda_query *query, struct agenda_list *list,
                struct error *error);
void agenda_list_release(struct agenda_list *list);
// One booking by its code: ERROR_NOT_FOUND.
int agenda_find(struct agenda *agenda, const char *code, struct agenda_entry *entry, struct error *error);
// A booking of somebody else with the same phone number, perhaps the same person: 1 found, 0 none, negative.
struct agenda_other {
    char code[CODE_SIZE], first_name[BOOKING_NAME_SIZE], last_name[BOOKING_NAME_SIZE];
};
int agenda_same_phone(struct agenda *agenda, const char *code, struct agenda_other *other,
                      struct error *error);
int agenda_mark_seen(struct agenda *agenda, const struct agenda_list *list, struct error *error);

struct agenda_lost { // promised to a visitor, but gone with a restored backup
    char code[CODE_SIZE];
    struct slot slot; // guide "" for a call-back
    unsigned slots;
    char kiosk[32];
};
unsigned agenda_lost(struct agenda *agenda, struct agenda_lost *lost, unsigned room);
int agenda_settle_lost(struct agenda *agenda, const char *code, struct error *error);

struct agenda_slot { // a slot and its owner
    struct slot slot;
    char state[12]; // free leased booked blocked withdrawn
    char kiosk[32];
    char code[CODE_SIZE]; // of its booking
    char reason[64];      // of its block
};
// The slots of the days first to last; the caller frees *slots. Returns the count or negative.
int agenda_slots(struct agenda *agenda, int32_t first, int32_t last, struct agenda_slot **slots,
                 struct error *error);

typedef void agenda_event_seen(void *context, const char *at, const char *who, const char *what,
                               const char *detail);
int agenda_history(struct agenda *agenda, const char *subject, agenda_event_seen *seen, void *context,
                   struct error *error);

#endif
