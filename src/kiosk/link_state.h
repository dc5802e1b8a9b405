// The link's inside, shared by link.c (screen thread), link_keeper.c and link_caller.c (the workers).
// Locks: `disk` is taken before `lock`. `lock` is held for copying only, never over disk or wire.
#ifndef WEGWIJS_KIOSK_LINK_STATE_H
#define WEGWIJS_KIOSK_LINK_STATE_H

#include <pthread.h>

#include "kiosk/link.h"
#include "kiosk/store.h"
#include "sync/client.h"

#define LINK_HELD_MAX (2 * MESSAGE_LEASES_MAX)
#define LINK_CODES_WANTED 4

enum link_job_kind { JOB_LEASE, JOB_RELEASE, JOB_BOOK, JOB_CHECK };

struct link_job { // for the keeper; wiped when done, because a booking is in it
    enum link_job_kind kind;
    uint32_t request;
    uint32_t visit; // the link's count of releases when it was asked
    struct booking booking;
    struct slot slots[MESSAGE_RUN_MAX];
    unsigned count;
    char code[CODE_SIZE];
    struct link_job *next;
};

enum wish_state { WISH_NONE, WISH_ASKED, WISH_CALLING };

struct link_wish { // what a visitor waits for from the wire
    enum wish_state state;
    uint32_t request, visit;
    int64_t deadline_ms; // on the steady clock: then the keeper answers in the agenda's place
    struct slot slots[MESSAGE_RUN_MAX];
    unsigned count;
};

struct link {
    // immutable after start
    char *data_folder, *agenda, *kiosk;
    struct link_options options;
    pthread_t keeper, caller;

    // protected by disk
    pthread_mutex_t disk;
    struct store *store; // NULL while it cannot be opened (disk full, read-only): nothing is promised then

    // protected by lock
    pthread_mutex_t lock;
    pthread_cond_t keeper_wake, caller_wake, settled;
    bool stop, cut, online;
    bool tried;  // whether it is on line was told once
    bool full;   // said by the agenda
    bool closed; // the store cannot be opened for now
    struct store_identity identity;
    bool renewed;   // the store began anew: say hello as another one
    bool sync_now;  // the caller is to sync at once
    uint32_t visit; // grows with each link_release: what was asked before is no longer wanted
    struct link_job *first_job, *last_job;
    unsigned jobs; // queued or being done
    struct link_wish wish;
    bool check_wanted;
    uint32_t check_request;
    char check_code[CODE_SIZE];
    struct store_lease held[LINK_HELD_MAX];
    unsigned held_count;
    struct slot free_slots[MESSAGE_FREE_MAX];
    unsigned free_count;
    char codes[MESSAGE_CODES_MAX][CODE_SIZE];
    unsigned code_count;
    char code_in_use[CODE_SIZE]; // handed to the present visit
    struct message_guide guides[MESSAGE_GUIDES_MAX];
    unsigned guide_count;
    unsigned queue;
    struct message_status status[MESSAGE_STATUS_MAX];
    unsigned status_count;
    int64_t clock_offset_s; // agenda's clock minus ours, when it differs much
    int64_t seen;           // the newest instant that the agenda told
    uint64_t told;          // the mark of what the screen was told last

    // caller thread only
    struct client *client;
    unsigned failures; // since the last success, for the back-off
    int64_t next_ms;   // when to sync or to try again, on the steady clock
    int64_t recheck_ms;
    int64_t hello_ms, used_ms; // when the connection was made, and used last
    bool cut_done;             // the present cut has been carried out
    bool want_lists;           // though bookings are left: the agenda took none of the last ones
    bool want_resend;          // send again what was refused: on a new connection, and each hour
    char last_fault[ERROR_TEXT_SIZE];
};

void *link_keeper_run(void *link);
void *link_caller_run(void *link);

// Copies the store's state to the snapshot, and tells LINK_OFFER when that is news. Holds `disk`, takes
// `lock`.
void link_refresh(struct link *link);
void link_tell_news(struct link *link); // LINK_OFFER, when the snapshot is another than the last time
// Opens the store when it is not open yet. Holds `disk`, takes `lock`.
int link_open_store(struct link *link, struct error *error);
// After each use of the store, with what it returned: a damaged one is set aside at once. Holds `disk`, takes
// `lock`.
void link_look_after_store(struct link *link, int code);
void link_tell(struct link *link, const struct link_event *event);
void link_tell_error(struct link *link, enum link_event_kind kind, uint32_t request,
                     const struct error *error);
// The run of leases is written down for the visit that asked, or on its way back when that visit is over.
void link_settle_lease(struct link *link, const struct link_wish *wish, const struct lease_answer *answer);
// The visitor still waits for this very wish. Holds `lock`.
bool link_wish_wanted(const struct link *link, const struct link_wish *wish);
// Answers a check from what this kiosk knows itself.
void link_check_own(struct link *link, uint32_t request, const char *code);
int link_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t until_ms);
struct moment link_now(const struct link *link); // the agenda's clock where ours is wrong; holds `lock`

#endif
