#include "kiosk/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "base/memory.h"
#include "sync/message.h"

#include "base/banned.h"

#define NAME_MAX_BYTES (MESSAGE_KIOSK_SIZE - 1)
#define COMMAND_MAX 2000 // bytes of the agenda's command and of paths
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
    CYAML_FIELD_END};
static const cyaml_schema_field_t printer_fields[] = {
    PATH("kind", settings_printer, kind),
    PATH("target", settings_printer, target),
    NUMBER("paper", settings_printer, paper),
    NUMBER("width", settings_printer, width),
    NUMBER("dpi", settings_printer, dpi),
    NUMBER("band-rows", settings_printer, band_rows),
    NUMBER("limit-seconds", settings_printer, limit_seconds),
    CHOICE("cutter", settings_printer, cutter, yes_no),
    CHOICE("status", settings_printer, status, yes_no),
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
    CHOICE("production", settings, production, yes_no),
    CHOICE("keyboard", settings, abc, orders),
    CHOICE("motion", settings, still, no_yes),
    CHOICE("voice", settings, silent, no_yes),
    PART("screen", screen, screen_fields),
    PART("printer", printer, printer_fields),
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

static void fill_in(struct settings *settings)
{
    struct settings_printer *printer = &settings->printer;
    printer->paper = printer->paper == 0 ? 80 : printer->paper;
    printer->width = printer->width != 0 ? printer->width : printer->paper == 58 ? 384 : 576;
    printer->dpi = printer->dpi == 0 ? 203 : printer->dpi;
    printer->band_rows = printer->band_rows == 0 ? 255 : printer->band_rows;
    printer->limit_seconds = printer->limit_seconds == 0 ? 10 : printer->limit_seconds;
    settings->leases.count = settings->leases.count == 0 ? 12 : settings->leases.count;
    settings->leases.days = settings->leases.days == 0 ? 14 : settings->leases.days;
    settings->idle.seconds = settings->idle.seconds == 0 ? 60 : settings->idle.seconds;
    settings->idle.countdown = settings->idle.countdown == 0 ? 20 : settings->idle.countdown;
}

static int check(const struct settings *settings, const char *name, struct error *error)
{
    static const char *const kinds[] = {"picture", "escpos", "cups", NULL};
    const struct settings_printer *printer = &settings->printer;
    const char *kind = printer->kind;
    if (settings->name[strspn(settings->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
        return error_set(error, ERROR_INVALID, "%s: \"name\" must be of a-z, 0-9 and -, found \"%s\"", name,
                         settings->name);
    if (kind != NULL && !one_of(kind, kinds))
        return error_set(error, ERROR_INVALID,
                         "%s: \"printer: kind\" must be picture, escpos or cups, found \"%s\"", name, kind);
    if (kind != NULL && strcmp(kind, "picture") != 0 &&
        (printer->target == NULL || printer->target[0] == '\0'))
        return error_set(error, ERROR_INVALID, "%s: \"printer: target\" is missing for \"%s\"", name, kind);
    if (printer->paper != 80 && printer->paper != 58)
        return error_set(error, ERROR_INVALID, "%s: \"printer: paper\" must be 80 or 58, found %u", name,
                         printer->paper);
    if (printer->width < 200 || printer->width > 2480)
        return error_set(error, ERROR_INVALID, "%s: \"printer: width\" must be 200 to 2480 dots, found %u",
                         name, printer->width);
    if (settings->screen.rotate % 90 != 0 || settings->screen.rotate > 270)
        return error_set(error, ERROR_INVALID, "%s: \"screen: rotate\" must be 0, 90, 180 or 270, found %u",
                         name, settings->screen.rotate);
    if (settings->leases.count > MESSAGE_LEASES_MAX || settings->leases.days > 365)
        return error_set(error, ERROR_INVALID, "%s: \"leases\" must be at most %d over at most 365 days",
                         name, MESSAGE_LEASES_MAX);
    if (settings->idle.seconds > 3600 || settings->idle.countdown > 600)
        return error_set(error, ERROR_INVALID, "%s: \"idle\" must be at most 3600 and 600 seconds", name);
    return 0;
}

static int finish(struct settings **settings, void *data, const char *name, struct error *error)
{
    struct settings *loaded = data;
    fill_in(loaded);
    int result = check(loaded, name, error);
    if (result != 0)
        settings_free(loaded);
    else
        *settings = loaded;
    return result;
}

int settings_load(struct settings **settings, const char *folder, struct error *error)
{
    *settings = NULL;
    void *data = NULL;
    char *path = file_join(folder, "kiosk.yaml");
    int result = config_load(path, &schema, &data, error);
    if (result == 0)
        result = finish(settings, data, path, error);
    free(path);
    return result;
}

int settings_parse(struct settings **settings, const char *name, const char *bytes, size_t size,
                   struct error *error)
{
    *settings = NULL;
    void *data = NULL;
    int result = config_parse(name, bytes, size, &schema, &data, error);
    return result != 0 ? result : finish(settings, data, name, error);
}

void settings_free(struct settings *settings)
{
    config_free(&schema, settings);
}
