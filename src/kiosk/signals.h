// SIGTERM and SIGINT end the kiosk in order, SIGHUP asks it to look at its configuration: a thread waits for
// them and tells.
#ifndef WEGWIJS_KIOSK_SIGNALS_H
#define WEGWIJS_KIOSK_SIGNALS_H

// From now on `end` and `look` are called for these signals, on a thread of their own. SDL keeps its hands
// off them. Once a process; before SDL starts.
void signals_start(void (*end)(void), void (*look)(void));

#endif
