// links: src/kiosk/link.c src/kiosk/link_news.c src/kiosk/link_keeper.c src/kiosk/link_caller.c src/kiosk/store.c src/kiosk/store_sql.c src/kiosk/store_lease.c src/kiosk/store_sync.c src/kiosk/store_salvage.c src/sync/client.c src/sync/server.c src/sync/message_read.c src/sync/message_write.c src/booking/seal.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/database.c src/base/process.c src/base/clock.c src/base/log.c src/base/day.c src/base/error.c src/base/memory.c src/base/file.c src/base/utf8.c
// libs: -lsqlite3 -ljansson -lsodium
#include <check.h>
#include <ftw.h>
#include <glob.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "fake_agenda.h"
#include "kiosk/link.h"

#include "base/banned.h"

#define PATIENCE_MS 20000 // for what must happen; nothing is measured

static char folder[] = "/tmp/wegwijs-link-XXXXXX", self[4096], agenda[4200], agenda_file[64];
static struct link *link_under_test;
static struct error error;
static uint32_t last_request;

// ---- events: the worker hands them over, the test takes them

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static struct link_event events[4096];
static unsigned event_count, offers;

static void on_event(void *context, const struct link_event *event)
{
    (void)context;
    pthread_mutex_lock(&lock);
    offers += event->kind == LINK_OFFER;
    if (event->kind != LINK_OFFER && event_count < 4096)
        events[event_count++] = *event;
    pthread_cond_broadcast(&arrived);
    pthread_mutex_unlock(&lock);
}

static const struct link_event *find_event(uint32_t request, enum link_event_kind kind)
{
    for (unsigned i = 0; i < event_count; i++)
        if (request ? events[i].request == request : events[i].kind == kind)
            return &events[i];
    return NULL;
}

// Waits for the answer to `request`, or for an event of `kind` when request is 0, and takes it.
static struct link_event wait_event(uint32_t request, enum link_event_kind kind)
{
    struct timespec until;
    struct link_event got;
    const struct link_event *found;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    pthread_mutex_lock(&lock);
    while (!(found = find_event(request, kind)))
        if (pthread_cond_timedwait(&arrived, &lock, &until) != 0)
            break;
    ck_assert_msg(found != NULL, "no event for request %u or kind %d", request, (int)kind);
    got = *found;
    events[found - events] = events[--event_count];
    pthread_mutex_unlock(&lock);
    return got;
}

// Waits until the fake agenda, or the link, is as `holds` says.
static void wait_until(bool (*holds)(void))
{
    for (int waited = 0; waited < PATIENCE_MS; waited += 10) {
        if (holds())
            return;
        fake_sleep(10);
    }
    ck_abort_msg("it never came true");
}

// ---- set-up

static int idle_ms, interval_ms = 3600000;

static void start_with(const char *command, int answer_ms)
{
    struct link_options options = {.data_folder = folder,
                                   .agenda = command,
                                   .kiosk = "lobby-1",
                                   .leases_wanted = 4,
                                   .lease_days = 14,
                                   .answer_ms = answer_ms,
                                   .interval_ms = interval_ms,
                                   .idle_ms = idle_ms,
                                   .notify = on_event};
    ck_assert_msg(link_start(&link_under_test, &options, &error) == 0, "%s", error.text);
}

static void start_online(void)
{
    start_with(agenda, 10000);
    wait_event(0, LINK_ONLINE);
}

static void stop(void)
{
    link_stop(link_under_test);
    link_under_test = NULL;
    event_count = 0;
}

static void change(void (*how)(struct fake *fake))
{
    struct fake *fake = fake_read(agenda_file);
    how(fake);
    fake_write(agenda_file, fake);
    free(fake);
}

static void set_up(void)
{
    ck_assert_int_eq(seal_ready(&error), 0);
    log_quiet(true);
    setenv("WEGWIJS_CLOCK", "2026-11-23T12:00", 1);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    text_print(agenda_file, sizeof agenda_file, "%s/agenda.fake", folder);
    text_print(agenda, sizeof agenda, "'%s' --serve %s lobby-1", self, agenda_file);
    struct fake *fake = memory_new(1, sizeof *fake);
    fake_make(fake);
    fake_write(agenda_file, fake);
    free(fake);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void tear_down(void)
{
    link_stop(link_under_test);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

// ---- a visitor

static struct link_event lease_slot(const struct slot *first, unsigned slots)
{
    link_lease(link_under_test, ++last_request, first, slots);
    return wait_event(last_request, LINK_LEASED);
}

static struct booking booking_for(const struct lease *lease, unsigned slots)
{
    struct booking booking = {.kind = slots ? BOOKING_SLOT : BOOKING_CALLBACK,
                              .slot = lease->slot,
                              .slots = slots,
                              .first_name = "Testvoornaam",
                              .last_name = "Testachternaam",
                              .phone = "+32470123456",
                              .language = "ro",
                              .channel = "kiosk",
                              .made = 1795509000};
    booking_new_id(booking.id);
    text_copy(booking.code, CODE_SIZE, lease->code);
    return booking;
}

static struct link_event book(const struct booking *booking)
{
    link_book(link_under_test, ++last_request, booking);
    return wait_event(last_request, LINK_BOOKED);
}

static struct booking book_offered(unsigned at)
{
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    ck_assert_uint_gt(count, at);
    struct link_event leased = lease_slot(&offer[at], 1);
    ck_assert_int_eq(leased.kind, LINK_LEASED);
    struct booking booking = booking_for(&leased.lease, 1);
    struct link_event booked = book(&booking);
    ck_assert_msg(booked.kind == LINK_BOOKED, "%s", booked.error.text);
    return booking;
}

static unsigned offered(unsigned slots)
{
    struct slot offer[64];
    return link_offer(link_under_test, slots, NULL, offer, 64);
}

static unsigned stored_once(const struct booking *booking)
{
    struct fake *fake = fake_read(agenda_file);
    unsigned count = 0;
    for (unsigned i = 0; i < fake->booking_count; i++)
        count += strcmp(fake->bookings[i], booking->id) == 0;
    free(fake);
    return count;
}

static bool is_offline(void)
{
    return !link_online(link_under_test);
}

// ---- tests

START_TEST(test_offer_online)
{
    start_online();
    ck_assert_uint_eq(offered(1), 16);
    ck_assert_uint_eq(offered(2), 14); // not over the night
    ck_assert_uint_eq(offered(0), 0);
    char name[32];
    ck_assert_str_eq(link_guide_name(link_under_test, "els", name, sizeof name), "Els");
    ck_assert_str_eq(link_guide_name(link_under_test, "tom", name, sizeof name), "tom");
}
END_TEST

static void two_guides(struct fake *fake)
{
    for (int i = 0; i < FAKE_SLOTS; i++) {
        struct slot *slot = &fake->slots[i].slot;
        text_copy(slot->guide, SLOT_GUIDE_SIZE, i % 2 ? "karim" : "els");
        slot->start.day = day_from_civil(2026, 11, 24);
        slot->start.minute = (int16_t)(9 * 60 + i / 2 * 30);
    }
}

static void expect_guide(const char *language, unsigned slots, unsigned count, const char *guide)
{
    struct slot offer[64];
    ck_assert_uint_eq(link_offer(link_under_test, slots, language, offer, 64), count);
    for (unsigned i = 0; i < count; i++)
        ck_assert_str_eq(offer[i].guide, guide);
}

START_TEST(test_offer_prefers_who_speaks_the_language)
{
    change(two_guides);
    start_online();
    expect_guide("ar", 1, 8, "karim");
    expect_guide("ar", 2, 7, "karim");
    expect_guide("ro", 1, 8, "els");
    expect_guide("sw", 1, 8, "els"); // nobody: the first
    expect_guide("", 2, 7, "els");
    ck_assert_uint_eq(offered(1), 16);
    stop();
    start_with("/nonexistent/agenda", 1000); // the store knows who speaks what
    wait_until(is_offline);
    expect_guide("ar", 1, 2, "karim");
    expect_guide("ro", 2, 1, "els");
    stop();
}
END_TEST

static void many_guides(struct fake *fake)
{
    two_guides(fake);
    for (int i = 8; i < FAKE_SLOTS; i++)
        fake->slots[i].slot.start.day += 300; // beyond what is looked at here
}

// The list is cut only after the guides of one moment have become one: no hour is lost by it.
START_TEST(test_offer_is_cut_after_the_choice)
{
    struct slot offer[4];
    change(many_guides);
    start_online();
    ck_assert_uint_eq(link_offer(link_under_test, 1, "ar", offer, 4), 4);
    ck_assert_int_eq(offer[3].start.minute, 10 * 60 + 30);
}
END_TEST

static unsigned hellos(void)
{
    struct fake *fake = fake_read(agenda_file);
    unsigned count = fake->hellos;
    free(fake);
    return count;
}

static bool second_hello(void)
{
    return hellos() >= 2;
}

// Closed after so long without use; a visitor's wish and the next exchange say hello again by themselves.
START_TEST(test_idle_connection_is_closed)
{
    idle_ms = 50;
    start_online();
    fake_sleep(300);
    ck_assert(link_online(link_under_test));
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    ck_assert_uint_eq(hellos(), 1);
    ck_assert_int_eq(lease_slot(&offer[count - 1], 1).kind, LINK_LEASED);
    wait_until(second_hello);
}
END_TEST

START_TEST(test_connection_is_kept_open)
{
    interval_ms = 20;
    start_online();
    fake_sleep(500);
    book_offered(9);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(hellos(), 1);
}
END_TEST

static unsigned listings_at, offers_at;

static unsigned offers_told(void)
{
    pthread_mutex_lock(&lock);
    unsigned count = offers;
    pthread_mutex_unlock(&lock);
    return count;
}

static bool five_listings_more(void)
{
    struct fake *fake = fake_read(agenda_file);
    bool more = fake->listings >= listings_at + 5;
    free(fake);
    return more;
}

static bool offers_more(void)
{
    return offers_told() > offers_at;
}

static void book_elsewhere(struct fake *fake)
{
    text_copy(fake->slots[FAKE_SLOTS - 1].booking, BOOKING_ID_SIZE, "by-phone");
}

// An exchange that brought nothing new wakes nobody; one that did tells it.
START_TEST(test_no_news_wakes_nobody)
{
    interval_ms = 20;
    listings_at = 0;
    start_online();
    wait_until(five_listings_more);
    listings_at += 5;
    offers_at = offers_told();
    wait_until(five_listings_more);
    ck_assert_uint_eq(offers_told(), offers_at);
    change(book_elsewhere);
    wait_until(offers_more);
}
END_TEST

static bool opened(void)
{
    return !link_full(link_under_test);
}

// No disk to promise on: the kiosk starts, offers and confirms nothing, and goes on by itself when there is
// one.
START_TEST(test_start_without_a_disk_fault)
{
    char aside[300];
    text_print(aside, sizeof aside, "%s/store.db", folder);
    ck_assert_int_eq(mkdir(aside, 0700), 0); // in the way of the file
    start_with(agenda, 1000);
    ck_assert(link_full(link_under_test));
    ck_assert_uint_eq(offered(1), 0);
    struct lease lease = {.slot = {.guide = "els", .start = {20781, 570}, .minutes = 30}};
    ck_assert_int_eq(lease_slot(&lease.slot, 1).kind, LINK_FULL);
    code_new(lease.code);
    struct booking booking = booking_for(&lease, 1);
    ck_assert_int_eq(book(&booking).kind, LINK_BOOK_FAILED);
    link_check(link_under_test, ++last_request, lease.code);
    ck_assert(!wait_event(last_request, LINK_CHECKED).exists);
    ck_assert_uint_eq(link_confirmed(link_under_test, 0, &(int64_t){0}, 1), 0);
    ck_assert_int_eq(rmdir(aside), 0);
    link_flush(link_under_test, 100); // at once again
    wait_event(0, LINK_ONLINE);
    wait_until(opened);
    book_offered(0);
}
END_TEST

START_TEST(test_book_online)
{
    start_online();
    struct booking booking = book_offered(9); // not held: leased over the wire
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(link_queue(link_under_test), 0);
    ck_assert_uint_eq(stored_once(&booking), 1);
    ck_assert_uint_eq(offered(1), 15);
    link_check(link_under_test, ++last_request, booking.code);
    struct link_event checked = wait_event(last_request, LINK_CHECKED);
    ck_assert(checked.exists);
    ck_assert_str_eq(checked.guide, "els");
}
END_TEST

START_TEST(test_lease_taken)
{
    start_online();
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    struct fake *fake = fake_read(agenda_file);
    text_copy(fake_find(fake, &offer[count - 1])->booking, BOOKING_ID_SIZE, "the guide's");
    fake_write(agenda_file, fake);
    free(fake);
    ck_assert_int_eq(lease_slot(&offer[count - 1], 1).kind, LINK_TAKEN);
    ck_assert_int_eq(lease_slot(&offer[count - 2], 1).kind, LINK_LEASED);
}
END_TEST

START_TEST(test_offline_only_what_is_held)
{
    start_online();
    struct slot all[64], held[64];
    unsigned all_count = link_offer(link_under_test, 1, NULL, all, 64);
    link_cut(link_under_test, true);
    wait_event(0, LINK_OFFLINE);
    ck_assert_uint_eq(link_offer(link_under_test, 1, NULL, held, 64), 4);
    ck_assert_int_eq(lease_slot(&all[all_count - 1], 1).kind, LINK_TAKEN);
    struct booking booking = book_offered(0);
    ck_assert_uint_eq(link_queue(link_under_test), 1);
    ck_assert_uint_eq(offered(1), 3);
    link_check(link_under_test, ++last_request, booking.code);
    ck_assert(wait_event(last_request, LINK_CHECKED).exists); // its own it knows
    link_cut(link_under_test, false);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&booking), 1);
}
END_TEST

START_TEST(test_delivery_after_the_agenda_was_missing)
{
    start_online();
    stop();
    start_with("/nonexistent/agenda", 1000);
    wait_until(is_offline);
    struct booking booking = book_offered(0);
    stop();
    start_online();
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&booking), 1);
}
END_TEST

static void die_after_accept(struct fake *fake)
{
    fake->exit_after_accept = true;
}

// The agenda has it, the kiosk never heard so: it is sent again, and is there once.
START_TEST(test_answer_lost_fault)
{
    start_online();
    change(die_after_accept);
    struct booking booking = book_offered(0);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(link_queue(link_under_test), 0);
    ck_assert_uint_eq(stored_once(&booking), 1);
    struct fake *fake = fake_read(agenda_file);
    ck_assert_uint_eq(fake->accepts, 2);
    free(fake);
}
END_TEST

static void slow_lease(struct fake *fake)
{
    fake->lease_pause_ms = 2000;
}

static void quick_lease(struct fake *fake)
{
    fake->lease_pause_ms = 0;
}

static void be_full(struct fake *fake)
{
    fake->full = true;
}

static void not_full(struct fake *fake)
{
    fake->full = false;
}

static bool says_full(void)
{
    return link_full(link_under_test);
}

static bool says_not_full(void)
{
    return !link_full(link_under_test);
}

// Beyond its limit the kiosk gets no more, hears so, and stays on line; what it had promised arrives.
START_TEST(test_limit_of_the_agenda)
{
    start_online();
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    change(be_full);
    struct link_event event = lease_slot(&offer[count - 1], 1);
    ck_assert_int_eq(event.kind, LINK_FULL);
    ck_assert_int_eq(event.error.code, ERROR_FULL);
    ck_assert(link_full(link_under_test));
    ck_assert(link_online(link_under_test));
    struct booking booking = book_offered(0); // held before
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&booking), 1);
    ck_assert(link_online(link_under_test));
    ck_assert_uint_eq(hellos(), 1);
    wait_until(says_full);
    change(not_full);
    book_offered(0);
    link_flush(link_under_test, PATIENCE_MS);
    wait_until(says_not_full);
}
END_TEST

// A restart must not forget what was confirmed within the hour.
START_TEST(test_confirmed_before_a_restart)
{
    int64_t made[8];
    start_online();
    book_offered(0);
    book_offered(0);
    link_flush(link_under_test, PATIENCE_MS);
    stop();
    start_with("/nonexistent/agenda", 1000);
    ck_assert_uint_eq(link_confirmed(link_under_test, 1795509000, made, 8), 2);
    ck_assert_uint_eq(link_confirmed(link_under_test, 1795509001, made, 8), 0);
    ck_assert_uint_eq(link_confirmed(link_under_test, 0, made, 1), 1);
}
END_TEST

static void break_schema(const char *file)
{
    sqlite3 *other = NULL;
    char path[300], *trouble = NULL;
    text_print(path, sizeof path, "%s/%s", folder, file);
    ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(other,
                               "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'nonsense' WHERE"
                               " name = 'lease'; PRAGMA schema_version = 4711",
                               NULL, NULL, &trouble) == SQLITE_OK,
                  "%s", trouble);
    sqlite3_close(other);
}

static unsigned files_like(const char *pattern)
{
    char path[300];
    glob_t found;
    text_print(path, sizeof path, "%s/%s", folder, pattern);
    unsigned count = glob(path, 0, NULL, &found) == 0 ? (unsigned)found.gl_pathc : 0;
    globfree(&found);
    return count;
}

static bool holds_four(void)
{
    return link_leases(link_under_test) == 4;
}

static void be_picky(struct fake *fake)
{
    fake->picky = true;
}

// The store breaks while the kiosk runs: it is set aside at once, the agenda knows the new one for the same
// kiosk's, what an older promise may lie on is not offered, and visitors go on.
START_TEST(test_store_breaks_while_running_corrupt)
{
    start_online();
    struct booking before = book_offered(0);
    link_flush(link_under_test, PATIENCE_MS);
    struct slot held[64];
    link_cut(link_under_test, true);
    wait_event(0, LINK_OFFLINE);
    unsigned held_count = link_offer(link_under_test, 1, NULL, held, 64);
    link_cut(link_under_test, false);
    wait_event(0, LINK_ONLINE);
    change(be_picky);
    break_schema("store.db");
    lease_slot(&held[0], 1); // finds it out
    wait_until(holds_four);
    ck_assert_uint_eq(files_like("store.db.damaged-*Z"), 1);
    ck_assert(link_online(link_under_test));
    for (unsigned i = 0; i < held_count; i++)
        ck_assert_int_eq(lease_slot(&held[i], 1).kind, LINK_TAKEN);
    struct booking after = book_offered(1);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&before), 1);
    ck_assert_uint_eq(stored_once(&after), 1);
}
END_TEST

// Another machine with our name was there first: nothing is sent, and what is held can still be booked.
START_TEST(test_another_store_of_our_name)
{
    start_online();
    stop();
    struct fake *fake = fake_read(agenda_file);
    fake->picky = true;
    booking_new_id(fake->store);
    fake_write(agenda_file, fake);
    free(fake);
    start_with(agenda, 5000);
    struct booking booking = book_offered(0);
    link_flush(link_under_test, 700);
    ck_assert(!link_online(link_under_test));
    ck_assert_uint_eq(link_queue(link_under_test), 1);
    ck_assert_uint_eq(stored_once(&booking), 0);
}
END_TEST

static bool nothing_leaked(void)
{
    struct fake *fake = fake_read(agenda_file);
    unsigned held = 0;
    for (int i = 0; i < FAKE_SLOTS; i++)
        held += strcmp(fake->slots[i].kiosk, "lobby-1") == 0;
    free(fake);
    return held == 4;
}

// The visitor hears "taken" in time; what the agenda leased all the same comes back to it.
START_TEST(test_lease_too_late_fault)
{
    start_with(agenda, 400);
    wait_event(0, LINK_ONLINE);
    change(slow_lease);
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    struct link_event event = lease_slot(&offer[count - 1], 1);
    ck_assert_int_eq(event.kind, LINK_TAKEN);
    ck_assert_int_eq(event.error.code, ERROR_TIMEOUT);
    fake_sleep(2500); // the old command has done its work, if it still lived
    change(quick_lease);
    struct fake *fake = fake_read(agenda_file); // as if it had
    text_copy(fake_find(fake, &offer[count - 1])->kiosk, MESSAGE_KIOSK_SIZE, "lobby-1");
    code_new(fake_find(fake, &offer[count - 1])->code);
    fake_write(agenda_file, fake);
    free(fake);
    link_flush(link_under_test, PATIENCE_MS);
    wait_until(nothing_leaked);
}
END_TEST

START_TEST(test_release_gives_back)
{
    start_online();
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    ck_assert_int_eq(lease_slot(&offer[count - 1], 1).kind, LINK_LEASED);
    link_release(link_under_test);
    wait_until(nothing_leaked);
    ck_assert_int_eq(lease_slot(&offer[count - 1], 1).kind, LINK_LEASED);
    link_release(link_under_test);
}
END_TEST

START_TEST(test_second_choice_replaces_the_first)
{
    start_online();
    struct slot offer[64];
    unsigned count = link_offer(link_under_test, 1, NULL, offer, 64);
    ck_assert_int_eq(lease_slot(&offer[count - 1], 1).kind, LINK_LEASED);
    ck_assert_int_eq(lease_slot(&offer[count - 2], 1).kind, LINK_LEASED);
    struct link_event leased = lease_slot(&offer[count - 2], 1); // a second touch
    ck_assert_int_eq(leased.kind, LINK_LEASED);
    struct booking booking = booking_for(&leased.lease, 1);
    ck_assert_int_eq(book(&booking).kind, LINK_BOOKED);
    link_release(link_under_test);
    link_flush(link_under_test, PATIENCE_MS);
    wait_until(nothing_leaked);
    ck_assert_uint_eq(stored_once(&booking), 1);
}
END_TEST

START_TEST(test_book_two_slots)
{
    start_online();
    struct slot offer[64];
    link_offer(link_under_test, 2, NULL, offer, 64);
    struct link_event leased = lease_slot(&offer[3], 2); // one held, one over the wire
    ck_assert_int_eq(leased.kind, LINK_LEASED);
    struct booking booking = booking_for(&leased.lease, 2);
    ck_assert_int_eq(book(&booking).kind, LINK_BOOKED);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&booking), 1);
    ck_assert_uint_eq(offered(1), 14);
}
END_TEST

START_TEST(test_book_callback)
{
    char code[CODE_SIZE];
    start_online();
    ck_assert_int_eq(link_spare_code(link_under_test, code), 0);
    struct lease none = {0};
    text_copy(none.code, CODE_SIZE, code);
    struct booking booking = booking_for(&none, 0);
    struct link_event booked = book(&booking);
    ck_assert_msg(booked.kind == LINK_BOOKED, "%s", booked.error.text);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&booking), 1);
}
END_TEST

START_TEST(test_book_without_reservation)
{
    start_online();
    struct slot offer[4];
    link_offer(link_under_test, 1, NULL, offer, 4);
    struct lease lease = {.slot = offer[0]};
    code_new(lease.code);
    struct booking booking = booking_for(&lease, 1);
    struct link_event failed = book(&booking);
    ck_assert_int_eq(failed.kind, LINK_BOOK_FAILED);
    ck_assert_int_eq(failed.error.code, ERROR_TAKEN);
    ck_assert_uint_eq(link_queue(link_under_test), 0);
}
END_TEST

static void another_agenda(struct fake *fake)
{
    booking_new_id(fake->id);
    seal_new_pair(&fake->pair);
}

// A stolen or replaced agenda gets nothing, and the kiosk goes on with what it holds.
START_TEST(test_another_agenda_is_refused)
{
    start_online();
    stop();
    change(another_agenda);
    start_with(agenda, 5000);
    struct booking booking = book_offered(0);
    link_flush(link_under_test, 1500);
    ck_assert(!link_online(link_under_test));
    ck_assert_uint_eq(link_queue(link_under_test), 1);
    ck_assert_uint_eq(stored_once(&booking), 0);
    struct fake *fake = fake_read(agenda_file);
    ck_assert_uint_eq(fake->accepts, 0);
    free(fake);
}
END_TEST

static void be_busy(struct fake *fake)
{
    fake->busy = true;
}

static void not_busy(struct fake *fake)
{
    fake->busy = false;
}

START_TEST(test_busy_agenda_is_asked_again_fault)
{
    start_online();
    change(be_busy);
    struct booking booking = book_offered(0);
    link_flush(link_under_test, 500);
    ck_assert_uint_eq(link_queue(link_under_test), 1);
    change(not_busy);
    link_flush(link_under_test, PATIENCE_MS);
    ck_assert_uint_eq(stored_once(&booking), 1);
}
END_TEST

START_TEST(test_silent_command_fault)
{
    start_online();
    stop();
    start_with("sleep 1000", 300);
    struct booking booking = book_offered(0); // is not held up
    ck_assert_uint_eq(link_queue(link_under_test), 1);
    ck_assert_uint_eq(stored_once(&booking), 0);
}
END_TEST

START_TEST(test_garbage_command_corrupt)
{
    start_with("sh -c 'yes nonsense'", 300);
    ck_assert_uint_eq(offered(1), 0);
    link_flush(link_under_test, 100);
    stop();
    start_with("sh -c 'head -c 3000000 /dev/zero; sleep 100'", 300);
    link_flush(link_under_test, 100);
    ck_assert(!link_online(link_under_test));
}
END_TEST

START_TEST(test_past_slots_are_not_offered)
{
    start_online();
    link_cut(link_under_test, true);
    wait_event(0, LINK_OFFLINE);
    clock_advance_ms((21 * 60 + 15) * 60 * 1000L); // 9.15 on the day
    ck_assert_uint_eq(offered(1), 3);
    clock_advance_ms(400L * 86400 * 1000);
    ck_assert_uint_eq(offered(1), 0);
}
END_TEST

START_TEST(test_many_offline_bookings_are_all_sent)
{
    start_online();
    link_cut(link_under_test, true);
    wait_event(0, LINK_OFFLINE);
    for (int i = 0; i < 4; i++)
        book_offered(0);
    ck_assert_uint_eq(offered(1), 0);
    ck_assert_uint_eq(link_queue(link_under_test), 4);
    link_cut(link_under_test, false);
    link_flush(link_under_test, PATIENCE_MS);
    struct fake *fake = fake_read(agenda_file);
    ck_assert_uint_eq(fake->booking_count, 4);
    free(fake);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "--serve") == 0)
        return fake_main(argv[2], argv[3]);
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return 2;
    Suite *suite = suite_create("link");
    TCase *tests = tcase_create("link");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_offer_online);
    tcase_add_test(tests, test_offer_prefers_who_speaks_the_language);
    tcase_add_test(tests, test_offer_is_cut_after_the_choice);
    tcase_add_test(tests, test_idle_connection_is_closed);
    tcase_add_test(tests, test_connection_is_kept_open);
    tcase_add_test(tests, test_no_news_wakes_nobody);
    tcase_add_test(tests, test_start_without_a_disk_fault);
    tcase_add_test(tests, test_book_online);
    tcase_add_test(tests, test_lease_taken);
    tcase_add_test(tests, test_offline_only_what_is_held);
    tcase_add_test(tests, test_delivery_after_the_agenda_was_missing);
    tcase_add_test(tests, test_answer_lost_fault);
    tcase_add_test(tests, test_lease_too_late_fault);
    tcase_add_test(tests, test_limit_of_the_agenda);
    tcase_add_test(tests, test_confirmed_before_a_restart);
    tcase_add_test(tests, test_store_breaks_while_running_corrupt);
    tcase_add_test(tests, test_another_store_of_our_name);
    tcase_add_test(tests, test_release_gives_back);
    tcase_add_test(tests, test_second_choice_replaces_the_first);
    tcase_add_test(tests, test_book_two_slots);
    tcase_add_test(tests, test_book_callback);
    tcase_add_test(tests, test_book_without_reservation);
    tcase_add_test(tests, test_another_agenda_is_refused);
    tcase_add_test(tests, test_busy_agenda_is_asked_again_fault);
    tcase_add_test(tests, test_silent_command_fault);
    tcase_add_test(tests, test_garbage_command_corrupt);
    tcase_add_test(tests, test_past_slots_are_not_offered);
    tcase_add_test(tests, test_many_offline_bookings_are_all_sent);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
