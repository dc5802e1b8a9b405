// links: src/agenda/agenda.c src/agenda/part.c src/agenda/schema.c src/agenda/sql.c src/agenda/slots.c src/agenda/accept.c src/agenda/admit.c src/agenda/hours.c src/agenda/hours_read.c src/agenda/list.c src/agenda/work.c src/agenda/follow.c src/agenda/care.c src/agenda/check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/booking/seal.c src/booking/presence.c src/booking/presence_file.c src/base/config.c src/base/database.c src/base/file.c src/base/memory.c src/base/error.c src/base/clock.c src/base/day.c src/base/utf8.c src/agenda/report.c src/agenda/bag.c src/agenda/import.c src/agenda/purge.c
// libs: -lsqlite3 -lsodium -ljansson -lcyaml -lyaml
// The guide's end of the agenda: hours, states, moving, following up, backup, purge, the rights of persons.
#include "agenda_helper.h"

#include <sys/stat.h>

#include "agenda/care.h"
#include "agenda/list.h"
#include "agenda/private.h"
#include "agenda/report.h"
#include "agenda/work.h"

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

static int64_t count_of(const char *sql)
{
    sqlite3_stmt *row = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(helper_agenda->database.handle, sql, -1, &row, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return count;
}

static void ignore_fault(void *context, const char *what, const char *subject)
{
    fprintf(stderr, "%s: %s\n", what, subject);
    (void)context;
}

static void sound(void)
{
    ck_assert_int_eq(agenda_check(helper_agenda, ignore_fault, NULL, &helper_error), 0);
}

static int state(const char *code, const char *to, bool force, const char *now)
{
    return agenda_set_state(helper_agenda, code, to, force, helper_moment(now), &helper_error);
}

// ---- making and opening

START_TEST(test_init_refuses_what_is_there)
{
    ck_assert_int_eq(agenda_init(helper_path, &helper_error), ERROR_REFUSED);
    sound();
}
END_TEST

START_TEST(test_init_keeps_an_old_key)
{
    char key[128], other[128];
    struct seal_pair before, after;
    agenda_key_path(helper_path, key, sizeof(key));
    ck_assert_int_eq(seal_load(&before, key, &helper_error), 0);
    text_print(other, sizeof(other), "%s/other.db", helper_folder);
    char other_key[160];
    agenda_key_path(other, other_key, sizeof(other_key));
    ck_assert_int_eq(seal_save(&before, other_key, &helper_error), 0);
    ck_assert_int_eq(agenda_init(other, &helper_error), 0);
    ck_assert_int_eq(seal_load(&after, other_key, &helper_error), 0);
    ck_assert_mem_eq(before.secret, after.secret, SEAL_KEY_BYTES);
}
END_TEST

START_TEST(test_open_newer_version_refused)
{
    struct agenda *agenda = NULL;
    sqlite3_exec(helper_agenda->database.handle, "PRAGMA user_version = 99", NULL, NULL, NULL);
    agenda_close(helper_agenda);
    helper_agenda = NULL;
    agenda_close(serve);
    serve = NULL;
    ck_assert_int_eq(agenda_open(&agenda, helper_path, AGENDA_GUIDE, &helper_error), ERROR_VERSION);
    ck_assert_ptr_null(agenda);
}
END_TEST

START_TEST(test_open_other_file_corrupt)
{
    char path[128];
    struct agenda *agenda = NULL;
    text_print(path, sizeof(path), "%s/other.db", helper_folder);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs("this is a letter, not an agenda, and it is longer than a header of a hundred bytes would be: "
          "really\n",
          file);
    fclose(file);
    ck_assert_int_eq(agenda_open(&agenda, path, AGENDA_GUIDE, &helper_error), ERROR_CORRUPT);
}
END_TEST

// ---- hours

START_TEST(test_hours_twice_changes_nothing)
{
    struct presence *presence = NULL;
    struct hours_plan plan = {0};
    ck_assert_int_eq(presence_parse(&presence, "hours", helper_hours, strlen(helper_hours), &helper_error),
                     0);
    ck_assert_int_eq(hours_plan(helper_agenda, presence, helper_moment(HELPER_NOW).day, &plan, &helper_error),
                     0);
    ck_assert_uint_eq(plan.count, 0);
    hours_plan_release(&plan);
    presence_free(presence);
}
END_TEST

static const char other_hours[] = "slot-minutes: 20\n"
                                  "public-holidays: true\n"
                                  "guides:\n"
                                  "  - { id: els, name: Els, languages: [nl, ro] }\n"
                                  "hours:\n"
                                  "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"10:00\" }\n";

START_TEST(test_hours_never_drop_a_booking)
{
    struct booking booking = helper_kiosk_books(serve, "karim", "2026-11-24T13:30", 1);
    struct slot slot = helper_slot("els", "2026-11-24T11:00");
    struct agenda_lease lease;
    struct agenda_list list = {0};
    struct agenda_query outside = {.which = AGENDA_OUTSIDE, .first = helper_moment(HELPER_NOW).day};
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    helper_apply_hours(other_hours);
    ck_assert_int_eq(agenda_list(helper_agenda, &outside, &list, &helper_error), 0);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(list.entries[0].booking.code, booking.code);
    agenda_list_release(&list);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease"), 1);
    // what the kiosk promised with that lease is still taken in
    struct booking late = helper_booking("els", "2026-11-24T11:00", 1, lease.code);
    enum agenda_result result;
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &late, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
    sound();
}
END_TEST

START_TEST(test_hours_new_slots_avoid_promised_ones)
{
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1); // 09:00 to 09:30
    helper_apply_hours(other_hours);                         // 09:00, 09:20, 09:40
    ck_assert_int_eq(count_of("SELECT count(*) FROM slot WHERE guide = 'els' AND start LIKE '2026-11-24%'"
                              " AND minutes = 20"),
                     1);
    ck_assert_int_eq(count_of("SELECT count(*) FROM slot WHERE guide = 'els' AND start = '2026-12-01T09:20'"),
                     1);
    sound();
}
END_TEST

START_TEST(test_hours_back_again_offers_again)
{
    helper_kiosk_books(serve, "karim", "2026-11-24T13:30", 1);
    helper_apply_hours(other_hours);
    helper_apply_hours(helper_hours);
    ck_assert_int_eq(count_of("SELECT count(*) FROM slot WHERE NOT offered"), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM guide WHERE active"), 2);
}
END_TEST

// ---- ill

static const char *state_of(const char *guide, const char *start)
{
    static char text[16];
    struct agenda_slot *slots = NULL;
    struct slot wanted = helper_slot(guide, start);
    int count = agenda_slots(helper_agenda, wanted.start.day, wanted.start.day, &slots, &helper_error);
    text_copy(text, sizeof(text), "none");
    for (int i = 0; i < count; i++)
        if (slot_same(&slots[i].slot, &wanted))
            text_copy(text, sizeof(text), slots[i].state);
    free(slots);
    return text;
}

START_TEST(test_block_keeps_what_a_moved_booking_frees)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct slot held = helper_slot("els", "2026-11-24T11:00"), to = helper_slot("els", "2026-11-26T09:00");
    struct agenda_lease lease;
    unsigned count;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &held, 1, &lease, &helper_error), 0);
    ck_assert_int_eq(agenda_block(helper_agenda, "els", helper_moment("2026-11-24T00:00"),
                                  helper_moment("2026-11-25T00:00"), "ziek", &count, &helper_error),
                     0);
    ck_assert_uint_eq(count, 4);
    helper_apply_hours(helper_hours); // the same hours once more do not make her well
    ck_assert_int_eq(agenda_move(helper_agenda, booking.code, &to, 0, &helper_error), 0);
    ck_assert_int_eq(agenda_return(serve, "lobby-1", &lease, 1, &helper_error), 0);
    ck_assert_str_eq(state_of("els", "2026-11-24T09:00"), "withdrawn");
    ck_assert_str_eq(state_of("els", "2026-11-24T11:00"), "withdrawn");
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &held, 1, &lease, &helper_error), ERROR_TAKEN);
    ck_assert_int_eq(agenda_unblock(helper_agenda, "els", helper_moment("2026-11-24T00:00"),
                                    helper_moment("2026-11-25T00:00"), &count, &helper_error),
                     0);
    ck_assert_str_eq(state_of("els", "2026-11-24T09:00"), "free");
    ck_assert_str_eq(state_of("els", "2026-11-24T11:00"), "free");
    ck_assert_int_eq(count_of("SELECT count(*) FROM slot WHERE NOT offered"), 0);
    sound();
}
END_TEST

START_TEST(test_unblock_offers_only_the_presence)
{
    unsigned count;
    helper_kiosk_books(serve, "karim", "2026-11-24T13:30", 1);
    helper_apply_hours(other_hours); // karim has gone; his booking stays
    ck_assert_int_eq(agenda_unblock(helper_agenda, "karim", helper_moment("2026-11-24T00:00"),
                                    helper_moment("2026-11-25T00:00"), &count, &helper_error),
                     0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM slot WHERE NOT offered"), 1);
}
END_TEST

START_TEST(test_block_touches_what_it_overlaps)
{
    unsigned count;
    ck_assert_int_eq(agenda_block(helper_agenda, "els", helper_moment("2026-11-24T09:45"),
                                  helper_moment("2026-11-24T10:10"), "", &count, &helper_error),
                     0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(state_of("els", "2026-11-24T09:00"), "free");
    ck_assert_str_eq(state_of("els", "2026-11-24T09:30"), "blocked");
    ck_assert_str_eq(state_of("els", "2026-11-24T10:00"), "blocked");
    ck_assert_str_eq(state_of("els", "2026-11-24T10:30"), "free");
}
END_TEST

// ---- walk-ins

START_TEST(test_walk_in_takes_the_free_slot_then_the_next_moment)
{
    const char *starts[] = {"2026-11-24T11:30", "2026-11-24T12:00", "2026-11-24T12:15"};
    setenv("WEGWIJS_CLOCK", "2026-11-24T11:40", 1);
    for (unsigned i = 0; i < 3; i++) {
        struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, "");
        text_copy(booking.channel, sizeof(booking.channel), "walk-in");
        ck_assert_msg(
            agenda_walk_in(helper_agenda, &booking, helper_moment("2026-11-24T11:40"), &helper_error) == 0,
            "%s", helper_error.text);
        ck_assert(moment_compare(booking.slot.start, helper_moment(starts[i])) == 0);
    }
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking WHERE state = 'arrived'"), 3);
    ck_assert_int_eq(count_of("SELECT count(*) FROM slot WHERE NOT offered"),
                     2); // made for it, never given away
    sound();
}
END_TEST

// A day with a clock that is years ahead leaves no gap behind, and what it made is not offered for ever.
START_TEST(test_slots_after_a_clock_was_ahead)
{
    static const char offered[] =
        "SELECT count(*) FROM slot WHERE offered AND start BETWEEN '2027-06-01' AND '2027-06-30'";
    static const char beyond[] = "SELECT count(*) FROM slot WHERE offered AND start > '2027-12-31'";
    int32_t ahead = helper_moment("2035-06-01T09:00").day, later = helper_moment("2027-06-01T09:00").day;
    ck_assert_int_eq(agenda_extend(helper_agenda, ahead, &helper_error), 0);
    ck_assert_int_gt(count_of(beyond), 0);
    ck_assert_int_eq(agenda_extend(helper_agenda, later, &helper_error), 0);
    ck_assert_int_gt(count_of(offered), 0);
    ck_assert_int_eq(count_of(beyond), 0);
    ck_assert_int_eq(agenda_extend(helper_agenda, ahead, &helper_error), 0); // and when their time is there
    ck_assert_int_gt(count_of("SELECT count(*) FROM slot WHERE offered AND start LIKE '2035-06-05%'"), 0);
    sound();
}
END_TEST

// ---- states

START_TEST(test_state_in_order)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    const char *day = "2026-11-24T09:05";
    ck_assert_int_eq(state(booking.code, "arrived", false, HELPER_NOW), ERROR_REFUSED); // the day before
    ck_assert_int_eq(state(booking.code, "done", false, HELPER_NOW), ERROR_REFUSED);
    ck_assert_int_eq(state(booking.code, "arrived", false, day), 0);
    ck_assert_int_eq(state(booking.code, "no-show", false, day), ERROR_REFUSED);
    ck_assert_int_eq(state(booking.code, "done", false, day), 0);
    ck_assert_int_eq(state(booking.code, "arrived", false, day), ERROR_REFUSED);
    ck_assert_int_eq(state(booking.code, "arrived", true, day), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM event WHERE what = 'state'"), 3);
    ck_assert_int_eq(state("222222", "done", false, day), ERROR_NOT_FOUND);
}
END_TEST

START_TEST(test_cancel_frees_and_force_takes_back)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 2);
    ck_assert_int_eq(state(booking.code, "cancelled", false, HELPER_NOW), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 0);
    ck_assert_int_eq(count_of("SELECT sequence FROM booking"), 1);
    sound();
    ck_assert_int_eq(state(booking.code, "booked", true, HELPER_NOW), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 2);
    ck_assert_int_eq(state(booking.code, "cancelled", false, HELPER_NOW), 0);
    helper_kiosk_books(serve, "els", "2026-11-24T09:30", 1);
    ck_assert_int_eq(state(booking.code, "booked", true, HELPER_NOW), ERROR_TAKEN);
    sound();
}
END_TEST

// Who says that they do not come leave their time to others.
START_TEST(test_excused_frees_and_force_takes_back)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 2);
    ck_assert_int_eq(state(booking.code, "excused", false, HELPER_NOW), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 0);
    ck_assert_int_eq(count_of("SELECT slots FROM booking"), 2); // what it was is kept
    sound();
    ck_assert_int_eq(state(booking.code, "arrived", true, "2026-11-24T09:01"), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 2);
    sound();
    ck_assert_int_eq(state(booking.code, "excused", true, "2026-11-24T09:01"), 0);
    helper_kiosk_books(serve, "els", "2026-11-24T09:30", 1);
    ck_assert_int_eq(state(booking.code, "arrived", true, "2026-11-24T09:01"), ERROR_TAKEN);
    ck_assert_int_eq(state(booking.code, "cancelled", false, HELPER_NOW), 0);
    sound();
}
END_TEST

START_TEST(test_force_takes_back_only_as_it_was)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    ck_assert_int_eq(state(booking.code, "cancelled", false, HELPER_NOW), 0);
    helper_apply_hours("slot-minutes: 45\nguides:\n  - { id: els, name: Els, languages: [nl] }\nhours:\n"
                       "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\" }\n");
    ck_assert_int_eq(count_of("SELECT minutes FROM slot WHERE start = '2026-11-24T09:00'"), 45);
    ck_assert_int_eq(state(booking.code, "booked", true, HELPER_NOW), ERROR_TAKEN);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 0);
    sound();
}
END_TEST

START_TEST(test_move)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 2);
    struct booking other = helper_kiosk_books(serve, "els", "2026-11-24T11:00", 1);
    struct slot to = helper_slot("els", "2026-11-24T09:30"), taken = helper_slot("els", "2026-11-24T10:30");
    ck_assert_int_eq(agenda_move(helper_agenda, booking.code, &taken, 0, &helper_error), ERROR_TAKEN);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 3); // as it was
    ck_assert_int_eq(agenda_move(helper_agenda, booking.code, &to, 0, &helper_error), 0);
    struct agenda_entry entry;
    ck_assert_int_eq(agenda_find(helper_agenda, booking.code, &entry, &helper_error), 0);
    ck_assert_int_eq(entry.booking.slot.start.minute, 9 * 60 + 30);
    ck_assert_int_eq(entry.minutes, 60);
    ck_assert_int_eq(entry.sequence, 1);
    (void)other;
    sound();
}
END_TEST

START_TEST(test_move_gives_a_kept_booking_its_place)
{
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct booking kept = helper_booking("els", "2026-11-24T09:00", 1, "");
    struct slot to = helper_slot("els", "2026-11-24T10:00");
    enum agenda_result result;
    code_new(kept.code);
    ck_assert_int_eq(agenda_accept(serve, "lobby-2", &kept, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_REFUSED);
    ck_assert_int_eq(agenda_move(helper_agenda, kept.code, &to, 0, &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking WHERE attention IS NOT NULL"), 0);
    sound();
}
END_TEST

START_TEST(test_block_leaves_bookings)
{
    unsigned blocked = 0, freed = 0;
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    ck_assert_int_eq(agenda_block(helper_agenda, "els", helper_moment("2026-11-24T00:00"),
                                  helper_moment("2026-11-25T00:00"), "ziek", &blocked, &helper_error),
                     0);
    ck_assert_uint_eq(blocked, 5);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 1);
    ck_assert_int_eq(agenda_unblock(helper_agenda, "els", helper_moment("2026-11-24T00:00"),
                                    helper_moment("2026-11-25T00:00"), &freed, &helper_error),
                     0);
    ck_assert_uint_eq(freed, 5);
}
END_TEST

START_TEST(test_revoke)
{
    unsigned ended = 0;
    ck_assert_int_eq(agenda_top_up(serve, "lobby-1", 4, 14, helper_moment(HELPER_NOW), &helper_error), 0);
    ck_assert_int_eq(agenda_revoke(helper_agenda, "lobby-9", &ended, &helper_error), ERROR_NOT_FOUND);
    ck_assert_int_eq(agenda_revoke(helper_agenda, "lobby-1", &ended, &helper_error), 0);
    ck_assert_uint_eq(ended, 4);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease"), 0);
}
END_TEST

START_TEST(test_join_one_person)
{
    struct booking first = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct booking second = helper_kiosk_books(serve, "els", "2026-11-26T09:00", 1);
    ck_assert_int_eq(count_of("SELECT count(*) FROM person"), 2); // the same phone: never silently
    ck_assert_int_eq(agenda_join(helper_agenda, second.code, first.code, &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM person"), 1);
    ck_assert_int_eq(count_of("SELECT count(DISTINCT person) FROM booking"), 1);
    sound();
}
END_TEST

START_TEST(test_follow_up)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct agenda_referral *due = NULL;
    int32_t today = helper_moment(HELPER_NOW).day;
    ck_assert_int_eq(
        agenda_refer(helper_agenda, booking.code, "work", "vdab", today, today + 7, &helper_error), 0);
    ck_assert_int_eq(agenda_refer(helper_agenda, booking.code, "Free text", "vdab", today, 0, &helper_error),
                     ERROR_INVALID);
    ck_assert_int_eq(agenda_due(helper_agenda, today + 6, &due, &helper_error), 0);
    free(due);
    ck_assert_int_eq(agenda_due(helper_agenda, today + 7, &due, &helper_error), 1);
    ck_assert_str_eq(due[0].partner, "vdab");
    free(due);
    ck_assert_int_eq(agenda_outcome(helper_agenda, booking.code, "vdab", "started", &helper_error), 0);
    ck_assert_int_eq(agenda_due(helper_agenda, today + 7, &due, &helper_error), 0);
    free(due);
}
END_TEST

// ---- backup, check

START_TEST(test_backup_opens_and_holds_all)
{
    char path[128];
    struct agenda *copy = NULL;
    struct stat about;
    struct agenda_entry entry;
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    text_print(path, sizeof(path), "%s/copy.db", helper_folder);
    ck_assert_int_eq(agenda_backup(helper_agenda, path, &helper_error), 0);
    ck_assert_int_eq(agenda_backup(helper_agenda, path, &helper_error), ERROR_REFUSED);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    ck_assert_int_eq(agenda_open(&copy, path, AGENDA_GUIDE, &helper_error), 0);
    ck_assert_int_eq(agenda_find(copy, booking.code, &entry, &helper_error), 0);
    agenda_close(copy);
}
END_TEST

START_TEST(test_check_finds_a_missing_slot_corrupt)
{
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    sound();
    sqlite3_exec(helper_agenda->database.handle, "DELETE FROM booking_slot", NULL, NULL, NULL);
    ck_assert_int_eq(agenda_check(helper_agenda, ignore_fault, NULL, &helper_error), 1);
}
END_TEST

// ---- privacy in time

static void work_one(const char *start)
{
    char day[MOMENT_TEXT_SIZE];
    struct booking booking = helper_kiosk_books(serve, "els", start, 1);
    text_print(day, sizeof(day), "%.10sT12:00", start);
    ck_assert_int_eq(state(booking.code, "arrived", false, day), 0);
    ck_assert_int_eq(state(booking.code, "done", false, day), 0);
    ck_assert_int_eq(
        agenda_refer(helper_agenda, booking.code, "dutch", "ligo", helper_moment(day).day, 0, &helper_error),
        0);
    ck_assert_int_eq(agenda_signal(helper_agenda, booking.code, "housing", "gap", "", helper_moment(day).day,
                                   &helper_error),
                     0);
}

static void same_report(const struct report *a, const struct report *b)
{
    ck_assert_uint_eq(a->count, b->count);
    for (unsigned i = 0; i < a->count; i++)
        ck_assert_msg(memcmp(&a->rows[i], &b->rows[i], sizeof(a->rows[i])) == 0, "%s %s %s", a->rows[i].what,
                      a->rows[i].item, a->rows[i].channel);
}

START_TEST(test_purge_leaves_the_same_counts)
{
    struct report before = {0}, after = {0};
    unsigned purged = 0;
    work_one("2026-11-24T09:00");
    work_one("2026-11-24T09:30");
    struct booking gone = helper_kiosk_books(serve, "els", "2026-11-24T10:00", 1);
    ck_assert_int_eq(state(gone.code, "no-show", false, "2026-11-24T12:00"), 0);
    helper_kiosk_books(serve, "els", "2026-12-22T09:00", 1);
    ck_assert_int_eq(report_make(helper_agenda, "2026-11", "2026-12", &before, &helper_error), 0);
    ck_assert_int_eq(
        agenda_purge(helper_agenda, helper_moment("2026-12-01T00:00").day, &purged, &helper_error), 0);
    ck_assert_uint_eq(purged, 3);
    ck_assert_int_eq(report_make(helper_agenda, "2026-11", "2026-12", &after, &helper_error), 0);
    same_report(&before, &after);
    ck_assert_int_eq(count_of("SELECT count(*) FROM person"), 1);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking"), 1);
    report_release(&before);
    report_release(&after);
    sound();
}
END_TEST

START_TEST(test_purge_keeps_a_care_path_that_goes_on)
{
    unsigned purged = 0;
    struct booking first = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct booking second = helper_kiosk_books(serve, "els", "2026-12-22T09:00", 1);
    ck_assert_int_eq(agenda_join(helper_agenda, second.code, first.code, &helper_error), 0);
    ck_assert_int_eq(
        agenda_purge(helper_agenda, helper_moment("2026-12-01T00:00").day, &purged, &helper_error), 0);
    ck_assert_uint_eq(purged, 0);
}
END_TEST

START_TEST(test_purge_then_late_resend)
{
    unsigned purged = 0;
    enum agenda_result result;
    bool missing = true;
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    ck_assert_int_eq(
        agenda_purge(helper_agenda, helper_moment("2026-12-01T00:00").day, &purged, &helper_error), 0);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_KNOWN);
    ck_assert_int_eq(
        agenda_receipt(serve, "lobby-1", booking.id, booking.code, &booking.slot, 1, &missing, &helper_error),
        0);
    ck_assert(!missing);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking"), 0);
}
END_TEST

static bool file_holds(const char *suffix, const char *needle)
{
    char path[160], *bytes = NULL;
    text_print(path, sizeof(path), "%s%s", helper_path, suffix);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    bytes = memory_new(8 << 20, 1);
    size_t size = fread(bytes, 1, 8 << 20, file);
    fclose(file);
    bool found = memmem(bytes, size, needle, strlen(needle)) != NULL;
    free(bytes);
    return found;
}

START_TEST(test_erase_leaves_no_trace)
{
    struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, "");
    struct agenda_entry entry;
    enum agenda_result result;
    text_copy(booking.last_name, sizeof(booking.last_name), "Zeldzamenaam");
    code_new(booking.code);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
    ck_assert(file_holds("", "Zeldzamenaam") || file_holds("-wal", "Zeldzamenaam"));
    ck_assert_int_eq(agenda_find(helper_agenda, booking.code, &entry, &helper_error), 0);
    ck_assert_int_eq(agenda_erase(helper_agenda, entry.person, &helper_error), 0);
    ck_assert(!file_holds("", "Zeldzamenaam"));
    ck_assert(!file_holds("-wal", "Zeldzamenaam"));
    ck_assert_int_eq(count_of("SELECT count(*) FROM person"), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM event WHERE what = 'person erased'"), 1);
    ck_assert_int_eq(agenda_find(helper_agenda, booking.code, &entry, &helper_error), 0);
    ck_assert_str_eq(entry.booking.first_name, "");
    ck_assert_str_eq(entry.booking.language, "");
}
END_TEST

START_TEST(test_correct)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct agenda_entry entry;
    ck_assert_int_eq(agenda_find(helper_agenda, booking.code, &entry, &helper_error), 0);
    ck_assert_int_eq(
        agenda_correct(helper_agenda, entry.person, booking.code, NULL, NULL, "+32470999999", &helper_error),
        0);
    ck_assert_int_eq(agenda_find(helper_agenda, booking.code, &entry, &helper_error), 0);
    ck_assert_str_eq(entry.booking.phone, "+32470999999");
    ck_assert_str_eq(entry.booking.first_name, "Proef");
}
END_TEST

START_TEST(test_events_hold_no_person)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    ck_assert_int_eq(state(booking.code, "cancelled", false, HELPER_NOW), 0);
    ck_assert_int_eq(
        count_of("SELECT count(*) FROM event WHERE who || what || subject || detail LIKE '%Proef%'"
                 " OR who || what || subject || detail LIKE '%470000000%'"),
        0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agenda_work");
    TCase *tests = tcase_create("work");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_init_refuses_what_is_there);
    tcase_add_test(tests, test_init_keeps_an_old_key);
    tcase_add_test(tests, test_open_newer_version_refused);
    tcase_add_test(tests, test_open_other_file_corrupt);
    tcase_add_test(tests, test_hours_twice_changes_nothing);
    tcase_add_test(tests, test_hours_never_drop_a_booking);
    tcase_add_test(tests, test_hours_new_slots_avoid_promised_ones);
    tcase_add_test(tests, test_hours_back_again_offers_again);
    tcase_add_test(tests, test_block_keeps_what_a_moved_booking_frees);
    tcase_add_test(tests, test_unblock_offers_only_the_presence);
    tcase_add_test(tests, test_block_touches_what_it_overlaps);
    tcase_add_test(tests, test_walk_in_takes_the_free_slot_then_the_next_moment);
    tcase_add_test(tests, test_state_in_order);
    tcase_add_test(tests, test_cancel_frees_and_force_takes_back);
    tcase_add_test(tests, test_excused_frees_and_force_takes_back);
    tcase_add_test(tests, test_force_takes_back_only_as_it_was);
    tcase_add_test(tests, test_slots_after_a_clock_was_ahead);
    tcase_add_test(tests, test_move);
    tcase_add_test(tests, test_move_gives_a_kept_booking_its_place);
    tcase_add_test(tests, test_block_leaves_bookings);
    tcase_add_test(tests, test_revoke);
    tcase_add_test(tests, test_join_one_person);
    tcase_add_test(tests, test_follow_up);
    tcase_add_test(tests, test_backup_opens_and_holds_all);
    tcase_add_test(tests, test_check_finds_a_missing_slot_corrupt);
    tcase_add_test(tests, test_purge_leaves_the_same_counts);
    tcase_add_test(tests, test_purge_keeps_a_care_path_that_goes_on);
    tcase_add_test(tests, test_purge_then_late_resend);
    tcase_add_test(tests, test_erase_leaves_no_trace);
    tcase_add_test(tests, test_correct);
    tcase_add_test(tests, test_events_hold_no_person);
    suite_add_tcase(suite, tests);
    HELPER_RUN(suite);
}
