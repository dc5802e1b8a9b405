// The shell: the loop that turns the window's events into the visit's, performs its effects through workers,
// and shows its screens. Sleeps in the event queue; repaints only when something changed. Screen thread.
#ifndef WEGWIJS_KIOSK_SHELL_H
#define WEGWIJS_KIOSK_SHELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/catalog.h"
#include "base/error.h"
#include "booking/town.h"
#include "kiosk/contact.h"
#include "kiosk/settings.h"

struct shell_options { // borrowed for the run
    const struct settings *settings;
    const struct town *town;
    const struct catalog *texts;
    const struct contact *contact; // NULL: none
    const char *data;              // folder
    const char *agenda;            // command line
    const char *script;            // file, "-" for standard input, NULL for none
    int width_px, height_px;       // 0: the screen's
    bool fullscreen, no_words;
    bool refused;                 // the configuration in the folder is wrong: this is the last good one
    const char *program, *folder; // to try a changed configuration; program "": changes are not looked for
    uint64_t mark;                // configuration_mark of what runs
};

#define SHELL_AGAIN 1 // the program shall start anew, with the configuration of that moment

// Runs until the script ends, a signal comes or the window closes. 0, SHELL_AGAIN, or a negative code with
// error: no display, no store, a line of the script that failed.
int shell_run(const struct shell_options *options, struct error *error);

#endif
