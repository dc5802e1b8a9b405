// The kiosk's own settings: kiosk.yaml in the configuration's folder, read once at start. Immutable
// afterwards, any thread.
#ifndef WEGWIJS_KIOSK_SETTINGS_H
#define WEGWIJS_KIOSK_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct settings_screen {
    unsigned width_mm, height_mm;         // 0: as a 27 inch panel
    unsigned lower_edge_mm;               // above the floor; 0: 856
    bool fullscreen, pointer;             // pointer: show the mouse
    unsigned rotate;                      // 0, 90, 180, 270
    char *dark_from, *dark_to;            // "20:00"; NULL: never dark
    int dark_from_minute, dark_to_minute; // since midnight, the same: never; from after to: over midnight
};
struct settings_printer {
    char *kind, *target;    // "picture" into <data>/slips by default
    unsigned paper;         // mm: 80 or 58
    unsigned width, dpi;    // dots; 0: by the paper, 203
    unsigned band_rows;     // 0: 255
    bool cutter, status;    // as the model has it
    unsigned limit_seconds; // 0: 10
    char *model;            // name in the table of models, whose values count where none stands here
    bool large;             // large print
    bool no_fence;          // takes GS r as rubbish: success after settle_ms
    unsigned settle_ms;     // 0: 3000
    unsigned char said_cutter, said_status, said_fence; // as written: 0 not at all, 1 no, 2 yes
};
struct settings_model { // how printers differ: a table in kiosk.yaml
    char *name;
    unsigned paper, width, dpi, band_rows, settle_ms;
    unsigned char cutter, status, fence; // as above
};
struct settings_leases {
    unsigned count, days;
};
struct settings_limits { // bookings confirmed here; 0: no limit
    unsigned hour, day;
};
struct settings_link {                // ms
    unsigned connect, answer;         // limits for the first answer and for any other; 0: 10000 and 5000
    unsigned idle;                    // closes a connection that was not used for so long; 0: never
    unsigned interval;                // between exchanges when nothing happens; 0: 60000
    unsigned pause_first, pause_most; // after a failure; doubles from the first to the most; 0: 1000, 60000
};
struct settings_idle {
    unsigned seconds, countdown; // 0: 60 and 20
};

struct settings {
    char *name;              // of this kiosk: a-z 0-9 -
    char *agenda;            // the agenda's command; NULL: on this machine
    char *data;              // folder; NULL: the user's
    char *staff_pin;         // hash of the staff page's PIN; NULL: no staff page
    bool production;         // refuses --script
    bool abc, still, silent; // order of the keys, motion off, voice off
    struct settings_screen screen;
    struct settings_printer printer;
    struct settings_model *models;
    unsigned models_count;
    struct settings_link link;
    struct settings_leases leases;
    struct settings_limits limits;
    struct settings_idle idle;
};

// Reads <folder>/kiosk.yaml and fills in what it leaves out. On failure *settings is NULL and error is one
// sentence with file, and line and column where libcyaml knows them.
int settings_load(struct settings **settings, const char *folder, struct error *error);
int settings_parse(struct settings **settings, const char *name, const char *bytes, size_t size,
                   struct error *error);
void settings_free(struct settings *settings);

#endif
