// A printer fails at the nth byte of a job, for all n: one line of the table. printer FAULT [STEP]
// lost: success was said and no whole slip was there, or paper near its end, with which a printer prints on,
// was not said to be; doubled: more than one slip came out.
#include "slip/printer.h"
#include "printer_sim.h"

#include <string.h>

#define ROWS 24
#define JOB_BYTES (2 + 3 * (8 + 8 * 2) + 4 + 3) // initialise, 3 bands, cut, fence

static const struct {
    const char *name, *what;
    enum sim_fault fault;
} KINDS[] = {{"low", "printer's paper nears its end at every byte of a job", SIM_PAPER_LOW},
             {"paper", "printer runs out of paper at every byte of a job", SIM_NO_PAPER},
             {"cover", "printer's cover is opened at every byte of a job", SIM_COVER},
             {"cutter", "printer's cutter fails at every byte of a job", SIM_CUTTER},
             {"broken", "printer breaks down at every byte of a job", SIM_BROKEN},
             {"hot", "printer's head is too hot for a while from every byte of a job on", SIM_HOT},
             {"offline", "printer goes off line at every byte of a job", SIM_OFF_LINE},
             {"silent", "printer answers no more from every byte of a job on", SIM_SILENT},
             {"close", "printer's line breaks at every byte of a job", SIM_CLOSE}};

static enum printer_state print_once(struct sim *sim)
{
    static uint8_t dots[ROWS * 2] = {0xFF, 1, 0x10, 0x04, 0x10, 0x1D};
    const struct raster raster = {.width = 16, .height = ROWS, .stride = 2, .bits = dots};
    char target[32];
    struct printer *printer;
    sim_start(sim, target, sizeof target);
    struct printer_options options = {.kind = "escpos",
                                      .target = target,
                                      .width = 16,
                                      .band_rows = 8,
                                      .cutter = true,
                                      .status = true,
                                      .limit_ms = 700};
    if (printer_open(&printer, &options, NULL) != 0) {
        exit(2);
    }
    enum printer_state state = printer_print(printer, &raster, "K7M4QX", NULL);
    printer_close(printer);
    sim_stop(sim);
    return state;
}

// Said and not there; with little paper, also: there and not said, or said without the warning for staff.
static bool is_lost(const struct sim *sim, enum printer_state state)
{
    bool said = state == PRINTER_READY || state == PRINTER_PAPER_LOW;
    enum printer_state right = sim_low(sim) ? PRINTER_PAPER_LOW : PRINTER_READY;
    return (said && sim->rows < ROWS) || (sim->fault == SIM_PAPER_LOW && state != right);
}

int main(int argc, char **argv)
{
    unsigned times = 0, lost = 0, doubled = 0, printed = 0, unknown = 0;
    long step = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
    for (size_t k = 0; argc > 1 && k < sizeof KINDS / sizeof *KINDS; k++) {
        if (strcmp(argv[1], KINDS[k].name) != 0) {
            continue;
        }
        for (long at = 0; at <= JOB_BYTES + 1; at += step < 1 ? 1 : step) {
            struct sim sim = {.fault = KINDS[k].fault, .fail_at = at, .hot = 2};
            enum printer_state state = print_once(&sim);
            bool said = state == PRINTER_READY || state == PRINTER_PAPER_LOW;
            times++;
            printed += said;
            unknown += state == PRINTER_UNKNOWN;
            lost += is_lost(&sim, state);
            doubled += sim.rows > ROWS;
        }
        printf("%s (said: %u out, %u unknown)|%u|%u|%u|%u|0\n", KINDS[k].what, printed, unknown, times, times,
               lost, doubled);
        return 0;
    }
    return 2;
}
