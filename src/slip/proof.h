// A slip to try a printer with: says PROEF, shows whether paper, width and resolution are as configured, and
// carries a code that nobody can check in with. For staff, on the printer's worker or with --check.
#ifndef WEGWIJS_SLIP_PROOF_H
#define WEGWIJS_SLIP_PROOF_H

#include "base/day.h"
#include "slip/slip.h"

#define PROOF_CODE "PROEF0" // O and 0 are in no code
#define PROOF_FACTS_MAX 4

struct proof {
    const char *facts[PROOF_FACTS_MAX]; // lines to print: kiosk, printer, version; NULL: no more
    struct moment now;
};
// A line over the whole width (its ends are cut off when `width` is too much), a ruler of 5 cm (4 on narrow
// paper; wrong when `dpi` is), the clock, letters of all sizes and scripts, pictograms, the code and its QR.
// On a sheet the line lies between the margins, and there is a ruler for A5 and one for A4. As slip_paint.
int proof_paint(const struct proof *proof, const struct town *town, const struct catalog *catalog,
                const struct slip_options *options, struct raster *raster, struct error *error);
#endif
