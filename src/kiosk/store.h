// The kiosk's own memory on disk: leases, sealed outbox, receipts, the agenda's public key. One SQLite file
// (store.db, mode 0600) in the data folder; nothing readable about a person is ever in it (invariant 5).
// Confirming is one transaction: the sealed booking goes in and its leases are used up, or nothing (invariant
// 3). One thread at a time (the link's lock).
//
//   a lease:   (agenda's answer) → free → reserved → used → (acknowledged: gone)
//                                   ↑ release │ released, and leased for this visit only
//                                   └─────────┴→ returning → (the agenda no longer lists it: gone)
//   foreign: leases that the agenda listed when this store was new. An older store, now lost, may have
//   promised them to somebody, so they are never offered.
//
// A slot that a booking used is in used_slot from the moment of confirmation. It is adopted again only after
// the agenda has shown on this connection that it knows that booking (which then was cancelled).
#ifndef WEGWIJS_KIOSK_STORE_H
#define WEGWIJS_KIOSK_STORE_H

#include "base/error.h"
#include "booking/booking.h"
#include "sync/message.h"

struct store;

enum store_state { STORE_FREE, STORE_RESERVED, STORE_USED, STORE_RETURNING, STORE_FOREIGN };

struct store_lease {
    struct lease lease;
    enum store_state state;
};

// Opens or makes <folder>/store.db. A damaged file is set aside as store.db.damaged-<time>, never
// overwritten, and a new one begun (*set_aside true); what can still be read of its outbox is taken over.
// What a crash left reserved is released.
int store_open(struct store **store, const char *folder, bool *set_aside, struct error *error);
int store_open_with(struct store **store, const char *folder, const char *vfs, bool *set_aside,
                    struct error *error); // vfs: SQLite's file layer, NULL for the default; tests give one
void store_close(struct store *store);
// When a call below says ERROR_CORRUPT: sets the file aside as store_open does, and goes on with a new one in
// the same struct. What was prepared is void. On failure the store is closed; store_close is all that may
// follow.
int store_renew(struct store *store, struct error *error);

// Which store this is, and which one it follows on this machine ("" for none): the agenda tells by it whether
// two kiosks have one name. The id stands in <folder>/store.id too, so that it is known when the file is
// lost.
struct store_identity {
    char id[BOOKING_ID_SIZE], replaces[BOOKING_ID_SIZE];
};
int store_identity(struct store *store, struct store_identity *identity, struct error *error);

// ---- the agenda we belong to

// The first agenda is pinned; another id or key is ERROR_REFUSED afterwards. Nothing changes then.
int store_pin(struct store *store, const char *agenda, const struct seal_public *key, struct error *error);
int store_key(struct store *store, struct seal_public *key, struct error *error); // ERROR_NOT_FOUND before
int store_set_guides(struct store *store, const struct message_guide *guides, unsigned count,
                     struct error *error);
int store_guides(struct store *store, struct message_guide *guides, unsigned room, unsigned *count,
                 struct error *error);
// The newest instant that the agenda told: a clock that stands before it is wrong.
int store_set_seen(struct store *store, int64_t instant, struct error *error);
int64_t store_seen(struct store *store); // 0 when never

// ---- leases

// All of them, by start; *count is at most `room`.
int store_leases(struct store *store, struct store_lease *leases, unsigned room, unsigned *count,
                 struct error *error);
// Reserves free leases, all or none; reserved ones count as given. ERROR_TAKEN when one is not there.
// Slots need no minutes.
int store_reserve(struct store *store, const struct slot *slots, unsigned count, struct lease *leases,
                  struct error *error);
// Writes down what the agenda just leased, as reserved. Those that were not held before are given back on
// release. ERROR_TAKEN when a booking used one of them: then all go back.
int store_reserve_new(struct store *store, const struct lease *leases, unsigned count, struct error *error);
int store_release(struct store *store, struct error *error); // everything reserved
// Everything reserved but these: the visitor has chosen another moment.
int store_release_others(struct store *store, const struct slot *keep, unsigned count, struct error *error);
// A lease that came too late: to be given back.
int store_return(struct store *store, const struct lease *leases, unsigned count, struct error *error);

// ---- confirming

struct store_booking {
    const char *id, *code;
    struct slot slot; // the first, with minutes
    unsigned slots;   // 0 for a call-back
    const char *sealed;
    int64_t made;
};
// Durable when it returns 0. The slots must be reserved (ERROR_TAKEN). The same id again is a success.
int store_confirm(struct store *store, const struct store_booking *booking, struct error *error);
unsigned store_queue(struct store *store); // bookings not yet acknowledged
// Free spare codes; *count at most `room`.
int store_codes(struct store *store, char (*codes)[CODE_SIZE], unsigned room, unsigned *count,
                struct error *error);
// A booking this kiosk made itself, by its code: ERROR_NOT_FOUND when it is not (or no longer) known.
int store_find(struct store *store, const char *code, struct slot *slot, struct error *error);

// ---- the exchange

// When bookings were confirmed here since `since` (UTC), newest first, at most `room`. For the limits an hour
// and a day, which a restart must not forget. Returns the count, 0 when it cannot be read.
unsigned store_confirmed(struct store *store, int64_t since, int64_t *made, unsigned room);

struct store_want {
    unsigned leases, codes, days;
    int32_t today;    // leases beyond `days` from here go back; 0: they stay
    bool refused_too; // send again what the agenda refused before
    bool lists;       // ask for leases and codes though bookings are left
};
// A request that carries bookings is brief: what the lists say comes after them, with a request of its own.
// Fills receipts (those not yet checked), holds, returned, bookings, want. The caller adds the status and
// releases it. More free leases than wanted are marked for return first.
int store_prepare(struct store *store, const struct store_want *want, struct sync_request *request,
                  struct error *error);

struct store_news {                                     // what an answer changed
    unsigned stored, kept, refused, missing, unchecked; // unchecked: receipts still to be sent
    bool surplus; // more leases are free than wanted: the next request gives them back
    bool more;    // bookings are left, or leases were not asked for yet: another sync is worth while
    char reason[MESSAGE_TEXT_SIZE]; // of the last one kept or refused
    struct slot lost;               // slot of the last missing receipt
};
// Applies the answer to `request`, in one transaction. Afterwards the pages of what was deleted hold nothing.
int store_apply(struct store *store, const struct sync_request *request, const struct sync_answer *answer,
                struct store_news *news, struct error *error);
// All receipts are to be checked again: a new connection, an hour later.
int store_recheck(struct store *store, struct error *error);
// Forgets receipts of bookings that began before `before`.
int store_forget(struct store *store, struct moment before, struct error *error);

#endif
