// The program's clocks. Scripts and tests move them; nothing else asks the system for the time.
// Any thread.
#ifndef WEGWIJS_BASE_CLOCK_H
#define WEGWIJS_BASE_CLOCK_H

#include <stdint.h>

#include "base/day.h"

int64_t clock_instant(void);       // UTC seconds since 1970, plus the offset
struct moment clock_moment(void);  // the wall clock of Europe/Brussels
int64_t clock_steady_ms(void);     // never goes back, plus what scripts let pass
void clock_advance_ms(int64_t ms); // lets time pass for all three (`sleep` in a script)
// The environment variable WEGWIJS_CLOCK ("2026-11-24T09:30", local) fixes where the wall clock starts;
// read once at the first call. For tests and demonstrations.

#endif
