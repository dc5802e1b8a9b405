#include "agenda/report_public.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

// ---- the rules

static bool small(int64_t count)
{
    return count > 0 && count < REPORT_SMALLEST;
}

unsigned report_hide_parts(const int64_t *parts, unsigned count, bool *hidden)
{
    unsigned hides = 0, first = count, left = 0;
    int64_t sum = 0;
    for (unsigned i = count; i-- > 0;) {
        hidden[i] = small(parts[i]);
        hides += hidden[i];
        if (parts[i] != 0)
            first = i;
    }
    if (hides == 0)
        return 0;
    hidden[first] = true;
    hides = 0;
    for (unsigned i = 0; i < count; i++) {
        hides += hidden[i];
        sum += hidden[i] ? parts[i] : 0;
    }
    for (unsigned i = 0; i < count; i++) {
        if (parts[i] != 0 && !hidden[i] && (hides < 2 || sum < hides + 3)) {
            hidden[i] = true;
            hides++;
            sum += parts[i];
        }
        left += parts[i] != 0 && !hidden[i];
    }
    for (unsigned i = 0; i < count && left == 0; i++)
        hidden[i] = true;
    return left == 0 ? count : hides;
}

bool report_part_public(int64_t part, int64_t whole)
{
    return !small(part) && !small(whole - part);
}

static void show(struct report *shown, const char *period, const char *what, const struct report_row *of,
                 int64_t count)
{
    struct report_row row = {.count = count};
    text_copy(row.month, sizeof(row.month), period);
    text_copy(row.what, sizeof(row.what), what);
    text_copy(row.item, sizeof(row.item), of == NULL ? "" : of->item);
    text_copy(row.channel, sizeof(row.channel), of == NULL ? "" : of->channel);
    report_append(shown, &row);
}

// ---- months: people reached, by channel

// Which channel is hidden first: what only some towns have, then from the counter to the town's own.
static int channel_rank(const char *channel)
{
    static const char *const last[] = {"partner", "counter", "phone", "letter", "kiosk", "walk-in"};
    int count = sizeof(last) / sizeof(last[0]);
    for (int i = 0; i < count; i++)
        if (strcmp(channel, last[i]) == 0)
            return i;
    return -1;
}

static int compare_channels(const void *first, const void *second)
{
    const struct report_row *a = first, *b = second;
    int order = strcmp(a->month, b->month);
    if (order == 0)
        order = channel_rank(a->channel) - channel_rank(b->channel);
    return order != 0 ? order : strcmp(a->channel, b->channel);
}

static void show_month(struct report *shown, const char *month, const struct report_row *rows, unsigned count)
{
    int64_t total = 0, *parts = memory_new(count + 1, sizeof(*parts));
    bool *hidden = memory_new(count + 1, sizeof(*hidden));
    for (unsigned i = 0; i < count; i++)
        total += parts[i] = rows[i].count;
    show(shown, month, REPORT_ALL, NULL, small(total) ? REPORT_HIDDEN : total);
    if (!small(total) && report_hide_parts(parts, count, hidden) < count)
        for (unsigned i = 0; i < count; i++)
            if (parts[i] != 0)
                show(shown, month, "reached", &rows[i], hidden[i] ? REPORT_HIDDEN : parts[i]);
    free(parts);
    free(hidden);
}

static void show_months(const struct report *all, const char *from, const char *to, struct report *shown)
{
    struct report reached = {0};
    char month[REPORT_MONTH_SIZE];
    for (unsigned i = 0; i < all->count; i++)
        if (strcmp(all->rows[i].what, "reached") == 0)
            report_append(&reached, &all->rows[i]);
    if (reached.count > 0)
        qsort(reached.rows, reached.count, sizeof(*reached.rows), compare_channels);
    unsigned at = 0;
    for (text_copy(month, sizeof(month), from); strcmp(month, to) <= 0; report_next_month(month, month)) {
        unsigned count = 0;
        while (at < reached.count && strcmp(reached.rows[at].month, month) < 0)
            at++;
        while (at + count < reached.count && strcmp(reached.rows[at + count].month, month) == 0)
            count++;
        show_month(shown, month, reached.count > 0 ? &reached.rows[at] : NULL, count);
    }
    report_release(&reached);
}

// ---- quarters: all the rest

struct quarter {
    char name[REPORT_MONTH_SIZE];  // "2016-Q2"
    const struct report_row *rows; // of this quarter, one for a kind and an item
    unsigned count;
    int64_t reached; // REPORT_HIDDEN when one of its months is
    int64_t seen;    // of those, in the rows by channel, who did not walk in
    struct report *shown;
};

static void name_quarter(const char *month, char out[REPORT_MONTH_SIZE])
{
    text_print(out, REPORT_MONTH_SIZE, "%.4s-Q%d", month, (int)(strtol(month + 5, NULL, 10) + 2) / 3);
}

static int compare_quarters(const void *first, const void *second)
{
    const struct report_row *a = first, *b = second;
    int order = strcmp(a->month, b->month);
    if (order == 0)
        order = strcmp(a->what, b->what);
    return order != 0 ? order : strcmp(a->item, b->item);
}

// The report by quarters, without channels.
static void fold(const struct report *all, struct report *quarters)
{
    unsigned used = 0;
    for (unsigned i = 0; i < all->count; i++) {
        struct report_row row = all->rows[i];
        name_quarter(all->rows[i].month, row.month);
        row.channel[0] = 0;
        report_append(quarters, &row);
    }
    if (quarters->count > 0)
        qsort(quarters->rows, quarters->count, sizeof(*quarters->rows), compare_quarters);
    for (unsigned i = 0; i < quarters->count; i++) {
        if (used > 0 && compare_quarters(&quarters->rows[used - 1], &quarters->rows[i]) == 0)
            quarters->rows[used - 1].count += quarters->rows[i].count;
        else
            quarters->rows[used++] = quarters->rows[i];
    }
    quarters->count = used;
}

// The rows of one kind: the first, and how many.
static const struct report_row *rows_of(const struct quarter *quarter, const char *what, unsigned *count)
{
    const struct report_row *first = quarter->rows;
    const struct report_row *end = quarter->rows + quarter->count;
    while (first < end && strcmp(first->what, what) != 0)
        first++;
    for (*count = 0; first + *count < end && strcmp(first[*count].what, what) == 0;)
        ++*count;
    return first;
}

static int64_t sum_of(const struct quarter *quarter, const char *what)
{
    unsigned count;
    const struct report_row *rows = rows_of(quarter, what, &count);
    int64_t sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += rows[i].count;
    return sum;
}

// Of nothing else that is shown. Returns the sum of what is shown; *hides: how many rows are not.
static int64_t show_alone(const struct quarter *quarter, const char *what, unsigned *hides)
{
    unsigned count;
    const struct report_row *rows = rows_of(quarter, what, &count);
    int64_t sum = 0;
    *hides = 0;
    for (unsigned i = 0; i < count; i++) {
        if (small(rows[i].count)) {
            ++*hides;
            continue;
        }
        if (rows[i].count > 0)
            show(quarter->shown, quarter->name, what, &rows[i], rows[i].count);
        sum += rows[i].count;
    }
    return sum;
}

static void show_figure(const struct quarter *quarter, const char *what, bool is_public)
{
    int64_t sum = sum_of(quarter, what);
    show(quarter->shown, quarter->name, what, NULL, is_public ? sum : REPORT_HIDDEN);
}

// Each topic is some of those reached. Who comes asks for something: topics of which fewer are seen than
// there are people would say how much is hidden.
static void show_topics(const struct quarter *quarter)
{
    unsigned count;
    const struct report_row *rows = rows_of(quarter, "topic", &count);
    int64_t sum = 0;
    for (unsigned i = 0; i < count; i++)
        if (rows[i].item[0] != 0 && report_part_public(rows[i].count, quarter->reached))
            sum += rows[i].count;
    for (unsigned i = 0; i < count && sum >= quarter->reached; i++)
        if (rows[i].item[0] != 0 && rows[i].count > 0 && report_part_public(rows[i].count, quarter->reached))
            show(quarter->shown, quarter->name, "topic", &rows[i], rows[i].count);
}

// Everybody has one language or none that is known: the parts of those reached. From the end of the alphabet.
static void show_languages(const struct quarter *quarter)
{
    unsigned count;
    const struct report_row *rows = rows_of(quarter, "language", &count);
    int64_t *parts = memory_new(count + 1, sizeof(*parts));
    bool *hidden = memory_new(count + 1, sizeof(*hidden));
    parts[0] = quarter->reached;
    for (unsigned i = 0; i < count; i++) {
        if (rows[i].item[0] == 0)
            continue;
        parts[count - i] = rows[i].count;
        parts[0] -= rows[i].count;
    }
    if (parts[0] >= 0) {
        report_hide_parts(parts, count + 1, hidden);
        for (unsigned i = 0; i < count; i++)
            if (!hidden[count - i] && parts[count - i] > 0)
                show(quarter->shown, quarter->name, "language", &rows[i], parts[count - i]);
    }
    free(parts);
    free(hidden);
}

// A question whole or not at all: the town's questions depend on each other's answers ("unless" in
// town.yaml), so that who was not asked one is known from another. Returns how many answers were gone
// through.
static unsigned show_question(const struct quarter *quarter, const struct report_row *rows, unsigned count)
{
    size_t length = strcspn(rows[0].item, " ");
    int64_t rest = quarter->reached;
    bool few = false;
    unsigned same = 0;
    for (; same < count && strncmp(rows[same].item, rows[0].item, length) == 0 &&
           strcspn(rows[same].item, " ") == length;
         same++) {
        few = few || small(rows[same].count);
        rest -= rows[same].count;
    }
    for (unsigned i = 0; i < same && length > 0 && !few && rest >= 0 && !small(rest); i++)
        if (rows[i].count > 0)
            show(quarter->shown, quarter->name, "answer", &rows[i], rows[i].count);
    return same;
}

// In whole days: a half one would say that an even number of people waited.
static void show_wait(const struct quarter *quarter)
{
    struct report waits = {0};
    unsigned count;
    const struct report_row *rows = rows_of(quarter, "wait", &count);
    if (quarter->seen < REPORT_SMALLEST || sum_of(quarter, "wait") < REPORT_SMALLEST)
        return;
    for (unsigned i = 0; i < count; i++)
        report_append(&waits, &rows[i]);
    int64_t days = (int64_t)(report_median(&waits, "wait") + 0.5);
    show(quarter->shown, quarter->name, "wait", NULL, days < 0 ? 0 : days);
    report_release(&waits);
}

static void show_quarter(const struct quarter *quarter)
{
    unsigned hides, count;
    bool clean = quarter->reached != REPORT_HIDDEN;
    int64_t talks = sum_of(quarter, "talks"), dutch = sum_of(quarter, "dutch");
    show(quarter->shown, quarter->name, REPORT_ALL, NULL, quarter->reached);
    show_figure(quarter, "no-show", !small(sum_of(quarter, "no-show")));
    show_figure(quarter, "callback", !small(sum_of(quarter, "callback")));
    show_alone(quarter, "signal", &hides);
    int64_t referred = show_alone(quarter, "referral", &hides);
    show_figure(quarter, "talks", clean && report_part_public(talks, quarter->reached));
    // who was led to Dutch was referred: more of them than of the referrals seen would speak of the hidden
    // ones
    show_figure(quarter, "dutch",
                clean && report_part_public(dutch, quarter->reached) && (dutch <= referred || hides == 0));
    if (!clean)
        return;
    show_topics(quarter);
    show_languages(quarter);
    const struct report_row *answers = rows_of(quarter, "answer", &count);
    for (unsigned i = 0; i < count;)
        i += show_question(quarter, answers + i, count - i);
    show_wait(quarter);
}

// The three months of a quarter that begins with `month`, from what is shown of them.
static void read_months(struct quarter *quarter, const char *month)
{
    char at[REPORT_MONTH_SIZE];
    text_copy(at, sizeof(at), month);
    name_quarter(month, quarter->name);
    for (int i = 0; i < 3; i++, report_next_month(at, at)) {
        for (unsigned r = 0; r < quarter->shown->count; r++) {
            const struct report_row *row = &quarter->shown->rows[r];
            if (strcmp(row->month, at) != 0)
                continue;
            if (strcmp(row->what, REPORT_ALL) != 0)
                quarter->seen += row->count > 0 && strcmp(row->channel, "walk-in") != 0 ? row->count : 0;
            else if (row->count == REPORT_HIDDEN || quarter->reached == REPORT_HIDDEN)
                quarter->reached = REPORT_HIDDEN;
            else
                quarter->reached += row->count;
        }
    }
}

static void show_quarters(const struct report *all, const char *from, const char *to, struct report *shown)
{
    struct report quarters = {0};
    char month[REPORT_MONTH_SIZE], last[REPORT_MONTH_SIZE];
    fold(all, &quarters);
    for (text_copy(month, sizeof(month), from); strcmp(month, to) <= 0; report_next_month(month, month)) {
        struct quarter quarter = {.shown = shown};
        text_print(last, sizeof(last), "%.5s%02d", month, (int)strtol(month + 5, NULL, 10) + 2);
        if (strtol(month + 5, NULL, 10) % 3 != 1 || strcmp(last, to) > 0)
            continue;
        read_months(&quarter, month);
        unsigned at = 0;
        while (at < quarters.count && strcmp(quarters.rows[at].month, quarter.name) != 0)
            at++;
        while (at + quarter.count < quarters.count &&
               strcmp(quarters.rows[at + quarter.count].month, quarter.name) == 0)
            quarter.count++;
        quarter.rows = quarters.rows == NULL ? NULL : quarters.rows + at;
        show_quarter(&quarter);
    }
    report_release(&quarters);
}

void report_publish(const struct report *all, const char *from, const char *to, struct report *shown)
{
    report_release(shown);
    show_months(all, from, to, shown);
    show_quarters(all, from, to, shown);
    report_sort(shown);
}
