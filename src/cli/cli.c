#include "cli/cli.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"

#include "base/banned.h"

#define TEXT_MAX 1024
#define ARGUMENT_MAX 400 // bytes: names and paths are shorter, and a fault's text still holds it
#define WHO_MAX 32       // letters

// ---- arguments

static const struct cli_option *find_option(const struct cli_option *options, unsigned count,
                                            const char *name, size_t length)
{
    for (unsigned i = 0; i < count; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
            return &options[i];
    return NULL;
}

// Reads one option; returns how many arguments it took, 0 when it is wrong, -1 when it was there before.
static int read_option(struct cli *cli, const struct cli_option *options, unsigned count, int at,
                       unsigned *seen)
{
    const char *name = cli->argv[at] + 2, *equals = strchr(name, '=');
    size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const struct cli_option *option = find_option(options, count, name, length);
    if (option == NULL || (option->flag != NULL && equals != NULL))
        return 0;
    unsigned bit = 1U << (option - options);
    if ((*seen & bit) != 0)
        return -1;
    *seen |= bit;
    if (option->flag != NULL) {
        *option->flag = true;
        return 1;
    }
    if (equals == NULL && at + 1 >= cli->argc)
        return 0;
    const char *value = equals != NULL ? equals + 1 : cli->argv[at + 1];
    if (strlen(value) > ARGUMENT_MAX)
        return 0;
    *option->value = value;
    return equals != NULL ? 1 : 2;
}

int cli_arguments(struct cli *cli, const struct cli_option *options, unsigned count, const char **words,
                  int least, int most)
{
    int found = 0;
    bool only_words = false;
    unsigned seen = 0; // options, a bit each
    for (int at = 0; at < cli->argc;) {
        const char *argument = cli->argv[at];
        if (strlen(argument) > ARGUMENT_MAX)
            return cli_say_to(cli, stderr, "use.long", "what", argument, NULL), -1;
        if (!only_words && strcmp(argument, "--") == 0) {
            only_words = true;
            at++;
        } else if (!only_words && argument[0] == '-' && argument[1] == '-') {
            int took = read_option(cli, options, count, at, &seen);
            if (took == 0)
                return cli_wrong_use(cli, argument), -1;
            if (took < 0)
                return cli_say_to(cli, stderr, "use.twice", "what", argument, NULL), -1;
            at += took;
        } else {
            if (found == most)
                return cli_wrong_use(cli, argument), -1;
            words[found++] = argument;
            at++;
        }
    }
    if (found < least)
        return cli_wrong_use(cli, NULL), -1;
    return found;
}

int cli_wrong_use(struct cli *cli, const char *what)
{
    if (what != NULL)
        cli_say_to(cli, stderr, "use.wrong", "what", what, NULL);
    cli_say_use(cli, stderr);
    return CLI_WRONG_USE;
}

// What stands for a value in the usage, "DAY", has a word in the guide's language.
void cli_say_use(struct cli *cli, FILE *to)
{
    struct text_buffer out = {0};
    const char *at = cli->command->arguments;
    text_buffer_add(&out, "");
    while (*at != 0) {
        char key[48], word[24];
        size_t capitals = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        text_print(word, sizeof(word), "%.*s", (int)(capitals > 0 ? capitals : 1), at);
        text_print(key, sizeof(key), "cli.place.%s", word);
        if (capitals > 0)
            text_buffer_add(&out, catalog_has(cli->texts, key) ? catalog_get(cli->texts, key) : word);
        else
            text_buffer_add_bytes(&out, at, 1);
        at += capitals > 0 ? capitals : 1;
    }
    fprintf(to, "%s %s", cli_text(cli, "use.line"), cli->command->name);
    if (to == stderr || cli_width(out.text) <= 60) { // a fault stays one line
        fprintf(to, "%s%s\n", out.text[0] != 0 ? " " : "", out.text);
    } else {
        fputc('\n', to);
        cli_wrap(to, out.text, 4, 100);
    }
    text_buffer_release(&out);
}

int cli_read_count(struct cli *cli, const char *text, long least, long most, long *count)
{
    size_t digits = strspn(text, "0123456789");
    *count = digits > 0 && digits < 10 && text[digits] == 0 ? strtol(text, NULL, 10) : -1;
    if (*count >= least && *count <= most)
        return CLI_DONE;
    char first[24], last[24];
    text_print(first, sizeof(first), "%ld", least);
    text_print(last, sizeof(last), "%ld", most);
    cli_say_to(cli, stderr, "use.count", "what", text, "least", first, "most", last, NULL);
    return CLI_WRONG_USE;
}

int cli_read_guide(struct cli *cli, const char *id)
{
    enum { ROOM = 256 };
    if (id == NULL)
        return CLI_DONE;
    struct agenda_guide *guides = memory_new(ROOM, sizeof(*guides));
    unsigned count = agenda_guides(cli->agenda, guides, ROOM);
    bool known = false;
    for (unsigned i = 0; i < count; i++)
        known = known || strcmp(guides[i].id, id) == 0;
    free(guides);
    return known ? CLI_DONE : cli_refuse(cli, "error.no-guide", "guide", id, NULL);
}

// ---- speaking

const char *cli_text(const struct cli *cli, const char *key)
{
    return catalog_getf(cli->texts, "cli.%s", key);
}

#define VALUE_MAX 240

// What was typed, fit for one line: control letters become "?", and of a very long one the beginning is said.
static void fit_value(char out[VALUE_MAX + 8], const char *text)
{
    size_t length = strlen(text), used = 0;
    const char *at = text;
    while (*at != 0 && used + 5 < VALUE_MAX) {
        const char *from = at;
        uint32_t letter = utf8_next(&at);
        bool control = letter < 0x20 || (letter >= 0x7f && letter < 0xa0);
        if (control)
            out[used++] = '?';
        else
            memcpy(out + used, from, (size_t)(at - from)), used += (size_t)(at - from);
    }
    out[used] = 0;
    if ((size_t)(at - text) < length)
        text_copy(out + used, 8, "…");
}

static void say(const struct cli *cli, FILE *to, const char *key, va_list arguments)
{
    enum { PAIRS = 12 };
    const char *fills[2 * PAIRS + 1];
    char out[TEXT_MAX * 2], values[PAIRS][VALUE_MAX + 8];
    unsigned count = 0;
    const char *text;
    while (count < 2 * PAIRS && (text = va_arg(arguments, const char *)) != NULL) {
        fills[count] = text;
        if (count % 2 == 1 && to == stderr) {
            fit_value(values[count / 2], text);
            fills[count] = values[count / 2];
        }
        count++;
    }
    fills[count] = NULL;
    catalog_fill(out, sizeof(out), cli_text(cli, key), fills);
    fprintf(to, "%s\n", out);
    memory_wipe(out, sizeof(out));
    memory_wipe(values, sizeof(values));
}

void cli_say(const struct cli *cli, const char *key, ...)
{
    va_list arguments;
    va_start(arguments, key);
    say(cli, stdout, key, arguments);
    va_end(arguments);
}

void cli_say_to(const struct cli *cli, FILE *to, const char *key, ...)
{
    va_list arguments;
    va_start(arguments, key);
    say(cli, to, key, arguments);
    va_end(arguments);
}

int cli_refuse(struct cli *cli, const char *key, ...)
{
    va_list arguments;
    va_start(arguments, key);
    say(cli, stderr, key, arguments);
    va_end(arguments);
    return CLI_REFUSED;
}

const char *cli_plural(const char *key, unsigned count, char out[CLI_KEY_SIZE])
{
    text_print(out, CLI_KEY_SIZE, "%s%s", key, count == 1 ? "-one" : "");
    return out;
}

static const char *error_key(int code)
{
    switch (code) {
    case ERROR_INVALID:
        return "error.invalid";
    case ERROR_NOT_FOUND:
        return "error.not-found";
    case ERROR_FULL:
        return "error.full";
    case ERROR_TAKEN:
        return "error.taken";
    case ERROR_VERSION:
        return "error.version";
    case ERROR_CORRUPT:
        return "error.corrupt";
    case ERROR_REFUSED:
        return "error.refused";
    case ERROR_TIMEOUT:
        return "error.timeout";
    default:
        return "error.io";
    }
}

int cli_fail(struct cli *cli, const struct error *error)
{
    char detail[ERROR_TEXT_SIZE * 2];
    cli_detail(cli, error->text, detail, sizeof(detail));
    cli_say_to(cli, stderr, error_key(error->code), "detail", detail, NULL);
    return CLI_REFUSED;
}

static const char *label_of(const struct cli *cli, const char *key, const char *otherwise)
{
    if (cli->labels == NULL || !catalog_has(cli->labels, key))
        return otherwise;
    return catalog_get(cli->labels, key);
}

const char *cli_label(const struct cli *cli, const char *kind, const char *id)
{
    char key[96];
    text_print(key, sizeof(key), "cli.%s.%s", kind, id);
    if (catalog_has(cli->texts, key))
        return catalog_get(cli->texts, key);
    return label_of(cli, key + strlen("cli."), id);
}

const char *cli_answer(const struct cli *cli, const char *indicator, const char *answer)
{
    char key[96];
    text_print(key, sizeof(key), "cli.answer.%s.%s", indicator, answer);
    if (catalog_has(cli->texts, key))
        return catalog_get(cli->texts, key);
    text_print(key, sizeof(key), "check.%s.%s", indicator, answer);
    const char *label = label_of(cli, key, NULL);
    if (label != NULL)
        return label;
    text_print(key, sizeof(key), "indicator.%s.%s", indicator, answer);
    return label_of(cli, key, answer);
}

const char *cli_partner(const struct cli *cli, const char *id)
{
    for (unsigned i = 0; cli->town != NULL && i < cli->town->partners_count; i++)
        if (strcmp(cli->town->partners[i].id, id) == 0)
            return cli->town->partners[i].name;
    return id;
}

// Columns of the letter at `text` on a terminal, and how many bytes it has.
static int columns(const char *text, size_t *bytes)
{
    const char *at = text;
    uint32_t letter = utf8_next(&at);
    int width = wcwidth((wchar_t)letter);
    *bytes = (size_t)(at - text);
    return width < 0 ? 0 : width;
}

static int columns_of(const char *text, size_t length)
{
    int all = 0;
    for (size_t done = 0, bytes; done < length; done += bytes)
        all += columns(text + done, &bytes);
    return all;
}

void cli_cell(FILE *to, const char *text, int width)
{
    int done = 0;
    size_t bytes;
    bool cut = cli_width(text) > width;
    width -= cut;
    for (; *text != 0; text += bytes) {
        int wide = columns(text, &bytes);
        if (done + wide > width)
            break;
        fwrite(text, 1, bytes, to);
        done += wide;
    }
    if (cut)
        fputs("…", to);
    for (; done < width; done++)
        fputc(' ', to);
}

int cli_width(const char *text)
{
    return columns_of(text, strlen(text));
}

void cli_wrap(FILE *to, const char *text, int indent, int width)
{
    int at = 0;
    while (*text != 0) {
        size_t word = strcspn(text, " ");
        int wide = columns_of(text, word);
        if (at > 0 && at + 1 + wide > width) {
            fputc('\n', to);
            at = 0;
        }
        if (at == 0)
            fprintf(to, "%*s", indent, "");
        at = at == 0 ? indent : at + fprintf(to, " ");
        fwrite(text, 1, word, to);
        at += wide;
        text += word + strspn(text + word, " ");
    }
    fputc('\n', to);
}

// ---- days, hours, codes

void cli_clock(int minute, char out[8])
{
    text_print(out, 8, "%02d:%02d", minute / 60 % 24, minute % 60);
}

const char *cli_weekday(const struct cli *cli, int32_t day)
{
    char key[24];
    text_print(key, sizeof(key), "weekday.%d", day_weekday(day));
    return cli_text(cli, key);
}

void cli_day_words(const struct cli *cli, int32_t day, char *out, size_t size)
{
    struct civil_date date = day_civil(day);
    char month[24];
    text_print(month, sizeof(month), "month.%d", date.month);
    char *first = memory_copy_text(cli_weekday(cli, day));
    text_print(out, size, "%s %d %s %d", first, date.day, cli_text(cli, month), date.year);
    free(first);
}

int cli_read_day(struct cli *cli, const char *text, int32_t *day)
{
    int32_t today = clock_moment().day;
    if (text == NULL || strcmp(text, cli_text(cli, "word.today")) == 0 || strcmp(text, "today") == 0)
        *day = today;
    else if (strcmp(text, cli_text(cli, "word.tomorrow")) == 0 || strcmp(text, "tomorrow") == 0)
        *day = today + 1;
    else if (day_parse(text, day) < 0) {
        cli_say_to(cli, stderr, "use.day", "what", text, NULL);
        return CLI_WRONG_USE;
    }
    return CLI_DONE;
}

int cli_read_code(struct cli *cli, const char *text, char code[CODE_SIZE])
{
    if (code_read(text, code) == 0)
        return CLI_DONE;
    cli_say_to(cli, stderr, "use.code", "what", text, NULL);
    return CLI_WRONG_USE;
}

static bool speaks(const char *languages, const char *language)
{
    size_t length = strlen(language);
    for (const char *at = strstr(languages, language); at != NULL; at = strstr(at + 1, language))
        if ((at == languages || at[-1] == ' ') && (at[length] == ' ' || at[length] == 0))
            return length > 0;
    return false;
}

// Without a guide: of those who are free then, one who speaks the visitor's language first.
static int free_at(struct cli *cli, struct moment start, const char *language, struct slot *slot)
{
    enum { ROOM = 256 };
    struct slot found[64];
    struct agenda_guide *guides = memory_new(ROOM, sizeof(*guides));
    unsigned count = agenda_free(cli->agenda, start, 0, found, 64);
    unsigned known = agenda_guides(cli->agenda, guides, ROOM);
    bool any = false, good = false;
    for (unsigned i = 0; i < count && !good; i++) {
        if (moment_compare(found[i].start, start) != 0)
            continue;
        for (unsigned g = 0; g < known; g++)
            good =
                good || (strcmp(guides[g].id, found[i].guide) == 0 && speaks(guides[g].languages, language));
        if (good || !any)
            *slot = found[i];
        any = true;
    }
    free(guides);
    if (any)
        return CLI_DONE;
    char text[MOMENT_TEXT_SIZE];
    moment_format(start, text);
    return cli_refuse(cli, "error.nobody-free", "start", text, NULL);
}

int cli_read_slot(struct cli *cli, const char *text, const char *language, struct slot *slot)
{
    const char *at = strchr(text, '@');
    *slot = (struct slot){0};
    if (at != NULL) {
        if ((size_t)(at - text) >= sizeof(slot->guide))
            return cli_refuse(cli, "error.no-guide", "guide", text, NULL);
        memcpy(slot->guide, text, (size_t)(at - text));
    }
    if (moment_parse(at == NULL ? text : at + 1, &slot->start) < 0) {
        cli_say_to(cli, stderr, "use.moment", "what", at == NULL ? text : at + 1, NULL);
        return CLI_WRONG_USE;
    }
    return at == NULL ? free_at(cli, slot->start, language, slot) : cli_read_guide(cli, slot->guide);
}

// ---- the town and the agenda

const struct town *cli_town(struct cli *cli)
{
    if (cli->town != NULL)
        return cli->town;
    struct error error = ERROR_NONE;
    char *path = file_join(cli->config_folder, "town.yaml");
    if (town_load(&cli->town, path, &error) < 0)
        cli_fail(cli, &error);
    else if (cli->labels != NULL)
        town_apply_texts(cli->town, cli->labels);
    free(path);
    return cli->town;
}

// For the events: --by, else $WEGWIJS_GUIDE, else the name that this person logged in with.
static int set_who(struct cli *cli)
{
    char who[64];
    const char *name = cli->by != NULL ? cli->by : getenv("WEGWIJS_GUIDE");
    if (name == NULL || *name == 0)
        name = getenv("USER");
    const struct passwd *user = name == NULL || *name == 0 ? getpwuid(getuid()) : NULL;
    if (user != NULL)
        name = user->pw_name;
    if (name == NULL || *name == 0)
        name = "?";
    bool good = utf8_valid(name, strlen(name)) && utf8_length(name) <= WHO_MAX;
    for (const char *at = name; *at != 0; at++)
        good = good && (unsigned char)*at >= 0x20 && *at != 0x7F;
    if (!good || text_print(who, sizeof(who), "guide %s", name) < 0) {
        cli_say_to(cli, stderr, "use.by", "what", name, NULL);
        return CLI_WRONG_USE;
    }
    agenda_set_who(cli->agenda, who);
    return CLI_DONE;
}

int cli_open(struct cli *cli, enum agenda_role role)
{
    struct error error = ERROR_NONE;
    if (!file_exists(cli->agenda_path))
        return cli_refuse(cli, "error.no-agenda", "file", cli->agenda_path, NULL);
    if (agenda_open(&cli->agenda, cli->agenda_path, role, &error) < 0)
        return cli_fail(cli, &error);
    return role == AGENDA_GUIDE ? set_who(cli) : CLI_DONE;
}
