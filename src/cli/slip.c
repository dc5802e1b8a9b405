// slip CODE: the slip of a booking once more, for who lost it or booked by phone.
#include "slip/slip.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "base/file.h"
#include "cli/cli.h"
#include "slip/printer.h"

#include "base/banned.h"

static int print(struct cli *cli, const struct agenda_entry *entry, const struct printer_options *options,
                 struct error *error)
{
    struct raster raster = {0};
    struct printer *printer = NULL;
    struct slip_options look = {0};
    int code = slip_paint(&entry->booking, entry->guide_name, cli->town, cli->labels, &look, &raster, error);
    if (code == 0)
        code = printer_open(&printer, options, error);
    if (code == 0) {
        enum printer_state state = printer_print(printer, &raster, entry->booking.code, error);
        if (state != PRINTER_READY && state != PRINTER_PAPER_LOW)
            code = error_set(error, ERROR_UNAVAILABLE, "the printer \"%s\": %s", options->target,
                             printer_state_name(state));
        printer_close(printer);
    }
    raster_release(&raster);
    return code;
}

int cli_slip(struct cli *cli)
{
    const char *word = NULL, *kind = "picture", *target = ".";
    struct cli_option options[] = {{"printer", &kind, NULL}, {"to", &target, NULL}};
    struct agenda_entry entry;
    struct error error = ERROR_NONE;
    char code_text[CODE_SIZE];
    if (cli_arguments(cli, options, 2, &word, 1, 1) < 0 || cli_read_code(cli, word, code_text) != CLI_DONE)
        return CLI_WRONG_USE;
    if (strcmp(kind, "picture") != 0 && strcmp(kind, "escpos") != 0 && strcmp(kind, "cups") != 0)
        return cli_wrong_use(cli, kind);
    if (cli_town(cli) == NULL)
        return CLI_REFUSED;
    int code = agenda_find(cli->agenda, code_text, &entry, &error);
    if (code == 0 && (strcmp(entry.state, "booked") != 0 || entry.attention[0] != 0))
        code = error_set(&error, ERROR_REFUSED, "the booking \"%s\" has no talk to come", code_text);
    if (code == 0) {
        struct printer_options printer = {.kind = kind, .target = target, .cutter = true, .status = true};
        code = print(cli, &entry, &printer, &error);
    }
    memory_wipe(&entry, sizeof(entry));
    if (code < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "slip.done", "file", target, NULL);
    return CLI_DONE;
}
