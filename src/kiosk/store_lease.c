#include <stdlib.h>
#include <string.h>

#include "kiosk/store_sql.h"

#include "base/banned.h"

void store_bind_place(sqlite3_stmt *statement, int index, const struct slot *slot)
{
    char start[MOMENT_TEXT_SIZE];
    moment_format(slot->start, start);
    database_bind_text(statement, index, slot->guide);
    database_bind_text(statement, index + 1, start);
}

int store_column_place(sqlite3_stmt *statement, int column, struct slot *slot, struct error *error)
{
    *slot = (struct slot){0};
    if (text_copy(slot->guide, sizeof slot->guide, database_text(statement, column)) != 0 ||
        moment_parse(database_text(statement, column + 1), &slot->start) != 0)
        return error_set(error, ERROR_CORRUPT, "the store holds a slot that is none");
    return 0;
}

static int column_lease(sqlite3_stmt *statement, struct store_lease *lease, struct error *error)
{
    int code = store_column_place(statement, 0, &lease->lease.slot, error);
    lease->lease.slot.minutes = sqlite3_column_int(statement, 2);
    text_copy(lease->lease.code, sizeof lease->lease.code, database_text(statement, 3));
    lease->state = (enum store_state)sqlite3_column_int(statement, 4);
    return code;
}

int store_leases(struct store *store, struct store_lease *leases, unsigned room, unsigned *count,
                 struct error *error)
{
    struct error trouble = ERROR_NONE;
    *count = 0;
    sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASES, &trouble);
    int step = 1;
    while (*count < room && (step = database_step(&store->database, statement, &trouble)) > 0) {
        step = column_lease(statement, &leases[*count], &trouble);
        if (step < 0)
            break;
        (*count)++;
    }
    sqlite3_reset(statement);
    return step < 0 ? error_set(error, step, "%s", trouble.text) : 0;
}

// ---- one lease

int store_lease_get(struct store *store, const struct slot *slot, struct store_lease *lease, bool *added,
                    struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASE_GET, error);
    if (!statement)
        return error->code;
    store_bind_place(statement, 1, slot);
    int step = database_step(&store->database, statement, error);
    if (step > 0) {
        *added = sqlite3_column_int(statement, 5) != 0;
        if (column_lease(statement, lease, error) != 0)
            step = ERROR_CORRUPT;
    }
    sqlite3_reset(statement);
    return step;
}

int store_lease_put(struct store *store, const struct lease *lease, enum store_state state, bool added,
                    struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASE_PUT, error);
    if (!statement)
        return error->code;
    store_bind_place(statement, 1, &lease->slot);
    database_bind_int(statement, 3, lease->slot.minutes);
    database_bind_text(statement, 4, lease->code);
    database_bind_int(statement, 5, state);
    database_bind_int(statement, 6, added);
    return database_done(&store->database, statement, error);
}

int store_lease_state(struct store *store, const struct slot *slot, enum store_state state,
                      struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASE_STATE, error);
    if (!statement)
        return error->code;
    store_bind_place(statement, 1, slot);
    database_bind_int(statement, 3, state);
    return database_done(&store->database, statement, error);
}

int store_slot_clear(struct store *store, const struct slot *slot, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_USED_GET, error);
    if (!statement)
        return error->code;
    store_bind_place(statement, 1, slot);
    int step = database_step(&store->database, statement, error);
    bool cancelled =
        step > 0 && sqlite3_column_int(statement, 0) != 0 && sqlite3_column_int(statement, 1) == 1;
    sqlite3_reset(statement);
    if (step <= 0)
        return step < 0 ? step : 1;
    if (!cancelled)
        return 0;
    // the agenda knows that booking and leases its slot again: the booking was cancelled or moved
    statement = database_statement(&store->database, SQL_USED_DELETE, error);
    if (!statement)
        return error->code;
    store_bind_place(statement, 1, slot);
    int code = database_done(&store->database, statement, error);
    return code < 0 ? code : 1;
}

// ---- reserving

static int reserve_one(struct store *store, const struct slot *slot, struct lease *lease, struct error *error)
{
    struct store_lease held = {0};
    bool added;
    int found = store_lease_get(store, slot, &held, &added, error);
    if (found < 0)
        return found;
    if (found == 0 || (held.state != STORE_FREE && held.state != STORE_RESERVED))
        return error_set(error, ERROR_TAKEN, "the slot is not held");
    *lease = held.lease;
    return held.state == STORE_RESERVED ? 0 : store_lease_state(store, slot, STORE_RESERVED, error);
}

int store_reserve(struct store *store, const struct slot *slots, unsigned count, struct lease *leases,
                  struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_begin(&store->database, &trouble);
    if (code == 0) {
        for (unsigned i = 0; i < count && code == 0; i++)
            code = reserve_one(store, &slots[i], &leases[i], &trouble);
        code = store_end(store, code, &trouble);
    }
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

// A lease that is free or reserved already keeps where it came from; one that is on its way back or foreign
// stays what it is.
static int reserve_new_one(struct store *store, const struct lease *lease, struct error *error)
{
    struct store_lease held = {0};
    bool added = true;
    int found = store_lease_get(store, &lease->slot, &held, &added, error);
    if (found < 0)
        return found;
    if (found > 0 && held.state != STORE_FREE && held.state != STORE_RESERVED)
        return error_set(error, ERROR_TAKEN, "the slot is on its way back to the agenda");
    int clear = store_slot_clear(store, &lease->slot, error);
    if (clear < 0)
        return clear;
    if (clear == 0)
        return error_set(error, ERROR_TAKEN, "the slot was promised before");
    return store_lease_put(store, lease, STORE_RESERVED, added, error);
}

int store_reserve_new(struct store *store, const struct lease *leases, unsigned count, struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_begin(&store->database, &trouble);
    if (code == 0) {
        for (unsigned i = 0; i < count && code == 0; i++)
            code = reserve_new_one(store, &leases[i], &trouble);
        code = store_end(store, code, &trouble);
    }
    if (code == ERROR_TAKEN) // none of them may stay behind unknown
        store_return(store, leases, count, NULL);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int store_release(struct store *store, struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_done(&store->database,
                             database_statement(&store->database, SQL_LEASES_RELEASE, &trouble), &trouble);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

static int release_one(struct store *store, const struct slot *slot, struct error *error)
{
    struct store_lease held = {0};
    bool added = false;
    int found = store_lease_get(store, slot, &held, &added, error);
    if (found <= 0)
        return found;
    return store_lease_state(store, slot, added ? STORE_RETURNING : STORE_FREE, error);
}

static bool is_among(const struct slot *slots, unsigned count, const struct slot *slot)
{
    for (unsigned i = 0; i < count; i++)
        if (slot_same(&slots[i], slot))
            return true;
    return false;
}

int store_release_others(struct store *store, const struct slot *keep, unsigned count, struct error *error)
{
    struct error trouble = ERROR_NONE;
    struct store_lease *all = memory_new(MESSAGE_LEASES_MAX * 2, sizeof *all);
    unsigned held = 0;
    int code = database_begin(&store->database, &trouble);
    if (code == 0) {
        code = store_leases(store, all, MESSAGE_LEASES_MAX * 2, &held, &trouble);
        for (unsigned i = 0; i < held && code == 0; i++)
            if (all[i].state == STORE_RESERVED && !is_among(keep, count, &all[i].lease.slot))
                code = release_one(store, &all[i].lease.slot, &trouble);
        code = store_end(store, code, &trouble);
    }
    free(all);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

static int return_one(struct store *store, const struct lease *lease, struct error *error)
{
    struct store_lease held = {0};
    bool added;
    int found = store_lease_get(store, &lease->slot, &held, &added, error);
    if (found != 0) // held for another reason: it stays that
        return found < 0 ? found : 0;
    return store_lease_put(store, lease, STORE_RETURNING, true, error);
}

int store_return(struct store *store, const struct lease *leases, unsigned count, struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_begin(&store->database, &trouble);
    if (code == 0) {
        for (unsigned i = 0; i < count && code == 0; i++)
            code = return_one(store, &leases[i], &trouble);
        code = store_end(store, code, &trouble);
    }
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

// ---- confirming

static int put_receipt(struct store *store, const struct store_booking *booking, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_RECEIPT_INSERT, error);
    if (!statement)
        return error->code;
    if (booking->slots > 0)
        store_bind_place(statement, 1, &booking->slot);
    database_bind_text(statement, 3, booking->id);
    database_bind_text(statement, 4, booking->code);
    database_bind_int(statement, 5, booking->slots);
    database_bind_int(statement, 6, booking->made);
    return database_done(&store->database, statement, error);
}

static int put_outbox(struct store *store, const struct store_booking *booking, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_OUTBOX_INSERT, error);
    if (!statement)
        return error->code;
    database_bind_text(statement, 1, booking->id);
    database_bind_text(statement, 2, booking->sealed);
    database_bind_int(statement, 3, booking->made);
    return database_done(&store->database, statement, error);
}

static int use_slot(struct store *store, const struct slot *slot, const char *id, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASES_USE, error);
    if (!statement)
        return error->code;
    store_bind_place(statement, 1, slot);
    database_bind_text(statement, 3, id);
    int code = database_done(&store->database, statement, error);
    if (code == 0 && sqlite3_changes(store->database.handle) != 1)
        return error_set(error, ERROR_TAKEN, "the slot is no longer reserved for this visit");
    if (code == 0)
        statement = database_statement(&store->database, SQL_USED_INSERT, error);
    if (code != 0 || !statement)
        return error->code;
    store_bind_place(statement, 1, slot);
    database_bind_text(statement, 3, id);
    return database_done(&store->database, statement, error);
}

static int confirm(struct store *store, const struct store_booking *booking, struct error *error)
{
    int code = put_receipt(store, booking, error);
    struct slot slot = booking->slot;
    for (unsigned i = 0; i < booking->slots && code == 0; i++) {
        code = use_slot(store, &slot, booking->id, error);
        slot.start = moment_add(slot.start, slot.minutes);
    }
    if (code == 0)
        code = put_outbox(store, booking, error);
    sqlite3_stmt *statement = NULL;
    if (code == 0)
        statement = database_statement(&store->database, SQL_CODE_DELETE, error);
    if (code != 0 || !statement)
        return error->code;
    database_bind_text(statement, 1, booking->code);
    return database_done(&store->database, statement, error);
}

// 1 when this very booking was confirmed before.
static int already_there(struct store *store, const char *id, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_OUTBOX_HAS, error);
    if (!statement)
        return error->code;
    database_bind_text(statement, 1, id);
    int step = database_step(&store->database, statement, error);
    sqlite3_reset(statement);
    return step;
}

int store_confirm(struct store *store, const struct store_booking *booking, struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_begin(&store->database, &trouble);
    if (code == 0) {
        int there = already_there(store, booking->id, &trouble);
        code = there < 0 ? there : there > 0 ? 0 : confirm(store, booking, &trouble);
        code = store_end(store, code, &trouble);
    }
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}
