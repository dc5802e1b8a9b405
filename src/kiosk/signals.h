// SIGTERM and SIGINT end the kiosk in order, SIGHUP asks it to look at its configuration: a thread waits for
// them and tells. What comes before it listens is told then; an end that comes too late to be told is kept.
#ifndef WEGWIJS_KIOSK_SIGNALS_H
#define WEGWIJS_KIOSK_SIGNALS_H

#include <stdbool.h>

// From now on these signals are caught, and SDL keeps its hands off them. Once a process; before SDL starts.
void signals_catch(void);
// From now on `end` and `look` are called for them, on a thread of their own. After signals_catch. Without a
// thread the signals end the process at once, which loses nothing.
void signals_listen(void (*end)(void), void (*look)(void));
// Neither is called any more when this returns.
void signals_stop(void);
// Whether the end was ever asked for. From now on it comes at once when it is.
bool signals_end_asked(void);

#endif
