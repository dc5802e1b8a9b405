#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

#ifndef WEGWIJS_SHARE
#define WEGWIJS_SHARE "/usr/local/share/wegwijs"
#endif

#define SOURCE_LEVELS 4 // how far above the executable the source tree may be

static int code_of(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return ERROR_NOT_FOUND;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ERROR_FULL;
    default:
        return ERROR_IO;
    }
}

static int fail(struct error *error, const char *path, const char *what)
{
    int number = errno;
    return error_set(error, code_of(number), "\"%s\" %s: %s", path, what, strerror(number));
}

// Reads to the end, or one byte beyond `limit`, which is how a file that grows meanwhile is noticed.
static int read_all(int descriptor, size_t limit, struct text_buffer *content)
{
    char chunk[16384];
    while (content->length <= limit) {
        ssize_t got = read(descriptor, chunk, sizeof(chunk));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ERROR_IO;
        if (got == 0)
            break;
        text_buffer_add_bytes(content, chunk, (size_t)got);
    }
    memory_wipe(chunk, sizeof(chunk));
    return 0;
}

int file_read(const char *path, size_t limit, char **out, size_t *size, struct error *error)
{
    struct text_buffer content = {0};
    int result = 0;
    *out = NULL;
    *size = 0;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(error, path, "cannot be opened");
    if (read_all(descriptor, limit, &content) < 0) {
        result = fail(error, path, "cannot be read");
        goto cleanup;
    }
    if (content.length > limit) {
        result = error_set(error, ERROR_FULL, "\"%s\" is larger than %zu bytes", path, limit);
        goto cleanup;
    }
    text_buffer_add_bytes(&content, "", 0); // an empty file gives an empty text
    *out = content.text;
    *size = content.length;
    content = (struct text_buffer){0};
cleanup:
    text_buffer_wipe(&content);
    close(descriptor);
    return result;
}

static int write_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(descriptor, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return ERROR_IO;
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

// A file name is durable only when its folder is.
static int sync_folder_of(const char *path)
{
    char *folder = memory_copy_text(path);
    char *slash = strrchr(folder, '/');
    if (slash == folder)
        folder[1] = 0;
    else if (slash != NULL)
        *slash = 0;
    int descriptor = open(slash == NULL ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (descriptor < 0)
        return ERROR_IO;
    int result = fsync(descriptor);
    int number = errno;
    close(descriptor);
    errno = number;
    return result < 0 && number != EINVAL && number != EROFS ? ERROR_IO : 0; // some file systems cannot
}

int file_write(const char *path, const void *bytes, size_t size, mode_t mode, struct error *error)
{
    int result = 0;
    char *temporary = memory_format("%s.XXXXXX", path);
    int descriptor = mkostemp(temporary, O_CLOEXEC);
    if (descriptor < 0) {
        result = fail(error, path, "cannot be written");
        goto cleanup;
    }
    if (write_all(descriptor, bytes, size) < 0 || fchmod(descriptor, mode) < 0 || fsync(descriptor) < 0) {
        result = fail(error, path, "cannot be written");
        goto cleanup;
    }
    if (rename(temporary, path) < 0) {
        result = fail(error, path, "cannot be replaced");
        goto cleanup;
    }
    if (sync_folder_of(path) < 0)
        result = fail(error, path, "may not outlast a power cut");
cleanup:
    if (descriptor >= 0) {
        close(descriptor);
        if (result < 0)
            unlink(temporary);
    }
    free(temporary);
    return result;
}

// Network file systems know no renaming without replacing, sticks no links.
static int rename_new(const char *temporary, const char *path)
{
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return ERROR_IO;
    if (link(temporary, path) < 0)
        return ERROR_IO;
    unlink(temporary);
    return 0;
}

int file_publish(const char *temporary, const char *path, struct error *error)
{
    if (rename_new(temporary, path) < 0)
        return errno == EEXIST ? error_set(error, ERROR_REFUSED, "\"%s\" is already there", path)
                               : fail(error, path, "cannot be made");
    return sync_folder_of(path) < 0 ? fail(error, path, "may not outlast a power cut") : 0;
}

static int make_one(const char *path, mode_t mode)
{
    struct stat status;
    if (mkdir(path, mode) == 0)
        return 0;
    int number = errno;
    if (stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return 0;
        number = ENOTDIR;
    }
    errno = number;
    return ERROR_IO;
}

int file_make_folder(const char *path, mode_t mode, struct error *error)
{
    int result = 0;
    char *part = memory_copy_text(path);
    for (char *slash = part + strspn(part, "/"); result == 0; slash++) {
        slash = strchrnul(slash, '/');
        char after = *slash;
        *slash = 0;
        if (*part != 0 && make_one(part, mode) < 0) {
            struct error cause = ERROR_NONE;
            fail(&cause, path, "cannot be made a folder");
            result = error_set(error, ERROR_IO, "%s", cause.text);
        }
        if (after == 0)
            break;
        *slash = after;
    }
    free(part);
    return result;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

char *file_join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    if (length == 0 || *name == '/')
        return memory_copy_text(name);
    return memory_format("%s%s%s", folder, folder[length - 1] == '/' ? "" : "/", name);
}

// Cuts the last part of a path. False at the root.
static bool go_up(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path)
        return false;
    *slash = 0;
    return true;
}

static bool holds(const char *folder, const char *name)
{
    char *path = file_join(folder, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

// The source tree above the executable, or share/wegwijs beside its folder; false when there is neither.
static bool find_share(char *folder, size_t size)
{
    char executable[4096];
    ssize_t length = readlink("/proc/self/exe", executable, sizeof(executable) - 1);
    if (length <= 0)
        return false;
    executable[length] = 0;
    text_copy(folder, size, executable);
    for (int level = 0; level < SOURCE_LEVELS && go_up(folder); level++) {
        if (holds(folder, "lang/nl.po") && holds(folder, "assets"))
            return true;
    }
    if (!go_up(executable)) // its folder, bin
        return false;
    if (!go_up(executable)) // the prefix
        return false;
    return text_print(folder, size, "%s/share/wegwijs", executable) == 0 && file_exists(folder);
}

char *file_share(const char *name)
{
    char folder[4096];
    const char *chosen = getenv("WEGWIJS_SHARE");
    if (chosen != NULL && *chosen != 0)
        return file_join(chosen, name);
    return file_join(find_share(folder, sizeof(folder)) ? folder : WEGWIJS_SHARE, name);
}

char *file_user_data(const char *name)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (data != NULL && *data == '/') // the base directory specification wants it absolute
        return memory_format("%s/wegwijs/%s", data, name);
    return memory_format("%s/.local/share/wegwijs/%s", home != NULL && *home != 0 ? home : "/root", name);
}
