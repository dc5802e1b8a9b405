// links: src/base/process.c src/base/memory.c src/base/error.c
#include "base/process.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static struct error error;

static const struct {
    const char *command;
    const char *words[6];
} splits[] = {
    {"a", {"a"}},
    {"  a  b\t c\n", {"a", "b", "c"}},
    {"a 'b c' d", {"a", "b c", "d"}},
    {"a \"b c\" d", {"a", "b c", "d"}},
    {"a'b'\"c\"d", {"abcd"}},
    {"a '' \"\" b", {"a", "", "", "b"}},
    {"a\\ b c\\'d", {"a b", "c'd"}},
    {"'a\\b' \"a\\b\" \"a\\\"b\"", {"a\\b", "a\\b", "a\"b"}},
    {"ssh -o 'ProxyCommand=nc %h \"1\"' x", {"ssh", "-o", "ProxyCommand=nc %h \"1\"", "x"}},
    {"a $HOME ~ *", {"a", "$HOME", "~", "*"}},
    {"''", {""}},
    {"a b c d e", {"a", "b", "c", "d", "e"}},
};

START_TEST(test_split_table)
{
    char **argv = NULL;
    ck_assert_int_eq(process_split(splits[_i].command, &argv, &error), 0);
    size_t i = 0;
    for (; splits[_i].words[i] != NULL; i++)
        ck_assert_str_eq(argv[i], splits[_i].words[i]);
    ck_assert_ptr_null(argv[i]);
    free(argv);
}
END_TEST

static const char *const bad_commands[] = {"", "  \t", "a 'b", "a \"b", "a \\", "'", "a \"b\\"};

START_TEST(test_split_refuses)
{
    char **argv = (char **)&error;
    ck_assert_int_eq(process_split(bad_commands[_i], &argv, &error), ERROR_INVALID);
    ck_assert_ptr_null(argv);
}
END_TEST

static void start(struct process *process, const char *script)
{
    char *argv[] = {"sh", "-c", (char *)script, NULL};
    ck_assert_msg(process_start(process, argv, &error) == 0, "%s", error.text);
}

// Reads until the end of output, or until `size` is full.
static void read_output(const struct process *process, char *out, size_t size)
{
    size_t length = 0;
    for (;;) {
        struct pollfd wait = {.fd = process->output, .events = POLLIN};
        ck_assert_int_gt(poll(&wait, 1, 10000), 0);
        ssize_t got = read(process->output, out + length, size - 1 - length);
        ck_assert_int_ge(got, 0);
        if (got == 0)
            break;
        length += (size_t)got;
    }
    out[length] = 0;
}

START_TEST(test_start_speaks_both_ways)
{
    struct process process;
    char out[64];
    start(&process, "read line; echo \"got $line\"");
    ck_assert_int_eq(write(process.input, "hello\n", 6), 6);
    read_output(&process, out, sizeof(out));
    ck_assert_str_eq(out, "got hello\n");
    ck_assert_int_eq(process_stop(&process, 5000), 0);
    ck_assert_int_eq(process.pid, 0);
    ck_assert_int_eq(process.input, -1);
    ck_assert_int_eq(process.output, -1);
}
END_TEST

START_TEST(test_start_not_found)
{
    char *argv[] = {"wegwijs-no-such-program", NULL};
    struct process process;
    ck_assert_int_eq(process_start(&process, argv, &error), ERROR_NOT_FOUND);
    ck_assert_str_eq(error.text, "\"wegwijs-no-such-program\" cannot be started: No such file or directory");
    ck_assert_int_eq(process.pid, 0);
    ck_assert_int_lt(waitpid(-1, NULL, WNOHANG), 0); // nothing left to reap
}
END_TEST

START_TEST(test_start_not_executable)
{
    char *argv[] = {"/etc/passwd", NULL};
    struct process process;
    ck_assert_int_eq(process_start(&process, argv, &error), ERROR_IO);
    ck_assert_str_eq(error.text, "\"/etc/passwd\" cannot be started: Permission denied");
}
END_TEST

START_TEST(test_start_pipes_do_not_block)
{
    struct process process;
    char byte;
    start(&process, "read line");
    ck_assert_int_lt(read(process.output, &byte, 1), 0);
    ck_assert_int_eq(errno, EAGAIN);
    ck_assert(fcntl(process.input, F_GETFL) & O_NONBLOCK);
    ck_assert(fcntl(process.input, F_GETFD) & FD_CLOEXEC);
    ck_assert(fcntl(process.output, F_GETFD) & FD_CLOEXEC);
    process_stop(&process, 5000);
}
END_TEST

START_TEST(test_start_gives_no_other_descriptor)
{
    struct process process;
    char out[256];
    int leaked = dup2(STDERR_FILENO, 77);
    ck_assert_int_eq(leaked, 77);
    start(&process, "ls /proc/self/fd | sort -n | tr '\\n' ' '");
    read_output(&process, out, sizeof(out));
    ck_assert_str_eq(out, "0 1 2 3 "); // 3 is the folder that ls reads
    process_stop(&process, 5000);
}
END_TEST

START_TEST(test_start_without_standard_descriptors)
{
    struct process process;
    char out[64];
    int kept[3];
    for (int i = 0; i < 3; i++) {
        kept[i] = fcntl(i, F_DUPFD_CLOEXEC, 50);
        close(i);
    }
    char *argv[] = {"sh", "-c", "read line; echo \"$line\"", NULL};
    int result = process_start(&process, argv, &error);
    for (int i = 0; i < 3; i++) {
        if (process.input == i || process.output == i)
            result = -100;
        else
            dup2(kept[i], i);
    }
    ck_assert_int_eq(result, 0);
    ck_assert_int_eq(write(process.input, "x\n", 2), 2);
    read_output(&process, out, sizeof(out));
    ck_assert_str_eq(out, "x\n");
    process_stop(&process, 5000);
}
END_TEST

START_TEST(test_write_to_ended_child)
{
    struct process process;
    char out[8];
    start(&process, "exec 0<&-; exit 0");
    read_output(&process, out, sizeof(out));
    ssize_t written = 0;
    while ((written = write(process.input, "x", 1)) > 0) // the child may not have closed it yet
        continue;
    ck_assert_int_eq(errno, EPIPE); // and no SIGPIPE
    process_stop(&process, 5000);
}
END_TEST

START_TEST(test_child_has_default_sigpipe)
{
    struct process process;
    char out[64];
    start(&process, "sh -c 'kill -PIPE $$'; echo $?");
    read_output(&process, out, sizeof(out));
    ck_assert_str_eq(out, "141\n");
    process_stop(&process, 5000);
}
END_TEST

static const struct {
    const char *script;
    int grace_ms, status;
} stops[] = {
    {"exit 0", 5000, 0},
    {"exit 7", 5000, 7},
    {"kill -KILL $$", 5000, 128 + SIGKILL},
    {"read line; exit 3", 5000, 3}, // our closing of the pipe ends it
    {"exec sleep 100", 0, 128 + SIGTERM},
    {"trap '' TERM; echo ready; while :; do sleep 0.1; done", 0, 128 + SIGKILL},
};

START_TEST(test_stop_status)
{
    struct process process;
    start(&process, stops[_i].script);
    if (strstr(stops[_i].script, "ready") != NULL) {
        struct pollfd wait = {.fd = process.output, .events = POLLIN};
        ck_assert_int_eq(poll(&wait, 1, 10000), 1);
    }
    ck_assert_int_eq(process_stop(&process, stops[_i].grace_ms), stops[_i].status);
}
END_TEST

START_TEST(test_stop_ends_the_whole_group)
{
    struct process process;
    char line[32] = "";
    start(&process, "sleep 1000 & echo $!; exec sleep 1000");
    struct pollfd wait = {.fd = process.output, .events = POLLIN};
    ck_assert_int_eq(poll(&wait, 1, 10000), 1);
    ck_assert_int_gt(read(process.output, line, sizeof(line) - 1), 0);
    pid_t grandchild = (pid_t)strtol(line, NULL, 10);
    ck_assert_int_eq(kill(grandchild, 0), 0);
    process_stop(&process, 0);
    bool gone = false;
    for (int i = 0; i < 1000 && !gone; i++) { // until init has reaped it, or it is a zombie
        char path[64], state[512] = "";
        text_print(path, sizeof(path), "/proc/%d/stat", (int)grandchild);
        FILE *file = fopen(path, "r");
        gone = file == NULL || fgets(state, sizeof(state), file) == NULL || strstr(state, ") Z ") != NULL;
        if (file != NULL)
            fclose(file);
        if (!gone)
            usleep(10000);
    }
    ck_assert(gone);
}
END_TEST

START_TEST(test_stop_none)
{
    struct process process = PROCESS_NONE;
    ck_assert_int_eq(process_stop(&process, 0), 0);
}
END_TEST

// A parent that is killed takes its child along: the child's end of the pipe closes.
START_TEST(test_child_does_not_outlive_a_killed_parent)
{
    int ends[2];
    char byte;
    ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
    pid_t parent = fork();
    if (parent == 0) {
        struct process process;
        char *argv[] = {"sh", "-c", "echo ready; exec sleep 1000", NULL};
        process_start(&process, argv, NULL);
        struct pollfd wait = {.fd = process.output, .events = POLLIN};
        poll(&wait, 1, 10000);
        ssize_t written = write(ends[1], &process.pid, sizeof(process.pid));
        (void)written;
        pause();
    }
    pid_t child = 0;
    ck_assert_int_eq(read(ends[0], &child, sizeof(child)), sizeof(child));
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    char path[64];
    text_print(path, sizeof(path), "/proc/%d/cmdline", (int)child);
    bool gone = false;
    for (int i = 0; i < 1000 && !gone; i++) { // a zombie's command line is empty
        int descriptor = open(path, O_RDONLY | O_CLOEXEC);
        gone = descriptor < 0 || read(descriptor, &byte, 1) <= 0;
        if (descriptor >= 0)
            close(descriptor);
        if (!gone)
            usleep(10000);
    }
    ck_assert(gone);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("process");
    TCase *cases = tcase_create("process");
    tcase_add_loop_test(cases, test_split_table, 0, COUNT(splits));
    tcase_add_loop_test(cases, test_split_refuses, 0, COUNT(bad_commands));
    tcase_add_test(cases, test_start_speaks_both_ways);
    tcase_add_test(cases, test_start_not_found);
    tcase_add_test(cases, test_start_not_executable);
    tcase_add_test(cases, test_start_pipes_do_not_block);
    tcase_add_test(cases, test_start_gives_no_other_descriptor);
    tcase_add_test(cases, test_start_without_standard_descriptors);
    tcase_add_test(cases, test_write_to_ended_child);
    tcase_add_test(cases, test_child_has_default_sigpipe);
    tcase_add_loop_test(cases, test_stop_status, 0, COUNT(stops));
    tcase_add_test(cases, test_stop_ends_the_whole_group);
    tcase_add_test(cases, test_stop_none);
    tcase_add_test(cases, test_child_does_not_outlive_a_killed_parent);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
