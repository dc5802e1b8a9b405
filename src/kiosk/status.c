#include "kiosk/status.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"

#include "base/banned.h"

#define LOCK_FILE "status.lock"
#define FIRST_GAP_S 5 // the printer and the agenda answer soon after the start
#define GAP_S 60
#define SIZE_LIMIT 65536
#define MEGABYTE (1024 * 1024)

struct status {
    char *folder;
    int lock_file;
    pthread_t worker;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct status_facts facts; // the rest is protected by lock
    bool given, changed, stop;
    unsigned written;
    int64_t disk_mb;     // free when last written; -1 when not known
    struct timespec due; // not before
};

// ---- the line

static json_t *time_or_null(int64_t instant)
{
    char text[INSTANT_TEXT_SIZE];
    if (instant == 0)
        return json_null();
    instant_format(instant, text);
    return json_string(text);
}

static int64_t free_megabytes(const char *folder)
{
    struct statvfs disk;
    if (statvfs(folder, &disk) != 0)
        return -1;
    return (int64_t)(disk.f_bavail * disk.f_frsize / MEGABYTE);
}

static json_t *line_of(const struct status_facts *facts, int64_t disk_mb)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:i, s:i, s:s, s:s, s:s, s:o, s:s, s:I}", "version",
                     WEGWIJS_VERSION, "started", time_or_null(facts->started), "written",
                     time_or_null(clock_instant()), "last_visit", time_or_null(facts->last_visit), "queue",
                     (int)facts->queue, "leases", (int)facts->leases, "printer",
                     facts->printer != NULL ? facts->printer : "unknown", "printer_says", facts->printer_says,
                     "agenda", facts->online ? "online" : "offline", "offline_since",
                     time_or_null(facts->online ? 0 : facts->offline_since), "configuration",
                     facts->refused ? "refused" : "current", "disk_free_mb", (json_int_t)disk_mb);
}

static void write_line(const struct status *status, const struct status_facts *facts, int64_t disk_mb)
{
    struct error error = ERROR_NONE;
    json_t *line = line_of(facts, disk_mb);
    char *text = line == NULL ? NULL : json_dumps(line, JSON_COMPACT);
    char *path = file_join(status->folder, STATUS_FILE);
    if (text != NULL && file_write(path, text, strlen(text), S_IRUSR | S_IWUSR, &error) != 0)
        log_warning("status: %s", error.text);
    free(path);
    free(text);
    json_decref(line);
}

// ---- the worker

static bool early(const struct timespec *due)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec < due->tv_sec || (now.tv_sec == due->tv_sec && now.tv_nsec < due->tv_nsec);
}

static void wait_for_work(struct status *status)
{
    while (!status->stop && (!status->changed || early(&status->due)))
        if (status->changed)
            pthread_cond_timedwait(&status->wake, &status->lock, &status->due);
        else
            pthread_cond_wait(&status->wake, &status->lock);
}

static void *work(void *context)
{
    struct status *status = context;
    pthread_mutex_lock(&status->lock);
    for (;;) {
        wait_for_work(status);
        if (!status->changed)
            break; // stopped, and nothing is left to be written
        struct status_facts facts = status->facts;
        status->changed = false;
        clock_gettime(CLOCK_MONOTONIC, &status->due);
        status->due.tv_sec += status->written++ == 0 ? FIRST_GAP_S : GAP_S;
        pthread_mutex_unlock(&status->lock);
        int64_t disk_mb = free_megabytes(status->folder);
        write_line(status, &facts, disk_mb);
        pthread_mutex_lock(&status->lock);
        status->disk_mb = disk_mb;
    }
    pthread_mutex_unlock(&status->lock);
    return NULL;
}

// A lock on the whole file; the system takes it away when the process ends, also by kill -9.
static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

static int hold_lock(struct status *status, struct error *error)
{
    char *path = file_join(status->folder, LOCK_FILE);
    struct flock whole = whole_file();
    int result = 0;
    status->lock_file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (status->lock_file < 0)
        result = error_set(error, ERROR_IO, "\"%s\" could not be written: %s", path, strerrorname_np(errno));
    else if (fcntl(status->lock_file, F_OFD_SETLK, &whole) != 0)
        log_warning("status: another kiosk runs on the same data");
    free(path);
    return result;
}

int status_start(struct status **status, const char *folder, struct error *error)
{
    struct status *made = memory_new(1, sizeof *made);
    pthread_condattr_t steady;
    made->folder = memory_copy_text(folder);
    made->disk_mb = -1;
    *status = NULL;
    int result = hold_lock(made, error);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, &steady);
    pthread_condattr_destroy(&steady);
    if (result == 0 && pthread_create(&made->worker, NULL, work, made) != 0)
        result = error_set(error, ERROR_UNAVAILABLE, "the status's worker could not be started");
    if (result == 0) {
        *status = made;
        return 0;
    }
    if (made->lock_file >= 0)
        close(made->lock_file);
    free(made->folder);
    free(made);
    return result;
}

static bool same(const struct status_facts *a, const struct status_facts *b)
{
    return a->started == b->started && a->last_visit == b->last_visit &&
           a->offline_since == b->offline_since && a->queue == b->queue && a->leases == b->leases &&
           a->printer == b->printer && strcmp(a->printer_says, b->printer_says) == 0 &&
           a->online == b->online && a->refused == b->refused;
}

bool status_set(struct status *status, const struct status_facts *facts)
{
    pthread_mutex_lock(&status->lock);
    bool changed = !status->given || !same(&status->facts, facts);
    if (changed) {
        status->facts = *facts;
        status->given = status->changed = true;
        pthread_cond_signal(&status->wake);
    }
    pthread_mutex_unlock(&status->lock);
    return changed;
}

int64_t status_disk_mb(struct status *status)
{
    pthread_mutex_lock(&status->lock);
    int64_t disk_mb = status->disk_mb;
    pthread_mutex_unlock(&status->lock);
    return disk_mb;
}

void status_stop(struct status *status)
{
    if (status == NULL)
        return;
    pthread_mutex_lock(&status->lock);
    status->stop = true;
    pthread_cond_signal(&status->wake);
    pthread_mutex_unlock(&status->lock);
    pthread_join(status->worker, NULL);
    close(status->lock_file);
    pthread_cond_destroy(&status->wake);
    pthread_mutex_destroy(&status->lock);
    free(status->folder);
    free(status);
}

// ---- --status

static bool runs(const char *folder)
{
    char *path = file_join(folder, LOCK_FILE);
    struct flock whole = whole_file();
    int file = open(path, O_RDWR | O_CLOEXEC);
    bool held = file >= 0 && fcntl(file, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    if (file >= 0)
        close(file);
    free(path);
    return held;
}

static int64_t seconds_since(const json_t *line, const char *key, int64_t now)
{
    const char *text = json_string_value(json_object_get(line, key));
    int64_t then = now;
    return text != NULL && instant_parse(text, &then) == 0 && then <= now ? now - then : 0;
}

static json_t *read_line(const char *folder, struct error *error)
{
    char *path = file_join(folder, STATUS_FILE), *bytes = NULL;
    size_t size = 0;
    json_t *line = NULL;
    int result = file_read(path, SIZE_LIMIT, &bytes, &size, error);
    if (result == ERROR_NOT_FOUND)
        error_set(error, ERROR_NOT_FOUND, "no kiosk has run on \"%s\"", folder);
    if (result == 0)
        line = json_loadb(bytes, size, 0, NULL);
    if (result == 0 && !json_is_object(line)) {
        error_set(error, ERROR_CORRUPT, "\"%s\" is damaged", path);
        json_decref(line);
        line = NULL;
    }
    free(bytes);
    free(path);
    return line;
}

int status_print(const char *folder, int64_t now, FILE *out, struct error *error)
{
    json_t *line = read_line(folder, error);
    if (line == NULL)
        return error->code;
    bool running = runs(folder);
    int64_t age = seconds_since(line, "written", now);
    json_object_set_new(line, "running", json_boolean(running));
    json_object_set_new(line, "age_s", json_integer(age));
    json_object_set_new(line, "uptime_s", json_integer(running ? seconds_since(line, "started", now) : 0));
    int result = 0;
    if (json_dumpf(line, out, JSON_COMPACT) != 0 || fputc('\n', out) == EOF || fflush(out) != 0)
        result = error_set(error, ERROR_IO, "the status could not be written");
    else if (!running)
        result = error_set(error, ERROR_UNAVAILABLE, "no kiosk runs on \"%s\"", folder);
    json_decref(line);
    return result;
}
