// How the kiosk is, for monitoring: one JSON line in <data>/status.json, written by a worker of its own so
// that the screen never waits for the disk. At most once a minute, and only when something changed. Times and
// counts, never anything about a person.
#ifndef WEGWIJS_KIOSK_STATUS_H
#define WEGWIJS_KIOSK_STATUS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

#define STATUS_FILE "status.json"

struct status_facts {   // of the screen thread
    int64_t started;    // UTC
    int64_t last_visit; // when the last visit began; 0 when none since the start
    int64_t offline_since;
    unsigned queue, leases;
    const char *printer;    // printer_state_name(); lives for ever
    char printer_says[160]; // its own reasons, printer_detail(); "" for none
    bool online;
    bool refused; // a changed configuration was refused: the old one stays
};

struct status;
// Says in the folder that a kiosk runs on it, until status_stop or the end of the process, however it comes.
int status_start(struct status **status, const char *folder, struct error *error);
// Hands over what is so now; false when it is as it was.
bool status_set(struct status *status, const struct status_facts *facts);
int64_t status_disk_mb(struct status *status); // free when the line was last written; -1: not yet
void status_stop(struct status *status);       // writes what is not yet written

// --status: prints the line with its age and whether the kiosk runs. ERROR_NOT_FOUND when none ever ran on
// this folder, ERROR_UNAVAILABLE (after printing) when none runs now.
int status_print(const char *folder, int64_t now, FILE *out, struct error *error);

#endif
