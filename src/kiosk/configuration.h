// The configuration as it may change under a running kiosk: kiosk.yaml and town.yaml in their folder, the
// texts in lang/, the pictures and recordings in assets/. A thread watches the folders, has what is new tried
// by a process of its own (`wegwijs-kiosk --try`), and says what came of it; the shell takes it over between
// two visits by starting the program anew. What started well is kept in the data folder: after a power cut
// with a wrong file, the kiosk starts with that.
#ifndef WEGWIJS_KIOSK_CONFIGURATION_H
#define WEGWIJS_KIOSK_CONFIGURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

// A number that changes with the name, size, time or place on disk of any file of the configuration. Any
// thread.
uint64_t configuration_mark(const char *folder);

// The last good copy: <data>/good with kiosk.yaml, town.yaml, the town's shield (NULL: none) and lang/*.po,
// mode 0600 in 0700. Replaced as a whole: after a power cut there is the old one or the new one.
int configuration_keep(const char *folder, const char *shield, const char *data, struct error *error);
char *configuration_kept(const char *data); // its folder, or NULL when there is none; the caller frees

struct configuration_news {
    bool good;
    uint64_t mark;              // of what was tried
    char text[ERROR_TEXT_SIZE]; // why not
};
typedef void configuration_told(const struct configuration_news *news); // on the watch's thread

struct watch;
struct watch_options { // copied, but for the texts, which are borrowed until the watch stops
    const char *program, *folder, *shield, *data;
    uint64_t mark; // of what runs
    bool keep;     // what runs started well: the thread begins with keeping a copy of it
    configuration_told *told;
};
// ERROR_UNAVAILABLE when the system cannot watch; then only watch_look finds changes.
int watch_start(struct watch **watch, const struct watch_options *options, struct error *error);
// Tries what is there now, without waiting until it has settled. Any thread.
void watch_look(struct watch *watch);
void watch_stop(struct watch *watch); // NULL is fine

#endif
