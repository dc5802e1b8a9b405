// The kiosk's own memory on disk: leases, sealed outbox, receipts, the agenda's public key. One SQLite file
// (store.db, mode 0600) in the data folder; nothing readable about a person is ever in it (invariant 5).
// Confirming is one transaction: the sealed booking goes in and its leases are used up, or nothing (invariant
// 3). One thread at a time (the link's lock).
#ifndef WEGWIJS_KIOSK_STORE_H
#define WEGWIJS_KIOSK_STORE_H

#include "base/error.h"
#include "booking/booking.h"
#include "sync/message.h"

struct store;

// Opens or makes <folder>/store.db. A damaged file is set aside as store.db.damaged-<time>, never
// overwritten, and a new one begun (*set_aside true).
int store_open(struct store **store, const char *folder, bool *set_aside, struct error *error);
void store_close(struct store *store);

// The owner of this file completes this header: leases (replace all, list, add, return), confirm, outbox
// (count, list, acknowledge), receipts, codes, key.
#endif
