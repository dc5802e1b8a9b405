// report: the council's table, as text, csv or html with a plot.
#include <stdlib.h>
#include <string.h>

#include "agenda/report.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "cli/page.h"

#include "base/banned.h"

#define MONTHS_MAX 240
#define NAMES_MAX 512

struct sheet { // the report cut into tables
    struct report report;
    char months[MONTHS_MAX][REPORT_MONTH_SIZE];
    unsigned month_count;
    bool is_public;
};

struct names { // of columns or rows
    const char *name[NAMES_MAX];
    unsigned count;
};

static void add_name(struct names *names, const char *name)
{
    for (unsigned i = 0; i < names->count; i++)
        if (strcmp(names->name[i], name) == 0)
            return;
    if (names->count < NAMES_MAX)
        names->name[names->count++] = name;
}

// The channels that people were reached by: walk-in and letter first, as in the slides.
static void find_channels(const struct sheet *sheet, struct names *names)
{
    static const char *const first[] = {"walk-in", "letter", "kiosk", "phone", "counter", "partner"};
    names->count = 0;
    for (size_t f = 0; f < sizeof(first) / sizeof(first[0]); f++)
        for (unsigned i = 0; i < sheet->report.count; i++)
            if (strcmp(sheet->report.rows[i].what, "reached") == 0 &&
                strcmp(sheet->report.rows[i].channel, first[f]) == 0)
                add_name(names, first[f]);
    for (unsigned i = 0; i < sheet->report.count; i++)
        if (strcmp(sheet->report.rows[i].what, "reached") == 0)
            add_name(names, sheet->report.rows[i].channel);
}

static void find_items(const struct sheet *sheet, const char *what, struct names *names)
{
    names->count = 0;
    for (unsigned i = 0; i < sheet->report.count; i++)
        if (strcmp(sheet->report.rows[i].what, what) == 0)
            add_name(names, sheet->report.rows[i].item);
}

static void sum_up(struct report_table *table)
{
    unsigned width = table->columns + 1;
    for (unsigned r = 0; r < table->rows; r++)
        for (unsigned c = 0; c < table->columns; c++) {
            int64_t cell = table->cells[r * width + c];
            table->cells[r * width + table->columns] += cell;
            table->cells[table->rows * width + c] += cell;
            table->cells[table->rows * width + table->columns] += cell;
        }
}

static void fill_channels(const struct sheet *sheet, const struct names *channels, struct report_table *table)
{
    table->rows = sheet->month_count;
    table->columns = channels->count;
    table->cells = memory_new((size_t)(table->rows + 1) * (table->columns + 1), sizeof(int64_t));
    for (unsigned r = 0; r < table->rows; r++)
        for (unsigned c = 0; c < table->columns; c++)
            table->cells[r * (table->columns + 1) + c] =
                report_sum(&sheet->report, "reached", sheet->months[r], NULL, channels->name[c]);
    sum_up(table);
    if (sheet->is_public)
        report_hide(table);
}

// One list, over the whole period; its total is known to who reads the other tables.
static void fill_list(const struct sheet *sheet, const char *what, const struct names *items,
                      struct report_table *table)
{
    table->rows = items->count;
    table->columns = 0;
    table->cells = memory_new((size_t)table->rows + 1, sizeof(int64_t));
    for (unsigned r = 0; r < table->rows; r++) {
        table->cells[r] = report_sum(&sheet->report, what, NULL, items->name[r], NULL);
        table->cells[table->rows] += table->cells[r];
    }
    if (sheet->is_public)
        report_hide(table);
}

static void cell_text(int64_t cell, char out[24])
{
    if (cell < 0)
        text_copy(out, 24, "·");
    else
        text_print(out, 24, "%lld", (long long)cell);
}

static void month_words(const struct cli *cli, const char *month, char *out, size_t size)
{
    char key[16];
    text_print(key, sizeof(key), "month.%d", (int)strtol(month + 5, NULL, 10));
    text_print(out, size, "%s %.4s", cli_text(cli, key), month);
}

// "dutch none" → "Nederlands: nee"; "vdab open" → "VDAB: open".
static void item_words(struct cli *cli, const char *what, const char *item, char *out, size_t size)
{
    char first[REPORT_ITEM_SIZE];
    const char *space = strchr(item, ' '), *second = space == NULL ? "" : space + 1;
    text_print(first, sizeof(first), "%.*s", (int)strcspn(item, " "), item);
    if (strcmp(what, "language") == 0 || strcmp(what, "topic") == 0) {
        text_copy(out, size, item[0] == 0 ? "?" : cli_label(cli, what, item));
    } else if (strcmp(what, "answer") == 0) {
        char *name = memory_copy_text(cli_label(cli, "name", first));
        text_print(out, size, "%s: %s", name, cli_answer(cli, first, second));
        free(name);
    } else if (strcmp(what, "signal") == 0) {
        char *name = memory_copy_text(cli_label(cli, "topic", first));
        text_print(out, size, "%s: %s", name, cli_label(cli, "signal", second));
        free(name);
    } else {
        text_print(out, size, "%s: %s", cli_partner(cli, first), cli_label(cli, "outcome", second));
    }
}

static const char *const lists[] = {"language", "answer", "topic", "referral", "signal"};

// ---- the figures below the table

struct figures {
    int64_t talks, no_shows, callbacks, reached, dutch;
    double wait; // median, days; -1 for none
};

static struct figures figures_of(const struct sheet *sheet)
{
    const struct report *report = &sheet->report;
    return (struct figures){.talks = report_sum(report, "talks", NULL, NULL, NULL),
                            .no_shows = report_sum(report, "no-show", NULL, NULL, NULL),
                            .callbacks = report_sum(report, "callback", NULL, NULL, NULL),
                            .reached = report_sum(report, "reached", NULL, NULL, NULL),
                            .dutch = report_sum(report, "dutch", NULL, NULL, NULL),
                            .wait = report_median(report, "wait")};
}

static bool small(const struct sheet *sheet, int64_t count)
{
    return sheet->is_public && count > 0 && count < 5;
}

typedef void line_seen(const char *name, const char *value);

static void each_figure(const struct cli *cli, const struct sheet *sheet, line_seen *seen)
{
    struct figures figures = figures_of(sheet);
    char text[48];
    cell_text(small(sheet, figures.talks) ? -1 : figures.talks, text);
    seen(cli_text(cli, "report.talks"), text);
    cell_text(small(sheet, figures.no_shows) ? -1 : figures.no_shows, text);
    seen(cli_text(cli, "report.no-shows"), text);
    if (figures.callbacks > 0) {
        cell_text(small(sheet, figures.callbacks) ? -1 : figures.callbacks, text);
        seen(cli_text(cli, "report.callbacks"), text);
    }
    if (figures.reached > 0 && figures.dutch > 0) {
        bool hidden = small(sheet, figures.dutch) || small(sheet, figures.reached - figures.dutch);
        text_print(text, sizeof(text), hidden ? "·" : "%lld %%",
                   (long long)((figures.dutch * 100 + figures.reached / 2) / figures.reached));
        seen(cli_text(cli, "report.dutch"), text);
    }
    if (figures.wait >= 0) {
        int tenths = (int)(figures.wait * 10 + 0.5); // a decimal comma, whatever the locale
        text_print(text, sizeof(text), "%d,%d", tenths / 10, tenths % 10);
        seen(cli_text(cli, "report.wait"), text);
    }
}

// ---- text

static void print_right(const char *text, int width)
{
    int length = 0;
    for (const char *at = text; *at != 0; at++)
        length += ((unsigned char)*at & 0xC0) != 0x80;
    printf("%*s%s", width > length ? width - length : 1, "", text);
}

static void text_row(const struct report_table *table, unsigned row, const char *name)
{
    char text[24];
    cli_cell(stdout, name, 18);
    for (unsigned c = 0; c <= table->columns; c++) {
        cell_text(table->cells[row * (table->columns + 1) + c], text);
        print_right(text, 12);
    }
    puts("");
}

static void text_channels(struct cli *cli, const struct sheet *sheet)
{
    struct names channels;
    struct report_table table;
    char name[48];
    find_channels(sheet, &channels);
    fill_channels(sheet, &channels, &table);
    cli_say(cli, "report.reached", NULL);
    cli_cell(stdout, "", 18);
    for (unsigned c = 0; c < channels.count; c++)
        print_right(channels.name[c][0] == 0 ? "?" : cli_label(cli, "channel", channels.name[c]), 12);
    print_right(cli_text(cli, "report.total"), 12);
    puts("");
    for (unsigned r = 0; r < table.rows; r++) {
        month_words(cli, sheet->months[r], name, sizeof(name));
        text_row(&table, r, name);
    }
    text_row(&table, table.rows, cli_text(cli, "report.total"));
    free(table.cells);
}

static void text_list(struct cli *cli, const struct sheet *sheet, const char *what)
{
    struct names items;
    struct report_table table;
    char key[48], name[96], text[24];
    find_items(sheet, what, &items);
    if (items.count == 0)
        return;
    fill_list(sheet, what, &items, &table);
    text_print(key, sizeof(key), "report.%s", what);
    printf("\n%s\n", cli_text(cli, key));
    for (unsigned r = 0; r < items.count; r++) {
        item_words(cli, what, items.name[r], name, sizeof(name));
        printf("  ");
        cli_cell(stdout, name, 40);
        cell_text(table.cells[r], text);
        print_right(text, 8);
        puts("");
    }
    free(table.cells);
}

static void text_figure(const char *name, const char *value)
{
    cli_cell(stdout, name, 42);
    print_right(value, 8);
    puts("");
}

static int write_text(struct cli *cli, const struct sheet *sheet)
{
    text_channels(cli, sheet);
    puts("");
    each_figure(cli, sheet, text_figure);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        text_list(cli, sheet, lists[i]);
    if (sheet->is_public)
        cli_say(cli, "report.hidden", NULL);
    return CLI_DONE;
}

// ---- csv

static void csv_line(const char *month, const char *what, const char *item, const char *channel,
                     int64_t count)
{
    char text[24] = "";
    if (count >= 0)
        cell_text(count, text);
    printf("%s;%s;%s;%s;%s\r\n", month, what, item, channel, text);
}

static int write_csv(struct cli *cli, const struct sheet *sheet)
{
    struct names names;
    struct report_table table;
    printf("\xEF\xBB\xBF%s\r\n", cli_text(cli, "report.csv-head"));
    if (!sheet->is_public) {
        for (unsigned i = 0; i < sheet->report.count; i++) {
            const struct report_row *row = &sheet->report.rows[i];
            csv_line(row->month, row->what, row->item, row->channel, row->count);
        }
        return CLI_DONE;
    }
    find_channels(sheet, &names);
    fill_channels(sheet, &names, &table);
    for (unsigned r = 0; r < table.rows; r++)
        for (unsigned c = 0; c < table.columns; c++)
            csv_line(sheet->months[r], "reached", "", names.name[c],
                     table.cells[r * (table.columns + 1) + c]);
    free(table.cells);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        find_items(sheet, lists[i], &names);
        fill_list(sheet, lists[i], &names, &table);
        for (unsigned r = 0; r < table.rows; r++)
            csv_line("", lists[i], names.name[r], "", table.cells[r]);
        free(table.cells);
    }
    return CLI_DONE;
}

// ---- html

static const char *const colours[] = {"#1d5c87", "#d98324", "#3f7d4e", "#8a4f7d", "#6b6b6b", "#b5443c"};
enum { COLOURS = sizeof(colours) / sizeof(colours[0]) };

// Stacked columns, a month each; legible in grey too: the parts are outlined in white and named below.
static void plot(struct cli *cli, const struct sheet *sheet, const struct names *channels,
                 const struct report_table *table)
{
    const int height = 220, step = 64, left = 40;
    int64_t most = 1;
    unsigned width = table->columns + 1;
    for (unsigned r = 0; r < table->rows; r++)
        if (table->cells[r * width + table->columns] > most)
            most = table->cells[r * width + table->columns];
    printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" "
           "font-family=\"Noto Sans, sans-serif\" "
           "font-size=\"13\">\n",
           left + step * (int)table->rows + 20, height + 90, left + step * (int)table->rows + 20);
    for (unsigned r = 0; r < table->rows; r++) {
        int x = left + (int)r * step, base = height + 20;
        for (unsigned c = 0; c < table->columns; c++) {
            int64_t cell = table->cells[r * width + c];
            int tall = cell <= 0 ? 0 : (int)(cell * height / most);
            base -= tall;
            if (tall > 0)
                printf("<rect x=\"%d\" y=\"%d\" width=\"44\" height=\"%d\" fill=\"%s\" stroke=\"#fff\"/>\n",
                       x, base, tall, colours[c % COLOURS]);
        }
        char text[24];
        cell_text(table->cells[r * width + table->columns], text);
        printf("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"600\">%s</text>\n", x + 22,
               base - 5, text);
        printf("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.7s</text>\n", x + 22, height + 38,
               sheet->months[r]);
    }
    for (unsigned c = 0; c < table->columns; c++) {
        int x = left + (int)c * 110;
        printf("<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">", x,
               height + 58, colours[c % COLOURS], x + 20, height + 70);
        page_text(cli_label(cli, "channel", channels->name[c]));
        puts("</text>");
    }
    puts("</svg>");
}

static void html_row(const struct report_table *table, unsigned row, const char *name)
{
    char text[24];
    printf("<tr%s>", row == table->rows ? " class=sum" : "");
    page_cell("td", name);
    for (unsigned c = 0; c <= table->columns; c++) {
        cell_text(table->cells[row * (table->columns + 1) + c], text);
        page_cell("td class=n", text);
    }
    puts("</tr>");
}

static void html_channels(struct cli *cli, const struct sheet *sheet)
{
    struct names channels;
    struct report_table table;
    char name[48];
    find_channels(sheet, &channels);
    fill_channels(sheet, &channels, &table);
    plot(cli, sheet, &channels, &table);
    fputs("<table><tr><th></th>", stdout);
    for (unsigned c = 0; c < channels.count; c++)
        page_cell("th class=n", cli_label(cli, "channel", channels.name[c]));
    page_cell("th class=n", cli_text(cli, "report.total"));
    puts("</tr>");
    for (unsigned r = 0; r < table.rows; r++) {
        month_words(cli, sheet->months[r], name, sizeof(name));
        html_row(&table, r, name);
    }
    html_row(&table, table.rows, cli_text(cli, "report.total"));
    puts("</table>");
    free(table.cells);
}

static void html_list(struct cli *cli, const struct sheet *sheet, const char *what)
{
    struct names items;
    struct report_table table;
    char key[48], name[96], text[24];
    find_items(sheet, what, &items);
    if (items.count == 0)
        return;
    fill_list(sheet, what, &items, &table);
    text_print(key, sizeof(key), "report.%s", what);
    page_cell("h2", cli_text(cli, key));
    puts("<table>");
    for (unsigned r = 0; r < items.count; r++) {
        item_words(cli, what, items.name[r], name, sizeof(name));
        cell_text(table.cells[r], text);
        fputs("<tr>", stdout);
        page_cell("td", name);
        page_cell("td class=n", text);
        puts("</tr>");
    }
    puts("</table>");
    free(table.cells);
}

static void html_figure(const char *name, const char *value)
{
    fputs("<tr>", stdout);
    page_cell("td", name);
    page_cell("td class=n", value);
    puts("</tr>");
}

static int write_html(struct cli *cli, const struct sheet *sheet)
{
    page_begin(cli, cli_text(cli, "report.reached"));
    html_channels(cli, sheet);
    puts("<h2></h2><table>");
    each_figure(cli, sheet, html_figure);
    puts("</table>");
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        html_list(cli, sheet, lists[i]);
    if (sheet->is_public)
        page_cell("p", cli_text(cli, "report.hidden"));
    page_end();
    return CLI_DONE;
}

// ---- the command

static void list_months(struct sheet *sheet, const char *from, const char *to)
{
    int year = (int)strtol(from, NULL, 10), month = (int)strtol(from + 5, NULL, 10);
    char text[REPORT_MONTH_SIZE];
    do {
        text_print(text, sizeof(text), "%04d-%02d", year, month);
        text_copy(sheet->months[sheet->month_count++], REPORT_MONTH_SIZE, text);
        year += month == 12;
        month = month == 12 ? 1 : month + 1;
    } while (strcmp(text, to) < 0 && sheet->month_count < MONTHS_MAX);
}

struct format {
    const char *name;
    int (*write)(struct cli *cli, const struct sheet *sheet);
};
static const struct format formats[] = {{"text", write_text}, {"csv", write_csv}, {"html", write_html}};

int cli_report(struct cli *cli)
{
    struct civil_date today = day_civil(clock_moment().day);
    char this_month[REPORT_MONTH_SIZE];
    text_print(this_month, sizeof(this_month), "%04d-%02d", today.year, today.month);
    const char *from = this_month, *to = NULL, *format = "text";
    bool is_public = false;
    struct cli_option options[] = {
        {"from", &from, NULL}, {"to", &to, NULL}, {"format", &format, NULL}, {"public", NULL, &is_public}};
    struct error error = ERROR_NONE;
    if (cli_arguments(cli, options, 4, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    if (to == NULL)
        to = strcmp(from, this_month) > 0 ? from : this_month;
    if (!report_month_valid(from) || !report_month_valid(to) || strcmp(from, to) > 0)
        return cli_wrong_use(cli, from);
    cli_town(cli); // the town's own words for its topics and partners
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(formats[i].name, format) != 0)
            continue;
        struct sheet *sheet = memory_new(1, sizeof(*sheet));
        sheet->is_public = is_public;
        list_months(sheet, from, to);
        int code = report_make(cli->agenda, from, to, &sheet->report, &error);
        int status = code < 0 ? cli_fail(cli, &error) : formats[i].write(cli, sheet);
        report_release(&sheet->report);
        free(sheet);
        return status;
    }
    return cli_wrong_use(cli, format);
}
