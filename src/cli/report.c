// report: the council's table, as text, csv or a page with a plot.
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/page.h"
#include "cli/report.h"

#include "base/banned.h"

static int write_csv(struct cli *cli, const struct report_sheet *sheet)
{
    printf("\xEF\xBB\xBF%s\r\n", cli_text(cli, "report.csv-head"));
    for (unsigned i = 0; i < sheet->report.count; i++) {
        const struct report_row *row = &sheet->report.rows[i];
        char text[24] = "";
        if (row->count != REPORT_HIDDEN)
            report_cell_text(row->count, text);
        page_csv(row->month, false);
        page_csv(row->what, false);
        page_csv(row->item, false);
        page_csv(row->channel, false);
        page_csv(text, true);
    }
    return CLI_DONE;
}

struct format {
    const char *name;
    int (*write)(struct cli *cli, const struct report_sheet *sheet);
};
static const struct format formats[] = {
    {"text", report_write_text}, {"csv", write_csv}, {"html", report_write_page}};

static const struct format *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

static int write_report(struct cli *cli, const struct format *format, const char *from, const char *to,
                        bool is_public)
{
    struct report report = {0}, shown = {0};
    struct error error = ERROR_NONE;
    if (report_make(cli->agenda, from, to, &report, &error) < 0)
        return cli_fail(cli, &error);
    if (is_public)
        report_publish(&report, from, to, &shown);
    struct report_sheet *sheet = memory_new(1, sizeof(*sheet));
    report_sheet_make(sheet, is_public ? &shown : &report, from, to, is_public);
    int status = format->write(cli, sheet);
    report_sheet_release(sheet);
    free(sheet);
    report_release(&report);
    return status;
}

static bool too_many(const char *from, const char *to)
{
    char after[REPORT_MONTH_SIZE];
    text_print(after, sizeof(after), "%04d%.3s", (int)strtol(from, NULL, 10) + REPORT_MONTHS_MAX / 12,
               from + 4);
    return strcmp(to, after) >= 0;
}

static bool months_good(struct cli *cli, const char *from, const char *to)
{
    const char *wrong = !report_month_valid(from) ? from : !report_month_valid(to) ? to : NULL;
    if (wrong != NULL)
        cli_say_to(cli, stderr, "use.month", "what", wrong, NULL);
    else if (strcmp(from, to) > 0)
        cli_say_to(cli, stderr, "use.months", "from", from, "to", to, NULL);
    else
        return true;
    return false;
}

int cli_report(struct cli *cli)
{
    struct civil_date today = day_civil(clock_moment().day);
    char this_month[REPORT_MONTH_SIZE], last_month[REPORT_MONTH_SIZE], words[48];
    text_print(this_month, sizeof(this_month), "%04d-%02d", today.year, today.month);
    text_print(last_month, sizeof(last_month), "%04d-%02d", today.month == 1 ? today.year - 1 : today.year,
               today.month == 1 ? 12 : today.month - 1);
    const char *from = NULL, *to = NULL, *format = "text";
    bool is_public = false;
    struct cli_option options[] = {
        {"from", &from, NULL}, {"to", &to, NULL}, {"format", &format, NULL}, {"public", NULL, &is_public}};
    if (cli_arguments(cli, options, 4, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    const char *newest = is_public ? last_month : this_month;
    if (from == NULL)
        from = newest;
    if (to == NULL)
        to = strcmp(from, newest) > 0 ? from : newest;
    if (!months_good(cli, from, to))
        return CLI_WRONG_USE;
    if (find_format(format) == NULL)
        return cli_wrong_use(cli, format);
    if (too_many(from, to))
        return cli_refuse(cli, "report.too-long", NULL);
    if (is_public && strcmp(to, this_month) >= 0) { // would differ tomorrow, by one person perhaps
        report_month_words(cli, to, words, sizeof(words));
        return cli_refuse(cli, "report.not-over", "month", words, NULL);
    }
    cli_town(cli); // the town's own words for its topics and partners
    return write_report(cli, find_format(format), from, to, is_public);
}
