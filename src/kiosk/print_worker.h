// The printer's worker: paints slips and prints them on a thread of its own, one after the other; asks the
// printer how it is while nothing is printed. The screen thread posts a booking and gets one answer for it.
// `notify` runs on the worker and must only hand the answer over.
#ifndef WEGWIJS_KIOSK_PRINT_WORKER_H
#define WEGWIJS_KIOSK_PRINT_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/catalog.h"
#include "base/error.h"
#include "booking/booking.h"
#include "booking/town.h"
#include "kiosk/print_setup.h"

struct print_answer {
    bool job;                     // of a slip; false: only the printer's state or reasons, when they changed
    uint32_t request;             // the number given with the slip
    enum printer_state state;     // READY or PAPER_LOW: the slip is out
    char reasons[PRINTER_DETAIL]; // what the printer itself says (printer_detail); "" for nothing
    struct raster raster;         // of a slip that was painted: the receiver's to release; else empty
};

struct print_options {
    const struct print_setup *setup;
    const char *kiosk; // its name, for the test slip
    const struct town *town;
    const struct catalog *texts;
    int ask_ms;  // between two questions to an idle printer
    bool steady; // it has no paper that runs out: while it is well it is not asked
    void (*notify)(void *context, const struct print_answer *answer);
    void *context;
};

struct print_worker;
// Options are copied, what they point to is borrowed until print_worker_stop.
int print_worker_start(struct print_worker **worker, const struct print_options *options,
                       struct error *error);
void print_worker_stop(struct print_worker *worker); // lets the slip in work end
// Copies the booking and wipes its copy. A slip not yet begun is replaced: there is one visitor at a time.
// `help_text`: the slip's last line, in a contact language that the town turned on; both NULL for none.
void print_worker_print(struct print_worker *worker, uint32_t request, const struct booking *booking,
                        const char *guide_name, const char *help_language, const char *help_text);
// The test slip (slip/proof.h) in the place of a booking's: the answer is one of a slip, without raster.
void print_worker_test(struct print_worker *worker, uint32_t request);
// For scripts: from now on the printer says this; PRINTER_READY: it is asked again.
void print_worker_fault(struct print_worker *worker, enum printer_state state);
// Waits until no slip is to be printed, at most limit_ms.
void print_worker_flush(struct print_worker *worker, int limit_ms);

#endif
