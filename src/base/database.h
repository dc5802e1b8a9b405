// A thin helper over SQLite: open with our settings, statements from a numbered table, errors as ours.
// A struct database belongs to one thread at a time. Only src/agenda and src/kiosk include this.
#ifndef WEGWIJS_BASE_DATABASE_H
#define WEGWIJS_BASE_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct database {
    sqlite3 *handle;           // NULL when closed
    const char *const *sql;    // the numbered statements, borrowed
    sqlite3_stmt **statements; // prepared when first used
    unsigned count;
    char *path;
};

struct database_options {
    const char *what;       // for messages: "agenda", "store"
    int32_t application_id; // checked, and set on a new file
    int32_t newest_version; // a higher user_version is ERROR_VERSION
    bool create;            // make the file when it is missing (mode 0600)
    bool read_only;         // nothing on disk changes: neither the file nor its log
    const char *const *sql; // numbered statements, outlive the database
    unsigned sql_count;
    int64_t
        check_limit; // bytes: the pages of a larger file are checked when they are used; 0: all at opening
    const char *vfs; // NULL for the default; tests inject faults here
};

// WAL, synchronous=FULL, foreign keys, secure_delete, trusted_schema off, a busy time-out of 5 s.
// ERROR_NOT_FOUND, ERROR_CORRUPT (not a database, damaged, or another application's), ERROR_VERSION,
// ERROR_IO. *version gets user_version (0 for a new file). Nothing on disk changes on failure.
int database_open(struct database *database, const char *path, const struct database_options *options,
                  int32_t *version, struct error *error);
void database_close(struct database *database);
// SQLite without its locks, for a process whose databases one thread uses: before the first is opened.
void database_one_thread(void);

int database_run(struct database *database, const char *script,
                 struct error *error);                               // one or more statements
int database_begin(struct database *database, struct error *error);  // BEGIN IMMEDIATE
int database_commit(struct database *database, struct error *error); // on failure it is rolled back
void database_rollback(struct database *database);

// The numbered statement, reset and with bindings cleared. Borrowed until the database closes. NULL on
// failure, with error set.
sqlite3_stmt *database_statement(struct database *database, unsigned number, struct error *error);

// Steps once. 1: a row, 0: done, negative: an error. A unique or primary key in the way gives ERROR_TAKEN, a
// full disk ERROR_FULL, damage ERROR_CORRUPT, a check or foreign key ERROR_REFUSED, a lock ERROR_TIMEOUT. A
// NULL statement fails with what database_statement recorded. After an error the statement is reset.
int database_step(struct database *database, sqlite3_stmt *statement, struct error *error);

// Steps a statement that gives no rows, to its end, and resets it: 0 or negative.
int database_done(struct database *database, sqlite3_stmt *statement, struct error *error);

void database_bind_text(sqlite3_stmt *statement, int index, const char *text); // NULL binds NULL; copied
void database_bind_int(sqlite3_stmt *statement, int index, int64_t value);
const char *database_text(sqlite3_stmt *statement, int column); // never NULL; borrowed until the next step

#endif
