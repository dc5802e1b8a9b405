// links: src/kiosk/status.c src/base/file.c src/base/memory.c src/base/error.c src/base/log.c src/base/clock.c src/base/day.c
// libs: -ljansson
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "kiosk/status.h"

#include "base/banned.h"

static char folder[] = "/tmp/wegwijs-status-XXXXXX";
static struct status *status;
static struct error error;
static char *printed;
static size_t printed_size;

static const struct status_facts facts = {.started = 1795420800,
                                          .offline_since = 1795420900,
                                          .queue = 3,
                                          .leases = 12,
                                          .printer = "paper-low",
                                          .printer_says = "media-low"};

static int print(int64_t now)
{
    FILE *out = open_memstream(&printed, &printed_size);
    int result = status_print(folder, now, out, &error);
    fclose(out);
    return result;
}

static void start(void)
{
    error = ERROR_NONE;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_msg(status_start(&status, folder, &error) == 0, "%s", error.text);
}

static void put(const char *text)
{
    char *path = file_join(folder, STATUS_FILE);
    ck_assert_int_eq(file_write(path, text, strlen(text), S_IRUSR | S_IWUSR, &error), 0);
    free(path);
}

static void end(void)
{
    static const char *const names[] = {STATUS_FILE, "status.lock"};
    for (unsigned i = 0; i < 2; i++) {
        char *path = file_join(folder, names[i]);
        unlink(path);
        free(path);
    }
    ck_assert_int_eq(rmdir(folder), 0); // and nothing else was left there
    free(printed);
    printed = NULL;
}

START_TEST(test_print_none)
{
    start();
    ck_assert_int_eq(print(facts.started), ERROR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.text, "no kiosk has run on"));
    ck_assert_uint_eq(printed_size, 0);
    status_stop(status);
    end();
}
END_TEST

START_TEST(test_stop_writes_the_last)
{
    struct status_facts later = facts;
    later.queue = 4;
    later.last_visit = facts.started + 60;
    start();
    ck_assert(status_set(status, &facts));
    ck_assert(!status_set(status, &facts));
    ck_assert(status_set(status, &later));
    status_stop(status);
    ck_assert_int_eq(print(facts.started + 100), ERROR_UNAVAILABLE);
    ck_assert_msg(strstr(printed, "\"queue\":4") != NULL, "%s", printed);
    ck_assert_ptr_nonnull(strstr(printed, "\"leases\":12"));
    ck_assert_ptr_nonnull(strstr(printed, "\"agenda\":\"offline\""));
    ck_assert_ptr_nonnull(strstr(printed, "\"running\":false"));
    ck_assert_ptr_null(strstr(printed, "\"last_visit\":null"));
    ck_assert_ptr_nonnull(strchr(printed, '\n'));
    ck_assert_ptr_null(strchr(strchr(printed, '\n') + 1, '\n'));
    end();
}
END_TEST

START_TEST(test_print_running)
{
    start();
    put("{\"started\":\"2026-11-24T09:00:00Z\",\"written\":\"2026-11-24T09:01:00Z\"}");
    int64_t nine = 1795510800;
    ck_assert_msg(print(nine + 90) == 0, "%s", error.text);
    ck_assert_msg(strstr(printed, "\"running\":true") != NULL, "%s", printed);
    ck_assert_msg(strstr(printed, "\"age_s\":30") != NULL, "%s", printed);
    ck_assert_msg(strstr(printed, "\"uptime_s\":90") != NULL, "%s", printed);
    status_stop(status);
    end();
}
END_TEST

static const char *const damaged[] = {"", "{", "[1]", "\"text\"", "\xff\xfe"};

START_TEST(test_print_damaged)
{
    start();
    put(damaged[_i]);
    ck_assert_int_eq(print(0), ERROR_CORRUPT);
    ck_assert_uint_eq(printed_size, 0);
    status_stop(status);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("status");
    TCase *tests = tcase_create("status");
    tcase_add_test(tests, test_print_none);
    tcase_add_test(tests, test_stop_writes_the_last);
    tcase_add_test(tests, test_print_running);
    tcase_add_loop_test(tests, test_print_damaged, 0, sizeof damaged / sizeof damaged[0]);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
