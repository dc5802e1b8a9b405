// The report on a terminal.
#include <stdlib.h>

#include "cli/report.h"

#include "base/banned.h"

#define NUMBER_WIDTH 12
#define ITEM_WIDTH 54        // the longest partner's name with the outcome behind it
#define NAME_WIDTH 18        // "september 2016"
#define PUBLIC_NAME_WIDTH 26 // "samen van wat getoond is"

static void print_right(const char *text, int width)
{
    int length = cli_width(text);
    printf("%*s%s", width > length ? width - length : 1, "", text);
}

static int column_width(const char *name)
{
    int width = cli_width(name) + 1;
    return width > NUMBER_WIDTH ? width : NUMBER_WIDTH;
}

static void print_row(const struct cli *cli, const struct report_sheet *sheet, unsigned row, const char *name)
{
    char text[24];
    cli_cell(stdout, name, sheet->is_public ? PUBLIC_NAME_WIDTH : NAME_WIDTH);
    for (unsigned c = 0; c <= sheet->channel_count; c++) {
        report_cell_text(report_cell(sheet, row, c), text);
        print_right(text, c == sheet->channel_count
                              ? NUMBER_WIDTH
                              : column_width(report_channel_words(cli, sheet->channels[c])));
    }
    puts("");
}

static void print_table(const struct cli *cli, const struct report_sheet *sheet)
{
    char name[48];
    cli_say(cli, "report.reached", NULL);
    cli_cell(stdout, "", sheet->is_public ? PUBLIC_NAME_WIDTH : NAME_WIDTH);
    for (unsigned c = 0; c < sheet->channel_count; c++) {
        const char *words = report_channel_words(cli, sheet->channels[c]);
        print_right(words, column_width(words));
    }
    print_right(cli_text(cli, "report.total"), NUMBER_WIDTH);
    puts("");
    for (unsigned r = 0; r < sheet->month_count; r++) {
        report_month_words(cli, sheet->months[r], name, sizeof(name));
        print_row(cli, sheet, r, name);
    }
    print_row(cli, sheet, sheet->month_count,
              cli_text(cli, sheet->is_public ? "report.shown-total" : "report.total"));
}

static void print_list(struct cli *cli, const struct report_sheet *sheet, const char *what)
{
    unsigned count;
    char key[48], name[96], text[24];
    struct report_line *lines = report_list(sheet, what, &count);
    text_print(key, sizeof(key), "report.%s", what);
    if (count > 0)
        printf("\n%s\n", cli_text(cli, key));
    for (unsigned i = 0; i < count; i++) {
        report_item_words(cli, what, lines[i].item, name, sizeof(name));
        printf("  ");
        cli_cell(stdout, name, ITEM_WIDTH);
        report_cell_text(lines[i].count, text);
        print_right(text, 8);
        puts("");
    }
    free(lines);
}

static void print_figure(const char *name, const char *value)
{
    cli_cell(stdout, name, ITEM_WIDTH + 2);
    print_right(value, 8);
    puts("");
}

int report_write_text(struct cli *cli, const struct report_sheet *sheet)
{
    char span[96];
    print_table(cli, sheet);
    puts("");
    report_span_words(cli, sheet->first, sheet->last, span, sizeof(span));
    if (sheet->is_public)
        cli_say(cli, sheet->first[0] == 0 ? "report.no-quarter" : "report.quarters", "months", span, NULL);
    if (sheet->first[0] != 0)
        report_each_figure(cli, sheet, print_figure);
    for (unsigned i = 0; report_lists[i] != NULL; i++)
        print_list(cli, sheet, report_lists[i]);
    if (sheet->is_public) {
        puts("");
        cli_say(cli, "report.hidden", NULL);
    }
    return CLI_DONE;
}
