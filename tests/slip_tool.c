// Prints a sample slip: what the end-to-end tests of printers drive.
//   slip_tool WIDTH DPI normal|large slot|callback KIND TARGET [status|nofence|a5|a4]
// Prints the state's name; exit 0 when it is ready or paper-low, 1 else. Run from the source tree's root.
#include "booking/code.h"
#include "slip/printer.h"
#include "slip_fixture.h"

int main(int argc, char **argv)
{
    struct slip_fixture fixture;
    struct printer *printer;
    struct raster raster;
    struct error error = ERROR_NONE;
    char code[CODE_SIZE];
    if (argc < 7) {
        return 2;
    }
    code_new(code);
    slip_fixture_open(&fixture, getenv("CODE") != NULL ? getenv("CODE") : code);
    fixture.booking.kind = strcmp(argv[4], "callback") == 0 ? BOOKING_CALLBACK : BOOKING_SLOT;
    struct slip_options options = {.width = (unsigned)strtoul(argv[1], NULL, 10),
                                   .dpi = (unsigned)strtoul(argv[2], NULL, 10),
                                   .large = strcmp(argv[3], "large") == 0};
    bool page = argc > 7 && (strcmp(argv[7], "a5") == 0 || strcmp(argv[7], "a4") == 0);
    struct printer_options to = {.kind = argv[5],
                                 .target = argv[6],
                                 .width = options.width,
                                 .dpi = options.dpi,
                                 .cutter = true,
                                 .page = page ? argv[7] : NULL,
                                 .status = argc > 7 && !page,
                                 .no_fence = argc > 7 && strcmp(argv[7], "nofence") == 0};
    bool open = printer_open(&printer, &to, &error) == 0;
    options.sheet = open && printer_sheets(printer);
    if (!open ||
        slip_paint(&fixture.booking, "Els", fixture.town, fixture.catalog, &options, &raster, &error) != 0) {
        fprintf(stderr, "%s\n", error.text);
        return 2;
    }
    enum printer_state state = printer_print(printer, &raster, fixture.booking.code, &error);
    printf("%s %s\n", printer_state_name(state), fixture.booking.code);
    if (error.code != 0) {
        fprintf(stderr, "%s\n", error.text);
    }
    printer_close(printer);
    raster_release(&raster);
    slip_fixture_close(&fixture);
    return state <= PRINTER_PAPER_LOW ? 0 : 1;
}
