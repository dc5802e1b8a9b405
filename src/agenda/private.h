// Inside src/agenda only: the open agenda, and short ways to run a numbered statement.
#ifndef WEGWIJS_AGENDA_PRIVATE_H
#define WEGWIJS_AGENDA_PRIVATE_H

#include "agenda/agenda.h"
#include "agenda/list.h"
#include "agenda/sql.h"
#include "base/database.h"
#include "booking/presence.h"

#define AGENDA_WHO_SIZE 64
#define KIOSK_NAME_SIZE 48 // "lobby-1", "lobby-1~0123abcd" for a store that was replaced

struct agenda {
    struct database database;
    enum agenda_role role;
    char id[BOOKING_ID_SIZE];
    char store[BOOKING_ID_SIZE]; // the kiosk's store that speaks, "" when it does not say
    char who[AGENDA_WHO_SIZE];   // for the events: "guide els", "kiosk lobby-1"
    unsigned depth;              // of transactions within one another
    bool kiosk_noted;            // in this transaction
};

// The statement with its bindings: one letter an argument, t for a text (NULL binds NULL), i for an int64_t.
// NULL with error set when the role may not run it.
sqlite3_stmt *agenda_bind(struct agenda *agenda, struct error *error, enum agenda_sql number,
                          const char *types, ...);
// Binds and runs to the end; 0 or negative.
int agenda_run(struct agenda *agenda, struct error *error, enum agenda_sql number, const char *types, ...);
// Steps; at the end or at an error the statement is reset, so that no read transaction stays open.
int agenda_row(struct agenda *agenda, sqlite3_stmt *statement, struct error *error);
unsigned agenda_changes(struct agenda *agenda); // rows that the last statement changed

// They nest: an inner one is a savepoint, which is undone alone and durable with the outer one.
int agenda_begin(struct agenda *agenda, struct error *error);
// Commits when `code` is 0, else rolls back and keeps `code` and its message.
int agenda_end(struct agenda *agenda, int code, struct error *error);

// Appends to the event table, in the caller's transaction. Never personal data.
int agenda_event(struct agenda *agenda, const char *what, const char *subject, const char *detail,
                 struct error *error);
void agenda_now(char out[INSTANT_TEXT_SIZE]); // the clock's instant, for `made`, `given`, `at`

int agenda_setting(struct agenda *agenda, const char *name, char *out, size_t size, struct error *error);
int64_t agenda_setting_number(struct agenda *agenda, const char *name, int64_t otherwise);
int agenda_set_setting(struct agenda *agenda, const char *name, const char *value, struct error *error);

struct slot_state { // one row of the slot table and who owns it
    int64_t id;
    int minutes;
    bool offered, booked, blocked;
    char lease_kiosk[KIOSK_NAME_SIZE]; // "" when not leased
    char lease_code[CODE_SIZE];
};
// 1 found, 0 no such slot, negative.
int slot_look(struct agenda *agenda, const char *guide, struct moment start, struct slot_state *state,
              struct error *error);
bool slot_state_free(const struct slot_state *state); // no owner
// Leased to this kiosk, or to the store that speaks under the name it had before.
bool slot_state_own(const struct agenda *agenda, const struct slot_state *state, const char *kiosk);
// Adds a slot row; `offered` false for one outside the presence.
int slot_add(struct agenda *agenda, const struct slot *slot, bool offered, struct error *error);
int agenda_new_code(struct agenda *agenda, const char *kiosk, const char *kind, char out[CODE_SIZE],
                    struct error *error);                               // in the caller's transaction
void slot_read(sqlite3_stmt *statement, int column, struct slot *slot); // guide, start, minutes

// What a booking in this state counts as: "bookings", "reached", "talks", "no-show" …
void report_count_state(const char *state, void (*count)(void *context, const char *what), void *context);
bool report_reached(const char *state);
bool report_wait(const char *start, const char *made, char out[16]); // days; false when a day is broken

int agenda_forget_store(struct agenda *agenda, const char *kiosk,
                        struct error *error); // the next one is taken

struct agenda_hours {         // the tables presence and closure, and the texts that it borrows
    struct presence presence; // without guides
    char **texts;
    unsigned text_count, text_room;
};
int agenda_hours_read(struct agenda *agenda, struct agenda_hours *held, struct error *error);
void agenda_hours_release(struct agenda_hours *held);

// Makes slots up to the horizon where they are missing; does nothing when they are there. Own transaction.
int agenda_extend(struct agenda *agenda, int32_t today, struct error *error);

// Offers the guide's slots of this time again that were withdrawn though the presence has them. In the
// caller's transaction.
int agenda_offer_again(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                       struct error *error);

// As agenda_backup, of a connection.
int agenda_copy(sqlite3 *from, const char *path, struct error *error);

// Reads a statement over LIST_SELECT into entries, with their topics and answers. Replaces *list.
int agenda_read_list(struct agenda *agenda, sqlite3_stmt *statement, struct agenda_list *list,
                     struct error *error);

#endif
