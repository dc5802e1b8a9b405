#include "kiosk/settings.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/day.h"
#include "base/file.h"
#include "base/memory.h"
#include "slip/slip.h"
#include "sync/message.h"

#include "base/banned.h"

#define NAME_MAX_BYTES (MESSAGE_KIOSK_SIZE - 1)
#define PIN_HASH_BEGIN "$argon2id$v=19$m="
#define COMMAND_MAX 2000 // bytes of the agenda's command and of paths
#define MODELS_MAX 64    // printers in the table
#define MAYBE (CYAML_FLAG_POINTER_NULL | CYAML_FLAG_OPTIONAL)
#define OPTIONAL CYAML_FLAG_OPTIONAL

static const cyaml_strval_t yes_no[] = {{"nee", 0}, {"no", 0},  {"false", 0}, {"off", 0},
                                        {"ja", 1},  {"yes", 1}, {"true", 1},  {"on", 1}};
static const cyaml_strval_t no_yes[] = {{"nee", 1}, {"no", 1},  {"false", 1}, {"off", 1},
                                        {"ja", 0},  {"yes", 0}, {"true", 0},  {"on", 0}};
static const cyaml_strval_t orders[] = {{"azerty", 0}, {"abc", 1}};

#define NUMBER(key, type, member) CYAML_FIELD_UINT(key, OPTIONAL, struct type, member)
#define PATH(key, type, member) CYAML_FIELD_STRING_PTR(key, MAYBE, struct type, member, 0, COMMAND_MAX)
#define CHOICE(key, type, member, words)                                                                     \
    CYAML_FIELD_ENUM(key, OPTIONAL | CYAML_FLAG_STRICT, struct type, member, words, CYAML_ARRAY_LEN(words))
#define PART(key, member, fields) CYAML_FIELD_MAPPING(key, OPTIONAL, struct settings, member, fields)

static const cyaml_schema_field_t screen_fields[] = {
    NUMBER("width-mm", settings_screen, width_mm),
    NUMBER("height-mm", settings_screen, height_mm),
    NUMBER("lower-edge-mm", settings_screen, lower_edge_mm),
    NUMBER("rotate", settings_screen, rotate),
    CHOICE("fullscreen", settings_screen, fullscreen, yes_no),
    CHOICE("pointer", settings_screen, pointer, yes_no),
    PATH("dark-from", settings_screen, dark_from),
    PATH("dark-to", settings_screen, dark_to),
    CYAML_FIELD_END};
// What a model has, or not; unsaid is a third thing, so that the printer's own word counts before its
// model's.
static const cyaml_strval_t has_not[] = {{"nee", 1}, {"no", 1},  {"false", 1}, {"off", 1},
                                         {"ja", 2},  {"yes", 2}, {"true", 2},  {"on", 2}};
static const cyaml_schema_field_t model_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct settings_model, name, 1, NAME_MAX_BYTES),
    NUMBER("paper", settings_model, paper),
    NUMBER("width", settings_model, width),
    NUMBER("dpi", settings_model, dpi),
    NUMBER("band-rows", settings_model, band_rows),
    NUMBER("settle-ms", settings_model, settle_ms),
    CHOICE("cutter", settings_model, cutter, has_not),
    CHOICE("status", settings_model, status, has_not),
    CHOICE("fence", settings_model, fence, has_not),
    CYAML_FIELD_END};
static const cyaml_schema_value_t model_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct settings_model, model_fields)};
static const cyaml_schema_field_t printer_fields[] = {
    PATH("kind", settings_printer, kind),
    PATH("target", settings_printer, target),
    NUMBER("paper", settings_printer, paper),
    NUMBER("width", settings_printer, width),
    NUMBER("dpi", settings_printer, dpi),
    NUMBER("band-rows", settings_printer, band_rows),
    NUMBER("limit-seconds", settings_printer, limit_seconds),
    PATH("model", settings_printer, model),
    NUMBER("settle-ms", settings_printer, settle_ms),
    CHOICE("large", settings_printer, large, yes_no),
    CHOICE("cutter", settings_printer, said_cutter, has_not),
    CHOICE("status", settings_printer, said_status, has_not),
    CHOICE("fence", settings_printer, said_fence, has_not),
    CYAML_FIELD_END};
static const cyaml_schema_field_t link_fields[] = {NUMBER("connect-ms", settings_link, connect),
                                                   NUMBER("answer-ms", settings_link, answer),
                                                   NUMBER("idle-ms", settings_link, idle),
                                                   NUMBER("interval-ms", settings_link, interval),
                                                   NUMBER("pause-first-ms", settings_link, pause_first),
                                                   NUMBER("pause-most-ms", settings_link, pause_most),
                                                   CYAML_FIELD_END};
static const cyaml_schema_field_t leases_fields[] = {NUMBER("count", settings_leases, count),
                                                     NUMBER("days", settings_leases, days), CYAML_FIELD_END};
static const cyaml_schema_field_t limits_fields[] = {NUMBER("hour", settings_limits, hour),
                                                     NUMBER("day", settings_limits, day), CYAML_FIELD_END};
static const cyaml_schema_field_t idle_fields[] = {NUMBER("seconds", settings_idle, seconds),
                                                   NUMBER("countdown", settings_idle, countdown),
                                                   CYAML_FIELD_END};
static const cyaml_schema_field_t fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct settings, name, 1, NAME_MAX_BYTES),
    PATH("agenda", settings, agenda),
    PATH("data", settings, data),
    PATH("staff-pin", settings, staff_pin),
    CHOICE("production", settings, production, yes_no),
    CHOICE("keyboard", settings, abc, orders),
    CHOICE("motion", settings, still, no_yes),
    CHOICE("voice", settings, silent, no_yes),
    PART("screen", screen, screen_fields),
    PART("printer", printer, printer_fields),
    CYAML_FIELD_SEQUENCE_COUNT("printer-models", MAYBE, struct settings, models, models_count, &model_entry,
                               0, MODELS_MAX),
    PART("link", link, link_fields),
    PART("leases", leases, leases_fields),
    PART("limits", limits, limits_fields),
    PART("idle", idle, idle_fields),
    CYAML_FIELD_END};
static const cyaml_schema_value_t schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct settings, fields)};

// ---- what the schema cannot say

static bool one_of(const char *text, const char *const *words)
{
    while (*words != NULL && strcmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

static void fill(unsigned *value, unsigned otherwise)
{
    *value = *value == 0 ? otherwise : *value;
}

static const struct settings_model *find_model(const struct settings *settings)
{
    const char *wanted = settings->printer.model;
    for (unsigned i = 0; wanted != NULL && i < settings->models_count; i++)
        if (strcmp(settings->models[i].name, wanted) == 0)
            return &settings->models[i];
    return NULL;
}

static bool says(unsigned char own, unsigned char model, unsigned char otherwise)
{
    return (own != 0 ? own : model != 0 ? model : otherwise) == 2;
}

// The printer's own words first, then its model's, then the usual.
static void fill_printer(struct settings_printer *printer, const struct settings_model *model)
{
    static const struct settings_model unknown = {0};
    model = model != NULL ? model : &unknown;
    fill(&printer->paper, model->paper);
    if (model->paper == 0 || printer->paper == model->paper)
        fill(&printer->width, model->width);
    fill(&printer->dpi, model->dpi);
    fill(&printer->band_rows, model->band_rows);
    fill(&printer->settle_ms, model->settle_ms);
    printer->cutter = says(printer->said_cutter, model->cutter, 2);
    printer->status = says(printer->said_status, model->status, 2);
    printer->no_fence = !says(printer->said_fence, model->fence, 2);
}

static void fill_in(struct settings *settings)
{
    struct settings_printer *printer = &settings->printer;
    struct settings_link *link = &settings->link;
    fill_printer(printer, find_model(settings));
    fill(&printer->paper, 80);
    fill(&printer->width, printer->paper == 58 ? 384 : 576);
    fill(&printer->dpi, 203);
    fill(&printer->band_rows, 255);
    fill(&printer->limit_seconds, 10);
    fill(&printer->settle_ms, 3000);
    fill(&link->connect, 10000);
    fill(&link->answer, 5000);
    fill(&link->interval, 60000);
    fill(&link->pause_first, 1000);
    fill(&link->pause_most, 60000);
    fill(&settings->leases.count, 12);
    fill(&settings->leases.days, 14);
    fill(&settings->idle.seconds, 60);
    fill(&settings->idle.countdown, 20);
}

// "7:00" or "19:30" in minutes since midnight; -1 when it is no hour.
static int read_hour(const char *text)
{
    char padded[MOMENT_TEXT_SIZE];
    struct moment moment;
    bool fits = text_print(padded, sizeof padded, "2000-01-01T%s%s", strlen(text) == 4 ? "0" : "", text) == 0;
    return fits && moment_parse(padded, &moment) == 0 ? moment.minute : -1;
}

struct source { // what was read, for the place of a fault
    const char *name, *bytes;
    size_t size;
};

static int fault(const struct source *source, const char *key, struct error *error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static int fault(const struct source *source, const char *key, struct error *error, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return config_fault(source->name, source->bytes, source->size, key, text, error);
}

static bool set(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static int check_dark(struct settings_screen *screen, const struct source *source, struct error *error)
{
    if (!set(screen->dark_from) && !set(screen->dark_to))
        return 0;
    if (!set(screen->dark_from) || !set(screen->dark_to))
        return fault(source, set(screen->dark_from) ? "screen: dark-from" : "screen: dark-to", error,
                     "\"screen: dark-from\" and \"dark-to\" belong together, \"%s\" is missing",
                     set(screen->dark_from) ? "dark-to" : "dark-from");
    screen->dark_from_minute = read_hour(screen->dark_from);
    screen->dark_to_minute = read_hour(screen->dark_to);
    if (screen->dark_from_minute < 0)
        return fault(source, "screen: dark-from", error,
                     "\"screen: dark-from\" must be an hour like 20:00, found \"%s\"", screen->dark_from);
    if (screen->dark_to_minute < 0)
        return fault(source, "screen: dark-to", error,
                     "\"screen: dark-to\" must be an hour like 7:00, found \"%s\"", screen->dark_to);
    if (screen->dark_from_minute == screen->dark_to_minute)
        return fault(source, "screen: dark-to", error,
                     "\"screen: dark-from\" and \"dark-to\" are the same hour");
    return 0;
}

#define RANGE(key, member, least, most)                                                                      \
    {                                                                                                        \
        key, offsetof(struct settings, member), least, most                                                  \
    }
// The agenda ends a connection that is silent for 15 minutes, so the kiosk speaks more often than that.
static const struct range {
    const char *key;
    size_t at;
    unsigned least, most;
} ranges[] = {
    RANGE("printer: width", printer.width, SLIP_DOTS_MIN, SLIP_DOTS_MAX),
    RANGE("printer: dpi", printer.dpi, 100, 600),
    RANGE("printer: band-rows", printer.band_rows, 1, 255),
    RANGE("printer: settle-ms", printer.settle_ms, 1, 8000),
    RANGE("printer: limit-seconds", printer.limit_seconds, 2, 60),
    RANGE("link: connect-ms", link.connect, 100, 120000),
    RANGE("link: answer-ms", link.answer, 100, 60000),
    RANGE("link: idle-ms", link.idle, 0, 600000),
    RANGE("link: interval-ms", link.interval, 1000, 600000),
    RANGE("link: pause-first-ms", link.pause_first, 100, 60000),
    RANGE("link: pause-most-ms", link.pause_most, 1000, 600000),
    RANGE("leases: count", leases.count, 1, MESSAGE_LEASES_MAX),
    RANGE("leases: days", leases.days, 1, 365),
    RANGE("idle: seconds", idle.seconds, 1, 3600),
    RANGE("idle: countdown", idle.countdown, 1, 600),
};

static int check_ranges(const struct settings *settings, const struct source *source, struct error *error)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        unsigned value;
        memcpy(&value, (const char *)settings + ranges[i].at, sizeof value);
        if (value < ranges[i].least || value > ranges[i].most)
            return fault(source, ranges[i].key, error, "\"%s\" must be %u to %u, found %u", ranges[i].key,
                         ranges[i].least, ranges[i].most, value);
    }
    return 0;
}

static int check(const struct settings *settings, const struct source *source, struct error *error)
{
    static const char *const kinds[] = {"picture", "escpos", "cups", NULL};
    const struct settings_printer *printer = &settings->printer;
    const char *kind = printer->kind;
    if (settings->name[strspn(settings->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
        return fault(source, "name", error, "\"name\" must be of a-z, 0-9 and -, found \"%s\"",
                     settings->name);
    if (kind != NULL && !one_of(kind, kinds))
        return fault(source, "printer: kind", error,
                     "\"printer: kind\" must be picture, escpos or cups, found \"%s\"", kind);
    if (kind != NULL && strcmp(kind, "picture") != 0 &&
        (printer->target == NULL || printer->target[0] == '\0'))
        return fault(source, "printer: kind", error, "\"printer: target\" is missing for \"%s\"", kind);
    if (settings->staff_pin != NULL && settings->staff_pin[0] != '\0' &&
        strncmp(settings->staff_pin, PIN_HASH_BEGIN, strlen(PIN_HASH_BEGIN)) != 0)
        return fault(source, "staff-pin", error,
                     "\"staff-pin\" must be the line that \"wegwijs-kiosk --pin\" prints");
    if (printer->model != NULL && printer->model[0] != '\0' && find_model(settings) == NULL)
        return fault(source, "printer: model", error,
                     "\"printer: model\" must be a name of \"printer-models\", found \"%s\"", printer->model);
    if (printer->paper != 80 && printer->paper != 58)
        return fault(source, "printer: paper", error, "\"printer: paper\" must be 80 or 58, found %u",
                     printer->paper);
    if (settings->screen.rotate % 90 != 0 || settings->screen.rotate > 270)
        return fault(source, "screen: rotate", error,
                     "\"screen: rotate\" must be 0, 90, 180 or 270, found %u", settings->screen.rotate);
    if (settings->link.pause_first > settings->link.pause_most)
        return fault(source, "link: pause-first-ms", error,
                     "\"link: pause-first-ms\" must not be more than \"pause-most-ms\", found %u and %u",
                     settings->link.pause_first, settings->link.pause_most);
    return check_ranges(settings, source, error);
}

int settings_load(struct settings **settings, const char *folder, struct error *error)
{
    *settings = NULL;
    char *bytes = NULL;
    size_t size = 0;
    char *path = file_join(folder, "kiosk.yaml");
    int result = file_read(path, CONFIG_FILE_LIMIT, &bytes, &size, error);
    if (result == 0)
        result = settings_parse(settings, path, bytes, size, error);
    free(bytes);
    free(path);
    return result;
}

int settings_parse(struct settings **settings, const char *name, const char *bytes, size_t size,
                   struct error *error)
{
    *settings = NULL;
    const struct source source = {name, bytes, size};
    void *data = NULL;
    int result = config_parse(name, bytes, size, &schema, &data, error);
    if (result != 0)
        return result;
    struct settings *loaded = data;
    fill_in(loaded);
    result = check(loaded, &source, error);
    if (result == 0)
        result = check_dark(&loaded->screen, &source, error);
    if (result != 0)
        settings_free(loaded);
    else
        *settings = loaded;
    return result;
}

void settings_free(struct settings *settings)
{
    config_free(&schema, settings);
}
