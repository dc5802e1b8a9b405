// kiosks, revoke: how each kiosk is, and taking its moments back.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/work.h"
#include "base/clock.h"
#include "cli/cli.h"

#include "base/banned.h"

#define KIOSKS_MAX 256

#define SET_ASIDE "damaged, set aside" // as a kiosk says it of its store, and when

static struct agenda_kiosk *read_kiosks(struct cli *cli, unsigned *count)
{
    struct agenda_kiosk *kiosks = memory_new(KIOSKS_MAX, sizeof(*kiosks));
    int64_t midnight = moment_to_instant((struct moment){clock_moment().day, 0});
    *count = agenda_kiosks(cli->agenda, midnight, kiosks, KIOSKS_MAX);
    return kiosks;
}

// How long ago the kiosk was last here: "3 minuten", "2 uur", "4 dagen".
static void silence_words(const struct cli *cli, const struct agenda_kiosk *kiosk, char *out, size_t size)
{
    static const struct {
        int64_t most, unit;
        const char *one, *many;
    } spans[] = {{7200, 60, "span.minute", "span.minutes"},
                 {172800, 3600, "span.hour", "span.hours"},
                 {INT64_MAX, 86400, "span.day", "span.days"}};
    int64_t last = 0, silent;
    text_copy(out, size, "?");
    if (instant_parse(kiosk->last_contact, &last) < 0)
        return;
    silent = clock_instant() - last;
    silent = silent < 0 ? 0 : silent;
    size_t i = silent < spans[0].most ? 0 : silent < spans[1].most ? 1 : 2;
    char count[24];
    text_print(count, sizeof(count), "%lld", (long long)(silent / spans[i].unit));
    const char *fills[] = {"count", count, NULL};
    catalog_fill(out, size, cli_text(cli, silent / spans[i].unit == 1 ? spans[i].one : spans[i].many), fills);
}

// What the kiosk says of itself, {"printer":"no-paper"}, as "printer: geen papier": what is not known stays
// as it is, and its version stands elsewhere.
static void status_words(const struct cli *cli, const char *json, char *out, size_t size)
{
    const char *key;
    json_t *value, *root = json_loads(json, 0, NULL);
    text_copy(out, size, "");
    json_object_foreach(root, key, value)
    {
        const char *text = json_is_string(value) ? json_string_value(value) : "";
        char said[ERROR_TEXT_SIZE], name[64];
        size_t length = strlen(out);
        if (text[0] == 0 || strcmp(text, "-") == 0 || strcmp(key, "version") == 0)
            continue;
        text_copy(name, sizeof(name), cli_label(cli, "status", key));
        if (strncmp(text, SET_ASIDE, strlen(SET_ASIDE)) == 0)
            text_print(said, sizeof(said), "%s", cli_text(cli, "status.set-aside"));
        else
            cli_detail(cli, text, said, sizeof(said));
        text_print(out + length, size - length, "%s%s: %s", length == 0 ? "" : " · ",
                   strncmp(name, "status.", 7) == 0 ? key : name, said);
    }
    json_decref(root);
}

// Another kiosk has tried to speak under this name.
static void say_rival(const struct cli *cli, const char *name)
{
    char rival[INSTANT_TEXT_SIZE], at[MOMENT_TEXT_SIZE], out[512];
    struct error error = ERROR_NONE;
    int64_t instant;
    if (agenda_rival(cli->agenda, name, rival, &error) < 0 || instant_parse(rival, &instant) < 0)
        return;
    moment_format(moment_from_instant(instant), at);
    const char *fills[] = {"name", name, "at", at, NULL};
    catalog_fill(out, sizeof(out), cli_text(cli, "kiosks.rival"), fills);
    cli_wrap(stdout, out, 2, 100);
}

static void print_kiosk(const struct cli *cli, const struct agenda_kiosk *kiosk)
{
    char leases[16], bookings[16], silent[48], status[512], holds[256], last[MOMENT_TEXT_SIZE] = "?";
    int64_t instant;
    if (instant_parse(kiosk->last_contact, &instant) == 0)
        moment_format(moment_from_instant(instant), last);
    silence_words(cli, kiosk, silent, sizeof(silent));
    status_words(cli, kiosk->status, status, sizeof(status));
    text_print(leases, sizeof(leases), "%u", kiosk->leases);
    text_print(bookings, sizeof(bookings), "%u", kiosk->bookings_today);
    cli_say(cli, "kiosks.line", "name", kiosk->name, "last", last, "silent", silent, NULL);
    const char *fills[] = {"leases", leases, "bookings", bookings, "version", kiosk->version, NULL};
    catalog_fill(holds, sizeof(holds), cli_text(cli, "kiosks.holds"), fills);
    cli_wrap(stdout, holds, 2, 100);
    if (status[0] != 0)
        cli_wrap(stdout, status, 2, 100);
    say_rival(cli, kiosk->name);
}

int cli_kiosks(struct cli *cli)
{
    unsigned count;
    if (cli_arguments(cli, NULL, 0, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    struct agenda_kiosk *kiosks = read_kiosks(cli, &count);
    if (count == 0)
        cli_say(cli, "kiosks.none", NULL);
    for (unsigned i = 0; i < count; i++)
        print_kiosk(cli, &kiosks[i]);
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
    char text[16], silent[48] = "?", key[CLI_KEY_SIZE];
    if (cli_arguments(cli, options, 1, &name, 1, 1) < 0)
        return CLI_WRONG_USE;
    struct agenda_kiosk *kiosks = read_kiosks(cli, &count);
    bool known = false;
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(kiosks[i].name, name) != 0)
            continue;
        known = true;
        silence_words(cli, &kiosks[i], silent, sizeof(silent));
    }
    free(kiosks);
    if (!known) {
        (void)error_set(&error, ERROR_NOT_FOUND, "no kiosk is called \"%s\"", name);
        return cli_fail(cli, &error);
    }
    if (!yes)
        return cli_refuse(cli, "revoke.warning", "kiosk", name, "silent", silent, NULL);
    if (agenda_revoke(cli->agenda, name, &ended, &error) < 0)
        return cli_fail(cli, &error);
    text_print(text, sizeof(text), "%u", ended);
    cli_say(cli, cli_plural("revoke.done", ended, key), "kiosk", name, "count", text, NULL);
    return CLI_DONE;
}
