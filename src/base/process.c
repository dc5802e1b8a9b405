#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

#define TERM_GRACE_MS 1000 // between SIGTERM and SIGKILL
#define POLL_STEP_MS 10

// One word of a command line: moves *at behind it and writes it to *out. False for an open quote.
static bool take_word(const char **at, char **out)
{
    char quote = 0;
    const char *from = *at;
    for (; *from != 0 && (quote != 0 || strchr(" \t\r\n", *from) == NULL); from++) {
        if (quote == 0 && (*from == '\'' || *from == '"')) {
            quote = *from;
        } else if (quote != 0 && *from == quote) {
            quote = 0;
        } else if (*from == '\\' && quote != '\'' &&
                   (quote == 0 || (from[1] != 0 && strchr("\\\"$`", from[1]) != NULL))) {
            if (from[1] == 0)
                return false;
            *(*out)++ = *++from;
        } else {
            *(*out)++ = *from;
        }
    }
    *(*out)++ = 0;
    *at = from;
    return quote == 0;
}

int process_split(const char *command, char ***argv, struct error *error)
{
    // Words take at most every second byte; the pointers and the text share one block.
    size_t length = strlen(command), most = length / 2 + 2, count = 0;
    char **block = memory_new(1, most * sizeof(char *) + length + 2);
    char *out = (char *)(block + most);
    *argv = NULL;
    for (const char *at = command + strspn(command, " \t\r\n"); *at != 0; at += strspn(at, " \t\r\n")) {
        block[count++] = out;
        if (!take_word(&at, &out)) {
            free(block);
            return error_set(error, ERROR_INVALID, "the command \"%s\" ends inside a quote", command);
        }
    }
    if (count == 0) {
        free(block);
        return error_set(error, ERROR_INVALID, "the command is empty");
    }
    *argv = block;
    return 0;
}

// The program beside this executable, when there is one; else the name itself, for PATH. The caller frees.
static char *find_program(const char *name)
{
    char folder[4096];
    ssize_t length = readlink("/proc/self/exe", folder, sizeof(folder) - 1);
    if (length <= 0 || strchr(name, '/') != NULL)
        return memory_copy_text(name);
    folder[length] = 0;
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        *slash = 0;
    char *beside = memory_format("%s/%s", folder, name);
    if (access(beside, X_OK) == 0)
        return beside;
    free(beside);
    return memory_copy_text(name);
}

// Three pipes: what the child reads, what it writes, and what keeps it from starting.
enum { PIPE_INPUT, PIPE_OUTPUT, PIPE_FAULT, PIPES };
enum { READ_END, WRITE_END };

static void close_pipe(int ends[2])
{
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
        ends[i] = -1;
    }
}

// Lifts a descriptor above the standard three, so that the child's dup2 overwrites none that it still needs.
static int lift(int *descriptor)
{
    if (*descriptor > STDERR_FILENO)
        return 0;
    int lifted = fcntl(*descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (lifted < 0)
        return ERROR_IO;
    close(*descriptor);
    *descriptor = lifted;
    return 0;
}

static int open_pipes(int pipes[PIPES][2])
{
    for (int i = 0; i < PIPES; i++) {
        if (pipe2(pipes[i], O_CLOEXEC) < 0)
            return ERROR_IO;
        if (lift(&pipes[i][READ_END]) < 0 || lift(&pipes[i][WRITE_END]) < 0)
            return ERROR_IO;
    }
    return 0;
}

// Only calls that are safe after fork in a program with threads (signal-safety(7)).
static _Noreturn void run_child(char *const argv[], const char *program, int pipes[PIPES][2], pid_t parent)
{
    int fault = pipes[PIPE_FAULT][WRITE_END];
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) // it died before the signal was asked for
        _exit(127);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(pipes[PIPE_INPUT][READ_END], STDIN_FILENO) >= 0 &&
        dup2(pipes[PIPE_OUTPUT][WRITE_END], STDOUT_FILENO) >= 0) {
        close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
        execvp(program, argv);
    }
    int number = errno;
    ssize_t written = write(fault, &number, sizeof(number));
    (void)written;
    _exit(127);
}

// Waits for the end of the fault pipe, which execve closes: 0, or the child's errno.
static int read_fault(int descriptor)
{
    int number = 0;
    ssize_t got = 0;
    do
        got = read(descriptor, &number, sizeof(number));
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof(number) ? number : 0;
}

static pid_t reap(pid_t pid, int *status, int flags)
{
    pid_t got = 0;
    do
        got = waitpid(pid, status, flags);
    while (got < 0 && errno == EINTR);
    return got;
}

static int set_non_blocking(int descriptor)
{
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 ? ERROR_IO : 0;
}

int process_start(struct process *process, char *const argv[], struct error *error)
{
    int pipes[PIPES][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    int result = 0;
    char *program = find_program(argv[0]);
    pid_t parent = getpid();
    *process = PROCESS_NONE;
    signal(SIGPIPE, SIG_IGN); // a child that went away is EPIPE at the next write, not our end
    if (open_pipes(pipes) < 0 || set_non_blocking(pipes[PIPE_INPUT][WRITE_END]) < 0 ||
        set_non_blocking(pipes[PIPE_OUTPUT][READ_END]) < 0) {
        result = error_set(error, ERROR_IO, "no pipe for \"%s\": %s", argv[0], strerror(errno));
        goto cleanup;
    }
    pid_t pid = fork();
    if (pid == 0)
        run_child(argv, program, pipes, parent);
    if (pid < 0) {
        result = error_set(error, ERROR_IO, "\"%s\" cannot be started: %s", argv[0], strerror(errno));
        goto cleanup;
    }
    setpgid(pid, pid); // as the child does: whoever comes first
    close(pipes[PIPE_FAULT][WRITE_END]);
    pipes[PIPE_FAULT][WRITE_END] = -1;
    int number = read_fault(pipes[PIPE_FAULT][READ_END]);
    if (number != 0) {
        reap(pid, NULL, 0);
        result = error_set(error, number == ENOENT ? ERROR_NOT_FOUND : ERROR_IO,
                           "\"%s\" cannot be started: %s", argv[0], strerror(number));
        goto cleanup;
    }
    *process = (struct process){pid, pipes[PIPE_INPUT][WRITE_END], pipes[PIPE_OUTPUT][READ_END]};
    pipes[PIPE_INPUT][WRITE_END] = pipes[PIPE_OUTPUT][READ_END] = -1;
cleanup:
    for (int i = 0; i < PIPES; i++)
        close_pipe(pipes[i]);
    free(program);
    return result;
}

// Waits up to `timeout_ms` for the child's end, without reaping: until then its number, which is also its
// group's, cannot be given to another process.
static bool has_ended(pid_t pid, int timeout_ms)
{
    const struct timespec step = {0, POLL_STEP_MS * 1000000L};
    for (int waited = 0;; waited += POLL_STEP_MS) {
        siginfo_t info = {0};
        int result = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
        if ((result == 0 && info.si_pid == pid) || (result < 0 && errno == ECHILD))
            return true;
        if (waited >= timeout_ms)
            return false;
        nanosleep(&step, NULL);
    }
}

int process_stop(struct process *process, int grace_ms)
{
    int status = 0;
    pid_t pid = process->pid;
    if (process->input >= 0)
        close(process->input);
    if (process->output >= 0)
        close(process->output);
    *process = PROCESS_NONE;
    if (pid <= 0)
        return 0;
    if (!has_ended(pid, grace_ms)) {
        kill(-pid, SIGTERM);
        has_ended(pid, TERM_GRACE_MS);
    }
    kill(-pid, SIGKILL); // the child, or what it left behind in its group
    if (reap(pid, &status, 0) < 0)
        return 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
