// SIGTERM and SIGINT end the kiosk in order, SIGHUP asks it to look at its configuration: a thread waits for
// them and tells. Until it listens the first two end the process at once: nothing is lost by that, and a
// window that is being opened may wait for a compositor that waits for the kiosk's end. An end that comes too
// late to be told is kept.
#ifndef WEGWIJS_KIOSK_SIGNALS_H
#define WEGWIJS_KIOSK_SIGNALS_H

#include <stdbool.h>

// From now on SIGHUP is kept until it can be told, and SDL keeps its hands off all of them. Once a process;
// before SDL starts.
void signals_catch(void);
// From now on `end` and `look` are called for them, on a thread of their own. After signals_catch. Without a
// thread SIGTERM and SIGINT go on ending the process at once.
void signals_listen(void (*end)(void), void (*look)(void));
// Neither is called any more when this returns.
void signals_stop(void);
// Whether the end was ever asked for. From now on it comes at once when it is.
bool signals_end_asked(void);

#endif
