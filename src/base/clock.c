#include "base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/banned.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int64_t start_shift_ms; // written once, before any read
static _Atomic int64_t advanced_ms;

static int64_t read_ms(clockid_t id)
{
    struct timespec now = {0};
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void read_start(void)
{
    const char *text = getenv("WEGWIJS_CLOCK");
    struct moment start;
    if (text == NULL || *text == 0)
        return;
    if (moment_parse(text, &start) < 0) {
        fputs("WEGWIJS_CLOCK is not a moment like 2026-11-24T09:30, so it is ignored\n", stderr);
        return;
    }
    start_shift_ms = moment_to_instant(start) * 1000 - read_ms(CLOCK_REALTIME);
}

int64_t clock_instant(void)
{
    pthread_once(&once, read_start);
    return (read_ms(CLOCK_REALTIME) + start_shift_ms + atomic_load(&advanced_ms)) / 1000;
}

struct moment clock_moment(void)
{
    return moment_from_instant(clock_instant());
}

int64_t clock_steady_ms(void)
{
    return read_ms(CLOCK_MONOTONIC) + atomic_load(&advanced_ms);
}

void clock_advance_ms(int64_t ms)
{
    if (ms > 0)
        atomic_fetch_add(&advanced_ms, ms);
}
