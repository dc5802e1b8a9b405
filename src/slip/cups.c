#include "slip/printer_kind.h"

#include "base/banned.h"

static enum printer_state cups_state(struct printer *printer)
{
    (void)printer;
    return PRINTER_OFFLINE;
}

static enum printer_state cups_print(struct printer *printer, const struct raster *raster, const char *name,
                                     struct error *error)
{
    (void)raster;
    (void)name;
    error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" is not reached", printer->target);
    return PRINTER_OFFLINE;
}

static void cups_close(struct printer *printer)
{
    (void)printer;
}

const struct printer_ops CUPS_OPS = {cups_state, cups_print, cups_close};
