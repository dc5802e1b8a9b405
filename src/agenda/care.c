#include "agenda/care.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agenda/private.h"
#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define WAITS_MS 20
#define WAITS_MOST 500

// ---- the copy under way: FILE.part, held by one process at a time

static int fail_part(int number, const char *path, struct error *error)
{
    if (number == ENOENT || number == ENOTDIR)
        return error_set(error, ERROR_NOT_FOUND, "there is no folder for \"%s\"", path);
    return error_set(error, number == ENOSPC || number == EDQUOT ? ERROR_FULL : ERROR_IO,
                     "\"%s\" cannot be made: %s", path, strerror(number));
}

// What a copy that was cut off leaves: nothing, a hole, or the beginning of a database.
static bool may_empty(int descriptor)
{
    char start[16] = "";
    static const char hole[sizeof(start)] = "", database[] = "SQLite format 3";
    return pread(descriptor, start, sizeof(start), 0) < (ssize_t)sizeof(start) ||
           memcmp(start, hole, sizeof(start)) == 0 || memcmp(start, database, sizeof(start)) == 0;
}

static bool same_file(int descriptor, const char *path)
{
    struct stat held, named;
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

// The descriptor that holds it, or negative. Whoever held it before may have given it its name meanwhile:
// then it is another file.
static int take_part(const char *part, const char *path, struct error *error)
{
    int descriptor = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return fail_part(errno, path, error);
    int code = 0;
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !same_file(descriptor, part))
        code = error_set(error, ERROR_TIMEOUT, "\"%s\" is being made", path);
    else if (!may_empty(descriptor))
        code = error_set(error, ERROR_REFUSED, "\"%s\" is already there", part);
    else if (ftruncate(descriptor, 0) != 0 || fchmod(descriptor, 0600) != 0)
        code = fail_part(errno, path, error);
    if (code < 0)
        close(descriptor);
    return code < 0 ? code : descriptor;
}

static void remove_part(const char *part, bool itself)
{
    static const char *const suffixes[] = {"-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        char *name = memory_format("%s%s", part, suffixes[i]);
        unlink(name);
        free(name);
    }
    if (itself)
        unlink(part);
}

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

int agenda_copy(sqlite3 *from, const char *path, struct error *error)
{
    if (file_exists(path))
        return error_set(error, ERROR_REFUSED, "\"%s\" is already there", path);
    char *part = memory_format("%s.part", path);
    int descriptor = take_part(part, path, error);
    int code = descriptor < 0 ? descriptor : 0;
    if (code == 0) {
        remove_part(part, false);
        code = copy_to(from, part, error);
        if (code == 0)
            code = file_publish(part, path, error);
        remove_part(part, code < 0);
        close(descriptor); // last: closing any descriptor of a file ends SQLite's locks on it
    }
    free(part);
    return code;
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
