// The keeper: the disk's worker. It takes the screen's requests in their order, so that a release always
// comes after the reservation it ends, and it answers a visitor when the agenda does not.
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/link_state.h"

#include "base/banned.h"

static void wake_caller(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    link->sync_now = true;
    pthread_cond_signal(&link->caller_wake);
    pthread_mutex_unlock(&link->lock);
}

static void tell_leased(struct link *link, uint32_t request, const struct lease *first)
{
    struct link_event event = {.kind = LINK_LEASED, .request = request, .lease = *first};
    link_tell(link, &event);
}

// ---- leasing

// Hands the wish to the caller. False when there is no wire to ask.
static bool ask_wire(struct link *link, const struct link_job *job)
{
    pthread_mutex_lock(&link->lock);
    bool asked = link->online && !link->cut && job->visit == link->visit;
    if (asked) {
        struct link_wish *wish = &link->wish;
        *wish = (struct link_wish){.state = WISH_ASKED,
                                   .request = job->request,
                                   .visit = job->visit,
                                   .deadline_ms = clock_steady_ms() + link->options.answer_ms,
                                   .count = job->count};
        memcpy(wish->slots, job->slots, sizeof wish->slots);
        pthread_cond_signal(&link->caller_wake);
    }
    pthread_mutex_unlock(&link->lock);
    return asked;
}

// A second touch on the same moment waits for the same answer; another choice takes the place of the older.
static bool joins_wish(struct link *link, const struct link_job *job)
{
    pthread_mutex_lock(&link->lock);
    bool same = link->wish.state != WISH_NONE && link->wish.visit == job->visit &&
                link->wish.count == job->count && slot_same(&link->wish.slots[0], &job->slots[0]);
    if (same)
        link->wish.request = job->request;
    else
        link->wish.state = WISH_NONE;
    pthread_mutex_unlock(&link->lock);
    return same;
}

static void do_lease(struct link *link, const struct link_job *job)
{
    struct lease leases[MESSAGE_RUN_MAX];
    struct error trouble = ERROR_NONE;
    if (joins_wish(link, job))
        return;
    pthread_mutex_lock(&link->disk);
    int code = job->count > 0 ? store_reserve(link->store, job->slots, job->count, leases, &trouble)
                              : error_set(&trouble, ERROR_INVALID, "no slot was asked for");
    if (code == 0) {
        store_release_others(link->store, job->slots, job->count, NULL);
        link_refresh(link);
    }
    link_look_after_store(link, code);
    pthread_mutex_unlock(&link->disk);
    if (code == 0)
        tell_leased(link, job->request, &leases[0]);
    else if (code != ERROR_TAKEN || !ask_wire(link, job))
        link_tell_error(link, LINK_TAKEN, job->request, &trouble);
}

bool link_wish_wanted(const struct link *link, const struct link_wish *wish)
{
    return link->wish.state == WISH_CALLING && link->wish.visit == wish->visit &&
           link->wish.count == wish->count && slot_same(&link->wish.slots[0], &wish->slots[0]) &&
           clock_steady_ms() <= link->wish.deadline_ms;
}

// Disk before lock: link_release can come before or after, but not in between.
void link_settle_lease(struct link *link, const struct link_wish *wish, const struct lease_answer *answer)
{
    struct error trouble = ERROR_NONE;
    pthread_mutex_lock(&link->disk);
    pthread_mutex_lock(&link->lock);
    bool wanted = link_wish_wanted(link, wish);
    uint32_t request = link->wish.request;
    if (wanted)
        link->wish.state = WISH_NONE;
    pthread_mutex_unlock(&link->lock);
    int code;
    if (wanted) {
        code = store_reserve_new(link->store, answer->leases, answer->count, &trouble);
        if (code == 0)
            store_release_others(link->store, wish->slots, wish->count, NULL);
    } else {
        code = store_return(link->store, answer->leases, answer->count, &trouble);
    }
    link_look_after_store(link, code);
    link_refresh(link);
    pthread_mutex_unlock(&link->disk);
    if (code != 0)
        log_warning("a lease could not be kept: %s", trouble.text);
    if (wanted && code == 0)
        tell_leased(link, request, &answer->leases[0]);
    else if (wanted)
        link_tell_error(link, LINK_TAKEN, request, &trouble);
    else
        wake_caller(link);
}

// The visitor has waited long enough for the agenda.
static void answer_late_wish(struct link *link)
{
    struct error late = ERROR_NONE;
    pthread_mutex_lock(&link->lock);
    bool due = link->wish.state != WISH_NONE && clock_steady_ms() >= link->wish.deadline_ms;
    uint32_t request = link->wish.request;
    if (due)
        link->wish.state = WISH_NONE;
    pthread_mutex_unlock(&link->lock);
    if (!due)
        return;
    error_set(&late, ERROR_TIMEOUT, "the agenda does not answer in time");
    link_tell_error(link, LINK_TAKEN, request, &late);
}

static void do_release(struct link *link)
{
    struct error trouble = ERROR_NONE;
    pthread_mutex_lock(&link->disk);
    int code = store_release(link->store, &trouble);
    if (code != 0)
        log_error("a slot could not be released: %s", trouble.text);
    link_look_after_store(link, code);
    link_refresh(link);
    pthread_mutex_unlock(&link->disk);
    pthread_mutex_lock(&link->lock);
    for (unsigned i = 0; i < link->held_count; i++)
        if (link->held[i].state == STORE_RETURNING)
            link->sync_now = true;
    pthread_cond_signal(&link->caller_wake);
    pthread_mutex_unlock(&link->lock);
}

// ---- booking

static int seal_booking(struct store *store, const struct booking *booking, char **sealed,
                        struct error *error)
{
    struct seal_public key;
    char *json = NULL;
    *sealed = NULL;
    int code = store_key(store, &key, error);
    if (code == 0)
        code = booking_to_json(booking, &json, error);
    if (code == 0) {
        size_t size = strlen(json);
        code = seal_close(&key, json, size, sealed, error);
        memory_wipe(json, size);
    }
    free(json);
    return code;
}

static int book(struct link *link, const struct booking *booking, struct error *error)
{
    char *sealed;
    int code = booking_check(booking, error);
    if (code == 0)
        code = seal_booking(link->store, booking, &sealed, error);
    if (code != 0)
        return code;
    const struct store_booking kept = {.id = booking->id,
                                       .code = booking->code,
                                       .slot = booking->slot,
                                       .slots = booking->kind == BOOKING_SLOT ? booking->slots : 0,
                                       .sealed = sealed,
                                       .made = booking->made};
    code = store_confirm(link->store, &kept, error);
    free(sealed);
    return code;
}

static void do_book(struct link *link, const struct link_job *job)
{
    struct error trouble = ERROR_NONE;
    struct link_event event = {.kind = LINK_BOOKED, .request = job->request};
    pthread_mutex_lock(&link->disk);
    int code = book(link, &job->booking, &trouble);
    link_look_after_store(link, code);
    link_refresh(link);
    pthread_mutex_unlock(&link->disk);
    if (code != 0) {
        log_error("a booking could not be confirmed: %s", trouble.text);
        event.kind = LINK_BOOK_FAILED;
        event.error = trouble;
    }
    text_copy(event.lease.code, sizeof event.lease.code, job->booking.code);
    link_tell(link, &event);
    if (code == 0)
        wake_caller(link);
}

// ---- checking a code

void link_check_own(struct link *link, uint32_t request, const char *code)
{
    struct link_event event = {.kind = LINK_CHECKED, .request = request};
    struct slot slot;
    struct error trouble = ERROR_NONE;
    pthread_mutex_lock(&link->disk);
    int found = store_find(link->store, code, &slot, &trouble);
    pthread_mutex_unlock(&link->disk);
    event.exists = found == 0;
    event.start = slot.start;
    text_copy(event.guide, sizeof event.guide, slot.guide);
    if (found != 0)
        error_set(&event.error, ERROR_UNAVAILABLE, "the agenda cannot be asked now");
    link_tell(link, &event);
}

static void do_check(struct link *link, const struct link_job *job)
{
    pthread_mutex_lock(&link->lock);
    bool asked = link->online && !link->cut && !link->check_wanted;
    if (asked) {
        link->check_wanted = true;
        link->check_request = job->request;
        text_copy(link->check_code, sizeof link->check_code, job->code);
        pthread_cond_signal(&link->caller_wake);
    }
    pthread_mutex_unlock(&link->lock);
    if (!asked)
        link_check_own(link, job->request, job->code);
}

// ---- the loop

// Nothing can be promised without a store.
static void refuse_job(struct link *link, const struct link_job *job, const struct error *trouble)
{
    static const enum link_event_kind answers[] = {[JOB_LEASE] = LINK_FULL,
                                                   [JOB_RELEASE] = LINK_OFFER,
                                                   [JOB_BOOK] = LINK_BOOK_FAILED,
                                                   [JOB_CHECK] = LINK_CHECKED};
    struct error said = *trouble;
    said.code = job->kind == JOB_CHECK ? ERROR_UNAVAILABLE : said.code;
    if (job->kind != JOB_RELEASE)
        link_tell_error(link, answers[job->kind], job->request, &said);
}

static bool is_open(struct link *link, struct error *error)
{
    pthread_mutex_lock(&link->disk);
    int code = link_open_store(link, error);
    pthread_mutex_unlock(&link->disk);
    return code == 0;
}

static void do_job(struct link *link, const struct link_job *job)
{
    struct error trouble = ERROR_NONE;
    if (!is_open(link, &trouble)) {
        refuse_job(link, job, &trouble);
        return;
    }
    switch (job->kind) {
    case JOB_LEASE:
        do_lease(link, job);
        break;
    case JOB_RELEASE:
        do_release(link);
        break;
    case JOB_BOOK:
        do_book(link, job);
        break;
    case JOB_CHECK:
        do_check(link, job);
        break;
    }
}

// The next job, or NULL when a wish is due or the link stops with nothing left to do.
static struct link_job *wait_job(struct link *link, bool *stop)
{
    pthread_mutex_lock(&link->lock);
    while (!link->first_job && !link->stop) {
        if (link->wish.state == WISH_NONE)
            pthread_cond_wait(&link->keeper_wake, &link->lock);
        else if (link_wait_until(&link->keeper_wake, &link->lock, link->wish.deadline_ms))
            break;
    }
    struct link_job *job = link->first_job;
    if (job) {
        link->first_job = job->next;
        if (!job->next)
            link->last_job = NULL;
    }
    *stop = !job && link->stop;
    pthread_mutex_unlock(&link->lock);
    return job;
}

static void finish_job(struct link *link, struct link_job *job)
{
    memory_wipe(&job->booking, sizeof job->booking);
    free(job);
    pthread_mutex_lock(&link->lock);
    link->jobs--;
    pthread_cond_broadcast(&link->settled);
    pthread_mutex_unlock(&link->lock);
}

void *link_keeper_run(void *argument)
{
    struct link *link = argument;
    for (;;) {
        bool stop;
        struct link_job *job = wait_job(link, &stop);
        if (stop)
            return NULL;
        if (job) {
            do_job(link, job);
            finish_job(link, job);
        }
        answer_late_wish(link);
    }
}
