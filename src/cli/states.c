// Working a booking: its states, moving, joining; blocking hours.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agenda/list.h"
#include "agenda/work.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/day.h"

#include "base/banned.h"

// Why this step is not the next one: the day is not there yet, or another state came before.
static int refuse_order(struct cli *cli, const char *code, const char *wanted)
{
    struct agenda_entry entry;
    struct error error = ERROR_NONE;
    char start[MOMENT_TEXT_SIZE];
    if (agenda_find(cli->agenda, code, &entry, &error) < 0)
        return cli_fail(cli, &error);
    bool early = strcmp(entry.state, "booked") == 0;
    moment_format(entry.booking.slot.start, start);
    char *now = memory_copy_text(cli_label(cli, "state", entry.state));
    memory_wipe(&entry, sizeof(entry));
    int status = cli_refuse(cli, early ? "error.early" : "error.order", "code", code, "start", start, "state",
                            now, "wanted", cli_label(cli, "state", wanted), NULL);
    free(now);
    return status;
}

static int set_state(struct cli *cli, const char *state)
{
    const char *word = NULL;
    bool force = false;
    struct cli_option options[] = {{"force", NULL, &force}};
    struct error error = ERROR_NONE;
    char code[CODE_SIZE];
    if (cli_arguments(cli, options, 1, &word, 1, 1) < 0 || cli_read_code(cli, word, code) != CLI_DONE)
        return CLI_WRONG_USE;
    int result = agenda_set_state(cli->agenda, code, state, force, clock_moment(), &error);
    if (result == ERROR_INVALID)
        return cli_refuse(cli, "error.same", "code", code, "state", cli_label(cli, "state", state), NULL);
    if (result == ERROR_REFUSED)
        return refuse_order(cli, code, state);
    if (result < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "state.set", "code", code, "state", cli_label(cli, "state", state), NULL);
    if (strcmp(state, "arrived") == 0)
        day_known(cli, code);
    return CLI_DONE;
}

int cli_arrive(struct cli *cli)
{
    return set_state(cli, "arrived");
}

int cli_no_show(struct cli *cli)
{
    return set_state(cli, "no-show");
}

int cli_excused(struct cli *cli)
{
    return set_state(cli, "excused");
}

int cli_done(struct cli *cli)
{
    return set_state(cli, "done");
}

int cli_cancel(struct cli *cli)
{
    return set_state(cli, "cancelled");
}

int cli_move(struct cli *cli)
{
    const char *words[2] = {NULL, NULL}, *count = NULL;
    struct cli_option options[] = {{"slots", &count, NULL}};
    struct error error = ERROR_NONE;
    struct slot slot;
    char code[CODE_SIZE], start[MOMENT_TEXT_SIZE];
    if (cli_arguments(cli, options, 1, words, 2, 2) < 0 || cli_read_code(cli, words[0], code) != CLI_DONE)
        return CLI_WRONG_USE;
    long slots = 0;
    if (count != NULL && cli_read_count(cli, count, 1, 16, &slots) != CLI_DONE)
        return CLI_WRONG_USE;
    struct agenda_entry entry;
    if (agenda_find(cli->agenda, code, &entry, &error) < 0)
        return cli_fail(cli, &error);
    int status = cli_read_slot(cli, words[1], entry.booking.language, &slot);
    unsigned own = entry.booking.slots > 0 ? entry.booking.slots : 1;
    memory_wipe(&entry, sizeof(entry));
    if (status != CLI_DONE)
        return status;
    int moved = agenda_move(cli->agenda, code, &slot, (unsigned)slots, &error);
    if (moved == ERROR_TAKEN || moved == ERROR_NOT_FOUND)
        return cli_refuse_taken(cli, &slot, slots > 0 ? (unsigned)slots : own);
    if (moved < 0)
        return cli_fail(cli, &error);
    moment_format(slot.start, start);
    cli_say(cli, "move.done", "code", code, "start", start, "weekday", cli_weekday(cli, slot.start.day),
            "guide", slot.guide, NULL);
    cli_say_past(cli, &slot);
    return CLI_DONE;
}

// One of two persons goes: who differ in name or number are joined only when it was meant.
static int sure_to_join(struct cli *cli, const char *code, const char *other, bool yes)
{
    struct agenda_entry one = {0}, two = {0};
    struct error error = ERROR_NONE;
    int found = agenda_find(cli->agenda, code, &one, &error), status = CLI_DONE;
    if (found == 0)
        found = agenda_find(cli->agenda, other, &two, &error);
    if (found < 0) {
        memory_wipe(&one, sizeof(one));
        return cli_fail(cli, &error);
    }
    bool same =
        one.person == two.person || (strcasecmp(one.booking.first_name, two.booking.first_name) == 0 &&
                                     strcasecmp(one.booking.last_name, two.booking.last_name) == 0 &&
                                     strcmp(one.booking.phone, two.booking.phone) == 0);
    if (!same && !yes && one.person != 0 && two.person != 0) {
        char names[2][2 * BOOKING_NAME_SIZE], phones[2][48];
        day_person(&one.booking, names[0], sizeof(names[0]));
        day_person(&two.booking, names[1], sizeof(names[1]));
        day_phone(cli, &one.booking, phones[0], sizeof(phones[0]));
        day_phone(cli, &two.booking, phones[1], sizeof(phones[1]));
        status = cli_refuse(cli, "join.warning", "code", code, "other", other, "name", names[0], "second",
                            names[1], "phone", phones[0], "number", phones[1], NULL);
        memory_wipe(names, sizeof(names));
        memory_wipe(phones, sizeof(phones));
    }
    memory_wipe(&one, sizeof(one));
    memory_wipe(&two, sizeof(two));
    return status;
}

int cli_join(struct cli *cli)
{
    const char *words[2] = {NULL, NULL};
    bool yes = false;
    struct cli_option options[] = {{"yes", NULL, &yes}};
    struct error error = ERROR_NONE;
    char code[CODE_SIZE], other[CODE_SIZE];
    if (cli_arguments(cli, options, 1, words, 2, 2) < 0 || cli_read_code(cli, words[0], code) != CLI_DONE ||
        cli_read_code(cli, words[1], other) != CLI_DONE)
        return CLI_WRONG_USE;
    if (strcmp(code, other) == 0)
        return cli_refuse(cli, "error.join-self", "code", code, NULL);
    int status = sure_to_join(cli, code, other, yes);
    if (status != CLI_DONE)
        return status;
    if (agenda_join(cli->agenda, code, other, &error) < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "join.done", "code", code, "other", other, NULL);
    return CLI_DONE;
}

int cli_settle(struct cli *cli)
{
    const char *word = NULL;
    struct error error = ERROR_NONE;
    char code[CODE_SIZE];
    if (cli_arguments(cli, NULL, 0, &word, 1, 1) < 0 || cli_read_code(cli, word, code) != CLI_DONE)
        return CLI_WRONG_USE;
    if (agenda_settle_lost(cli->agenda, code, &error) < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "settle.done", "code", code, NULL);
    return CLI_DONE;
}

// ---- blocks

// A day stands for the whole day, a moment for itself.
static int read_bound(struct cli *cli, const char *text, bool end, struct moment *moment)
{
    int32_t day;
    if (moment_parse(text, moment) == 0)
        return CLI_DONE;
    int status = cli_read_day(cli, text, &day);
    *moment = (struct moment){end ? day + 1 : day, 0};
    return status;
}

static int read_range(struct cli *cli, const char **words, int count, struct moment *from, struct moment *to)
{
    int status = read_bound(cli, words[1], false, from);
    if (status == CLI_DONE)
        status = read_bound(cli, count > 2 ? words[2] : words[1], true, to);
    if (status == CLI_DONE && count == 2 && moment_compare(*from, *to) == 0)
        *to = moment_add(*from, 1); // one moment: the slot that begins then
    return status;
}

// Whoever is booked in that time has to be moved or called.
static int print_concerned(struct cli *cli, const char *guide, struct moment from, struct moment to,
                           struct error *error)
{
    struct agenda_list list = {0};
    struct agenda_query query = {.which = AGENDA_DAYS, .first = from.day, .last = to.day};
    int code = agenda_list(cli->agenda, &query, &list, error);
    bool any = false;
    for (unsigned i = 0; i < list.count; i++) {
        const struct booking *booking = &list.entries[i].booking;
        if (strcmp(booking->slot.guide, guide) != 0 || strcmp(list.entries[i].state, "booked") != 0 ||
            moment_compare(moment_add(booking->slot.start, list.entries[i].minutes), from) <= 0 ||
            moment_compare(booking->slot.start, to) >= 0)
            continue;
        if (!any)
            cli_say(cli, "block.call", NULL);
        any = true;
        day_call(cli, &list.entries[i]);
    }
    if (code == 0 && !any)
        cli_say(cli, "block.nobody", NULL);
    agenda_list_release(&list);
    return code;
}

// A kiosk keeps what it has by lease: it may still promise that moment.
static int print_leased(struct cli *cli, const char *guide, struct moment from, struct moment to,
                        struct error *error)
{
    struct agenda_slot *slots = NULL;
    int count = agenda_slots(cli->agenda, from.day, to.day, &slots, error);
    for (int i = 0; i < count; i++) {
        const struct slot *slot = &slots[i].slot;
        char start[MOMENT_TEXT_SIZE];
        if (strcmp(slot->guide, guide) != 0 || strcmp(slots[i].state, "leased") != 0 ||
            moment_compare(moment_add(slot->start, slot->minutes), from) <= 0 ||
            moment_compare(slot->start, to) >= 0)
            continue;
        moment_format(slot->start, start);
        cli_say(cli, "block.leased", "start", start, "kiosk", slots[i].kiosk, NULL);
    }
    free(slots);
    return count < 0 ? count : 0;
}

#define REASON_LETTERS 32

// It stands in a list, and in no place for stories.
static bool reason_fits(const char *reason)
{
    bool good = utf8_valid(reason, strlen(reason)) && utf8_length(reason) <= REASON_LETTERS;
    for (const char *at = reason; *at != 0; at++)
        good = good && (unsigned char)*at >= 0x20 && *at != 0x7F;
    return good;
}

static int block(struct cli *cli, bool blocks)
{
    const char *words[3] = {NULL, NULL, NULL}, *reason = "";
    struct cli_option options[] = {{"reason", &reason, NULL}};
    struct error error = ERROR_NONE;
    struct moment from, to;
    unsigned changed = 0;
    char count[16], key[CLI_KEY_SIZE];
    int found = cli_arguments(cli, options, blocks ? 1 : 0, words, 2, 3);
    if (found < 0 || read_range(cli, words, found, &from, &to) != CLI_DONE)
        return CLI_WRONG_USE;
    if (moment_compare(from, to) >= 0) {
        cli_say_to(cli, stderr, "use.range", "from", words[1], "to", words[found > 2 ? 2 : 1], NULL);
        return CLI_WRONG_USE;
    }
    if (!reason_fits(reason)) {
        cli_say_to(cli, stderr, "use.reason", "what", reason, NULL);
        return CLI_WRONG_USE;
    }
    int status = cli_read_guide(cli, words[0]);
    if (status != CLI_DONE)
        return status;
    int code = blocks ? agenda_block(cli->agenda, words[0], from, to, reason, &changed, &error)
                      : agenda_unblock(cli->agenda, words[0], from, to, &changed, &error);
    text_print(count, sizeof(count), "%u", changed);
    if (code == 0)
        cli_say(cli, cli_plural(blocks ? "block.done" : "block.freed", changed, key), "guide", words[0],
                "count", count, NULL);
    if (code == 0 && blocks)
        code = print_concerned(cli, words[0], from, to, &error);
    if (code == 0 && blocks)
        code = print_leased(cli, words[0], from, to, &error);
    return code < 0 ? cli_fail(cli, &error) : CLI_DONE;
}

int cli_block(struct cli *cli)
{
    return block(cli, true);
}

int cli_unblock(struct cli *cli)
{
    return block(cli, false);
}
