// Tells the service manager how we are (sd_notify(3): datagrams to $NOTIFY_SOCKET). Without one, nothing
// happens. The messages of the protocol are stable, so no library is needed. Any thread.
#ifndef WEGWIJS_BASE_NOTIFY_H
#define WEGWIJS_BASE_NOTIFY_H

#include <stdbool.h>

// The first complete screen is shown. `status` is one line for `systemctl status`, or NULL.
void notify_ready(const char *status);

// The screen's loop goes round. Call at least every notify_interval_ms().
void notify_alive(void);

// The program starts anew with another configuration; notify_ready follows.
void notify_reloading(void);

// We are leaving on purpose.
void notify_stopping(void);

// Half the watchdog's time in ms ($WATCHDOG_USEC; under a compositor the watched process is our parent, so
// $WATCHDOG_PID is not asked): how long the loop may sleep. 0 when no watchdog watches: the loop may sleep
// for ever.
int notify_interval_ms(void);

#endif
