#include "booking/presence_file.h"

#include <limits.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

#define SLOT_MINUTES_DEFAULT 30
#define TEXT_MAX 200
#define CONTEXT_SIZE 256

// ---- the schema

#define LIST_MAX 2000
#define NEEDED CYAML_FLAG_POINTER
#define MAYBE (CYAML_FLAG_POINTER_NULL | CYAML_FLAG_OPTIONAL)
#define LIST_MAYBE (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define SWITCH (CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT)
#define TEXT(key, flags, type, member)                                                                       \
    CYAML_FIELD_STRING_PTR(key, flags, struct presence_file_##type, member, 0, TEXT_MAX)

static const cyaml_strval_t yes_no[] = {{"nee", 0}, {"no", 0},  {"false", 0}, {"off", 0},
                                        {"ja", 1},  {"yes", 1}, {"true", 1},  {"on", 1}};

static const cyaml_schema_value_t word_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, SLOT_GUIDE_SIZE - 1)};

static const cyaml_schema_field_t guide_fields[] = {
    TEXT("id", NEEDED, guide, id), TEXT("name", NEEDED, guide, name),
    CYAML_FIELD_SEQUENCE("languages", LIST_MAYBE, struct presence_file_guide, languages, &word_entry, 0, 64),
    CYAML_FIELD_END};
static const cyaml_schema_value_t guide_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct presence_file_guide, guide_fields)};

static const cyaml_schema_field_t hours_fields[] = {
    TEXT("guide", NEEDED, hours, guide),
    TEXT("day", NEEDED, hours, day),
    TEXT("from", NEEDED, hours, from),
    TEXT("to", NEEDED, hours, to),
    TEXT("first", MAYBE, hours, first),
    TEXT("last", MAYBE, hours, last),
    CYAML_FIELD_ENUM("walk-in", SWITCH, struct presence_file_hours, walk_in, yes_no, CYAML_ARRAY_LEN(yes_no)),
    CYAML_FIELD_END};
static const cyaml_schema_value_t hours_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct presence_file_hours, hours_fields)};

static const cyaml_schema_field_t closure_fields[] = {TEXT("guide", MAYBE, closure, guide),
                                                      TEXT("first", NEEDED, closure, first),
                                                      TEXT("last", MAYBE, closure, last),
                                                      TEXT("from", MAYBE, closure, from),
                                                      TEXT("to", MAYBE, closure, to),
                                                      TEXT("reason", MAYBE, closure, reason),
                                                      CYAML_FIELD_END};
static const cyaml_schema_value_t closure_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct presence_file_closure, closure_fields)};

static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_UINT_PTR("slot-minutes", CYAML_FLAG_OPTIONAL, struct presence_file, slot_minutes),
    CYAML_FIELD_ENUM("public-holidays", SWITCH, struct presence_file, public_holidays, yes_no,
                     CYAML_ARRAY_LEN(yes_no)),
    CYAML_FIELD_SEQUENCE("guides", CYAML_FLAG_POINTER, struct presence_file, guides, &guide_entry, 1, 64),
    CYAML_FIELD_SEQUENCE("hours", CYAML_FLAG_POINTER, struct presence_file, hours, &hours_entry, 0, LIST_MAX),
    CYAML_FIELD_SEQUENCE("closures", LIST_MAYBE, struct presence_file, closures, &closure_entry, 0, LIST_MAX),
    CYAML_FIELD_END};

const cyaml_schema_value_t presence_file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct presence_file, file_fields)};

// ---- days and hours

static bool digit_pair(const char *text, int *value)
{
    bool good = text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
    *value = good ? (text[0] - '0') * 10 + text[1] - '0' : 0;
    return good;
}

// "09:00", "9:00", "09.00" or "24:00" to minutes since midnight; -1 when it is none.
static int hour_parse(const char *text)
{
    char padded[6];
    size_t length = strlen(text);
    if ((length != 4 && length != 5) ||
        text_print(padded, sizeof padded, "%s%s", length == 4 ? "0" : "", text))
        return -1;
    int hours, minutes;
    if (!digit_pair(padded, &hours) || (padded[2] != ':' && padded[2] != '.') ||
        !digit_pair(padded + 3, &minutes))
        return -1;
    int total = hours * 60 + minutes;
    return minutes < 60 && total <= DAY_MINUTES ? total : -1;
}

// 1 Monday … 7 Sunday; 0 when it is no weekday.
static int weekday_parse(const char *text)
{
    static const char *const names[] = {"maandag", "dinsdag",  "woensdag", "donderdag",
                                        "vrijdag", "zaterdag", "zondag"};
    for (int i = 0; i < 7; i++)
        if (strcmp(text, names[i]) == 0)
            return i + 1;
    return 0;
}

// Where a fault is: "hours.yaml: hours entry 3 ("maandag", guide "els")".
struct place {
    char text[CONTEXT_SIZE];
    struct error *error;
};

static int take_hour(const struct place *place, const char *key, const char *text, int fallback, int *out)
{
    *out = text == NULL ? fallback : hour_parse(text);
    if (*out >= 0)
        return 0;
    return error_set(place->error, ERROR_INVALID, "%s: \"%s\" is \"%s\", not an hour such as \"09:00\"",
                     place->text, key, text);
}

static int take_day(const struct place *place, const char *key, const char *text, int32_t fallback,
                    int32_t *out)
{
    *out = fallback;
    if (text == NULL || day_parse(text, out) == 0)
        return 0;
    return error_set(place->error, ERROR_INVALID, "%s: \"%s\" is \"%s\", not a day such as 2026-11-24",
                     place->text, key, text);
}

static int check_order(const struct place *place, int from, int to, int32_t first, int32_t last)
{
    if (from >= to)
        return error_set(place->error, ERROR_INVALID, "%s: \"from\" is not before \"to\"", place->text);
    if (first > last)
        return error_set(place->error, ERROR_INVALID, "%s: \"first\" is after \"last\"", place->text);
    return 0;
}

static int check_guide(const struct place *place, const struct presence *presence, const char *guide)
{
    if (presence_guide(presence, guide) != NULL)
        return 0;
    return error_set(place->error, ERROR_INVALID, "%s: the guide \"%s\" is not under \"guides\"", place->text,
                     guide);
}

// ---- entries

static int read_guides(const struct presence_file *file, const char *name, struct presence *presence,
                       struct error *error)
{
    presence->guides = memory_new(file->guides_count + 1, sizeof *presence->guides);
    for (unsigned i = 0; i < file->guides_count; i++) {
        const struct presence_file_guide *from = &file->guides[i];
        if (!slot_guide_valid(from->id))
            return error_set(error, ERROR_INVALID,
                             "%s: guide \"%s\": an identifier has only a-z, 0-9 and -, at most %d", name,
                             from->id, SLOT_GUIDE_SIZE - 1);
        if (presence_guide(presence, from->id) != NULL)
            return error_set(error, ERROR_INVALID, "%s: guide \"%s\" stands there twice", name, from->id);
        if (from->name[0] == '\0')
            return error_set(error, ERROR_INVALID, "%s: guide \"%s\" has no name", name, from->id);
        struct presence_guide *guide = &presence->guides[presence->guides_count++];
        guide->id = memory_copy_text(from->id);
        guide->name = memory_copy_text(from->name);
        guide->languages = memory_new(from->languages_count + 1, sizeof *guide->languages);
        for (unsigned j = 0; j < from->languages_count; j++)
            guide->languages[guide->languages_count++] = memory_copy_text(from->languages[j]);
    }
    return 0;
}

// Blocks that hold on the same day: a closed range replaces the others, so only likes can meet.
static bool blocks_meet(const struct presence_block *a, const struct presence_block *b)
{
    return a->weekday == b->weekday && strcmp(a->guide, b->guide) == 0 && a->from < b->to &&
           b->from < a->to && a->first <= b->last && b->first <= a->last &&
           presence_block_replaces(a) == presence_block_replaces(b);
}

static int read_block(const struct presence_file_hours *from, const struct place *place,
                      struct presence *presence)
{
    struct presence_block *block = &presence->blocks[presence->blocks_count];
    block->walk_in = from->walk_in;
    block->weekday = weekday_parse(from->day);
    if (block->weekday == 0)
        return error_set(place->error, ERROR_INVALID, "%s: \"%s\" is no weekday (maandag … zondag)",
                         place->text, from->day);
    int result = check_guide(place, presence, from->guide);
    if (result == 0)
        result = take_hour(place, "from", from->from, 0, &block->from);
    if (result == 0)
        result = take_hour(place, "to", from->to, 0, &block->to);
    if (result == 0)
        result = take_day(place, "first", from->first, INT32_MIN, &block->first);
    if (result == 0)
        result = take_day(place, "last", from->last, INT32_MAX, &block->last);
    if (result == 0)
        result = check_order(place, block->from, block->to, block->first, block->last);
    if (result != 0)
        return result;
    block->guide = memory_copy_text(from->guide);
    unsigned own = presence->blocks_count++;
    for (unsigned i = 0; i < own; i++)
        if (blocks_meet(&presence->blocks[i], block))
            return error_set(place->error, ERROR_INVALID, "%s: overlaps hours entry %u", place->text, i + 1);
    return 0;
}

static int read_hours(const struct presence_file *file, const char *name, struct presence *presence,
                      struct error *error)
{
    presence->blocks = memory_new(file->hours_count + 1, sizeof *presence->blocks);
    int result = 0;
    for (unsigned i = 0; i < file->hours_count && result == 0; i++) {
        const struct presence_file_hours *from = &file->hours[i];
        struct place place = {.error = error};
        (void)text_print(place.text, sizeof place.text, "%s: hours entry %u (\"%.20s\", guide \"%.24s\")",
                         name, i + 1, from->day, from->guide);
        result = read_block(from, &place, presence);
    }
    return result;
}

static int read_closure(const struct presence_file_closure *from, const struct place *place,
                        struct presence *presence)
{
    struct presence_closure *closure = &presence->closures[presence->closures_count];
    int result = from->guide != NULL ? check_guide(place, presence, from->guide) : 0;
    if (result == 0)
        result = take_day(place, "first", from->first, 0, &closure->first);
    if (result == 0)
        result = take_day(place, "last", from->last, closure->first, &closure->last);
    if (result == 0)
        result = take_hour(place, "from", from->from, 0, &closure->from);
    if (result == 0)
        result = take_hour(place, "to", from->to, DAY_MINUTES, &closure->to);
    if (result == 0)
        result = check_order(place, closure->from, closure->to, closure->first, closure->last);
    if (result != 0)
        return result;
    closure->guide = memory_copy_text(from->guide);
    closure->reason = memory_copy_text(from->reason != NULL ? from->reason : "");
    presence->closures_count++;
    return 0;
}

static int read_closures(const struct presence_file *file, const char *name, struct presence *presence,
                         struct error *error)
{
    presence->closures = memory_new(file->closures_count + 1, sizeof *presence->closures);
    int result = 0;
    for (unsigned i = 0; i < file->closures_count && result == 0; i++) {
        const struct presence_file_closure *from = &file->closures[i];
        struct place place = {.error = error};
        (void)text_print(place.text, sizeof place.text, "%s: closures entry %u (\"%.20s\")", name, i + 1,
                         from->reason != NULL ? from->reason : from->first);
        result = read_closure(from, &place, presence);
    }
    return result;
}

int presence_file_read(const struct presence_file *file, const char *name, struct presence *presence,
                       struct error *error)
{
    presence->public_holidays = file->public_holidays;
    presence->slot_minutes = file->slot_minutes != NULL ? *file->slot_minutes : SLOT_MINUTES_DEFAULT;
    if (presence->slot_minutes < SLOT_MINUTES_LEAST || presence->slot_minutes > SLOT_MINUTES_MAX)
        return error_set(error, ERROR_INVALID, "%s: \"slot-minutes\" is %u, not %d to %d", name,
                         presence->slot_minutes, SLOT_MINUTES_LEAST, SLOT_MINUTES_MAX);
    int result = read_guides(file, name, presence, error);
    if (result == 0)
        result = read_hours(file, name, presence, error);
    if (result == 0)
        result = read_closures(file, name, presence, error);
    return result;
}
