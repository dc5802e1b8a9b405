// Recorded prompts: the town's own speaker instead of the synthetic voice, message by message. A recording
// of the message "topic.work" is assets/voice/topic.work.wav (read by SDL) or topic.work.ogg (Ogg Vorbis,
// read by libvorbisfile, which is opened when the first one is met: without it only WAV is heard).
#ifndef WEGWIJS_UI_RECORDING_H
#define WEGWIJS_UI_RECORDING_H

#include <stddef.h>

#define RECORDING_SECONDS_MAX 120 // what is longer is cut there

// Mono samples at `rate` a second, or NULL: no recording, or one that cannot be read (said in the log).
// The caller frees them. One thread at a time.
short *recording_read(const char *key, int rate, size_t *count);

#endif
