// links: src/base/database.c src/base/file.c src/base/memory.c src/base/error.c
// libs: -lsqlite3
#include "base/database.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define OWN_ID 0x57454757

enum { INSERT_SLOT, SELECT_SLOTS, INSERT_CHILD, NONSENSE };
static const char *const sql[] = {
    [INSERT_SLOT] = "INSERT INTO slot (start, guide, text) VALUES (?1, ?2, ?3)",
    [SELECT_SLOTS] = "SELECT start, text FROM slot ORDER BY start",
    [INSERT_CHILD] = "INSERT INTO child (slot) VALUES (?1)",
    [NONSENSE] = "SELECT x FROM nowhere",
};
static const struct database_options options = {
    .what = "agenda",
    .application_id = OWN_ID,
    .newest_version = 3,
    .create = true,
    .sql = sql,
    .sql_count = 4,
};
static const char schema[] =
    "CREATE TABLE slot (start TEXT PRIMARY KEY, guide INTEGER CHECK (guide > 0), text TEXT UNIQUE);"
    "CREATE TABLE child (slot TEXT REFERENCES slot (start)); PRAGMA user_version = 2;";

static char folder[64];
static struct error error;
static struct database database;
static int32_t version;

static void enter_folder(void)
{
    text_copy(folder, sizeof(folder), "/tmp/wegwijs-database-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void leave_folder(void)
{
    database_close(&database);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void open_made(void)
{
    ck_assert_msg(database_open(&database, "a.db", &options, &version, &error) == 0, "%s", error.text);
    if (version == 0)
        ck_assert_int_eq(database_run(&database, schema, &error), 0);
}

static int insert(const char *start, int guide, const char *text)
{
    sqlite3_stmt *statement = database_statement(&database, INSERT_SLOT, &error);
    database_bind_text(statement, 1, start);
    database_bind_int(statement, 2, guide);
    database_bind_text(statement, 3, text);
    return database_done(&database, statement, &error);
}

static int64_t ask(const char *question)
{
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(database.handle, question, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(database_step(&database, statement, &error), 1);
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

START_TEST(test_open_makes_a_private_file)
{
    struct stat status;
    ck_assert_int_eq(database_open(&database, "a.db", &options, &version, &error), 0);
    ck_assert_int_eq(version, 0);
    ck_assert_int_eq(stat("a.db", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0600);
    ck_assert_int_eq(database_run(&database, schema, &error), 0);
    ck_assert_int_eq(stat("a.db-wal", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0600);
}
END_TEST

static const struct {
    const char *question;
    int64_t answer;
} settings[] = {
    {"PRAGMA application_id", OWN_ID},
    {"PRAGMA foreign_keys", 1},
    {"PRAGMA secure_delete", 1},
    {"PRAGMA trusted_schema", 0},
    {"PRAGMA synchronous", 2},
    {"PRAGMA busy_timeout", 5000},
    {"PRAGMA mmap_size", 0},
    {"PRAGMA temp_store", 2},
    {"PRAGMA cell_size_check", 1},
    {"SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'", 1},
};

START_TEST(test_open_settings)
{
    open_made();
    database_close(&database);
    open_made();
    ck_assert_int_eq(ask(settings[_i].question), settings[_i].answer);
}
END_TEST

START_TEST(test_open_again)
{
    open_made();
    ck_assert_int_eq(insert("2026-11-24T09:30", 1, "x"), 0);
    database_close(&database);
    ck_assert(!file_exists("a.db-wal"));
    open_made();
    ck_assert_int_eq(version, 2);
    ck_assert_int_eq(ask("SELECT count(*) FROM slot"), 1);
}
END_TEST

START_TEST(test_open_missing)
{
    struct database_options other = options;
    other.create = false;
    ck_assert_int_eq(database_open(&database, "a.db", &other, &version, &error), ERROR_NOT_FOUND);
    ck_assert_str_eq(error.text, "there is no agenda \"a.db\"");
    other.create = other.read_only = true;
    ck_assert_int_eq(database_open(&database, "a.db", &other, &version, &error), ERROR_NOT_FOUND);
    ck_assert(!file_exists("a.db"));
    ck_assert_int_lt(database_open(&database, "none/a.db", &options, &version, &error), 0);
    ck_assert_ptr_null(database.handle);
}
END_TEST

START_TEST(test_open_empty_file)
{
    struct database_options other = options;
    other.create = false;
    ck_assert_int_eq(file_write("a.db", "", 0, 0600, &error), 0);
    ck_assert_int_eq(database_open(&database, "a.db", &other, &version, &error), ERROR_CORRUPT);
    ck_assert_str_eq(error.text, "\"a.db\" is not an agenda: it is empty");
    open_made(); // killed between making and filling: carry on
}
END_TEST

// What stands in the folder: names and contents, one after the other.
static struct text_buffer snapshot(void)
{
    static const char *const names[] = {"a.db", "a.db-wal", "a.db-journal", "a.db-shm"};
    struct text_buffer all = {0};
    for (size_t i = 0; i < 4; i++) {
        char *content = NULL;
        size_t size = 0;
        if (i == 3 && file_exists("a.db-wal")) // an index of the log, made again by every reader
            continue;
        if (file_read(names[i], 1 << 20, &content, &size, NULL) == 0) {
            text_buffer_addf(&all, "%s %zu:", names[i], size);
            text_buffer_add_bytes(&all, content, size);
        }
        free(content);
    }
    return all;
}

static void assert_refused(int code, const char *message)
{
    struct text_buffer before = snapshot();
    ck_assert_int_eq(database_open(&database, "a.db", &options, &version, &error), code);
    ck_assert_str_eq(error.text, message);
    ck_assert_ptr_null(database.handle);
    ck_assert_int_eq(version, 0);
    struct text_buffer after = snapshot();
    ck_assert_uint_eq(before.length, after.length);
    ck_assert_mem_eq(before.text, after.text, before.length);
    text_buffer_release(&before);
    text_buffer_release(&after);
}

static void make_raw(const char *script)
{
    sqlite3 *handle = NULL;
    ck_assert_int_eq(sqlite3_open("a.db", &handle), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(handle, script, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

static void open_to_read(void)
{
    struct database_options other = options;
    other.read_only = true;
    ck_assert_int_eq(database_open(&database, "a.db", &other, &version, &error), 0);
}

static void assert_same(struct text_buffer *before)
{
    struct text_buffer after = snapshot();
    ck_assert_uint_eq(before->length, after.length);
    ck_assert_mem_eq(before->text, after.text, before->length);
    text_buffer_release(before);
    text_buffer_release(&after);
}

START_TEST(test_open_read_only)
{
    open_made();
    insert("2026-11-24T09:30", 1, "x");
    database_close(&database);
    struct text_buffer before = snapshot();
    open_to_read();
    ck_assert_int_eq(ask("SELECT count(*) FROM slot"), 1);
    ck_assert_int_lt(insert("2026-11-24T09:45", 1, "y"), 0);
    database_close(&database);
    assert_same(&before);
    make_raw("PRAGMA journal_mode = DELETE"); // as a copy has it
    before = snapshot();
    open_to_read();
    database_close(&database);
    assert_same(&before);
}
END_TEST

// What a killed program has left in the log is read there, and stays there.
START_TEST(test_open_read_only_leaves_the_log_crash)
{
    open_made();
    database_close(&database);
    pid_t child = fork();
    if (child == 0) {
        open_made();
        insert("2026-11-24T09:30", 1, "x");
        _exit(0); // no closing
    }
    waitpid(child, NULL, 0);
    struct text_buffer before = snapshot();
    open_to_read();
    ck_assert_int_eq(ask("SELECT count(*) FROM slot"), 1);
    database_close(&database);
    assert_same(&before);
}
END_TEST

START_TEST(test_open_refuses_other_file)
{
    char text[4096];
    memset(text, 'x', sizeof(text));
    ck_assert_int_eq(file_write("a.db", text, 11, 0600, &error), 0);
    assert_refused(ERROR_CORRUPT, "\"a.db\" is not an agenda: it is no SQLite database");
    ck_assert_int_eq(file_write("a.db", text, sizeof(text), 0600, &error), 0);
    assert_refused(ERROR_CORRUPT, "\"a.db\" is not an agenda: it is no SQLite database");
}
END_TEST

START_TEST(test_open_refuses_other_application)
{
    make_raw("PRAGMA application_id = 77; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    assert_refused(ERROR_CORRUPT, "\"a.db\" is not an agenda: it belongs to another program");
    ck_assert_int_eq(unlink("a.db"), 0);
    make_raw("PRAGMA journal_mode = WAL; CREATE TABLE t (x)");
    assert_refused(ERROR_CORRUPT, "\"a.db\" is not an agenda: it belongs to another program");
}
END_TEST

START_TEST(test_open_refuses_newer_version)
{
    open_made();
    ck_assert_int_eq(database_run(&database, "PRAGMA user_version = 9", &error), 0);
    database_close(&database);
    assert_refused(ERROR_VERSION, "\"a.db\" is of version 9, and this program knows up to 3");
}
END_TEST

// The newer version stands only in the log of a program that was killed.
START_TEST(test_open_refuses_newer_version_in_log_crash)
{
    open_made();
    database_close(&database);
    pid_t child = fork();
    if (child == 0) {
        open_made();
        database_run(&database, "PRAGMA user_version = 9", &error);
        _exit(0); // no closing
    }
    waitpid(child, NULL, 0);
    ck_assert(file_exists("a.db-wal"));
    assert_refused(ERROR_VERSION, "\"a.db\" is of version 9, and this program knows up to 3");
}
END_TEST

START_TEST(test_open_corrupt)
{
    open_made();
    ck_assert_int_eq(database_begin(&database, &error), 0);
    for (int i = 0; i < 2000; i++) {
        char text[64];
        text_print(text, sizeof(text), "a text that fills pages, number %d", i);
        ck_assert_int_eq(insert(text, 1, text), 0);
    }
    ck_assert_int_eq(database_commit(&database, &error), 0);
    database_close(&database);
    FILE *file = fopen("a.db", "r+");
    ck_assert_ptr_nonnull(file);
    for (long page = 4; page < 12; page++) {
        fseek(file, page * 4096 + 3, SEEK_SET);
        fwrite("\xff\xff\xff\xff\xff\xff", 1, 6, file);
    }
    fclose(file);
    assert_refused(ERROR_CORRUPT, "the agenda \"a.db\" is damaged");
}
END_TEST

START_TEST(test_open_cut_corrupt)
{
    open_made();
    database_close(&database);
    for (off_t size = 100; size < 8192; size += 999) {
        ck_assert_int_eq(truncate("a.db", size), 0);
        struct text_buffer before = snapshot();
        int result = database_open(&database, "a.db", &options, &version, &error);
        ck_assert_int_eq(result, ERROR_CORRUPT);
        struct text_buffer after = snapshot();
        ck_assert_uint_eq(before.length, after.length);
        text_buffer_release(&before);
        text_buffer_release(&after);
        ck_assert_int_eq(unlink("a.db"), 0);
        open_made();
        database_close(&database);
    }
}
END_TEST

START_TEST(test_step_codes)
{
    open_made();
    ck_assert_int_eq(insert("a", 1, "x"), 0);
    ck_assert_int_eq(insert("a", 1, "y"), ERROR_TAKEN);
    ck_assert_ptr_nonnull(strstr(error.text, "UNIQUE constraint failed: slot.start"));
    ck_assert_int_eq(insert("b", 1, "x"), ERROR_TAKEN);
    ck_assert_int_eq(insert("b", 0, "z"), ERROR_REFUSED);
    sqlite3_stmt *statement = database_statement(&database, INSERT_CHILD, &error);
    database_bind_text(statement, 1, "nobody");
    ck_assert_int_eq(database_done(&database, statement, &error), ERROR_REFUSED);
    ck_assert_int_eq(insert("b", 1, NULL), 0);
    ck_assert_int_eq(insert("c", 1, NULL), 0); // NULLs are not equal
}
END_TEST

START_TEST(test_step_rows)
{
    open_made();
    insert("b", 1, "één");
    insert("a", 1, NULL);
    sqlite3_stmt *statement = database_statement(&database, SELECT_SLOTS, &error);
    ck_assert_int_eq(database_step(&database, statement, &error), 1);
    ck_assert_str_eq(database_text(statement, 0), "a");
    ck_assert_str_eq(database_text(statement, 1), "");
    ck_assert_int_eq(database_step(&database, statement, &error), 1);
    ck_assert_str_eq(database_text(statement, 1), "één");
    ck_assert_int_eq(database_step(&database, statement, &error), 0);
}
END_TEST

START_TEST(test_statement_faults)
{
    open_made();
    ck_assert_ptr_null(database_statement(&database, NONSENSE, &error));
    ck_assert_str_eq(error.text, "\"a.db\": no such table: nowhere");
    ck_assert_ptr_null(database_statement(&database, 4, &error));
    ck_assert_int_eq(database_step(&database, NULL, &error), ERROR_INVALID);
    ck_assert_int_eq(database_done(&database, NULL, NULL), ERROR_INVALID);
}
END_TEST

START_TEST(test_full_fault)
{
    open_made();
    char *big = memory_new(100001, 1);
    memset(big, 'x', 100000);
    ck_assert_int_eq(database_run(&database, "PRAGMA max_page_count = 8", &error), 0);
    ck_assert_int_eq(insert("a", 1, big), ERROR_FULL);
    ck_assert_int_eq(insert("b", 1, "small"), 0);
    free(big);
}
END_TEST

START_TEST(test_transactions)
{
    open_made();
    ck_assert_int_eq(database_begin(&database, &error), 0);
    insert("a", 1, "x");
    database_rollback(&database);
    database_rollback(&database); // twice does no harm
    ck_assert_int_eq(ask("SELECT count(*) FROM slot"), 0);
    ck_assert_int_eq(database_begin(&database, &error), 0);
    insert("a", 1, "x");
    ck_assert_int_eq(database_commit(&database, &error), 0);
    ck_assert_int_eq(ask("SELECT count(*) FROM slot"), 1);
}
END_TEST

START_TEST(test_commit_failed_is_rolled_back)
{
    open_made();
    ck_assert_int_eq(database_begin(&database, &error), 0);
    ck_assert_int_eq(
        database_run(&database, "PRAGMA defer_foreign_keys = ON; INSERT INTO child VALUES ('none')", &error),
        0);
    ck_assert_int_eq(database_commit(&database, &error), ERROR_REFUSED);
    ck_assert_int_ne(sqlite3_get_autocommit(database.handle), 0);
    ck_assert_int_eq(ask("SELECT count(*) FROM child"), 0);
}
END_TEST

START_TEST(test_lock_is_a_timeout)
{
    struct database other;
    open_made();
    ck_assert_int_eq(database_open(&other, "a.db", &options, &version, &error), 0);
    ck_assert_int_eq(database_begin(&database, &error), 0);
    sqlite3_busy_timeout(other.handle, 10);
    ck_assert_int_eq(database_begin(&other, &error), ERROR_TIMEOUT);
    database_close(&other);
}
END_TEST

// Opening a second time in one process must not drop the first one's lock.
START_TEST(test_open_keeps_the_locks_of_others)
{
    struct database other;
    open_made();
    ck_assert_int_eq(database_begin(&database, &error), 0);
    ck_assert_int_eq(database_open(&other, "a.db", &options, &version, &error), 0);
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *handle = NULL;
        sqlite3_open("a.db", &handle);
        _exit(sqlite3_exec(handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_BUSY ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    database_close(&other);
}
END_TEST

START_TEST(test_deleted_text_is_gone)
{
    char *content = NULL;
    size_t size = 0;
    open_made();
    insert("a", 1, "a-secret-that-goes");
    ck_assert_int_eq(database_run(&database, "DELETE FROM slot; PRAGMA wal_checkpoint(TRUNCATE)", &error), 0);
    database_close(&database);
    ck_assert_int_eq(file_read("a.db", 1 << 20, &content, &size, &error), 0);
    ck_assert_ptr_null(memmem(content, size, "a-secret-that-goes", 18));
    free(content);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("database");
    TCase *cases = tcase_create("database");
    tcase_add_checked_fixture(cases, enter_folder, leave_folder);
    tcase_add_test(cases, test_open_makes_a_private_file);
    tcase_add_loop_test(cases, test_open_settings, 0, COUNT(settings));
    tcase_add_test(cases, test_open_again);
    tcase_add_test(cases, test_open_missing);
    tcase_add_test(cases, test_open_read_only);
    tcase_add_test(cases, test_open_read_only_leaves_the_log_crash);
    tcase_add_test(cases, test_open_empty_file);
    tcase_add_test(cases, test_open_refuses_other_file);
    tcase_add_test(cases, test_open_refuses_other_application);
    tcase_add_test(cases, test_open_refuses_newer_version);
    tcase_add_test(cases, test_open_refuses_newer_version_in_log_crash);
    tcase_add_test(cases, test_open_corrupt);
    tcase_add_test(cases, test_open_cut_corrupt);
    tcase_add_test(cases, test_step_codes);
    tcase_add_test(cases, test_step_rows);
    tcase_add_test(cases, test_statement_faults);
    tcase_add_test(cases, test_full_fault);
    tcase_add_test(cases, test_transactions);
    tcase_add_test(cases, test_commit_failed_is_rolled_back);
    tcase_add_test(cases, test_lock_is_a_timeout);
    tcase_add_test(cases, test_open_keeps_the_locks_of_others);
    tcase_add_test(cases, test_deleted_text_is_gone);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
