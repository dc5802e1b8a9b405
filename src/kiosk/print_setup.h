// The printer as kiosk.yaml describes it, and the test slip. Any thread; each call stands alone.
#ifndef WEGWIJS_KIOSK_PRINT_SETUP_H
#define WEGWIJS_KIOSK_PRINT_SETUP_H

#include "base/catalog.h"
#include "booking/town.h"
#include "kiosk/settings.h"
#include "slip/printer.h"

struct print_setup {
    struct printer_options printer; // its texts live in the settings, or in target
    struct slip_options slip;
    char *target; // owned
    char *
        pictures; // a picture printer's folder, "slips" in `data` unless told otherwise: is target; else NULL
    char facts[160]; // "escpos /dev/usb/lp0, 576 x 203 dpi": for the test slip and for staff
};
void print_setup_init(struct print_setup *setup, const struct settings *settings, const char *data);
void print_setup_release(struct print_setup *setup);

// How a slip for `printer` looks: on a sheet, where the printer has them.
struct slip_options print_setup_slip(const struct print_setup *setup, struct printer *printer);

// Paints the test slip and prints it on `printer`. Returns the state after, as printer_print does.
enum printer_state print_test_slip(struct printer *printer, const struct print_setup *setup,
                                   const char *kiosk, const struct town *town, const struct catalog *texts,
                                   struct raster *raster, struct error *error);
// The same without a worker, on a printer opened for it: wegwijs-kiosk --check --slip. *said is a line for
// staff. 0 when the printer says that it is out.
int print_test_now(const struct settings *settings, const struct town *town, const struct catalog *texts,
                   const char *data, char *said, size_t size, struct error *error);
#endif
