#include "kiosk/link.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/link_state.h"

#include "base/banned.h"

#define ANSWER_MS 5000
#define CONNECT_MS 10000
#define INTERVAL_MS 60000
#define PAUSE_FIRST_MS 1000
#define PAUSE_MOST_MS 60000

// ---- shared by the workers

void link_tell(struct link *link, const struct link_event *event)
{
    if (link->options.notify)
        link->options.notify(link->options.context, event);
}

void link_tell_error(struct link *link, enum link_event_kind kind, uint32_t request,
                     const struct error *error)
{
    struct link_event event = {.kind = kind, .request = request, .error = *error};
    link_tell(link, &event);
}

int link_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t until_ms)
{
    int64_t left = until_ms - clock_steady_ms();
    struct timespec at;
    if (left <= 0)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += left / 1000;
    at.tv_nsec += left % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return pthread_cond_timedwait(condition, lock, &at) != 0;
}

struct moment link_now(const struct link *link)
{
    int64_t now = clock_instant() + link->clock_offset_s;
    return moment_from_instant(now > link->seen ? now : link->seen);
}

static int identify(struct link *link, struct error *error)
{
    struct store_identity identity;
    int code = store_identity(link->store, &identity, error);
    if (code != 0)
        return code;
    pthread_mutex_lock(&link->lock);
    link->identity = identity;
    link->renewed = true;
    pthread_mutex_unlock(&link->lock);
    return 0;
}

void link_look_after_store(struct link *link, int code)
{
    struct error trouble = ERROR_NONE;
    char now[INSTANT_TEXT_SIZE], said[64];
    if (code != ERROR_CORRUPT)
        return;
    code = store_renew(link->store, &trouble);
    if (code == 0)
        code = identify(link, &trouble);
    if (code != 0) { // nothing can be promised without a store: whoever supervises us starts us again
        log_error("%s; the kiosk ends", trouble.text);
        abort();
    }
    instant_format(clock_instant(), now);
    text_print(said, sizeof said, "damaged, set aside at %s", now);
    link_status(link, "store", said);
    link_refresh(link);
    pthread_mutex_lock(&link->lock);
    link->sync_now = true;
    pthread_cond_signal(&link->caller_wake);
    pthread_mutex_unlock(&link->lock);
}

void link_refresh(struct link *link)
{
    struct store_lease *held = memory_new(LINK_HELD_MAX, sizeof *held);
    char(*codes)[CODE_SIZE] = memory_new(MESSAGE_CODES_MAX, sizeof *codes);
    unsigned held_count, code_count;
    struct error trouble = ERROR_NONE;
    int code = store_leases(link->store, held, LINK_HELD_MAX, &held_count, &trouble);
    if (code == 0)
        code = store_codes(link->store, codes, MESSAGE_CODES_MAX, &code_count, &trouble);
    if (code != 0) {
        log_error("the store cannot be read: %s", trouble.text);
        held_count = code_count = 0;
    }
    unsigned queue = store_queue(link->store);
    pthread_mutex_lock(&link->lock);
    memcpy(link->held, held, held_count * sizeof *held);
    link->held_count = held_count;
    memcpy(link->codes, codes, code_count * sizeof *codes);
    link->code_count = code_count;
    link->queue = queue;
    pthread_cond_broadcast(&link->settled);
    pthread_mutex_unlock(&link->lock);
    free(held);
    free(codes);
    if (code == ERROR_CORRUPT) {
        link_look_after_store(link, code); // refreshes again
        return;
    }
    link_tell_news(link);
}

// ---- start and stop

static void fill(int *value, int otherwise)
{
    *value = *value <= 0 ? otherwise : *value;
}

static void copy_options(struct link *link, const struct link_options *options)
{
    link->options = *options;
    link->options.data_folder = link->data_folder = memory_copy_text(options->data_folder);
    link->options.agenda = link->agenda = memory_copy_text(options->agenda);
    link->options.kiosk = link->kiosk = memory_copy_text(options->kiosk);
    fill(&link->options.answer_ms, ANSWER_MS);
    fill(&link->options.connect_ms, CONNECT_MS);
    fill(&link->options.interval_ms, INTERVAL_MS);
    fill(&link->options.pause_first_ms, PAUSE_FIRST_MS);
    fill(&link->options.pause_most_ms, PAUSE_MOST_MS);
    if (link->options.leases_wanted > MESSAGE_LEASES_MAX)
        link->options.leases_wanted = MESSAGE_LEASES_MAX;
    if (link->options.lease_days > MESSAGE_DAYS_MAX)
        link->options.lease_days = MESSAGE_DAYS_MAX;
}

static void init_locks(struct link *link)
{
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&link->disk, NULL);
    pthread_mutex_init(&link->lock, NULL);
    pthread_cond_init(&link->keeper_wake, &steady);
    pthread_cond_init(&link->caller_wake, &steady);
    pthread_cond_init(&link->settled, &steady);
    pthread_condattr_destroy(&steady);
}

static void free_link(struct link *link)
{
    while (link->first_job) {
        struct link_job *job = link->first_job;
        link->first_job = job->next;
        booking_wipe(&job->booking);
        free(job);
    }
    client_free(link->client);
    store_close(link->store);
    pthread_mutex_destroy(&link->disk);
    pthread_mutex_destroy(&link->lock);
    pthread_cond_destroy(&link->keeper_wake);
    pthread_cond_destroy(&link->caller_wake);
    pthread_cond_destroy(&link->settled);
    free(link->data_folder);
    free(link->agenda);
    free(link->kiosk);
    free(link);
}

static void set_closed(struct link *link, bool closed)
{
    pthread_mutex_lock(&link->lock);
    link->closed = closed;
    pthread_mutex_unlock(&link->lock);
}

// What the store remembers of the agenda, for the hours without it.
static int recall(struct link *link, struct error *error)
{
    struct message_guide *guides = memory_new(MESSAGE_GUIDES_MAX, sizeof *guides);
    unsigned count = 0;
    int code = identify(link, error);
    store_guides(link->store, guides, MESSAGE_GUIDES_MAX, &count, NULL);
    int64_t seen = store_seen(link->store);
    pthread_mutex_lock(&link->lock);
    memcpy(link->guides, guides, count * sizeof *guides);
    link->guide_count = count;
    link->seen = seen;
    pthread_mutex_unlock(&link->lock);
    free(guides);
    return code;
}

int link_open_store(struct link *link, struct error *error)
{
    bool set_aside;
    if (link->store)
        return 0;
    int code = store_open(&link->store, link->data_folder, &set_aside, error);
    if (code == 0)
        code = recall(link, error);
    if (code != 0) {
        store_close(link->store);
        link->store = NULL;
    }
    set_closed(link, code != 0);
    link_status(link, "store",
                code != 0   ? "cannot be opened"
                : set_aside ? "damaged, set aside at start"
                            : "good");
    if (code == 0)
        link_refresh(link);
    return code;
}

int link_start(struct link **link, const struct link_options *options, struct error *error)
{
    *link = NULL;
    if (!message_kiosk_valid(options->kiosk))
        return error_set(error, ERROR_INVALID, "\"%s\" is no name for a kiosk: use a-z, 0-9 and -",
                         options->kiosk);
    struct link *made = memory_new(1, sizeof *made);
    copy_options(made, options);
    init_locks(made);
    int code = link_open_store(made, error);
    if (code == ERROR_FULL || code == ERROR_IO || code == ERROR_TIMEOUT)
        log_error("%s: nothing can be booked until it opens", error->text);
    else if (code != 0) {
        free_link(made);
        return code;
    }
    const struct client_options client = {.command = made->agenda,
                                          .kiosk = made->kiosk,
                                          .version = WEGWIJS_VERSION,
                                          .connect_ms = made->options.connect_ms,
                                          .answer_ms = made->options.answer_ms};
    made->client = client_new(&client);
    if (pthread_create(&made->keeper, NULL, link_keeper_run, made) != 0 ||
        pthread_create(&made->caller, NULL, link_caller_run, made) != 0)
        abort(); // as when there is no memory
    *link = made;
    return 0;
}

void link_stop(struct link *link)
{
    if (!link)
        return;
    pthread_mutex_lock(&link->lock);
    link->stop = true;
    pthread_cond_broadcast(&link->keeper_wake);
    pthread_cond_broadcast(&link->caller_wake);
    pthread_mutex_unlock(&link->lock);
    client_interrupt(link->client);
    pthread_join(link->keeper, NULL);
    pthread_join(link->caller, NULL);
    free_link(link);
}

// ---- what the screen asks

static int compare_slots(const void *a, const void *b)
{
    return slot_compare(a, b);
}

static bool is_held(const struct link *link, const struct slot *slot)
{
    for (unsigned i = 0; i < link->held_count; i++)
        if (slot_same(&link->held[i].lease.slot, slot))
            return true;
    return false;
}

// All slots that may be offered now, sorted, each once. Holds `lock`.
static unsigned collect(const struct link *link, struct slot *all)
{
    struct moment now = link_now(link);
    unsigned count = 0, kept = 0;
    for (unsigned i = 0; i < link->held_count; i++)
        if (link->held[i].state == STORE_FREE || link->held[i].state == STORE_RESERVED)
            all[count++] = link->held[i].lease.slot;
    for (unsigned i = 0; link->online && i < link->free_count; i++)
        if (!is_held(link, &link->free_slots[i])) // what was free at the last sync may be used by now
            all[count++] = link->free_slots[i];
    qsort(all, count, sizeof *all, compare_slots);
    for (unsigned i = 0; i < count; i++)
        if (moment_compare(all[i].start, now) > 0 && (kept == 0 || !slot_same(&all[kept - 1], &all[i])))
            all[kept++] = all[i];
    return kept;
}

struct speakers { // who speaks the visitor's language
    const struct link *link;
    const char *language;
};

// slot_speaks; holds `lock`.
static bool speaks(const char *guide, void *context)
{
    const struct speakers *speakers = context;
    const struct link *link = speakers->link;
    for (unsigned i = 0; i < link->guide_count; i++)
        for (unsigned j = 0; strcmp(link->guides[i].id, guide) == 0 && j < link->guides[i].language_count;
             j++)
            if (strcmp(link->guides[i].languages[j], speakers->language) == 0)
                return true;
    return false;
}

unsigned link_offer(struct link *link, unsigned slots, const char *language, struct slot *offer,
                    unsigned room)
{
    struct slot *all = memory_new(LINK_HELD_MAX + MESSAGE_FREE_MAX, sizeof *all);
    unsigned *starts = memory_new(LINK_HELD_MAX + MESSAGE_FREE_MAX, sizeof *starts);
    struct speakers speakers = {link, language};
    pthread_mutex_lock(&link->lock);
    unsigned count = collect(link, all);
    unsigned runs = slots > 0 && slots <= MESSAGE_RUN_MAX ? slot_runs(all, count, slots, starts) : 0;
    for (unsigned i = 0; i < runs; i++) // in place: a run begins at its index or behind it
        all[i] = all[starts[i]];
    if (language != NULL)
        runs = slot_prefer(all, runs, speaks, &speakers);
    pthread_mutex_unlock(&link->lock);
    if (runs > room)
        runs = room;
    memcpy(offer, all, runs * sizeof *offer);
    free(all);
    free(starts);
    return runs;
}

bool link_online(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    bool online = link->online;
    pthread_mutex_unlock(&link->lock);
    return online;
}

bool link_full(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    bool full = link->closed || (link->online && link->full);
    pthread_mutex_unlock(&link->lock);
    return full;
}

unsigned link_confirmed(struct link *link, int64_t since, int64_t *made, unsigned room)
{
    pthread_mutex_lock(&link->disk);
    unsigned count = link->store ? store_confirmed(link->store, since, made, room) : 0;
    pthread_mutex_unlock(&link->disk);
    return count;
}

unsigned link_queue(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    unsigned queue = link->queue;
    pthread_mutex_unlock(&link->lock);
    return queue;
}

unsigned link_leases(struct link *link)
{
    unsigned count = 0;
    pthread_mutex_lock(&link->lock);
    for (unsigned i = 0; i < link->held_count; i++)
        count += link->held[i].state == STORE_FREE;
    pthread_mutex_unlock(&link->lock);
    return count;
}

const char *link_guide_name(struct link *link, const char *guide, char *out, size_t size)
{
    text_copy(out, size, guide);
    pthread_mutex_lock(&link->lock);
    for (unsigned i = 0; i < link->guide_count; i++)
        if (strcmp(link->guides[i].id, guide) == 0)
            text_copy(out, size, link->guides[i].name);
    pthread_mutex_unlock(&link->lock);
    return out;
}

// ---- requests: handed to the keeper

static void post(struct link *link, struct link_job *job)
{
    pthread_mutex_lock(&link->lock);
    job->visit = link->visit;
    if (link->last_job)
        link->last_job->next = job;
    else
        link->first_job = job;
    link->last_job = job;
    link->jobs++;
    pthread_cond_signal(&link->keeper_wake);
    pthread_mutex_unlock(&link->lock);
}

static struct link_job *new_job(enum link_job_kind kind, uint32_t request)
{
    struct link_job *job = memory_new(1, sizeof *job);
    job->kind = kind;
    job->request = request;
    return job;
}

void link_lease(struct link *link, uint32_t request, const struct slot *first, unsigned slots)
{
    struct link_job *job = new_job(JOB_LEASE, request);
    struct slot slot = *first;
    for (; job->count < slots && job->count < MESSAGE_RUN_MAX; job->count++) {
        job->slots[job->count] = slot;
        slot.start = moment_add(slot.start, slot.minutes);
    }
    post(link, job);
}

void link_release(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    link->visit++;
    link->wish.state = WISH_NONE;
    if (link->code_in_use[0] && link->code_count < MESSAGE_CODES_MAX)
        text_copy(link->codes[link->code_count++], CODE_SIZE, link->code_in_use);
    link->code_in_use[0] = 0;
    pthread_mutex_unlock(&link->lock);
    post(link, new_job(JOB_RELEASE, 0));
}

int link_spare_code(struct link *link, char code[CODE_SIZE])
{
    int result = ERROR_UNAVAILABLE;
    code[0] = 0;
    pthread_mutex_lock(&link->lock);
    if (!link->code_in_use[0] && link->code_count > 0)
        text_copy(link->code_in_use, CODE_SIZE, link->codes[--link->code_count]);
    if (link->code_in_use[0]) {
        text_copy(code, CODE_SIZE, link->code_in_use);
        result = 0;
    }
    pthread_mutex_unlock(&link->lock);
    return result;
}

void link_book(struct link *link, uint32_t request, const struct booking *booking)
{
    struct link_job *job = new_job(JOB_BOOK, request);
    job->booking = *booking;
    pthread_mutex_lock(&link->lock);
    if (strcmp(link->code_in_use, booking->code) == 0)
        link->code_in_use[0] = 0;
    pthread_mutex_unlock(&link->lock);
    post(link, job);
}

void link_check(struct link *link, uint32_t request, const char *code)
{
    struct link_job *job = new_job(JOB_CHECK, request);
    text_copy(job->code, sizeof job->code, code);
    post(link, job);
}

void link_cut(struct link *link, bool cut)
{
    pthread_mutex_lock(&link->lock);
    link->cut = cut;
    link->sync_now = !cut;
    if (cut)
        client_interrupt(link->client);
    pthread_cond_signal(&link->caller_wake);
    pthread_mutex_unlock(&link->lock);
}

static struct message_status *find_status(struct link *link, const char *key)
{
    for (unsigned i = 0; i < link->status_count; i++)
        if (strcmp(link->status[i].key, key) == 0)
            return &link->status[i];
    if (link->status_count == MESSAGE_STATUS_MAX)
        return NULL;
    struct message_status *status = &link->status[link->status_count++];
    text_copy(status->key, sizeof status->key, key);
    return status;
}

void link_status(struct link *link, const char *key, const char *value)
{
    pthread_mutex_lock(&link->lock);
    struct message_status *status = find_status(link, key);
    if (status)
        text_copy(status->value, sizeof status->value, value);
    pthread_mutex_unlock(&link->lock);
}

void link_flush(struct link *link, int limit_ms)
{
    int64_t until_ms = clock_steady_ms() + limit_ms;
    pthread_mutex_lock(&link->lock);
    link->sync_now = true;
    pthread_cond_signal(&link->caller_wake);
    while ((link->queue > 0 || link->jobs > 0) && clock_steady_ms() < until_ms)
        link_wait_until(&link->settled, &link->lock, until_ms);
    pthread_mutex_unlock(&link->lock);
}
