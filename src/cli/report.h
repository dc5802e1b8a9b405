// The council's report as it is written: cut into a table of months and channels, figures and lists, each
// made of what may be seen, then as text, csv or a page. One thread.
#ifndef WEGWIJS_CLI_REPORT_H
#define WEGWIJS_CLI_REPORT_H

#include "agenda/report.h"
#include "agenda/report_public.h"
#include "cli/cli.h"

#define REPORT_MONTHS_MAX 240 // of one report

struct report_sheet {
    struct report report; // for the public only what may be seen: nothing else is at hand when it is written
    bool is_public;
    char months[REPORT_MONTHS_MAX][REPORT_MONTH_SIZE];
    unsigned month_count;
    const char **channels; // that people were reached by, in the order of the slides
    unsigned channel_count;
    int64_t *cells; // (months + 1) × (channels + 1), totals last; REPORT_HIDDEN. Totals of columns are of
                    // what is shown
    char first[REPORT_MONTH_SIZE], last[REPORT_MONTH_SIZE]; // of figures and lists; "" when there is none
};
// Takes the report's rows. `from` to `to` are at most REPORT_MONTHS_MAX months.
void report_sheet_make(struct report_sheet *sheet, struct report *report, const char *from, const char *to,
                       bool is_public);
void report_sheet_release(struct report_sheet *sheet);
int64_t report_cell(const struct report_sheet *sheet, unsigned row, unsigned column);
// How many people of a month are reached by a channel that is not shown; 0 when the month itself is hidden.
int64_t report_cell_rest(const struct report_sheet *sheet, unsigned row);

extern const char *const report_lists[]; // "language", …, NULL
struct report_line {
    const char *item; // borrowed from the sheet
    int64_t count;
};
// The lines of one list, to be freed; languages and topics by their count, the others by their words.
struct report_line *report_list(const struct report_sheet *sheet, const char *what, unsigned *count);
typedef void report_figure_seen(const char *name, const char *value);
void report_each_figure(const struct cli *cli, const struct report_sheet *sheet, report_figure_seen *seen);

// ---- words
void report_cell_text(int64_t cell, char out[24]); // "·" for what is hidden
void report_month_words(const struct cli *cli, const char *month, char *out, size_t size); // "mei 2016"
// "mei 2016", "januari – juli 2016", "november 2015 – juli 2016"
void report_span_words(const struct cli *cli, const char *first, const char *last, char *out, size_t size);
void report_item_words(struct cli *cli, const char *what, const char *item, char *out, size_t size);
const char *report_channel_words(const struct cli *cli, const char *channel); // has words for "" too

// ---- forms; each writes to standard output and returns an exit status
int report_write_text(struct cli *cli, const struct report_sheet *sheet);
int report_write_page(struct cli *cli, const struct report_sheet *sheet);
void report_plot(const struct cli *cli,
                 const struct report_sheet *sheet); // one <svg> that needs nothing else

#endif
