// wegwijs-agenda: finds the command, opens what it needs, runs it.
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"

#include "base/banned.h"

const struct cli_command cli_commands[] = {
    {"init", cli_init, CLI_NEEDS_NOTHING, ""},
    {"hours", cli_hours, CLI_NEEDS_AGENDA, "FILE [--dry-run]"},
    {"today", cli_today, CLI_NEEDS_AGENDA,
     "[--date DAY] [--days COUNT] [--guide GUIDE] [--no-names] [--format text|csv|ics|html|json]"},
    {"week", cli_week, CLI_NEEDS_AGENDA,
     "[--date DAY] [--days COUNT] [--guide GUIDE] [--no-names] [--format text|csv|ics|html|json]"},
    {"ics", cli_ics, CLI_NEEDS_AGENDA, "[--guide GUIDE] [--no-names] [--to FILE]"},
    {"slots", cli_slots, CLI_NEEDS_AGENDA, "[--from DAY] [--days COUNT] [--all] [--format text|json]"},
    {"show", cli_show, CLI_NEEDS_AGENDA, "CODE [--format text|json]"},
    {"arrive", cli_arrive, CLI_NEEDS_AGENDA, "CODE [--force]"},
    {"no-show", cli_no_show, CLI_NEEDS_AGENDA, "CODE [--force]"},
    {"excused", cli_excused, CLI_NEEDS_AGENDA, "CODE [--force]"},
    {"done", cli_done, CLI_NEEDS_AGENDA, "CODE [--force]"},
    {"cancel", cli_cancel, CLI_NEEDS_AGENDA, "CODE [--force]"},
    {"move", cli_move, CLI_NEEDS_AGENDA, "CODE [GUIDE@]2026-11-24T09:30 [--slots COUNT]"},
    {"join", cli_join, CLI_NEEDS_AGENDA, "CODE CODE [--yes]"},
    {"book", cli_book, CLI_NEEDS_AGENDA,
     "--slot [GUIDE@]2026-11-24T09:30|--callback|--now --first NAME [--last NAME] [--guide GUIDE] [--phone "
     "NUMBER] "
     "[--language LANGUAGE] [--topic TOPIC]… [--answer INDICATOR=ANSWER]… [--referred WHO] "
     "[--channel phone|letter|counter|walk-in|partner] [--slots COUNT] [--join CODE|--no-join]"},
    {"block", cli_block, CLI_NEEDS_AGENDA, "GUIDE FROM [TO] [--reason WORD]"},
    {"unblock", cli_unblock, CLI_NEEDS_AGENDA, "GUIDE FROM [TO]"},
    {"settle", cli_settle, CLI_NEEDS_AGENDA, "CODE"},
    {"slip", cli_slip, CLI_NEEDS_NOTHING,
     "CODE [--printer picture|escpos|cups] [--to FOLDER|DEVICE|HOST:PORT|FILE|URI|QUEUE] [--paper "
     "80|58|a5|a4] [--dpi 203|180] "
     "[--large] [--no-cutter] [--no-status] [--no-fence]"},
    {"refer", cli_refer, CLI_NEEDS_AGENDA,
     "CODE PARTNER [--topic TOPIC] [--due DAY] "
     "[--outcome started|waiting|refused|unreachable|done]"},
    {"signal", cli_signal, CLI_NEEDS_AGENDA, "CODE TOPIC [--kind need|obstacle|gap] [--label WORD]"},
    {"follow-up", cli_follow_up, CLI_NEEDS_AGENDA, "[--until DAY]"},
    {"report", cli_report, CLI_NEEDS_AGENDA,
     "[--from MONTH] [--to MONTH] [--public] [--format text|csv|html]"},
    {"import", cli_import, CLI_NEEDS_AGENDA, "FILE.csv"},
    {"kiosks", cli_kiosks, CLI_NEEDS_AGENDA, ""},
    {"limits", cli_limits, CLI_NEEDS_AGENDA, "[--hour COUNT] [--day COUNT]"},
    {"revoke", cli_revoke, CLI_NEEDS_AGENDA, "KIOSK [--yes]"},
    {"serve", cli_serve, CLI_NEEDS_NOTHING, "--kiosk NAME [--idle SECONDS]"},
    {"backup", cli_backup, CLI_NEEDS_AGENDA, "FILE"},
    {"check", cli_check, CLI_LOOKS_AT_AGENDA, ""},
    {"purge", cli_purge, CLI_NEEDS_AGENDA, "[--days COUNT]"},
    {"person", cli_person, CLI_NEEDS_AGENDA,
     "show|export|correct|erase CODE|PHONE [--first NAME] [--last NAME] [--phone NUMBER] [--force]"},
    {NULL, NULL, CLI_NEEDS_NOTHING, NULL},
};

#define COMMON_MAX 400 // bytes of a path

static void print_use(struct cli *cli, FILE *to)
{
    cli_say_to(cli, to, "use.head", NULL);
    for (const struct cli_command *command = cli_commands; command->name != NULL; command++) {
        char key[48];
        text_print(key, sizeof(key), "about.%s", command->name);
        fprintf(to, "  %-10s %s\n", command->name, cli_text(cli, key));
    }
    cli_say_to(cli, to, "use.foot", NULL);
}

static int open_texts(struct cli *cli)
{
    struct error error = ERROR_NONE;
    char name[48];
    text_print(name, sizeof(name), "lang/agenda-%s.po", cli->language);
    char *path = file_share(name);
    int code = catalog_open(&cli->texts, path, &error);
    free(path);
    if (code < 0) {
        fprintf(stderr, "%s\n", error.text);
        return CLI_REFUSED;
    }
    path = file_share("lang/nl.po"); // the town's words; without them the identifiers stand
    if (catalog_open(&cli->labels, path, &error) < 0)
        fprintf(stderr, "%s\n", error.text);
    free(path);
    return CLI_DONE;
}

static const struct cli_command *find_command(const char *name)
{
    for (const struct cli_command *command = cli_commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

// The options that every command knows, before or behind its name; they are taken out of argv. 0 when one
// has no value.
static int take_common(struct cli *cli, int argc, char **argv)
{
    static const char *const names[] = {"--agenda", "--config", "--lang", "--by"};
    const char *values[4] = {NULL, NULL, NULL, NULL};
    int kept = 0;
    for (int i = 0; i < argc; i++) {
        int which = -1;
        const char *value = NULL;
        for (int n = 0; n < 4 && which < 0; n++) {
            size_t length = strlen(names[n]);
            if (strncmp(argv[i], names[n], length) == 0 && (argv[i][length] == 0 || argv[i][length] == '=')) {
                which = n;
                value = argv[i][length] == '=' ? argv[i] + length + 1 : i + 1 < argc ? argv[++i] : NULL;
            }
        }
        if (which >= 0 && (value == NULL || *value == 0 || strlen(value) > COMMON_MAX))
            return -1;
        if (which >= 0)
            values[which] = value;
        else
            argv[kept++] = argv[i];
    }
    const char *agenda = values[0] != NULL ? values[0] : getenv("WEGWIJS_AGENDA");
    cli->agenda_path =
        agenda != NULL && *agenda != 0 ? memory_copy_text(agenda) : file_user_data("agenda.db");
    cli->config_folder = values[1] != NULL ? memory_copy_text(values[1]) : file_share("kiosk-config");
    cli->by = values[3];
    cli->language = values[2] != NULL && strcmp(values[2], "en") == 0 ? "en" : "nl";
    return kept;
}

static int run(struct cli *cli, int argc, char **argv)
{
    if (argc < 1 || strcmp(argv[0], "help") == 0 || strcmp(argv[0], "--help") == 0 ||
        strcmp(argv[0], "-h") == 0) {
        print_use(cli, argc < 1 ? stderr : stdout);
        return argc < 1 ? CLI_WRONG_USE : CLI_DONE;
    }
    if (strcmp(argv[0], "--version") == 0) {
        puts("wegwijs-agenda " WEGWIJS_VERSION);
        return CLI_DONE;
    }
    cli->command = find_command(argv[0]);
    if (cli->command == NULL) {
        cli_say_to(cli, stderr, "use.unknown", "command", argv[0], NULL);
        return CLI_WRONG_USE;
    }
    cli->argc = argc - 1;
    cli->argv = argv + 1;
    if (cli->argc > 0 && strcmp(cli->argv[0], "--help") == 0) {
        cli_say_use(cli, stdout);
        return CLI_DONE;
    }
    int status = CLI_DONE;
    if (cli->command->need != CLI_NEEDS_NOTHING)
        status = cli_open(cli, cli->command->need == CLI_NEEDS_AGENDA ? AGENDA_GUIDE : AGENDA_LOOK);
    return status == CLI_DONE ? cli->command->run(cli) : status;
}

static int flush(struct cli *cli, int status)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return status;
    if (cli->texts != NULL)
        cli_say_to(cli, stderr, "error.output", NULL);
    return status == CLI_DONE ? CLI_REFUSED : status;
}

int main(int argc, char **argv)
{
    struct cli cli = {.language = "nl"};
    (void)setlocale(LC_CTYPE, "C.UTF-8"); // for the width of letters
    int left = take_common(&cli, argc - 1, argv + 1);
    int status = open_texts(&cli);
    if (status == CLI_DONE && left < 0) {
        cli_say_to(&cli, stderr, "use.value", NULL);
        status = CLI_WRONG_USE;
    } else if (status == CLI_DONE) {
        status = flush(&cli, run(&cli, left, argv + 1));
    }
    agenda_close(cli.agenda);
    if (cli.town != NULL)
        town_free(cli.town);
    catalog_free(cli.texts);
    catalog_free(cli.labels);
    free(cli.agenda_path);
    free(cli.config_folder);
    return status;
}
