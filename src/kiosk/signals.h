// SIGTERM, SIGINT and SIGHUP end the kiosk in order: a thread waits for them and tells the screen's loop.
#ifndef WEGWIJS_KIOSK_SIGNALS_H
#define WEGWIJS_KIOSK_SIGNALS_H

// From now on `tell` is called, on a thread of its own, for each of these signals. SDL keeps its hands off
// them. Once a process; before SDL starts.
void signals_start(void (*tell)(void));

#endif
