// Caring for data: import, purge, person.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/care.h"
#include "agenda/list.h"
#include "agenda/report.h"
#include "agenda/work.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/day.h"

#include "base/banned.h"

// ---- import and purge

int cli_import(struct cli *cli)
{
    enum { LIMIT = 4 * 1024 * 1024 };
    const char *file = NULL;
    struct error error = ERROR_NONE;
    char *bytes = NULL, count[16], key[CLI_KEY_SIZE];
    size_t size = 0;
    unsigned rows = 0;
    if (cli_arguments(cli, NULL, 0, &file, 1, 1) < 0)
        return CLI_WRONG_USE;
    if (file_read(file, LIMIT, &bytes, &size, &error) < 0)
        return cli_fail(cli, &error);
    if (size > 0 && memchr(bytes, 0, size) != NULL) { // UTF-16, as some spreadsheets save it, or no text
        free(bytes);
        return cli_refuse(cli, "error.no-text", "file", file, NULL);
    }
    int code = report_import(cli->agenda, file, bytes, size, &rows, &error);
    free(bytes);
    if (code < 0)
        return cli_fail(cli, &error);
    text_print(count, sizeof(count), "%u", rows);
    cli_say(cli, cli_plural("import.done", rows, key), "count", count, NULL);
    return CLI_DONE;
}

int cli_purge(struct cli *cli)
{
    const char *days_text = NULL;
    struct cli_option options[] = {{"days", &days_text, NULL}};
    struct error error = ERROR_NONE;
    char count[16], day[DAY_TEXT_SIZE], key[CLI_KEY_SIZE];
    unsigned purged = 0;
    if (cli_arguments(cli, options, 1, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    const struct town *town = cli_town(cli);
    if (town == NULL)
        return CLI_REFUSED;
    unsigned kept = town->privacy.retention_days > 0 ? town->privacy.retention_days : 30;
    long days = (long)kept;
    if (days_text != NULL && cli_read_count(cli, days_text, 1, 3660, &days) != CLI_DONE)
        return CLI_WRONG_USE;
    int32_t before = clock_moment().day - (int32_t)days;
    if (agenda_purge(cli->agenda, before, &purged, &error) < 0)
        return cli_fail(cli, &error);
    text_print(count, sizeof(count), "%u", purged);
    day_format(before, day);
    cli_say(cli, cli_plural("purge.done", purged, key), "count", count, "before", day, NULL);
    return CLI_DONE;
}

// ---- person: the rights of the AVG, by code or phone

static int find_person(struct cli *cli, const char *word, struct agenda_list *list, struct error *error)
{
    char code_text[CODE_SIZE], phone[PHONE_SIZE];
    struct agenda_query query = {.which = AGENDA_PHONE, .text = phone};
    if (code_read(word, code_text) == 0)
        query = (struct agenda_query){.which = AGENDA_CODE, .text = code_text};
    else
        phone_read(word, phone);
    int code = agenda_list(cli->agenda, &query, list, error);
    if (code == 0 && (list->count == 0 || list->entries[0].person == 0))
        return error_set(error, ERROR_NOT_FOUND, "nobody has this code or phone number");
    if (code < 0)
        return code;
    for (unsigned i = 1; i < list->count; i++)
        if (list->entries[i].person != list->entries[0].person)
            return error_set(
                error, ERROR_REFUSED,
                "more than one person has this number: name one by a code, like \"%s\" or \"%s\"",
                list->entries[0].booking.code, list->entries[i].booking.code);
    query = (struct agenda_query){.which = AGENDA_PERSON, .number = list->entries[0].person};
    return agenda_list(cli->agenda, &query, list, error);
}

static int person_export(struct cli *cli, const struct agenda_list *list, struct error *error)
{
    json_t *array = json_array();
    for (unsigned i = 0; i < list->count; i++) {
        struct agenda_referral *referrals = NULL;
        json_t *object = day_entry_json(&list->entries[i], false), *more = json_array();
        int count = agenda_referrals(cli->agenda, list->entries[i].booking.code, &referrals, NULL);
        for (int r = 0; r < count; r++)
            json_array_append_new(more, json_pack("{s:s, s:s, s:s, s:s, s:s}", "topic", referrals[r].topic,
                                                  "partner", referrals[r].partner, "made", referrals[r].made,
                                                  "due", referrals[r].due, "outcome", referrals[r].outcome));
        json_object_set_new(object, "referrals", more);
        json_array_append_new(array, object);
        free(referrals);
    }
    json_dumpf(array, stdout, JSON_INDENT(2));
    puts("");
    json_decref(array);
    return agenda_note_shown(cli->agenda, list->entries[0].booking.code, "person exported", error);
}

static int person_show(struct cli *cli, struct agenda_list *list, struct error *error)
{
    struct day_sheet sheet = {.first = INT32_MAX, .last = INT32_MIN};
    for (unsigned i = 0; i < list->count; i++) {
        int32_t day = list->entries[i].booking.slot.start.day;
        if (list->entries[i].booking.kind == BOOKING_CALLBACK)
            continue;
        sheet.first = day < sheet.first ? day : sheet.first;
        sheet.last = day > sheet.last ? day : sheet.last;
    }
    sheet.bookings = *list;
    day_text(cli, &sheet);
    return agenda_note_shown(cli->agenda, list->entries[0].booking.code, "person shown", error);
}

static int person_erase(struct cli *cli, const struct agenda_list *list, bool force, struct error *error)
{
    int32_t today = clock_moment().day;
    for (unsigned i = 0; i < list->count; i++)
        if (strcmp(list->entries[i].state, "booked") == 0 &&
            list->entries[i].booking.slot.start.day >= today && !force)
            return error_set(error, ERROR_REFUSED, "the talk \"%s\" is still to come: cancel it first",
                             list->entries[i].booking.code);
    return agenda_erase(cli->agenda, list->entries[0].person, error);
}

struct corrections {
    const char *first, *last, *phone;
    char names[2][BOOKING_NAME_SIZE]; // as they are kept
};

static int read_corrections(struct cli *cli, struct corrections *new)
{
    int status = new->first != NULL ? cli_read_name(cli, new->first, new->names[0]) : CLI_DONE;
    if (status == CLI_DONE && new->last != NULL)
        status = cli_read_name(cli, new->last, new->names[1]);
    new->first = new->first != NULL ? new->names[0] : NULL;
    new->last = new->last != NULL ? new->names[1] : NULL;
    return status;
}

static int person_correct(struct cli *cli, const struct agenda_list *list, const struct corrections *new,
                          struct error *error)
{
    struct booking corrected = list->entries[0].booking; // checked as any booking is
    int code = 0;
    corrected.kind = BOOKING_CALLBACK;
    corrected.slots = 0;
    if (new->phone != NULL)
        phone_read(new->phone, corrected.phone);
    if (new->first != NULL)
        text_copy(corrected.first_name, sizeof(corrected.first_name), new->first);
    if (new->last != NULL)
        text_copy(corrected.last_name, sizeof(corrected.last_name), new->last);
    if (corrected.first_name[0] == 0 && corrected.last_name[0] == 0)
        code = error_set(error, ERROR_INVALID, "a person has a name");
    if (code == 0)
        code = booking_check(&corrected, error);
    if (code == 0)
        code = agenda_correct(cli->agenda, list->entries[0].person, list->entries[0].booking.code,
                              corrected.first_name, corrected.last_name, corrected.phone, error);
    booking_wipe(&corrected);
    return code;
}

int cli_person(struct cli *cli)
{
    const char *words[2] = {NULL, NULL};
    struct corrections new = {0};
    bool force = false;
    struct cli_option options[] = {{"first", &new.first, NULL},
                                   {"last", &new.last, NULL},
                                   {"phone", &new.phone, NULL},
                                   {"force", NULL, &force}};
    struct error error = ERROR_NONE;
    struct agenda_list list = {0};
    if (cli_arguments(cli, options, 4, words, 2, 2) < 0)
        return CLI_WRONG_USE;
    int status = read_corrections(cli, &new);
    if (status != CLI_DONE)
        return status;
    int code = find_person(cli, words[1], &list, &error);
    bool known = true, silent = false;
    if (code == 0 && strcmp(words[0], "show") == 0)
        code = person_show(cli, &list, &error), silent = true;
    else if (code == 0 && strcmp(words[0], "export") == 0)
        code = person_export(cli, &list, &error), silent = true;
    else if (code == 0 && strcmp(words[0], "correct") == 0)
        code = person_correct(cli, &list, &new, &error);
    else if (code == 0 && strcmp(words[0], "erase") == 0)
        code = person_erase(cli, &list, force, &error);
    else
        known = code < 0;
    agenda_list_release(&list);
    memory_wipe(&new, sizeof(new));
    if (!known)
        return cli_wrong_use(cli, words[0]);
    if (code < 0)
        return cli_fail(cli, &error);
    if (!silent)
        cli_say(cli, words[0][0] == 'c' ? "person.corrected" : "person.erased", NULL);
    return CLI_DONE;
}
