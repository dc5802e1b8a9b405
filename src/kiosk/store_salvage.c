#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "kiosk/store_sql.h"

#include "base/banned.h"

#define STORE_FILE_MAX (256 * 1024 * 1024)

static bool copy_file(const char *from, const char *to)
{
    char *bytes;
    size_t size;
    bool done = file_read(from, STORE_FILE_MAX, &bytes, &size, NULL) == 0 &&
                file_write(to, bytes, size, 0600, NULL) == 0;
    free(bytes);
    return done;
}

// One booking of the damaged store: its receipt, its slots and the sealed text, or nothing of it.
static int take_over(struct store *store, sqlite3 *damaged, sqlite3_stmt *row, struct error *error)
{
    struct store_booking booking = {
        .id = (const char *)sqlite3_column_text(row, 0),
        .code = (const char *)sqlite3_column_text(row, 1),
        .slots = (unsigned)sqlite3_column_int(row, 2),
        .sealed = (const char *)sqlite3_column_text(row, 3),
        .made = sqlite3_column_int64(row, 4),
    };
    if (!booking.id || !booking.code || !booking.sealed || !booking_id_valid(booking.id))
        return error_set(error, ERROR_CORRUPT, "a row cannot be read");
    sqlite3_stmt *slots = NULL;
    int code = 0;
    if (sqlite3_prepare_v2(damaged,
                           "SELECT guide, start, minutes, code FROM lease WHERE booking = ?1 ORDER BY start",
                           -1, &slots, NULL) != SQLITE_OK)
        return error_set(error, ERROR_CORRUPT, "the leases cannot be read");
    sqlite3_bind_text(slots, 1, booking.id, -1, SQLITE_TRANSIENT);
    for (unsigned i = 0; i < booking.slots && code == 0; i++) {
        struct lease lease;
        if (sqlite3_step(slots) != SQLITE_ROW || store_column_place(slots, 0, &lease.slot, error) != 0) {
            code = ERROR_CORRUPT;
            break;
        }
        lease.slot.minutes = sqlite3_column_int(slots, 2);
        text_copy(lease.code, sizeof lease.code, database_text(slots, 3));
        if (i == 0)
            booking.slot = lease.slot;
        code = store_lease_put(store, &lease, STORE_RESERVED, false, error);
    }
    sqlite3_finalize(slots);
    return code == 0 ? store_confirm(store, &booking, error) : code;
}

static unsigned read_outbox(struct store *store, sqlite3 *damaged)
{
    struct error trouble = ERROR_NONE;
    sqlite3_stmt *row = NULL;
    unsigned count = 0;
    if (sqlite3_prepare_v2(damaged,
                           "SELECT outbox.id, code, slots, sealed, outbox.made FROM outbox"
                           " JOIN receipt ON receipt.id = outbox.id",
                           -1, &row, NULL) == SQLITE_OK)
        while (sqlite3_step(row) == SQLITE_ROW)
            count += take_over(store, damaged, row, &trouble) == 0;
    sqlite3_finalize(row);
    return count;
}

// SQLite may write to what it opens; the damaged file stays as it is, so a copy is read.
void store_salvage(struct store *store, const char *damaged_path)
{
    char *copy = memory_format("%s.reading", damaged_path);
    char *wal = memory_format("%s-wal", damaged_path), *copied_wal = memory_format("%s-wal", copy);
    char *copied_shm = memory_format("%s-shm", copy);
    sqlite3 *damaged = NULL;
    if (copy_file(damaged_path, copy)) {
        if (file_exists(wal))
            copy_file(wal, copied_wal);
        unsigned count = 0;
        if (sqlite3_open_v2(copy, &damaged, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
            count = read_outbox(store, damaged);
        sqlite3_close(damaged);
        log_warning("%u sealed bookings were taken over from the damaged store", count);
    }
    unlink(copied_wal);
    unlink(copied_shm);
    unlink(copy);
    free(copied_shm);
    free(copied_wal);
    free(wal);
    free(copy);
}
