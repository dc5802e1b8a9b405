#include "cli/unseal.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

#define THREADS_MAX 3
#define FEW 16 // a thread costs as much as opening a few

struct unseal {
    const struct seal_pair *pair; // immutable
    const struct message_sealed *bookings;
    unsigned count;
    struct unsealed *unsealed; // each belongs to the thread that took its number until it is `open`
    atomic_bool *open;
    atomic_uint taken; // the next number that nobody works at
    unsigned given;    // the caller's thread only, as what follows
    pthread_t threads[THREADS_MAX];
    unsigned thread_count;
};

// A booking that does not open or does not hold together is answered "refused": the kiosk keeps it and tells.
static void open_one(const struct seal_pair *pair, const struct message_sealed *sealed, struct unsealed *out)
{
    char *json = NULL;
    size_t size = 0;
    struct error fault = ERROR_NONE;
    int code = seal_open(pair, sealed->text, &json, &size, &fault);
    if (code == 0)
        code = booking_from_json(json, size, &out->booking, &fault);
    if (json != NULL) {
        memory_wipe(json, size);
        free(json);
    }
    if (code == 0 && strcmp(out->booking.id, sealed->id) != 0)
        code = error_set(&fault, ERROR_REFUSED, "the id inside the seal is another");
    out->good = code == 0;
    text_copy(out->reason, MESSAGE_TEXT_SIZE, out->good ? "" : fault.text);
}

// Takes one number and opens it; false when none is left.
static bool open_some(struct unseal *unseal)
{
    unsigned at = atomic_fetch_add(&unseal->taken, 1);
    if (at >= unseal->count)
        return false;
    open_one(unseal->pair, &unseal->bookings[at], &unseal->unsealed[at]);
    atomic_store(&unseal->open[at], true);
    return true;
}

static void *run(void *unseal)
{
    while (open_some(unseal))
        continue;
    return NULL;
}

struct unseal *unseal_new(const struct seal_pair *pair, const struct message_sealed *bookings, unsigned count)
{
    if (count == 0)
        return NULL;
    struct unseal *unseal = memory_new(1, sizeof(*unseal));
    unseal->pair = pair;
    unseal->bookings = bookings;
    unseal->count = count;
    unseal->unsealed = memory_new(count, sizeof(*unseal->unsealed));
    unseal->open = memory_new(count, sizeof(*unseal->open));
    long helpers = count < FEW ? 0 : sysconf(_SC_NPROCESSORS_ONLN) - 1;
    while (unseal->thread_count < THREADS_MAX && unseal->thread_count < helpers &&
           pthread_create(&unseal->threads[unseal->thread_count], NULL, run, unseal) == 0)
        unseal->thread_count++;
    return unseal;
}

const struct unsealed *unseal_next(struct unseal *unseal)
{
    unsigned at = unseal->given++;
    while (!atomic_load(&unseal->open[at]))
        if (!open_some(unseal)) // another thread is at the last ones: a matter of microseconds
            sched_yield();
    return &unseal->unsealed[at];
}

void unseal_free(struct unseal *unseal)
{
    if (unseal == NULL)
        return;
    atomic_store(&unseal->taken, unseal->count);
    for (unsigned i = 0; i < unseal->thread_count; i++)
        pthread_join(unseal->threads[i], NULL);
    memory_wipe(unseal->unsealed, unseal->count * sizeof(*unseal->unsealed));
    free(unseal->unsealed);
    free(unseal->open);
    free(unseal);
}
