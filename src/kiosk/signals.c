#include "kiosk/signals.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

#define STOP 0 // no signal has this number

static int ends[2] = {-1, -1}; // a handler may only write; the thread reads
static atomic_bool end_asked;  // atomic: a handler sets it, on whichever thread the signal finds
static pthread_t thread;       // the starter's, as what follows; the thread itself only reads what it is told
static bool listening;
static void (*told_end)(void), (*told_look)(void);

static void on_signal(int number)
{
    char byte = (char)number;
    if (number != SIGHUP)
        atomic_store(&end_asked, true);
    ssize_t done = write(ends[1], &byte, 1); // a full pipe has been told enough
    (void)done;
}

static void *wait_for_signals(void *context)
{
    char byte = STOP;
    (void)context;
    while (read(ends[0], &byte, 1) == 1 && byte != STOP)
        (byte == SIGHUP ? told_look : told_end)();
    return NULL;
}

static void set(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(number, &action, NULL);
}

void signals_catch(void)
{
    setenv("SDL_NO_SIGNAL_HANDLERS", "1", 1);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
    set(SIGHUP, on_signal);
}

void signals_listen(void (*end)(void), void (*look)(void))
{
    told_end = end;
    told_look = look;
    listening = ends[0] >= 0 && pthread_create(&thread, NULL, wait_for_signals, NULL) == 0;
    set(SIGTERM, listening ? on_signal : SIG_DFL);
    set(SIGINT, listening ? on_signal : SIG_DFL);
    if (!listening)
        set(SIGHUP, SIG_IGN); // its change is found at the next start
}

void signals_stop(void)
{
    const char stop = STOP;
    if (!listening)
        return;
    listening = false;
    (void)fcntl(ends[1], F_SETFL, 0); // this one must arrive
    if (write(ends[1], &stop, 1) == 1)
        pthread_join(thread, NULL);
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
}

bool signals_end_asked(void)
{
    set(SIGTERM, SIG_DFL);
    set(SIGINT, SIG_DFL);
    return atomic_load(&end_asked);
}
