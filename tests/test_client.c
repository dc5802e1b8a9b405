// links: src/sync/client.c src/sync/message_read.c src/sync/message_write.c src/booking/seal.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/process.c src/base/clock.c src/base/log.c src/base/day.c src/base/error.c src/base/memory.c src/base/file.c src/base/utf8.c
// libs: -ljansson -lsodium
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "sync/client.h"

#include "base/banned.h"

// The other end is a line of shell: it reads requests and says what the test wants.
#define HELLO                                                                                                \
    "{\"answer\":\"hello\",\"protocol\":1,\"agenda\":\"0123456789abcdef0123456789abcdef\",\"public_key\":"   \
    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"guides\":[]}"
#define SAY(line) "read -r request && echo '\\''" line "'\\'';"

static struct client *client;
static struct hello_answer answer;
static struct check_answer checked;
static struct check_request check = {"AAAAAA"};
static struct error error;

static void start(const char *script, int connect_ms, int answer_ms)
{
    char *command = memory_format("sh -c '%s'", script);
    const struct client_options options = {.command = command,
                                           .kiosk = "lobby-1",
                                           .version = "x",
                                           .connect_ms = connect_ms,
                                           .answer_ms = answer_ms};
    log_quiet(true);
    client = client_new(&options);
    free(command);
}

static void tear_down(void)
{
    hello_answer_release(&answer);
    client_free(client);
}

START_TEST(test_hello_and_reuse)
{
    start(SAY(HELLO) SAY("{\"answer\":\"check\",\"exists\":false}")
              SAY("{\"answer\":\"check\",\"exists\":true,\"state\":\"booked\"}"),
          10000, 10000);
    ck_assert(!client_connected(client));
    ck_assert_msg(client_hello(client, &answer, &error) == 0, "%s", error.text);
    ck_assert(client_connected(client));
    ck_assert_int_eq(client_check(client, &check, &checked, &error), 0);
    ck_assert(!checked.exists);
    ck_assert_int_eq(client_check(client, &check, &checked, &error), 0); // the same command
    ck_assert(checked.exists);
    ck_assert_int_eq(client_check(client, &check, &checked, &error), ERROR_UNAVAILABLE); // it has ended
    ck_assert(!client_connected(client));
}
END_TEST

START_TEST(test_hello_again_after_a_fault)
{
    start(SAY(HELLO), 10000, 10000);
    ck_assert_int_eq(client_hello(client, &answer, &error), 0);
    hello_answer_release(&answer);
    ck_assert_int_eq(client_check(client, &check, &checked, &error), ERROR_UNAVAILABLE);
    ck_assert_int_eq(client_hello(client, &answer, &error), 0);
}
END_TEST

START_TEST(test_without_hello)
{
    start("cat", 1000, 1000);
    ck_assert_int_eq(client_check(client, &check, &checked, &error), ERROR_UNAVAILABLE);
}
END_TEST

static const struct {
    const char *script;
    int code;
} bad[] = {
    {"exit 3", ERROR_UNAVAILABLE},
    {"cat", ERROR_INVALID},                                      // an echo is no answer
    {"sleep 100", ERROR_TIMEOUT},                                // silence
    {"printf half; sleep 100", ERROR_TIMEOUT},                   // half a line
    {"yes", ERROR_INVALID},                                      // too much
    {"head -c 2000000 /dev/zero; sleep 100", ERROR_INVALID},     // a line longer than 1 MiB
    {SAY(HELLO "\n" HELLO) "sleep 100", ERROR_INVALID},          // two answers
    {SAY("Welcome to this machine") "sleep 100", ERROR_INVALID}, // a banner
    {SAY("{\"answer\":\"hello\",\"protocol\":2}"), ERROR_VERSION},
    {SAY("{\"answer\":\"error\",\"code\":\"request\",\"text\":\"no\"}"), ERROR_REFUSED},
    {SAY("{\"answer\":\"error\",\"code\":\"limit\",\"text\":\"no\"}"), ERROR_FULL},
    {"trap \"\" TERM; sleep 100", ERROR_TIMEOUT}, // it does not want to end either
};

START_TEST(test_hello_fault)
{
    start(bad[_i].script, 300, 300);
    ck_assert_int_eq(client_hello(client, &answer, &error), bad[_i].code);
    ck_assert(!client_connected(client));
    ck_assert_uint_gt(strlen(error.text), 0);
}
END_TEST

START_TEST(test_command_missing)
{
    const struct client_options options = {
        .command = "/nonexistent/agenda serve", .kiosk = "lobby-1", .version = "x", .connect_ms = 300};
    client = client_new(&options);
    ck_assert_int_eq(client_hello(client, &answer, &error), ERROR_UNAVAILABLE);
}
END_TEST

static void *interrupt(void *unused)
{
    (void)unused;
    nanosleep(&(struct timespec){0, 100000000}, NULL);
    client_interrupt(client);
    return NULL;
}

START_TEST(test_interrupt)
{
    pthread_t thread;
    start("sleep 100", 600000, 600000);
    pthread_create(&thread, NULL, interrupt, NULL);
    ck_assert_int_eq(client_hello(client, &answer, &error), ERROR_UNAVAILABLE);
    pthread_join(thread, NULL);
}
END_TEST

START_TEST(test_interrupt_forgotten_by_hang_up)
{
    start(SAY(HELLO), 10000, 10000);
    client_interrupt(client);
    client_hang_up(client);
    ck_assert_int_eq(client_hello(client, &answer, &error), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client");
    TCase *tests = tcase_create("client");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, test_hello_and_reuse);
    tcase_add_test(tests, test_hello_again_after_a_fault);
    tcase_add_test(tests, test_without_hello);
    tcase_add_loop_test(tests, test_hello_fault, 0, sizeof bad / sizeof *bad);
    tcase_add_test(tests, test_command_missing);
    tcase_add_test(tests, test_interrupt);
    tcase_add_test(tests, test_interrupt_forgotten_by_hang_up);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
