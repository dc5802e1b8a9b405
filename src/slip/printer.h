// Printers behind one interface: picture (PNG in a folder), ESC/POS (device, TCP 9100, file), CUPS.
// Used on the printer's worker only. Nothing is kept open between two calls but memory.
#ifndef WEGWIJS_SLIP_PRINTER_H
#define WEGWIJS_SLIP_PRINTER_H

#include "slip/slip.h"

enum printer_state {
    PRINTER_READY,
    PRINTER_PAPER_LOW, // prints, but staff should bring paper
    PRINTER_NO_PAPER,
    PRINTER_COVER_OPEN,
    PRINTER_ERROR,   // jam, mechanical, electrical
    PRINTER_CUTTER,  // the knife is stuck
    PRINTER_OFFLINE, // it says so, is not there, or cannot be reached
    PRINTER_SILENT,  // reached, but does not answer
    PRINTER_UNKNOWN, // the outcome of a job is not known: ask "hebt u een papier?"
};

// How models differ is data: from the configuration. Zero means the usual.
struct printer_options {
    const char *kind; // "picture", "escpos", "cups"
    const char
        *target;      // picture: a folder. escpos: a device ("/dev/usb/lp0", "/dev/ttyS0:19200"), host[:port]
                      // (9100), or a file. cups: a printer's URI ("ipp://…/ipp/print") or a queue's name
    const char *page; // "a4", "a5": a page of that paper. cups: else what lies ready; picture: a PDF, else
                      // a PNG; escpos: none. NULL: none
    unsigned width, dpi, band_rows; // dots (576), dots an inch (203), rows a band (255, at most 255)
    bool cutter, status; // has a cutter; answers real-time status. Without status a job's end is UNKNOWN
    int limit_ms;        // for a job, default 10000
    bool unsure; // escpos: a job before may have been broken off in the middle (the program was killed)
    // Models that answer real-time status (DLE EOT) but not GS r 1 behind the job: success is then that all
    // was taken and the printer is still well after `settle_ms` (default 3000).
    bool no_fence;
    int settle_ms;
};

struct printer;
struct printer_ops { // mandatory: all
    enum printer_state (*state)(struct printer *printer, struct error *error);
    // Prints one slip. `name` is the code: for the picture's file name and the job's title. Returns the state
    // after: READY or PAPER_LOW when the printer has said that it is out. UNKNOWN: all was sent, and it may
    // be there. With any other it is not to be counted on, and none will come later: what the printer still
    // held is taken back. `error` says more, for the log.
    enum printer_state (*print)(struct printer *printer, const struct raster *raster, const char *name,
                                struct error *error);
    // Whether slips for it are sheets: A4 or A5 is asked for, or lies in it.
    bool (*sheets)(struct printer *printer);
    void (*close)(struct printer *printer);
};
// ERROR_INVALID for options that cannot be; a printer that is off opens well and says so in its state.
int printer_open(struct printer **printer, const struct printer_options *options, struct error *error);
// `error` tells why it cannot be asked; it stays as it is when the printer itself says how it is.
enum printer_state printer_status(struct printer *printer, struct error *error);
enum printer_state printer_print(struct printer *printer, const struct raster *raster, const char *name,
                                 struct error *error);
// For slip_options.sheet. A CUPS printer is asked what paper it has; one that does not answer counts as a
// roll.
bool printer_sheets(struct printer *printer);
void printer_close(struct printer *printer);
// All that the printer itself said with the last state, words of IPP: "media-empty-error cover-open",
// letters, digits, hyphens and points; "" when nothing.
#define PRINTER_DETAIL 160 // bytes
const char *printer_detail(const struct printer *printer);
const char *printer_state_name(enum printer_state state); // "no-paper": for logs and status
#endif
