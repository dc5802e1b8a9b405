#include "base/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

// The database header (https://www.sqlite.org/fileformat.html, 1.3)
#define HEADER_SIZE 100
#define HEADER_MAGIC "SQLite format 3" // with its zero: 16 bytes
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

#define BUSY_TIMEOUT_MS 5000

// What stands on disk before anything is opened.
struct found {
    bool exists, empty, has_wal, is_database;
    int32_t application_id, version;
};

static int code_of(int status)
{
    switch (status) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ERROR_TAKEN;
    case SQLITE_IOERR_SHMSIZE: // no room for the log's index
        return ERROR_FULL;
    default:
        break;
    }
    switch (status & 0xFF) {
    case SQLITE_CONSTRAINT:
        return ERROR_REFUSED;
    case SQLITE_FULL:
        return ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERROR_TIMEOUT;
    default:
        return ERROR_IO;
    }
}

static int fail(struct database *database, struct error *error)
{
    int status = sqlite3_extended_errcode(database->handle);
    int code = code_of(status);
    const char *why = code == ERROR_FULL      ? sqlite3_errstr(SQLITE_FULL)
                      : code == ERROR_CORRUPT ? sqlite3_errstr(status) // the message may quote what was found
                                              : sqlite3_errmsg(database->handle);
    return error_set(error, code, "\"%s\": %s", database->path, why);
}

static int32_t read_big_endian(const unsigned char *bytes)
{
    return (int32_t)((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
                     bytes[3]);
}

// Reads the header through SQLite's own file layer: closing a descriptor of ours would drop the locks that
// another connection of this process holds on the same file (https://www.sqlite.org/howtocorrupt.html, 2.2).
static int read_header(sqlite3_vfs *vfs, const char *full_path, unsigned char header[HEADER_SIZE],
                       bool *empty)
{
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
    sqlite3_int64 size = 0;
    sqlite3_file *file = memory_new(1, (size_t)vfs->szOsFile);
    const char *name = sqlite3_create_filename(full_path, "", "", 0, NULL);
    int status = name == NULL ? SQLITE_NOMEM : vfs->xOpen(vfs, name, file, flags, &flags);
    if (status == SQLITE_OK)
        status = file->pMethods->xFileSize(file, &size);
    *empty = status == SQLITE_OK && size == 0;
    if (status == SQLITE_OK && size >= HEADER_SIZE)
        status = file->pMethods->xRead(file, header, HEADER_SIZE, 0);
    if (file->pMethods != NULL)
        file->pMethods->xClose(file);
    sqlite3_free_filename((char *)name);
    free(file);
    return status;
}

static bool vfs_has(sqlite3_vfs *vfs, const char *full_path, const char *suffix)
{
    int there = 0, reachable = 0; // the first does not see an empty file
    char *path = memory_format("%s%s", full_path, suffix);
    vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &there);
    vfs->xAccess(vfs, path, SQLITE_ACCESS_READWRITE, &reachable);
    free(path);
    return there != 0 || reachable != 0;
}

static int look(const char *path, const struct database_options *options, struct found *found,
                struct error *error)
{
    unsigned char header[HEADER_SIZE] = {0};
    int result = 0;
    *found = (struct found){0};
    sqlite3_vfs *vfs = sqlite3_vfs_find(options->vfs);
    if (vfs == NULL)
        return error_set(error, ERROR_IO, "no file layer \"%s\"", options->vfs);
    char *full_path = memory_new((size_t)vfs->mxPathname + 1, 1);
    int status = vfs->xFullPathname(vfs, path, vfs->mxPathname + 1, full_path);
    if ((status & 0xFF) != SQLITE_OK) { // SQLITE_OK_SYMLINK is a success
        result = error_set(error, ERROR_IO, "\"%s\" is no path for a file", path);
        goto cleanup;
    }
    found->exists = vfs_has(vfs, full_path, "");
    if (!found->exists)
        goto cleanup;
    found->has_wal = vfs_has(vfs, full_path, "-wal");
    if (read_header(vfs, full_path, header, &found->empty) != SQLITE_OK) {
        result = error_set(error, ERROR_IO, "\"%s\" cannot be read", path);
        goto cleanup;
    }
    found->is_database = memcmp(header, HEADER_MAGIC, sizeof(HEADER_MAGIC)) == 0;
    found->application_id = read_big_endian(header + HEADER_APPLICATION_ID);
    found->version = read_big_endian(header + HEADER_USER_VERSION);
cleanup:
    free(full_path);
    return result;
}

static int refuse_kind(const char *path, const char *what, const char *why, struct error *error)
{
    bool vowel = *what != 0 && strchr("aeiou", *what) != NULL;
    return error_set(error, ERROR_CORRUPT, "\"%s\" is not %s %s: %s", path, vowel ? "an" : "a", what, why);
}

static int refuse_version(const char *path, const struct database_options *options, int32_t version,
                          struct error *error)
{
    return error_set(error, ERROR_VERSION, "\"%s\" is of version %d, and this program knows up to %d", path,
                     (int)version, (int)options->newest_version);
}

// Everything that can be refused without opening.
static int judge(const char *path, const struct database_options *options, const struct found *found,
                 struct error *error)
{
    if (!found->exists)
        return options->create && !options->read_only
                   ? 0
                   : error_set(error, ERROR_NOT_FOUND, "there is no %s \"%s\"", options->what, path);
    if (found->empty && options->create && !options->read_only) // made, then cut off
        return 0;
    if (found->empty)
        return refuse_kind(path, options->what, "it is empty", error);
    if (!found->is_database)
        return refuse_kind(path, options->what, "it is no SQLite database", error);
    if (options->application_id != 0 && found->application_id != options->application_id)
        return refuse_kind(path, options->what, "it belongs to another program", error);
    if (found->version > options->newest_version)
        return refuse_version(path, options, found->version, error);
    return 0;
}

// SQLite would make it readable to all; its -wal and -shm take the mode of the file.
static int make_private_file(const char *path, struct error *error)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        int number = errno;
        return error_set(error, number == ENOSPC || number == EDQUOT ? ERROR_FULL : ERROR_IO,
                         "\"%s\" cannot be made: %s", path, strerror(number));
    }
    close(descriptor);
    return 0;
}

static int read_int(struct database *database, const char *sql, int64_t *value, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = 0;
    *value = 0;
    if (sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        return fail(database, error);
    if (sqlite3_step(statement) == SQLITE_ROW)
        *value = sqlite3_column_int64(statement, 0);
    else
        result = fail(database, error);
    sqlite3_finalize(statement);
    return result;
}

// Reads every page once: damage is found before anything is written on top of it.
static int check_pages(struct database *database, const struct database_options *options, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int64_t pages = 0, page_size = 0;
    int result = read_int(database, "PRAGMA page_count", &pages, error);
    if (result == 0)
        result = read_int(database, "PRAGMA page_size", &page_size, error);
    if (result < 0 || (options->check_limit > 0 && pages * page_size > options->check_limit))
        return result;
    if (sqlite3_prepare_v2(database->handle, "PRAGMA quick_check(1)", -1, &statement, NULL) != SQLITE_OK)
        return fail(database, error);
    if (sqlite3_step(statement) != SQLITE_ROW)
        result = fail(database, error);
    else if (strcmp(database_text(statement, 0), "ok") != 0)
        result = error_set(error, ERROR_CORRUPT, "the %s \"%s\" is damaged", options->what, database->path);
    sqlite3_finalize(statement);
    return result;
}

static void configure_handle(sqlite3 *handle)
{
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, BUSY_TIMEOUT_MS);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

// Settings of the connection, then what only reads, then what writes: a refusal leaves the file alone.
// SQLite's read-only flag would leave an empty log behind, so a reader may write and is forbidden to.
static int set_up(struct database *database, const struct database_options *options, bool fresh,
                  int32_t *version, struct error *error)
{
    int64_t value = 0;
    int result =
        database_run(database,
                     "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;"
                     "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;",
                     error);
    if (result == 0 && options->read_only)
        result = database_run(database, "PRAGMA query_only = ON", error);
    if (result == 0 && !fresh)
        result = check_pages(database, options, error);
    if (result == 0)
        result = read_int(database, "PRAGMA user_version", &value, error);
    if (result < 0)
        return result;
    if (value > options->newest_version) // the header said less: the newer one is still in the log
        return refuse_version(database->path, options, (int32_t)value, error);
    *version = (int32_t)value;
    if (fresh) { // before WAL, so that the header always says whose file it is
        char sql[64];
        text_print(sql, sizeof(sql), "PRAGMA application_id = %d", (int)options->application_id);
        result = database_run(database, sql, error);
    }
    if (result == 0 && !options->read_only)
        result = database_run(database, "PRAGMA journal_mode = WAL", error);
    return result;
}

// Closing the last connection moves the log into the file; one that is refused or only read keeps it as it
// was.
static void leave_log(struct database *database, const struct found *found)
{
    if (database->handle != NULL && found->has_wal)
        sqlite3_db_config(database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

int database_open(struct database *database, const char *path, const struct database_options *options,
                  int32_t *version, struct error *error)
{
    struct found found;
    bool made = false;
    *database = (struct database){0};
    *version = 0;
    int result = look(path, options, &found, error);
    if (result == 0)
        result = judge(path, options, &found, error);
    if (result == 0 && !found.exists && options->vfs == NULL) {
        result = make_private_file(path, error);
        made = result == 0;
    }
    if (result < 0)
        return result;
    database->path = memory_copy_text(path);
    database->sql = options->sql;
    database->count = options->sql_count;
    database->statements = memory_new(options->sql_count, sizeof(sqlite3_stmt *));
    int flags = SQLITE_OPEN_READWRITE;
    if (options->create && !options->read_only)
        flags |= SQLITE_OPEN_CREATE;
    int status = sqlite3_open_v2(path, &database->handle, flags | SQLITE_OPEN_NOMUTEX, options->vfs);
    if (status != SQLITE_OK) {
        result = fail(database, error);
    } else {
        configure_handle(database->handle);
        result = set_up(database, options, !found.exists || found.empty, version, error);
    }
    if (result < 0 || options->read_only)
        leave_log(database, &found);
    if (result < 0) {
        database_close(database);
        *version = 0;
        if (made)
            unlink(path);
    }
    return result;
}

void database_close(struct database *database)
{
    for (unsigned i = 0; i < database->count && database->statements != NULL; i++)
        sqlite3_finalize(database->statements[i]);
    free(database->statements);
    sqlite3_close(database->handle);
    free(database->path);
    *database = (struct database){0};
}

void database_one_thread(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int database_run(struct database *database, const char *script, struct error *error)
{
    if (sqlite3_exec(database->handle, script, NULL, NULL, NULL) != SQLITE_OK)
        return fail(database, error);
    return 0;
}

int database_begin(struct database *database, struct error *error)
{
    return database_run(database, "BEGIN IMMEDIATE", error);
}

int database_commit(struct database *database, struct error *error)
{
    int result = database_run(database, "COMMIT", error);
    if (result < 0)
        database_rollback(database);
    return result;
}

void database_rollback(struct database *database)
{
    if (sqlite3_get_autocommit(database->handle) == 0) // some errors have rolled back already
        sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
}

sqlite3_stmt *database_statement(struct database *database, unsigned number, struct error *error)
{
    if (number >= database->count || database->sql[number] == NULL) {
        error_set(error, ERROR_INVALID, "\"%s\": no statement of number %u", database->path, number);
        return NULL;
    }
    sqlite3_stmt **statement = &database->statements[number];
    if (*statement == NULL) {
        int status = sqlite3_prepare_v3(database->handle, database->sql[number], -1,
                                        SQLITE_PREPARE_PERSISTENT, statement, NULL);
        if (status != SQLITE_OK) {
            fail(database, error);
            return NULL;
        }
    }
    sqlite3_reset(*statement);
    sqlite3_clear_bindings(*statement);
    return *statement;
}

int database_step(struct database *database, sqlite3_stmt *statement, struct error *error)
{
    if (statement == NULL) // database_statement has said why
        return error != NULL && error->code < 0 ? error->code : ERROR_INVALID;
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        return 1;
    if (status == SQLITE_DONE)
        return 0;
    int result = fail(database, error);
    sqlite3_reset(statement);
    return result;
}

int database_done(struct database *database, sqlite3_stmt *statement, struct error *error)
{
    int result = 1;
    while (result > 0)
        result = database_step(database, statement, error);
    sqlite3_reset(statement);
    return result;
}

void database_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    if (text == NULL)
        sqlite3_bind_null(statement, index);
    else
        sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

void database_bind_int(sqlite3_stmt *statement, int index, int64_t value)
{
    sqlite3_bind_int64(statement, index, value);
}

const char *database_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text == NULL ? "" : (const char *)text;
}
