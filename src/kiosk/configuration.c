#include "kiosk/configuration.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define FILE_LIMIT ((size_t)8 * 1024 * 1024)
#define KEPT "good"
#define KEPT_NEW "good.new"

// ---- the mark: a sum, so that the order in which a folder tells its files does not count

static uint64_t hash(const void *bytes, size_t size)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "wegwijs: config";
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t value = 0;
    crypto_shorthash(out, bytes, size, key);
    memcpy(&value, out, sizeof value);
    return value;
}

static uint64_t mark_folder(const char *folder)
{
    uint64_t sum = hash(folder, strlen(folder));
    DIR *open = opendir(folder);
    const struct dirent *entry = NULL;
    while (open != NULL && (entry = readdir(open)) != NULL) {
        struct stat about;
        if (entry->d_name[0] == '.' || fstatat(dirfd(open), entry->d_name, &about, 0) != 0)
            continue;
        char *line =
            memory_format("%s/%s %lld %lld.%09ld %llu %o", folder, entry->d_name, (long long)about.st_size,
                          (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec,
                          (unsigned long long)about.st_ino, (unsigned)about.st_mode);
        sum += hash(line, strlen(line));
        free(line);
    }
    if (open != NULL)
        closedir(open);
    return sum;
}

uint64_t configuration_mark(const char *folder)
{
    static const char *const shared[] = {"lang", "assets/pictograms", "assets/voice"};
    uint64_t sum = mark_folder(folder);
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        char *path = file_share(shared[i]);
        sum = sum * 31 + mark_folder(path);
        free(path);
    }
    return sum;
}

// ---- the last good copy

static int copy_file(const char *from_folder, const char *name, const char *to_folder, struct error *error)
{
    char *from = file_join(from_folder, name), *to = file_join(to_folder, name), *bytes = NULL;
    size_t size = 0;
    int result = file_read(from, FILE_LIMIT, &bytes, &size, error);
    if (result == 0)
        result = file_write(to, bytes, size, S_IRUSR | S_IWUSR, error);
    free(bytes);
    free(from);
    free(to);
    return result;
}

static bool is_catalog(const char *name)
{
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".po") == 0 && strncmp(name, "agenda-", 7) != 0;
}

static int copy_texts(const char *to_folder, struct error *error)
{
    char *from = file_share("lang"), *to = file_join(to_folder, "lang");
    int result = file_make_folder(to, S_IRWXU, error);
    DIR *open = opendir(from);
    const struct dirent *entry = NULL;
    while (result == 0 && open != NULL && (entry = readdir(open)) != NULL)
        if (is_catalog(entry->d_name))
            result = copy_file(from, entry->d_name, to, error);
    if (open != NULL)
        closedir(open);
    free(from);
    free(to);
    return result;
}

static void remove_folder(const char *folder)
{
    DIR *open = opendir(folder);
    const struct dirent *entry = NULL;
    while (open != NULL && (entry = readdir(open)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = file_join(folder, entry->d_name);
        if (unlink(path) != 0 && errno == EISDIR)
            remove_folder(path);
        free(path);
    }
    if (open != NULL)
        closedir(open);
    (void)rmdir(folder);
}

int configuration_keep(const char *folder, const char *shield, const char *data, struct error *error)
{
    char *kept = file_join(data, KEPT), *fresh = file_join(data, KEPT_NEW);
    remove_folder(fresh); // of a try that was cut off
    int result = file_make_folder(fresh, S_IRWXU, error);
    if (result == 0)
        result = copy_file(folder, "kiosk.yaml", fresh, error);
    if (result == 0)
        result = copy_file(folder, "town.yaml", fresh, error);
    if (result == 0 && shield != NULL)
        result = copy_file(folder, shield, fresh, error);
    if (result == 0)
        result = copy_texts(fresh, error);
    if (result == 0 &&
        renameat2(AT_FDCWD, fresh, AT_FDCWD, kept, file_exists(kept) ? RENAME_EXCHANGE : 0) != 0)
        result = error_set(error, ERROR_IO, "\"%s\" cannot be replaced: %s", kept, strerrorname_np(errno));
    remove_folder(fresh);
    free(kept);
    free(fresh);
    return result;
}

char *configuration_kept(const char *data)
{
    char *kept = file_join(data, KEPT), *sign = file_join(kept, "lang/nl.po");
    bool there = file_exists(sign);
    free(sign);
    if (!there) {
        free(kept);
        kept = NULL;
    }
    return kept;
}
