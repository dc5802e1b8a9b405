#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "kiosk/store_sql.h"

#include "base/banned.h"

static int read_count(struct store *store, enum store_sql number, unsigned *count, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, number, error);
    int step = database_step(&store->database, statement, error);
    *count = step > 0 ? (unsigned)sqlite3_column_int(statement, 0) : 0;
    sqlite3_reset(statement);
    return step < 0 ? step : 0;
}

unsigned store_queue(struct store *store)
{
    struct error trouble = ERROR_NONE;
    unsigned count;
    return read_count(store, SQL_OUTBOX_COUNT, &count, &trouble) == 0 ? count : 0;
}

int store_codes(struct store *store, char (*codes)[CODE_SIZE], unsigned room, unsigned *count,
                struct error *error)
{
    struct error trouble = ERROR_NONE;
    *count = 0;
    sqlite3_stmt *statement = database_statement(&store->database, SQL_CODES, &trouble);
    if (statement)
        database_bind_int(statement, 1, room);
    int step;
    while ((step = database_step(&store->database, statement, &trouble)) > 0)
        text_copy(codes[(*count)++], CODE_SIZE, database_text(statement, 0));
    sqlite3_reset(statement);
    return step < 0 ? error_set(error, step, "%s", trouble.text) : 0;
}

int store_find(struct store *store, const char *code, struct slot *slot, struct error *error)
{
    struct error trouble = ERROR_NONE;
    *slot = (struct slot){0};
    sqlite3_stmt *statement = database_statement(&store->database, SQL_RECEIPT_BY_CODE, &trouble);
    if (statement)
        database_bind_text(statement, 1, code);
    int step = database_step(&store->database, statement, &trouble);
    if (step > 0 && sqlite3_column_type(statement, 0) != SQLITE_NULL &&
        store_column_place(statement, 0, slot, &trouble) != 0)
        step = ERROR_CORRUPT;
    sqlite3_reset(statement);
    if (step == 0)
        return error_set(error, ERROR_NOT_FOUND, "no booking of this kiosk has that code");
    return step < 0 ? error_set(error, step, "%s", trouble.text) : 0;
}

unsigned store_confirmed(struct store *store, int64_t since, int64_t *made, unsigned room)
{
    struct error trouble = ERROR_NONE;
    unsigned count = 0;
    sqlite3_stmt *statement = database_statement(&store->database, SQL_RECEIPTS_SINCE, &trouble);
    if (statement) {
        database_bind_int(statement, 1, since);
        database_bind_int(statement, 2, room);
    }
    while (count < room && database_step(&store->database, statement, &trouble) > 0)
        made[count++] = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return count;
}

// ---- preparing a sync

// More free leases than wanted go back, the latest first; and those beyond the days that are wanted.
static int trim(struct store *store, const struct store_want *want, struct error *error)
{
    char after[DAY_TEXT_SIZE];
    unsigned have;
    sqlite3_stmt *statement;
    if (want->today != 0) {
        day_format(want->today + (int32_t)want->days + 1, after);
        statement = database_statement(&store->database, SQL_LEASES_TRIM_AFTER, error);
        if (!statement)
            return error->code;
        database_bind_text(statement, 1, after);
        int code = database_done(&store->database, statement, error);
        if (code != 0)
            return code;
    }
    int code = read_count(store, SQL_LEASES_FREE_COUNT, &have, error);
    if (code != 0 || have <= want->leases)
        return code;
    statement = database_statement(&store->database, SQL_LEASES_TRIM, error);
    if (!statement)
        return error->code;
    database_bind_int(statement, 1, have - want->leases);
    return database_done(&store->database, statement, error);
}

static int fill_receipts(struct store *store, struct sync_request *request, struct error *error)
{
    request->receipts = memory_new(MESSAGE_RECEIPTS_MAX, sizeof *request->receipts);
    sqlite3_stmt *statement = database_statement(&store->database, SQL_RECEIPTS_UNCHECKED, error);
    if (statement)
        database_bind_int(statement, 1, MESSAGE_RECEIPTS_MAX);
    int step;
    while ((step = database_step(&store->database, statement, error)) > 0) {
        struct message_receipt *receipt = &request->receipts[request->receipt_count];
        text_copy(receipt->id, sizeof receipt->id, database_text(statement, 0));
        text_copy(receipt->code, sizeof receipt->code, database_text(statement, 1));
        receipt->slots = (unsigned)sqlite3_column_int(statement, 2);
        if (receipt->slots > 0)
            step = store_column_place(statement, 3, &receipt->slot, error);
        if (step < 0)
            break;
        request->receipt_count++;
    }
    sqlite3_reset(statement);
    return step;
}

static int fill_holds(struct store *store, struct sync_request *request, struct error *error)
{
    request->holds = memory_new(MESSAGE_LEASES_MAX, sizeof *request->holds);
    sqlite3_stmt *statement = database_statement(&store->database, SQL_HOLDS, error);
    if (statement)
        database_bind_int(statement, 1, MESSAGE_LEASES_MAX);
    int step;
    while ((step = database_step(&store->database, statement, error)) > 0) {
        step = store_column_place(statement, 0, &request->holds[request->hold_count], error);
        if (step < 0)
            break;
        request->hold_count++;
    }
    sqlite3_reset(statement);
    return step;
}

static int fill_returned(struct store *store, struct sync_request *request, struct error *error)
{
    struct store_lease *all = memory_new(MESSAGE_LEASES_MAX * 2, sizeof *all);
    unsigned count;
    int code = store_leases(store, all, MESSAGE_LEASES_MAX * 2, &count, error);
    request->returned = memory_new(MESSAGE_LEASES_MAX, sizeof *request->returned);
    for (unsigned i = 0; i < count && code == 0 && request->returned_count < MESSAGE_LEASES_MAX; i++)
        if (all[i].state == STORE_RETURNING)
            request->returned[request->returned_count++] = all[i].lease;
    free(all);
    return code;
}

// As many as fit one line; the first goes in any case.
static int fill_bookings(struct store *store, bool refused_too, struct sync_request *request,
                         struct error *error)
{
    size_t room = MESSAGE_BOOKINGS_BYTES;
    request->bookings = memory_new(MESSAGE_BOOKINGS_MAX, sizeof *request->bookings);
    sqlite3_stmt *statement = database_statement(&store->database, SQL_OUTBOX_NEXT, error);
    if (statement) {
        database_bind_int(statement, 1, refused_too);
        database_bind_int(statement, 2, MESSAGE_BOOKINGS_MAX);
    }
    int step;
    while ((step = database_step(&store->database, statement, error)) > 0) {
        struct message_sealed *one = &request->bookings[request->booking_count];
        const char *sealed = database_text(statement, 1);
        size_t size = strlen(sealed);
        if (request->booking_count > 0 && size > room)
            break;
        room -= size < room ? size : room;
        text_copy(one->id, sizeof one->id, database_text(statement, 0));
        one->text = memory_copy_text(sealed);
        request->booking_count++;
    }
    sqlite3_reset(statement);
    return step < 0 ? step : 0;
}

static bool is_sent(const struct sync_request *request, const char *id)
{
    for (unsigned i = 0; i < request->booking_count; i++)
        if (strcmp(request->bookings[i].id, id) == 0)
            return true;
    return false;
}

// What the agenda counts as held but cannot be offered comes on top: an older store's leases, and promised
// ones whose booking does not go with this request.
static int fill_want(struct store *store, const struct store_want *want, struct sync_request *request,
                     struct error *error)
{
    char settled[4];
    unsigned apart = 0;
    request->brief = request->booking_count > 0 && !want->lists;
    int code = store_meta_get(store, "settled", settled, sizeof settled, error);
    if (code != 0 || request->brief || !settled[0] ||
        want->leases == 0) // a new store first learns what an older one held
        return code;
    sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASES_APART, error);
    int step;
    while ((step = database_step(&store->database, statement, error)) > 0)
        apart += !is_sent(request, database_text(statement, 0));
    sqlite3_reset(statement);
    request->want_leases = want->leases + apart;
    if (request->want_leases > MESSAGE_LEASES_MAX)
        request->want_leases = MESSAGE_LEASES_MAX;
    return step;
}

int store_prepare(struct store *store, const struct store_want *want, struct sync_request *request,
                  struct error *error)
{
    struct error trouble = ERROR_NONE;
    *request = (struct sync_request){.want_codes = want->codes, .want_days = want->days};
    int code = trim(store, want, &trouble);
    if (code == 0)
        code = fill_receipts(store, request, &trouble);
    if (code == 0)
        code = fill_holds(store, request, &trouble);
    if (code == 0)
        code = fill_returned(store, request, &trouble);
    if (code == 0)
        code = fill_bookings(store, want->refused_too, request, &trouble);
    if (code == 0)
        code = fill_want(store, want, request, &trouble);
    if (code == 0)
        return 0;
    sync_request_release(request);
    return error_set(error, code, "%s", trouble.text);
}

// ---- applying an answer

// Runs a statement whose first parameter is an id, with an optional second.
static int run_on_id(struct store *store, enum store_sql number, const char *id, const char *text, int value,
                     struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, number, error);
    if (!statement)
        return error->code;
    database_bind_text(statement, 1, id);
    if (text)
        database_bind_text(statement, 2, text);
    else if (value >= 0)
        database_bind_int(statement, 2, value);
    return database_done(&store->database, statement, error);
}

static int apply_acknowledged(struct store *store, const struct message_acknowledgement *one,
                              struct store_news *news, struct error *error)
{
    if (one->result == MESSAGE_REFUSED) {
        news->refused++;
        text_copy(news->reason, sizeof news->reason, one->reason);
        return run_on_id(store, SQL_OUTBOX_REFUSE, one->id, one->reason, -1, error);
    }
    if (one->result == MESSAGE_KEPT) {
        news->kept++;
        text_copy(news->reason, sizeof news->reason, one->reason);
    }
    int code = run_on_id(store, SQL_OUTBOX_DELETE, one->id, NULL, -1, error);
    news->stored += code == 0 && sqlite3_changes(store->database.handle) > 0;
    if (code == 0)
        code = run_on_id(store, SQL_RECEIPT_ACKNOWLEDGE, one->id, NULL, -1, error);
    if (code == 0)
        code = run_on_id(store, SQL_LEASES_USED_DELETE, one->id, NULL, -1, error);
    if (code == 0 && one->result == MESSAGE_KEPT) // its slots are never ours to offer again
        code = run_on_id(store, SQL_RECEIPT_CHECK, one->id, NULL, 3, error);
    return code;
}

// It is most often at the very place.
static bool was_sent(const struct sync_request *request, const char *id, unsigned place)
{
    if (place < request->booking_count && strcmp(request->bookings[place].id, id) == 0)
        return true;
    return is_sent(request, id);
}

// Only what this request sent can be acknowledged: anything else in the answer is not for us.
static int apply_bookings(struct store *store, const struct sync_request *request,
                          const struct sync_answer *answer, struct store_news *news, struct error *error)
{
    int code = 0;
    for (unsigned i = 0; i < answer->acknowledged_count && code == 0; i++)
        if (was_sent(request, answer->acknowledged[i].id, i))
            code = apply_acknowledged(store, &answer->acknowledged[i], news, error);
    return code;
}

static bool is_missing(const struct sync_answer *answer, const char *id)
{
    for (unsigned i = 0; i < answer->missing_count; i++)
        if (strcmp(answer->missing[i], id) == 0)
            return true;
    return false;
}

static int apply_receipts(struct store *store, const struct sync_request *request,
                          const struct sync_answer *answer, struct store_news *news, struct error *error)
{
    int code = 0;
    for (unsigned i = 0; i < request->receipt_count && code == 0; i++) {
        const struct message_receipt *receipt = &request->receipts[i];
        bool missing = is_missing(answer, receipt->id);
        code = run_on_id(store, SQL_RECEIPT_CHECK, receipt->id, NULL, missing ? 2 : 1, error);
        if (missing) {
            news->missing++;
            news->lost = receipt->slot;
        }
    }
    return code;
}

static const struct lease *find_lease(const struct sync_answer *answer, const struct slot *slot)
{
    for (unsigned i = 0; i < answer->lease_count; i++)
        if (slot_same(&answer->leases[i].slot, slot))
            return &answer->leases[i];
    return NULL;
}

// A lease of ours that the agenda no longer lists is gone; only one that a visitor was promised stays until
// its booking is acknowledged.
static int drop_gone(struct store *store, const struct sync_answer *answer, struct error *error)
{
    struct store_lease *all = memory_new(MESSAGE_LEASES_MAX * 2, sizeof *all);
    unsigned count;
    int code = store_leases(store, all, MESSAGE_LEASES_MAX * 2, &count, error);
    for (unsigned i = 0; i < count && code == 0; i++) {
        if (all[i].state == STORE_USED || find_lease(answer, &all[i].lease.slot))
            continue;
        sqlite3_stmt *statement = database_statement(&store->database, SQL_LEASE_DELETE, error);
        if (!statement)
            code = error->code;
        else
            store_bind_place(statement, 1, &all[i].lease.slot);
        if (code == 0)
            code = database_done(&store->database, statement, error);
    }
    free(all);
    return code;
}

static int adopt(struct store *store, const struct lease *lease, bool settled, struct error *error)
{
    struct store_lease held;
    bool added;
    int found = store_lease_get(store, &lease->slot, &held, &added, error);
    if (found < 0)
        return found;
    if (found > 0) // the code may be a new one; what is promised keeps the code on the slip
        return held.state == STORE_USED || held.state == STORE_RESERVED
                   ? 0
                   : store_lease_put(store, lease, held.state, added, error);
    if (!settled)
        return store_lease_put(store, lease, STORE_FOREIGN, false, error);
    int clear = store_slot_clear(store, &lease->slot, error);
    if (clear <= 0)
        return clear;
    return store_lease_put(store, lease, STORE_FREE, false, error);
}

static int apply_leases(struct store *store, const struct sync_answer *answer, struct store_news *news,
                        struct error *error)
{
    char settled[4];
    int code = store_meta_get(store, "settled", settled, sizeof settled, error);
    if (code == 0)
        code = drop_gone(store, answer, error);
    for (unsigned i = 0; i < answer->lease_count && code == 0; i++)
        code = adopt(store, &answer->leases[i], settled[0] != 0, error);
    if (code == 0 && !settled[0]) {
        code = store_meta_set(store, "settled", "1", error);
        news->more = true;
    }
    return code;
}

static bool has_code(const struct sync_answer *answer, const char *code)
{
    for (unsigned i = 0; i < answer->code_count; i++)
        if (strcmp(answer->codes[i], code) == 0)
            return true;
    return false;
}

// Only what differs is written: an exchange without news costs the disk nothing.
static int apply_codes(struct store *store, const struct sync_answer *answer, struct error *error)
{
    char had[MESSAGE_CODES_MAX][CODE_SIZE];
    unsigned count;
    int code = store_codes(store, had, MESSAGE_CODES_MAX, &count, error);
    for (unsigned i = 0; i < count && code == 0; i++)
        if (!has_code(answer, had[i]))
            code = run_on_id(store, SQL_CODE_DELETE, had[i], NULL, -1, error);
    for (unsigned i = 0; i < answer->code_count && code == 0; i++)
        code = run_on_id(store, SQL_CODE_INSERT, answer->codes[i], NULL, -1, error);
    return code;
}

static int apply(struct store *store, const struct sync_request *request, const struct sync_answer *answer,
                 struct store_news *news, struct error *error)
{
    unsigned left = 0, have = 0;
    int code = apply_bookings(store, request, answer, news, error);
    if (code == 0)
        code = apply_receipts(store, request, answer, news, error);
    if (code == 0 && !answer->brief)
        code = apply_leases(store, answer, news, error);
    if (code == 0 && !answer->brief)
        code = apply_codes(store, answer, error);
    if (code == 0)
        code = read_count(store, SQL_OUTBOX_LEFT, &left, error);
    if (code == 0)
        code = read_count(store, SQL_LEASES_FREE_COUNT, &have, error);
    news->more = news->more || left > 0 || answer->brief;
    news->surplus = have > request->want_leases && request->want_leases > 0;
    if (code == 0)
        code = read_count(store, SQL_RECEIPTS_UNCHECKED_COUNT, &news->unchecked, error);
    return code;
}

int store_apply(struct store *store, const struct sync_request *request, const struct sync_answer *answer,
                struct store_news *news, struct error *error)
{
    struct error trouble = ERROR_NONE;
    *news = (struct store_news){0};
    int code = database_begin(&store->database, &trouble);
    if (code == 0)
        code = store_end(store, apply(store, request, answer, news, &trouble), &trouble);
    if (code != 0)
        return error_set(error, code, "%s", trouble.text);
    if (news->stored > 0 && sqlite3_wal_checkpoint_v2(store->database.handle, NULL,
                                                      SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
        log_warning("the store's log could not be emptied");
    return 0;
}

int store_recheck(struct store *store, struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_done(&store->database,
                             database_statement(&store->database, SQL_RECEIPTS_RECHECK, &trouble), &trouble);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int store_forget(struct store *store, struct moment before, struct error *error)
{
    struct error trouble = ERROR_NONE;
    char text[MOMENT_TEXT_SIZE];
    moment_format(before, text);
    sqlite3_stmt *statement = database_statement(&store->database, SQL_RECEIPTS_FORGET, &trouble);
    int code = statement ? 0 : trouble.code;
    if (code == 0) {
        database_bind_text(statement, 1, text);
        database_bind_int(statement, 2, moment_to_instant(before));
        code = database_done(&store->database, statement, &trouble);
    }
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}
