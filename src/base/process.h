// Child processes with piped standard input and output; standard error is inherited.
// One owner thread a process.
#ifndef WEGWIJS_BASE_PROCESS_H
#define WEGWIJS_BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

struct process {
    pid_t pid;  // 0 when there is none
    int input;  // we write here: the child's standard input; -1 when closed
    int output; // we read here: the child's standard output; -1 when closed
};
#define PROCESS_NONE ((struct process){0, -1, -1})

// Splits a command line as a shell would, without expansion: words, '…', "…", backslash. The result is one
// block ending in NULL that the caller frees with free(). ERROR_INVALID for an open quote or no word.
int process_split(const char *command, char ***argv, struct error *error);

// Starts argv[0] (searched in PATH, and first in the folder of this executable) in its own process group,
// with every other descriptor closed. A child that cannot be executed is reported here, with its errno
// carried over a close-on-exec pipe. Both pipes are non-blocking on our side and close-on-exec. Makes this
// program ignore SIGPIPE. The child gets SIGTERM when the thread that started it ends (prctl(2)): start it
// from a thread that lives as long as it.
int process_start(struct process *process, char *const argv[], struct error *error);

// Closes the pipes, waits up to grace_ms, then SIGTERM, then SIGKILL to the group. Returns the exit status,
// or 128 + the signal.
int process_stop(struct process *process, int grace_ms);

#endif
