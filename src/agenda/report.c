#include "agenda/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/bag.h"
#include "agenda/private.h"
#include "base/memory.h"

#include "base/banned.h"

void report_release(struct report *report)
{
    free(report->rows);
    *report = (struct report){0};
}

void report_append(struct report *report, const struct report_row *row)
{
    if (report->count == report->room) {
        report->room = report->room == 0 ? 256 : report->room * 2;
        report->rows = memory_grow(report->rows, report->room, sizeof(*report->rows));
    }
    report->rows[report->count++] = *row;
}

// ---- adding up: rows are found again through a table of their places, open addressing

struct tally {
    struct report *report;
    unsigned *places; // index of a row + 1; 0: empty
    unsigned size;    // a power of two
    struct bag bag;   // bookings of the month that is being counted
    char month[REPORT_MONTH_SIZE];
};

static unsigned hash_text(unsigned hash, const char *text)
{
    for (; *text != 0; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U; // FNV-1a
    return hash * 16777619U;
}

static unsigned hash_row(const struct report_row *row)
{
    return hash_text(hash_text(hash_text(hash_text(2166136261U, row->month), row->what), row->item),
                     row->channel);
}

static bool same_key(const struct report_row *a, const struct report_row *b)
{
    return strcmp(a->item, b->item) == 0 && strcmp(a->month, b->month) == 0 &&
           strcmp(a->what, b->what) == 0 && strcmp(a->channel, b->channel) == 0;
}

static unsigned *find_place(const struct tally *tally, const struct report_row *row)
{
    unsigned at = hash_row(row) & (tally->size - 1);
    while (tally->places[at] != 0 && !same_key(&tally->report->rows[tally->places[at] - 1], row))
        at = (at + 1) & (tally->size - 1);
    return &tally->places[at];
}

static void make_room(struct tally *tally)
{
    const struct report *report = tally->report;
    if (tally->size > 2 * (report->count + 1))
        return;
    free(tally->places);
    tally->size = tally->size == 0 ? 1024 : tally->size * 4;
    tally->places = memory_new(tally->size, sizeof(*tally->places));
    for (unsigned i = 0; i < report->count; i++)
        *find_place(tally, &report->rows[i]) = i + 1;
}

// `when` is a month, a day or a moment: its month counts. A second item word stands behind a space.
static void add(struct tally *tally, const char *when, const char *what, const char *item, const char *second,
                const char *channel, int64_t count)
{
    struct report_row row = {.count = count};
    size_t length = strnlen(when, REPORT_MONTH_SIZE - 1);
    memcpy(row.month, when, length);
    text_copy(row.what, sizeof(row.what), what);
    text_copy(row.channel, sizeof(row.channel), channel);
    text_copy(row.item, sizeof(row.item), item);
    length = strlen(row.item);
    if (second[0] != 0 && length + 1 < sizeof(row.item)) {
        row.item[length] = ' ';
        text_copy(row.item + length + 1, sizeof(row.item) - length - 1, second);
    }
    make_room(tally);
    unsigned *place = find_place(tally, &row);
    if (*place == 0) {
        report_append(tally->report, &row);
        *place = tally->report->count;
    } else {
        tally->report->rows[*place - 1].count += count;
    }
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

void report_sort(struct report *report)
{
    if (report->count > 0)
        qsort(report->rows, report->count, sizeof(*report->rows), compare_rows);
}

// ---- what is counted

void report_count_state(const char *state, void (*count)(void *context, const char *what), void *context)
{
    bool done = strcmp(state, "done") == 0;
    count(context, "bookings");
    if (done || strcmp(state, "arrived") == 0)
        count(context, "reached");
    if (done)
        count(context, "talks");
    else if (strcmp(state, "booked") != 0 && strcmp(state, "arrived") != 0)
        count(context, state);
}

bool report_reached(const char *state)
{
    return strcmp(state, "arrived") == 0 || strcmp(state, "done") == 0;
}

// From the day a booking was made (UTC) to the day of its talk; 0 and no number when a day is broken.
static bool read_day(const char *text, int32_t *day)
{
    char first[DAY_TEXT_SIZE] = "";
    memcpy(first, text, strnlen(text, DAY_TEXT_SIZE - 1));
    return day_parse(first, day) == 0;
}

bool report_wait(const char *start, const char *made, char out[16])
{
    int32_t from, to;
    if (!read_day(made, &from) || !read_day(start, &to))
        return false;
    snprintf(out, 16, "%d", (int)(to - from)); // plain: this runs once a booking
    return true;
}

// ---- bookings: first counted by equal texts within their month, then each text is taken apart once

enum kind { KIND_STATE, KIND_WAIT, KIND_LANGUAGE, KIND_ANSWERS, KIND_TOPICS, KIND_REFERRALS, KIND_LED };

struct counting {
    struct tally *tally;
    const char *month, *channel;
    int64_t count;
};

static void add_state(void *context, const char *what)
{
    const struct counting *counting = context;
    add(counting->tally, counting->month, what, "", "", counting->channel, counting->count);
}

// "letter done"
static void count_state(struct tally *tally, const char *month, const char *text, int64_t count)
{
    char channel[REPORT_WORD_SIZE];
    size_t length = strcspn(text, " ");
    text_print(channel, sizeof(channel), "%.*s", (int)length, text);
    struct counting counting = {tally, month, channel, count};
    report_count_state(text[length] == 0 ? "" : text + length + 1, add_state, &counting);
}

// "2016-05-02 2016-04-20": the day of the talk, the day it was booked
static void count_wait(struct tally *tally, const char *month, const char *text, int64_t count)
{
    char wait[16];
    if (strlen(text) == 2 * DAY_TEXT_SIZE - 1 && report_wait(text, text + DAY_TEXT_SIZE, wait))
        add(tally, month, "wait", wait, "", "", count);
}

static void count_language(struct tally *tally, const char *month, const char *text, int64_t count)
{
    add(tally, month, "language", text, "", "", count);
}

// Each part between commas: its first word, its second word, and what is behind.
typedef void part_seen(struct tally *tally, const char *month, const char *first, const char *second,
                       const char *third, int64_t count);

static void each_part(struct tally *tally, const char *month, const char *text, int64_t count,
                      part_seen *seen)
{
    char words[3][REPORT_ITEM_SIZE];
    while (*text != 0) {
        size_t length = strcspn(text, ","), at = 0;
        for (int i = 0; i < 3; i++) {
            size_t word = i == 2 ? length - at : strcspn(text + at, " ,");
            text_print(words[i], sizeof(words[i]), "%.*s", (int)word, text + at);
            at += word;
            at += text[at] == ' ';
        }
        seen(tally, month, words[0], words[1], words[2], count);
        text += length + (text[length] == ',');
    }
}

static void add_answer(struct tally *tally, const char *month, const char *first, const char *second,
                       const char *third, int64_t count)
{
    (void)third;
    add(tally, month, "answer", first, second, "", count);
}

static void add_topic(struct tally *tally, const char *month, const char *first, const char *second,
                      const char *third, int64_t count)
{
    (void)second;
    (void)third;
    add(tally, month, "topic", first, "", "", count);
}

static void add_referral(struct tally *tally, const char *month, const char *first, const char *second,
                         const char *third, int64_t count)
{
    (void)third;
    add(tally, month, "referral", first, second, "", count);
}

static void count_answers(struct tally *tally, const char *month, const char *text, int64_t count)
{
    each_part(tally, month, text, count, add_answer);
}

static void count_topics(struct tally *tally, const char *month, const char *text, int64_t count)
{
    each_part(tally, month, text, count, add_topic);
}

static void count_referrals(struct tally *tally, const char *month, const char *text, int64_t count)
{
    each_part(tally, month, text, count, add_referral);
}

// Once a booking, however many of its referrals are about Dutch.
static void count_led(struct tally *tally, const char *month, const char *text, int64_t count)
{
    size_t length = strlen(text);
    bool dutch = strstr(text, " dutch,") != NULL || (length > 6 && strcmp(text + length - 6, " dutch") == 0);
    if (dutch)
        add(tally, month, "dutch", "", "", "", count);
}

static void (*const take_apart[])(struct tally *tally, const char *month, const char *text, int64_t count) = {
    [KIND_STATE] = count_state,         [KIND_WAIT] = count_wait,     [KIND_LANGUAGE] = count_language,
    [KIND_ANSWERS] = count_answers,     [KIND_TOPICS] = count_topics, [KIND_LED] = count_led,
    [KIND_REFERRALS] = count_referrals,
};

static void empty_bag(struct tally *tally, const char *month)
{
    for (unsigned i = 0; i < tally->bag.count; i++) {
        const struct bag_item *item = &tally->bag.items[i];
        take_apart[item->kind](tally, month, bag_text(&tally->bag, item), item->count);
    }
    bag_clear(&tally->bag);
}

static void put(struct tally *tally, enum kind kind, const char *text)
{
    if (text[0] != 0 || kind == KIND_LANGUAGE)
        bag_add(&tally->bag, (unsigned)kind, text, strlen(text));
}

// Two texts with a space between, cut to what fits.
static void put_pair(struct tally *tally, enum kind kind, const char *first, size_t first_most,
                     const char *second, size_t second_most)
{
    char both[2 * REPORT_WORD_SIZE + 2];
    size_t one = strnlen(first, first_most), two = strnlen(second, second_most);
    memcpy(both, first, one);
    both[one] = ' ';
    memcpy(both + one + 1, second, two);
    bag_add(&tally->bag, (unsigned)kind, both, one + 1 + two);
}

static void count_booking(struct tally *tally, sqlite3_stmt *row)
{
    enum { MONTH = REPORT_MONTH_SIZE - 1, DAY = DAY_TEXT_SIZE - 1, WORD = REPORT_WORD_SIZE - 1 };
    const char *start = database_text(row, 0), *state = database_text(row, 1),
               *channel = database_text(row, 2), *referrals = database_text(row, 7);
    if (strncmp(start, tally->month, MONTH) != 0) {
        empty_bag(tally, tally->month);
        text_print(tally->month, sizeof(tally->month), "%.7s", start);
    }
    put_pair(tally, KIND_STATE, channel, WORD, state, WORD);
    put(tally, KIND_REFERRALS, referrals);
    if (!report_reached(state))
        return;
    put(tally, KIND_LANGUAGE, database_text(row, 3));
    if (strcmp(channel, "walk-in") != 0)
        put_pair(tally, KIND_WAIT, start, DAY, database_text(row, 4), DAY);
    put(tally, KIND_ANSWERS, database_text(row, 5));
    put(tally, KIND_TOPICS, database_text(row, 6));
    put(tally, KIND_LED, referrals);
}

static void count_signal(struct tally *tally, sqlite3_stmt *row)
{
    add(tally, database_text(row, 0), "signal", database_text(row, 1), database_text(row, 2), "", 1);
}

static void count_callback(struct tally *tally, sqlite3_stmt *row)
{
    add(tally, database_text(row, 0), "callback", "", "", database_text(row, 2),
        sqlite3_column_int64(row, 3));
}

static void count_before(struct tally *tally, sqlite3_stmt *row)
{
    add(tally, database_text(row, 0), database_text(row, 1), database_text(row, 2), "", database_text(row, 3),
        sqlite3_column_int64(row, 4));
}

struct part {
    enum agenda_sql sql;
    void (*count)(struct tally *tally, sqlite3_stmt *row);
};

static const struct part parts[] = {{SQL_REPORT_COUNTS, count_before},
                                    {SQL_REPORT_BOOKINGS, count_booking},
                                    {SQL_REPORT_SIGNALS, count_signal},
                                    {SQL_REPORT_CALLBACKS, count_callback}};

bool report_month_valid(const char *month)
{
    char day[DAY_TEXT_SIZE];
    int32_t number;
    return strlen(month) == 7 && text_print(day, sizeof(day), "%s-01", month) == 0 &&
           day_parse(day, &number) == 0;
}

void report_next_month(const char *month, char out[REPORT_MONTH_SIZE])
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
    report_next_month(to, after);
    struct tally tally = {.report = report};
    int code = database_run(&agenda->database, "PRAGMA cache_size = -65536", error); // 64 MB, as far as used
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && code == 0; i++) {
        sqlite3_stmt *row = agenda_bind(agenda, error, parts[i].sql, "tt", from, after);
        while ((code = agenda_row(agenda, row, error)) > 0)
            parts[i].count(&tally, row);
    }
    empty_bag(&tally, tally.month);
    bag_release(&tally.bag);
    free(tally.places);
    if (code < 0)
        report_release(report);
    else
        report_sort(report);
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
