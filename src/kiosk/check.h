// Is everything there that the kiosk needs? At start quickly, with --check thoroughly and a line each.
#ifndef WEGWIJS_KIOSK_CHECK_H
#define WEGWIJS_KIOSK_CHECK_H

#include "base/catalog.h"
#include "base/error.h"
#include "booking/town.h"
#include "kiosk/settings.h"

struct check_options {
    const char *folder;                                            // of the configuration
    const struct settings *settings;                               // NULL when it could not be read
    const struct town *town;                                       // NULL likewise
    const struct catalog *texts;                                   // NULL likewise
    const struct error *settings_error, *town_error, *texts_error; // why not
    const char *data, *agenda;
    bool slip; // prints a test slip too
};

// Every text and pictogram that the town's file and the screens name. ERROR_NOT_FOUND names the first that is
// missing.
int check_texts(const struct town *town, const struct catalog *texts, struct error *error);
int check_pictograms(const struct town *town, struct error *error);

// --check: a line each on standard output. 0 when all is well, else 1. Changes nothing on
// disk, but for the slip of a picture printer.
int check_all(const struct check_options *options);

#endif
