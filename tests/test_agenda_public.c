// links: src/agenda/agenda.c src/agenda/part.c src/agenda/schema.c src/agenda/sql.c src/agenda/slots.c src/agenda/accept.c src/agenda/admit.c src/agenda/hours.c src/agenda/hours_read.c src/agenda/list.c src/agenda/work.c src/agenda/follow.c src/agenda/care.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/booking/seal.c src/booking/presence.c src/booking/presence_file.c src/base/config.c src/base/database.c src/base/file.c src/base/memory.c src/base/error.c src/base/clock.c src/base/day.c src/base/utf8.c src/agenda/report.c src/agenda/report_public.c src/agenda/bag.c src/agenda/import.c src/agenda/purge.c
// libs: -lsqlite3 -lsodium -ljansson -lcyaml -lyaml
// What the public sees of a report, and what it hides from who knows how.
#include "agenda_helper.h"

#include "agenda/report_public.h"
#include "base/memory.h"

#include "base/banned.h"

// An onlooker who knows the rule: every way to divide a total is taken, those that look the same are laid
// together, and what a hidden part may be is what it is in one of them.
typedef unsigned hide_parts(const int64_t *parts, unsigned count, bool *hidden);
enum { PARTS_MAX = 5, LOOKS_MAX = 20000 };
struct look {
    int8_t seen[PARTS_MAX];     // a part, or REPORT_HIDDEN
    uint32_t values[PARTS_MAX]; // bit v: the part is v in one of the ways
    bool all;                   // nothing is seen
    unsigned first;             // the first part that is not 0
};
struct onlooker {
    hide_parts *hide;
    unsigned count; // of parts
    struct look looks[LOOKS_MAX];
    unsigned look_count;
};

static void note(struct onlooker *onlooker, const int64_t *parts)
{
    bool hidden[PARTS_MAX] = {false};
    struct look look = {.first = onlooker->count};
    look.all = onlooker->hide(parts, onlooker->count, hidden) == onlooker->count;
    for (unsigned i = onlooker->count; i-- > 0;) {
        look.seen[i] = (int8_t)(hidden[i] ? REPORT_HIDDEN : parts[i]);
        if (parts[i] != 0)
            look.first = i;
    }
    unsigned at = 0;
    while (at < onlooker->look_count && memcmp(onlooker->looks[at].seen, look.seen, sizeof(look.seen)) != 0)
        at++;
    ck_assert_uint_lt(at, LOOKS_MAX);
    if (at == onlooker->look_count)
        onlooker->looks[onlooker->look_count++] = look;
    for (unsigned i = 0; i < onlooker->count; i++)
        onlooker->looks[at].values[i] |= 1U << parts[i];
}

static void divide(struct onlooker *onlooker, int64_t *parts, unsigned at, int64_t rest)
{
    if (at + 1 == onlooker->count) {
        parts[at] = rest;
        note(onlooker, parts);
        return;
    }
    for (int64_t part = 0; part <= rest; part++) {
        parts[at] = part;
        divide(onlooker, parts, at + 1, rest - part);
    }
}

// Hidden parts of which the onlooker knows too much, over every way to divide every total.
static unsigned known_too_well(hide_parts *hide)
{
    struct onlooker *onlooker = memory_new(1, sizeof(*onlooker));
    unsigned holes = 0;
    onlooker->hide = hide;
    for (onlooker->count = 2; onlooker->count <= PARTS_MAX; onlooker->count++)
        for (int64_t total = REPORT_SMALLEST; total <= 15; total++) {
            int64_t parts[PARTS_MAX];
            onlooker->look_count = 0;
            divide(onlooker, parts, 0, total);
            for (unsigned l = 0; l < onlooker->look_count; l++) {
                const struct look *look = &onlooker->looks[l];
                for (unsigned i = 0; i < onlooker->count; i++) {
                    if (look->seen[i] != REPORT_HIDDEN)
                        continue;
                    bool few = (look->values[i] & 0x1E) != 0; // 1, 2, 3 or 4 in one of them
                    bool each = (look->values[i] & 0x1E) == 0x1E;
                    bool four = __builtin_popcount(look->values[i]) >= 4;
                    holes += few && !(i == look->first && !look->all ? four : each);
                }
            }
        }
    memory_wipe(onlooker, sizeof(*onlooker));
    free(onlooker);
    return holes;
}

static unsigned hide_only_small(const int64_t *parts, unsigned count, bool *hidden)
{
    unsigned hides = 0;
    for (unsigned i = 0; i < count; i++)
        hides += hidden[i] = parts[i] > 0 && parts[i] < REPORT_SMALLEST;
    return hides;
}

// The textbook's: when one is hidden the smallest other one is too.
static unsigned hide_smallest_other(const int64_t *parts, unsigned count, bool *hidden)
{
    unsigned hides = hide_only_small(parts, count, hidden), other = count;
    for (unsigned i = 0; i < count; i++)
        if (!hidden[i] && parts[i] > 0 && (other == count || parts[i] < parts[other]))
            other = i;
    if (hides != 1 || other == count)
        return hides;
    hidden[other] = true;
    return 2;
}

START_TEST(test_hide_parts_from_who_knows_the_rule)
{
    ck_assert_uint_eq(known_too_well(report_hide_parts), 0);
    ck_assert_uint_gt(known_too_well(hide_only_small), 0);
    ck_assert_uint_gt(known_too_well(hide_smallest_other), 0);
}
END_TEST

START_TEST(test_hide_parts)
{
    static const struct {
        int64_t parts[6];
        const char *seen; // "-" hidden, "x" seen
    } cases[] = {
        {{17, 15, 0, 0, 0, 0}, "xxxxxx"},                                   // nothing is small
        {{0, 0, 0, 0, 0, 0}, "xxxxxx"},    {{0, 2, 23, 0, 0, 0}, "------"}, // two parts: nothing can be seen
        {{0, 3, 40, 20, 50, 0}, "x--xxx"}, // one small part takes the next with it
        {{9, 3, 40, 20, 50, 0}, "--xxxx"}, // or the first
        {{4, 1, 40, 20, 50, 0}, "--xxxx"}, {{1, 1, 40, 20, 50, 0}, "---xxx"}, // 2 is 1 and 1
        {{1, 1, 1, 1, 1, 90}, "------"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bool hidden[6];
        char seen[7] = "";
        report_hide_parts(cases[i].parts, 6, hidden);
        for (int p = 0; p < 6; p++)
            seen[p] = hidden[p] ? '-' : 'x';
        ck_assert_str_eq(seen, cases[i].seen);
    }
}
END_TEST

static void count_row(struct report *report, const char *month, const char *what, const char *item,
                      const char *channel, int64_t count)
{
    struct report_row row = {.count = count};
    text_copy(row.month, sizeof(row.month), month);
    text_copy(row.what, sizeof(row.what), what);
    text_copy(row.item, sizeof(row.item), item);
    text_copy(row.channel, sizeof(row.channel), channel);
    report_append(report, &row);
}

// 60 people in the second quarter of 2016, all by letter.
static struct report sixty(void)
{
    struct report report = {0};
    count_row(&report, "2016-04", "reached", "", "letter", 20);
    count_row(&report, "2016-05", "reached", "", "letter", 20);
    count_row(&report, "2016-06", "reached", "", "letter", 20);
    return report;
}

// What the public sees of sixty people when there is this as well; "·" for what is hidden, "" for no row.
static const char *seen_of(const char *month, const char *what, const char *item, int64_t count)
{
    static char out[24];
    struct report report = sixty(), shown = {0};
    count_row(&report, month, what, item, "", count);
    report_sort(&report);
    report_publish(&report, "2016-04", "2016-06", &shown);
    out[0] = 0;
    for (unsigned i = 0; i < shown.count; i++) {
        const struct report_row *row = &shown.rows[i];
        if (strcmp(row->what, what) == 0 && strcmp(row->item, strcmp(what, "wait") == 0 ? "" : item) == 0)
            text_print(out, sizeof(out), row->count == REPORT_HIDDEN ? "·" : "%d", (int)row->count);
    }
    report_release(&report);
    report_release(&shown);
    return out;
}

START_TEST(test_publish_some_of_a_whole)
{
    static const struct {
        const char *what, *item;
        int64_t count;
        const char *seen;
    } cases[] = {
        {"talks", "", 60, "60"},
        {"talks", "", 56, "·"},
        {"talks", "", 55, "55"},
        {"talks", "", 4, "·"},
        {"talks", "", 5, "5"},
        {"no-show", "", 4, "·"},
        {"no-show", "", 57, "57"},
        {"callback", "", 1, "·"},
        {"callback", "", 5, "5"},
        {"topic", "work", 58, ""},
        {"topic", "work", 60, "60"},
        {"topic", "work", 50, ""}, // ten asked for what is hidden, at least
        {"referral", "vdab open", 4, ""},
        {"referral", "vdab open", 59, "59"},
        {"signal", "work gap", 4, ""},
        {"signal", "work gap", 5, "5"},
        {"language", "ps", 60, "60"},
        {"language", "ps", 57, ""},
        {"language", "ps", 40, "40"},
        {"language", "ps", 61, ""}, // more than there are people
        {"answer", "dutch none", 60, "60"},
        {"answer", "dutch none", 57, ""},
        {"answer", "dutch none", 30, "30"},
        {"dutch", "", 57, "·"},
        {"dutch", "", 50, "50"},
        {"wait", "7", 5, "7"},
        {"wait", "7", 4, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        ck_assert_msg(
            strcmp(seen_of("2016-05", cases[i].what, cases[i].item, cases[i].count), cases[i].seen) == 0,
            "%s %s %d: %s", cases[i].what, cases[i].item, (int)cases[i].count,
            seen_of("2016-05", cases[i].what, cases[i].item, cases[i].count));
}
END_TEST

START_TEST(test_publish_a_question_whole_or_not)
{
    struct report report = sixty(), shown = {0};
    count_row(&report, "2016-04", "answer", "dutch none", "", 30);
    count_row(&report, "2016-04", "answer", "dutch some", "", 27);
    count_row(&report, "2016-04", "answer", "dutch well", "", 3);
    count_row(&report, "2016-04", "answer", "interpreter brings", "", 57); // the other 3 were not asked
    count_row(&report, "2016-04", "answer", "work no", "", 20);
    count_row(&report, "2016-04", "answer", "work yes", "", 40);
    report_sort(&report);
    report_publish(&report, "2016-04", "2016-06", &shown);
    ck_assert_int_eq(report_sum(&shown, "answer", "2016-Q2", NULL, NULL), 60);
    ck_assert_int_eq(report_sum(&shown, "answer", NULL, "work yes", NULL), 40);
    report_release(&report);
    report_release(&shown);
}
END_TEST

START_TEST(test_publish_nothing_of_a_quarter_with_a_small_month)
{
    struct report report = sixty(), shown = {0};
    report.rows[1].count = 3;
    count_row(&report, "2016-04", "talks", "", "letter", 20);
    count_row(&report, "2016-04", "language", "ps", "", 43);
    count_row(&report, "2016-04", "topic", "work", "", 43);
    report_sort(&report);
    report_publish(&report, "2016-04", "2016-06", &shown);
    for (unsigned i = 0; i < shown.count; i++) {
        const struct report_row *row = &shown.rows[i];
        ck_assert(strcmp(row->what, "language") != 0 && strcmp(row->what, "topic") != 0);
        if (strcmp(row->what, "talks") == 0 || strcmp(row->month, "2016-05") == 0 ||
            (strcmp(row->month, "2016-Q2") == 0 && strcmp(row->what, REPORT_ALL) == 0))
            ck_assert_int_eq(row->count, REPORT_HIDDEN);
    }
    ck_assert_int_eq(report_sum(&shown, REPORT_ALL, "2016-04", NULL, NULL), 20);
    report_release(&report);
    report_release(&shown);
}
END_TEST

// Who was led to Dutch was referred: more of them than referrals that are seen would speak of the others.
START_TEST(test_publish_dutch_beside_referrals)
{
    static const struct {
        int64_t open, started, seen;
    } cases[] = {{30, 20, 30}, {30, 4, 30}, {29, 4, REPORT_HIDDEN}, {29, 0, 30}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct report report = sixty(), shown = {0};
        count_row(&report, "2016-04", "dutch", "", "", 30);
        count_row(&report, "2016-04", "referral", "ligo open", "", cases[i].open);
        count_row(&report, "2016-04", "referral", "ligo started", "", cases[i].started);
        report_sort(&report);
        report_publish(&report, "2016-04", "2016-06", &shown);
        ck_assert_int_eq(report_sum(&shown, "dutch", NULL, NULL, NULL), cases[i].seen);
        report_release(&report);
        report_release(&shown);
    }
}
END_TEST

// Half a day more would say that the number of people is even.
START_TEST(test_publish_wait_in_whole_days)
{
    struct report report = sixty(), shown = {0};
    count_row(&report, "2016-04", "wait", "3", "", 30);
    count_row(&report, "2016-04", "wait", "4", "", 30);
    report_sort(&report);
    ck_assert_double_eq(report_median(&report, "wait"), 3.5);
    report_publish(&report, "2016-04", "2016-06", &shown);
    ck_assert_int_eq(report_sum(&shown, "wait", "2016-Q2", NULL, NULL), 4);
    report_release(&report);
    report_release(&shown);
}
END_TEST

// Whether five people have waited must not say how many came by a channel that is hidden.
START_TEST(test_publish_wait_of_those_seen)
{
    struct report report = sixty(), shown = {0};
    for (unsigned i = 0; i < report.count; i++)
        text_copy(report.rows[i].channel, REPORT_WORD_SIZE, "walk-in");
    count_row(&report, "2016-05", "reached", "", "letter", 5);
    count_row(&report, "2016-05", "reached", "", "phone", 1);
    count_row(&report, "2016-05", "wait", "3", "", 6);
    report_sort(&report);
    report_publish(&report, "2016-04", "2016-06", &shown);
    ck_assert_int_eq(report_sum(&shown, "reached", "2016-05", NULL, "letter"), REPORT_HIDDEN);
    for (unsigned i = 0; i < shown.count; i++)
        ck_assert_str_ne(shown.rows[i].what, "wait");
    report_release(&report);
    report_release(&shown);
}
END_TEST

static struct report random_report(void)
{
    static const char *const months[] = {"2016-01", "2016-02", "2016-03", "2016-04", "2016-05",
                                         "2016-06", "2016-07", "2016-08", "2016-09"};
    static const char *const channels[] = {"walk-in", "letter", "kiosk", "phone", "stand", ""};
    static const char *const items[][2] = {
        {"language", "ps"},     {"language", "ti"},     {"language", ""},      {"topic", "work"},
        {"topic", "dutch"},     {"answer", "work yes"}, {"answer", "work no"}, {"referral", "vdab open"},
        {"signal", "work gap"}, {"wait", "3"},          {"wait", "8"},         {"dutch", ""},
        {"talks", ""},          {"no-show", ""},        {"callback", ""}};
    struct report report = {0};
    for (unsigned m = 0; m < 9; m++) {
        for (unsigned c = 0; c < 6; c++)
            if (rand() % 2 == 0)
                count_row(&report, months[m], "reached", "", channels[c], rand() % 12);
        for (unsigned i = 0; i < 15; i++)
            if (rand() % 2 == 0)
                count_row(&report, months[m], items[i][0], items[i][1], "", rand() % 12);
    }
    report_sort(&report);
    return report;
}

static bool has_row(const struct report *report, const struct report_row *row)
{
    for (unsigned i = 0; i < report->count; i++)
        if (memcmp(&report->rows[i], row, sizeof(*row)) == 0)
            return true;
    return false;
}

// What is seen of a month or a quarter does not depend on what else was asked: there is nothing to subtract.
START_TEST(test_publish_the_same_in_every_range)
{
    srand(7);
    for (int round = 0; round < 60; round++) {
        struct report report = random_report(), whole = {0}, some = {0};
        report_publish(&report, "2016-01", "2016-09", &whole);
        for (int from = 1; from <= 9; from++)
            for (int to = from; to <= 9; to++) {
                char first[REPORT_MONTH_SIZE], last[REPORT_MONTH_SIZE];
                unsigned inside = 0;
                text_print(first, sizeof(first), "2016-%02d", from);
                text_print(last, sizeof(last), "2016-%02d", to);
                report_publish(&report, first, last, &some);
                for (unsigned i = 0; i < some.count; i++)
                    ck_assert(has_row(&whole, &some.rows[i]));
                for (unsigned i = 0; i < whole.count; i++) {
                    const char *when = whole.rows[i].month;
                    int end = when[5] == 'Q' ? 3 * (when[6] - '0') : when[6] - '0';
                    inside += end <= to && (when[5] == 'Q' ? end - 2 : end) >= from;
                }
                ck_assert_uint_eq(inside, some.count);
            }
        report_release(&report);
        report_release(&whole);
        report_release(&some);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agenda_public");
    TCase *tests = tcase_create("public");
    tcase_add_test(tests, test_hide_parts);
    tcase_add_test(tests, test_hide_parts_from_who_knows_the_rule);
    tcase_add_test(tests, test_publish_some_of_a_whole);
    tcase_add_test(tests, test_publish_a_question_whole_or_not);
    tcase_add_test(tests, test_publish_nothing_of_a_quarter_with_a_small_month);
    tcase_add_test(tests, test_publish_dutch_beside_referrals);
    tcase_add_test(tests, test_publish_wait_in_whole_days);
    tcase_add_test(tests, test_publish_wait_of_those_seen);
    tcase_add_test(tests, test_publish_the_same_in_every_range);
    suite_add_tcase(suite, tests);
    HELPER_RUN(suite);
}
