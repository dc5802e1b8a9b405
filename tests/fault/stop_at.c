// Preloaded: stops a program with SIGKILL at its nth write, sync, rename or removal, before it is done, or
// with STOP_HALF after half of a write is done.
//   STOP_NAME   the program's name; others are left alone
//   STOP_AT     n, from 1; 0 or none: only counts
//   STOP_SPARE_OUTPUT  standard output is the test's own record: it does not count either
//   STOP_COUNT  a file that gets one byte for each step, so that its size is the number of steps
// Only steps on regular files and pipes count, standard error does not.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static long stop_at, step_count;
static int count_fd = -1;
static bool half, spare_output;

ssize_t write(int fd, const void *bytes, size_t size);
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset);
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset);

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("STOP_NAME"), *at = getenv("STOP_AT"), *file = getenv("STOP_COUNT");
    if (!name || strcmp(name, program_invocation_short_name) != 0)
        return;
    stop_at = at ? strtol(at, NULL, 10) : 0;
    half = getenv("STOP_HALF") != NULL;
    spare_output = getenv("STOP_SPARE_OUTPUT") != NULL;
    step_count = 0;
    if (file)
        count_fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (!file && stop_at == 0)
        stop_at = -1;
    else if (stop_at == 0)
        stop_at = -2;
}

// Whether this is the step at which to stop.
static bool is_last(int fd)
{
    struct stat status;
    if (stop_at == 0 || stop_at == -1 || fd == STDERR_FILENO || (spare_output && fd == STDOUT_FILENO) ||
        (fd >= 0 && fd == count_fd))
        return false;
    if (fd >= 0 && (fstat(fd, &status) != 0 || !(S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode))))
        return false;
    long step = __atomic_add_fetch(&step_count, 1, __ATOMIC_SEQ_CST);
    if (count_fd >= 0) {
        ssize_t (*real_write)(int, const void *, size_t) =
            (ssize_t(*)(int, const void *, size_t))real("write");
        ssize_t n = real_write(count_fd, ".", 1);
        (void)n;
    }
    return stop_at > 0 && step == stop_at;
}

static void stop(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t (*next)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))real("write");
    if (is_last(fd)) {
        if (half)
            next(fd, bytes, size / 2);
        stop();
    }
    return next(fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    ssize_t (*next)(int, const void *, size_t, off_t) =
        (ssize_t(*)(int, const void *, size_t, off_t))real("pwrite");
    if (is_last(fd)) {
        if (half)
            next(fd, bytes, size / 2, offset);
        stop();
    }
    return next(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    ssize_t (*next)(int, const void *, size_t, off64_t) =
        (ssize_t(*)(int, const void *, size_t, off64_t))real("pwrite64");
    if (is_last(fd)) {
        if (half)
            next(fd, bytes, size / 2, offset);
        stop();
    }
    return next(fd, bytes, size, offset);
}

int fsync(int fd)
{
    int (*next)(int) = (int (*)(int))real("fsync");
    if (is_last(fd))
        stop();
    return next(fd);
}

int fdatasync(int fd)
{
    int (*next)(int) = (int (*)(int))real("fdatasync");
    if (is_last(fd))
        stop();
    return next(fd);
}

int ftruncate(int fd, off_t length)
{
    int (*next)(int, off_t) = (int (*)(int, off_t))real("ftruncate");
    if (is_last(fd))
        stop();
    return next(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    int (*next)(int, off64_t) = (int (*)(int, off64_t))real("ftruncate64");
    if (is_last(fd))
        stop();
    return next(fd, length);
}

int unlink(const char *path)
{
    int (*next)(const char *) = (int (*)(const char *))real("unlink");
    if (is_last(-1))
        stop();
    return next(path);
}

int rename(const char *from, const char *to)
{
    int (*next)(const char *, const char *) = (int (*)(const char *, const char *))real("rename");
    if (is_last(-1))
        stop();
    return next(from, to);
}
