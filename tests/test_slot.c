// links: src/booking/slot.c src/base/day.c src/base/error.c
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "booking/slot.h"

static struct slot make(const char *guide, const char *start, int minutes)
{
    struct slot slot = {.minutes = minutes};
    memcpy(slot.guide, guide, strlen(guide) + 1);
    ck_assert_int_eq(moment_parse(start, &slot.start), 0);
    return slot;
}

START_TEST(test_compare_start_then_guide)
{
    struct slot early = make("karim", "2026-11-24T09:00", 30), late = make("els", "2026-11-24T09:30", 30);
    struct slot other = make("els", "2026-11-24T09:00", 30), next_day = make("els", "2026-11-25T08:00", 30);
    ck_assert_int_lt(slot_compare(&early, &late), 0);
    ck_assert_int_gt(slot_compare(&early, &other), 0);
    ck_assert_int_lt(slot_compare(&late, &next_day), 0);
    ck_assert_int_eq(slot_compare(&late, &late), 0);
}
END_TEST

START_TEST(test_same_needs_guide_and_start)
{
    struct slot a = make("els", "2026-11-24T09:00", 30), longer = make("els", "2026-11-24T09:00", 60);
    struct slot other = make("karim", "2026-11-24T09:00", 30);
    ck_assert(slot_same(&a, &longer));
    ck_assert(!slot_same(&a, &other));
}
END_TEST

START_TEST(test_follows)
{
    struct slot a = make("els", "2026-11-24T09:00", 30), b = make("els", "2026-11-24T09:30", 30);
    struct slot gap = make("els", "2026-11-24T10:00", 30), other = make("karim", "2026-11-24T09:30", 30);
    struct slot last = make("els", "2026-11-24T23:30", 30), midnight = make("els", "2026-11-25T00:00", 30);
    ck_assert(slot_follows(&a, &b));
    ck_assert(!slot_follows(&b, &a));
    ck_assert(!slot_follows(&a, &gap));
    ck_assert(!slot_follows(&a, &other));
    ck_assert(!slot_follows(&last, &midnight));
}
END_TEST

START_TEST(test_runs_by_guide)
{
    struct slot slots[] = {
        make("els", "2026-11-24T09:00", 30),   // 0
        make("karim", "2026-11-24T09:00", 30), // 1
        make("karim", "2026-11-24T09:30", 30), // 2
        make("els", "2026-11-24T10:00", 30),   // 3
        make("karim", "2026-11-24T10:00", 30), // 4
        make("els", "2026-11-24T10:30", 30),   // 5
        make("els", "2026-11-25T11:00", 30),   // 6
    };
    unsigned starts[7];
    ck_assert_uint_eq(slot_runs(slots, 7, 1, starts), 7);
    ck_assert_uint_eq(slot_runs(slots, 7, 2, starts), 3);
    ck_assert_uint_eq(starts[0], 1);
    ck_assert_uint_eq(starts[1], 2);
    ck_assert_uint_eq(starts[2], 3);
    ck_assert_uint_eq(slot_runs(slots, 7, 3, starts), 1);
    ck_assert_uint_eq(starts[0], 1);
    ck_assert_uint_eq(slot_runs(slots, 7, 4, starts), 0);
    ck_assert_uint_eq(slot_runs(slots, 0, 1, starts), 0);
}
END_TEST

static bool is_named(const char *guide, void *context)
{
    return context != NULL && strcmp(guide, context) == 0;
}

START_TEST(test_prefer_the_guide_who_speaks)
{
    const struct slot all[] = {
        make("els", "2026-11-24T09:00", 30),
        make("karim", "2026-11-24T09:00", 30),
        make("els", "2026-11-24T09:30", 30),
        make("karim", "2026-11-24T10:00", 30),
    };
    static const struct {
        const char *speaks, *first;
    } cases[] = {{"karim", "karim"}, {"els", "els"}, {"nobody", "els"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slot slots[4];
        memcpy(slots, all, sizeof all);
        char name[SLOT_GUIDE_SIZE];
        memcpy(name, cases[i].speaks, strlen(cases[i].speaks) + 1);
        ck_assert_uint_eq(slot_prefer(slots, 4, is_named, name), 3);
        ck_assert_str_eq(slots[0].guide, cases[i].first);
        ck_assert_str_eq(slots[1].guide, "els"); // the only one then
        ck_assert_str_eq(slots[2].guide, "karim");
    }
    ck_assert_uint_eq(slot_prefer(NULL, 0, is_named, NULL), 0);
}
END_TEST

START_TEST(test_guide_valid)
{
    ck_assert(slot_guide_valid("els"));
    ck_assert(slot_guide_valid("guide-2"));
    ck_assert(slot_guide_valid("abcdefghijklmnopqrstuvw"));
    ck_assert(!slot_guide_valid("abcdefghijklmnopqrstuvwx"));
    ck_assert(!slot_guide_valid(""));
    ck_assert(!slot_guide_valid("Els"));
    ck_assert(!slot_guide_valid("els d"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("slot");
    TCase *tests = tcase_create("slot");
    tcase_add_test(tests, test_compare_start_then_guide);
    tcase_add_test(tests, test_same_needs_guide_and_start);
    tcase_add_test(tests, test_follows);
    tcase_add_test(tests, test_runs_by_guide);
    tcase_add_test(tests, test_prefer_the_guide_who_speaks);
    tcase_add_test(tests, test_guide_valid);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
