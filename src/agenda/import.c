// Counts from before.
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/bag.h"
#include "agenda/private.h"
#include "agenda/report.h"
#include "base/memory.h"

#include "base/banned.h"

#define FIELDS 4
#define COUNT_MAX 1000000

struct line {
    char field[FIELDS][48];
    int64_t count;
};

struct parser { // fed line by line
    const char *name;
    unsigned number; // of the line
    char separator;
    struct line *lines;
    unsigned count, room;
    struct bag seen; // one text a line: a text that was there before is a line twice
};

static int fault(const struct parser *parser, struct error *error, const char *what)
{
    return error_set(error, ERROR_INVALID, "%s:%u: %s", parser->name, parser->number, what);
}

static int split(const struct parser *parser, const char *text, size_t length, struct line *line,
                 struct error *error)
{
    unsigned fields = 0;
    size_t from = 0;
    *line = (struct line){0};
    for (size_t at = 0; at <= length; at++) {
        if (at < length && text[at] != parser->separator)
            continue;
        if (fields == FIELDS || at - from >= sizeof(line->field[0]))
            return fault(parser, error, "four fields are wanted: month, what, channel, count");
        memcpy(line->field[fields++], text + from, at - from);
        from = at + 1;
    }
    return fields == FIELDS ? 0 : fault(parser, error, "four fields are wanted: month, what, channel, count");
}

static bool word(const char *text)
{
    size_t length = strlen(text);
    return length < REPORT_WORD_SIZE && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static int check_line(struct parser *parser, struct line *line, struct error *error)
{
    char *end = NULL;
    if (!report_month_valid(line->field[0]))
        return fault(parser, error, "the month is not one like 2016-05");
    if (line->field[1][0] == 0 || !word(line->field[1]))
        return fault(parser, error, "what is counted is not a word of a-z, 0-9 and -");
    if (!word(line->field[2]))
        return fault(parser, error, "the channel is not a word of a-z, 0-9 and -");
    size_t digits = strspn(line->field[3], "0123456789");
    line->count = strtoll(line->field[3], &end, 10);
    if (digits == 0 || line->field[3][digits] != 0 || line->count > COUNT_MAX)
        return fault(parser, error, "the count is not a number of 0 to 1000000");
    char key[3 * sizeof(line->field[0])];
    text_print(key, sizeof(key), "%s %s %s", line->field[0], line->field[1], line->field[2]);
    bag_add(&parser->seen, 0, key, strlen(key));
    if (parser->seen.count == parser->count)
        return fault(parser, error, "this month, what and channel stood on an earlier line");
    return 0;
}

static int feed(struct parser *parser, const char *text, size_t length, struct error *error)
{
    struct line line;
    parser->number++;
    if (length > 0 && text[length - 1] == '\r')
        length--;
    if (parser->number == 1) {
        parser->separator = memchr(text, ';', length) != NULL ? ';' : ',';
        int code = split(parser, text, length, &line, error);
        bool heading = code == 0 && strcmp(line.field[0], "month") == 0 &&
                       strcmp(line.field[1], "what") == 0 && strcmp(line.field[2], "channel") == 0 &&
                       strcmp(line.field[3], "count") == 0;
        return heading ? 0 : fault(parser, error, "the heading is not month,what,channel,count");
    }
    if (length == 0)
        return 0;
    int code = split(parser, text, length, &line, error);
    if (code == 0)
        code = check_line(parser, &line, error);
    if (code < 0)
        return code;
    if (parser->count == parser->room) {
        parser->room = parser->room == 0 ? 64 : parser->room * 2;
        parser->lines = memory_grow(parser->lines, parser->room, sizeof(*parser->lines));
    }
    parser->lines[parser->count++] = line;
    return 0;
}

static int parse(struct parser *parser, const char *bytes, size_t size, struct error *error)
{
    int code = 0;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    while (size > 0 && code == 0) {
        const char *end = memchr(bytes, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - bytes);
        code = feed(parser, bytes, length, error);
        bytes += length + (end != NULL);
        size -= length + (end != NULL);
    }
    if (code == 0 && parser->count == 0) {
        parser->number++;
        code = fault(parser, error, "there is no count in it");
    }
    return code;
}

// Over the lines, not the bytes: the same figures with other line ends are the same figures.
static void digest_of(const struct parser *parser, char out[65])
{
    unsigned char hash[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof(hash));
    for (unsigned i = 0; i < parser->count; i++)
        for (unsigned f = 0; f < FIELDS; f++)
            crypto_generichash_update(&state, (const unsigned char *)parser->lines[i].field[f],
                                      strlen(parser->lines[i].field[f]) + 1);
    crypto_generichash_final(&state, hash, sizeof(hash));
    sodium_bin2hex(out, 65, hash, sizeof(hash));
}

static int refuse_known(struct agenda *agenda, const char *digest, const char *name, struct error *error)
{
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_IMPORT_KNOWN, "t", digest);
    int code = agenda_row(agenda, row, error);
    if (code > 0) {
        code = error_set(error, ERROR_REFUSED, "%s: these counts were imported before, on \"%.10s\"", name,
                         database_text(row, 0));
        sqlite3_reset(row);
    }
    return code;
}

static int store(struct agenda *agenda, const struct parser *parser, struct error *error)
{
    char digest[65], now[INSTANT_TEXT_SIZE], detail[48];
    digest_of(parser, digest);
    agenda_now(now);
    int code = refuse_known(agenda, digest, parser->name, error);
    for (unsigned i = 0; i < parser->count && code == 0; i++) {
        const struct line *line = &parser->lines[i];
        code = agenda_run(agenda, error, SQL_COUNT_ADD, "ttttti", line->field[0], line->field[1], "",
                          line->field[2], "import", line->count);
    }
    if (code == 0)
        code = agenda_run(agenda, error, SQL_IMPORT_ADD, "tit", digest, (int64_t)parser->count, now);
    text_print(detail, sizeof(detail), "%u counts", parser->count);
    if (code == 0)
        code = agenda_event(agenda, "counts imported", digest, detail, error);
    return code;
}

int report_import(struct agenda *agenda, const char *name, const char *bytes, size_t size, unsigned *rows,
                  struct error *error)
{
    struct parser parser = {.name = name};
    *rows = 0;
    int code = parse(&parser, bytes, size, error);
    if (code == 0)
        code = agenda_begin(agenda, error);
    if (code == 0)
        code = agenda_end(agenda, store(agenda, &parser, error), error);
    if (code == 0)
        *rows = parser.count;
    bag_release(&parser.seen);
    free(parser.lines);
    return code;
}
