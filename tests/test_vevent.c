// links: src/booking/vevent.c src/booking/code.c src/booking/slot.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lsodium -lical
#include <check.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "booking/vevent.h"

#define SUMMARY "Afspraak toeleider"
#define LOCATION "Gemeentehuis, Marktplein 1"

static struct error error;

static struct booking sample(const char *start, unsigned slots)
{
    struct booking booking = {
        .code = "K7M4QV", .kind = BOOKING_SLOT, .slots = slots, .slot = {.guide = "els", .minutes = 30}};
    ck_assert_int_eq(moment_parse(start, &booking.slot.start), 0);
    ck_assert_int_eq(instant_parse("2026-11-23T20:15:00Z", &booking.made), 0);
    return booking;
}

START_TEST(test_write_golden)
{
    struct booking booking = sample("2026-11-24T09:30", 2);
    char out[VEVENT_MAX + 1];
    ck_assert_int_eq(vevent_write(&booking, SUMMARY, LOCATION, VEVENT_MAX, out, sizeof out, &error), 0);
    ck_assert_str_eq(out, "BEGIN:VCALENDAR\r\n"
                          "VERSION:2.0\r\n"
                          "PRODID:W\r\n"
                          "BEGIN:VEVENT\r\n"
                          "UID:K7M4QV\r\n"
                          "DTSTAMP:20261123T201500Z\r\n"
                          "DTSTART:20261124T083000Z\r\n"
                          "DTEND:20261124T093000Z\r\n"
                          "SUMMARY:Afspraak toeleider\r\n"
                          "LOCATION:Gemeentehuis\\, Marktplein 1\r\n"
                          "END:VEVENT\r\n"
                          "END:VCALENDAR\r\n");
}
END_TEST

// What a phone's calendar does with it: read by a library that is not ours.
START_TEST(test_write_read_by_libical)
{
    struct booking booking = sample("2027-06-30T16:00", 1);
    char out[VEVENT_MAX + 1];
    ck_assert_int_eq(
        vevent_write(&booking, SUMMARY, "Huis; 't \"Oud\", 1\\2", VEVENT_MAX, out, sizeof out, &error), 0);
    icalcomponent *calendar = icalparser_parse_string(out);
    ck_assert_ptr_nonnull(calendar);
    ck_assert_int_eq(icalcomponent_count_errors(calendar), 0);
    ck_assert_int_ne(icalrestriction_check(calendar), 0);
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    ck_assert_ptr_nonnull(event);
    ck_assert_str_eq(icalcomponent_get_uid(event), "K7M4QV");
    ck_assert_str_eq(icalcomponent_get_summary(event), SUMMARY);
    ck_assert_str_eq(icalcomponent_get_location(event), "Huis; 't \"Oud\", 1\\2");
    ck_assert_str_eq(icaltime_as_ical_string(icalcomponent_get_dtstart(event)), "20270630T140000Z");
    ck_assert_str_eq(icaltime_as_ical_string(icalcomponent_get_dtend(event)), "20270630T143000Z");
    icalcomponent_free(calendar);
    icalmemory_free_ring();
}
END_TEST

// A talk stays at its hour on the wall across both nights of summer time.
START_TEST(test_write_summer_time)
{
    static const struct {
        const char *start, *written;
    } cases[] = {
        {"2027-03-27T09:30", "DTSTART:20270327T083000Z"}, {"2027-03-28T09:30", "DTSTART:20270328T073000Z"},
        {"2027-03-29T09:30", "DTSTART:20270329T073000Z"}, {"2027-10-30T09:30", "DTSTART:20271030T073000Z"},
        {"2027-10-31T09:30", "DTSTART:20271031T083000Z"}, {"2027-11-01T09:30", "DTSTART:20271101T083000Z"},
        {"2027-03-28T01:30", "DTSTART:20270328T003000Z"}, {"2027-03-28T03:00", "DTSTART:20270328T010000Z"},
        {"2027-10-31T02:30", "DTSTART:20271031T003000Z"}, {"2027-10-31T03:00", "DTSTART:20271031T020000Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct booking booking = sample(cases[i].start, 1);
        char out[VEVENT_MAX + 1];
        ck_assert_int_eq(vevent_write(&booking, SUMMARY, LOCATION, VEVENT_MAX, out, sizeof out, &error), 0);
        ck_assert_msg(strstr(out, cases[i].written) != NULL, "%s", cases[i].start);
    }
}
END_TEST

// The talk after the last hour of the spring night lasts as long as any other.
START_TEST(test_write_length_in_the_night)
{
    struct booking booking = sample("2027-03-28T01:30", 2);
    char out[VEVENT_MAX + 1];
    ck_assert_int_eq(vevent_write(&booking, "", "", VEVENT_MAX, out, sizeof out, &error), 0);
    ck_assert_ptr_nonnull(strstr(out, "DTEND:20270328T013000Z"));
}
END_TEST

START_TEST(test_write_fits_57_modules)
{
    struct booking booking = sample("2026-11-24T09:30", 1);
    char out[VEVENT_MAX + 1];
    ck_assert_int_eq(vevent_write(&booking, SUMMARY, LOCATION, VEVENT_57_MODULES, out, sizeof out, &error),
                     0);
    ck_assert_uint_le(strlen(out), VEVENT_57_MODULES);
    ck_assert_ptr_nonnull(strstr(out, "SUMMARY:Afspraak\r\nLOCATION:Gemeentehuis\r\n"));
}
END_TEST

START_TEST(test_write_shortens_what_is_missed_least)
{
    static const struct {
        const char *summary, *location, *written;
        size_t limit;
    } cases[] = {
        {"Afspraak toeleider", "Huis , Markt 1", "SUMMARY:Afspraak toeleider\r\nLOCATION:Huis\r\n", 212},
        {"Een twee", "Drie vier", "SUMMARY:Een twee\r\nLOCATION:Drie vier\r\n", 207},
        {"Een twee", "Drie vier", "SUMMARY:Een\r\nLOCATION:Drie vier\r\n", 206},
        {"Een twee", "Drie vier", "SUMMARY:Een\r\nLOCATION:Drie\r\n", 201},
        {"Een twee", "Drie vier", "SUMMARY:Een\r\nLOCATION:Dri\r\n", 196},
        {"", "Gemeentehuis", "SUMMARY:\r\nLOCATION:\r\n", 190},
    };
    struct booking booking = sample("2026-11-24T09:30", 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[VEVENT_MAX + 1];
        ck_assert_int_eq(vevent_write(&booking, cases[i].summary, cases[i].location, cases[i].limit, out,
                                      sizeof out, &error),
                         0);
        ck_assert_msg(strstr(out, cases[i].written) != NULL, "case %zu: %s", i, out);
    }
}
END_TEST

START_TEST(test_write_every_limit)
{
    struct booking booking = sample("2026-11-24T09:30", 1);
    for (size_t limit = 0; limit <= VEVENT_MAX; limit++) {
        char out[VEVENT_MAX + 1];
        int result = vevent_write(&booking, "Één afspraak: ą, ę; ț", "Ñandú, Marktplein 1, 1600 Ł", limit,
                                  out, sizeof out, &error);
        ck_assert_int_eq(result, limit < 190 ? ERROR_FULL : 0);
        ck_assert_uint_le(strlen(out), result == 0 ? limit : 0);
        if (result != 0)
            continue;
        ck_assert_ptr_nonnull(strstr(out, "UID:K7M4QV\r\n"));
        ck_assert_ptr_null(strstr(out, "\\\r\n")); // no escape is cut in two
        char code[CODE_SIZE];
        ck_assert_int_eq(code_read(out, code), 0);
        ck_assert_str_eq(code, "K7M4QV");
    }
}
END_TEST

START_TEST(test_write_small_buffer)
{
    struct booking booking = sample("2026-11-24T09:30", 1);
    for (size_t size = 0; size < 230; size++) {
        char *out = memory_new(size + 1, 1);
        int result = vevent_write(&booking, SUMMARY, LOCATION, VEVENT_MAX, out, size, &error);
        ck_assert(result == (size > 190 ? 0 : ERROR_FULL));
        free(out);
    }
}
END_TEST

START_TEST(test_write_long_texts_stay_unfolded)
{
    struct booking booking = sample("2026-11-24T09:30", 1);
    char text[200], out[600];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    ck_assert_int_eq(vevent_write(&booking, text, text, 500, out, sizeof out, &error), 0);
    for (const char *line = out; *line != '\0'; line = strstr(line, "\r\n") + 2)
        ck_assert_int_le(strstr(line, "\r\n") - line, 75);
}
END_TEST

START_TEST(test_write_callback_refused)
{
    struct booking booking = sample("2026-11-24T09:30", 0);
    booking.kind = BOOKING_CALLBACK;
    char out[VEVENT_MAX + 1] = "x";
    ck_assert_int_eq(vevent_write(&booking, SUMMARY, LOCATION, VEVENT_MAX, out, sizeof out, &error),
                     ERROR_INVALID);
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(test_escape)
{
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"", ""},
        {"a,b;c\\d\ne", "a\\,b\\;c\\\\d\\ne"},
        {"\ra\tb\x7f", "ab"},
        {"\xc3\xa9\xe2\x82\xac", "\xc3\xa9\xe2\x82\xac"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[40];
        vevent_escape(cases[i].text, out, sizeof out);
        ck_assert_str_eq(out, cases[i].escaped);
    }
    char small[4];
    vevent_escape("ab\xe2\x82\xac", small,
                  sizeof small); // the euro sign does not fit: nothing of it is written
    ck_assert_str_eq(small, "ab");
    vevent_escape("ab;", small, sizeof small);
    ck_assert_str_eq(small, "ab");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vevent");
    TCase *tests = tcase_create("vevent");
    tcase_add_test(tests, test_write_golden);
    tcase_add_test(tests, test_write_read_by_libical);
    tcase_add_test(tests, test_write_summer_time);
    tcase_add_test(tests, test_write_length_in_the_night);
    tcase_add_test(tests, test_write_fits_57_modules);
    tcase_add_test(tests, test_write_shortens_what_is_missed_least);
    tcase_add_test(tests, test_write_every_limit);
    tcase_add_test(tests, test_write_small_buffer);
    tcase_add_test(tests, test_write_long_texts_stay_unfolded);
    tcase_add_test(tests, test_write_callback_refused);
    tcase_add_test(tests, test_escape);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
