// links: src/base/notify.c
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/notify.h"

static int listen_at(const char *path)
{
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path, strlen(path));
    unlink(path);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

START_TEST(test_notify_ready_reaches_socket)
{
    char folder[] = "/tmp/notify-XXXXXX", path[64], got[128] = "";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/s", folder);
    int fd = listen_at(path);
    setenv("NOTIFY_SOCKET", path, 1);
    notify_ready("showing start");
    ck_assert_int_gt((int)recv(fd, got, sizeof got - 1, MSG_DONTWAIT), 0);
    ck_assert_str_eq(got, "READY=1\nSTATUS=showing start\n");
    notify_alive();
    memset(got, 0, sizeof got);
    ck_assert_int_gt((int)recv(fd, got, sizeof got - 1, MSG_DONTWAIT), 0);
    ck_assert_str_eq(got, "WATCHDOG=1\n");
    close(fd);
    unlink(path);
    rmdir(folder);
}
END_TEST

START_TEST(test_notify_nobody_listens)
{
    unsetenv("NOTIFY_SOCKET");
    notify_ready(NULL);
    setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
    notify_alive();
    setenv("NOTIFY_SOCKET", "relative", 1);
    notify_alive();
}
END_TEST

START_TEST(test_notify_interval_table)
{
    static const struct {
        const char *usec;
        int ms;
    } cases[] = {{"20000000", 10000},        {"1", 1}, {"0", 0}, {"", 0}, {"-", 0}, {"20x", 0},
                 {"99999999999999999999", 0}};
    setenv("NOTIFY_SOCKET", "/run/x", 1);
    setenv("WATCHDOG_USEC", cases[_i].usec, 1);
    ck_assert_int_eq(notify_interval_ms(), cases[_i].ms);
    unsetenv("NOTIFY_SOCKET");
    ck_assert_int_eq(notify_interval_ms(), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("notify");
    TCase *tests = tcase_create("notify");
    tcase_add_test(tests, test_notify_ready_reaches_socket);
    tcase_add_test(tests, test_notify_nobody_listens);
    tcase_add_loop_test(tests, test_notify_interval_table, 0, 7);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
