// Speech: recorded prompts first (ui/recording.h), libespeak-ng else, through SDL audio. A worker
// thread of its own speaks; the screen thread only tells. Without library, voices or sound card it is not
// available and nothing else changes. WEGWIJS_SPEECH_LOG=file: what is to be said is written there at once
// ("nl\ttext" a line; "#\tspeed 0, volume 2" when they change), no sound, no worker.
// WEGWIJS_SPEECH_PACE=seconds beside it: the worker writes what leaves the queue, and each saying lasts so
// long unless it is interrupted
// ("#\tinterrupted").
#ifndef WEGWIJS_UI_SPEECH_H
#define WEGWIJS_UI_SPEECH_H

#include <stdbool.h>

#define SPEECH_STEPS 5 // speed and volume steps; the middle one is the default
#define SPEECH_STEP_DEFAULT 2
#define SPEECH_WORDS_A_MINUTE 120 // at the default speed (VVSG)

struct speech;
struct speech *speech_new(bool enabled); // never NULL; speech_available tells
void speech_free(struct speech *speech);
// Finding voices takes a while and happens on the worker: called from there (once) when it is available.
void speech_on_ready(struct speech *speech, void (*ready)(void *context), void *context);
bool speech_available(const struct speech *speech);
bool speech_has_language(const struct speech *speech, const char *language); // "nl", "ro" …

// Interrupts what is being said, and says this. `key` names a recording, or NULL. `language` NULL: Dutch.
void speech_say(struct speech *speech, const char *key, const char *text, const char *language);
void speech_add(struct speech *speech, const char *key, const char *text, const char *language); // after it
void speech_stop(struct speech *speech);
void speech_set_speed(struct speech *speech, int step); // 0 … SPEECH_STEPS - 1; recordings follow it too
int speech_percent(int step);                           // of the default speed or volume: 50 to 200 (VVSG)
// The voice's parameters for a step: its rate (words a minute of its own count) and 10 ms of air between
// words.
void speech_pace(int step, int *rate, int *gap);
// How long the voice needs from a text to its first sound, once it is loaded; no sound card is used. -1: no
// voice. While no struct speech is there.
int speech_first_sound_ms(const char *text);
void speech_set_volume(struct speech *speech, int step);
int speech_speed(const struct speech *speech);
int speech_volume(const struct speech *speech);
void speech_reset(struct speech *speech); // stop, default speed and volume: a new visit
#endif
