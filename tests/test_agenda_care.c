// links: src/agenda/agenda.c src/agenda/part.c src/agenda/schema.c src/agenda/sql.c src/agenda/slots.c src/agenda/accept.c src/agenda/admit.c src/agenda/hours.c src/agenda/hours_read.c src/agenda/list.c src/agenda/work.c src/agenda/follow.c src/agenda/care.c src/agenda/check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/booking/seal.c src/booking/presence.c src/booking/presence_file.c src/base/config.c src/base/database.c src/base/file.c src/base/memory.c src/base/error.c src/base/clock.c src/base/day.c src/base/utf8.c src/agenda/report.c src/agenda/bag.c src/agenda/import.c src/agenda/purge.c
// libs: -lsqlite3 -lsodium -ljansson -lcyaml -lyaml
// An older agenda is brought up to date after a copy; `check` finds each kind of broken promise in the data.
#include "agenda_helper.h"

#include "agenda/care.h"
#include "agenda/private.h"
#include "agenda/report.h"
#include "agenda/schema.h"
#include "agenda/work.h"
#include "base/file.h"

#include "base/banned.h"

static struct agenda *serve;

static void start(void)
{
    helper_start();
    serve = helper_serve();
}

static void stop(void)
{
    agenda_close(serve);
    helper_stop();
}

struct found {
    const char *wanted; // NULL: any
    bool seen;
    char all[512];
    unsigned count;
};

static void note_fault(void *context, const char *rule, const char *subject)
{
    struct found *found = context;
    size_t length = strlen(found->all);
    found->count++;
    found->seen = found->seen || (found->wanted != NULL && strcmp(found->wanted, rule) == 0);
    text_print(found->all + length, sizeof(found->all) - length, "%s %s; ", rule, subject);
}

static struct found check(struct agenda *agenda, const char *wanted)
{
    struct found found = {.wanted = wanted};
    int faults = agenda_check(agenda, note_fault, &found, &helper_error);
    ck_assert_msg(faults >= 0, "%s", helper_error.text);
    ck_assert_uint_eq((unsigned)faults, found.count);
    return found;
}

// ---- an agenda of the first version, as a script

static void make_old(char path[128])
{
    char *script = NULL;
    size_t size = 0;
    sqlite3 *database = NULL;
    text_print(path, 128, "%s/old.db", helper_folder);
    ck_assert_int_eq(file_read("tests/data/agenda-1.sql", 1 << 20, &script, &size, &helper_error), 0);
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    char *fault = NULL;
    ck_assert_msg(sqlite3_exec(database, script, NULL, NULL, &fault) == SQLITE_OK, "%s", fault);
    sqlite3_close(database);
    free(script);
}

static int64_t number(struct agenda *agenda, const char *sql)
{
    sqlite3_stmt *row = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(agenda->database.handle, sql, -1, &row, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return value;
}

START_TEST(test_migrate_after_a_copy)
{
    char path[128], copy[160];
    struct agenda *agenda = NULL;
    struct report report = {0};
    make_old(path);
    ck_assert_msg(agenda_open(&agenda, path, AGENDA_GUIDE, &helper_error) == 0, "%s", helper_error.text);
    ck_assert_int_eq(number(agenda, "PRAGMA user_version"), AGENDA_VERSION);
    ck_assert_uint_eq(check(agenda, NULL).count, 0);
    ck_assert_int_eq(report_make(agenda, "2026-11", "2026-11", &report, &helper_error), 0);
    ck_assert_int_eq(report_sum(&report, "reached", NULL, NULL, "letter"), 3);
    ck_assert_int_eq(report_sum(&report, "no-show", NULL, NULL, NULL), 1);
    ck_assert_int_eq(report_sum(&report, "callback", NULL, NULL, "phone"), 1);
    ck_assert_int_eq(report_sum(&report, "answer", NULL, "dutch none", NULL), 3);
    ck_assert_int_eq(report_sum(&report, "topic", NULL, "work", NULL), 3);
    ck_assert_int_eq(report_sum(&report, "referral", NULL, "ligo open", NULL), 2);
    ck_assert_int_eq(report_sum(&report, "referral", NULL, "ligo started", NULL), 1);
    ck_assert_int_eq(report_sum(&report, "dutch", NULL, NULL, NULL), 3);
    ck_assert_int_eq(report_sum(&report, "wait", NULL, "2", NULL), 2);
    report_release(&report);
    agenda_close(agenda);
    // the copy beside it is the old agenda, whole
    sqlite3 *old = NULL;
    sqlite3_stmt *row = NULL;
    text_print(copy, sizeof(copy), "%s.version-1", path);
    ck_assert_int_eq(sqlite3_open_v2(copy, &old, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(old,
                                        "SELECT count(*) FROM booking, pragma_user_version WHERE"
                                        " user_version = 1",
                                        -1, &row, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(row, 0), 6);
    sqlite3_finalize(row);
    sqlite3_close(old);
}
END_TEST

START_TEST(test_migrate_gives_the_tables_of_a_new_agenda)
{
    char path[128], script[256];
    struct agenda *agenda = NULL;
    make_old(path);
    ck_assert_int_eq(agenda_open(&agenda, path, AGENDA_GUIDE, &helper_error), 0);
    text_print(script, sizeof(script), "ATTACH '%s' AS new", helper_path);
    ck_assert_int_eq(sqlite3_exec(agenda->database.handle, script, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(number(agenda,
                            "SELECT count(*) FROM (SELECT type, name, sql FROM main.sqlite_schema EXCEPT"
                            " SELECT type, name, sql FROM new.sqlite_schema)"),
                     0);
    ck_assert_int_eq(number(agenda,
                            "SELECT count(*) FROM (SELECT type, name, sql FROM new.sqlite_schema EXCEPT"
                            " SELECT type, name, sql FROM main.sqlite_schema)"),
                     0);
    agenda_close(agenda);
}
END_TEST

START_TEST(test_migrate_halfway_leaves_the_old_agenda_fault)
{
    char path[128];
    struct agenda *agenda = NULL;
    sqlite3 *database = NULL;
    make_old(path);
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK); // a column of version 2 is in the way
    ck_assert_int_eq(sqlite3_exec(database, "ALTER TABLE booking ADD COLUMN topics TEXT", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(database);
    ck_assert_int_lt(agenda_open(&agenda, path, AGENDA_GUIDE, &helper_error), 0);
    ck_assert_ptr_null(agenda);
    sqlite3_stmt *row = NULL;
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(database,
                                        "SELECT user_version, (SELECT count(*) FROM booking),"
                                        " (SELECT count(*) FROM pragma_table_info('booking') WHERE name ="
                                        " 'answers') FROM pragma_user_version",
                                        -1, &row, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(row, 0), 1);
    ck_assert_int_eq(sqlite3_column_int(row, 1), 6);
    ck_assert_int_eq(sqlite3_column_int(row, 2), 0);
    sqlite3_finalize(row);
    sqlite3_close(database);
}
END_TEST

// ---- each kind of broken promise. Triggers and foreign keys would not let it happen: they are taken away
// first.

static const struct {
    const char *harm, *rule;
} harms[] = {
    {"DROP TRIGGER block_owner; INSERT INTO block (slot, made) SELECT slot, '' FROM booking_slot LIMIT 1",
     "slot-owners"},
    {"DROP TRIGGER lease_owner; INSERT INTO lease (slot, kiosk, code, given) SELECT slot, 'lobby-1', "
     "(SELECT code FROM code WHERE code NOT IN (SELECT code FROM lease)), '' FROM"
     " booking_slot LIMIT 1",
     "slot-owners"},
    {"DELETE FROM booking_slot WHERE slot = (SELECT max(slot) FROM booking_slot)", "booking-slots"},
    {"UPDATE booking SET start = substr(start, 1, 11) || '11:30' WHERE state = 'booked' AND kind = 'slot'",
     "booking-slots"},
    {"DROP TRIGGER slot_overlap; INSERT INTO slot (guide, start, ends, minutes) VALUES ('els',"
     " '2026-12-01T09:10', '2026-12-01T09:40', 30)",
     "slot-overlap"},
    {"UPDATE booking SET state = 'cancelled' WHERE state = 'booked' AND kind = 'slot'", "booking-freed"},
    {"UPDATE lease SET code = (SELECT code FROM booking LIMIT 1)", "lease-code"},
    {"INSERT INTO person (first_name, last_name, phone) VALUES ('', '', '')", "person"},
    {"UPDATE booking SET topics = 'leisure'", "booking-lines"},
    {"UPDATE indicator SET answer = 'well' WHERE indicator = 'dutch'", "booking-lines"},
    {"DROP TRIGGER referral_changed; UPDATE referral SET outcome = 'started'", "booking-lines"},
    {"DELETE FROM person", "reference"},
    {"UPDATE booking SET guide = 'nobody'", "reference"},
    {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, '(person)', '(guide)') WHERE "
     "name = 'booking_person'",
     "damage"},
};

START_TEST(test_check_finds)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 2);
    struct slot slot = helper_slot("els", "2026-11-26T09:00");
    struct agenda_lease lease;
    struct error error = ERROR_NONE;
    char *fault = NULL;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &error), 0);
    ck_assert_int_eq(agenda_refer(helper_agenda, booking.code, "dutch", "ligo", 1, 15, &error), 0);
    ck_assert_uint_eq(check(helper_agenda, NULL).count, 0);
    sqlite3 *raw = NULL;
    ck_assert_int_eq(sqlite3_open(helper_path, &raw), SQLITE_OK); // without our settings: no foreign keys
    ck_assert_msg(sqlite3_exec(raw, harms[_i].harm, NULL, NULL, &fault) == SQLITE_OK, "%s: %s",
                  harms[_i].harm, fault);
    sqlite3_close(raw);
    agenda_close(helper_agenda);
    ck_assert_int_eq(agenda_open(&helper_agenda, helper_path, AGENDA_GUIDE, &error), 0);
    struct found found = check(helper_agenda, harms[_i].rule);
    ck_assert_msg(found.seen, "%s: %s", harms[_i].harm, found.all);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agenda_care");
    TCase *tests = tcase_create("care");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_migrate_after_a_copy);
    tcase_add_test(tests, test_migrate_gives_the_tables_of_a_new_agenda);
    tcase_add_test(tests, test_migrate_halfway_leaves_the_old_agenda_fault);
    tcase_add_loop_test(tests, test_check_finds, 0, sizeof(harms) / sizeof(harms[0]));
    suite_add_tcase(suite, tests);
    HELPER_RUN(suite);
}
