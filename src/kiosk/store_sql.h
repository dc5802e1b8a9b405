// The store's inside: its struct and its numbered statements. Only store*.c include this.
#ifndef WEGWIJS_KIOSK_STORE_SQL_H
#define WEGWIJS_KIOSK_STORE_SQL_H

#include "base/database.h"
#include "kiosk/store.h"

#define STORE_APPLICATION_ID 0x57656757 // "WegW"
#define STORE_VERSION 2

struct store {
    struct database database;
    char *folder, *vfs; // vfs: NULL for the default
};

enum store_sql {
    SQL_META_GET,
    SQL_META_SET,
    SQL_GUIDES_DELETE,
    SQL_GUIDE_INSERT,
    SQL_GUIDES,
    SQL_LEASES,
    SQL_LEASE_GET,
    SQL_LEASE_PUT,
    SQL_LEASE_STATE,
    SQL_LEASE_DELETE,
    SQL_LEASES_RELEASE,
    SQL_LEASES_USE,
    SQL_LEASES_USED_DELETE,
    SQL_LEASES_TRIM,
    SQL_LEASES_TRIM_AFTER,
    SQL_LEASES_FREE_COUNT,
    SQL_LEASES_APART,
    SQL_USED_GET,
    SQL_USED_INSERT,
    SQL_USED_DELETE,
    SQL_OUTBOX_INSERT,
    SQL_OUTBOX_HAS,
    SQL_OUTBOX_COUNT,
    SQL_OUTBOX_NEXT,
    SQL_OUTBOX_DELETE,
    SQL_OUTBOX_REFUSE,
    SQL_OUTBOX_LEFT,
    SQL_RECEIPT_INSERT,
    SQL_RECEIPT_ACKNOWLEDGE,
    SQL_RECEIPT_CHECK,
    SQL_RECEIPTS_UNCHECKED,
    SQL_RECEIPTS_UNCHECKED_COUNT,
    SQL_RECEIPTS_RECHECK,
    SQL_RECEIPTS_SINCE,
    SQL_RECEIPTS_FORGET,
    SQL_RECEIPT_SLOT,
    SQL_RECEIPT_BY_CODE,
    SQL_CODE_DELETE,
    SQL_CODE_INSERT,
    SQL_CODES,
    SQL_HOLDS,
    SQL_COUNT
};
extern const char *const store_statements[SQL_COUNT];
extern const char *const store_steps[STORE_VERSION]; // [n] leads from version n to n + 1

// The store's times are wall-clock text, so that plain sqlite3 shows them.
void store_bind_place(sqlite3_stmt *statement, int index, const struct slot *slot); // guide, start
int store_column_place(sqlite3_stmt *statement, int column, struct slot *slot, struct error *error);

// The text of a meta key, "" when there is none.
int store_meta_get(struct store *store, const char *key, char *out, size_t size, struct error *error);
int store_meta_set(struct store *store, const char *key, const char *value, struct error *error);
// Ends a transaction: commits when code is 0, else rolls back and returns code.
int store_end(struct store *store, int code, struct error *error);
// One lease: 1 and *state, *added when it is there, 0 when not, or negative.
int store_lease_get(struct store *store, const struct slot *slot, struct store_lease *lease, bool *added,
                    struct error *error);
// `added`: came for one visit, and goes back when that visit does not use it.
int store_lease_put(struct store *store, const struct lease *lease, enum store_state state, bool added,
                    struct error *error);
int store_lease_state(struct store *store, const struct slot *slot, enum store_state state,
                      struct error *error);
// 1 when no booking of ours stands in the way of holding this slot (again), 0 when one does, or negative.
int store_slot_clear(struct store *store, const struct slot *slot, struct error *error);

// What can be read of a damaged store's outbox goes into the new one.
void store_salvage(struct store *store, const char *damaged_path);

#endif
