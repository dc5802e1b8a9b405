// Many kiosks at one agenda:
//   many FOLDER AGENDA-FILE KIOSKS BOOKINGS
// Each kiosk books BOOKINGS times, all at once, and chooses at random among what is free, so that most leases
// are asked over the wire. Prints the confirmations, and "kiosks N booked N taken N failed N p50 N p95 N max
// N delivered N": milliseconds from the choice of a moment to the durable booking (lease and confirmation).
#include <sodium.h>

#include "lobby.h"

#include "base/banned.h"

struct kiosk {
    struct lobby lobby;
    unsigned booked, taken, failed;
    double *ms;
};
static int bookings;

static void book_one(struct kiosk *kiosk)
{
    struct slot offer[2048];
    unsigned count = link_offer(kiosk->lobby.link, 1, NULL, offer, 2048);
    if (count == 0) {
        kiosk->taken++;
        return;
    }
    double begun = lobby_now_ms();
    struct link_event event = lobby_lease(&kiosk->lobby, &offer[randombytes_uniform(count)], 1);
    if (event.kind != LINK_LEASED) {
        if (event.error.code == ERROR_TAKEN)
            kiosk->taken++;
        else {
            fprintf(stderr, "refused: %s\n", event.error.text);
            kiosk->failed++;
        }
        return;
    }
    if (lobby_book(&kiosk->lobby, &event.lease, 1).kind == LINK_BOOKED)
        kiosk->ms[kiosk->booked++] = lobby_now_ms() - begun;
    else
        kiosk->failed++;
}

static void *run_kiosk(void *context)
{
    struct kiosk *kiosk = context;
    while (kiosk->booked < (unsigned)bookings && kiosk->taken < 1000 && kiosk->failed < 10) {
        book_one(kiosk);
        link_release(kiosk->lobby.link);
        nanosleep(&(struct timespec){0, (long)randombytes_uniform(200000000)}, NULL); // the next visitor
    }
    link_flush(kiosk->lobby.link, 60000);
    return NULL;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct error error = ERROR_NONE;
    if (argc < 5)
        return 2;
    int kiosks = (int)strtol(argv[3], NULL, 10);
    bookings = (int)strtol(argv[4], NULL, 10);
    log_quiet(true);
    if (seal_ready(&error) != 0)
        return 1;
    struct kiosk *all = memory_new((size_t)kiosks, sizeof *all);
    pthread_t *threads = memory_new((size_t)kiosks, sizeof *threads);
    for (int i = 0; i < kiosks; i++) {
        char *data = memory_format("%s/many-%d", argv[1], i), *name = memory_format("lobby-%d", i);
        char *command = memory_format("wegwijs-agenda --agenda '%s' serve --kiosk %s", argv[2], name);
        all[i].ms = memory_new((size_t)bookings, sizeof *all[i].ms);
        if (lobby_start(&all[i].lobby, data, command, name, 4, &error) != 0) {
            fprintf(stderr, "%s\n", error.text);
            return 1;
        }
        free(data);
        free(name);
        free(command);
    }
    for (int i = 0; i < kiosks; i++)
        if (!lobby_wait_online(&all[i].lobby, 60000)) {
            fprintf(stderr, "kiosk %d does not come on line\n", i);
            return 1;
        }
    for (int i = 0; i < kiosks; i++)
        pthread_create(&threads[i], NULL, run_kiosk, &all[i]);
    double *ms = memory_new((size_t)(kiosks * bookings), sizeof *ms);
    unsigned booked = 0, taken = 0, failed = 0, left = 0;
    for (int i = 0; i < kiosks; i++) {
        pthread_join(threads[i], NULL);
        memcpy(ms + booked, all[i].ms, all[i].booked * sizeof *ms);
        booked += all[i].booked;
        taken += all[i].taken;
        failed += all[i].failed;
        left += link_queue(all[i].lobby.link);
    }
    qsort(ms, booked, sizeof *ms, compare);
    if (booked > 0)
        printf("kiosks %d booked %u taken %u failed %u p50 %.0f p95 %.0f max %.0f delivered %u\n", kiosks,
               booked, taken, failed, ms[booked / 2], ms[booked * 95 / 100], ms[booked - 1], booked - left);
    fflush(stdout);
    for (int i = 0; i < kiosks; i++)
        link_stop(all[i].lobby.link);
    return 0;
}
