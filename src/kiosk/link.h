// The kiosk's link: two workers behind one small interface. The keeper does the disk (the store), the caller
// does the wire (the agenda's command). The screen thread only posts requests and gets events; it never
// waits. A confirmation is durable without any wire. Requests may be made from the screen thread only;
// `notify` runs on a worker and must only hand the event over.
#ifndef WEGWIJS_KIOSK_LINK_H
#define WEGWIJS_KIOSK_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "booking/booking.h"
#include "kiosk/store.h"

enum link_event_kind {
    LINK_OFFER,       // what can be offered changed: ask link_offer()
    LINK_LEASED,      // answer to link_lease: the slots are ours; `lease` is the first, with the code
    LINK_TAKEN,       // answer to link_lease: somebody else has one of them
    LINK_FULL,        // answer to link_lease: the agenda gives this kiosk no more for now
    LINK_BOOKED,      // answer to link_book: durable
    LINK_BOOK_FAILED, // answer to link_book: nothing was booked (disk full …); `error`
    LINK_CHECKED,     // answer to link_check
    LINK_ONLINE,      // the agenda answers (again)
    LINK_OFFLINE,     // the agenda does not answer
};

struct link_event {
    enum link_event_kind kind;
    uint32_t request; // the number given with the request; 0 for what was not asked
    struct lease lease;
    bool exists; // LINK_CHECKED
    struct moment start;
    char guide[SLOT_GUIDE_SIZE];
    struct error error;
};

struct link_options {
    const char *data_folder;           // the store's
    const char *agenda;                // the command line
    const char *kiosk;                 // this kiosk's name
    unsigned leases_wanted;            // how many to hold for off-line hours
    unsigned lease_days;               // over how many coming days
    int answer_ms, connect_ms;         // limits for an answer and for the first answer (default 5000, 10000)
    int interval_ms;                   // between syncs when nothing happens (default 60000); ± jitter
    int idle_ms;                       // a connection not used for so long is closed; 0: kept open
    int pause_first_ms, pause_most_ms; // after a failure, doubling (default 1000, 60000); with jitter
    void (*notify)(void *context, const struct link_event *event);
    void *context;
};

struct link;
// A store that cannot be opened now (disk full or read-only) does not keep the kiosk from starting: nothing
// is offered then, link_full() says so, and opening is tried again and again.
int link_start(struct link **link, const struct link_options *options, struct error *error);
void link_stop(struct link *link); // ends the workers; leaves everything durable

// What may be offered now for a talk of `slots` consecutive slots: on line free and held, off line held only.
// Each entry is the first slot of a run, sorted. With a language each moment stands there once, with a guide
// who speaks it where there is one; NULL: the moments of all guides. Returns the count written.
unsigned link_offer(struct link *link, unsigned slots, const char *language, struct slot *offer,
                    unsigned room);
bool link_online(struct link *link);
bool link_full(struct link *link); // the agenda's limit is reached, or there is no disk to promise on
// When bookings were confirmed here since `since` (UTC), newest first, also before a restart. Reads the disk:
// for the start only. Returns how many were written.
unsigned link_confirmed(struct link *link, int64_t since, int64_t *made, unsigned room);
unsigned link_queue(struct link *link);  // bookings not yet acknowledged
unsigned link_leases(struct link *link); // held for off-line hours and free
const char *link_guide_name(struct link *link, const char *guide, char *out, size_t size);

// Reserves `slots` consecutive slots from `first`: on line the agenda is asked, off line (or when the answer
// does not come in time) only what is held. Held slots are answered at once, without the wire.
void link_lease(struct link *link, uint32_t request, const struct slot *first, unsigned slots);
// Gives back what link_lease reserved for this visit (stopped, another moment chosen, timed out).
void link_release(struct link *link);
// A spare code for a call-back: 0 or ERROR_UNAVAILABLE.
int link_spare_code(struct link *link, char code[CODE_SIZE]);
// Seals and stores; copies and wipes its copy. The answer comes when it is on the disk. Then it is sent at
// once.
void link_book(struct link *link, uint32_t request, const struct booking *booking);
void link_check(struct link *link, uint32_t request, const char *code);
void link_cut(struct link *link, bool cut); // the script's fault link-cut / link-ok
void link_status(struct link *link, const char *key, const char *value); // goes with the next sync
void link_flush(struct link *link,
                int limit_ms); // waits until the outbox is empty or the limit; at exit of scripts
#endif
