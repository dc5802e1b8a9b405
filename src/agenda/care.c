#include "agenda/care.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agenda/private.h"
#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

// ---- backup

static int copy_all(sqlite3 *from, sqlite3 *to, struct error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int status = SQLITE_ERROR;
    if (backup != NULL) {
        int waits = 0;
        while ((status = sqlite3_backup_step(backup, 1000)) == SQLITE_OK || status == SQLITE_BUSY ||
               status == SQLITE_LOCKED)
            if (status != SQLITE_OK && ++waits < 500)
                sqlite3_sleep(20);
            else if (status != SQLITE_OK)
                break;
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
    int code = error_set(NULL, ERROR_CORRUPT, "%s", "");
    sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    if (sqlite3_prepare_v2(copy, "PRAGMA quick_check", -1, &row, NULL) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(row, 0), "ok") == 0)
        code = 0;
    sqlite3_finalize(row);
    return code == 0 ? 0 : error_set(error, ERROR_CORRUPT, "the copy is not sound");
}

int agenda_backup(struct agenda *agenda, const char *path, struct error *error)
{
    sqlite3 *copy = NULL;
    if (file_exists(path))
        return error_set(error, ERROR_REFUSED, "\"%s\" is already there", path);
    char *part = memory_format("%s.part", path);
    unlink(part);
    mode_t before = umask(077);
    int status = sqlite3_open_v2(part, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    umask(before);
    int code = status == SQLITE_OK ? copy_all(agenda->database.handle, copy, error)
                                   : error_set(error, ERROR_IO, "\"%s\" cannot be made", path);
    if (code == 0)
        code = verify(copy, error);
    sqlite3_close(copy);
    if (code == 0 && (link(part, path) != 0))
        code = error_set(error, ERROR_IO, "\"%s\" cannot be made", path);
    unlink(part);
    free(part);
    return code;
}
