// links: src/base/day.c src/base/error.c
// Our rule of summer time against the C library and the time zone database.
#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "base/day.h"

#define HALF_HOUR 1800

static int32_t first, last;

static void set_up(void)
{
    first = day_from_civil(2020, 1, 1);
    last = day_from_civil(2040, 12, 31);
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
}

static struct moment library_moment(int64_t instant)
{
    time_t seconds = (time_t)instant;
    struct tm local;
    if (localtime_r(&seconds, &local) == NULL) // an assertion each time would take most of the time
        ck_abort();
    return (struct moment){day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday),
                           (int16_t)(local.tm_hour * 60 + local.tm_min)};
}

static bool zone_is_there(void)
{
    struct moment noon = library_moment((int64_t)day_from_civil(2027, 7, 1) * 86400);
    return noon.minute == 120; // midnight in Greenwich is 2 o'clock in a Belgian summer
}

START_TEST(test_from_instant_as_the_library)
{
    ck_assert_msg(zone_is_there(), "the time zone database has no Europe/Brussels");
    unsigned differ = 0;
    for (int64_t instant = (int64_t)first * 86400; instant < (int64_t)last * 86400; instant += HALF_HOUR)
        differ += moment_compare(moment_from_instant(instant), library_moment(instant)) != 0;
    ck_assert_uint_eq(differ, 0);
}
END_TEST

START_TEST(test_to_instant_as_the_library)
{
    unsigned differ = 0, skipped = 0, twice = 0;
    for (int32_t day = first; day <= last; day++) {
        for (int minute = 0; minute < DAY_MINUTES; minute += 30) {
            struct moment moment = {day, (int16_t)minute};
            int64_t instant = moment_to_instant(moment);
            struct moment back = library_moment(instant);
            if (moment_compare(back, moment) == 0) {
                twice += moment_compare(library_moment(instant + 3600), moment) == 0;
                differ += moment_compare(library_moment(instant - 3600), moment) == 0; // the first of the two
            } else { // a moment that does not exist is an hour later
                skipped++;
                differ += moment_compare(back, moment_add(moment, 60)) != 0;
            }
        }
    }
    ck_assert_uint_eq(differ, 0);
    ck_assert_uint_eq(skipped, 21 * 2); // 2:00 and 2:30, once in each of 21 springs
    ck_assert_uint_eq(twice, 21 * 2);
}
END_TEST

// An appointment two weeks from now stays at its hour on the wall, whatever night lies between.
START_TEST(test_hour_stays_across_both_nights)
{
    unsigned moved = 0;
    for (int32_t day = first; day + 14 <= last; day++) {
        struct moment later = {day + 14, 9 * 60 + 30};
        moved += moment_compare(library_moment(moment_to_instant(later)), later) != 0;
    }
    ck_assert_uint_eq(moved, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("summer_time");
    TCase *tests = tcase_create("summer_time");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, test_from_instant_as_the_library);
    tcase_add_test(tests, test_to_instant_as_the_library);
    tcase_add_test(tests, test_hour_stays_across_both_nights);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
