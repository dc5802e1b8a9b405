// links: src/kiosk/secrets.c src/base/process.c src/base/clock.c src/base/file.c src/base/log.c src/base/memory.c src/base/error.c src/base/day.c src/base/utf8.c
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "kiosk/secrets.h"

#include "base/banned.h"

static char folder[] = "/tmp/wegwijs-secrets-XXXXXX", store[64], key[64], command[256];
static struct error error;

static void make(const char *path, mode_t mode)
{
    int file = open(path, O_CREAT | O_WRONLY, 0600);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    log_quiet(true);
    setenv("HOME", folder, 1);
    text_print(store, sizeof store, "%s/store.db", folder);
    text_print(key, sizeof key, "%s/key", folder);
}

static void tear_down(void)
{
    char ssh[64], usual[96];
    text_print(ssh, sizeof ssh, "%s/.ssh", folder);
    text_print(usual, sizeof usual, "%s/id_ed25519", ssh);
    unlink(usual);
    rmdir(ssh);
    unlink(store);
    unlink(key);
    rmdir(folder);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

START_TEST(test_check_closes_the_store)
{
    struct stat status;
    make(store, 0644);
    ck_assert_int_eq(secrets_check(folder, "wegwijs-agenda serve --kiosk lobby-1", &error), 0);
    ck_assert_int_eq(stat(store, &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0600);
}
END_TEST

static const char *const commands[] = {"ssh -T -i ", "/usr/bin/ssh -i",
                                       "ssh -o IdentityFile=", "ssh -oIdentityFile="};

START_TEST(test_check_key_of_the_command)
{
    text_print(command, sizeof command, "%s%s els@pc", commands[_i], key);
    make(key, 0600);
    ck_assert_int_eq(secrets_check(folder, command, &error), 0);
    ck_assert_int_eq(chmod(key, 0640), 0);
    ck_assert_int_eq(secrets_check(folder, command, &error), ERROR_REFUSED);
    ck_assert_ptr_nonnull(strstr(error.text, "(mode 640); use chmod 600"));
    ck_assert_ptr_nonnull(strstr(error.text, key));
    ck_assert_int_eq(secrets_check(folder, "wegwijs-agenda serve -i /etc/passwd", &error), 0); // is no ssh
}
END_TEST

START_TEST(test_check_usual_key)
{
    char ssh[64], usual[96];
    text_print(ssh, sizeof ssh, "%s/.ssh", folder);
    text_print(usual, sizeof usual, "%s/id_ed25519", ssh);
    ck_assert_int_eq(mkdir(ssh, 0700), 0);
    make(usual, 0604);
    ck_assert_int_eq(secrets_check(folder, "ssh els@pc", &error), ERROR_REFUSED);
    ck_assert_int_eq(chmod(usual, 0600), 0);
    ck_assert_int_eq(secrets_check(folder, "ssh els@pc", &error), 0);
}
END_TEST

START_TEST(test_check_nothing_there)
{
    ck_assert_int_eq(secrets_check("/nonexistent", NULL, &error), 0);
    ck_assert_int_eq(secrets_check("/nonexistent", "ssh 'half a quote", &error), 0);
    ck_assert_int_eq(secrets_check("/nonexistent", "ssh -i", &error), 0);
    ck_assert_int_eq(secrets_check("/nonexistent", "ssh -i /nonexistent/key pc", &error), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("secrets");
    TCase *tests = tcase_create("secrets");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_check_closes_the_store);
    tcase_add_loop_test(tests, test_check_key_of_the_command, 0, (int)(sizeof commands / sizeof commands[0]));
    tcase_add_test(tests, test_check_usual_key);
    tcase_add_test(tests, test_check_nothing_there);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
