// links: src/base/day.c
#include "base/day.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

START_TEST(test_from_civil_known_days)
{
    ck_assert_int_eq(day_from_civil(1970, 1, 1), 0);
    ck_assert_int_eq(day_from_civil(1969, 12, 31), -1);
    ck_assert_int_eq(day_from_civil(2000, 3, 1), 11017);
    ck_assert_int_eq(day_from_civil(2026, 11, 24), 20781);
    ck_assert_int_eq(day_from_civil(1900, 1, 1), -25567);
}
END_TEST

START_TEST(test_civil_every_day)
{
    int32_t last = day_from_civil(2999, 12, 31);
    struct civil_date before = {1899, 12, 31};
    for (int32_t day = day_from_civil(1900, 1, 1); day <= last; day++) {
        struct civil_date date = day_civil(day);
        bool next = date.year == before.year && date.month == before.month && date.day == before.day + 1;
        bool turn =
            date.day == 1 && (date.month == before.month + 1 || (date.month == 1 && before.month == 12));
        ck_assert(next || turn);
        ck_assert(day_valid(date.year, date.month, date.day));
        ck_assert_int_eq(day_from_civil(date.year, date.month, date.day), day);
        if (turn)
            ck_assert(!day_valid(before.year, before.month, before.day + 1));
        before = date;
    }
}
END_TEST

START_TEST(test_valid_bounds)
{
    ck_assert(day_valid(2024, 2, 29));
    ck_assert(day_valid(2000, 2, 29));
    ck_assert(!day_valid(2100, 2, 29));
    ck_assert(!day_valid(2026, 2, 29));
    ck_assert(!day_valid(1899, 12, 31));
    ck_assert(!day_valid(3000, 1, 1));
    ck_assert(!day_valid(2026, 0, 1));
    ck_assert(!day_valid(2026, 13, 1));
    ck_assert(!day_valid(2026, 1, 0));
    ck_assert(!day_valid(2026, 4, 31));
}
END_TEST

START_TEST(test_weekday)
{
    ck_assert_int_eq(day_weekday(day_from_civil(2026, 11, 24)), 2); // a Tuesday
    ck_assert_int_eq(day_weekday(0), 4);
    ck_assert_int_eq(day_weekday(-1), 3);
    for (int32_t day = -4000; day < 4000; day++)
        ck_assert_int_eq(day_weekday(day + 1), day_weekday(day) % 7 + 1);
}
END_TEST

static const char *const easters[] = {
    "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
    "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2035-03-25",
    "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
};

START_TEST(test_easter_table)
{
    char text[DAY_TEXT_SIZE];
    day_format(day_easter((int)strtol(easters[_i], NULL, 10)), text);
    ck_assert_str_eq(text, easters[_i]);
}
END_TEST

START_TEST(test_easter_is_a_sunday_in_its_range)
{
    for (int year = 1900; year < 3000; year++) {
        int32_t easter = day_easter(year);
        ck_assert_int_eq(day_weekday(easter), 7);
        ck_assert_int_ge(easter, day_from_civil(year, 3, 22));
        ck_assert_int_le(easter, day_from_civil(year, 4, 25));
    }
}
END_TEST

static const char *const bad_days[] = {
    "",           "2026",       "2026-11-2",  "2026-11-240", "2026-11-24 ", " 2026-11-24",
    "2026/11/24", "2026-13-01", "2026-02-29", "2026-00-10",  "2026-01-00",  "-026-01-01",
    "+026-01-01", "2026-1-001", "1899-12-31", "3000-01-01",  "2026-11-2x",
};

START_TEST(test_parse_refuses)
{
    int32_t day = 5;
    ck_assert_int_eq(day_parse(bad_days[_i], &day), ERROR_INVALID);
    ck_assert_int_eq(day, 0);
}
END_TEST

START_TEST(test_parse_format)
{
    int32_t day = 0;
    char text[DAY_TEXT_SIZE];
    ck_assert_int_eq(day_parse("2024-02-29", &day), 0);
    ck_assert_int_eq(day, day_from_civil(2024, 2, 29));
    day_format(day, text);
    ck_assert_str_eq(text, "2024-02-29");
    ck_assert_int_eq(day_parse(NULL, &day), ERROR_INVALID);
}
END_TEST

static const char *const bad_moments[] = {
    "",
    "2026-11-24",
    "2026-11-24T",
    "2026-11-24T9:30",
    "2026-11-24 09:30",
    "2026-11-24T09:30:00",
    "2026-11-24T24:00",
    "2026-11-24T09:60",
    "2026-11-31T09:30",
    "2026-11-24T09:3",
    "2026-11-24T-1:30",
};

START_TEST(test_moment_parse_refuses)
{
    struct moment moment = {9, 9};
    ck_assert_int_eq(moment_parse(bad_moments[_i], &moment), ERROR_INVALID);
    ck_assert_int_eq(moment.day + moment.minute, 0);
}
END_TEST

static struct moment moment_of(const char *text)
{
    struct moment moment;
    ck_assert_int_eq(moment_parse(text, &moment), 0);
    return moment;
}

static void assert_moment(struct moment moment, const char *expected)
{
    char text[MOMENT_TEXT_SIZE];
    moment_format(moment, text);
    ck_assert_str_eq(text, expected);
}

START_TEST(test_moment_arithmetic)
{
    assert_moment(moment_of("2026-11-24T09:30"), "2026-11-24T09:30");
    assert_moment(moment_add(moment_of("2026-12-31T23:45"), 30), "2027-01-01T00:15");
    assert_moment(moment_add(moment_of("2026-03-01T00:10"), -20), "2026-02-28T23:50");
    assert_moment(moment_add(moment_of("2026-01-01T00:00"), 365 * DAY_MINUTES), "2027-01-01T00:00");
    ck_assert_int_lt(moment_compare(moment_of("2026-11-24T09:30"), moment_of("2026-11-24T09:31")), 0);
    ck_assert_int_gt(moment_compare(moment_of("2026-11-25T00:00"), moment_of("2026-11-24T23:59")), 0);
    ck_assert_int_eq(moment_compare(moment_of("2026-11-24T09:30"), moment_of("2026-11-24T09:30")), 0);
}
END_TEST

static const struct {
    const char *local, *utc;
} instants[] = {
    {"2026-11-24T09:30", "2026-11-24T08:30:00Z"}, {"2026-07-21T09:30", "2026-07-21T07:30:00Z"},
    {"2026-03-29T01:59", "2026-03-29T00:59:00Z"}, // before the skipped hour
    {"2026-03-29T03:00", "2026-03-29T01:00:00Z"}, {"2026-10-25T02:30", "2026-10-25T00:30:00Z"}, // the first
    {"2026-10-25T01:59", "2026-10-24T23:59:00Z"}, {"2026-10-25T03:00", "2026-10-25T02:00:00Z"},
    {"2027-01-01T00:30", "2026-12-31T23:30:00Z"}, {"2024-03-31T03:00", "2024-03-31T01:00:00Z"},
};

START_TEST(test_moment_to_instant_table)
{
    char text[INSTANT_TEXT_SIZE];
    int64_t instant = 0;
    instant_format(moment_to_instant(moment_of(instants[_i].local)), text);
    ck_assert_str_eq(text, instants[_i].utc);
    ck_assert_int_eq(instant_parse(instants[_i].utc, &instant), 0);
    assert_moment(moment_from_instant(instant), instants[_i].local);
}
END_TEST

START_TEST(test_moment_to_instant_skipped_hour)
{
    assert_moment(moment_from_instant(moment_to_instant(moment_of("2026-03-29T02:30"))), "2026-03-29T03:30");
    ck_assert_int_eq(moment_to_instant(moment_of("2026-03-29T02:00")),
                     moment_to_instant(moment_of("2026-03-29T03:00")));
}
END_TEST

// The time zone database of the system is the witness, every half hour of ten years and in 2100.
START_TEST(test_moment_from_instant_agrees_with_tzdata)
{
    static const int years[][2] = {{2020, 2030}, {2100, 2101}};
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    for (size_t i = 0; i < 2; i++) {
        time_t end = (time_t)day_from_civil(years[i][1], 1, 1) * 86400;
        for (time_t now = (time_t)day_from_civil(years[i][0], 1, 1) * 86400; now < end; now += 1800) {
            struct tm local;
            struct moment moment = moment_from_instant(now);
            struct civil_date date = day_civil(moment.day);
            localtime_r(&now, &local);
            ck_assert_int_eq(date.year, local.tm_year + 1900);
            ck_assert_int_eq(date.month, local.tm_mon + 1);
            ck_assert_int_eq(date.day, local.tm_mday);
            ck_assert_int_eq(moment.minute, local.tm_hour * 60 + local.tm_min);
        }
    }
}
END_TEST

static const char *const bad_instants[] = {
    "",
    "2026-11-24T08:30:00",
    "2026-11-24T08:30:60Z",
    "2026-11-24T08:30Z",
    "2026-11-24T08:30:00Zz",
    "2026-11-24T08:30:00+00:00",
};

START_TEST(test_instant_parse_refuses)
{
    int64_t instant = 3;
    ck_assert_int_eq(instant_parse(bad_instants[_i], &instant), ERROR_INVALID);
    ck_assert_int_eq(instant, 0);
}
END_TEST

START_TEST(test_instant_before_the_epoch)
{
    char text[INSTANT_TEXT_SIZE];
    int64_t instant = 0;
    instant_format(-1, text);
    ck_assert_str_eq(text, "1969-12-31T23:59:59Z");
    ck_assert_int_eq(instant_parse(text, &instant), 0);
    ck_assert_int_eq(instant, -1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("day");
    TCase *cases = tcase_create("day");
    tcase_add_test(cases, test_from_civil_known_days);
    tcase_add_test(cases, test_civil_every_day);
    tcase_add_test(cases, test_valid_bounds);
    tcase_add_test(cases, test_weekday);
    tcase_add_loop_test(cases, test_easter_table, 0, COUNT(easters));
    tcase_add_test(cases, test_easter_is_a_sunday_in_its_range);
    tcase_add_loop_test(cases, test_parse_refuses, 0, COUNT(bad_days));
    tcase_add_test(cases, test_parse_format);
    tcase_add_loop_test(cases, test_moment_parse_refuses, 0, COUNT(bad_moments));
    tcase_add_test(cases, test_moment_arithmetic);
    tcase_add_loop_test(cases, test_moment_to_instant_table, 0, COUNT(instants));
    tcase_add_test(cases, test_moment_to_instant_skipped_hour);
    tcase_add_test(cases, test_moment_from_instant_agrees_with_tzdata);
    tcase_add_loop_test(cases, test_instant_parse_refuses, 0, COUNT(bad_instants));
    tcase_add_test(cases, test_instant_before_the_epoch);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
