// links: src/base/log.c src/base/clock.c src/base/day.c
#include "base/log.h"

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

static char line[4096];
static int ends[2];

// From now on standard error is a pipe.
static void catch_log(void)
{
    setenv("WEGWIJS_CLOCK", "2026-11-24T09:30", 1);
    unsetenv("JOURNAL_STREAM");
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
}

static const char *caught(void)
{
    ssize_t got = read(ends[0], line, sizeof(line) - 1);
    line[got < 0 ? 0 : got] = 0;
    return line;
}

START_TEST(test_lines_have_time_and_level)
{
    catch_log();
    log_error("printer %d", 7);
    ck_assert_str_eq(caught(), "2026-11-24T08:30:00Z error: printer 7\n");
    log_warning("slow");
    ck_assert_ptr_nonnull(strstr(caught(), "Z warning: slow\n"));
    log_info("started");
    ck_assert_ptr_nonnull(strstr(caught(), "Z info: started\n"));
}
END_TEST

START_TEST(test_journal_has_priorities)
{
    char stream[64];
    struct stat status;
    catch_log();
    ck_assert_int_eq(fstat(STDERR_FILENO, &status), 0);
    snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
    setenv("JOURNAL_STREAM", stream, 1);
    log_error("a");
    ck_assert_str_eq(caught(), "<3>a\n");
    log_warning("b");
    ck_assert_str_eq(caught(), "<4>b\n");
    log_info("c");
    ck_assert_str_eq(caught(), "<6>c\n");
    setenv("JOURNAL_STREAM", "1:1", 1); // somebody else's
    log_error("d");
    ck_assert_ptr_nonnull(strstr(caught(), "error: d\n"));
}
END_TEST

START_TEST(test_one_message_is_one_line)
{
    catch_log();
    log_error("a\nb\tc\x1b[31m%s", "é");
    ck_assert_ptr_nonnull(strstr(caught(), "error: a b c [31mé\n"));
}
END_TEST

START_TEST(test_long_message_is_cut)
{
    char text[3000];
    catch_log();
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = 0;
    log_error("%s", text);
    ck_assert_uint_le(strlen(caught()), 1024);
    ck_assert_str_eq(line + strlen(line) - 2, "x\n");
}
END_TEST

START_TEST(test_long_message_is_cut_between_characters)
{
    char text[3001] = "";
    catch_log();
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + 3 * i, "€", 3);
    for (int lead = 0; lead < 3; lead++) {
        log_error("%.*s%s", lead, "aa", text);
        const char *at = strstr(caught(), "€");
        ck_assert_ptr_nonnull(at);
        ck_assert_uint_eq(strcspn(at, "\n") % 3, 0);
        ck_assert_uint_gt(strlen(line), 1000);
    }
}
END_TEST

START_TEST(test_quiet_drops_info_only)
{
    catch_log();
    log_quiet(true);
    log_info("dropped");
    log_warning("kept");
    ck_assert_ptr_null(strstr(caught(), "dropped"));
    ck_assert_ptr_nonnull(strstr(line, "kept"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log");
    TCase *cases = tcase_create("log");
    tcase_add_test(cases, test_lines_have_time_and_level);
    tcase_add_test(cases, test_journal_has_priorities);
    tcase_add_test(cases, test_one_message_is_one_line);
    tcase_add_test(cases, test_long_message_is_cut);
    tcase_add_test(cases, test_long_message_is_cut_between_characters);
    tcase_add_test(cases, test_quiet_drops_info_only);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
