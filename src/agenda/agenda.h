// The guide's agenda: one SQLite file and the only place with its SQL. A struct agenda belongs to one thread.
// Two roles: the guide's (all statements) and serve (cannot run a statement that reads a person).
// Times in the file are local wall-clock text, instants UTC; a reader with plain sqlite3 understands it.
#ifndef WEGWIJS_AGENDA_AGENDA_H
#define WEGWIJS_AGENDA_AGENDA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "booking/booking.h"
#include "booking/presence.h"
#include "booking/seal.h"

struct agenda;

enum agenda_role { AGENDA_GUIDE, AGENDA_SERVE };

// The key pair stands in <file>.key (mode 0600).
int agenda_init(const char *path, struct error *error); // refuses when the file is there
int agenda_open(struct agenda **agenda, const char *path, enum agenda_role role, struct error *error);
void agenda_close(struct agenda *agenda);
const char *agenda_id(const struct agenda *agenda); // 32 hex digits, made by init

// ---- for serve. Each call is its own durable transaction.
struct agenda_lease {
    struct slot slot;
    char code[CODE_SIZE];
};
enum agenda_result { AGENDA_STORED, AGENDA_KNOWN, AGENDA_REFUSED };

// All slots or none; a lease this kiosk already holds counts as given. ERROR_TAKEN when one has another
// owner.
int agenda_lease(struct agenda *agenda, const char *kiosk, const struct slot *slots, unsigned count,
                 struct agenda_lease *leases, struct error *error);
int agenda_return(struct agenda *agenda, const char *kiosk, const struct slot *slots, unsigned count,
                  struct error *error);
// Tops up to `want` leases over the next `days` from `now`; gives back past ones.
int agenda_top_up(struct agenda *agenda, const char *kiosk, unsigned want, unsigned days, struct moment now,
                  struct error *error);
unsigned agenda_leases(struct agenda *agenda, const char *kiosk, struct agenda_lease *leases, unsigned room);
unsigned agenda_free(struct agenda *agenda, struct moment from, unsigned days, struct slot *slots,
                     unsigned room);
// Takes in a booking from a kiosk (or the guide: kiosk NULL). Idempotent by booking->id. A kiosk's booking
// must own its slots by lease; the lease becomes the booking in one transaction.
int agenda_accept(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                  enum agenda_result *result, struct error *error);
int agenda_check_code(struct agenda *agenda, const char *code, bool *exists, struct slot *slot, char *state,
                      size_t state_size, struct error *error);
int agenda_spare_codes(struct agenda *agenda, const char *kiosk, unsigned want, char (*codes)[CODE_SIZE],
                       unsigned room, unsigned *count, struct error *error);
int agenda_receipt(struct agenda *agenda, const char *kiosk, const char *id, const char *code,
                   const struct slot *slot, unsigned slots, bool *missing, struct error *error);
int agenda_contact(struct agenda *agenda, const char *kiosk, const char *version, const char *status_json,
                   struct error *error);

// The owner of this folder completes it: hours (plan and apply), day list, week, booking states, reports, …
#endif
