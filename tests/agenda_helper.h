// For the agenda's tests: a fresh folder, an agenda with two guides, bookings of nobody.
#ifndef WEGWIJS_TESTS_AGENDA_HELPER_H
#define WEGWIJS_TESTS_AGENDA_HELPER_H

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agenda/agenda.h"
#include "agenda/hours.h"
#include "base/clock.h"
#include "base/memory.h"

#define HELPER_NOW "2026-11-23T08:00" // a Monday

static char helper_folder[64], helper_path[96];
static struct agenda *helper_agenda; // guide's role
static struct error helper_error;

static const char helper_hours[] = "slot-minutes: 30\n"
                                   "public-holidays: true\n"
                                   "guides:\n"
                                   "  - { id: els, name: Els, languages: [nl, ro] }\n"
                                   "  - { id: karim, name: Karim, languages: [nl, ar] }\n"
                                   "hours:\n"
                                   "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\" }\n"
                                   "  - { guide: els, day: donderdag, from: \"09:00\", to: \"12:00\" }\n"
                                   "  - { guide: karim, day: dinsdag, from: \"13:30\", to: \"15:30\" }\n";

static inline void helper_apply_hours(const char *text)
{
    struct presence *presence = NULL;
    struct hours_plan plan = {0};
    struct moment now;
    ck_assert_int_eq(moment_parse(HELPER_NOW, &now), 0);
    ck_assert_msg(presence_parse(&presence, "hours", text, strlen(text), &helper_error) == 0, "%s",
                  helper_error.text);
    ck_assert_msg(hours_apply(helper_agenda, presence, now.day, &plan, &helper_error) == 0, "%s",
                  helper_error.text);
    hours_plan_release(&plan);
    presence_free(presence);
}

static inline void helper_start(void)
{
    setenv("WEGWIJS_CLOCK", HELPER_NOW, 1);
    text_copy(helper_folder, sizeof(helper_folder), "/tmp/wegwijs-agenda-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(helper_folder));
    text_print(helper_path, sizeof(helper_path), "%s/agenda.db", helper_folder);
    helper_error = ERROR_NONE;
    ck_assert_msg(agenda_init(helper_path, &helper_error) == 0, "%s", helper_error.text);
    ck_assert_msg(agenda_open(&helper_agenda, helper_path, AGENDA_GUIDE, &helper_error) == 0, "%s",
                  helper_error.text);
    helper_apply_hours(helper_hours);
}

static inline void helper_stop(void)
{
    agenda_close(helper_agenda);
    helper_agenda = NULL;
    DIR *folder = opendir(helper_folder);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[512];
        text_print(path, sizeof(path), "%s/%s", helper_folder, entry->d_name);
        unlink(path);
    }
    if (folder != NULL)
        closedir(folder);
    rmdir(helper_folder);
}

static inline struct agenda *helper_serve(void)
{
    struct agenda *agenda = NULL;
    ck_assert_msg(agenda_open(&agenda, helper_path, AGENDA_SERVE, &helper_error) == 0, "%s",
                  helper_error.text);
    return agenda;
}

static inline struct slot helper_slot(const char *guide, const char *start)
{
    struct slot slot = {.minutes = 30};
    text_copy(slot.guide, sizeof(slot.guide), guide);
    ck_assert_int_eq(moment_parse(start, &slot.start), 0);
    return slot;
}

static inline struct moment helper_moment(const char *text)
{
    struct moment moment;
    ck_assert_int_eq(moment_parse(text, &moment), 0);
    return moment;
}

static inline struct booking helper_booking(const char *guide, const char *start, unsigned slots,
                                            const char *code)
{
    struct booking booking = {.kind = slots == 0 ? BOOKING_CALLBACK : BOOKING_SLOT, .slots = slots};
    booking_new_id(booking.id);
    text_copy(booking.code, sizeof(booking.code), code);
    if (slots > 0)
        booking.slot = helper_slot(guide, start);
    text_copy(booking.first_name, sizeof(booking.first_name), "Proef");
    text_copy(booking.last_name, sizeof(booking.last_name), "Persoon");
    text_copy(booking.phone, sizeof(booking.phone), "+32470000000");
    text_copy(booking.language, sizeof(booking.language), "ro");
    text_copy(booking.channel, sizeof(booking.channel), "kiosk");
    text_copy(booking.topics[0], BOOKING_WORD_SIZE, "dutch");
    text_copy(booking.topics[1], BOOKING_WORD_SIZE, "work");
    booking.topic_count = 2;
    text_copy(booking.answers[0].indicator, BOOKING_WORD_SIZE, "dutch");
    text_copy(booking.answers[0].answer, BOOKING_WORD_SIZE, "none");
    booking.answer_count = 1;
    booking.made = clock_instant();
    return booking;
}

// Leases the slots and books them from the kiosk.
static inline struct booking helper_kiosk_books(struct agenda *serve, const char *guide, const char *start,
                                                unsigned slots)
{
    struct slot wanted[4];
    struct agenda_lease leases[4];
    enum agenda_result result;
    wanted[0] = helper_slot(guide, start);
    for (unsigned i = 1; i < slots; i++) {
        wanted[i] = wanted[i - 1];
        wanted[i].start = moment_add(wanted[i].start, 30);
    }
    ck_assert_msg(agenda_lease(serve, "lobby-1", wanted, slots, leases, &helper_error) == 0, "%s",
                  helper_error.text);
    struct booking booking = helper_booking(guide, start, slots, leases[0].code);
    ck_assert_msg(agenda_accept(serve, "lobby-1", &booking, &result, &helper_error) == 0, "%s",
                  helper_error.text);
    ck_assert_int_eq(result, AGENDA_STORED);
    return booking;
}

#define HELPER_RUN(suite)                                                                                    \
    do {                                                                                                     \
        SRunner *runner = srunner_create(suite);                                                             \
        srunner_set_tap(runner, "-");                                                                        \
        srunner_run_all(runner, CK_SILENT);                                                                  \
        int failed = srunner_ntests_failed(runner);                                                          \
        srunner_free(runner);                                                                                \
        return failed != 0;                                                                                  \
    } while (0)

#endif
