// The report as a page to print or to show.
#include <stdlib.h>

#include "cli/page.h"
#include "cli/report.h"

#include "base/banned.h"

#define BAR_WIDTH 240 // of the longest
#define BAR_HEIGHT 14

static void row(const struct report_sheet *sheet, unsigned at, const char *name)
{
    char text[24];
    fputs(at == sheet->month_count ? "<tr class=sum>" : "<tr>", stdout);
    page_cell("td", name);
    for (unsigned c = 0; c <= sheet->channel_count; c++) {
        report_cell_text(report_cell(sheet, at, c), text);
        page_cell("td class=n", text);
    }
    puts("</tr>");
}

static void table(const struct cli *cli, const struct report_sheet *sheet)
{
    char name[48];
    fputs(sheet->channel_count > 4 ? "<table class=wide>" : "<table>", stdout);
    fputs("<thead><tr><th></th>", stdout);
    for (unsigned c = 0; c < sheet->channel_count; c++)
        page_cell("th class=n", report_channel_words(cli, sheet->channels[c]));
    page_cell("th class=n", cli_text(cli, "report.total"));
    puts("</tr></thead>");
    for (unsigned r = 0; r < sheet->month_count; r++) {
        report_month_words(cli, sheet->months[r], name, sizeof(name));
        row(sheet, r, name);
    }
    row(sheet, sheet->month_count, cli_text(cli, sheet->is_public ? "report.shown-total" : "report.total"));
    puts("</table>");
}

// Each line with a bar: a picture of a line, so that it is printed as well.
static void list(struct cli *cli, const struct report_sheet *sheet, const char *what)
{
    unsigned count;
    char key[48], name[96], text[24];
    int64_t most = 1;
    struct report_line *lines = report_list(sheet, what, &count);
    for (unsigned i = 0; i < count; i++)
        most = lines[i].count > most ? lines[i].count : most;
    text_print(key, sizeof(key), "report.%s", what);
    if (count > 0) {
        page_cell("h2", cli_text(cli, key));
        puts("<table class=bars>");
    }
    for (unsigned i = 0; i < count; i++) {
        report_item_words(cli, what, lines[i].item, name, sizeof(name));
        report_cell_text(lines[i].count, text);
        fputs("<tr>", stdout);
        page_cell("td", name);
        printf("<td><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
               "aria-hidden=\"true\">"
               "<rect width=\"%.1f\" height=\"%d\" fill=\"#0B7A75\"/></svg></td>",
               BAR_WIDTH, BAR_HEIGHT, BAR_WIDTH, (double)lines[i].count * BAR_WIDTH / (double)most,
               BAR_HEIGHT);
        page_cell("td class=n", text);
        puts("</tr>");
    }
    if (count > 0)
        puts("</table>");
    free(lines);
}

static void figure(const char *name, const char *value)
{
    fputs("<tr>", stdout);
    page_cell("td", name);
    page_cell("td class=n", value);
    puts("</tr>");
}

static void figures(const struct cli *cli, const struct report_sheet *sheet)
{
    page_cell("h2", cli_text(cli, "report.figures"));
    puts("<table>");
    report_each_figure(cli, sheet, figure);
    puts("</table>");
}

static void quarters(const struct cli *cli, const struct report_sheet *sheet)
{
    char span[96], line[256];
    const char *fills[] = {"months", span, NULL};
    report_span_words(cli, sheet->first, sheet->last, span, sizeof(span));
    catalog_fill(line, sizeof(line), cli_text(cli, "report.quarters"), fills);
    page_cell("p class=over", line);
}

int report_write_page(struct cli *cli, const struct report_sheet *sheet)
{
    char span[96], title[160];
    report_span_words(cli, sheet->months[0], sheet->months[sheet->month_count - 1], span, sizeof(span));
    text_print(title, sizeof(title), "%s, %s", cli_text(cli, "report.reached"), span);
    page_begin(cli, title);
    report_plot(cli, sheet);
    table(cli, sheet);
    if (sheet->is_public)
        page_cell("p class=small", cli_text(cli, "report.hidden"));
    if (sheet->is_public && sheet->first[0] == 0) {
        page_cell("p", cli_text(cli, "report.no-quarter"));
    } else {
        if (sheet->is_public)
            quarters(cli, sheet);
        figures(cli, sheet);
        for (unsigned i = 0; report_lists[i] != NULL; i++)
            list(cli, sheet, report_lists[i]);
    }
    page_end();
    return CLI_DONE;
}
