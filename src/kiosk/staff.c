#include "kiosk/staff.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"

#include "base/banned.h"

#define TRIES_FILE "staff.json"
#define SIZE_LIMIT 4096
#define WRONG_MOST 1000

struct staff {
    char *path, *hash;
    void (*notify)(void *context, const struct staff_answer *answer);
    void *context;
    pthread_t worker;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    char pin[PIN_SIZE]; // the rest is protected by lock
    uint32_t request;
    bool waiting, stop;
    struct staff_tries tries; // worker only
};

// ---- the pause

unsigned staff_pause_s(unsigned wrong)
{
    unsigned pause = STAFF_FIRST_PAUSE_S;
    if (wrong <= STAFF_FREE_TRIES)
        return 0;
    for (unsigned i = STAFF_FREE_TRIES + 1; i < wrong && pause < STAFF_MOST_PAUSE_S; i++)
        pause *= 2;
    return pause < STAFF_MOST_PAUSE_S ? pause : STAFF_MOST_PAUSE_S;
}

unsigned staff_wait_s(const struct staff_tries *tries, int64_t now)
{
    int64_t left = tries->until - now, most = staff_pause_s(tries->wrong);
    return left <= 0 ? 0 : (unsigned)(left < most ? left : most);
}

// ---- what was tried

static void read_tries(struct staff *staff)
{
    char *bytes = NULL;
    size_t size = 0;
    struct error error = ERROR_NONE;
    if (file_read(staff->path, SIZE_LIMIT, &bytes, &size, &error) != 0)
        return;
    json_t *json = json_loadb(bytes, size, 0, NULL);
    json_int_t wrong = json_integer_value(json_object_get(json, "wrong"));
    const char *until = json_string_value(json_object_get(json, "until"));
    staff->tries.wrong = wrong < 0 || wrong > WRONG_MOST ? WRONG_MOST : (unsigned)wrong;
    if (until == NULL || instant_parse(until, &staff->tries.until) != 0)
        staff->tries.until = 0;
    json_decref(json);
    free(bytes);
}

static void write_tries(struct staff *staff)
{
    char until[INSTANT_TEXT_SIZE];
    struct error error = ERROR_NONE;
    instant_format(staff->tries.until, until);
    json_t *json = json_pack("{s:i, s:s}", "wrong", (int)staff->tries.wrong, "until", until);
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    if (text != NULL && file_write(staff->path, text, strlen(text), S_IRUSR | S_IWUSR, &error) != 0)
        log_warning("staff page: %s", error.text); // the memory still counts
    free(text);
    json_decref(json);
}

// Counts as wrong until it is known to be right: who cuts the power meanwhile gains nothing.
static struct staff_answer look(struct staff *staff, const char *pin)
{
    struct staff_tries *tries = &staff->tries;
    int64_t now = clock_instant();
    struct staff_answer answer = {.wait_s = staff_wait_s(tries, now)};
    if (answer.wait_s > 0)
        return answer;
    tries->wrong += tries->wrong < WRONG_MOST;
    tries->until = now + staff_pause_s(tries->wrong);
    write_tries(staff);
    answer.good = pin_well_formed(pin) && pin_matches(staff->hash, pin);
    if (answer.good) {
        *tries = (struct staff_tries){0};
        write_tries(staff);
        log_info("staff page: opened");
    } else {
        answer.wait_s = staff_pause_s(tries->wrong);
        log_warning("staff page: wrong pin, %u since the last right one", tries->wrong);
    }
    return answer;
}

// ---- the worker

static void *work(void *context)
{
    struct staff *staff = context;
    char pin[PIN_SIZE];
    pthread_mutex_lock(&staff->lock);
    for (;;) {
        while (!staff->waiting && !staff->stop)
            pthread_cond_wait(&staff->wake, &staff->lock);
        if (staff->stop)
            break;
        uint32_t request = staff->request;
        staff->waiting = false;
        text_copy(pin, sizeof pin, staff->pin);
        memory_wipe(staff->pin, sizeof staff->pin);
        pthread_mutex_unlock(&staff->lock);
        struct staff_answer answer = look(staff, pin);
        memory_wipe(pin, sizeof pin);
        answer.request = request;
        staff->notify(staff->context, &answer);
        pthread_mutex_lock(&staff->lock);
    }
    pthread_mutex_unlock(&staff->lock);
    return NULL;
}

int staff_start(struct staff **staff, const char *folder, const char *hash,
                void (*notify)(void *context, const struct staff_answer *answer), void *context,
                struct error *error)
{
    struct staff *made = memory_new(1, sizeof *made);
    *staff = NULL;
    made->path = file_join(folder, TRIES_FILE);
    made->hash = memory_copy_text(hash);
    made->notify = notify;
    made->context = context;
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    read_tries(made);
    if (pthread_create(&made->worker, NULL, work, made) == 0) {
        *staff = made;
        return 0;
    }
    free(made->path);
    free(made->hash);
    free(made);
    return error_set(error, ERROR_UNAVAILABLE, "no thread for the staff page");
}

void staff_try(struct staff *staff, uint32_t request, const char *pin)
{
    pthread_mutex_lock(&staff->lock);
    text_copy(staff->pin, sizeof staff->pin, pin);
    staff->request = request;
    staff->waiting = true;
    pthread_cond_signal(&staff->wake);
    pthread_mutex_unlock(&staff->lock);
}

void staff_stop(struct staff *staff)
{
    if (staff == NULL)
        return;
    pthread_mutex_lock(&staff->lock);
    staff->stop = true;
    pthread_cond_signal(&staff->wake);
    pthread_mutex_unlock(&staff->lock);
    pthread_join(staff->worker, NULL);
    pthread_cond_destroy(&staff->wake);
    pthread_mutex_destroy(&staff->lock);
    memory_wipe(staff->pin, sizeof staff->pin);
    free(staff->path);
    free(staff->hash);
    free(staff);
}
