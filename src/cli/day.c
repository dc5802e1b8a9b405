// today and week: who comes.
#include "cli/day.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/file.h"

#include "base/banned.h"

void day_person(const struct booking *booking, char *out, size_t size)
{
    text_print(out, size, "%s%s%s", booking->first_name,
               booking->first_name[0] != 0 && booking->last_name[0] != 0 ? " " : "", booking->last_name);
}

void day_phone(const struct cli *cli, const struct booking *booking, char *out, size_t size)
{
    char grouped[PHONE_GROUPED_SIZE] = "";
    if (booking->phone[0] != 0)
        phone_group(booking->phone, grouped);
    text_copy(out, size, grouped[0] != 0 ? grouped : cli_text(cli, "word.no-phone"));
    memory_wipe(grouped, sizeof(grouped));
}

int day_ends(const struct agenda_entry *entry)
{
    return entry->booking.slot.start.minute + entry->minutes;
}

static void add_part(char *out, size_t size, const char *between, const char *text)
{
    size_t length = strlen(out);
    text_print(out + length, size - length, "%s%s", length == 0 ? "" : between, text);
}

void day_answers(const struct cli *cli, const struct booking *booking, char *out, size_t size)
{
    static const char *const first[] = {"interpreter", "dutch", "work", "children"};
    enum { FIRST = sizeof(first) / sizeof(first[0]) };
    char part[160];
    text_copy(out, size, "");
    for (unsigned pass = 0; pass <= FIRST; pass++) {
        for (unsigned i = 0; i < booking->answer_count; i++) {
            const struct booking_answer *answer = &booking->answers[i];
            bool early = false;
            for (unsigned f = 0; f < FIRST; f++)
                early = early || strcmp(first[f], answer->indicator) == 0;
            if (pass < FIRST ? strcmp(first[pass], answer->indicator) != 0 : early)
                continue;
            char *name = memory_copy_text(cli_label(cli, "name", answer->indicator));
            text_print(part, sizeof(part), "%s: %s",
                       strncmp(name, "name.", 5) == 0 ? answer->indicator : name,
                       cli_answer(cli, answer->indicator, answer->answer));
            free(name);
            add_part(out, size, " · ", part);
        }
    }
}

void day_topics(const struct cli *cli, const struct booking *booking, const char *between, char *out,
                size_t size)
{
    text_copy(out, size, "");
    for (unsigned i = 0; i < booking->topic_count; i++)
        add_part(out, size, between, cli_label(cli, "topic", booking->topics[i]));
}

// ---- text: within 100 columns

#define COLUMNS 100
#define INDENT 13
#define NAME_COLUMNS 27
#define OUTSIDE_DAYS 14 // so early somebody can still be moved or called

static void print_entry(const struct cli *cli, const struct agenda_entry *entry)
{
    const struct booking *booking = &entry->booking;
    char from[8] = "", to[8] = "", name[2 * BOOKING_NAME_SIZE], phone[48], code[CODE_GROUPED_SIZE];
    char answers[512], topics[256], line[512];
    day_person(booking, name, sizeof(name));
    day_phone(cli, booking, phone, sizeof(phone));
    code_group(booking->code, code);
    if (booking->kind == BOOKING_SLOT) {
        cli_clock(booking->slot.start.minute, from);
        cli_clock(day_ends(entry), to);
    }
    printf("%5s%s%-5s  ", from, from[0] != 0 ? "–" : " ", to);
    cli_cell(stdout, name[0] != 0 ? name : cli_text(cli, "word.erased"), NAME_COLUMNS);
    printf(" ");
    cli_cell(stdout, phone, 17);
    printf(" ");
    cli_cell(stdout, cli_label(cli, "language", booking->language), 17);
    printf(" %s  ", code);
    puts(entry->is_new && strcmp(entry->state, "booked") == 0 ? cli_text(cli, "word.new")
                                                              : cli_label(cli, "state", entry->state));
    if (cli_width(name) > NAME_COLUMNS) // the whole of it
        cli_wrap(stdout, name, INDENT, COLUMNS);
    day_answers(cli, booking, answers, sizeof(answers));
    day_topics(cli, booking, ", ", topics, sizeof(topics));
    text_print(line, sizeof(line), "%s: %s", cli_text(cli, "word.topics"), topics);
    if (answers[0] != 0)
        cli_wrap(stdout, answers, INDENT, COLUMNS);
    if (topics[0] != 0)
        cli_wrap(stdout, line, INDENT, COLUMNS);
    text_copy(line, sizeof(line), "");
    if (entry->guide_name[0] != 0)
        text_print(line, sizeof(line), "%s %s", cli_text(cli, "word.with"), entry->guide_name);
    if (booking->referred[0] != 0) {
        text_print(topics, sizeof(topics), "%s: %s", cli_text(cli, "word.referred"),
                   cli_label(cli, "referred", booking->referred));
        add_part(line, sizeof(line), " · ", topics);
    }
    add_part(line, sizeof(line), " · ", cli_label(cli, "channel", booking->channel));
    cli_wrap(stdout, line, INDENT, COLUMNS);
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
}

void day_known(const struct cli *cli, const char *code)
{
    struct agenda_other other;
    if (agenda_same_phone(cli->agenda, code, &other, NULL) > 0) {
        char name[2 * BOOKING_NAME_SIZE];
        text_print(name, sizeof(name), "%s%s%s", other.first_name,
                   other.first_name[0] != 0 && other.last_name[0] != 0 ? " " : "", other.last_name);
        cli_say(cli, "book.known", "code", code, "other", other.code, "name", name, NULL);
        memory_wipe(name, sizeof(name));
    }
    memory_wipe(&other, sizeof(other));
}

void day_call(const struct cli *cli, const struct agenda_entry *entry)
{
    char start[MOMENT_TEXT_SIZE] = "", phone[48], name[2 * BOOKING_NAME_SIZE], code[CODE_GROUPED_SIZE];
    if (entry->booking.kind == BOOKING_SLOT)
        moment_format(entry->booking.slot.start, start);
    day_phone(cli, &entry->booking, phone, sizeof(phone));
    day_person(&entry->booking, name, sizeof(name));
    code_group(entry->booking.code, code);
    fputs("  ", stdout);
    cli_cell(stdout, start, 16);
    fputs("  ", stdout);
    cli_cell(stdout, entry->guide_name, 12);
    fputs("  ", stdout);
    cli_cell(stdout, name, 36);
    fputs("  ", stdout);
    cli_cell(stdout, phone, 17);
    printf("  %s\n", code);
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
}

static void print_part(const struct cli *cli, const struct agenda_list *list, const char *key)
{
    if (list->count == 0)
        return;
    cli_say(cli, key, NULL);
    for (unsigned i = 0; i < list->count; i++) {
        char day[64] = "";
        if (list->entries[i].booking.kind == BOOKING_SLOT) {
            cli_day_words(cli, list->entries[i].booking.slot.start.day, day, sizeof(day));
            printf("             %s\n", day);
        }
        print_entry(cli, &list->entries[i]);
    }
    printf("\n");
}

static void print_lost(const struct cli *cli, const struct day_sheet *sheet)
{
    if (sheet->lost_count == 0)
        return;
    cli_say(cli, "day.lost", NULL);
    for (unsigned i = 0; i < sheet->lost_count; i++) {
        const struct agenda_lost *lost = &sheet->lost[i];
        char start[MOMENT_TEXT_SIZE] = "", code[CODE_GROUPED_SIZE];
        code_group(lost->code, code);
        if (lost->slot.guide[0] != 0)
            moment_format(lost->slot.start, start);
        cli_say(cli, "day.lost-line", "start", start, "guide", lost->slot.guide, "code", code, "kiosk",
                lost->kiosk, NULL);
    }
    printf("\n");
}

static void print_day(const struct cli *cli, const struct day_sheet *sheet, int32_t day)
{
    char words[64], count[16];
    unsigned here = 0;
    for (unsigned i = 0; i < sheet->bookings.count; i++)
        here += sheet->bookings.entries[i].booking.slot.start.day == day &&
                strcmp(sheet->bookings.entries[i].state, "cancelled") != 0;
    if (here == 0 && sheet->first != sheet->last)
        return;
    cli_day_words(cli, day, words, sizeof(words));
    text_print(count, sizeof(count), "%u", here);
    cli_say(cli,
            here == 0   ? "day.none"
            : here == 1 ? "day.one"
                        : "day.many",
            "day", words, "count", count, NULL);
    for (unsigned i = 0; i < sheet->bookings.count; i++)
        if (sheet->bookings.entries[i].booking.slot.start.day == day) {
            printf("\n");
            print_entry(cli, &sheet->bookings.entries[i]);
        }
    printf("\n");
}

// How full the days are, and how long the newcomers of these days waited: overload shows before it hurts.
static void print_load(const struct cli *cli, const struct day_sheet *sheet)
{
    unsigned used = 0, of = 0;
    int32_t longest = -1;
    char share[16], taken[16], all[16], wait[16];
    for (int i = 0; i < sheet->slot_count; i++) {
        of +=
            strcmp(sheet->slots[i].state, "withdrawn") != 0 && strcmp(sheet->slots[i].state, "blocked") != 0;
        used += strcmp(sheet->slots[i].state, "booked") == 0;
    }
    for (unsigned i = 0; i < sheet->bookings.count; i++) {
        const struct agenda_entry *entry = &sheet->bookings.entries[i];
        int32_t waited = entry->booking.slot.start.day - moment_from_instant(entry->booking.made).day;
        if (strcmp(entry->state, "cancelled") != 0 && waited > longest)
            longest = waited;
    }
    if (of == 0)
        return;
    text_print(taken, sizeof(taken), "%u", used);
    text_print(all, sizeof(all), "%u", of);
    text_print(share, sizeof(share), "%u", used * 100 / of);
    cli_say(cli, "slots.used", "used", taken, "of", all, "share", share, NULL);
    text_print(wait, sizeof(wait), "%d", (int)longest);
    if (longest >= 0)
        cli_say(cli, longest == 1 ? "day.wait-one" : "day.wait", "days", wait, NULL);
}

int day_text(struct cli *cli, const struct day_sheet *sheet)
{
    print_part(cli, &sheet->attention, "day.attention");
    print_lost(cli, sheet);
    if (sheet->outside.count > 0)
        cli_say(cli, "day.outside", NULL);
    for (unsigned i = 0; i < sheet->outside.count; i++)
        day_call(cli, &sheet->outside.entries[i]);
    if (sheet->outside.count > 0)
        printf("\n");
    for (int32_t day = sheet->first; day <= sheet->last; day++)
        print_day(cli, sheet, day);
    if (sheet->first != sheet->last && sheet->bookings.count == 0)
        cli_say(cli, "week.none", NULL);
    print_part(cli, &sheet->callbacks, "day.callbacks");
    print_load(cli, sheet);
    return CLI_DONE;
}

// ---- the command

static void keep_guide(struct agenda_list *list, const char *guide)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < list->count; i++)
        if (guide == NULL || strcmp(list->entries[i].booking.slot.guide, guide) == 0)
            list->entries[kept++] = list->entries[i];
    list->count = kept;
}

static void keep_slots(struct day_sheet *sheet, const char *guide)
{
    int kept = 0;
    for (int i = 0; i < sheet->slot_count; i++)
        if (guide == NULL || strcmp(sheet->slots[i].slot.guide, guide) == 0)
            sheet->slots[kept++] = sheet->slots[i];
    sheet->slot_count = kept;
}

static int fill_sheet(struct cli *cli, const char *guide, struct day_sheet *sheet, struct error *error)
{
    struct agenda_query days = {.which = AGENDA_DAYS, .first = sheet->first, .last = sheet->last};
    struct agenda_query attention = {.which = AGENDA_ATTENTION}, callbacks = {.which = AGENDA_CALLBACKS};
    struct agenda_query outside = {
        .which = AGENDA_OUTSIDE, .first = sheet->first, .last = sheet->last + OUTSIDE_DAYS};
    int code = agenda_list(cli->agenda, &days, &sheet->bookings, error);
    if (code == 0)
        code = agenda_list(cli->agenda, &attention, &sheet->attention, error);
    if (code == 0)
        code = agenda_list(cli->agenda, &callbacks, &sheet->callbacks, error);
    if (code == 0)
        code = agenda_list(cli->agenda, &outside, &sheet->outside, error);
    if (code < 0)
        return code;
    keep_guide(&sheet->bookings, guide);
    keep_guide(&sheet->outside, guide);
    if (sheet->wants_load)
        sheet->slot_count = agenda_slots(cli->agenda, sheet->first, sheet->last, &sheet->slots, error);
    if (sheet->slot_count < 0)
        return sheet->slot_count;
    keep_slots(sheet, guide);
    sheet->lost_count = agenda_lost(cli->agenda, sheet->lost, 64);
    return 0;
}

struct format {
    const char *name;
    day_writer *write;
};
static const struct format formats[] = {
    {"text", day_text}, {"csv", day_csv}, {"json", day_json}, {"ics", day_ics}, {"html", day_html},
};

static day_writer *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].write;
    return NULL;
}

// The list is "seen" when a person has looked at it, not when a program fetched it as JSON.
static int show_sheet(struct cli *cli, struct day_sheet *sheet, const char *guide, day_writer *write)
{
    struct error error = ERROR_NONE;
    int status = CLI_DONE;
    sheet->wants_load = write == day_text;
    int code = fill_sheet(cli, guide, sheet, &error);
    if (code == 0)
        status = write(cli, sheet);
    if (code == 0 && status == CLI_DONE && (write == day_text || write == day_html))
        code = agenda_mark_seen(cli->agenda, &sheet->bookings, &error);
    agenda_list_release(&sheet->bookings);
    agenda_list_release(&sheet->attention);
    agenda_list_release(&sheet->callbacks);
    agenda_list_release(&sheet->outside);
    free(sheet->slots);
    return code < 0 ? cli_fail(cli, &error) : status;
}

static int days_command(struct cli *cli, bool week)
{
    const char *date = NULL, *format = "text", *guide = NULL, *days = NULL;
    bool without_names = false;
    struct cli_option options[] = {{"date", &date, NULL},
                                   {"format", &format, NULL},
                                   {"guide", &guide, NULL},
                                   {"days", &days, NULL},
                                   {"no-names", NULL, &without_names}};
    struct day_sheet sheet = {0};
    if (cli_arguments(cli, options, 5, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    day_writer *write = find_format(format);
    if (write == NULL)
        return cli_wrong_use(cli, format);
    if (cli_read_day(cli, date, &sheet.first) != CLI_DONE)
        return CLI_WRONG_USE;
    long more = week ? 7 : 1;
    if (days != NULL && cli_read_count(cli, days, 1, 800, &more) != CLI_DONE)
        return CLI_WRONG_USE;
    int status = cli_read_guide(cli, guide);
    if (status != CLI_DONE)
        return status;
    sheet.last = sheet.first + (int32_t)more - 1;
    sheet.without_names = without_names;
    return show_sheet(cli, &sheet, guide, write);
}

int cli_today(struct cli *cli)
{
    return days_command(cli, false);
}

int cli_week(struct cli *cli)
{
    return days_command(cli, true);
}

// ---- ics: the calendar to subscribe to. What is over stays in it for a while, so that a talk that was
// cancelled leaves the calendars that had it.

#define PAST_DAYS 31
#define COMING_DAYS 366

int cli_ics(struct cli *cli)
{
    const char *guide = NULL, *to = NULL;
    bool without_names = false;
    struct cli_option options[] = {
        {"guide", &guide, NULL}, {"no-names", NULL, &without_names}, {"to", &to, NULL}};
    struct error error = ERROR_NONE;
    if (cli_arguments(cli, options, 3, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    int32_t today = clock_moment().day;
    struct day_sheet sheet = {
        .first = today - PAST_DAYS, .last = today + COMING_DAYS, .without_names = without_names};
    int code = fill_sheet(cli, guide, &sheet, &error);
    char *text = NULL;
    if (code == 0)
        code = day_calendar(cli, &sheet, &text, &error);
    if (code == 0) {
        if (to != NULL)
            code = file_write(to, text, strlen(text), S_IRUSR | S_IWUSR, &error);
        else
            fputs(text, stdout);
        memory_wipe(text, strlen(text));
        free(text);
    }
    agenda_list_release(&sheet.bookings);
    agenda_list_release(&sheet.attention);
    agenda_list_release(&sheet.callbacks);
    return code < 0 ? cli_fail(cli, &error) : CLI_DONE;
}
