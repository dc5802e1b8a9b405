// The day list to read on a terminal, within 100 columns.
#include <stdlib.h>
#include <string.h>

#include "agenda/work.h"
#include "base/clock.h"
#include "cli/day.h"

#include "base/banned.h"

#define COLUMNS 100
#define INDENT 13
#define NAME_COLUMNS 27
#define PHONE_COLUMNS 17
#define LANGUAGE_COLUMNS 16

static void print_when(const struct cli *cli, const struct agenda_entry *entry)
{
    char from[8], to[8], since[16];
    if (entry->booking.kind == BOOKING_CALLBACK) {
        day_since(cli, entry, since, sizeof(since));
        cli_cell(stdout, since, INDENT);
        return;
    }
    cli_clock(entry->booking.slot.start.minute, from);
    cli_clock(day_ends(entry), to);
    printf("%5s–%-5s  ", from, to);
}

static void print_row(const struct cli *cli, const struct agenda_entry *entry)
{
    const struct booking *booking = &entry->booking;
    char name[2 * BOOKING_NAME_SIZE], phone[48], code[CODE_GROUPED_SIZE];
    day_person(booking, name, sizeof(name));
    day_phone(cli, booking, phone, sizeof(phone));
    code_group(booking->code, code);
    print_when(cli, entry);
    cli_cell(stdout, name[0] != 0 ? name : cli_text(cli, "word.erased"), NAME_COLUMNS);
    printf(" ");
    cli_cell(stdout, phone, PHONE_COLUMNS);
    printf(" ");
    cli_cell(stdout, cli_label(cli, "language", booking->language), LANGUAGE_COLUMNS);
    printf(" %s  %s\n", code, day_state(cli, entry));
    if (cli_width(name) > NAME_COLUMNS) // the whole of it
        cli_wrap(stdout, name, INDENT, COLUMNS);
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
}

static void print_entry(const struct cli *cli, const struct agenda_entry *entry)
{
    char answers[512], topics[256], line[512];
    print_row(cli, entry);
    if (entry->attention[0] != 0) {
        text_print(line, sizeof(line), "! %s", cli_label(cli, "attention", entry->attention));
        cli_wrap(stdout, line, INDENT, COLUMNS);
    }
    day_answers(cli, &entry->booking, answers, sizeof(answers));
    if (answers[0] != 0)
        cli_wrap(stdout, answers, INDENT, COLUMNS);
    day_topics(cli, &entry->booking, ", ", topics, sizeof(topics));
    text_print(line, sizeof(line), "%s: %s", cli_text(cli, "word.topics"), topics);
    if (topics[0] != 0)
        cli_wrap(stdout, line, INDENT, COLUMNS);
    day_way(cli, entry, line, sizeof(line));
    cli_wrap(stdout, line, INDENT, COLUMNS);
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
        printf("\n");
        if (list->entries[i].booking.kind == BOOKING_SLOT) {
            cli_day_words(cli, list->entries[i].booking.slot.start.day, day, sizeof(day));
            puts(day);
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
                !day_gone(&sheet->bookings.entries[i]);
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
        if (!day_gone(entry) && waited > longest)
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

static void print_due(const struct cli *cli)
{
    struct agenda_referral *due = NULL;
    char text[16];
    int count = agenda_due(cli->agenda, clock_moment().day, &due, NULL);
    text_print(text, sizeof(text), "%d", count);
    if (count > 0)
        cli_say(cli, count == 1 ? "day.due-one" : "day.due", "count", text, NULL);
    if (count > 0)
        memory_wipe(due, (size_t)count * sizeof(*due));
    free(due);
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
    if (sheet->first < sheet->last && sheet->bookings.count == 0) {
        cli_say(cli, "week.none", NULL);
        printf("\n");
    }
    print_part(cli, &sheet->callbacks, "day.callbacks");
    print_load(cli, sheet);
    if (sheet->wants_load)
        print_due(cli);
    return CLI_DONE;
}
