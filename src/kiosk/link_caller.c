// The caller: the wire's worker. It keeps one connection with the agenda, syncs at intervals and at once when
// something was booked, and tries again with growing pauses when the agenda is away.
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/link_state.h"

#include "base/banned.h"

#define FIRST_MS 60                    // the first picture has the processors to itself
#define RECHECK_MS (60 * 60 * 1000)    // then a new hello: guides, receipts, what was refused
#define HELLO_AGAIN_MS (5 * 60 * 1000) // not more often for a guide whom the hello did not name
#define CLOCK_TOLERANCE_S 120
#define RECEIPT_DAYS 7 // how long after its day a receipt is kept

static int64_t jitter(int64_t ms)
{
    return ms / 2 + (int64_t)randombytes_uniform((uint32_t)(ms / 2 + 1));
}

static void set_online(struct link *link, bool online)
{
    pthread_mutex_lock(&link->lock);
    bool changed = link->online != online || !link->tried; // one that never answered is told too
    link->online = online;
    link->tried = true;
    pthread_mutex_unlock(&link->lock);
    if (!changed)
        return;
    log_info(online ? "the agenda answers" : "the agenda does not answer: going on with what is held");
    link_tell(link, &(struct link_event){.kind = online ? LINK_ONLINE : LINK_OFFLINE});
    link_tell(link, &(struct link_event){.kind = LINK_OFFER});
}

// The wire failed: off line, and a pause that grows. A fault that lasts is said once.
static void fall_back(struct link *link, const struct error *trouble)
{
    int64_t pause = link->options.pause_first_ms, most = link->options.pause_most_ms;
    for (unsigned i = 0; i < link->failures && pause < most; i++)
        pause *= 2;
    link->failures++;
    link->next_ms = clock_steady_ms() + jitter(pause > most ? most : pause);
    if (strcmp(link->last_fault, trouble->text) != 0) {
        bool ours = trouble->code == ERROR_REFUSED || trouble->code == ERROR_VERSION;
        (ours ? log_error : log_warning)("agenda: %s", trouble->text);
        text_copy(link->last_fault, sizeof link->last_fault, trouble->text);
    }
    set_online(link, false);
    pthread_mutex_lock(&link->lock);
    bool waits = link->wish.state == WISH_ASKED;
    uint32_t request = link->wish.request;
    if (waits)
        link->wish.state = WISH_NONE;
    pthread_mutex_unlock(&link->lock);
    if (waits)
        link_tell_error(link, LINK_TAKEN, request, trouble);
}

// ---- hello

static void compare_clocks(struct link *link, int64_t now)
{
    if (now == 0)
        return;
    int64_t offset = now - clock_instant();
    bool wrong = offset > CLOCK_TOLERANCE_S || offset < -CLOCK_TOLERANCE_S;
    if (wrong)
        log_error("the kiosk's clock differs %lld seconds from the agenda's; the agenda's is followed",
                  (long long)offset);
    pthread_mutex_lock(&link->lock);
    link->clock_offset_s = wrong ? offset : 0;
    link->seen = now;
    pthread_mutex_unlock(&link->lock);
}

static int take_hello(struct link *link, const struct hello_answer *answer, struct error *error)
{
    pthread_mutex_lock(&link->disk);
    int code = store_pin(link->store, answer->agenda, &answer->public_key, error);
    if (code == 0)
        code = store_set_guides(link->store, answer->guides, answer->guide_count, error);
    if (code == 0)
        code = store_recheck(link->store, error);
    if (code == 0 && answer->now != 0)
        code = store_set_seen(link->store, answer->now, error);
    link_look_after_store(link, code);
    pthread_mutex_unlock(&link->disk);
    if (code != 0)
        return code;
    compare_clocks(link, answer->now);
    pthread_mutex_lock(&link->lock);
    link->guide_count = answer->guide_count;
    memcpy(link->guides, answer->guides, answer->guide_count * sizeof *answer->guides);
    pthread_mutex_unlock(&link->lock);
    link->want_resend = true;
    link->hello_ms = link->used_ms = clock_steady_ms();
    link->recheck_ms = link->hello_ms + RECHECK_MS;
    return 0;
}

static int connect_agenda(struct link *link, struct error *error)
{
    struct hello_answer answer;
    pthread_mutex_lock(&link->lock);
    struct store_identity identity = link->identity;
    link->renewed = false;
    pthread_mutex_unlock(&link->lock);
    client_identify(link->client, identity.id, identity.replaces);
    int code = client_hello(link->client, &answer, error);
    if (code == 0)
        code = take_hello(link, &answer, error);
    hello_answer_release(&answer);
    if (code != 0)
        client_hang_up(link->client);
    return code;
}

// ---- sync

static int32_t today(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    int32_t day = link_now(link).day;
    pthread_mutex_unlock(&link->lock);
    return day;
}

static int prepare(struct link *link, struct sync_request *request, struct error *error)
{
    const struct store_want want = {.leases = link->options.leases_wanted,
                                    .codes = LINK_CODES_WANTED,
                                    .days = link->options.lease_days,
                                    .today = today(link),
                                    .refused_too = link->want_resend,
                                    .lists = link->want_lists};
    pthread_mutex_lock(&link->disk);
    int code = store_prepare(link->store, &want, request, error);
    link_look_after_store(link, code);
    pthread_mutex_unlock(&link->disk);
    if (code != 0)
        return code;
    pthread_mutex_lock(&link->lock);
    memcpy(request->status, link->status, sizeof request->status);
    request->status_count = link->status_count;
    pthread_mutex_unlock(&link->lock);
    return 0;
}

static void log_news(const struct store_news *news)
{
    if (news->stored > 0)
        log_info("the agenda has %u bookings more from this kiosk", news->stored);
    if (news->kept > 0)
        log_error("the agenda kept %u bookings without their slot, for the guide to solve: %s", news->kept,
                  news->reason);
    if (news->refused > 0)
        log_error("the agenda refused %u bookings, which stay here sealed: %s", news->refused, news->reason);
    if (news->missing > 0) {
        char start[MOMENT_TEXT_SIZE];
        moment_format(news->lost.start, start);
        log_error("the agenda has lost %u bookings that it had acknowledged (one of %s at %s); it was told "
                  "which, and keeps their slots blocked",
                  news->missing, news->lost.guide, start);
    }
}

static bool is_renewed(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    bool renewed = link->renewed;
    pthread_mutex_unlock(&link->lock);
    return renewed;
}

// The free slots that were told before these bookings went are out of date by them, until the lists come.
// Holds `lock`.
static void drop_used(struct link *link)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < link->free_count; i++) {
        bool used = false;
        for (unsigned j = 0; j < link->held_count && !used; j++)
            used = link->held[j].state == STORE_USED &&
                   slot_same(&link->held[j].lease.slot, &link->free_slots[i]);
        if (!used)
            link->free_slots[kept++] = link->free_slots[i];
    }
    link->free_count = kept;
}

static int apply(struct link *link, const struct sync_request *request, const struct sync_answer *answer,
                 struct store_news *news, struct error *error)
{
    pthread_mutex_lock(&link->disk);
    int code = is_renewed(link) ? error_set(error, ERROR_UNAVAILABLE, "the store began anew meanwhile")
                                : store_apply(link->store, request, answer, news, error);
    pthread_mutex_lock(&link->lock);
    if (code == 0 && answer->brief)
        drop_used(link);
    if (code == 0 && !answer->brief) {
        memcpy(link->free_slots, answer->free_slots, answer->free_count * sizeof *answer->free_slots);
        link->free_count = answer->free_count;
        link->full = answer->full;
    }
    struct moment past = link_now(link);
    pthread_mutex_unlock(&link->lock);
    past.day -= RECEIPT_DAYS;
    if (code == 0)
        store_forget(link->store, past, NULL);
    link_look_after_store(link, code);
    link_refresh(link);
    pthread_mutex_unlock(&link->disk);
    return code;
}

static bool knows_guide(const struct link *link, const char *guide)
{
    for (unsigned i = 0; i < link->guide_count; i++) // only this thread writes it
        if (strcmp(link->guides[i].id, guide) == 0)
            return true;
    return false;
}

// A slot of a guide who is new since the hello: say hello again soon, for the name and the languages.
static void ask_for_guides(struct link *link, const struct sync_answer *answer)
{
    bool known = true;
    for (unsigned i = 0; i < answer->lease_count && known; i++)
        known = knows_guide(link, answer->leases[i].slot.guide);
    for (unsigned i = 0; i < answer->free_count && known; i++)
        known = knows_guide(link, answer->free_slots[i].guide);
    if (!known && clock_steady_ms() >= link->hello_ms + HELLO_AGAIN_MS)
        link->recheck_ms = 0;
}

// One request and its answer. *again: it brought something further, and there is more.
static int sync_once(struct link *link, bool *again, struct error *error)
{
    struct sync_request request;
    struct sync_answer answer = {0};
    struct store_news news = {0};
    *again = false;
    int code = prepare(link, &request, error);
    if (code != 0) {
        client_hang_up(link->client);
        return code;
    }
    code = client_sync(link->client, &request, &answer, error);
    if (code == 0)
        code = apply(link, &request, &answer, &news, error);
    if (code == 0) {
        link->want_resend = false;
        link->used_ms = clock_steady_ms();
        ask_for_guides(link, &answer);
        log_news(&news);
        link->want_lists = answer.brief && news.stored + news.refused == 0;
        bool further = answer.brief || news.stored + news.refused + request.receipt_count > 0 ||
                       request.want_leases == 0;
        *again = news.surplus || (further && (news.more || news.unchecked > 0));
    } else {
        client_hang_up(link->client);
    }
    sync_answer_release(&answer);
    sync_request_release(&request);
    return code;
}

static bool visitor_waits(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    bool waits = link->stop || link->cut || (link->online && link->wish.state == WISH_ASKED) ||
                 (link->online && link->check_wanted);
    pthread_mutex_unlock(&link->lock);
    return waits;
}

// Connects when needed, and syncs until nothing is left to send. A visitor who waits for a slot goes first.
static void do_sync(struct link *link)
{
    struct error trouble = ERROR_NONE;
    bool again = true;
    pthread_mutex_lock(&link->disk);
    int code = link_open_store(link, &trouble);
    pthread_mutex_unlock(&link->disk);
    if (code != 0) {
        fall_back(link, &trouble);
        return;
    }
    if (!client_connected(link->client) || clock_steady_ms() >= link->recheck_ms || is_renewed(link))
        code = connect_agenda(link, &trouble);
    while (code == 0 && again) {
        code = sync_once(link, &again, &trouble);
        if (code == 0 && again && visitor_waits(link)) {
            pthread_mutex_lock(&link->lock);
            link->sync_now = true;
            pthread_mutex_unlock(&link->lock);
            break;
        }
    }
    if (code != 0) {
        fall_back(link, &trouble);
        return;
    }
    link->failures = 0;
    link->last_fault[0] = 0;
    link->next_ms = clock_steady_ms() + jitter(link->options.interval_ms) + link->options.interval_ms / 4;
    set_online(link, true);
}

// ---- what a visitor waits for

static void do_wish(struct link *link)
{
    struct error trouble = ERROR_NONE;
    struct lease_answer answer;
    struct lease_request request;
    pthread_mutex_lock(&link->lock);
    struct link_wish wish = link->wish;
    bool asked = wish.state == WISH_ASKED;
    if (asked)
        link->wish.state = WISH_CALLING;
    pthread_mutex_unlock(&link->lock);
    if (!asked)
        return;
    memcpy(request.slots, wish.slots, sizeof request.slots);
    request.count = wish.count;
    int code = client_connected(link->client) ? 0 : connect_agenda(link, &trouble); // closed when it was idle
    if (code == 0)
        code = client_lease(link->client, &request, &answer, &trouble);
    link->used_ms = clock_steady_ms();
    if (code == 0 && !answer.taken && answer.count == request.count) {
        link_settle_lease(link, &wish, &answer);
        return;
    }
    if (code == 0)
        error_set(&trouble, ERROR_TAKEN, "the slot is taken");
    pthread_mutex_lock(&link->lock);
    bool wanted = link_wish_wanted(link, &wish);
    uint32_t number = link->wish.request;
    if (wanted)
        link->wish.state = WISH_NONE;
    bool full = code == ERROR_FULL;
    link->full = link->full || full;
    link->sync_now = link->sync_now || code == 0; // what is offered was out of date
    pthread_mutex_unlock(&link->lock);
    if (full)
        log_warning("agenda: %s", trouble.text);
    else if (code != 0)
        fall_back(link, &trouble);
    if (wanted)
        link_tell_error(link, full ? LINK_FULL : LINK_TAKEN, number, &trouble);
}

static void do_check(struct link *link)
{
    struct error trouble = ERROR_NONE;
    struct check_request request;
    struct check_answer answer;
    pthread_mutex_lock(&link->lock);
    uint32_t number = link->check_request;
    text_copy(request.code, sizeof request.code, link->check_code);
    link->check_wanted = false;
    bool online = link->online;
    pthread_mutex_unlock(&link->lock);
    if (!online && !client_connected(link->client)) {
        link_check_own(link, number, request.code);
        return;
    }
    int code = client_connected(link->client) ? 0 : connect_agenda(link, &trouble);
    if (code == 0)
        code = client_check(link->client, &request, &answer, &trouble);
    link->used_ms = clock_steady_ms();
    if (code != 0) {
        fall_back(link, &trouble);
        link_check_own(link, number, request.code);
        return;
    }
    struct link_event event = {.kind = LINK_CHECKED, .request = number, .exists = answer.exists};
    event.start = answer.slot.start;
    text_copy(event.guide, sizeof event.guide, answer.slot.guide);
    link_tell(link, &event);
}

// ---- the loop

enum action { ACT_STOP, ACT_CUT, ACT_WISH, ACT_CHECK, ACT_SYNC, ACT_IDLE, ACT_WAIT };

// When the connection will have been unused for too long.
static int64_t idle_at(const struct link *link)
{
    bool closes = link->options.idle_ms > 0 && client_connected(link->client);
    return closes ? link->used_ms + link->options.idle_ms : INT64_MAX;
}

// Holds `lock`.
static enum action choose_action(struct link *link)
{
    if (link->stop)
        return ACT_STOP;
    if (link->cut)
        return link->cut_done ? ACT_WAIT : ACT_CUT;
    link->cut_done = false;
    if (link->online && link->wish.state == WISH_ASKED)
        return ACT_WISH;
    if (link->check_wanted)
        return ACT_CHECK;
    int64_t now_ms = clock_steady_ms();
    if (link->sync_now || now_ms >= link->next_ms)
        return ACT_SYNC;
    return now_ms >= idle_at(link) ? ACT_IDLE : ACT_WAIT;
}

static enum action wait_action(struct link *link)
{
    enum action action;
    pthread_mutex_lock(&link->lock);
    while ((action = choose_action(link)) == ACT_WAIT) {
        if (link->cut)
            pthread_cond_wait(&link->caller_wake, &link->lock);
        else
            link_wait_until(&link->caller_wake, &link->lock,
                            idle_at(link) < link->next_ms ? idle_at(link) : link->next_ms);
    }
    if (action == ACT_SYNC)
        link->sync_now = false;
    pthread_mutex_unlock(&link->lock);
    return action;
}

void *link_caller_run(void *argument)
{
    struct link *link = argument;
    link->next_ms = clock_steady_ms() + FIRST_MS;
    for (;;) {
        switch (wait_action(link)) {
        case ACT_STOP:
        case ACT_WAIT:
            return NULL;
        case ACT_CUT:
            client_hang_up(link->client);
            link->cut_done = true;
            set_online(link, false);
            break;
        case ACT_WISH:
            do_wish(link);
            break;
        case ACT_CHECK:
            do_check(link);
            break;
        case ACT_SYNC:
            do_sync(link);
            break;
        case ACT_IDLE:
            client_hang_up(link->client); // on line all the same: the next request says hello again
            break;
        }
    }
}
