// links: src/agenda/agenda.c src/agenda/part.c src/agenda/schema.c src/agenda/sql.c src/agenda/slots.c src/agenda/accept.c src/agenda/admit.c src/agenda/hours.c src/agenda/hours_read.c src/agenda/list.c src/agenda/work.c src/agenda/follow.c src/agenda/care.c src/agenda/check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/booking/seal.c src/booking/presence.c src/booking/presence_file.c src/base/config.c src/base/database.c src/base/file.c src/base/memory.c src/base/error.c src/base/clock.c src/base/day.c src/base/utf8.c src/agenda/report.c src/agenda/bag.c src/agenda/import.c src/agenda/purge.c
// libs: -lsqlite3 -lsodium -ljansson -lcyaml -lyaml
// The council's table: the slides' figures, and wrong files.
#include "agenda_helper.h"

#include "agenda/private.h"
#include "agenda/report.h"
#include "base/file.h"

#include "base/banned.h"

static void import_seed(void)
{
    char *bytes = NULL;
    size_t size = 0;
    unsigned rows = 0;
    ck_assert_msg(file_read("tests/data/counts.csv", 1 << 20, &bytes, &size, &helper_error) == 0, "%s",
                  helper_error.text);
    ck_assert_msg(report_import(helper_agenda, "counts.csv", bytes, size, &rows, &helper_error) == 0, "%s",
                  helper_error.text);
    ck_assert_uint_eq(rows, 16);
    free(bytes);
}

START_TEST(test_report_of_the_slides)
{
    static const struct {
        const char *month;
        int64_t walk_in, letter, all;
    } slides[] = {{"2016-01", 17, 15, 32}, {"2016-02", 32, 11, 43}, {"2016-03", 23, 2, 25},
                  {"2016-04", 38, 22, 60}, {"2016-05", 83, 16, 99}, {"2016-06", 72, 0, 72},
                  {"2016-07", 39, 0, 39}};
    struct report report = {0};
    import_seed();
    ck_assert_int_eq(report_make(helper_agenda, "2016-01", "2016-07", &report, &helper_error), 0);
    for (size_t i = 0; i < sizeof(slides) / sizeof(slides[0]); i++) {
        ck_assert_int_eq(report_sum(&report, "reached", slides[i].month, NULL, "walk-in"), slides[i].walk_in);
        ck_assert_int_eq(report_sum(&report, "reached", slides[i].month, NULL, "letter"), slides[i].letter);
        ck_assert_int_eq(report_sum(&report, "reached", slides[i].month, NULL, NULL), slides[i].all);
    }
    ck_assert_int_eq(report_sum(&report, "reached", NULL, NULL, NULL), 370);
    ck_assert_int_eq(report_sum(&report, "talks", NULL, NULL, NULL), 0);
    ck_assert_int_eq(report_make(helper_agenda, "2014-11", "2015-12", &report, &helper_error), 0);
    ck_assert_int_eq(report_sum(&report, "talks", NULL, NULL, NULL), 7 + 6 + 39 + 33);
    report_release(&report);
}
END_TEST

START_TEST(test_import_twice_refused)
{
    char *bytes = NULL;
    size_t size = 0;
    unsigned rows = 0;
    import_seed();
    ck_assert_int_eq(file_read("tests/data/counts.csv", 1 << 20, &bytes, &size, &helper_error), 0);
    ck_assert_int_eq(report_import(helper_agenda, "counts.csv", bytes, size, &rows, &helper_error),
                     ERROR_REFUSED);
    free(bytes);
}
END_TEST

START_TEST(test_import_names_the_wrong_line)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "x.csv:1: "},
        {"month,what,channel\n", "x.csv:1: the heading"},
        {"month,what,channel,count\n", "x.csv:2: there is no count"},
        {"month,what,channel,count\n2016-13,reached,letter,1\n", "x.csv:2: the month"},
        {"month,what,channel,count\n2016-01,reached,letter,1\n2016-02,reached,letter,-1\n",
         "x.csv:3: the count"},
        {"month,what,channel,count\n2016-01,reached,letter,1e3\n", "x.csv:2: the count"},
        {"month,what,channel,count\n2016-01,reached,letter,99999999999999999999\n", "x.csv:2: the count"},
        {"month,what,channel,count\n2016-01,,letter,1\n", "x.csv:2: what is counted"},
        {"month,what,channel,count\n2016-01,reached,De Brief,1\n", "x.csv:2: the channel"},
        {"month,what,channel,count\n2016-01,reached,letter,1,2\n", "x.csv:2: four fields"},
        {"month,what,channel,count\n2016-01,reached,letter\n", "x.csv:2: four fields"},
        {"month,what,channel,count\n2016-01,reached,letter,1\n2016-01,reached,letter,2\n",
         "x.csv:3: this month"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        unsigned rows = 9;
        struct report report = {0};
        ck_assert_int_eq(
            report_import(helper_agenda, "x.csv", cases[i].text, strlen(cases[i].text), &rows, &helper_error),
            ERROR_INVALID);
        ck_assert_msg(strncmp(helper_error.text, cases[i].says, strlen(cases[i].says)) == 0, "%s",
                      helper_error.text);
        ck_assert_uint_eq(rows, 0);
        ck_assert_int_eq(report_make(helper_agenda, "2016-01", "2016-12", &report, &helper_error), 0);
        ck_assert_uint_eq(report.count, 0); // nothing of it was taken in
    }
}
END_TEST

START_TEST(test_import_semicolons_and_bom)
{
    static const char text[] = "\xEF\xBB\xBFmonth;what;channel;count\r\n2016-01;reached;letter;7\r\n";
    struct report report = {0};
    unsigned rows = 0;
    ck_assert_int_eq(report_import(helper_agenda, "x.csv", text, sizeof(text) - 1, &rows, &helper_error), 0);
    ck_assert_int_eq(report_make(helper_agenda, "2016-01", "2016-01", &report, &helper_error), 0);
    ck_assert_int_eq(report_sum(&report, "reached", NULL, NULL, "letter"), 7);
    report_release(&report);
}
END_TEST

START_TEST(test_report_months_refused)
{
    struct report report = {0};
    ck_assert_int_eq(report_make(helper_agenda, "2016-07", "2016-01", &report, &helper_error), ERROR_INVALID);
    ck_assert_int_eq(report_make(helper_agenda, "2016-1", "2016-02", &report, &helper_error), ERROR_INVALID);
    ck_assert_int_eq(report_make(helper_agenda, "2016-00", "2016-02", &report, &helper_error), ERROR_INVALID);
}
END_TEST

START_TEST(test_median)
{
    struct report_row rows[] = {
        {"2026-11", "wait", "2", "", 3}, {"2026-11", "wait", "10", "", 2}, {"2026-11", "wait", "4", "", 1}};
    struct report report = {rows, 3, 3};
    ck_assert_double_eq(report_median(&report, "wait"), 3.0); // 2 2 2 4 10 10
    ck_assert_double_eq(report_median(&report, "nothing"), -1.0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agenda_report");
    TCase *tests = tcase_create("report");
    tcase_add_checked_fixture(tests, helper_start, helper_stop);
    tcase_add_test(tests, test_report_of_the_slides);
    tcase_add_test(tests, test_import_twice_refused);
    tcase_add_test(tests, test_import_names_the_wrong_line);
    tcase_add_test(tests, test_import_semicolons_and_bom);
    tcase_add_test(tests, test_report_months_refused);
    tcase_add_test(tests, test_median);
    suite_add_tcase(suite, tests);
    HELPER_RUN(suite);
}
