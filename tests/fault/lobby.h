// A lobby without a screen: one link, and a visitor who asks and waits. For the fault tests, which drive the
// kiosk's own link and store against the real agenda. Every confirmation is printed the moment it is durable:
// what stands on standard output is what a printed slip would have promised.
#ifndef WEGWIJS_TESTS_LOBBY_H
#define WEGWIJS_TESTS_LOBBY_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "booking/seal.h"
#include "kiosk/link.h"

#define LOBBY_EVENTS 64
// No name and no phone number of a visitor may be readable outside memory; the tests look for these.
#define LOBBY_FIRST_NAME "Zzvoornaam"
#define LOBBY_LAST_NAME "Zzachternaam"
#define LOBBY_PHONE "+32470998877"

struct lobby {
    struct link *link;
    uint32_t request;
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    struct link_event events[LOBBY_EVENTS];
    unsigned count;
};

static inline void lobby_notify(void *context, const struct link_event *event)
{
    struct lobby *lobby = context;
    pthread_mutex_lock(&lobby->lock);
    if (event->request != 0 && lobby->count < LOBBY_EVENTS)
        lobby->events[lobby->count++] = *event;
    pthread_cond_broadcast(&lobby->arrived);
    pthread_mutex_unlock(&lobby->lock);
}

static inline int lobby_start(struct lobby *lobby, const char *data, const char *agenda, const char *kiosk,
                              unsigned leases, struct error *error)
{
    *lobby = (struct lobby){0};
    pthread_mutex_init(&lobby->lock, NULL);
    pthread_cond_init(&lobby->arrived, NULL);
    struct link_options options = {.data_folder = data,
                                   .agenda = agenda,
                                   .kiosk = kiosk,
                                   .leases_wanted = leases,
                                   .lease_days = 14,
                                   .notify = lobby_notify,
                                   .context = lobby};
    return link_start(&lobby->link, &options, error);
}

static inline double lobby_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static inline bool lobby_wait_online(struct lobby *lobby, int limit_ms)
{
    double until = lobby_now_ms() + limit_ms;
    while (!link_online(lobby->link) && lobby_now_ms() < until)
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    return link_online(lobby->link);
}

// The answer to a request: 60 seconds, then the program gives up.
static inline struct link_event lobby_wait(struct lobby *lobby, uint32_t request)
{
    struct timespec until;
    struct link_event event;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 60;
    pthread_mutex_lock(&lobby->lock);
    for (;;) {
        unsigned i = 0;
        while (i < lobby->count && lobby->events[i].request != request)
            i++;
        if (i < lobby->count) {
            event = lobby->events[i];
            lobby->events[i] = lobby->events[--lobby->count];
            break;
        }
        if (pthread_cond_timedwait(&lobby->arrived, &lobby->lock, &until) != 0) {
            fprintf(stderr, "no answer to request %u\n", request);
            _exit(9);
        }
    }
    pthread_mutex_unlock(&lobby->lock);
    return event;
}

static inline struct link_event lobby_lease(struct lobby *lobby, const struct slot *slot, unsigned slots)
{
    uint32_t request = ++lobby->request;
    link_lease(lobby->link, request, slot, slots);
    return lobby_wait(lobby, request);
}

// Says what was promised, in one write, so that a kill cannot cut it.
static inline void lobby_say_confirmed(const struct booking *booking)
{
    char start[MOMENT_TEXT_SIZE], line[160];
    moment_format(booking->slot.start, start);
    text_print(line, sizeof line, "confirmed %s %s %s %s %u\n", booking->id, booking->code,
               booking->slot.guide, start, booking->slots);
    ssize_t n = write(STDOUT_FILENO, line, strlen(line));
    (void)n;
}

static inline struct link_event lobby_book(struct lobby *lobby, const struct lease *lease, unsigned slots)
{
    struct booking booking = {.kind = BOOKING_SLOT,
                              .slot = lease->slot,
                              .slots = slots,
                              .first_name = LOBBY_FIRST_NAME,
                              .last_name = LOBBY_LAST_NAME,
                              .phone = LOBBY_PHONE,
                              .language = "ro",
                              .channel = "kiosk",
                              .made = clock_instant()};
    booking_new_id(booking.id);
    text_copy(booking.code, CODE_SIZE, lease->code);
    uint32_t request = ++lobby->request;
    link_book(lobby->link, request, &booking);
    struct link_event event = lobby_wait(lobby, request);
    if (event.kind == LINK_BOOKED)
        lobby_say_confirmed(&booking);
    else
        fprintf(stderr, "not booked: %s\n", event.error.text);
    return event;
}

#endif
