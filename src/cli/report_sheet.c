// The report cut into what is written of it, and its words.
#include <stdlib.h>
#include <string.h>

#include "cli/report.h"

#include "base/banned.h"

// ---- the table

static unsigned month_number(const char *month)
{
    return (unsigned)(strtol(month, NULL, 10) * 12 + strtol(month + 5, NULL, 10));
}

static void list_months(struct report_sheet *sheet, const char *from, const char *to)
{
    char month[REPORT_MONTH_SIZE];
    text_copy(month, sizeof(month), from);
    while (strcmp(month, to) <= 0 && sheet->month_count < REPORT_MONTHS_MAX) {
        text_copy(sheet->months[sheet->month_count++], REPORT_MONTH_SIZE, month);
        report_next_month(month, month);
    }
}

static unsigned find_channel(const struct report_sheet *sheet, const char *channel)
{
    unsigned at = 0;
    while (at < sheet->channel_count && strcmp(sheet->channels[at], channel) != 0)
        at++;
    return at;
}

// Walk-in and letter first, as in the slides.
static int channel_place(const char *channel)
{
    static const char *const order[] = {"walk-in", "letter", "kiosk", "phone", "counter", "partner"};
    int count = sizeof(order) / sizeof(order[0]);
    for (int i = 0; i < count; i++)
        if (strcmp(channel, order[i]) == 0)
            return i;
    return count;
}

static int compare_channels(const void *first, const void *second)
{
    const char *const *a = first, *const *b = second;
    int order = channel_place(*a) - channel_place(*b);
    return order != 0 ? order : strcmp(*a, *b);
}

static void find_channels(struct report_sheet *sheet)
{
    sheet->channels = memory_new(sheet->report.count + 1, sizeof(*sheet->channels));
    for (unsigned i = 0; i < sheet->report.count; i++) {
        const struct report_row *row = &sheet->report.rows[i];
        if (strcmp(row->what, "reached") == 0 && find_channel(sheet, row->channel) == sheet->channel_count)
            sheet->channels[sheet->channel_count++] = row->channel;
    }
    if (sheet->channel_count > 0)
        qsort(sheet->channels, sheet->channel_count, sizeof(*sheet->channels), compare_channels);
}

static int64_t *cell_of(const struct report_sheet *sheet, unsigned row, unsigned column)
{
    return &sheet->cells[row * (sheet->channel_count + 1) + column];
}

int64_t report_cell(const struct report_sheet *sheet, unsigned row, unsigned column)
{
    return *cell_of(sheet, row, column);
}

int64_t report_cell_rest(const struct report_sheet *sheet, unsigned row)
{
    int64_t rest = report_cell(sheet, row, sheet->channel_count);
    if (rest == REPORT_HIDDEN)
        return 0;
    for (unsigned c = 0; c < sheet->channel_count; c++)
        if (report_cell(sheet, row, c) > 0)
            rest -= report_cell(sheet, row, c);
    return rest;
}

// A month of whose channels nothing is shown beside a total.
static void hide_unseen(struct report_sheet *sheet, unsigned row)
{
    if (report_cell(sheet, row, sheet->channel_count) == 0)
        return;
    for (unsigned c = 0; c < sheet->channel_count; c++)
        if (report_cell(sheet, row, c) != 0)
            return;
    for (unsigned c = 0; c < sheet->channel_count; c++)
        *cell_of(sheet, row, c) = REPORT_HIDDEN;
}

static void add_totals(struct report_sheet *sheet)
{
    unsigned last = sheet->channel_count;
    for (unsigned r = 0; r < sheet->month_count; r++) {
        if (sheet->is_public)
            hide_unseen(sheet, r);
        for (unsigned c = 0; c < last && !sheet->is_public; c++)
            *cell_of(sheet, r, last) += report_cell(sheet, r, c);
        for (unsigned c = 0; c <= last; c++)
            if (report_cell(sheet, r, c) > 0)
                *cell_of(sheet, sheet->month_count, c) += report_cell(sheet, r, c);
    }
}

static void fill(struct report_sheet *sheet)
{
    sheet->cells =
        memory_new((size_t)(sheet->month_count + 1) * (sheet->channel_count + 1), sizeof(*sheet->cells));
    unsigned first = month_number(sheet->months[0]);
    for (unsigned i = 0; i < sheet->report.count; i++) {
        const struct report_row *row = &sheet->report.rows[i];
        bool total = strcmp(row->what, REPORT_ALL) == 0;
        if ((!total && strcmp(row->what, "reached") != 0) || !report_month_valid(row->month))
            continue;
        unsigned column = total ? sheet->channel_count : find_channel(sheet, row->channel);
        unsigned month = month_number(row->month) - first;
        if (month < sheet->month_count)
            *cell_of(sheet, month, column) += row->count;
    }
    add_totals(sheet);
}

// For the public figures and lists are of whole quarters.
static void find_span(struct report_sheet *sheet)
{
    text_copy(sheet->first, sizeof(sheet->first), sheet->months[0]);
    text_copy(sheet->last, sizeof(sheet->last), sheet->months[sheet->month_count - 1]);
    if (!sheet->is_public)
        return;
    sheet->first[0] = sheet->last[0] = 0;
    for (unsigned r = 0; r + 2 < sheet->month_count; r++)
        if (month_number(sheet->months[r]) % 3 == 1) {
            if (sheet->first[0] == 0)
                text_copy(sheet->first, sizeof(sheet->first), sheet->months[r]);
            text_copy(sheet->last, sizeof(sheet->last), sheet->months[r + 2]);
        }
}

void report_sheet_make(struct report_sheet *sheet, struct report *report, const char *from, const char *to,
                       bool is_public)
{
    *sheet = (struct report_sheet){.report = *report, .is_public = is_public};
    *report = (struct report){0};
    list_months(sheet, from, to);
    find_channels(sheet);
    fill(sheet);
    find_span(sheet);
}

void report_sheet_release(struct report_sheet *sheet)
{
    report_release(&sheet->report);
    free(sheet->channels);
    free(sheet->cells);
    *sheet = (struct report_sheet){0};
}

// ---- lists

const char *const report_lists[] = {"language", "answer", "topic", "referral", "signal", NULL};

static int compare_lines(const void *first, const void *second)
{
    const struct report_line *a = first, *b = second;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return strcmp(a->item, b->item);
}

// The rows of a kind and an item stand together: a report is sorted.
struct report_line *report_list(const struct report_sheet *sheet, const char *what, unsigned *count)
{
    struct report_line *lines = memory_new(sheet->report.count + 1, sizeof(*lines));
    *count = 0;
    for (unsigned i = 0; i < sheet->report.count; i++) {
        const struct report_row *row = &sheet->report.rows[i];
        if (strcmp(row->what, what) != 0)
            continue;
        if (*count == 0 || strcmp(lines[*count - 1].item, row->item) != 0)
            lines[(*count)++].item = row->item;
        lines[*count - 1].count += row->count;
    }
    if (*count > 0 && (strcmp(what, "language") == 0 || strcmp(what, "topic") == 0))
        qsort(lines, *count, sizeof(*lines), compare_lines);
    return lines;
}

// ---- figures

// What is shown of it; hidden when that is nothing of something.
static int64_t shown_sum(const struct report *report, const char *what)
{
    int64_t sum = 0;
    bool hides = false;
    for (unsigned i = 0; i < report->count; i++) {
        if (strcmp(report->rows[i].what, what) != 0)
            continue;
        hides = hides || report->rows[i].count == REPORT_HIDDEN;
        sum += report->rows[i].count == REPORT_HIDDEN ? 0 : report->rows[i].count;
    }
    return sum == 0 && hides ? REPORT_HIDDEN : sum;
}

// The share that was led to Dutch, for the public of the quarters in which it is shown. "" when nobody was.
static void dutch_words(const struct report_sheet *sheet, char *out, size_t size)
{
    const struct report *report = &sheet->report;
    int64_t dutch = shown_sum(report, "dutch"), reached = 0;
    out[0] = 0;
    if (!sheet->is_public)
        reached = report_sum(report, "reached", NULL, NULL, NULL);
    for (unsigned i = 0; i < report->count && sheet->is_public; i++)
        if (strcmp(report->rows[i].what, "dutch") == 0 && report->rows[i].count != REPORT_HIDDEN)
            reached += report_sum(report, REPORT_ALL, report->rows[i].month, NULL, NULL);
    if (dutch == REPORT_HIDDEN)
        report_cell_text(dutch, out);
    else if (dutch > 0 && reached > 0)
        text_print(out, size, "%lld %%", (long long)((dutch * 100 + reached / 2) / reached));
}

// A median, with a decimal comma whatever the locale; for the public from that of the quickest quarter to
// that of the slowest.
static void wait_words(const struct report_sheet *sheet, char *out, size_t size)
{
    const struct report *report = &sheet->report;
    int64_t least = REPORT_HIDDEN, most = REPORT_HIDDEN;
    double median = sheet->is_public ? -1 : report_median(report, "wait");
    int tenths = (int)(median * 10 + 0.5);
    out[0] = 0;
    if (median >= 0)
        text_print(out, size, "%d,%d", tenths / 10, tenths % 10);
    for (unsigned i = 0; i < report->count && sheet->is_public; i++) {
        const struct report_row *row = &report->rows[i];
        if (strcmp(row->what, "wait") != 0)
            continue;
        least = least == REPORT_HIDDEN || row->count < least ? row->count : least;
        most = row->count > most ? row->count : most;
    }
    if (least != REPORT_HIDDEN)
        text_print(out, size, least == most ? "%lld" : "%lld–%lld", (long long)least, (long long)most);
}

void report_each_figure(const struct cli *cli, const struct report_sheet *sheet, report_figure_seen *seen)
{
    static const struct {
        const char *what, *key;
        bool always;
    } sums[] = {{"talks", "report.talks", true},
                {"no-show", "report.no-shows", true},
                {"callback", "report.callbacks", false}};
    char text[48];
    for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
        int64_t sum = shown_sum(&sheet->report, sums[i].what);
        report_cell_text(sum, text);
        if (sum != 0 || sums[i].always)
            seen(cli_text(cli, sums[i].key), text);
    }
    dutch_words(sheet, text, sizeof(text));
    if (text[0] != 0)
        seen(cli_text(cli, "report.dutch"), text);
    wait_words(sheet, text, sizeof(text));
    if (text[0] != 0)
        seen(cli_text(cli, "report.wait"), text);
}

// ---- words

void report_cell_text(int64_t cell, char out[24])
{
    if (cell == REPORT_HIDDEN)
        text_copy(out, 24, "·");
    else
        text_print(out, 24, "%lld", (long long)cell);
}

static const char *month_word(const struct cli *cli, const char *month)
{
    char key[16];
    text_print(key, sizeof(key), "month.%d", (int)strtol(month + 5, NULL, 10));
    return cli_text(cli, key);
}

void report_month_words(const struct cli *cli, const char *month, char *out, size_t size)
{
    text_print(out, size, "%s %.4s", month_word(cli, month), month);
}

void report_span_words(const struct cli *cli, const char *first, const char *last, char *out, size_t size)
{
    char from[48], to[48];
    report_month_words(cli, first, from, sizeof(from));
    report_month_words(cli, last, to, sizeof(to));
    if (strcmp(first, last) == 0)
        text_copy(out, size, to);
    else
        text_print(out, size, "%s – %s", strncmp(first, last, 4) == 0 ? month_word(cli, first) : from, to);
}

const char *report_channel_words(const struct cli *cli, const char *channel)
{
    return channel[0] == 0 ? cli_text(cli, "report.no-channel") : cli_label(cli, "channel", channel);
}

// "dutch none" → "Nederlands: nee"; "vdab open" → "VDAB: open".
void report_item_words(struct cli *cli, const char *what, const char *item, char *out, size_t size)
{
    char first[REPORT_ITEM_SIZE];
    const char *space = strchr(item, ' '), *second = space == NULL ? "" : space + 1;
    text_print(first, sizeof(first), "%.*s", (int)strcspn(item, " "), item);
    if (strcmp(what, "language") == 0 || strcmp(what, "topic") == 0) {
        text_copy(out, size, item[0] == 0 ? cli_text(cli, "report.unknown") : cli_label(cli, what, item));
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
