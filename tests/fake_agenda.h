// A small agenda for the tests of the link: a file with a few slots, served through the real server. The test
// program starts itself as the agenda's command: `test --serve FILE KIOSK`. What goes wrong is asked for in
// the file itself, so that a test can change it while the command runs.
#ifndef WEGWIJS_TESTS_FAKE_AGENDA_H
#define WEGWIJS_TESTS_FAKE_AGENDA_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "sync/server.h"

#define FAKE_SLOTS 16
#define FAKE_BOOKINGS 256

struct fake_slot {
    struct slot slot;
    char kiosk[MESSAGE_KIOSK_SIZE]; // lease
    char code[CODE_SIZE];
    char booking[BOOKING_ID_SIZE];
};
struct fake {
    struct seal_pair pair;
    char id[BOOKING_ID_SIZE];
    struct fake_slot slots[FAKE_SLOTS];
    char bookings[FAKE_BOOKINGS][BOOKING_ID_SIZE];
    unsigned booking_count, accepts, hellos, listings; // listings: exchanges that told what is free
    // faults
    int lease_pause_ms, accept_pause_ms; // before the work is done
    bool busy;                           // accept fails for the agenda's own reasons
    bool refuse;
    bool exit_after_accept; // dies after the booking is durable, before the answer
    bool forget_receipts;
    bool full;                   // leases nothing more
    bool picky;                  // admits only `store`, and whoever replaces it
    char store[BOOKING_ID_SIZE]; // which said hello last
};

struct fake_context {
    const char *path, *kiosk;
    struct fake fake;
    int fd;
};

static inline void fake_open(struct fake_context *context)
{
    context->fd = open(context->path, O_RDWR | O_CREAT, 0600);
    flock(context->fd, LOCK_EX);
    ssize_t n = pread(context->fd, &context->fake, sizeof context->fake, 0);
    (void)n;
}

static inline void fake_close(struct fake_context *context)
{
    ssize_t n = pwrite(context->fd, &context->fake, sizeof context->fake, 0);
    (void)n;
    close(context->fd);
}

static inline void fake_sleep(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static inline int fake_admit(void *context, const struct hello_request *hello, struct error *error)
{
    struct fake_context *c = context;
    int code = 0;
    fake_open(c);
    if (c->fake.picky && strcmp(c->fake.store, hello->store) != 0 &&
        strcmp(c->fake.store, hello->replaces) != 0)
        code = error_set(error, ERROR_REFUSED, "another kiosk has that name");
    else
        text_copy(c->fake.store, BOOKING_ID_SIZE, hello->store);
    fake_close(c);
    return code;
}

static inline int fake_describe(void *context, struct hello_answer *answer, struct error *error)
{
    struct fake_context *c = context;
    (void)error;
    fake_open(c);
    c->fake.hellos++;
    text_copy(answer->agenda, BOOKING_ID_SIZE, c->fake.id);
    answer->public_key = c->fake.pair.open;
    fake_close(c);
    static const struct message_guide guides[] = {{"els", "Els", {"nl", "ro"}, 2},
                                                  {"karim", "Karim", {"nl", "ar"}, 2}};
    answer->guides = memory_new(2, sizeof *answer->guides);
    answer->guide_count = 2;
    memcpy(answer->guides, guides, sizeof guides);
    return 0;
}

static inline int fake_begin(void *context, const struct sync_request *sync, struct error *error)
{
    (void)context, (void)sync, (void)error;
    return 0;
}

static inline int fake_end(void *context, int code, struct error *error)
{
    (void)context, (void)error;
    return code;
}

static inline struct fake_slot *fake_find(struct fake *fake, const struct slot *slot)
{
    for (int i = 0; i < FAKE_SLOTS; i++)
        if (slot_same(&fake->slots[i].slot, slot))
            return &fake->slots[i];
    return NULL;
}

static inline int fake_lease(void *context, const struct slot *slots, unsigned count, struct lease *leases,
                             struct error *error)
{
    struct fake_context *c = context;
    int code = 0;
    fake_open(c);
    int pause = c->fake.lease_pause_ms;
    bool full = c->fake.full;
    fake_close(c);
    if (full)
        return error_set(error, ERROR_FULL, "enough for this hour");
    fake_sleep(pause);
    fake_open(c);
    for (unsigned i = 0; i < count; i++) {
        struct fake_slot *one = fake_find(&c->fake, &slots[i]);
        if (!one || one->booking[0] || (one->kiosk[0] && strcmp(one->kiosk, c->kiosk) != 0))
            code = error_set(error, ERROR_TAKEN, "taken");
    }
    for (unsigned i = 0; i < count && code == 0; i++) {
        struct fake_slot *one = fake_find(&c->fake, &slots[i]);
        if (!one->kiosk[0])
            code_new(one->code);
        text_copy(one->kiosk, sizeof one->kiosk, c->kiosk);
        leases[i].slot = one->slot;
        text_copy(leases[i].code, CODE_SIZE, one->code);
    }
    fake_close(c);
    return code;
}

static inline int fake_hold(void *context, const struct slot *slot, struct lease *lease, struct error *error)
{
    struct fake_context *c = context;
    fake_open(c);
    bool full = c->fake.full;
    c->fake.full = false;
    fake_close(c);
    int code = fake_lease(context, slot, 1, lease, error);
    fake_open(c);
    c->fake.full = full;
    fake_close(c);
    return code;
}

static inline int fake_full(void *context, bool *full, struct error *error)
{
    struct fake_context *c = context;
    (void)error;
    fake_open(c);
    *full = c->fake.full;
    fake_close(c);
    return 0;
}

static inline int fake_give_back(void *context, const struct lease *leases, unsigned count,
                                 struct error *error)
{
    struct fake_context *c = context;
    (void)error;
    fake_open(c);
    for (unsigned i = 0; i < count; i++) {
        struct fake_slot *one = fake_find(&c->fake, &leases[i].slot);
        if (one && strcmp(one->kiosk, c->kiosk) == 0 && strcmp(one->code, leases[i].code) == 0)
            one->kiosk[0] = one->code[0] = 0;
    }
    fake_close(c);
    return 0;
}

static inline int fake_top_up(void *context, unsigned want, unsigned days, struct error *error)
{
    struct fake_context *c = context;
    unsigned have = 0;
    (void)days, (void)error;
    fake_open(c);
    for (int i = 0; i < FAKE_SLOTS; i++)
        have += strcmp(c->fake.slots[i].kiosk, c->kiosk) == 0;
    for (int i = 0; i < FAKE_SLOTS && have < want; i++) {
        struct fake_slot *one = &c->fake.slots[i];
        if (one->kiosk[0] || one->booking[0])
            continue;
        code_new(one->code);
        text_copy(one->kiosk, sizeof one->kiosk, c->kiosk);
        have++;
    }
    fake_close(c);
    return 0;
}

static inline int fake_leases(void *context, struct lease *leases, unsigned room, struct error *error)
{
    struct fake_context *c = context;
    unsigned count = 0;
    (void)error;
    fake_open(c);
    for (int i = 0; i < FAKE_SLOTS && count < room; i++)
        if (strcmp(c->fake.slots[i].kiosk, c->kiosk) == 0) {
            leases[count].slot = c->fake.slots[i].slot;
            text_copy(leases[count++].code, CODE_SIZE, c->fake.slots[i].code);
        }
    fake_close(c);
    return (int)count;
}

static inline int fake_free(void *context, unsigned days, struct slot *slots, unsigned room,
                            struct error *error)
{
    struct fake_context *c = context;
    unsigned count = 0;
    (void)error, (void)days;
    fake_open(c);
    c->fake.listings++;
    for (int i = 0; i < FAKE_SLOTS && count < room; i++)
        if (!c->fake.slots[i].kiosk[0] && !c->fake.slots[i].booking[0])
            slots[count++] = c->fake.slots[i].slot;
    fake_close(c);
    return (int)count;
}

static inline bool fake_knows(const struct fake *fake, const char *id)
{
    for (unsigned i = 0; i < fake->booking_count; i++)
        if (strcmp(fake->bookings[i], id) == 0)
            return true;
    return false;
}

static inline enum message_result fake_take(struct fake_context *c, const struct booking *booking)
{
    struct slot slot = booking->slot;
    if (fake_knows(&c->fake, booking->id))
        return MESSAGE_KNOWN;
    for (unsigned i = 0; i < booking->slots; i++) {
        struct fake_slot *one = fake_find(&c->fake, &slot);
        if (!one || strcmp(one->kiosk, c->kiosk) != 0)
            return MESSAGE_REFUSED;
        one->kiosk[0] = 0;
        text_copy(one->booking, BOOKING_ID_SIZE, booking->id);
        slot.start = moment_add(slot.start, slot.minutes);
    }
    text_copy(c->fake.bookings[c->fake.booking_count++], BOOKING_ID_SIZE, booking->id);
    return MESSAGE_STORED;
}

static inline int fake_accept(void *context, const char *id, const char *sealed, enum message_result *result,
                              char reason[MESSAGE_TEXT_SIZE], struct error *error)
{
    struct fake_context *c = context;
    struct booking booking;
    char *json;
    size_t size;
    (void)id;
    reason[0] = 0;
    fake_open(c);
    int pause = c->fake.accept_pause_ms, code = 0;
    bool die = c->fake.exit_after_accept;
    fake_close(c);
    fake_sleep(pause);
    fake_open(c);
    *result = MESSAGE_REFUSED;
    if (c->fake.busy)
        code = error_set(error, ERROR_TIMEOUT, "the agenda is busy");
    else if (!c->fake.refuse && seal_open(&c->fake.pair, sealed, &json, &size, NULL) == 0) {
        c->fake.accepts++;
        if (booking_from_json(json, size, &booking, NULL) == 0)
            *result = fake_take(c, &booking);
        free(json);
    }
    c->fake.exit_after_accept = false;
    fake_close(c);
    if (die)
        _exit(3);
    return code;
}

static inline int fake_check(void *context, const char *code, struct check_answer *answer,
                             struct error *error)
{
    struct fake_context *c = context;
    (void)error;
    fake_open(c);
    for (int i = 0; i < FAKE_SLOTS; i++)
        if (c->fake.slots[i].booking[0] && strcmp(c->fake.slots[i].code, code) == 0) {
            answer->exists = true;
            answer->slot = c->fake.slots[i].slot;
            text_copy(answer->state, sizeof answer->state, "booked");
        }
    fake_close(c);
    return 0;
}

static inline int fake_codes(void *context, unsigned want, char (*codes)[CODE_SIZE], unsigned room,
                             struct error *error)
{
    (void)context, (void)error;
    unsigned count = want < room ? want : room;
    for (unsigned i = 0; i < count; i++)
        code_new(codes[i]);
    return (int)count;
}

static inline int fake_receipt(void *context, const struct message_receipt *receipt, bool *missing,
                               struct error *error)
{
    struct fake_context *c = context;
    (void)error;
    fake_open(c);
    *missing = c->fake.forget_receipts || !fake_knows(&c->fake, receipt->id);
    fake_close(c);
    return 0;
}

static inline int fake_contact(void *context, const char *version, const char *status, struct error *error)
{
    (void)context, (void)version, (void)status, (void)error;
    return 0;
}

static const struct server_ops fake_ops = {.admit = fake_admit,
                                           .describe = fake_describe,
                                           .lease = fake_lease,
                                           .hold = fake_hold,
                                           .give_back = fake_give_back,
                                           .top_up = fake_top_up,
                                           .leases = fake_leases,
                                           .free_slots = fake_free,
                                           .begin = fake_begin,
                                           .end = fake_end,
                                           .accept = fake_accept,
                                           .check = fake_check,
                                           .spare_codes = fake_codes,
                                           .receipt = fake_receipt,
                                           .full = fake_full,
                                           .contact = fake_contact};

static inline int fake_main(const char *path, const char *kiosk)
{
    struct fake_context *context = memory_new(1, sizeof *context);
    struct error error;
    context->path = path;
    context->kiosk = kiosk;
    signal(SIGPIPE, SIG_IGN);
    if (seal_ready(&error) != 0)
        return 1;
    struct server_options options = {.in_fd = 0, .out_fd = 1, .kiosk = kiosk};
    int code = server_run(&options, &fake_ops, context, &error);
    free(context);
    return code != 0;
}

// Sixteen half hours of guide els, from 9.00 on 24 November 2026, eight a day.
static inline void fake_make(struct fake *fake)
{
    memset(fake, 0, sizeof *fake);
    seal_new_pair(&fake->pair);
    booking_new_id(fake->id);
    for (int i = 0; i < FAKE_SLOTS; i++) {
        struct slot *slot = &fake->slots[i].slot;
        text_copy(slot->guide, SLOT_GUIDE_SIZE, "els");
        slot->start.day = day_from_civil(2026, 11, 24) + i / 8;
        slot->start.minute = (int16_t)(9 * 60 + i % 8 * 30);
        slot->minutes = 30;
    }
}

static inline void fake_write(const char *path, const struct fake *fake)
{
    struct fake_context *context = memory_new(1, sizeof *context);
    context->path = path;
    fake_open(context);
    context->fake = *fake;
    fake_close(context);
    free(context);
}

static inline struct fake *fake_read(const char *path)
{
    struct fake_context *context = memory_new(1, sizeof *context);
    context->path = path;
    fake_open(context);
    close(context->fd);
    struct fake *fake = memory_new(1, sizeof *fake);
    *fake = context->fake;
    free(context);
    return fake;
}

#endif
