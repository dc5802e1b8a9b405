// slots: what is free, booked, at a kiosk or kept.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "base/clock.h"
#include "cli/cli.h"

#include "base/banned.h"

#define GUIDE_COLUMNS 10
#define STATE_COLUMNS 11

static void slots_json(const struct agenda_slot *slots, int count, bool all)
{
    json_t *array = json_array();
    for (int i = 0; i < count; i++) {
        char start[MOMENT_TEXT_SIZE];
        if (!all && strcmp(slots[i].state, "free") != 0)
            continue;
        moment_format(slots[i].slot.start, start);
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "guide", slots[i].slot.guide,
                                        "start", start, "minutes", slots[i].slot.minutes, "state",
                                        slots[i].state, "kiosk", slots[i].kiosk, "code", slots[i].code));
    }
    json_dumpf(array, stdout, JSON_INDENT(1));
    puts("");
    json_decref(array);
}

// Who has it: a code, a kiosk, or what the guide keeps it for.
static void print_slot(const struct cli *cli, const struct agenda_slot *slot)
{
    char clock[8], code[CODE_GROUPED_SIZE] = "";
    const char *owner = slot->kiosk[0] != 0 ? slot->kiosk : slot->reason;
    if (slot->code[0] != 0) {
        code_group(slot->code, code);
        owner = code;
    }
    cli_clock(slot->slot.start.minute, clock);
    printf("  %s  ", clock);
    cli_cell(stdout, slot->slot.guide, GUIDE_COLUMNS);
    fputs("  ", stdout);
    if (owner[0] != 0)
        cli_cell(stdout, cli_label(cli, "slot", slot->state), STATE_COLUMNS);
    printf("%s%s\n", owner[0] != 0 ? "  " : cli_label(cli, "slot", slot->state), owner);
}

static void print_slots(const struct cli *cli, const struct agenda_slot *slots, int count, bool all)
{
    int32_t day = INT32_MIN;
    char words[64];
    for (int i = 0; i < count; i++) {
        if (!all && strcmp(slots[i].state, "withdrawn") == 0)
            continue;
        if (slots[i].slot.start.day != day) {
            cli_day_words(cli, slots[i].slot.start.day, words, sizeof(words));
            printf("%s%s\n", day == INT32_MIN ? "" : "\n", words);
        }
        day = slots[i].slot.start.day;
        print_slot(cli, &slots[i]);
    }
}

static void say_first(const struct cli *cli, const struct agenda_slot *first, struct moment now)
{
    static const char *const keys[] = {"slots.first-today", "slots.first-one", "slots.first"};
    char wait[16], start[MOMENT_TEXT_SIZE];
    int days = first->slot.start.day - now.day;
    text_print(wait, sizeof(wait), "%d", days);
    moment_format(first->slot.start, start);
    cli_say(cli, keys[days < 2 ? days : 2], "start", start, "guide", first->slot.guide, "days", wait, NULL);
}

// How full it is, and how long a newcomer has to wait.
static void print_load(const struct cli *cli, const struct agenda_slot *slots, int count)
{
    unsigned used = 0, of = 0;
    const struct agenda_slot *first = NULL;
    struct moment now = clock_moment();
    for (int i = 0; i < count; i++) {
        of += strcmp(slots[i].state, "withdrawn") != 0 && strcmp(slots[i].state, "blocked") != 0;
        used += strcmp(slots[i].state, "booked") == 0;
        if (first == NULL && strcmp(slots[i].state, "free") == 0 &&
            moment_compare(slots[i].slot.start, now) > 0)
            first = &slots[i];
    }
    char taken[16], all[16], share[16];
    text_print(taken, sizeof(taken), "%u", used);
    text_print(all, sizeof(all), "%u", of);
    text_print(share, sizeof(share), "%u", of == 0 ? 0 : used * 100 / of);
    if (count == 0) {
        cli_say(cli, "slots.none", NULL);
        return;
    }
    printf("\n");
    cli_say(cli, "slots.used", "used", taken, "of", all, "share", share, NULL);
    if (first == NULL)
        cli_say(cli, "slots.full", NULL);
    else
        say_first(cli, first, now);
}

// ---- a slot that was wished

static const struct agenda_slot *find_slot(const struct agenda_slot *slots, int count,
                                           const struct slot *wanted)
{
    for (int i = 0; i < count; i++)
        if (slot_same(&slots[i].slot, wanted))
            return &slots[i];
    return NULL;
}

static int refuse_one(struct cli *cli, const struct slot *wanted, const struct agenda_slot *found)
{
    char start[MOMENT_TEXT_SIZE], code[CODE_GROUPED_SIZE], key[48];
    moment_format(wanted->start, start);
    code_group(found != NULL ? found->code : "", code);
    text_print(key, sizeof(key), "taken.%s", found == NULL ? "no-slot" : found->state);
    return cli_refuse(
        cli, key, "start", start, "guide", wanted->guide, "code", code, "kiosk",
        found != NULL ? found->kiosk : "", "reason",
        found != NULL && found->reason[0] != 0 ? found->reason : cli_label(cli, "slot", "blocked"), NULL);
}

int cli_refuse_taken(struct cli *cli, const struct slot *first, unsigned count)
{
    struct agenda_slot *slots = NULL;
    struct slot wanted = *first;
    int all = agenda_slots(cli->agenda, first->start.day, first->start.day, &slots, NULL);
    const struct agenda_slot *found = find_slot(slots, all, &wanted);
    for (unsigned i = 1; i < count && found != NULL && strcmp(found->state, "free") == 0; i++) {
        wanted.start = moment_add(wanted.start, found->slot.minutes);
        found = find_slot(slots, all, &wanted);
    }
    int status = refuse_one(cli, &wanted, found); // "free": it came free this very moment
    free(slots);
    return status;
}

void cli_say_past(const struct cli *cli, const struct slot *slot)
{
    if (moment_compare(slot->start, clock_moment()) < 0)
        cli_say(cli, "book.past", NULL);
}

int cli_slots(struct cli *cli)
{
    const char *from = NULL, *days = "14", *format = "text";
    bool all = false;
    struct cli_option options[] = {
        {"from", &from, NULL}, {"days", &days, NULL}, {"format", &format, NULL}, {"all", NULL, &all}};
    struct agenda_slot *slots = NULL;
    struct error error = ERROR_NONE;
    int32_t first;
    if (cli_arguments(cli, options, 4, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    long span;
    if (cli_read_count(cli, days, 1, 800, &span) != CLI_DONE)
        return CLI_WRONG_USE;
    bool as_json = strcmp(format, "json") == 0;
    if (!as_json && strcmp(format, "text") != 0)
        return cli_wrong_use(cli, format);
    if (cli_read_day(cli, from, &first) != CLI_DONE)
        return CLI_WRONG_USE;
    int count = agenda_slots(cli->agenda, first, first + (int32_t)span - 1, &slots, &error);
    if (count < 0)
        return cli_fail(cli, &error);
    if (as_json)
        slots_json(slots, count, all);
    else
        print_slots(cli, slots, count, all);
    if (!as_json)
        print_load(cli, slots, count);
    free(slots);
    return CLI_DONE;
}
