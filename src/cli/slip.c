// slip CODE: the slip of a booking once more, for who lost it or booked by phone. Only in wegwijs-slip, see
// slip_elsewhere.c.
#include "slip/slip.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "base/file.h"
#include "cli/cli.h"
#include "slip/printer.h"

#include "base/banned.h"

struct paper { // what a slip can be made for
    const char *name;
    unsigned dpi, width; // dots; dpi 0: any
    const char *page;    // of sheets
};
static const struct paper papers[] = {{"80", 203, 576, NULL}, {"80", 180, 512, NULL}, {"58", 203, 384, NULL},
                                      {"58", 180, 340, NULL}, {"a5", 0, 576, "a5"},   {"a4", 0, 576, "a4"}};

struct words { // of the command line
    const char *code, *kind, *target, *paper, *dpi;
    bool large, no_cutter, no_status, no_fence;
};

static bool one_of(const char *word, const char *const *list)
{
    while (*list != NULL && strcmp(*list, word) != 0)
        list++;
    return *list != NULL;
}

static const struct paper *find_paper(const char *name, const char *dpi)
{
    if (name == NULL || dpi == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof(papers) / sizeof(*papers); i++) {
        char number[12] = "203";
        if (papers[i].dpi != 0)
            text_print(number, sizeof(number), "%u", papers[i].dpi);
        if (strcmp(papers[i].name, name) == 0 && strcmp(number, dpi) == 0)
            return &papers[i];
    }
    return NULL;
}

// NULL after saying what is wrong.
static const struct paper *read_words(struct cli *cli, struct words *words)
{
    static const char *const kinds[] = {"picture", "escpos", "cups", NULL};
    static const char *const sizes[] = {"80", "58", "a5", "a4", NULL};
    const struct cli_option options[] = {
        {"printer", &words->kind, NULL},        {"to", &words->target, NULL},
        {"paper", &words->paper, NULL},         {"dpi", &words->dpi, NULL},
        {"large", NULL, &words->large},         {"no-cutter", NULL, &words->no_cutter},
        {"no-status", NULL, &words->no_status}, {"no-fence", NULL, &words->no_fence}};
    *words = (struct words){.kind = "picture", .paper = "80", .dpi = "203"};
    if (cli_arguments(cli, options, sizeof(options) / sizeof(*options), &words->code, 1, 1) < 0)
        return NULL;
    const char *wrong = !one_of(words->kind, kinds)    ? words->kind
                        : !one_of(words->paper, sizes) ? words->paper
                                                       : NULL;
    const struct paper *paper = wrong == NULL ? find_paper(words->paper, words->dpi) : NULL;
    if (paper == NULL) {
        cli_wrong_use(cli, wrong != NULL ? wrong : words->dpi);
        return NULL;
    }
    if (paper->page != NULL && strcmp(words->kind, "escpos") == 0) {
        cli_refuse(cli, "slip.no-sheets", "paper", words->paper, NULL);
        return NULL;
    }
    if (words->target == NULL && strcmp(words->kind, "picture") != 0) {
        cli_refuse(cli, "slip.no-target", "kind", words->kind, NULL);
        return NULL;
    }
    words->target = words->target != NULL ? words->target : ".";
    return paper;
}

// Says what became of it.
static int tell(struct cli *cli, const struct words *words, const struct paper *paper,
                enum printer_state state, const struct error *error)
{
    char key[48];
    if (state == PRINTER_READY || state == PRINTER_PAPER_LOW) {
        bool picture = strcmp(words->kind, "picture") == 0;
        char *name = memory_format("%s.%s", words->code, paper->page != NULL ? "pdf" : "png");
        char *file = picture ? file_join(words->target, name) : memory_copy_text(words->target);
        cli_say(cli, picture ? "slip.done" : "slip.printed", "file", file, NULL);
        if (state == PRINTER_PAPER_LOW)
            cli_say(cli, "slip.paper-low", NULL);
        free(file);
        free(name);
        return CLI_DONE;
    }
    text_print(key, sizeof(key), "slip.%s", printer_state_name(state));
    return cli_refuse(cli, key, "printer", words->target, "detail", error->text, NULL);
}

static int print(struct cli *cli, const struct agenda_entry *entry, const struct words *words,
                 const struct paper *paper)
{
    struct raster raster = {0};
    struct printer *printer = NULL;
    struct error error = ERROR_NONE;
    unsigned dpi = paper->dpi != 0 ? paper->dpi : 203;
    struct slip_options look = {.width = paper->width, .dpi = dpi, .large = words->large};
    const struct printer_options options = {.kind = words->kind,
                                            .target = words->target,
                                            .page = paper->page,
                                            .width = paper->width,
                                            .dpi = dpi,
                                            .cutter = !words->no_cutter,
                                            .status = !words->no_status,
                                            .no_fence = words->no_fence};
    int code = printer_open(&printer, &options, &error);
    look.sheet = code == 0 && printer_sheets(printer);
    if (code == 0)
        code = slip_paint(&entry->booking, entry->guide_name, cli->town, cli->labels, &look, &raster, &error);
    if (code == 0) {
        enum printer_state state = printer_print(printer, &raster, entry->booking.code, &error);
        code = tell(cli, words, paper, state, &error);
    } else
        code = cli_fail(cli, &error);
    printer_close(printer);
    raster_release(&raster);
    return code;
}

int cli_slip(struct cli *cli)
{
    struct words words;
    struct agenda_entry entry = {0};
    struct error error = ERROR_NONE;
    char code_text[CODE_SIZE];
    const struct paper *paper = read_words(cli, &words);
    if (paper == NULL || cli_read_code(cli, words.code, code_text) != CLI_DONE)
        return CLI_WRONG_USE;
    if (cli_town(cli) == NULL || cli_open(cli, AGENDA_GUIDE) != CLI_DONE)
        return CLI_REFUSED;
    words.code = code_text;
    int result = agenda_find(cli->agenda, code_text, &entry, &error);
    if (result < 0)
        result = cli_fail(cli, &error);
    else if (strcmp(entry.state, "booked") != 0 || entry.attention[0] != 0)
        result = cli_refuse(cli, "slip.no-talk", "code", code_text, NULL);
    else
        result = print(cli, &entry, &words, paper);
    memory_wipe(&entry, sizeof(entry));
    return result;
}
