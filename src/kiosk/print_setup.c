#include "kiosk/print_setup.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "slip/proof.h"

#include "base/banned.h"

void print_setup_init(struct print_setup *setup, const struct settings *settings, const char *data)
{
    const struct settings_printer *printer = &settings->printer;
    bool picture = printer->kind == NULL || strcmp(printer->kind, "picture") == 0;
    const char *target = printer->target != NULL && printer->target[0] != '\0' ? printer->target : "slips";
    *setup = (struct print_setup){.target = picture ? file_join(data, target) : memory_copy_text(target)};
    setup->pictures = picture ? setup->target : NULL;
    setup->printer = (struct printer_options){.kind = picture ? "picture" : printer->kind,
                                              .target = setup->target,
                                              .width = printer->width,
                                              .dpi = printer->dpi,
                                              .band_rows = printer->band_rows,
                                              .cutter = printer->cutter,
                                              .status = printer->status,
                                              .unsure = true,
                                              .limit_ms = (int)printer->limit_seconds * 1000,
                                              .no_fence = printer->no_fence,
                                              .settle_ms = (int)printer->settle_ms};
    setup->slip =
        (struct slip_options){.width = printer->width, .dpi = printer->dpi, .large = printer->large};
    text_print(setup->facts, sizeof setup->facts, "%s %s", setup->printer.kind, target);
}

void print_setup_release(struct print_setup *setup)
{
    free(setup->target);
    *setup = (struct print_setup){0};
}

struct slip_options print_setup_slip(const struct print_setup *setup, struct printer *printer)
{
    struct slip_options slip = setup->slip;
    slip.sheet = printer_sheets(printer);
    return slip;
}

enum printer_state print_test_slip(struct printer *printer, const struct print_setup *setup,
                                   const char *kiosk, const struct town *town, const struct catalog *texts,
                                   struct raster *raster, struct error *error)
{
    char dots[64];
    const struct slip_options slip = print_setup_slip(setup, printer);
    if (slip.sheet)
        text_print(dots, sizeof dots, "A4/A5, %d x %d", SHEET_WIDTH, SHEET_HEIGHT);
    else
        text_print(dots, sizeof dots, "%u x %u dpi", slip.width, slip.dpi);
    const struct proof proof = {{kiosk, setup->facts, dots, "Wegwijs " WEGWIJS_VERSION}, clock_moment()};
    if (proof_paint(&proof, town, texts, &slip, raster, error) != 0)
        return PRINTER_ERROR;
    return printer_print(printer, raster, PROOF_CODE, error);
}

static int tell(const struct print_setup *setup, enum printer_state state, const struct error *why,
                char *said, size_t size, struct error *error)
{
    char more[ERROR_TEXT_SIZE] = "";
    if (state == PRINTER_READY || state == PRINTER_PAPER_LOW) {
        text_print(said, size, "the test slip is out: %s says %s", setup->facts, printer_state_name(state));
        return 0;
    }
    if (state == PRINTER_UNKNOWN)
        return error_set(error, ERROR_UNAVAILABLE,
                         "the test slip was sent, but %s does not say that it is out: look at the printer",
                         setup->facts);
    if (why->code != 0)
        text_print(more, sizeof more, " (%s)", why->text);
    return error_set(error, ERROR_UNAVAILABLE, "no test slip: %s says %s%s", setup->facts,
                     printer_state_name(state), more);
}

int print_test_now(const struct settings *settings, const struct town *town, const struct catalog *texts,
                   const char *data, char *said, size_t size, struct error *error)
{
    struct print_setup setup;
    struct printer *printer = NULL;
    struct raster raster = {0};
    print_setup_init(&setup, settings, data);
    int result = setup.pictures != NULL ? file_make_folder(setup.pictures, S_IRWXU, error) : 0;
    if (result == 0)
        result = printer_open(&printer, &setup.printer, error);
    if (result == 0) {
        struct error why = ERROR_NONE;
        enum printer_state state =
            print_test_slip(printer, &setup, settings->name, town, texts, &raster, &why);
        result = tell(&setup, state, &why, said, size, error);
    }
    raster_release(&raster);
    printer_close(printer);
    print_setup_release(&setup);
    return result;
}
