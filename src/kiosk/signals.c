#include "kiosk/signals.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

static int ends[2] = {-1, -1}; // a handler may only write; the thread reads
static void (*told_end)(void), (*told_look)(void);

static void on_signal(int number)
{
    char byte = (char)number;
    ssize_t done = write(ends[1], &byte, 1);
    (void)done;
}

static void *wait_for_signals(void *context)
{
    char byte = 0;
    (void)context;
    while (read(ends[0], &byte, 1) == 1)
        (byte == SIGHUP ? told_look : told_end)();
    return NULL;
}

void signals_start(void (*end)(void), void (*look)(void))
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    pthread_t thread;
    told_end = end;
    told_look = look;
    setenv("SDL_NO_SIGNAL_HANDLERS", "1", 1);
    if (pipe2(ends, O_CLOEXEC) != 0 || pthread_create(&thread, NULL, wait_for_signals, NULL) != 0)
        return; // the signals then end the process at once, which loses nothing
    pthread_detach(thread);
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
        sigaction(numbers[i], &action, NULL);
    }
}
