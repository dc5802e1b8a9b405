// Working a booking: its states, moving, joining; blocking hours; kiosks.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "agenda/work.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "cli/day.h"

#include "base/banned.h"

static int refuse_order(struct cli *cli, const char *code, const struct error *error)
{
    char detail[ERROR_TEXT_SIZE];
    cli_detail(cli, error->text, detail, sizeof(detail));
    return cli_refuse(cli, "error.order", "code", code, "detail", detail, NULL);
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
        return refuse_order(cli, code, &error);
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
    memory_wipe(&entry, sizeof(entry));
    if (status != CLI_DONE)
        return status;
    if (agenda_move(cli->agenda, code, &slot, (unsigned)slots, &error) < 0)
        return cli_fail(cli, &error);
    moment_format(slot.start, start);
    cli_say(cli, "move.done", "code", code, "start", start, "guide", slot.guide, NULL);
    return CLI_DONE;
}

int cli_join(struct cli *cli)
{
    const char *words[2] = {NULL, NULL};
    struct error error = ERROR_NONE;
    char code[CODE_SIZE], other[CODE_SIZE];
    if (cli_arguments(cli, NULL, 0, words, 2, 2) < 0 || cli_read_code(cli, words[0], code) != CLI_DONE ||
        cli_read_code(cli, words[1], other) != CLI_DONE)
        return CLI_WRONG_USE;
    if (strcmp(code, other) == 0)
        return cli_refuse(cli, "error.join-self", "code", code, NULL);
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

static int block(struct cli *cli, bool blocks)
{
    const char *words[3] = {NULL, NULL, NULL}, *reason = "";
    struct cli_option options[] = {{"reason", &reason, NULL}};
    struct error error = ERROR_NONE;
    struct moment from, to;
    unsigned changed = 0;
    char count[16];
    int found = cli_arguments(cli, options, blocks ? 1 : 0, words, 2, 3);
    if (found < 0 || read_range(cli, words, found, &from, &to) != CLI_DONE)
        return CLI_WRONG_USE;
    if (moment_compare(from, to) >= 0) {
        cli_say_to(cli, stderr, "use.range", "from", words[1], "to", words[found > 2 ? 2 : 1], NULL);
        return CLI_WRONG_USE;
    }
    int status = cli_read_guide(cli, words[0]);
    if (status != CLI_DONE)
        return status;
    int code = blocks ? agenda_block(cli->agenda, words[0], from, to, reason, &changed, &error)
                      : agenda_unblock(cli->agenda, words[0], from, to, &changed, &error);
    text_print(count, sizeof(count), "%u", changed);
    if (code == 0)
        cli_say(cli, blocks ? "block.done" : "block.freed", "guide", words[0], "count", count, NULL);
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

// ---- kiosks

#define KIOSKS_MAX 256

static struct agenda_kiosk *read_kiosks(struct cli *cli, unsigned *count)
{
    struct agenda_kiosk *kiosks = memory_new(KIOSKS_MAX, sizeof(*kiosks));
    int64_t midnight = moment_to_instant((struct moment){clock_moment().day, 0});
    *count = agenda_kiosks(cli->agenda, midnight, kiosks, KIOSKS_MAX);
    return kiosks;
}

static int64_t silent_minutes(const struct agenda_kiosk *kiosk)
{
    int64_t last = 0;
    if (instant_parse(kiosk->last_contact, &last) < 0)
        return -1;
    return (clock_instant() - last) / 60;
}

// {"printer":"ready"} → "printer ready"
static void status_words(const char *json, char *out, size_t size)
{
    const char *key;
    json_t *value, *root = json_loads(json, 0, NULL);
    text_copy(out, size, "");
    json_object_foreach(root, key, value)
    {
        size_t length = strlen(out);
        if (json_is_string(value))
            text_print(out + length, size - length, "%s%s %s", length == 0 ? "" : ", ", key,
                       json_string_value(value));
    }
    json_decref(root);
}

// Another kiosk has tried to speak under this name.
static void say_rival(struct cli *cli, const char *name)
{
    char rival[INSTANT_TEXT_SIZE], at[MOMENT_TEXT_SIZE];
    struct error error = ERROR_NONE;
    int64_t instant;
    if (agenda_rival(cli->agenda, name, rival, &error) < 0 || instant_parse(rival, &instant) < 0)
        return;
    moment_format(moment_from_instant(instant), at);
    cli_say(cli, "kiosks.rival", "name", name, "at", at, NULL);
}

int cli_kiosks(struct cli *cli)
{
    unsigned count;
    if (cli_arguments(cli, NULL, 0, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    struct agenda_kiosk *kiosks = read_kiosks(cli, &count);
    if (count == 0)
        cli_say(cli, "kiosks.none", NULL);
    for (unsigned i = 0; i < count; i++) {
        char leases[16], bookings[16], minutes[24], status[512], last[MOMENT_TEXT_SIZE] = "?";
        int64_t instant;
        if (instant_parse(kiosks[i].last_contact, &instant) == 0)
            moment_format(moment_from_instant(instant), last);
        status_words(kiosks[i].status, status, sizeof(status));
        text_print(leases, sizeof(leases), "%u", kiosks[i].leases);
        text_print(bookings, sizeof(bookings), "%u", kiosks[i].bookings_today);
        text_print(minutes, sizeof(minutes), "%lld", (long long)silent_minutes(&kiosks[i]));
        cli_say(cli, "kiosks.line", "name", kiosks[i].name, "last", last, "minutes", minutes, "leases",
                leases, "bookings", bookings, "version", kiosks[i].version, "status", status, NULL);
        say_rival(cli, kiosks[i].name);
    }
    free(kiosks);
    return CLI_DONE;
}

int cli_revoke(struct cli *cli)
{
    const char *name = NULL;
    bool yes = false;
    struct cli_option options[] = {{"yes", NULL, &yes}};
    struct error error = ERROR_NONE;
    unsigned count, ended = 0;
    char text[16], minutes[24] = "?";
    if (cli_arguments(cli, options, 1, &name, 1, 1) < 0)
        return CLI_WRONG_USE;
    struct agenda_kiosk *kiosks = read_kiosks(cli, &count);
    for (unsigned i = 0; i < count; i++)
        if (strcmp(kiosks[i].name, name) == 0)
            text_print(minutes, sizeof(minutes), "%lld", (long long)silent_minutes(&kiosks[i]));
    free(kiosks);
    if (!yes)
        return cli_refuse(cli, "revoke.warning", "kiosk", name, "minutes", minutes, NULL);
    if (agenda_revoke(cli->agenda, name, &ended, &error) < 0)
        return cli_fail(cli, &error);
    text_print(text, sizeof(text), "%u", ended);
    cli_say(cli, "revoke.done", "kiosk", name, "count", text, NULL);
    return CLI_DONE;
}
