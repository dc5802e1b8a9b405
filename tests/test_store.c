// links: src/kiosk/store.c src/kiosk/store_sql.c src/kiosk/store_lease.c src/kiosk/store_sync.c src/kiosk/store_salvage.c src/sync/message_read.c src/booking/seal.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/database.c src/base/clock.c src/base/log.c src/base/day.c src/base/error.c src/base/memory.c src/base/file.c src/base/utf8.c
// libs: -lsqlite3 -ljansson -lsodium
#include <check.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "kiosk/store.h"

#include "base/banned.h"

static char folder[] = "/tmp/wegwijs-store-XXXXXX";
static struct store *store;
static struct error error;
static const struct store_want want = {.leases = 4, .codes = 2, .days = 14};

static void open_store(bool expect_set_aside)
{
    bool set_aside;
    ck_assert_msg(store_open(&store, folder, &set_aside, &error) == 0, "%s", error.text);
    ck_assert_int_eq(set_aside, expect_set_aside);
}

static void reopen(void)
{
    store_close(store);
    open_store(false);
}

static void set_up(void)
{
    ck_assert_int_eq(seal_ready(&error), 0);
    log_quiet(true);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    open_store(false);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void tear_down(void)
{
    store_close(store);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

static struct lease lease_at(int hour, int minute)
{
    struct lease lease = {.slot = {.guide = "els",
                                   .start = {day_from_civil(2026, 11, 24), (int16_t)(hour * 60 + minute)},
                                   .minutes = 30}};
    code_new(lease.code);
    return lease;
}

static struct sync_answer answer_of(struct lease *leases, unsigned count)
{
    return (struct sync_answer){.leases = leases, .lease_count = count};
}

static struct store_news sync_with(const struct sync_answer *answer)
{
    struct sync_request request;
    struct store_news news;
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_msg(store_apply(store, &request, answer, &news, &error) == 0, "%s", error.text);
    sync_request_release(&request);
    return news;
}

// A store that has met its agenda, and holds `count` leases from 9.00 on.
static void give_leases(struct lease *leases, unsigned count)
{
    struct sync_answer none = {0};
    ck_assert(sync_with(&none).more); // the first time nothing is asked for
    for (unsigned i = 0; i < count; i++)
        leases[i] = lease_at(9 + (int)i / 2, i % 2 ? 30 : 0);
    struct sync_answer answer = answer_of(leases, count);
    sync_with(&answer);
}

static unsigned count_state(enum store_state state)
{
    struct store_lease all[64];
    unsigned count, found = 0;
    ck_assert_int_eq(store_leases(store, all, 64, &count, &error), 0);
    for (unsigned i = 0; i < count; i++)
        found += all[i].state == state;
    return found;
}

static struct store_booking booking_of(const char *id, const struct lease *lease, unsigned slots)
{
    return (struct store_booking){.id = id,
                                  .code = lease->code,
                                  .slot = lease->slot,
                                  .slots = slots,
                                  .sealed = "U0VBTEVELVRFWFQtVEhBVC1NVVNULUdP",
                                  .made = 1795509000};
}

static const char id_1[] = "0123456789abcdef0123456789abcdef", id_2[] = "fedcba9876543210fedcba9876543210";

static void confirm_first(struct lease *leases, const char *id)
{
    struct lease got[1];
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), 0);
    struct store_booking booking = booking_of(id, &leases[0], 1);
    ck_assert_msg(store_confirm(store, &booking, &error) == 0, "%s", error.text);
}

static struct store_news acknowledge(const char *id, enum message_result result, struct lease *leases,
                                     unsigned count)
{
    struct message_acknowledgement one = {.result = result};
    text_copy(one.id, sizeof one.id, id);
    struct sync_answer answer = answer_of(leases, count);
    answer.acknowledged = &one;
    answer.acknowledged_count = 1;
    return sync_with(&answer);
}

// ---- which store it is

START_TEST(test_identity_stays_and_follows)
{
    struct store_identity first, again, next;
    ck_assert_int_eq(store_identity(store, &first, &error), 0);
    ck_assert(booking_id_valid(first.id));
    ck_assert_str_eq(first.replaces, "");
    reopen();
    ck_assert_int_eq(store_identity(store, &again, &error), 0);
    ck_assert_str_eq(again.id, first.id);
    ck_assert_int_eq(store_renew(store, &error), 0);
    ck_assert_int_eq(store_identity(store, &next, &error), 0);
    ck_assert_str_ne(next.id, first.id);
    ck_assert_str_eq(next.replaces, first.id);
    char path[300];
    struct stat status;
    text_print(path, sizeof path, "%s/store.id", folder);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    ck_assert_int_eq(file_write(path, "nonsense", 8, 0600, &error), 0); // a broken file is as none
    reopen();
    ck_assert_int_eq(store_identity(store, &again, &error), 0);
    ck_assert_str_eq(again.id, next.id);
}
END_TEST

// The store of the first version knew the guides' names only; what it holds stays.
START_TEST(test_open_older_version)
{
    struct message_guide guides[4],
        guide = {.id = "els", .name = "Els", .languages = {"nl", "ro"}, .language_count = 2};
    struct lease leases[2];
    unsigned count;
    give_leases(leases, 2);
    ck_assert_int_eq(store_set_guides(store, &guide, 1, &error), 0);
    store_close(store);
    store = NULL;
    char path[300];
    sqlite3 *older = NULL;
    text_print(path, sizeof path, "%s/store.db", folder);
    ck_assert_int_eq(sqlite3_open(path, &older), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(older, "ALTER TABLE guide DROP COLUMN languages; PRAGMA user_version = 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(older);
    open_store(false);
    ck_assert_uint_eq(count_state(STORE_FREE), 2);
    ck_assert_int_eq(store_guides(store, guides, 4, &count, &error), 0);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(guides[0].language_count, 0); // until the next hello
    ck_assert_int_eq(store_set_guides(store, &guide, 1, &error), 0);
    ck_assert_int_eq(store_guides(store, guides, 4, &count, &error), 0);
    ck_assert_uint_eq(guides[0].language_count, 2);
    ck_assert_str_eq(guides[0].languages[1], "ro");
}
END_TEST

// ---- leases

// Leases move along with the days: those beyond the days that are wanted go back.
START_TEST(test_prepare_returns_what_is_beyond_the_days)
{
    struct lease leases[2] = {lease_at(9, 0), lease_at(9, 30)};
    struct sync_answer none = {0}, answer = answer_of(leases, 2);
    leases[1].slot.start.day += 20;
    sync_with(&none);
    sync_with(&answer);
    struct store_want days = want;
    days.today = leases[0].slot.start.day - 14;
    struct sync_request request;
    ck_assert_int_eq(store_prepare(store, &days, &request, &error), 0);
    ck_assert_uint_eq(request.returned_count, 1);
    ck_assert(slot_same(&request.returned[0].slot, &leases[1].slot));
    sync_request_release(&request);
    days.today++;
    days.leases = 0;
    ck_assert_int_eq(store_prepare(store, &days, &request, &error), 0);
    ck_assert_uint_eq(request.returned_count, 2);
    sync_request_release(&request);
}
END_TEST

START_TEST(test_reserve_all_or_none)
{
    struct lease leases[3], got[2];
    give_leases(leases, 3);
    struct slot two[2] = {leases[0].slot, lease_at(15, 0).slot};
    ck_assert_int_eq(store_reserve(store, two, 2, got, &error), ERROR_TAKEN);
    ck_assert_uint_eq(count_state(STORE_FREE), 3);
    two[1] = leases[1].slot;
    ck_assert_int_eq(store_reserve(store, two, 2, got, &error), 0);
    ck_assert_str_eq(got[0].code, leases[0].code);
    ck_assert_int_eq(got[1].slot.minutes, 30);
    ck_assert_int_eq(store_reserve(store, two, 2, got, &error), 0); // the same visit, again
    ck_assert_uint_eq(count_state(STORE_RESERVED), 2);
}
END_TEST

START_TEST(test_release_returns_what_was_leased_for_the_visit)
{
    struct lease leases[2], got[1], new = lease_at(14, 0);
    give_leases(leases, 2);
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), 0);
    ck_assert_int_eq(store_reserve_new(store, &new, 1, &error), 0);
    ck_assert_int_eq(store_release(store, &error), 0);
    ck_assert_uint_eq(count_state(STORE_FREE), 2);
    ck_assert_uint_eq(count_state(STORE_RETURNING), 1);
    struct sync_request request;
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.returned_count, 1);
    ck_assert_str_eq(request.returned[0].code, new.code);
    sync_request_release(&request);
    ck_assert_int_eq(store_reserve(store, &new.slot, 1, got, &error), ERROR_TAKEN); // until it is gone
    struct sync_answer answer = answer_of(leases, 2);
    sync_with(&answer);
    ck_assert_uint_eq(count_state(STORE_RETURNING), 0);
}
END_TEST

START_TEST(test_release_others)
{
    struct lease leases[2], got[1];
    give_leases(leases, 2);
    store_reserve(store, &leases[0].slot, 1, got, &error);
    store_reserve(store, &leases[1].slot, 1, got, &error);
    ck_assert_int_eq(store_release_others(store, &leases[1].slot, 1, &error), 0);
    ck_assert_uint_eq(count_state(STORE_FREE), 1);
    ck_assert_uint_eq(count_state(STORE_RESERVED), 1);
}
END_TEST

START_TEST(test_reserved_is_free_again_after_a_crash)
{
    struct lease leases[2], got[1];
    give_leases(leases, 2);
    store_reserve(store, &leases[0].slot, 1, got, &error);
    reopen();
    ck_assert_uint_eq(count_state(STORE_FREE), 2);
}
END_TEST

START_TEST(test_late_lease_goes_back)
{
    struct lease late = lease_at(14, 0);
    give_leases(&(struct lease){0}, 0);
    ck_assert_int_eq(store_return(store, &late, 1, &error), 0);
    struct sync_request request;
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.returned_count, 1);
    sync_request_release(&request);
}
END_TEST

START_TEST(test_more_than_wanted_goes_back)
{
    struct lease leases[6];
    struct sync_request request;
    give_leases(leases, 6);
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.returned_count, 2);
    ck_assert(slot_same(&request.returned[1].slot, &leases[5].slot)); // the last ones
    sync_request_release(&request);
}
END_TEST

START_TEST(test_revoked_lease_is_gone)
{
    struct lease leases[2];
    give_leases(leases, 2);
    struct sync_answer answer = answer_of(leases + 1, 1);
    sync_with(&answer);
    ck_assert_uint_eq(count_state(STORE_FREE), 1);
}
END_TEST

// A kiosk whose store was lost does not know what it promised: those leases are never offered.
START_TEST(test_leases_of_an_older_store_are_foreign)
{
    struct lease leases[2] = {lease_at(9, 0), lease_at(9, 30)}, got[1];
    struct sync_request request;
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.want_leases, 0);
    sync_request_release(&request);
    struct sync_answer answer = answer_of(leases, 2);
    sync_with(&answer);
    ck_assert_uint_eq(count_state(STORE_FOREIGN), 2);
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), ERROR_TAKEN);
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.want_leases, want.leases + 2); // so that it still gets its own
    sync_request_release(&request);
}
END_TEST

// ---- confirming

START_TEST(test_confirm)
{
    struct lease leases[2], got[1];
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    reopen();
    ck_assert_uint_eq(store_queue(store), 1);
    ck_assert_uint_eq(count_state(STORE_USED), 1);
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), ERROR_TAKEN);
    struct slot slot;
    ck_assert_int_eq(store_find(store, leases[0].code, &slot, &error), 0);
    ck_assert(slot_same(&slot, &leases[0].slot));
    struct store_booking again = booking_of(id_1, &leases[0], 1);
    ck_assert_int_eq(store_confirm(store, &again, &error), 0); // idempotent
    ck_assert_uint_eq(store_queue(store), 1);
}
END_TEST

// What was booked goes first, without a word of lists; its answer leaves the leases as they are.
static off_t log_bytes(void)
{
    struct stat log;
    char path[64];
    text_print(path, sizeof path, "%s/store.db-wal", folder);
    ck_assert_int_eq(stat(path, &log), 0);
    return log.st_size;
}

// Once a minute, for years: an answer that says what the last one said is not written again.
START_TEST(test_no_news_writes_nothing)
{
    struct lease leases[3];
    give_leases(leases, 3);
    char codes[2][CODE_SIZE] = {"22222G", "33333J"};
    struct sync_answer answer = answer_of(leases, 3);
    answer.codes = codes;
    answer.code_count = 2;
    sync_with(&answer);
    off_t written = log_bytes();
    sync_with(&answer);
    ck_assert_int_eq(log_bytes(), written);
    text_copy(codes[0], CODE_SIZE, "44444K");
    sync_with(&answer);
    ck_assert_int_gt(log_bytes(), written);
    char held[4][CODE_SIZE];
    unsigned count;
    ck_assert_int_eq(store_codes(store, held, 4, &count, &error), 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(held[0], "33333J");
    ck_assert_str_eq(held[1], "44444K");
}
END_TEST

START_TEST(test_bookings_go_before_the_lists)
{
    struct lease leases[3];
    struct sync_request request;
    struct store_news news;
    give_leases(leases, 3);
    confirm_first(leases, id_1);
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert(request.brief && request.booking_count == 1 && request.want_leases == 0);
    struct message_acknowledgement stored = {.id = "", .result = MESSAGE_STORED};
    text_copy(stored.id, sizeof stored.id, id_1);
    struct sync_answer answer = {.acknowledged = &stored, .acknowledged_count = 1, .brief = true};
    ck_assert_int_eq(store_apply(store, &request, &answer, &news, &error), 0);
    sync_request_release(&request);
    ck_assert(news.stored == 1 && news.more);
    ck_assert_uint_eq(count_state(STORE_FREE), 2);
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert(!request.brief && request.booking_count == 0 && request.want_leases == want.leases);
    sync_request_release(&request);
}
END_TEST

START_TEST(test_confirm_needs_its_slots)
{
    struct lease leases[2], got[1];
    give_leases(leases, 2);
    struct store_booking booking = booking_of(id_1, &leases[0], 2);
    ck_assert_int_eq(store_confirm(store, &booking, &error), ERROR_TAKEN);
    store_reserve(store, &leases[0].slot, 1, got, &error); // the second is not reserved
    ck_assert_int_eq(store_confirm(store, &booking, &error), ERROR_TAKEN);
    ck_assert_uint_eq(store_queue(store), 0);
    ck_assert_uint_eq(count_state(STORE_USED), 0);
    store_reserve(store, &leases[1].slot, 1, got, &error);
    ck_assert_int_eq(store_confirm(store, &booking, &error), 0);
    ck_assert_uint_eq(count_state(STORE_USED), 2);
}
END_TEST

START_TEST(test_confirm_callback)
{
    char codes[1][CODE_SIZE], got[4][CODE_SIZE];
    unsigned count;
    code_new(codes[0]);
    struct sync_answer answer = {.codes = codes, .code_count = 1};
    sync_with(&answer);
    ck_assert_int_eq(store_codes(store, got, 4, &count, &error), 0);
    ck_assert_uint_eq(count, 1);
    struct store_booking booking = {.id = id_1, .code = codes[0], .sealed = "QUJD", .made = 1795509000};
    ck_assert_int_eq(store_confirm(store, &booking, &error), 0);
    sync_with(&answer); // an answer that was under way still names the code
    ck_assert_int_eq(store_codes(store, got, 4, &count, &error), 0);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(test_used_slot_stays_while_the_agenda_does_not_list_it)
{
    struct lease leases[2];
    struct sync_answer none = {0};
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    sync_with(&none); // restored from a backup, it knows of no lease
    ck_assert_uint_eq(count_state(STORE_USED), 1);
    struct sync_request request;
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.hold_count, 1); // so that it is leased again
    ck_assert_uint_eq(request.booking_count, 1);
    sync_request_release(&request);
}
END_TEST

// ---- acknowledging

START_TEST(test_acknowledged_is_forgotten)
{
    struct lease leases[2], got[1];
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    ck_assert_uint_eq(acknowledge(id_1, MESSAGE_STORED, leases + 1, 1).stored, 1);
    ck_assert_uint_eq(store_queue(store), 0);
    ck_assert_uint_eq(count_state(STORE_USED), 0);
    struct sync_answer stale = answer_of(leases, 2); // lists the used slot once more
    sync_with(&stale);
    // by now the receipt was checked: the agenda knows the booking and leases its slot anew
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), 0);
}
END_TEST

START_TEST(test_used_slot_is_not_taken_up_before_its_receipt_is_checked)
{
    struct lease leases[2], got[1];
    struct sync_request request;
    struct store_news news;
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    acknowledge(id_1, MESSAGE_KNOWN, leases + 1, 1);
    store_recheck(store, &error); // a new connection, with an agenda that was restored
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.receipt_count, 1);
    char missing[1][BOOKING_ID_SIZE];
    text_copy(missing[0], BOOKING_ID_SIZE, id_1);
    struct sync_answer restored = answer_of(leases, 2);
    restored.missing = missing;
    restored.missing_count = 1;
    ck_assert_int_eq(store_apply(store, &request, &restored, &news, &error), 0);
    sync_request_release(&request);
    ck_assert_uint_eq(news.missing, 1);
    ck_assert(slot_same(&news.lost, &leases[0].slot));
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), ERROR_TAKEN);
    ck_assert_int_eq(store_reserve_new(store, &leases[0], 1, &error), ERROR_TAKEN);
}
END_TEST

START_TEST(test_refused_stays)
{
    struct lease leases[2];
    struct sync_request request;
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    ck_assert_uint_eq(acknowledge(id_1, MESSAGE_REFUSED, leases, 2).refused, 1);
    ck_assert_uint_eq(store_queue(store), 1);
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    ck_assert_uint_eq(request.booking_count, 0); // not at every sync
    sync_request_release(&request);
    struct store_want all = want;
    all.refused_too = true;
    ck_assert_int_eq(store_prepare(store, &all, &request, &error), 0);
    ck_assert_uint_eq(request.booking_count, 1);
    sync_request_release(&request);
}
END_TEST

START_TEST(test_acknowledgement_of_what_was_not_sent_is_ignored)
{
    struct lease leases[2];
    struct sync_request request;
    struct store_news news;
    give_leases(leases, 2);
    ck_assert_int_eq(store_prepare(store, &want, &request, &error), 0);
    confirm_first(leases, id_1); // after the request was made
    struct message_acknowledgement one = {.result = MESSAGE_STORED};
    text_copy(one.id, sizeof one.id, id_1);
    struct sync_answer answer = {.acknowledged = &one, .acknowledged_count = 1};
    ck_assert_int_eq(store_apply(store, &request, &answer, &news, &error), 0);
    ck_assert_uint_eq(store_queue(store), 1);
    sync_request_release(&request);
}
END_TEST

START_TEST(test_forget_old_receipts)
{
    struct lease leases[2];
    struct slot slot;
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    struct moment later = {leases[0].slot.start.day + 1, 0};
    ck_assert_int_eq(store_forget(store, later, &error), 0);
    ck_assert_int_eq(store_find(store, leases[0].code, &slot, &error), 0); // not acknowledged
    acknowledge(id_1, MESSAGE_STORED, leases + 1, 1);
    ck_assert_int_eq(store_forget(store, later, &error), 0);
    ck_assert_int_eq(store_find(store, leases[0].code, &slot, &error), ERROR_NOT_FOUND);
}
END_TEST

static bool folder_holds(const char *needle)
{
    glob_t found;
    bool holds = false;
    char pattern[64];
    text_print(pattern, sizeof pattern, "%s/*", folder);
    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *bytes;
        size_t size;
        ck_assert_int_eq(file_read(found.gl_pathv[i], 1 << 24, &bytes, &size, NULL), 0);
        holds = holds || memmem(bytes, size, needle, strlen(needle)) != NULL;
        free(bytes);
    }
    globfree(&found);
    return holds;
}

START_TEST(test_nothing_sealed_stays_in_freed_pages)
{
    struct lease leases[2];
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    ck_assert(folder_holds("U0VBTEVELVRFWFQtVEhBVC1NVVNULUdP"));
    acknowledge(id_1, MESSAGE_STORED, leases + 1, 1);
    ck_assert(!folder_holds("U0VBTEVELVRFWFQtVEhBVC1NVVNULUdP")); // while it is open
}
END_TEST

// ---- the agenda we belong to

START_TEST(test_pin)
{
    struct seal_pair pair, other;
    struct seal_public key;
    seal_new_pair(&pair);
    seal_new_pair(&other);
    ck_assert_int_eq(store_key(store, &key, &error), ERROR_NOT_FOUND);
    ck_assert_int_eq(store_pin(store, id_1, &pair.open, &error), 0);
    reopen();
    ck_assert_int_eq(store_pin(store, id_1, &pair.open, &error), 0);
    ck_assert_int_eq(store_pin(store, id_2, &pair.open, &error), ERROR_REFUSED);
    ck_assert_int_eq(store_pin(store, id_1, &other.open, &error), ERROR_REFUSED);
    ck_assert_int_eq(store_key(store, &key, &error), 0);
    ck_assert_mem_eq(key.key, pair.open.key, SEAL_KEY_BYTES);
}
END_TEST

START_TEST(test_mode_and_seen)
{
    struct stat status;
    char path[64];
    text_print(path, sizeof path, "%s/store.db", folder);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    ck_assert_int_eq(store_seen(store), 0);
    ck_assert_int_eq(store_set_seen(store, 1795509000, &error), 0);
    ck_assert_int_eq(store_seen(store), 1795509000);
}
END_TEST

// ---- damage

static void overwrite(long offset, const char *bytes, size_t size)
{
    char path[64];
    text_print(path, sizeof path, "%s/store.db", folder);
    int fd = open(path, O_WRONLY);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pwrite(fd, bytes, size, offset), (ssize_t)size);
    close(fd);
}

static size_t count_set_aside(void)
{
    glob_t found;
    char pattern[64];
    text_print(pattern, sizeof pattern, "%s/store.db.damaged-*", folder);
    size_t count = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
    globfree(&found);
    return count;
}

START_TEST(test_open_corrupt_header)
{
    store_close(store);
    overwrite(0, "not a database at all", 21);
    open_store(true);
    ck_assert_uint_eq(count_set_aside(), 1);
    store_close(store);
    overwrite(0, "not a database at all", 21); // once more in the same second: another name
    open_store(true);
    ck_assert_uint_eq(count_set_aside(), 2);
}
END_TEST

// The page of the guides is destroyed; what was confirmed can still be read, and is taken over.
START_TEST(test_open_corrupt_page_keeps_the_outbox)
{
    struct lease leases[2], got[1];
    char junk[4096];
    give_leases(leases, 2);
    confirm_first(leases, id_1);
    store_close(store);
    memset(junk, 0x5a, sizeof junk);
    overwrite(2 * 4096, junk, sizeof junk); // root page of `guide`: the third
    open_store(true);
    ck_assert_uint_eq(count_set_aside(), 1);
    ck_assert_uint_eq(store_queue(store), 1);
    ck_assert_uint_eq(count_state(STORE_USED), 1);
    ck_assert_int_eq(store_reserve(store, &leases[0].slot, 1, got, &error), ERROR_TAKEN);
}
END_TEST

START_TEST(test_open_newer_version_is_left_alone)
{
    store_close(store);
    char path[64];
    text_print(path, sizeof path, "%s/store.db", folder);
    overwrite(60, "\0\0\0\x09", 4); // user_version
    bool set_aside;
    ck_assert_int_eq(store_open(&store, folder, &set_aside, &error), ERROR_VERSION);
    ck_assert_ptr_null(store);
    ck_assert_uint_eq(count_set_aside(), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *tests = tcase_create("store");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_identity_stays_and_follows);
    tcase_add_test(tests, test_open_older_version);
    tcase_add_test(tests, test_prepare_returns_what_is_beyond_the_days);
    tcase_add_test(tests, test_reserve_all_or_none);
    tcase_add_test(tests, test_release_returns_what_was_leased_for_the_visit);
    tcase_add_test(tests, test_release_others);
    tcase_add_test(tests, test_reserved_is_free_again_after_a_crash);
    tcase_add_test(tests, test_late_lease_goes_back);
    tcase_add_test(tests, test_more_than_wanted_goes_back);
    tcase_add_test(tests, test_revoked_lease_is_gone);
    tcase_add_test(tests, test_leases_of_an_older_store_are_foreign);
    tcase_add_test(tests, test_confirm);
    tcase_add_test(tests, test_bookings_go_before_the_lists);
    tcase_add_test(tests, test_no_news_writes_nothing);
    tcase_add_test(tests, test_confirm_needs_its_slots);
    tcase_add_test(tests, test_confirm_callback);
    tcase_add_test(tests, test_used_slot_stays_while_the_agenda_does_not_list_it);
    tcase_add_test(tests, test_acknowledged_is_forgotten);
    tcase_add_test(tests, test_used_slot_is_not_taken_up_before_its_receipt_is_checked);
    tcase_add_test(tests, test_refused_stays);
    tcase_add_test(tests, test_acknowledgement_of_what_was_not_sent_is_ignored);
    tcase_add_test(tests, test_forget_old_receipts);
    tcase_add_test(tests, test_nothing_sealed_stays_in_freed_pages);
    tcase_add_test(tests, test_pin);
    tcase_add_test(tests, test_mode_and_seen);
    tcase_add_test(tests, test_open_corrupt_header);
    tcase_add_test(tests, test_open_corrupt_page_keeps_the_outbox);
    tcase_add_test(tests, test_open_newer_version_is_left_alone);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
