// A recording said faster or slower, at the same pitch: libsonic, which espeak-ng speaks with too, opened
// when it is needed first. One thread at a time.
#ifndef WEGWIJS_UI_STRETCH_H
#define WEGWIJS_UI_STRETCH_H

#include <stddef.h>

#define STRETCH_LEAST 50 // percent of the recorded speed
#define STRETCH_MOST 200

// Mono samples at `rate` a second, said at `percent` of their speed: *samples (from malloc) is replaced and
// *count changed. Where libsonic is missing, or nothing is to change, they stay as they are.
void stretch_samples(short **samples, size_t *count, int rate, int percent);

#endif
