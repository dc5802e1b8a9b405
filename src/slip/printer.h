// Printers behind one interface: picture (PNG in a folder), ESC/POS (device, TCP 9100, file), CUPS.
// Used on the printer's worker only.
#ifndef WEGWIJS_SLIP_PRINTER_H
#define WEGWIJS_SLIP_PRINTER_H

#include "slip/slip.h"

enum printer_state {
    PRINTER_READY,
    PRINTER_PAPER_LOW, // prints, but staff should bring paper
    PRINTER_NO_PAPER,
    PRINTER_COVER_OPEN,
    PRINTER_ERROR,   // cutter, jam, mechanical
    PRINTER_OFFLINE, // no answer, or off
    PRINTER_UNKNOWN, // the outcome of a job is not known: ask "hebt u een papier?"
};

struct printer_options {
    const char *kind;   // "picture", "escpos", "cups"
    const char *target; // folder, device or host:port or file, printer URI or queue
    unsigned width, dpi, band_rows;
    bool cutter, status; // has a cutter; answers real-time status
    int limit_ms;        // for a job, default 10000
};

struct printer;
struct printer_ops { // mandatory: all
    enum printer_state (*state)(struct printer *printer);
    // Prints one slip. `name` is the code: for the picture's file name and the job's title. Returns the state
    // after: READY or PAPER_LOW when the printer has said that it is out.
    enum printer_state (*print)(struct printer *printer, const struct raster *raster, const char *name,
                                struct error *error);
    void (*close)(struct printer *printer);
};
int printer_open(struct printer **printer, const struct printer_options *options, struct error *error);
enum printer_state printer_status(struct printer *printer);
enum printer_state printer_print(struct printer *printer, const struct raster *raster, const char *name,
                                 struct error *error);
void printer_close(struct printer *printer);
const char *printer_state_name(enum printer_state state); // "no-paper": for logs and status
#endif
