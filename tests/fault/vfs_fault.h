// A file layer for SQLite that fails on demand: the nth write or sync of one database goes wrong, the disk is
// full from there on, or the power goes: what was not synced is then lost, kept or torn at a sector, in any
// order. It is registered as the default, so that the programs' own code runs unchanged.
// SQLite's promise and ours: https://www.sqlite.org/atomiccommit.html, sections 2 and 9.
#ifndef WEGWIJS_TESTS_VFS_FAULT_H
#define WEGWIJS_TESTS_VFS_FAULT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#define FAULT_IMAGES 16
#define FAULT_SECTOR 512

enum fault_mode { FAULT_NONE, FAULT_ONCE, FAULT_FULL, FAULT_BROKEN, FAULT_POWER };

struct fault_write { // not yet synced
    sqlite3_int64 offset;
    size_t size;
    bool truncate; // to `offset`
    char *bytes;
    struct fault_write *next;
};
struct fault_image { // what would be on the disk after a power cut
    char path[512];
    char *bytes;
    size_t size;
    struct fault_write *first, *last;
};
static struct {
    enum fault_mode mode;
    const char *target; // part of the path of the database that fails
    unsigned at, steps; // fails at this step, from 1
    bool tripped;
    unsigned random;
    struct fault_image images[FAULT_IMAGES];
    unsigned image_count;
} fault;

static unsigned fault_random(void)
{
    fault.random = fault.random * 1664525u + 1013904223u;
    return fault.random >> 16;
}

// ---- images

static void fault_apply(struct fault_image *image, const struct fault_write *one, size_t size)
{
    size_t end = (size_t)one->offset + size;
    if (one->truncate) {
        image->size = (size_t)one->offset < image->size ? (size_t)one->offset : image->size;
        return;
    }
    if (end > image->size) {
        image->bytes = memory_grow(image->bytes, end, 1);
        memset(image->bytes + image->size, 0, end - image->size);
        image->size = end;
    }
    memcpy(image->bytes + one->offset, one->bytes, size);
}

static void fault_forget(struct fault_image *image)
{
    while (image->first) {
        struct fault_write *one = image->first;
        image->first = one->next;
        free(one->bytes);
        free(one);
    }
    image->last = NULL;
}

static struct fault_image *fault_find(const char *path)
{
    for (unsigned i = 0; i < fault.image_count; i++)
        if (strcmp(fault.images[i].path, path) == 0)
            return &fault.images[i];
    if (fault.image_count == FAULT_IMAGES)
        return NULL;
    struct fault_image *image = &fault.images[fault.image_count++];
    *image = (struct fault_image){0};
    text_copy(image->path, sizeof image->path, path);
    if (file_read(path, 1 << 28, &image->bytes, &image->size, NULL) != 0)
        image->size = 0;
    return image;
}

static void fault_add(struct fault_image *image, sqlite3_int64 offset, const void *bytes, size_t size,
                      bool truncate)
{
    struct fault_write *one = memory_new(1, sizeof *one);
    one->offset = offset;
    one->size = size;
    one->truncate = truncate;
    one->bytes = memory_new(size + 1, 1);
    if (size > 0)
        memcpy(one->bytes, bytes, size);
    if (image->last)
        image->last->next = one;
    else
        image->first = one;
    image->last = one;
}

// The power is back: the target's files get what a disk may hold then.
static void fault_reboot(void)
{
    for (unsigned i = 0; i < fault.image_count; i++) {
        struct fault_image *image = &fault.images[i];
        for (const struct fault_write *one = image->first; one; one = one->next) {
            unsigned fate = fault_random() % 3;
            if (fate == 1)
                fault_apply(image, one, one->size);
            else if (fate == 2 && !one->truncate)
                fault_apply(image, one, one->size / 2 / FAULT_SECTOR * FAULT_SECTOR);
        }
        char *shm = memory_format(
            "%.*s-shm", (int)(strlen(image->path) - (strstr(image->path, "-wal") ? 4 : 0)), image->path);
        unlink(shm);
        free(shm);
        file_write(image->path, image->bytes ? image->bytes : "", image->size, 0600, NULL);
    }
}

static void fault_begin(enum fault_mode mode, const char *target, unsigned at, unsigned seed)
{
    for (unsigned i = 0; i < fault.image_count; i++) {
        fault_forget(&fault.images[i]);
        free(fault.images[i].bytes);
    }
    memset(&fault, 0, sizeof fault);
    fault.mode = mode;
    fault.target = target;
    fault.at = at;
    fault.random = seed * 7919u + at;
}

// ---- the file layer

struct fault_file {
    sqlite3_file base;
    struct fault_image *image; // NULL: not the target's
    sqlite3_file *real;
};
static sqlite3_vfs *fault_real_vfs;

static sqlite3_file *fault_real(sqlite3_file *file)
{
    return ((struct fault_file *)file)->real;
}

// 0, or the code that this step fails with.
static int fault_step(const struct fault_file *file, int code, bool is_write)
{
    if (!file->image || fault.mode == FAULT_NONE)
        return SQLITE_OK;
    bool now = ++fault.steps == fault.at;
    bool before = fault.tripped;
    fault.tripped = fault.tripped || now;
    switch (fault.mode) {
    case FAULT_NONE:
        break;
    case FAULT_ONCE:
        return now ? code : SQLITE_OK;
    case FAULT_FULL:
        return (now || before) && is_write ? SQLITE_FULL : SQLITE_OK;
    case FAULT_BROKEN:
    case FAULT_POWER:
        return now || before ? code : SQLITE_OK;
    }
    return SQLITE_OK;
}

static bool fault_dead(const struct fault_file *file)
{
    return file->image && fault.mode == FAULT_POWER && fault.tripped;
}

static int fault_close(sqlite3_file *file)
{
    int code = fault_real(file)->pMethods->xClose(fault_real(file));
    free(fault_real(file));
    return code;
}

static int fault_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    if (fault_dead((struct fault_file *)file))
        return SQLITE_IOERR_READ;
    return fault_real(file)->pMethods->xRead(fault_real(file), bytes, size, offset);
}

static int fault_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    struct fault_file *own = (struct fault_file *)file;
    int code = fault_step(own, SQLITE_IOERR_WRITE, true);
    if (own->image && (code == SQLITE_OK || fault.mode == FAULT_POWER) &&
        (code == SQLITE_OK || fault.steps == fault.at)) // the write at which the power goes may be torn
        fault_add(own->image, offset, bytes, (size_t)size, false);
    return code != SQLITE_OK ? code : own->real->pMethods->xWrite(own->real, bytes, size, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct fault_file *own = (struct fault_file *)file;
    int code = fault_step(own, SQLITE_IOERR_TRUNCATE, false);
    if (own->image && code == SQLITE_OK)
        fault_add(own->image, size, "", 0, true);
    return code != SQLITE_OK ? code : own->real->pMethods->xTruncate(own->real, size);
}

static int fault_sync(sqlite3_file *file, int flags)
{
    struct fault_file *own = (struct fault_file *)file;
    int code = fault_step(own, SQLITE_IOERR_FSYNC, false);
    if (code != SQLITE_OK)
        return code;
    if (own->image) {
        for (const struct fault_write *one = own->image->first; one; one = one->next)
            fault_apply(own->image, one, one->size);
        fault_forget(own->image);
    }
    return own->real->pMethods->xSync(own->real, flags);
}

static int fault_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return fault_real(file)->pMethods->xFileSize(fault_real(file), size);
}
static int fault_lock(sqlite3_file *file, int level)
{
    return fault_real(file)->pMethods->xLock(fault_real(file), level);
}
static int fault_unlock(sqlite3_file *file, int level)
{
    return fault_real(file)->pMethods->xUnlock(fault_real(file), level);
}
static int fault_reserved(sqlite3_file *file, int *out)
{
    return fault_real(file)->pMethods->xCheckReservedLock(fault_real(file), out);
}
static int fault_control(sqlite3_file *file, int op, void *argument)
{
    return fault_real(file)->pMethods->xFileControl(fault_real(file), op, argument);
}
static int fault_sector_size(sqlite3_file *file)
{
    return fault_real(file)->pMethods->xSectorSize(fault_real(file));
}
static int fault_characteristics(sqlite3_file *file)
{
    return fault_real(file)->pMethods->xDeviceCharacteristics(fault_real(file));
}
static int fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return fault_real(file)->pMethods->xShmMap(fault_real(file), page, size, extend, out);
}
static int fault_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return fault_real(file)->pMethods->xShmLock(fault_real(file), offset, n, flags);
}
static void fault_shm_barrier(sqlite3_file *file)
{
    fault_real(file)->pMethods->xShmBarrier(fault_real(file));
}
static int fault_shm_unmap(sqlite3_file *file, int remove)
{
    return fault_real(file)->pMethods->xShmUnmap(fault_real(file), remove);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_file_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_reserved,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector_size,
    .xDeviceCharacteristics = fault_characteristics,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct fault_file *own = (struct fault_file *)file;
    (void)vfs;
    own->base.pMethods = NULL;
    own->image = NULL;
    own->real = memory_new(1, (size_t)fault_real_vfs->szOsFile);
    bool mine = name && fault.target && strstr(name, fault.target) &&
                (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
    if (mine && fault.mode == FAULT_POWER && fault.tripped) {
        free(own->real);
        return SQLITE_CANTOPEN;
    }
    int code = fault_real_vfs->xOpen(fault_real_vfs, name, own->real, flags, out);
    if (code != SQLITE_OK) {
        free(own->real);
        return code;
    }
    if (mine)
        own->image = fault_find(name);
    own->base.pMethods = &fault_methods;
    return SQLITE_OK;
}

// A file that is removed and synced is empty in its image; an unsynced removal may come back, as here.
static int fault_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (fault.target && strstr(name, fault.target) && fault.mode == FAULT_POWER && fault.tripped)
        return SQLITE_IOERR_DELETE;
    for (unsigned i = 0; sync && i < fault.image_count; i++)
        if (strcmp(fault.images[i].path, name) == 0) {
            fault_forget(&fault.images[i]);
            fault.images[i].size = 0;
        }
    return fault_real_vfs->xDelete(fault_real_vfs, name, sync);
}

static void fault_install(void)
{
    static sqlite3_vfs vfs;
    fault_real_vfs = sqlite3_vfs_find(NULL);
    vfs = *fault_real_vfs;
    vfs.zName = "fault";
    vfs.szOsFile = (int)sizeof(struct fault_file);
    vfs.xOpen = fault_open;
    vfs.xDelete = fault_delete;
    sqlite3_vfs_register(&vfs, 1);
}

#endif
