#include "slip/printer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "slip/page.h"
#include "slip/port.h"
#include "slip/printer_kind.h"

#include "base/banned.h"

static const struct {
    const char *name;
    const struct printer_ops *ops;
} KINDS[] = {{"picture", &PICTURE_OPS}, {"escpos", &ESCPOS_OPS}, {"cups", &CUPS_OPS}};

int64_t printer_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void set_usual(struct printer_options *options)
{
    options->width = options->width == 0 ? 576 : options->width;
    options->dpi = options->dpi == 0 ? 203 : options->dpi;
    options->band_rows = options->band_rows == 0 || options->band_rows > 255 ? 255 : options->band_rows;
    options->limit_ms = options->limit_ms <= 0 ? 10000 : options->limit_ms;
    options->settle_ms = options->settle_ms <= 0 ? 3000 : options->settle_ms;
}

int printer_open(struct printer **printer, const struct printer_options *options, struct error *error)
{
    const struct printer_ops *ops = NULL;
    const char *kind = options->kind != NULL ? options->kind : "picture";
    *printer = NULL;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        ops = strcmp(kind, KINDS[i].name) == 0 ? KINDS[i].ops : ops;
    }
    if (ops == NULL) {
        return error_set(error, ERROR_INVALID, "printer kind \"%s\" is not one of picture, escpos, cups",
                         kind);
    }
    if (options->target == NULL || *options->target == '\0') {
        return error_set(error, ERROR_INVALID, "printer of kind \"%s\" has no target", kind);
    }
    if (ops == &ESCPOS_OPS && port_check(options->target, error) != 0) {
        return ERROR_INVALID;
    }
    struct page page;
    if (options->page != NULL && (ops == &ESCPOS_OPS || !page_named(&page, options->page))) {
        return error_set(error, ERROR_INVALID, "printer of kind \"%s\" has no paper \"%s\"", kind,
                         options->page);
    }
    *printer = memory_new(1, sizeof **printer);
    (*printer)->ops = ops;
    (*printer)->options = *options;
    (*printer)->kind = memory_copy_text(kind);
    (*printer)->target = memory_copy_text(options->target);
    (*printer)->options.kind = (*printer)->kind;
    (*printer)->options.target = (*printer)->target;
    (*printer)->page = options->page != NULL ? memory_copy_text(options->page) : NULL;
    (*printer)->options.page = (*printer)->page;
    set_usual(&(*printer)->options);
    return 0;
}

enum printer_state printer_status(struct printer *printer, struct error *error)
{
    return printer->ops->state(printer, error);
}

enum printer_state printer_print(struct printer *printer, const struct raster *raster, const char *name,
                                 struct error *error)
{
    if (raster->width == 0 || raster->height == 0) {
        error_set(error, ERROR_INVALID, "an empty slip is not printed");
        return PRINTER_ERROR;
    }
    return printer->ops->print(printer, raster, name, error);
}

bool printer_sheets(struct printer *printer)
{
    return printer->ops->sheets(printer);
}

void printer_close(struct printer *printer)
{
    if (printer == NULL) {
        return;
    }
    printer->ops->close(printer);
    free(printer->kind);
    free(printer->target);
    free(printer->page);
    free(printer);
}

const char *printer_detail(const struct printer *printer)
{
    return printer->detail;
}

const char *printer_state_name(enum printer_state state)
{
    static const char *const NAMES[] = {"ready",  "paper-low", "no-paper",  "cover-open", "error",
                                        "cutter", "offline",   "no-answer", "unknown"};
    return (unsigned)state < sizeof NAMES / sizeof *NAMES ? NAMES[state] : "unknown";
}
