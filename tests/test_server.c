// links: src/sync/server.c src/sync/message_read.c src/sync/message_write.c src/booking/seal.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/clock.c src/base/log.c src/base/day.c src/base/error.c src/base/memory.c src/base/file.c src/base/utf8.c
// libs: -ljansson -lsodium
#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "fake_agenda.h"
#include "sync/server.h"

#include "base/banned.h"

// The server runs in a thread at one end of a socket pair; the test writes and reads at the other.
static int ends[2], server_code;
static pthread_t thread;
static struct fake_context *context;
static struct error error;
static char path[] = "/tmp/wegwijs-server-XXXXXX", got[1 << 20];
static int idle_ms;

static void *run(void *unused)
{
    (void)unused;
    const struct server_options options = {
        .in_fd = ends[1], .out_fd = ends[1], .kiosk = "lobby-1", .idle_ms = idle_ms};
    server_code = server_run(&options, &fake_ops, context, &error);
    shutdown(ends[1], SHUT_RDWR);
    return NULL;
}

static void start(int idle)
{
    idle_ms = idle;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, run, NULL), 0);
}

static int finish(void)
{
    shutdown(ends[0], SHUT_WR);
    pthread_join(thread, NULL);
    close(ends[0]);
    close(ends[1]);
    return server_code;
}

static void send_bytes(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(ends[0], bytes, size);
        ck_assert_int_gt(n, 0);
        bytes += n;
        size -= (size_t)n;
    }
}

// One line of the answer, without its newline.
static const char *answer(void)
{
    size_t length = 0;
    while (length < sizeof got - 1 && read(ends[0], got + length, 1) == 1 && got[length] != '\n')
        length++;
    got[length] = 0;
    return got;
}

static const char *ask(const char *line)
{
    send_bytes(line, strlen(line));
    send_bytes("\n", 1);
    return answer();
}

static const char hello[] = "{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"lobby-1\",\"version\":\"x\"}";

static void set_up(void)
{
    ck_assert_int_eq(seal_ready(&error), 0);
    log_quiet(true);
    signal(SIGPIPE, SIG_IGN);
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    context = memory_new(1, sizeof *context);
    context->path = path;
    context->kiosk = "lobby-1";
    fake_make(&context->fake);
    fake_write(path, &context->fake);
}

static void tear_down(void)
{
    free(context);
    unlink(path);
}

START_TEST(test_run_asks_for_a_hello)
{
    start(0);
    ck_assert_str_eq(
        ask("{\"request\":\"check\",\"code\":\"AAAAAA\"}"),
        "{\"answer\":\"error\",\"code\":\"request\",\"text\":\"a message has a wrong \\\"code\\\"\"}");
    ck_assert_str_eq(ask("{\"request\":\"sync\",\"want\":{\"leases\":1,\"codes\":1,\"days\":1}}"),
                     "{\"answer\":\"error\",\"code\":\"request\",\"text\":\"a hello comes first\"}");
    ck_assert_ptr_nonnull(strstr(ask(hello), "\"answer\":\"hello\""));
    ck_assert_ptr_nonnull(strstr(ask("{\"request\":\"sync\",\"want\":{\"leases\":1,\"codes\":1,\"days\":1}}"),
                                 "\"answer\":\"sync\""));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_refuses)
{
    start(0);
    ck_assert_str_eq(ask("{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"lobby-2\",\"version\":\"x\"}"),
                     "{\"answer\":\"error\",\"code\":\"request\",\"text\":\"this door is for kiosk "
                     "\\\"lobby-1\\\", not for \\\"lobby-2\\\"\"}");
    ck_assert_str_eq(ask("{\"request\":\"hello\",\"protocol\":3,\"kiosk\":\"lobby-1\",\"version\":\"x\"}"),
                     "{\"answer\":\"error\",\"code\":\"version\",\"text\":\"the kiosk speaks protocol 3, the "
                     "agenda protocol 1\"}");
    ask(hello);
    ck_assert_ptr_nonnull(strstr(ask("{\"request\":\"dance\"}"), "unknown request"));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

static void change(void (*how)(struct fake *fake))
{
    struct fake *fake = fake_read(path);
    how(fake);
    fake_write(path, fake);
    free(fake);
}

static void be_full(struct fake *fake)
{
    fake->full = true;
}

START_TEST(test_run_limit)
{
    start(0);
    ask(hello);
    change(be_full);
    ck_assert_str_eq(
        ask("{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\"}]}"),
        "{\"answer\":\"error\",\"code\":\"limit\",\"text\":\"enough for this hour\"}");
    // what is promised already is held all the same, and the answer says that there is no more
    ask("{\"request\":\"sync\",\"holds\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\"}],"
        "\"want\":{\"leases\":0,\"codes\":0,\"days\":1}}");
    ck_assert_ptr_nonnull(strstr(got, "\"leases\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\""));
    ck_assert_ptr_nonnull(strstr(got, "\"full\":true"));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

static void be_picky(struct fake *fake)
{
    fake->picky = true;
    booking_new_id(fake->store);
}

START_TEST(test_run_another_store)
{
    change(be_picky);
    start(0);
    ck_assert_str_eq(ask(hello),
                     "{\"answer\":\"error\",\"code\":\"request\",\"text\":\"another kiosk has that name\"}");
    ck_assert_ptr_nonnull(strstr(ask("{\"request\":\"sync\",\"want\":{\"leases\":1,\"codes\":1,\"days\":1}}"),
                                 "a hello comes first"));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_lease_and_taken)
{
    start(0);
    ask(hello);
    const char *lease =
        "{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\"}]}";
    ck_assert_ptr_nonnull(strstr(ask(lease), "\"answer\":\"lease\""));
    char *first = memory_copy_text(got);
    ck_assert_str_eq(ask(lease), first); // held already: the same code
    free(first);
    ck_assert_str_eq(
        ask("{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"2026-11-24T07:00\"}]}"),
        "{\"answer\":\"taken\"}");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

// A message that comes late cannot give back a lease that was taken anew: its code is another.
START_TEST(test_run_returned_needs_the_code)
{
    char code[CODE_SIZE], line[300];
    start(0);
    ask(hello);
    ask("{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\"}]}");
    code_new(code);
    text_print(
        line, sizeof line,
        "{\"request\":\"sync\",\"returned\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\",\"code\":"
        "\"%s\"}],\"want\":{\"leases\":0,\"codes\":0,\"days\":14}}",
        code);
    ck_assert_ptr_nonnull(strstr(ask(line), "\"leases\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\""));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_holds_are_leased_again)
{
    start(0);
    ask(hello);
    ask("{\"request\":\"sync\",\"holds\":[{\"guide\":\"els\",\"start\":\"2026-11-24T10:00\"}],\"want\":{"
        "\"leases\":"
        "0,\"codes\":0,\"days\":14}}");
    ck_assert_ptr_nonnull(strstr(got, "\"leases\":[{\"guide\":\"els\",\"start\":\"2026-11-24T10:00\""));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_long_line_corrupt)
{
    start(0);
    char *chunk = memory_new(1, 1 << 20);
    memset(chunk, 'x', 1 << 20);
    for (int i = 0; i < 20; i++)
        send_bytes(chunk, 1 << 20);
    ck_assert_str_eq(ask(""),
                     "{\"answer\":\"error\",\"code\":\"limit\",\"text\":\"a line is longer than 1 MiB\"}");
    ck_assert_ptr_nonnull(strstr(ask(hello), "\"answer\":\"hello\""));
    free(chunk);
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_exact_limit)
{
    start(0);
    char *line = memory_new(1, MESSAGE_LINE_MAX + 1);
    memset(line, ' ', MESSAGE_LINE_MAX);
    memcpy(line, hello, sizeof hello - 1);
    line[MESSAGE_LINE_MAX - 1] = 0; // with its newline exactly the limit
    ck_assert_ptr_nonnull(strstr(ask(line), "\"answer\":\"hello\""));
    line[MESSAGE_LINE_MAX - 1] = ' '; // one more
    ck_assert_ptr_nonnull(strstr(ask(line), "\"limit\""));
    free(line);
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_drip)
{
    start(0);
    for (size_t i = 0; i < sizeof hello - 1; i++)
        send_bytes(hello + i, 1);
    ck_assert_ptr_nonnull(strstr(ask(""), "\"answer\":\"hello\""));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_half_line_at_the_end)
{
    start(0);
    send_bytes(hello, 20);
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_zero_bytes_corrupt)
{
    start(0);
    send_bytes("\0\0{\"\0", 5);
    ck_assert_ptr_nonnull(strstr(ask(""), "\"error\""));
    ck_assert_ptr_nonnull(strstr(ask(hello), "\"answer\":\"hello\""));
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(test_run_many_lines_at_once)
{
    struct text_buffer lines = {0};
    start(0);
    for (int i = 0; i < 50; i++)
        text_buffer_addf(&lines, "%s\n", hello);
    send_bytes(lines.text, lines.length);
    for (int i = 0; i < 50; i++)
        ck_assert_ptr_nonnull(strstr(answer(), "\"answer\":\"hello\""));
    text_buffer_release(&lines);
    ck_assert_int_eq(finish(), 0);
}
END_TEST

// Bytes that drip without ever ending a line do not hold the server for ever.
START_TEST(test_run_silence)
{
    start(200);
    struct pollfd gone = {ends[0], POLLIN, 0};
    while (poll(&gone, 1, 20) == 0)
        if (write(ends[0], "x", 1) < 0)
            break;
    ck_assert_int_eq(finish(), ERROR_TIMEOUT);
}
END_TEST

START_TEST(test_run_reader_gone)
{
    start(0);
    send_bytes(hello, sizeof hello - 1);
    shutdown(ends[0], SHUT_RD);
    send_bytes("\n", 1);
    ck_assert_int_eq(finish(), ERROR_UNAVAILABLE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server");
    TCase *tests = tcase_create("server");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_run_asks_for_a_hello);
    tcase_add_test(tests, test_run_refuses);
    tcase_add_test(tests, test_run_limit);
    tcase_add_test(tests, test_run_another_store);
    tcase_add_test(tests, test_run_lease_and_taken);
    tcase_add_test(tests, test_run_returned_needs_the_code);
    tcase_add_test(tests, test_run_holds_are_leased_again);
    tcase_add_test(tests, test_run_long_line_corrupt);
    tcase_add_test(tests, test_run_exact_limit);
    tcase_add_test(tests, test_run_drip);
    tcase_add_test(tests, test_run_half_line_at_the_end);
    tcase_add_test(tests, test_run_zero_bytes_corrupt);
    tcase_add_test(tests, test_run_many_lines_at_once);
    tcase_add_test(tests, test_run_silence);
    tcase_add_test(tests, test_run_reader_gone);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
