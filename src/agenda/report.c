#include "agenda/report.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/private.h"
#include "base/memory.h"

#include "base/banned.h"

void report_release(struct report *report)
{
    free(report->rows);
    *report = (struct report){0};
}

static void add_row(struct report *report, const char *month, const char *what, const char *item,
                    const char *channel, int64_t count)
{
    if (report->count == report->room) {
        report->room = report->room == 0 ? 256 : report->room * 2;
        report->rows = memory_grow(report->rows, report->room, sizeof(*report->rows));
    }
    struct report_row *row = &report->rows[report->count++];
    *row = (struct report_row){.count = count};
    text_copy(row->month, sizeof(row->month), month);
    text_copy(row->what, sizeof(row->what), what);
    text_copy(row->item, sizeof(row->item), item);
    text_copy(row->channel, sizeof(row->channel), channel);
}

static int compare_rows(const void *first, const void *second)
{
    const struct report_row *a = first, *b = second;
    int order = strcmp(a->what, b->what);
    if (order == 0)
        order = strcmp(a->item, b->item);
    if (order == 0)
        order = strcmp(a->channel, b->channel);
    return order != 0 ? order : strcmp(a->month, b->month);
}

static void merge(struct report *report)
{
    unsigned kept = 0;
    if (report->count == 0)
        return;
    qsort(report->rows, report->count, sizeof(*report->rows), compare_rows);
    for (unsigned i = 1; i < report->count; i++) {
        if (compare_rows(&report->rows[kept], &report->rows[i]) == 0)
            report->rows[kept].count += report->rows[i].count;
        else
            report->rows[++kept] = report->rows[i];
    }
    report->count = kept + 1;
}

struct part {
    enum agenda_sql sql;
    const char *what;
};

static const struct part parts[] = {
    {SQL_REPORT_LANGUAGES, "language"}, {SQL_REPORT_ANSWERS, "answer"},     {SQL_REPORT_TOPICS, "topic"},
    {SQL_REPORT_REFERRALS, "referral"}, {SQL_REPORT_SIGNALS, "signal"},     {SQL_REPORT_DUTCH, "dutch"},
    {SQL_REPORT_WAITS, "wait"},         {SQL_REPORT_CALLBACKS, "callback"},
};

static int add_part(struct agenda *agenda, const struct part *part, const char *from, const char *after,
                    struct report *report, struct error *error)
{
    int code;
    sqlite3_stmt *row = agenda_bind(agenda, error, part->sql, "tt", from, after);
    while ((code = agenda_row(agenda, row, error)) > 0)
        add_row(report, database_text(row, 0), part->what, database_text(row, 1), database_text(row, 2),
                sqlite3_column_int64(row, 3));
    return code;
}

void report_count_state(const char *state, void (*add)(void *context, const char *what), void *context)
{
    bool done = strcmp(state, "done") == 0;
    add(context, "bookings");
    if (done || strcmp(state, "arrived") == 0)
        add(context, "reached");
    if (done)
        add(context, "talks");
    else if (strcmp(state, "booked") != 0 && strcmp(state, "arrived") != 0)
        add(context, state);
}

struct adding {
    struct report *report;
    const char *month, *channel;
    int64_t count;
};

static void add_state(void *context, const char *what)
{
    const struct adding *adding = context;
    add_row(adding->report, adding->month, what, "", adding->channel, adding->count);
}

static int add_bookings(struct agenda *agenda, const char *from, const char *after, struct report *report,
                        struct error *error)
{
    int code;
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_REPORT_BOOKINGS, "tt", from, after);
    while ((code = agenda_row(agenda, row, error)) > 0) {
        struct adding adding = {report, database_text(row, 0), database_text(row, 2),
                                sqlite3_column_int64(row, 3)};
        report_count_state(database_text(row, 1), add_state, &adding);
    }
    return code;
}

static int add_counts(struct agenda *agenda, const char *from, const char *after, struct report *report,
                      struct error *error)
{
    int code;
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_REPORT_COUNTS, "tt", from, after);
    while ((code = agenda_row(agenda, row, error)) > 0)
        add_row(report, database_text(row, 0), database_text(row, 1), database_text(row, 2),
                database_text(row, 3), sqlite3_column_int64(row, 4));
    return code;
}

bool report_month_valid(const char *month)
{
    char day[DAY_TEXT_SIZE];
    int32_t number;
    return strlen(month) == 7 && text_print(day, sizeof(day), "%s-01", month) == 0 &&
           day_parse(day, &number) == 0;
}

// "2016-07" → "2016-08": the half-open end.
static void next_month(const char *month, char out[REPORT_MONTH_SIZE])
{
    char day[DAY_TEXT_SIZE];
    int32_t number = 0;
    text_print(day, sizeof(day), "%s-01", month);
    if (day_parse(day, &number) < 0)
        number = 0;
    day_format(number + 31, day);
    text_print(out, REPORT_MONTH_SIZE, "%.7s", day);
}

int report_make(struct agenda *agenda, const char *from, const char *to, struct report *report,
                struct error *error)
{
    char after[REPORT_MONTH_SIZE];
    report_release(report);
    if (!report_month_valid(from) || !report_month_valid(to) || strcmp(from, to) > 0)
        return error_set(error, ERROR_INVALID, "\"%s\" to \"%s\" are no months like 2016-05", from, to);
    next_month(to, after);
    int code = add_counts(agenda, from, after, report, error);
    if (code == 0)
        code = add_bookings(agenda, from, after, report, error);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && code == 0; i++)
        code = add_part(agenda, &parts[i], from, after, report, error);
    if (code < 0)
        report_release(report);
    merge(report);
    return code;
}

int64_t report_sum(const struct report *report, const char *what, const char *month, const char *item,
                   const char *channel)
{
    int64_t sum = 0;
    for (unsigned i = 0; i < report->count; i++) {
        const struct report_row *row = &report->rows[i];
        if (strcmp(row->what, what) == 0 && (month == NULL || strcmp(row->month, month) == 0) &&
            (item == NULL || strcmp(row->item, item) == 0) &&
            (channel == NULL || strcmp(row->channel, channel) == 0))
            sum += row->count;
    }
    return sum;
}

struct weighted {
    double value;
    int64_t count;
};

static int compare_weighted(const void *first, const void *second)
{
    const struct weighted *a = first, *b = second;
    return a->value < b->value ? -1 : a->value > b->value;
}

// The value at a place of the sorted row, counting each as often as it is there.
static double value_at(const struct weighted *values, unsigned count, int64_t place)
{
    for (unsigned i = 0; i < count; i++) {
        if (place < values[i].count)
            return values[i].value;
        place -= values[i].count;
    }
    return -1;
}

double report_median(const struct report *report, const char *what)
{
    struct weighted *values = memory_new(report->count, sizeof(*values));
    unsigned count = 0;
    int64_t all = 0;
    for (unsigned i = 0; i < report->count; i++)
        if (strcmp(report->rows[i].what, what) == 0) {
            values[count++] = (struct weighted){strtod(report->rows[i].item, NULL), report->rows[i].count};
            all += report->rows[i].count;
        }
    double median = -1;
    if (all > 0) {
        qsort(values, count, sizeof(*values), compare_weighted);
        median = (value_at(values, count, (all - 1) / 2) + value_at(values, count, all / 2)) / 2;
    }
    free(values);
    return median;
}

// ---- hiding small counts

static int64_t *cell_of(const struct report_table *table, unsigned row, unsigned column)
{
    return &table->cells[row * (table->columns + 1) + column];
}

// A line of the table: a row (across) or a column. When exactly one of its cells is hidden the smallest other
// one is hidden too: a count before a nought, so that as little as possible goes.
static bool hide_second(const struct report_table *table, unsigned line, bool across)
{
    unsigned length = across ? table->columns + 1 : table->rows + 1, hidden = 0;
    int64_t *best = NULL;
    for (unsigned i = 0; i < length; i++) {
        int64_t *cell = across ? cell_of(table, line, i) : cell_of(table, i, line);
        if (*cell < 0)
            hidden++;
        else if (best == NULL || (*best == 0 && *cell > 0) || (*cell > 0 && *cell < *best))
            best = cell;
    }
    if (hidden != 1 || best == NULL)
        return false;
    *best = -1;
    return true;
}

void report_hide(struct report_table *table)
{
    for (unsigned i = 0; i < (table->rows + 1) * (table->columns + 1); i++)
        if (table->cells[i] > 0 && table->cells[i] < 5)
            table->cells[i] = -1;
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned row = 0; row <= table->rows; row++)
            changed = (table->columns > 0 && hide_second(table, row, true)) || changed;
        for (unsigned column = 0; column <= table->columns; column++)
            changed = (table->rows > 0 && hide_second(table, column, false)) || changed;
    }
}
