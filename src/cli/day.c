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

bool day_gone(const struct agenda_entry *entry)
{
    return strcmp(entry->state, "cancelled") == 0 || strcmp(entry->state, "excused") == 0;
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

const char *day_indicator(const struct cli *cli, const char *id)
{
    const char *name = cli_label(cli, "name", id);
    return strncmp(name, "name.", 5) == 0 ? id : name;
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
            char *name = memory_copy_text(day_indicator(cli, answer->indicator));
            text_print(part, sizeof(part), "%s: %s", name,
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

// What the last column says.
const char *day_state(const struct cli *cli, const struct agenda_entry *entry)
{
    bool booked = strcmp(entry->state, "booked") == 0;
    if (entry->is_new && booked)
        return cli_text(cli, "word.new");
    if (entry->booking.kind == BOOKING_CALLBACK && booked)
        return cli_text(cli, "word.to-call");
    return cli_label(cli, "state", entry->state);
}

// "met Els · gestuurd door: De school · kiosk · 2e gesprek"
void day_way(const struct cli *cli, const struct agenda_entry *entry, char *out, size_t size)
{
    char part[128];
    text_copy(out, size, "");
    if (entry->guide_name[0] != 0) {
        text_print(part, sizeof(part), "%s %s", cli_text(cli, "word.with"), entry->guide_name);
        add_part(out, size, " · ", part);
    }
    if (entry->booking.referred[0] != 0) {
        text_print(part, sizeof(part), "%s: %s", cli_text(cli, "word.referred"),
                   cli_label(cli, "referred", entry->booking.referred));
        add_part(out, size, " · ", part);
    }
    add_part(out, size, " · ", cli_label(cli, "channel", entry->booking.channel));
    if (entry->earlier > 0) {
        const char *nth[] = {"nth", NULL, NULL};
        text_print(part, sizeof(part), "%u", entry->earlier + 1);
        nth[1] = part;
        char talk[64];
        catalog_fill(talk, sizeof(talk), cli_text(cli, "word.nth"), nth);
        add_part(out, size, " · ", talk);
    }
}

// When who is to be called back asked for it: "sinds 20/11".
void day_since(const struct cli *cli, const struct agenda_entry *entry, char *out, size_t size)
{
    struct civil_date date = day_civil(moment_from_instant(entry->booking.made).day);
    text_print(out, size, "%s %d/%d", cli_text(cli, "word.since"), date.day, date.month);
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

#define OUTSIDE_DAYS 14 // so early somebody can still be moved or called

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
    const struct agenda_list *const seen[] = {&sheet->bookings, &sheet->attention, &sheet->callbacks};
    bool looked = write == day_text || write == day_html;
    for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]) && looked && code == 0 && status == CLI_DONE; i++)
        code = agenda_mark_seen(cli->agenda, seen[i], &error);
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
    agenda_list_release(&sheet.outside);
    return code < 0 ? cli_fail(cli, &error) : CLI_DONE;
}
