// The guide's agenda: one SQLite file and the only place with its SQL. A struct agenda belongs to one thread.
// Three roles: the guide's (all statements), serve (cannot run a statement that reads a person) and look (for
// `check`: nothing on disk changes, so an older version is refused and damage is not looked for at opening).
// Times in the file are local wall-clock text, instants UTC; a reader with plain sqlite3 understands it.
// This header: making, opening, and what the kiosk's end needs. The guide's side: hours.h (presence), list.h
// (who comes), work.h (working a booking), report.h (counts), care.h (backup, check, privacy).
#ifndef WEGWIJS_AGENDA_AGENDA_H
#define WEGWIJS_AGENDA_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "booking/booking.h"
#include "booking/seal.h"

struct agenda;

enum agenda_role { AGENDA_GUIDE, AGENDA_SERVE, AGENDA_LOOK };

// The key pair stands in <file>.key (mode 0600).
int agenda_init(const char *path, struct error *error); // refuses when the file is there
int agenda_open(struct agenda **agenda, const char *path, enum agenda_role role, struct error *error);
void agenda_close(struct agenda *agenda);
void agenda_one_thread(void); // no locks in SQLite: before the first is opened, where one thread does it all
const char *agenda_id(const struct agenda *agenda);          // 32 hex digits, made by init
void agenda_set_who(struct agenda *agenda, const char *who); // for the events: "guide els"
void agenda_key_path(const char *path, char *out, size_t size);
// Copies the open agenda, as it is at one moment, to a new file with SQLite's backup interface, while others
// write, and opens the copy to verify it. Refuses a file that is there; <path>.part is its name under way,
// and gone afterwards.
int agenda_backup(struct agenda *agenda, const char *path, struct error *error);

// ---- for serve. Each call is its own durable transaction, but between these two: then all of them are one,
// which is durable when agenda_sync_end has returned 0. With a negative `code` nothing of it happened.
int agenda_sync_begin(struct agenda *agenda, struct error *error);
int agenda_sync_end(struct agenda *agenda, int code, struct error *error);
// What a month of bookings has brought into memory is not kept for the quiet days after it: gives back the
// pages of the file beyond 2 MB. Between the lines of one delivery it would only read them again.
void agenda_rest(struct agenda *agenda);
struct agenda_lease {
    struct slot slot;
    char code[CODE_SIZE];
};
enum agenda_result { AGENDA_STORED, AGENDA_KNOWN, AGENDA_REFUSED };

struct agenda_guide {
    char id[SLOT_GUIDE_SIZE];
    char name[64];
    char languages[256]; // codes with spaces between
    bool active;
};
unsigned agenda_guides(struct agenda *agenda, struct agenda_guide *guides, unsigned room); // sorted by id

// All slots or none; a lease this kiosk already holds counts as given, with its code. ERROR_TAKEN when one
// has another owner or is not offered, ERROR_FULL beyond the kiosk's limit of bookings an hour or a day. The
// slots' minutes are not looked at; the leases' are filled in.
int agenda_lease(struct agenda *agenda, const char *kiosk, const struct slot *slots, unsigned count,
                 struct agenda_lease *leases, struct error *error);
int agenda_within_limits(struct agenda *agenda, const char *kiosk, struct error *error); // 0 or ERROR_FULL
// The settings limit_hour and limit_day: bookings of one kiosk, 0 for no limit. A booking counts when it was
// both made and stored within that time: what comes after a long silence does not.
int64_t agenda_limit(struct agenda *agenda, bool day);
int agenda_set_limit(struct agenda *agenda, bool day, unsigned limit, struct error *error);
// As agenda_lease for one slot that the kiosk has promised already: no limit counts.
int agenda_hold(struct agenda *agenda, const char *kiosk, const struct slot *slot, struct agenda_lease *lease,
                struct error *error);
// Ends a lease only when this kiosk holds it under this very code.
int agenda_return(struct agenda *agenda, const char *kiosk, const struct agenda_lease *leases, unsigned count,
                  struct error *error);
// Tops up to `want` leases over the next `days` from `now`; ends past ones. Chosen so that every guide is
// among them, then two slots in a row of every guide, then spread over the days; never more than half of a
// guide's day (but two at least).
int agenda_top_up(struct agenda *agenda, const char *kiosk, unsigned want, unsigned days, struct moment now,
                  struct error *error);
// A store says hello for this kiosk: its first, the one that follows it on the same machine, or any other
// once the kiosk has been silent for 15 minutes or was revoked. While the known one lives another is
// ERROR_REFUSED, and `kiosks` shows it. A new store is not told of the leases of the former: they stay
// blocked until they are past or revoked, for somebody may hold a slip for them.
int agenda_admit(struct agenda *agenda, const char *kiosk, const char *store, const char *replaces,
                 struct error *error);
int agenda_rival(struct agenda *agenda, const char *kiosk, char out[INSTANT_TEXT_SIZE],
                 struct error *error); // when a second one was refused last; "" never
unsigned agenda_leases(struct agenda *agenda, const char *kiosk, struct agenda_lease *leases, unsigned room);
unsigned agenda_free(struct agenda *agenda, struct moment from, unsigned days, struct slot *slots,
                     unsigned room);
// Takes in a booking from a kiosk. Idempotent by booking->id. The lease becomes the booking in one
// transaction; a slot whose lease is gone but that nobody else owns is taken too. When a slot has another
// owner the result is AGENDA_REFUSED, and the booking is still kept: without slot, marked for the guide's
// attention.
// From the guide (kiosk NULL) nothing is kept then: ERROR_TAKEN. `made` is kept as far as it can be true.
int agenda_accept(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                  enum agenda_result *result, struct error *error);
int agenda_check_code(struct agenda *agenda, const char *code, bool *exists, struct slot *slot, char *state,
                      size_t state_size, struct error *error); // slot->guide "" for a call-back
// All spare codes the kiosk holds, at least `want` of them, at most `room`.
int agenda_spare_codes(struct agenda *agenda, const char *kiosk, unsigned want, char (*codes)[CODE_SIZE],
                       unsigned room, unsigned *count, struct error *error);
// The kiosk was told that this booking is stored. When it is not here (a restored backup), its slots are
// blocked, the guide is shown it, and *missing is true.
int agenda_receipt(struct agenda *agenda, const char *kiosk, const char *id, const char *code,
                   const struct slot *slot, unsigned slots, bool *missing, struct error *error);
int agenda_contact(struct agenda *agenda, const char *kiosk, const char *version, const char *status_json,
                   struct error *error);

#endif
