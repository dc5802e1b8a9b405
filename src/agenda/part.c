#include "agenda/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

static int fail_part(int number, const char *path, struct error *error)
{
    if (number == ENOENT || number == ENOTDIR)
        return error_set(error, ERROR_NOT_FOUND, "there is no folder for \"%s\"", path);
    return error_set(error, number == ENOSPC || number == EDQUOT ? ERROR_FULL : ERROR_IO,
                     "\"%s\" cannot be made: %s", path, strerror(number));
}

// What one that was cut off leaves: nothing, a hole, or the beginning of a database.
static bool may_empty(int descriptor)
{
    char start[16] = "";
    static const char hole[sizeof(start)] = "", database[] = "SQLite format 3";
    return pread(descriptor, start, sizeof(start), 0) < (ssize_t)sizeof(start) ||
           memcmp(start, hole, sizeof(start)) == 0 || memcmp(start, database, sizeof(start)) == 0;
}

static bool same_file(int descriptor, const char *path)
{
    struct stat held, named;
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

// A log under the new name is of another database, whose last changes may stand only there; SQLite would
// write it into this one when it is opened.
static int refuse_name(const char *path, struct error *error)
{
    static const char *const suffixes[] = {"", "-wal", "-journal"};
    int code = 0;
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]) && code == 0; i++) {
        char *name = memory_format("%s%s", path, suffixes[i]);
        if (file_exists(name))
            code = error_set(error, ERROR_REFUSED, "\"%s\" is already there", name);
        free(name);
    }
    return code;
}

// The descriptor that holds it, or negative. Whoever held it before may have given it its name meanwhile:
// then it is another file.
static int take(const char *part, const char *path, struct error *error)
{
    if (refuse_name(path, error) < 0)
        return ERROR_REFUSED;
    int descriptor = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return fail_part(errno, path, error);
    int code = 0;
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !same_file(descriptor, part))
        code = error_set(error, ERROR_TIMEOUT, "\"%s\" is being made", path);
    else if (!may_empty(descriptor))
        code = error_set(error, ERROR_REFUSED, "\"%s\" is already there", part);
    else if (ftruncate(descriptor, 0) != 0 || fchmod(descriptor, 0600) != 0)
        code = fail_part(errno, path, error);
    if (code < 0)
        close(descriptor);
    return code < 0 ? code : descriptor;
}

// What SQLite leaves beside it, and the file `itself`.
static void sweep(const char *part, bool itself)
{
    static const char *const suffixes[] = {"-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        char *name = memory_format("%s%s", part, suffixes[i]);
        unlink(name);
        free(name);
    }
    if (itself)
        unlink(part);
}

int part_make(const char *path, part_fill *fill, void *context, struct error *error)
{
    char *part = memory_format("%s.part", path);
    int descriptor = take(part, path, error);
    int code = descriptor < 0 ? descriptor : 0;
    if (code == 0) {
        sweep(part, false);
        code = fill(context, part, path, error);
        if (code == 0)
            code = file_publish(part, path, error);
        sweep(part, code < 0);
        close(descriptor); // last: closing any descriptor of a file ends SQLite's locks on it
    }
    free(part);
    return code;
}
