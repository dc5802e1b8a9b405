// links: src/agenda/agenda.c src/agenda/part.c src/agenda/schema.c src/agenda/sql.c src/agenda/slots.c src/agenda/accept.c src/agenda/admit.c src/agenda/hours.c src/agenda/hours_read.c src/agenda/list.c src/agenda/work.c src/agenda/follow.c src/agenda/care.c src/agenda/check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/booking/seal.c src/booking/presence.c src/booking/presence_file.c src/base/config.c src/base/database.c src/base/file.c src/base/memory.c src/base/error.c src/base/clock.c src/base/day.c src/base/utf8.c
// libs: -lsqlite3 -lsodium -ljansson -lcyaml -lyaml
// The kiosk's end of the agenda: leases, bookings that come in, codes, receipts, and what it may not read.
#include "agenda_helper.h"

#include "agenda/care.h"
#include "agenda/list.h"
#include "agenda/private.h"
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

START_TEST(test_sync_is_one_transaction)
{
    static const char all[] = "SELECT count(*) FROM booking", held[] = "SELECT count(*) FROM lease";
    struct booking first = helper_booking("els", "2026-11-24T09:00", 1, "");
    struct slot slots[2] = {helper_slot("els", "2026-11-24T11:00"), helper_slot("els", "2026-11-24T20:00")};
    enum agenda_result result;
    struct agenda_lease leases[2];
    code_new(first.code);
    ck_assert_int_eq(agenda_sync_begin(serve, &helper_error), 0);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &first, &result, &helper_error), 0);
    ck_assert_int_eq(count_of(all), 0); // nobody else sees it before the end
    ck_assert_int_eq(agenda_sync_end(serve, ERROR_IO, &helper_error), ERROR_IO);
    ck_assert_int_eq(count_of(all), 0);
    // what fails within is undone alone: the second slot is none, so the first is not leased either
    ck_assert_int_eq(agenda_sync_begin(serve, &helper_error), 0);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &first, &result, &helper_error), 0);
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", slots, 2, leases, &helper_error), ERROR_TAKEN);
    ck_assert_int_eq(agenda_sync_end(serve, 0, &helper_error), 0);
    ck_assert_int_eq(count_of(all), 1);
    ck_assert_int_eq(count_of(held), 0);
}
END_TEST

// ---- leasing

START_TEST(test_lease_all_or_none)
{
    struct slot slots[2] = {helper_slot("els", "2026-11-24T09:00"), helper_slot("els", "2026-11-24T09:30")};
    struct agenda_lease leases[2];
    ck_assert_int_eq(agenda_lease(serve, "lobby-2", &slots[1], 1, leases, &helper_error), 0);
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", slots, 2, leases, &helper_error), ERROR_TAKEN);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease WHERE kiosk = 'lobby-1'"), 0);
}
END_TEST

START_TEST(test_lease_again_keeps_code)
{
    struct slot slot = helper_slot("els", "2026-11-24T09:00");
    struct agenda_lease first, second;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &first, &helper_error), 0);
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &second, &helper_error), 0);
    ck_assert_str_eq(first.code, second.code);
    ck_assert(code_valid(first.code));
    ck_assert_int_eq(first.slot.minutes, 30);
}
END_TEST

START_TEST(test_lease_outside_presence)
{
    struct slot slot = helper_slot("els", "2026-11-24T20:00");
    struct agenda_lease lease;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), ERROR_TAKEN);
}
END_TEST

START_TEST(test_lease_beyond_limit)
{
    struct slot slot = helper_slot("els", "2026-11-24T11:00");
    struct agenda_lease lease;
    agenda_set_setting(helper_agenda, "limit_hour", "1", &helper_error);
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), ERROR_FULL);
    ck_assert_int_eq(agenda_lease(serve, "lobby-2", &slot, 1, &lease, &helper_error), 0);
}
END_TEST

static const char store_a[] = "aaaaaaaa00000000aaaaaaaa00000000",
                  store_b[] = "bbbbbbbb00000000bbbbbbbb00000000";

static unsigned leases_of(const char *kiosk)
{
    struct agenda_lease leases[16];
    return agenda_leases(serve, kiosk, leases, 16);
}

static void let_in(const char *store, const char *replaces)
{
    ck_assert_msg(agenda_admit(serve, "lobby-1", store, replaces, &helper_error) == 0, "%s",
                  helper_error.text);
}

static void be_silent(int minutes)
{
    char sql[160];
    text_print(sql, sizeof(sql),
               "UPDATE kiosk SET last_contact = '2026-11-23T06:%02d:00Z' WHERE name = 'lobby-1'",
               60 - minutes);
    ck_assert_int_eq(sqlite3_exec(helper_agenda->database.handle, sql, NULL, NULL, NULL), SQLITE_OK);
}

START_TEST(test_admit_one_store_a_name)
{
    char rival[INSTANT_TEXT_SIZE];
    let_in(store_a, "");
    let_in(store_a, "");
    ck_assert_int_eq(agenda_contact(serve, "lobby-1", "x", "{}", &helper_error), 0);
    agenda_rival(serve, "lobby-1", rival, &helper_error);
    ck_assert_str_eq(rival, "");
    ck_assert_int_eq(agenda_admit(serve, "lobby-1", store_b, "", &helper_error), ERROR_REFUSED);
    ck_assert_int_eq(agenda_admit(serve, "lobby-1", store_b, "", &helper_error), ERROR_REFUSED);
    ck_assert_ptr_nonnull(strstr(helper_error.text, "another kiosk is called \"lobby-1\""));
    agenda_rival(serve, "lobby-1", rival, &helper_error);
    ck_assert_str_eq(rival, "2026-11-23T07:00:00Z");
    ck_assert_int_eq(count_of("SELECT count(*) FROM event WHERE what LIKE 'second kiosk%'"), 1);
    ck_assert_int_eq(agenda_admit(serve, "lobby-2", store_b, "", &helper_error), 0);
    let_in(store_a, "");
}
END_TEST

// What the silent one holds is not given to the new one, and is its own again when it comes back.
START_TEST(test_admit_after_silence)
{
    struct slot slot = helper_slot("els", "2026-11-24T11:00");
    struct agenda_lease lease;
    bool missing;
    let_in(store_a, "");
    struct booking promised = helper_booking("els", "2026-11-24T11:00", 1, "");
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    text_copy(promised.code, sizeof(promised.code), lease.code);
    be_silent(14);
    ck_assert_int_eq(agenda_admit(serve, "lobby-1", store_b, "", &helper_error), ERROR_REFUSED);
    be_silent(15);
    let_in(store_b, "");
    ck_assert_uint_eq(leases_of("lobby-1"), 0);
    ck_assert_uint_eq(leases_of("lobby-1~aaaaaaaa"), 1);
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), ERROR_TAKEN);
    slot = helper_slot("els", "2026-11-24T09:00");
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    be_silent(20);
    let_in(store_a, "");
    ck_assert_uint_eq(leases_of("lobby-1"), 1);
    ck_assert_uint_eq(leases_of("lobby-1~bbbbbbbb"), 1);
    enum agenda_result result;
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &promised, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
    ck_assert_int_eq(agenda_receipt(serve, "lobby-1", promised.id, promised.code, &promised.slot, 1, &missing,
                                    &helper_error),
                     0);
    ck_assert(!missing);
}
END_TEST

// Given another name, the one that was replaced brings what it promised under the old one.
START_TEST(test_admit_under_another_name)
{
    struct slot slot = helper_slot("els", "2026-11-24T11:00");
    struct agenda_lease lease;
    enum agenda_result result;
    let_in(store_a, "");
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    struct booking promised = helper_booking("els", "2026-11-24T11:00", 1, lease.code);
    be_silent(30);
    let_in(store_b, "");
    ck_assert_int_eq(agenda_admit(serve, "lobby-2", store_a, "", &helper_error), 0);
    ck_assert_int_eq(agenda_accept(serve, "lobby-2", &promised, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
}
END_TEST

// The same machine, whose store was damaged: at once, and with what was saved from it.
START_TEST(test_admit_who_replaces)
{
    struct slot slot = helper_slot("els", "2026-11-24T11:00");
    struct agenda_lease lease;
    enum agenda_result result;
    let_in(store_a, "");
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    struct booking promised = helper_booking("els", "2026-11-24T11:00", 1, lease.code);
    let_in(store_b, store_a);
    ck_assert_uint_eq(leases_of("lobby-1"), 1);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &promised, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
    ck_assert_int_eq(agenda_admit(serve, "lobby-1", store_a, "", &helper_error), ERROR_REFUSED);
}
END_TEST

START_TEST(test_admit_after_revoke)
{
    unsigned ended;
    let_in(store_a, "");
    ck_assert_int_eq(agenda_revoke(helper_agenda, "lobby-1", &ended, &helper_error), 0);
    let_in(store_b, "");
    ck_assert_int_eq(agenda_admit(serve, "lobby-1", store_a, "", &helper_error), ERROR_REFUSED);
    ck_assert_int_eq(agenda_admit(serve, "lobby-1", "", "", &helper_error),
                     0); // a program that does not say it
}
END_TEST

START_TEST(test_return_only_under_its_code)
{
    struct slot slot = helper_slot("els", "2026-11-24T09:00");
    struct agenda_lease lease;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    struct agenda_lease other = lease;
    text_copy(other.code, sizeof(other.code), "222222");
    ck_assert_int_eq(agenda_return(serve, "lobby-1", &other, 1, &helper_error), 0);
    ck_assert_int_eq(agenda_return(serve, "lobby-2", &lease, 1, &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease"), 1);
    ck_assert_int_eq(agenda_return(serve, "lobby-1", &lease, 1, &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease"), 0);
}
END_TEST

static const char three_guides[] = "slot-minutes: 30\n"
                                   "public-holidays: true\n"
                                   "guides:\n"
                                   "  - { id: els, name: Els, languages: [nl, ro] }\n"
                                   "  - { id: karim, name: Karim, languages: [nl, ar] }\n"
                                   "  - { id: olena, name: Olena, languages: [nl, uk] }\n"
                                   "hours:\n"
                                   "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\" }\n"
                                   "  - { guide: els, day: woensdag, from: \"09:00\", to: \"12:00\" }\n"
                                   "  - { guide: karim, day: dinsdag, from: \"09:00\", to: \"12:00\" }\n"
                                   "  - { guide: karim, day: woensdag, from: \"09:00\", to: \"12:00\" }\n"
                                   "  - { guide: olena, day: vrijdag, from: \"09:00\", to: \"12:00\" }\n";

// How many talks of so many slots in a row the kiosk could give away with this guide.
static unsigned talks(const char *guide, unsigned length)
{
    struct agenda_lease leases[64];
    struct slot slots[64];
    unsigned starts[64], kept = 0, count = agenda_leases(serve, "lobby-1", leases, 64);
    for (unsigned i = 0; i < count; i++)
        if (strcmp(leases[i].slot.guide, guide) == 0)
            slots[kept++] = leases[i].slot;
    return slot_runs(slots, kept, length, starts);
}

static void top_up(unsigned want, unsigned days, const char *now)
{
    ck_assert_int_eq(agenda_top_up(serve, "lobby-1", want, days, helper_moment(now), &helper_error), 0);
}

// Whatever is held, every guide's language and both lengths of talk can be booked off line.
START_TEST(test_top_up_covers_every_guide)
{
    static const char *const guides[] = {"els", "karim", "olena"};
    helper_apply_hours(three_guides);
    top_up(3, 14, HELPER_NOW);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(talks(guides[i], 1), 1); // too few for more than one each
    top_up(6, 14, HELPER_NOW);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(talks(guides[i], 2), 1);
    top_up(12, 14, HELPER_NOW);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_ge(talks(guides[i], 2), 1);
}
END_TEST

// A short talk takes one of two: the next exchange makes it two again.
START_TEST(test_top_up_mends_pairs)
{
    struct agenda_lease leases[16];
    helper_apply_hours(three_guides);
    top_up(6, 14, HELPER_NOW);
    for (int round = 0; round < 4; round++) {
        unsigned count = agenda_leases(serve, "lobby-1", leases, 16);
        ck_assert_uint_eq(count, 6);
        struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, leases[0].code);
        enum agenda_result result;
        booking.slot = leases[0].slot;
        ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
        ck_assert_int_eq(result, AGENDA_STORED);
        top_up(6, 14, HELPER_NOW);
        ck_assert_uint_ge(talks("els", 2), 1);
        ck_assert_uint_ge(talks("karim", 2), 1);
        ck_assert_uint_ge(talks("olena", 2), 1);
    }
}
END_TEST

// Leases move along as days pass: what is past ends, the days behind are covered.
START_TEST(test_top_up_moves_with_the_days)
{
    struct agenda_lease leases[16];
    helper_apply_hours(three_guides);
    top_up(4, 4, HELPER_NOW);
    top_up(4, 5, "2026-11-28T08:00"); // the next Friday is too far away
    ck_assert_uint_eq(agenda_leases(serve, "lobby-1", leases, 16), 4);
    for (unsigned i = 0; i < 4; i++)
        ck_assert_int_ge(leases[i].slot.start.day, helper_moment("2026-12-01T00:00").day);
    top_up(6, 6, "2026-11-28T08:00");
    ck_assert_uint_eq(talks("olena", 2), 1);
}
END_TEST

START_TEST(test_top_up_has_pairs_and_guides)
{
    struct agenda_lease leases[16];
    bool els = false, karim = false, pair = false;
    ck_assert_int_eq(agenda_top_up(serve, "lobby-1", 8, 14, helper_moment(HELPER_NOW), &helper_error), 0);
    unsigned count = agenda_leases(serve, "lobby-1", leases, 16);
    ck_assert_uint_eq(count, 8);
    for (unsigned i = 0; i < count; i++) {
        els = els || strcmp(leases[i].slot.guide, "els") == 0;
        karim = karim || strcmp(leases[i].slot.guide, "karim") == 0;
        for (unsigned j = 0; j < count; j++)
            pair = pair || slot_follows(&leases[i].slot, &leases[j].slot);
    }
    ck_assert(els && karim && pair);
}
END_TEST

START_TEST(test_top_up_leaves_half_of_a_day)
{
    ck_assert_int_eq(agenda_top_up(serve, "lobby-1", 500, 1, helper_moment(HELPER_NOW), &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease JOIN slot ON slot.id = lease.slot"
                              " WHERE guide = 'els' AND start LIKE '2026-11-24%'"),
                     4); // 6 slots: half is 3, taken by pairs
}
END_TEST

START_TEST(test_top_up_ends_past_and_moves_horizon)
{
    struct slot slot = helper_slot("els", "2026-11-24T09:00");
    struct agenda_lease lease;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    int64_t before = count_of("SELECT count(*) FROM slot");
    ck_assert_int_eq(agenda_top_up(serve, "lobby-1", 0, 14, helper_moment("2026-12-24T08:00"), &helper_error),
                     0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease"), 0);
    ck_assert_int_gt(count_of("SELECT count(*) FROM slot"), before);
    ck_assert_int_eq(count_of("SELECT value >= '2027-04-22' FROM setting WHERE name = 'slots_until'"), 1);
}
END_TEST

// ---- bookings that come in

START_TEST(test_accept_takes_its_lease)
{
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 2);
    ck_assert_int_eq(count_of("SELECT count(*) FROM lease"), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 2);
    ck_assert_int_eq(count_of("SELECT minutes FROM booking"), 60);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_topic"), 2);
}
END_TEST

START_TEST(test_accept_hundred_times)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    enum agenda_result result;
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
        ck_assert_int_eq(result, AGENDA_KNOWN);
    }
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking"), 1);
    ck_assert_int_eq(count_of("SELECT count(*) FROM person"), 1);
}
END_TEST

// A kiosk without a battery is in 1970, one with a finger on its clock in 3500.
START_TEST(test_accept_of_a_wrong_clock)
{
    static const int64_t clocks[] = {0, 48282825600, INT64_MAX};
    for (unsigned i = 0; i < 3; i++) {
        struct slot slot = helper_slot("els", "2026-11-24T09:00");
        struct agenda_lease lease;
        enum agenda_result result;
        slot.start = moment_add(slot.start, 30 * (int)i);
        ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
        struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, lease.code);
        booking.slot = slot;
        booking.made = clocks[i];
        ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
        ck_assert_int_eq(result, AGENDA_STORED);
        ck_assert_int_eq(count_of("SELECT count(*) FROM booking WHERE substr(made, 1, 10) = '2026-11-23'"),
                         i + 1);
    }
    // one that was made off line, days before it could be sent, keeps its own time
    struct slot slot = helper_slot("els", "2026-11-26T09:00");
    struct agenda_lease lease;
    enum agenda_result result;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    struct booking late = helper_booking("els", "2026-11-26T09:00", 1, lease.code);
    late.made += 3600;
    clock_advance_ms(INT64_C(3) * 86400 * 1000);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &late, &result, &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking WHERE made LIKE '2026-11-23T08%'"), 1);
}
END_TEST

START_TEST(test_accept_taken_slot_keeps_booking)
{
    struct booking first = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct booking second = helper_booking("els", "2026-11-24T09:00", 1, "");
    struct agenda_list list = {0};
    struct agenda_query attention = {.which = AGENDA_ATTENTION};
    enum agenda_result result;
    (void)first;
    code_new(second.code);
    for (int i = 0; i < 2; i++) { // the same answer every time
        ck_assert_int_eq(agenda_accept(serve, "lobby-2", &second, &result, &helper_error), 0);
        ck_assert_int_eq(result, AGENDA_REFUSED);
    }
    ck_assert_int_eq(agenda_list(helper_agenda, &attention, &list, &helper_error), 0);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(list.entries[0].booking.code, second.code);
    ck_assert_str_eq(list.entries[0].booking.phone, "+32470000000");
    agenda_list_release(&list);
}
END_TEST

START_TEST(test_accept_without_lease_on_free_slot)
{
    struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, "");
    enum agenda_result result;
    code_new(booking.code);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 1);
}
END_TEST

START_TEST(test_accept_of_unknown_guide_keeps_booking)
{
    struct booking booking = helper_booking("nobody", "2026-11-24T09:00", 1, "");
    enum agenda_result result;
    code_new(booking.code);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_REFUSED);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking WHERE attention = 'taken'"), 1);
}
END_TEST

START_TEST(test_accept_code_of_another_keeps_both)
{
    struct booking first = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    struct booking second = helper_booking("els", "2026-11-24T10:00", 1, first.code);
    enum agenda_result result;
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &second, &result, &helper_error), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking"), 2);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking WHERE attention = 'code'"), 1);
}
END_TEST

START_TEST(test_accept_callback)
{
    char codes[4][CODE_SIZE];
    unsigned count = 0;
    enum agenda_result result;
    ck_assert_int_eq(agenda_spare_codes(serve, "lobby-1", 2, codes, 4, &count, &helper_error), 0);
    ck_assert_uint_eq(count, 2);
    struct booking booking = helper_booking("", "", 0, codes[0]);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
    ck_assert_int_eq(agenda_spare_codes(serve, "lobby-1", 1, codes, 4, &count, &helper_error), 0);
    ck_assert_uint_eq(count, 1); // the used one is no longer spare
}
END_TEST

START_TEST(test_guide_book_taken)
{
    struct slot slot = helper_slot("els", "2026-11-24T09:00");
    struct agenda_lease lease;
    ck_assert_int_eq(agenda_lease(serve, "lobby-1", &slot, 1, &lease, &helper_error), 0);
    struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, "");
    ck_assert_int_eq(agenda_book(helper_agenda, &booking, &helper_error), ERROR_TAKEN);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking"), 0);
}
END_TEST

// ---- the tables themselves keep invariant 1

START_TEST(test_tables_refuse_two_owners)
{
    static const char *const tries[] = {
        "INSERT INTO block (slot, made) SELECT slot, '' FROM booking_slot",
        "INSERT INTO lease (slot, kiosk, code, given) SELECT slot, 'lobby-1', (SELECT code FROM code), ''"
        " FROM booking_slot",
        "INSERT INTO booking_slot (slot, booking) SELECT slot, booking FROM booking_slot",
        "INSERT INTO slot (guide, start, ends, minutes) VALUES ('els', '2026-11-24T09:15',"
        " '2026-11-24T09:45', 30)",
        "UPDATE event SET who = ''",
        "DELETE FROM event",
    };
    helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
        ck_assert_msg((sqlite3_exec(helper_agenda->database.handle, tries[i], NULL, NULL, NULL) & 0xFF) ==
                          SQLITE_CONSTRAINT,
                      "allowed: %s", tries[i]);
}
END_TEST

// ---- what a kiosk's key cannot ask

START_TEST(test_serve_cannot_read_a_person)
{
    static const char *const tries[] = {
        "SELECT first_name FROM person",
        "SELECT count(phone) FROM person",
        "SELECT language FROM booking",
        "SELECT person FROM booking",
        "SELECT * FROM booking",
        "SELECT topic FROM booking_topic",
        "SELECT answer FROM indicator",
        "SELECT * FROM day",
        "SELECT topic FROM referral",
        "SELECT 1 FROM talk",
        "SELECT detail FROM event",
        "UPDATE person SET phone = ''",
        "DELETE FROM booking",
        "UPDATE booking SET state = 'cancelled'",
        "ATTACH 'other.db' AS other",
        "DROP TABLE person",
        "CREATE TABLE copy AS SELECT 1",
        "PRAGMA writable_schema = 1",
        "SELECT 1 FROM booking WHERE id IN (SELECT booking FROM indicator)",
    };
    for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
        sqlite3_stmt *row = NULL;
        int status = sqlite3_prepare_v2(serve->database.handle, tries[i], -1, &row, NULL);
        sqlite3_finalize(row);
        ck_assert_msg(status == SQLITE_AUTH, "allowed: %s", tries[i]);
    }
}
END_TEST

START_TEST(test_serve_runs_only_its_statements)
{
    for (int number = 0; number < SQL_COUNT; number++) {
        struct error error = ERROR_NONE;
        sqlite3_stmt *row = agenda_bind(serve, &error, (enum agenda_sql)number, "");
        ck_assert_msg((row != NULL) == agenda_sql_serves((enum agenda_sql)number), "statement %d: %s", number,
                      error.text);
    }
}
END_TEST

static void ignore_fault(void *context, const char *rule, const char *subject)
{
    (void)context;
    (void)rule;
    (void)subject;
}

START_TEST(test_every_statement_prepares)
{
    ck_assert_int_eq(agenda_check(helper_agenda, ignore_fault, NULL, &helper_error), 0); // adds its functions
    for (unsigned number = 0; number < SQL_COUNT; number++) {
        struct error error = ERROR_NONE;
        ck_assert_msg(database_statement(&helper_agenda->database, number, &error) != NULL,
                      "statement %u: %s", number, error.text);
    }
}
END_TEST

// A million bookings must not slow down what a day is made of: nothing of it may read a growing table from
// end to end.
START_TEST(test_hot_statements_use_indexes)
{
    static const enum agenda_sql hot[] = {
        SQL_SLOT_OWNER,           SQL_SLOTS_RANGE,    SQL_SLOTS_FREE,
        SQL_KIOSK_BOOKINGS_SINCE, SQL_CODES_SPARE,    SQL_LEASE_RETURN,
        SQL_LEASES_PAST,          SQL_LEASES_KIOSK,   SQL_BOOKING_KNOWN,
        SQL_BOOKING_BY_CODE,      SQL_LIST_RANGE,     SQL_LIST_CODE,
        SQL_LIST_ATTENTION,       SQL_LIST_CALLBACKS, SQL_LIST_PERSON,
        SQL_LIST_PHONE,           SQL_LIST_TOPICS,    SQL_LIST_ANSWERS,
        SQL_BOOKING_STATE,        SQL_EVENTS_SUBJECT, SQL_REFERRALS_DUE,
        SQL_REFERRALS_BOOKING,    SQL_LOST_BY_CODE,   SQL_FORGET_PERSON,
        SQL_BOOKING_SLOTS_FREE,   SQL_KIOSKS,
    };
    static const char *const growing[] = {"slot ",      "booking ",       "b ",        "s ",    "person ",
                                          "p ",         "lease ",         "l ",        "code ", "event ",
                                          "indicator ", "booking_topic ", "referral ", "r "};
    for (size_t i = 0; i < sizeof(hot) / sizeof(hot[0]); i++) {
        sqlite3_stmt *row = NULL;
        char *sql = memory_format("EXPLAIN QUERY PLAN %s", agenda_sql_text[hot[i]]);
        ck_assert_int_eq(sqlite3_prepare_v2(helper_agenda->database.handle, sql, -1, &row, NULL), SQLITE_OK);
        free(sql);
        while (sqlite3_step(row) == SQLITE_ROW) {
            char step[256]; // with a space behind it: "SCAN b "
            text_print(step, sizeof(step), "%s ", (const char *)sqlite3_column_text(row, 3));
            for (size_t g = 0; g < sizeof(growing) / sizeof(growing[0]) && strncmp(step, "SCAN ", 5) == 0;
                 g++)
                ck_assert_msg(strncmp(step + 5, growing[g], strlen(growing[g])) != 0 ||
                                  strstr(step, "_attention") != NULL || strstr(step, "_callback") != NULL,
                              "statement %d: %s", (int)hot[i], step);
        }
        sqlite3_finalize(row);
    }
}
END_TEST

// ---- codes and receipts

START_TEST(test_check_code)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    bool exists = false;
    struct slot slot;
    char state[24];
    ck_assert_int_eq(
        agenda_check_code(serve, booking.code, &exists, &slot, state, sizeof(state), &helper_error), 0);
    ck_assert(exists);
    ck_assert_str_eq(slot.guide, "els");
    ck_assert_str_eq(state, "booked");
    ck_assert_int_eq(agenda_check_code(serve, "222222", &exists, &slot, state, sizeof(state), &helper_error),
                     0);
    ck_assert(!exists);
}
END_TEST

START_TEST(test_receipt_of_lost_booking_blocks)
{
    struct slot slot = helper_slot("els", "2026-11-24T09:00");
    struct agenda_lost lost[4];
    bool missing = false;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(agenda_receipt(serve, "lobby-1", "0123456789abcdef0123456789abcdef", "222223", &slot,
                                        2, &missing, &helper_error),
                         0);
        ck_assert(missing);
    }
    ck_assert_uint_eq(agenda_lost(helper_agenda, lost, 4), 1);
    ck_assert_str_eq(lost[0].code, "222223");
    ck_assert_int_eq(count_of("SELECT count(*) FROM block WHERE code = '222223'"), 2);
    ck_assert_int_eq(agenda_settle_lost(helper_agenda, "222223", &helper_error), 0);
    ck_assert_uint_eq(agenda_lost(helper_agenda, lost, 4), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM block"), 0);
}
END_TEST

START_TEST(test_receipt_of_known_booking)
{
    struct booking booking = helper_kiosk_books(serve, "els", "2026-11-24T09:00", 1);
    bool missing = true;
    ck_assert_int_eq(
        agenda_receipt(serve, "lobby-1", booking.id, booking.code, &booking.slot, 1, &missing, &helper_error),
        0);
    ck_assert(!missing);
}
END_TEST

// The kiosk sends the lost booking itself after all: it gets the slots that were kept for it.
START_TEST(test_accept_after_lost_receipt)
{
    struct booking booking = helper_booking("els", "2026-11-24T09:00", 1, "");
    struct agenda_lost lost[4];
    enum agenda_result result;
    bool missing = false;
    code_new(booking.code);
    ck_assert_int_eq(
        agenda_receipt(serve, "lobby-1", booking.id, booking.code, &booking.slot, 1, &missing, &helper_error),
        0);
    ck_assert_int_eq(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error), 0);
    ck_assert_int_eq(result, AGENDA_STORED);
    ck_assert_uint_eq(agenda_lost(helper_agenda, lost, 4), 0);
    ck_assert_int_eq(count_of("SELECT count(*) FROM booking_slot"), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agenda_serve");
    TCase *tests = tcase_create("serve");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_lease_all_or_none);
    tcase_add_test(tests, test_lease_again_keeps_code);
    tcase_add_test(tests, test_lease_outside_presence);
    tcase_add_test(tests, test_lease_beyond_limit);
    tcase_add_test(tests, test_admit_one_store_a_name);
    tcase_add_test(tests, test_admit_after_silence);
    tcase_add_test(tests, test_admit_under_another_name);
    tcase_add_test(tests, test_admit_who_replaces);
    tcase_add_test(tests, test_admit_after_revoke);
    tcase_add_test(tests, test_return_only_under_its_code);
    tcase_add_test(tests, test_top_up_covers_every_guide);
    tcase_add_test(tests, test_top_up_mends_pairs);
    tcase_add_test(tests, test_top_up_moves_with_the_days);
    tcase_add_test(tests, test_top_up_has_pairs_and_guides);
    tcase_add_test(tests, test_top_up_leaves_half_of_a_day);
    tcase_add_test(tests, test_top_up_ends_past_and_moves_horizon);
    tcase_add_test(tests, test_accept_takes_its_lease);
    tcase_add_test(tests, test_accept_hundred_times);
    tcase_add_test(tests, test_accept_of_a_wrong_clock);
    tcase_add_test(tests, test_accept_taken_slot_keeps_booking);
    tcase_add_test(tests, test_accept_without_lease_on_free_slot);
    tcase_add_test(tests, test_accept_of_unknown_guide_keeps_booking);
    tcase_add_test(tests, test_accept_code_of_another_keeps_both);
    tcase_add_test(tests, test_accept_callback);
    tcase_add_test(tests, test_guide_book_taken);
    tcase_add_test(tests, test_tables_refuse_two_owners);
    tcase_add_test(tests, test_serve_cannot_read_a_person);
    tcase_add_test(tests, test_serve_runs_only_its_statements);
    tcase_add_test(tests, test_every_statement_prepares);
    tcase_add_test(tests, test_hot_statements_use_indexes);
    tcase_add_test(tests, test_sync_is_one_transaction);
    tcase_add_test(tests, test_check_code);
    tcase_add_test(tests, test_receipt_of_lost_booking_blocks);
    tcase_add_test(tests, test_receipt_of_known_booking);
    tcase_add_test(tests, test_accept_after_lost_receipt);
    suite_add_tcase(suite, tests);
    HELPER_RUN(suite);
}
