// show: everything about one booking.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "agenda/work.h"
#include "cli/cli.h"
#include "cli/day.h"

#include "base/banned.h"

// The words of the town for an event's detail: a state, a partner, a topic, a code; else as it is.
static void event_detail(const struct cli *cli, const char *what, const char *detail, char *out, size_t size)
{
    char first[24], code[CODE_GROUPED_SIZE];
    const char *rest = strchr(detail, ' ');
    text_print(first, sizeof(first), "%.*s", (int)(rest == NULL ? strlen(detail) : (size_t)(rest - detail)),
               detail);
    if (strcmp(what, "state") == 0 && rest != NULL && strncmp(rest, " to ", 4) == 0) {
        char *from = memory_copy_text(cli_label(cli, "state", first));
        text_print(out, size, "%s → %s", from, cli_label(cli, "state", rest + strlen(" to ")));
        free(from);
    } else if (strcmp(what, "referred") == 0) {
        text_copy(out, size, cli_partner(cli, first));
    } else if (strcmp(what, "referral closed") == 0 && rest != NULL) {
        text_print(out, size, "%s: %s", cli_partner(cli, first), cli_label(cli, "outcome", rest + 1));
    } else if (strcmp(what, "signal") == 0) {
        text_copy(out, size, cli_label(cli, "topic", first));
    } else if (strcmp(what, "joined") == 0) {
        code_group(first, code);
        text_copy(out, size, code);
    } else if (strcmp(detail, "without lease") == 0) {
        text_copy(out, size, cli_text(cli, "event.without-lease"));
    } else {
        text_copy(out, size, detail);
    }
}

static void show_event(void *context, const char *at, const char *who, const char *what, const char *detail)
{
    char when[MOMENT_TEXT_SIZE] = "", more[192], all[256];
    int64_t instant;
    if (instant_parse(at, &instant) == 0)
        moment_format(moment_from_instant(instant), when);
    if (strncmp(who, "guide ", 6) == 0)
        who += 6;
    event_detail(context, what, detail, more, sizeof(more));
    text_print(all, sizeof(all), "%s%s%s", cli_label(context, "event", what), more[0] != 0 ? " " : "", more);
    cli_say(context, "show.event", "at", when[0] != 0 ? when : at, "who", who, "what", all, NULL);
}

static void show_referrals(struct cli *cli, const char *code)
{
    struct agenda_referral *referrals = NULL;
    int count = agenda_referrals(cli->agenda, code, &referrals, NULL);
    for (int i = 0; i < count; i++)
        cli_say(cli, "show.referral", "topic", cli_label(cli, "topic", referrals[i].topic), "partner",
                cli_partner(cli, referrals[i].partner), "due", referrals[i].due, "outcome",
                cli_label(cli, "outcome", referrals[i].outcome), NULL);
    if (referrals != NULL)
        memory_wipe(referrals, (size_t)(count < 0 ? 0 : count) * sizeof(*referrals));
    free(referrals);
}

static void show_path(struct cli *cli, const struct agenda_entry *entry)
{
    struct agenda_list list = {0};
    struct agenda_query query = {.which = AGENDA_PERSON, .number = entry->person};
    if (entry->person == 0 || agenda_list(cli->agenda, &query, &list, NULL) < 0)
        return;
    for (unsigned i = 0; i < list.count && list.count > 1; i++) {
        char start[MOMENT_TEXT_SIZE] = "", code[CODE_GROUPED_SIZE];
        code_group(list.entries[i].booking.code, code);
        if (list.entries[i].booking.kind == BOOKING_SLOT)
            moment_format(list.entries[i].booking.slot.start, start);
        cli_say(cli, "show.path", "start", start, "code", code, "state",
                cli_label(cli, "state", list.entries[i].state), NULL);
    }
    agenda_list_release(&list);
}

static int show_text(struct cli *cli, struct agenda_entry *entry, struct error *error)
{
    struct day_sheet sheet = {.first = entry->booking.slot.start.day, .last = entry->booking.slot.start.day};
    struct agenda_list *list = entry->booking.kind == BOOKING_SLOT ? &sheet.bookings : &sheet.callbacks;
    *list = (struct agenda_list){.entries = entry, .count = 1};
    if (entry->booking.kind == BOOKING_CALLBACK)
        sheet.last = sheet.first - 1;
    day_text(cli, &sheet);
    cli_town(cli); // for the partners' names
    show_path(cli, entry);
    day_known(cli, entry->booking.code);
    show_referrals(cli, entry->booking.code);
    return agenda_history(cli->agenda, entry->booking.code, show_event, cli, error);
}

int cli_show(struct cli *cli)
{
    const char *word = NULL, *format = "text";
    struct cli_option options[] = {{"format", &format, NULL}};
    struct agenda_entry entry;
    struct error error = ERROR_NONE;
    char code_text[CODE_SIZE];
    if (cli_arguments(cli, options, 1, &word, 1, 1) < 0)
        return CLI_WRONG_USE;
    bool as_json = strcmp(format, "json") == 0;
    if (!as_json && strcmp(format, "text") != 0)
        return cli_wrong_use(cli, format);
    if (cli_read_code(cli, word, code_text) != CLI_DONE)
        return CLI_WRONG_USE;
    int code = agenda_find(cli->agenda, code_text, &entry, &error);
    if (code == 0 && as_json) {
        json_t *object = day_entry_json(&entry, false);
        json_dumpf(object, stdout, JSON_INDENT(2));
        puts("");
        json_decref(object);
    } else if (code == 0) {
        code = show_text(cli, &entry, &error);
    }
    memory_wipe(&entry, sizeof(entry));
    return code < 0 ? cli_fail(cli, &error) : CLI_DONE;
}
