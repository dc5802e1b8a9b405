// How many bookings one kiosk may make in an hour and in a day.
#include "cli/cli.h"

#include "base/banned.h"

#define LIMIT_MOST 100000

static void say_limit(const struct cli *cli, const char *key, bool day)
{
    char text[24];
    int64_t limit = agenda_limit(cli->agenda, day);
    text_print(text, sizeof(text), "%lld", (long long)limit);
    cli_say(cli, key, "count", limit > 0 ? text : cli_text(cli, "limits.none"), NULL);
}

int cli_limits(struct cli *cli)
{
    const char *texts[2] = {NULL, NULL}; // hour, day
    long limits[2] = {0, 0};
    struct cli_option options[] = {{"hour", &texts[0], NULL}, {"day", &texts[1], NULL}};
    struct error error = ERROR_NONE;
    if (cli_arguments(cli, options, 2, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    for (int i = 0; i < 2; i++)
        if (texts[i] != NULL && cli_read_count(cli, texts[i], 0, LIMIT_MOST, &limits[i]) != CLI_DONE)
            return CLI_WRONG_USE;
    for (int i = 0; i < 2; i++)
        if (texts[i] != NULL && agenda_set_limit(cli->agenda, i == 1, (unsigned)limits[i], &error) < 0)
            return cli_fail(cli, &error);
    say_limit(cli, "limits.hour", false);
    say_limit(cli, "limits.day", true);
    return CLI_DONE;
}
