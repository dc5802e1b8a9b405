// The house's error texts in the guide's language. Their subjects stand in double quotes (base/error.h), so a
// text becomes a pattern, which is the key of its translation: `the slot "els 9" is taken` is looked up as
// `the slot {1} is taken`. A text that is not known whole is split behind "file: " or "cause: ".
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"

#include "base/banned.h"

#define SUBJECTS_MAX 6
#define SUBJECT_SIZE 320

struct pattern {
    char key[ERROR_TEXT_SIZE + 64];
    char subjects[SUBJECTS_MAX][SUBJECT_SIZE];
    unsigned count;
};

// `"a"` or `"a", "b", "c"`: its length, 0 when it is no such thing.
static size_t quoted(const char *text)
{
    size_t all = 0;
    while (text[all] == '"') {
        const char *end = strchr(text + all + 1, '"');
        if (end == NULL)
            return all;
        all = (size_t)(end - text) + 1;
        if (strncmp(text + all, ", \"", 3) != 0)
            return all;
        all += 2;
    }
    return all;
}

static bool joins(char letter)
{
    return isalnum((unsigned char)letter) || letter == '-' || letter == '_';
}

static size_t number(const char *text, char before)
{
    size_t length = strspn(text, "0123456789");
    return joins(before) || joins(text[length]) ? 0 : length;
}

// Replaces what is a name or a number in [text, end); false when it holds more of them than a text has.
static bool read_pattern(struct pattern *pattern, const char *text, const char *end)
{
    size_t used = strlen("cli.detail.");
    char before = ' ';
    memcpy(pattern->key, "cli.detail.", used + 1);
    pattern->count = 0;
    for (const char *at = text; at < end;) {
        size_t length = quoted(at);
        if (length == 0)
            length = number(at, before);
        if (length > (size_t)(end - at))
            length = 0;
        if (used + 8 > sizeof(pattern->key) || (length > 0 && pattern->count == SUBJECTS_MAX) ||
            length >= SUBJECT_SIZE)
            return false;
        if (length == 0) {
            before = pattern->key[used++] = *at++;
            pattern->key[used] = 0;
            continue;
        }
        memcpy(pattern->subjects[pattern->count], at, length);
        pattern->subjects[pattern->count++][length] = 0;
        (void)text_print(pattern->key + used, sizeof(pattern->key) - used, "{%u}", pattern->count);
        used += 3;
        before = at[length - 1];
        at += length;
    }
    return true;
}

// `"done"` where a text says how a booking is.
static void name_state(const struct cli *cli, struct pattern *pattern)
{
    char id[24], key[64];
    const char *subject = pattern->subjects[1];
    if (strncmp(pattern->key, "cli.detail.the booking {1} is", 29) != 0 || pattern->count < 2)
        return;
    text_print(id, sizeof(id), "%.*s", (int)strcspn(subject + 1, "\""), subject + 1);
    text_print(key, sizeof(key), "cli.state.%s", id);
    if (catalog_has(cli->texts, key))
        text_print(pattern->subjects[1], SUBJECT_SIZE, "\"%s\"", catalog_get(cli->texts, key));
}

static bool known(const struct cli *cli, const char *text, const char *end, char *out, size_t size)
{
    static const char *const places[SUBJECTS_MAX] = {"1", "2", "3", "4", "5", "6"};
    const char *fills[2 * SUBJECTS_MAX + 1];
    struct pattern pattern;
    if (!read_pattern(&pattern, text, end) || !catalog_has(cli->texts, pattern.key))
        return false;
    name_state(cli, &pattern);
    for (unsigned i = 0; i < pattern.count; i++) {
        fills[2 * i] = places[i];
        fills[2 * i + 1] = pattern.subjects[i];
    }
    fills[2 * pattern.count] = NULL;
    catalog_fill(out, size, catalog_get(cli->texts, pattern.key), fills);
    return true;
}

// The next ": " outside of quotes.
static const char *next_split(const char *text)
{
    while (*text != 0 && strncmp(text, ": ", 2) != 0) {
        const char *end = *text == '"' ? strchr(text + 1, '"') : NULL;
        text = end != NULL ? end + 1 : text + 1;
    }
    return *text != 0 ? text : NULL;
}

void cli_detail(const struct cli *cli, const char *text, char *out, size_t size)
{
    size_t used = 0;
    out[0] = 0;
    while (*text != 0 && used + 1 < size) {
        const char *end = text + strlen(text), *split = next_split(text);
        if (split == NULL || known(cli, text, end, out + used, size - used)) {
            if (split == NULL && !known(cli, text, end, out + used, size - used))
                text_copy(out + used, size - used, text);
            return;
        }
        if (!known(cli, text, split, out + used, size - used))
            text_print(out + used, size - used, "%.*s", (int)(split - text), text);
        used += strlen(out + used);
        text_print(out + used, size - used, ": ");
        used += strlen(out + used);
        text = split + 2;
    }
}
