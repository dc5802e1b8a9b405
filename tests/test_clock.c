// links: src/base/clock.c src/base/day.c
#include "base/clock.h"

#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "base/banned.h"

START_TEST(test_instant_is_the_system_time)
{
    unsetenv("WEGWIJS_CLOCK");
    time_t before = time(NULL);
    int64_t instant = clock_instant();
    time_t after = time(NULL);
    ck_assert_int_ge(instant, before - 1); // time() may read a coarser clock
    ck_assert_int_le(instant, after + 1);
}
END_TEST

START_TEST(test_clock_starts_where_told)
{
    char text[MOMENT_TEXT_SIZE];
    setenv("WEGWIJS_CLOCK", "2026-11-24T09:30", 1);
    moment_format(clock_moment(), text);
    ck_assert_str_eq(text, "2026-11-24T09:30");
    clock_advance_ms(45 * 60 * 1000);
    moment_format(clock_moment(), text);
    ck_assert_str_eq(text, "2026-11-24T10:15");
}
END_TEST

START_TEST(test_clock_ignores_nonsense)
{
    setenv("WEGWIJS_CLOCK", "tomorrow", 1);
    ck_assert_int_le(llabs((long long)(clock_instant() - time(NULL))), 1);
}
END_TEST

START_TEST(test_steady_advances_and_never_back)
{
    int64_t before = clock_steady_ms();
    clock_advance_ms(5000);
    int64_t after = clock_steady_ms();
    ck_assert_int_ge(after - before, 5000);
    clock_advance_ms(-100000);
    ck_assert_int_ge(clock_steady_ms(), after);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("clock");
    TCase *cases = tcase_create("clock");
    tcase_add_test(cases, test_instant_is_the_system_time);
    tcase_add_test(cases, test_clock_starts_where_told);
    tcase_add_test(cases, test_clock_ignores_nonsense);
    tcase_add_test(cases, test_steady_advances_and_never_back);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
