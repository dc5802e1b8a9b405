// The commands that set the agenda up and keep it: init, hours, backup, check.
#include <stdlib.h>
#include <string.h>

#include "agenda/care.h"
#include "agenda/hours.h"
#include "agenda/list.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/day.h"

#include "base/banned.h"

int cli_init(struct cli *cli)
{
    struct error error = ERROR_NONE;
    char key[4096];
    if (cli_arguments(cli, NULL, 0, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    const char *slash = strrchr(cli->agenda_path, '/');
    if (slash != NULL && slash != cli->agenda_path) {
        char *folder = memory_copy_text(cli->agenda_path);
        folder[slash - cli->agenda_path] = 0;
        int code = file_make_folder(folder, 0700, &error);
        free(folder);
        if (code < 0)
            return cli_fail(cli, &error);
    }
    if (agenda_init(cli->agenda_path, &error) < 0)
        return cli_fail(cli, &error);
    agenda_key_path(cli->agenda_path, key, sizeof(key));
    cli_say(cli, "init.done", "file", cli->agenda_path, "key", key, NULL);
    return CLI_DONE;
}

// ---- hours

static const char *const change_keys[] = {
    [HOURS_GUIDE_NEW] = "hours.guide-new",         [HOURS_GUIDE_GONE] = "hours.guide-gone",
    [HOURS_GUIDE_CHANGED] = "hours.guide-changed", [HOURS_SLOT_MINUTES] = "hours.slot-minutes",
    [HOURS_HOLIDAYS] = "hours.holidays",           [HOURS_BLOCK_NEW] = "hours.block-new",
    [HOURS_BLOCK_GONE] = "hours.block-gone",       [HOURS_CLOSURE_NEW] = "hours.closure-new",
    [HOURS_CLOSURE_GONE] = "hours.closure-gone",
};

// "els 1 09:00 12:00 - - walk-in" with the weekday in words.
static void block_words(const struct cli *cli, const char *line, char *out, size_t size)
{
    char guide[32], from[8], to[8], first[12], last[12], key[16];
    char weekday[8];
    char walk_in[12] = "";
    if (sscanf(line, "%31s %7s %7s %7s %11s %11s %11s", guide, weekday, from, to, first, last, walk_in) < 6) {
        text_copy(out, size, line);
        return;
    }
    text_print(key, sizeof(key), "weekday.%s", weekday);
    text_print(out, size, "%s %s %s–%s", guide, cli_text(cli, key), from, to);
    size_t length = strlen(out);
    if (strcmp(first, "-") != 0 || strcmp(last, "-") != 0)
        text_print(out + length, size - length, " (%s – %s)", first, last);
    length = strlen(out);
    if (walk_in[0] != 0)
        text_print(out + length, size - length, ", %s", cli_text(cli, "hours.walk-in"));
}

// "2026-12-24 2026-12-26 12:00 24:00 els brugdag" as "2026-12-24 – 2026-12-26 12:00–24:00 els (brugdag)"
static void closure_words(const char *line, char *out, size_t size)
{
    char first[12], last[12], from[8], to[8], guide[32];
    int read = 0;
    if (sscanf(line, "%11s %11s %7s %7s %31s %n", first, last, from, to, guide, &read) < 5) {
        text_copy(out, size, line);
        return;
    }
    const char *reason = line + read;
    bool one = strcmp(first, last) == 0, whole = strcmp(from, "00:00") == 0 && strcmp(to, "24:00") == 0;
    text_print(out, size, "%s%s%s%s%s%s%s%s%s%s%s%s", first, one ? "" : " – ", one ? "" : last,
               whole ? "" : " ", whole ? "" : from, whole ? "" : "–", whole ? "" : to,
               strcmp(guide, "-") == 0 ? "" : " ", strcmp(guide, "-") == 0 ? "" : guide,
               reason[0] == 0 ? "" : " (", reason, reason[0] == 0 ? "" : ")");
}

static void change_words(const struct cli *cli, const struct hours_change *change, char *out, size_t size)
{
    switch (change->kind) {
    case HOURS_BLOCK_NEW:
    case HOURS_BLOCK_GONE:
        block_words(cli, change->text, out, size);
        break;
    case HOURS_CLOSURE_NEW:
    case HOURS_CLOSURE_GONE:
        closure_words(change->text, out, size);
        break;
    case HOURS_HOLIDAYS:
        text_copy(out, size, cli_text(cli, change->text[0] == '1' ? "hours.closed" : "hours.open"));
        break;
    default:
        text_copy(out, size, change->text);
    }
}

static void print_plan(const struct cli *cli, const struct hours_plan *plan)
{
    char fresh[16], gone[16], kept[16], last[DAY_TEXT_SIZE], words[256];
    for (unsigned i = 0; i < plan->count; i++) {
        const struct hours_change *change = &plan->changes[i];
        if (change->kind > HOURS_CLOSURE_GONE)
            continue;
        change_words(cli, change, words, sizeof(words));
        cli_say(cli, change_keys[change->kind], "what", words, NULL);
    }
    text_print(fresh, sizeof(fresh), "%u", hours_plan_count(plan, HOURS_SLOT_NEW));
    text_print(gone, sizeof(gone), "%u", hours_plan_count(plan, HOURS_SLOT_GONE));
    text_print(kept, sizeof(kept), "%u", hours_plan_count(plan, HOURS_SLOT_KEPT));
    day_format(plan->last, last);
    cli_say(cli, "hours.slots", "new", fresh, "gone", gone, "kept", kept, "until", last, NULL);
}

// Before anything is done: whose booking the new hours leave outside.
static void print_kept(const struct cli *cli, const struct hours_plan *plan)
{
    char before[CODE_SIZE] = "";
    for (unsigned i = 0; i < plan->count; i++) {
        const struct hours_change *change = &plan->changes[i];
        struct agenda_entry entry;
        if (change->kind != HOURS_SLOT_KEPT || strcmp(change->text, before) == 0 ||
            agenda_find(cli->agenda, change->text, &entry, NULL) < 0)
            continue;
        if (before[0] == 0)
            cli_say(cli, "hours.would-be-outside", NULL);
        text_copy(before, sizeof(before), change->text);
        day_call(cli, &entry);
        memory_wipe(&entry, sizeof(entry));
    }
}

// Bookings that now stand outside the presence: with phone numbers, to be moved or called.
static int print_outside(struct cli *cli, struct error *error)
{
    struct agenda_list list = {0};
    struct agenda_query query = {.which = AGENDA_OUTSIDE, .first = clock_moment().day};
    int code = agenda_list(cli->agenda, &query, &list, error);
    if (code == 0 && list.count > 0)
        cli_say(cli, "hours.outside", NULL);
    for (unsigned i = 0; i < list.count; i++)
        day_call(cli, &list.entries[i]);
    agenda_list_release(&list);
    return code;
}

int cli_hours(struct cli *cli)
{
    const char *file = NULL;
    bool dry = false;
    struct cli_option options[] = {{"dry-run", NULL, &dry}};
    struct error error = ERROR_NONE;
    struct presence *presence = NULL;
    struct hours_plan plan = {0};
    if (cli_arguments(cli, options, 1, &file, 1, 1) < 0)
        return CLI_WRONG_USE;
    if (presence_load(&presence, file, &error) < 0)
        return cli_fail(cli, &error);
    int32_t today = clock_moment().day;
    int code = hours_plan(cli->agenda, presence, today, &plan, &error);
    if (code == 0)
        print_plan(cli, &plan);
    if (code == 0 && dry) {
        print_kept(cli, &plan);
        code = print_outside(cli, &error);
        cli_say(cli, "hours.dry", NULL);
    }
    hours_plan_release(&plan);
    if (code == 0 && !dry) {
        fflush(stdout);
        code = hours_apply(cli->agenda, presence, today, &plan, &error);
        hours_plan_release(&plan);
        if (code == 0)
            code = print_outside(cli, &error);
    }
    presence_free(presence);
    return code < 0 ? cli_fail(cli, &error) : CLI_DONE;
}

// ---- backup and check

int cli_backup(struct cli *cli)
{
    const char *file = NULL;
    struct error error = ERROR_NONE;
    if (cli_arguments(cli, NULL, 0, &file, 1, 1) < 0)
        return CLI_WRONG_USE;
    if (agenda_backup(cli->agenda, file, &error) < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "backup.done", "file", file, NULL);
    return CLI_DONE;
}

#define FAULTS_SAID 10 // of one kind

struct faults {
    const struct cli *cli;
    const char *rule;
    unsigned count; // of this rule
};

static void say_more(const struct faults *faults)
{
    char count[16];
    text_print(count, sizeof(count), "%u", faults->count - FAULTS_SAID);
    if (faults->count > FAULTS_SAID)
        cli_say(faults->cli, "check.more", "count", count, NULL);
}

static void say_fault(void *context, const char *rule, const char *subject)
{
    struct faults *faults = context;
    char key[48];
    if (faults->rule == NULL || strcmp(faults->rule, rule) != 0) {
        say_more(faults);
        faults->rule = rule;
        faults->count = 0;
    }
    text_print(key, sizeof(key), "check.%s", rule);
    if (++faults->count <= FAULTS_SAID)
        cli_say(faults->cli, key, "subject", subject, NULL);
}

int cli_check(struct cli *cli)
{
    struct error error = ERROR_NONE;
    struct faults said = {.cli = cli};
    char key[4096], count[16];
    if (cli_arguments(cli, NULL, 0, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    int faults = agenda_check(cli->agenda, say_fault, &said, &error);
    say_more(&said);
    if (faults < 0)
        return cli_fail(cli, &error);
    text_print(count, sizeof(count), "%d", faults);
    if (faults > 0)
        return cli_refuse(cli, faults == 1 ? "check.bad-one" : "check.bad", "count", count, NULL);
    cli_say(cli, "check.good", NULL);
    agenda_key_path(cli->agenda_path, key, sizeof(key));
    if (!file_exists(key))
        cli_say(cli, "check.no-key", "file", key, NULL);
    return CLI_DONE;
}
