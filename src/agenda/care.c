#include "agenda/care.h"

#include <sqlite3.h>
#include <string.h>

#include "agenda/part.h"
#include "agenda/private.h"

#include "base/banned.h"

#define WAITS_MS 20
#define WAITS_MOST 500

// ---- backup

// In one step: the copy is of one moment, and kiosks that write meanwhile do not make it begin anew.
static int copy_all(sqlite3 *from, sqlite3 *to, struct error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int status = backup == NULL ? sqlite3_errcode(to) : SQLITE_OK;
    for (int waits = 0; backup != NULL && waits < WAITS_MOST; waits++) {
        status = sqlite3_backup_step(backup, -1);
        if (status != SQLITE_BUSY && status != SQLITE_LOCKED)
            break;
        sqlite3_sleep(WAITS_MS);
    }
    if (backup != NULL) {
        int finished = sqlite3_backup_finish(backup);
        status = status == SQLITE_DONE ? finished : status;
    }
    if (status != SQLITE_OK)
        return error_set(error, (status & 0xFF) == SQLITE_FULL ? ERROR_FULL : ERROR_IO, "the copy failed: %s",
                         sqlite3_errstr(status));
    return 0;
}

// The copy is one file: no WAL beside it that could be left behind.
static int verify(sqlite3 *copy, struct error *error)
{
    sqlite3_stmt *row = NULL;
    bool sound = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(copy, "PRAGMA quick_check", -1, &row, NULL) == SQLITE_OK &&
                 sqlite3_step(row) == SQLITE_ROW &&
                 strcmp((const char *)sqlite3_column_text(row, 0), "ok") == 0;
    sqlite3_finalize(row);
    if (sound)
        return 0;
    return error_set(error, sqlite3_errcode(copy) == SQLITE_FULL ? ERROR_FULL : ERROR_CORRUPT,
                     "the copy is not sound");
}

static int copy_to(sqlite3 *from, const char *part, struct error *error)
{
    sqlite3 *copy = NULL;
    int status = sqlite3_open_v2(part, &copy, SQLITE_OPEN_READWRITE, NULL);
    int code =
        status == SQLITE_OK ? 0 : error_set(error, ERROR_IO, "the copy failed: %s", sqlite3_errstr(status));
    if (code == 0)
        code = copy_all(from, copy, error);
    if (code == 0)
        code = verify(copy, error);
    sqlite3_close(copy);
    return code;
}

static int fill_copy(void *from, const char *part, const char *path, struct error *error)
{
    (void)path;
    return copy_to(from, part, error);
}

int agenda_copy(sqlite3 *from, const char *path, struct error *error)
{
    return part_make(path, fill_copy, from, error);
}

// Beside the agenda these names are SQLite's.
static bool is_beside(const char *agenda, const char *path)
{
    size_t length = strlen(agenda);
    return strncmp(path, agenda, length) == 0 &&
           (strcmp(path + length, "-wal") == 0 || strcmp(path + length, "-shm") == 0 ||
            strcmp(path + length, "-journal") == 0);
}

int agenda_backup(struct agenda *agenda, const char *path, struct error *error)
{
    if (is_beside(agenda->database.path, path))
        return error_set(error, ERROR_REFUSED, "\"%s\" belongs to the agenda", path);
    return agenda_copy(agenda->database.handle, path, error);
}
