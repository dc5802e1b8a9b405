#include "base/config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define NAME_SIZE 64   // a key in a message
#define VALUE_SIZE 128 // a value in a message
#define LIST_SIZE 256  // "expected one of …"
#define DEPTH_MAX 16   // levels of the backtrace that are kept
#define NESTING_MAX 32 // levels of a file

struct place {
    unsigned line, column; // from 1; 0 when unknown
};

// One level of libcyaml's backtrace, innermost first.
struct level {
    enum { LEVEL_FIELD, LEVEL_ENTRY, LEVEL_MAPPING } kind;
    char key[NAME_SIZE]; // of a field
    struct place place;
};

// What libcyaml says while it loads: one message, then the backtrace, a line each.
struct report {
    char message[256];
    struct level levels[DEPTH_MAX];
    unsigned levels_count;
};

static int fail_at(const char *name, struct place place, struct error *error, const char *sentence)
{
    if (place.line == 0)
        return error_set(error, ERROR_INVALID, "%s: %s", name, sentence);
    return error_set(error, ERROR_INVALID, "%s:%u:%u: %s", name, place.line, place.column, sentence);
}

// ---- before libcyaml: one document, no anchors, no text with a zero inside; libyaml knows every position

static struct place place_of(yaml_mark_t mark)
{
    return (struct place){(unsigned)mark.line + 1, (unsigned)mark.column + 1};
}

// A byte that is no UTF-8 has an offset, not a mark.
static struct place place_of_offset(const char *bytes, size_t offset)
{
    struct place place = {1, 1};
    for (size_t i = 0; i < offset; i++) {
        place.column++;
        if (bytes[i] == '\n')
            place = (struct place){place.line + 1, 1};
    }
    return place;
}

static int fail_syntax(const char *name, const char *bytes, size_t size, const yaml_parser_t *parser,
                       struct error *error)
{
    char sentence[VALUE_SIZE];
    struct place place = place_of(parser->problem_mark);
    if (parser->error == YAML_READER_ERROR)
        place = place_of_offset(bytes, parser->problem_offset < size ? parser->problem_offset : size);
    text_print(sentence, sizeof(sentence), "no YAML: %s", parser->problem != NULL ? parser->problem : "?");
    // libyaml stumbles where it cannot go on; the mistake is often where it began, such as a quote left open
    if (parser->context != NULL && strstr(parser->context, "plain") == NULL &&
        parser->context_mark.line < parser->problem_mark.line) {
        size_t used = strlen(sentence);
        text_print(sentence + used, sizeof(sentence) - used, ", %s that begins in line %u", parser->context,
                   place_of(parser->context_mark).line);
    }
    return fail_at(name, place, error, sentence);
}

// Why an event cannot stand in a configuration, or NULL. Aliases would let a short file become a huge one.
static const char *event_refusal(const yaml_event_t *event, unsigned documents, unsigned depth)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return "an alias (*name) is not used here";
    case YAML_DOCUMENT_START_EVENT:
        return documents > 0 ? "a second document (---) is not used here" : NULL;
    case YAML_SCALAR_EVENT:
        return memchr(event->data.scalar.value, 0, event->data.scalar.length) != NULL
                   ? "a text holds a zero byte"
                   : NULL;
    default:
        return depth > NESTING_MAX ? "nested too deep" : NULL;
    }
}

static void start_parser(yaml_parser_t *parser, const char *bytes, size_t size)
{
    if (yaml_parser_initialize(parser) == 0)
        abort(); // out of memory
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, (const unsigned char *)bytes, size);
}

static int check_document(const char *name, const char *bytes, size_t size, struct error *error)
{
    yaml_parser_t parser;
    yaml_event_t event;
    unsigned documents = 0, depth = 0;
    int result = 0;
    bool ended = false;
    start_parser(&parser, bytes, size);
    while (!ended && result == 0) {
        if (yaml_parser_parse(&parser, &event) == 0) {
            result = fail_syntax(name, bytes, size, &parser, error);
            break;
        }
        const char *why = event_refusal(&event, documents, depth);
        if (why != NULL)
            result = fail_at(name, place_of(event.start_mark), error, why);
        documents += event.type == YAML_DOCUMENT_START_EVENT;
        depth += event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT;
        depth -= event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT;
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (result == 0 && documents == 0)
        result = error_set(error, ERROR_INVALID, "%s: is empty", name);
    return result;
}

// The first scalar `key` behind `from`. libcyaml reports a wrong key at the place of the value before it.
static struct place find_key(const char *bytes, size_t size, struct place from, const char *key)
{
    yaml_parser_t parser;
    yaml_event_t event;
    struct place found = from;
    bool done = false;
    start_parser(&parser, bytes, size);
    while (!done && yaml_parser_parse(&parser, &event) != 0) {
        struct place place = place_of(event.start_mark);
        bool behind = place.line > from.line || (place.line == from.line && place.column >= from.column);
        done = event.type == YAML_STREAM_END_EVENT;
        if (behind && event.type == YAML_SCALAR_EVENT &&
            strcmp((const char *)event.data.scalar.value, key) == 0) {
            found = place;
            done = true;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return found;
}

int config_fault(const char *name, const char *bytes, size_t size, const char *key, const char *sentence,
                 struct error *error)
{
    struct place place = {1, 1}, unknown = {0, 0};
    char part[NAME_SIZE];
    while (*key != '\0') {
        size_t length = strcspn(key, ":");
        text_print(part, sizeof(part), "%.*s", (int)length, key);
        struct place found = find_key(bytes, size, place, part);
        if (found.line == place.line && found.column == place.column && place.line + place.column > 2)
            return fail_at(name, unknown, error, sentence); // left out: its ordinary value is the fault
        place = found;
        key += length + strspn(key + length, ": ");
    }
    return fail_at(name, place, error, sentence);
}

// ---- what libcyaml lets pass: to it every word but a few is true, also "flase"

static bool is_truth_value(const char *word)
{
    static const char *const words[] = {"true", "yes", "false", "no"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasecmp(word, words[i]) == 0)
            return true;
    }
    return false;
}

static const cyaml_schema_field_t *field_of(const cyaml_schema_value_t *schema, const char *key)
{
    const cyaml_schema_field_t *field = schema->type == CYAML_MAPPING ? schema->mapping.fields : NULL;
    while (field != NULL && field->key != NULL && strcmp(field->key, key) != 0)
        field++;
    return field != NULL && field->key != NULL ? field : NULL;
}

// The first truth value below `index` that is none, and in *key what it belongs to; NULL when all are right.
// NOLINTNEXTLINE(misc-no-recursion): at most NESTING_MAX levels
static const yaml_node_t *wrong_truth(yaml_document_t *document, int index,
                                      const cyaml_schema_value_t *schema, const char **key)
{
    const yaml_node_t *node = yaml_document_get_node(document, index), *wrong = NULL;
    if (node->type == YAML_SCALAR_NODE)
        return schema->type == CYAML_BOOL && !is_truth_value((const char *)node->data.scalar.value) ? node
                                                                                                    : NULL;
    if (node->type == YAML_SEQUENCE_NODE && schema->type == CYAML_SEQUENCE) {
        const yaml_node_item_t *item = node->data.sequence.items.start;
        for (; item < node->data.sequence.items.top && wrong == NULL; item++)
            wrong = wrong_truth(document, *item, schema->sequence.entry, key);
    } else if (node->type == YAML_MAPPING_NODE) {
        const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
        for (; pair < node->data.mapping.pairs.top && wrong == NULL; pair++) {
            const yaml_node_t *name = yaml_document_get_node(document, pair->key);
            if (name->type != YAML_SCALAR_NODE) // only below what the schema ignores
                continue;
            const cyaml_schema_field_t *field = field_of(schema, (const char *)name->data.scalar.value);
            wrong = field == NULL ? NULL : wrong_truth(document, pair->value, &field->value, key);
            if (wrong != NULL && field->value.type == CYAML_BOOL)
                *key = field->key;
        }
    }
    return wrong;
}

// For a file that libcyaml has taken.
static int check_truth_values(const char *name, const char *bytes, size_t size,
                              const cyaml_schema_value_t *schema, struct error *error)
{
    yaml_parser_t parser;
    yaml_document_t document;
    const char *key = "";
    int result = 0;
    start_parser(&parser, bytes, size);
    if (yaml_parser_load(&parser, &document) != 0) {
        int root = yaml_document_get_root_node(&document) == NULL ? 0 : 1;
        const yaml_node_t *wrong = root == 0 ? NULL : wrong_truth(&document, root, schema, &key);
        if (wrong != NULL) {
            char sentence[VALUE_SIZE + NAME_SIZE];
            text_print(sentence, sizeof(sentence), "key \"%s\": found \"%s\", expected true or false", key,
                       (const char *)wrong->data.scalar.value);
            result = fail_at(name, place_of(wrong->start_mark), error, sentence);
        }
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return result;
}

// ---- what libcyaml says

static bool skip(const char **at, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(*at, text, length) != 0)
        return false;
    *at += length;
    return true;
}

// "  in mapping field 'n' (line: 4, column: 7)"
static void take_level(struct report *report, const char *line)
{
    struct level level = {.kind = LEVEL_MAPPING};
    const char *at = line;
    if (report->levels_count == DEPTH_MAX || !skip(&at, "  in "))
        return;
    if (skip(&at, "mapping field '")) {
        const char *end = strstr(at, "' (line: ");
        level.kind = LEVEL_FIELD;
        text_print(level.key, sizeof(level.key), "%.*s", end == NULL ? 0 : (int)(end - at), at);
    } else if (skip(&at, "sequence entry ")) {
        level.kind = LEVEL_ENTRY;
    }
    const char *place = strstr(at, "(line: ");
    if (place != NULL) {
        char *end = NULL;
        level.place.line = (unsigned)strtoul(place + strlen("(line: "), &end, 10);
        if (strncmp(end, ", column: ", 10) == 0)
            level.place.column = (unsigned)strtoul(end + 10, NULL, 10);
    }
    report->levels[report->levels_count++] = level;
}

__attribute__((format(printf, 3, 0))) static void take_line(cyaml_log_t log_level, void *context,
                                                            const char *format, va_list arguments)
{
    struct report *report = context;
    char line[512];
    (void)log_level;
    if (vsnprintf(line, sizeof(line), format, arguments) < 0)
        return;
    line[strcspn(line, "\n")] = 0;
    const char *at = line;
    if (!skip(&at, "Load: "))
        take_level(report, line);
    else if (report->message[0] == 0)
        text_copy(report->message, sizeof(report->message), at);
}

// ---- from that to one sentence

// The schema at the place of the fault, by the backtrace from outside to inside; NULL when it does not fit.
static const cyaml_schema_value_t *schema_at(const cyaml_schema_value_t *schema, const struct report *report)
{
    for (unsigned i = report->levels_count; i > 0 && schema != NULL; i--) {
        const struct level *level = &report->levels[i - 1];
        if (level->kind == LEVEL_ENTRY) {
            schema = schema->type == CYAML_SEQUENCE || schema->type == CYAML_SEQUENCE_FIXED
                         ? schema->sequence.entry
                         : NULL;
        } else if (level->kind == LEVEL_FIELD) {
            const cyaml_schema_field_t *field = field_of(schema, level->key);
            schema = field != NULL ? &field->value : NULL;
        }
    }
    return schema;
}

static const char *kind_name(const cyaml_schema_value_t *schema)
{
    switch (schema == NULL ? CYAML_IGNORE : schema->type) {
    case CYAML_INT:
        return "a whole number";
    case CYAML_UINT:
        return "a whole number, not negative";
    case CYAML_BOOL:
        return "true or false";
    case CYAML_ENUM:
    case CYAML_FLAGS:
        return "one of a few words";
    case CYAML_FLOAT:
        return "a number";
    case CYAML_STRING:
        return "a text";
    case CYAML_MAPPING:
        return "keys with values";
    case CYAML_SEQUENCE:
    case CYAML_SEQUENCE_FIXED:
        return "a list";
    default:
        return "something else";
    }
}

static void add_to_list(char *list, size_t size, const char *word)
{
    char longer[LIST_SIZE];
    if (text_print(longer, sizeof(longer), "%s%s\"%s\"", list, *list == 0 ? "" : ", ", word) == 0)
        text_copy(list, size, longer);
}

// The keys of a mapping or the words of an enumeration: `"a", "b"`.
static void list_expected(const cyaml_schema_value_t *schema, char *list, size_t size)
{
    *list = 0;
    if (schema == NULL)
        return;
    if (schema->type == CYAML_MAPPING) {
        for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key != NULL; field++)
            add_to_list(list, size, field->key);
    } else if (schema->type == CYAML_ENUM || schema->type == CYAML_FLAGS) {
        for (uint32_t i = 0; i < schema->enumeration.count; i++)
            add_to_list(list, size, schema->enumeration.strings[i].str);
    }
}

// The key that the fault is about: the innermost field of the backtrace.
static const char *key_of(const struct report *report)
{
    for (unsigned i = 0; i < report->levels_count; i++) {
        if (report->levels[i].kind == LEVEL_FIELD)
            return report->levels[i].key;
    }
    return "";
}

// What was found, from "… value: 'foo'" or "… got event: SCALAR".
static void name_found(const char *message, char *found, size_t size)
{
    const char *event = strstr(message, "got event: ");
    const char *value = strstr(message, "value: ");
    if (event != NULL) {
        event += strlen("got event: ");
        text_copy(found, size,
                  strncmp(event, "SEQ", 3) == 0   ? "a list"
                  : strncmp(event, "MAP", 3) == 0 ? "keys with values"
                                                  : "a single value");
        return;
    }
    value = value == NULL ? "" : value + strlen("value: ");
    size_t length = strlen(value);
    bool quoted = length >= 2 && value[0] == '\'' && value[length - 1] == '\'';
    if (length == 0)
        text_copy(found, size, "nothing");
    else
        text_print(found, size, "\"%.*s\"", (int)(quoted ? length - 2 : length), value + quoted);
}

static void write_value_fault(char *sentence, size_t size, const struct report *report,
                              const cyaml_schema_value_t *schema)
{
    char found[VALUE_SIZE], list[LIST_SIZE];
    name_found(report->message, found, sizeof(found));
    list_expected(schema != NULL && schema->type != CYAML_MAPPING ? schema : NULL, list, sizeof(list));
    const char *key = key_of(report), *kind = *list == 0 ? kind_name(schema) : "one of ";
    if (*key == 0) // the whole file
        text_print(sentence, size, "found %s, expected %s%s", found, kind, list);
    else
        text_print(sentence, size, "key \"%s\": found %s, expected %s%s", key, found, kind, list);
}

static int fail_loading(const char *name, const char *bytes, size_t size, const cyaml_schema_value_t *schema,
                        const struct report *report, cyaml_err_t status, struct error *error)
{
    char sentence[ERROR_TEXT_SIZE - 64], list[LIST_SIZE];
    const char *at = report->message;
    struct place place = report->levels_count > 0 ? report->levels[0].place : (struct place){0, 0};
    const cyaml_schema_value_t *where = schema_at(schema, report);
    if (skip(&at, "Unexpected key: ")) {
        place = find_key(bytes, size, place, at);
        list_expected(where, list, sizeof(list));
        text_print(sentence, sizeof(sentence), "unexpected key \"%s\", expected one of %s", at, list);
    } else if (skip(&at, "Mapping field already seen: ")) {
        place = find_key(bytes, size, place, at);
        text_print(sentence, sizeof(sentence), "key \"%s\" stands here twice", at);
    } else if (skip(&at, "Missing required mapping field: ")) { // the innermost is the field before the gap
        place = report->levels_count > 1 ? report->levels[1].place : (struct place){0, 0};
        text_print(sentence, sizeof(sentence), "missing key \"%s\"", at);
    } else if (skip(&at, "Invalid ") || skip(&at, "Expecting ")) {
        write_value_fault(sentence, sizeof(sentence), report, where);
    } else if (skip(&at, "Excessive entries") || skip(&at, "Insufficient entries")) {
        int length = (int)strcspn(at, ")");
        text_print(sentence, sizeof(sentence), "key \"%s\": too %s entries%.*s)", key_of(report),
                   report->message[0] == 'E' ? "many" : "few", length, at);
    } else if (skip(&at, "STRING length ")) {
        text_print(sentence, sizeof(sentence), "key \"%s\": %s than %.*s bytes", key_of(report),
                   *at == '<' ? "shorter" : "longer", (int)strspn(at + 2, "0123456789"), at + 2);
    } else {
        text_print(sentence, sizeof(sentence), "%s", *at == 0 ? cyaml_strerror(status) : at);
    }
    return fail_at(name, place, error, sentence);
}

static cyaml_config_t settings(struct report *report)
{
    return (cyaml_config_t){
        .log_fn = report == NULL ? NULL : take_line,
        .log_ctx = report,
        .mem_fn = cyaml_mem,
        .log_level = CYAML_LOG_ERROR,
        .flags = CYAML_CFG_DEFAULT,
    };
}

int config_parse(const char *name, const char *bytes, size_t size, const cyaml_schema_value_t *schema,
                 void **data, struct error *error)
{
    struct report report = {0};
    cyaml_config_t config = settings(&report);
    *data = NULL;
    if (size > CONFIG_FILE_LIMIT)
        return error_set(error, ERROR_FULL, "%s: larger than %d bytes", name, CONFIG_FILE_LIMIT);
    int result = check_document(name, bytes, size, error);
    if (result < 0)
        return result;
    cyaml_err_t status = cyaml_load_data((const uint8_t *)bytes, size, &config, schema, data, NULL);
    if (status == CYAML_OK && *data != NULL) {
        result = check_truth_values(name, bytes, size, schema, error);
        if (result < 0) {
            config_free(schema, *data);
            *data = NULL;
        }
        return result;
    }
    *data = NULL;
    return fail_loading(name, bytes, size, schema, &report, status, error);
}

int config_load(const char *path, const cyaml_schema_value_t *schema, void **data, struct error *error)
{
    char *bytes = NULL;
    size_t size = 0;
    *data = NULL;
    int result = file_read(path, CONFIG_FILE_LIMIT, &bytes, &size, error);
    if (result == 0)
        result = config_parse(path, bytes, size, schema, data, error);
    free(bytes);
    return result;
}

void config_free(const cyaml_schema_value_t *schema, void *data)
{
    cyaml_config_t config = settings(NULL);
    if (data != NULL)
        cyaml_free(&config, schema, data, 0);
}
