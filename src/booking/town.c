#include "booking/town.h"

#include <string.h>

#include "base/config.h"
#include "booking/booking.h"
#include "booking/town_check.h"

#include "base/banned.h"

// ---- the schema: libcyaml refuses unknown keys, missing keys and wrong types by line and column

#define TEXT_MAX 400    // bytes of a sentence
#define NOTICE_MAX 2000 // bytes of a paragraph of the privacy notice
#define ID_MAX (BOOKING_WORD_SIZE - 1)
#define LIST_MAX 64
#define NEEDED CYAML_FLAG_POINTER
#define MAYBE (CYAML_FLAG_POINTER_NULL | CYAML_FLAG_OPTIONAL)
#define LIST_MAYBE (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

#define ID(key, type, member) CYAML_FIELD_STRING_PTR(key, NEEDED, struct type, member, 1, ID_MAX)
#define TEXT(key, type, member) CYAML_FIELD_STRING_PTR(key, NEEDED, struct type, member, 1, TEXT_MAX)
#define TEXT_IF(key, type, member) CYAML_FIELD_STRING_PTR(key, MAYBE, struct type, member, 0, TEXT_MAX)
#define NOTICE(key, type, member) CYAML_FIELD_STRING_PTR(key, NEEDED, struct type, member, 1, NOTICE_MAX)
#define LIST(key, flags, type, member, entry)                                                                \
    CYAML_FIELD_SEQUENCE(key, flags, struct type, member, entry, 0, LIST_MAX)
#define ENTRY(name, type)                                                                                    \
    static const cyaml_schema_value_t name##_entry = {                                                       \
        CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct type, name##_fields)}

static const cyaml_strval_t yes_no[] = {{"nee", 0}, {"no", 0},  {"false", 0}, {"off", 0},
                                        {"ja", 1},  {"yes", 1}, {"true", 1},  {"on", 1}};

static const cyaml_schema_value_t word_entry = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, ID_MAX)};

static const cyaml_schema_field_t condition_fields[] = {
    ID("indicator", town_condition, indicator),
    LIST("answers", CYAML_FLAG_POINTER, town_condition, answers, &word_entry), CYAML_FIELD_END};

static const cyaml_schema_field_t answer_fields[] = {
    ID("id", town_answer, id), ID("pictogram", town_answer, pictogram),
    CYAML_FIELD_UINT("slots", CYAML_FLAG_OPTIONAL, struct town_answer, slots), CYAML_FIELD_END};
ENTRY(answer, town_answer);

static const cyaml_schema_field_t indicator_fields[] = {
    ID("id", town_indicator, id), ID("pictogram", town_indicator, pictogram),
    LIST("answers", CYAML_FLAG_POINTER, town_indicator, answers, &answer_entry),
    CYAML_FIELD_MAPPING_PTR("unless", MAYBE, struct town_indicator, unless, condition_fields),
    CYAML_FIELD_END};
ENTRY(indicator, town_indicator);

static const cyaml_schema_field_t topic_fields[] = {
    ID("id", town_topic, id), ID("pictogram", town_topic, pictogram),
    CYAML_FIELD_MAPPING_PTR("when", MAYBE, struct town_topic, when, condition_fields),
    CYAML_FIELD_ENUM("on-request", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, struct town_topic, on_request,
                     yes_no, CYAML_ARRAY_LEN(yes_no)),
    CYAML_FIELD_END};
ENTRY(topic, town_topic);

static const cyaml_schema_field_t referrer_fields[] = {
    ID("id", town_referrer, id), ID("pictogram", town_referrer, pictogram), CYAML_FIELD_END};
ENTRY(referrer, town_referrer);

static const cyaml_schema_field_t language_fields[] = {
    ID("code", town_language, code),          TEXT("endonym", town_language, endonym),
    ID("script", town_language, script),      TEXT_IF("voice", town_language, voice),
    TEXT_IF("letter", town_language, letter), CYAML_FIELD_END};
ENTRY(language, town_language);

static const cyaml_schema_field_t bring_fields[] = {
    ID("id", town_bring, id), ID("pictogram", town_bring, pictogram),
    CYAML_FIELD_MAPPING_PTR("when", MAYBE, struct town_bring, when, condition_fields), CYAML_FIELD_END};
ENTRY(bring, town_bring);

static const cyaml_schema_field_t partner_fields[] = {
    ID("id", town_partner, id), TEXT("name", town_partner, name),
    LIST("topics", LIST_MAYBE, town_partner, topics, &word_entry), CYAML_FIELD_END};
ENTRY(partner, town_partner);

static const cyaml_schema_field_t text_fields[] = {TEXT("key", town_text, key),
                                                   TEXT("dutch", town_text, dutch), CYAML_FIELD_END};
ENTRY(text, town_text);

static const cyaml_schema_field_t help_fields[] = {ID("language", town_help, language),
                                                   TEXT("reason", town_help, reason),
                                                   TEXT("until", town_help, until), CYAML_FIELD_END};
ENTRY(help, town_help);

static const cyaml_schema_field_t privacy_fields[] = {
    NOTICE("controller", town_privacy, controller),
    NOTICE("officer", town_privacy, officer),
    NOTICE("purpose", town_privacy, purpose),
    NOTICE("basis", town_privacy, basis),
    NOTICE("recipients", town_privacy, recipients),
    NOTICE("retention", town_privacy, retention),
    NOTICE("rights", town_privacy, rights),
    NOTICE("complaint", town_privacy, complaint),
    CYAML_FIELD_UINT("retention-days", CYAML_FLAG_DEFAULT, struct town_privacy, retention_days),
    CYAML_FIELD_END};

static const cyaml_schema_field_t town_fields[] = {
    TEXT("name", town, name),
    TEXT_IF("shield", town, shield),
    TEXT("building", town, building),
    TEXT("address", town, address),
    TEXT_IF("room", town, room),
    TEXT_IF("floor", town, floor),
    TEXT("phone", town, phone),
    CYAML_FIELD_MAPPING("privacy", CYAML_FLAG_DEFAULT, struct town, privacy, privacy_fields),
    LIST("languages", CYAML_FLAG_POINTER, town, languages, &language_entry),
    LIST("indicators", CYAML_FLAG_POINTER, town, indicators, &indicator_entry),
    LIST("topics", CYAML_FLAG_POINTER, town, topics, &topic_entry),
    CYAML_FIELD_UINT("topics-max", CYAML_FLAG_OPTIONAL, struct town, topics_max),
    LIST("referrers", CYAML_FLAG_POINTER, town, referrers, &referrer_entry),
    LIST("bring", LIST_MAYBE, town, bring, &bring_entry),
    LIST("partners", LIST_MAYBE, town, partners, &partner_entry),
    LIST("texts", LIST_MAYBE, town, texts, &text_entry),
    LIST("help", LIST_MAYBE, town, help, &help_entry),
    CYAML_FIELD_END};

static const cyaml_schema_value_t schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct town, town_fields)};

// ---- loading

static int finish(struct town **town, void *data, const char *name, struct error *error)
{
    struct town *loaded = data;
    if (loaded->topics_max == 0)
        loaded->topics_max = BOOKING_TOPICS_MAX;
    int result = town_check(loaded, name, error);
    if (result != 0)
        town_free(loaded);
    else
        *town = loaded;
    return result;
}

int town_load(struct town **town, const char *path, struct error *error)
{
    *town = NULL;
    void *data = NULL;
    int result = config_load(path, &schema, &data, error);
    return result != 0 ? result : finish(town, data, path, error);
}

int town_parse(struct town **town, const char *name, const char *bytes, size_t size, struct error *error)
{
    *town = NULL;
    void *data = NULL;
    int result = config_parse(name, bytes, size, &schema, &data, error);
    return result != 0 ? result : finish(town, data, name, error);
}

void town_free(struct town *town)
{
    if (town != NULL)
        config_free(&schema, town);
}

void town_apply_texts(const struct town *town, struct catalog *catalog)
{
    for (unsigned i = 0; i < town->texts_count; i++)
        catalog_override(catalog, town->texts[i].key, town->texts[i].dutch);
}

// ---- looking up

const struct town_language *town_language(const struct town *town, const char *code)
{
    for (unsigned i = 0; i < town->languages_count; i++)
        if (strcmp(town->languages[i].code, code) == 0)
            return &town->languages[i];
    return NULL;
}

const struct town_indicator *town_indicator(const struct town *town, const char *id)
{
    for (unsigned i = 0; i < town->indicators_count; i++)
        if (strcmp(town->indicators[i].id, id) == 0)
            return &town->indicators[i];
    return NULL;
}

const struct town_answer *town_answer(const struct town_indicator *indicator, const char *id)
{
    for (unsigned i = 0; i < indicator->answers_count; i++)
        if (strcmp(indicator->answers[i].id, id) == 0)
            return &indicator->answers[i];
    return NULL;
}

const struct town_topic *town_topic(const struct town *town, const char *id)
{
    for (unsigned i = 0; i < town->topics_count; i++)
        if (strcmp(town->topics[i].id, id) == 0)
            return &town->topics[i];
    return NULL;
}

const struct town_referrer *town_referrer(const struct town *town, const char *id)
{
    for (unsigned i = 0; i < town->referrers_count; i++)
        if (strcmp(town->referrers[i].id, id) == 0)
            return &town->referrers[i];
    return NULL;
}

// ---- conditions

bool town_condition_holds(const struct town_condition *condition, const struct booking *booking)
{
    if (condition == NULL)
        return false;
    const char *given = booking_answer(booking, condition->indicator);
    for (unsigned i = 0; i < condition->answers_count; i++)
        if (given[0] != '\0' && strcmp(condition->answers[i], given) == 0)
            return true;
    return false;
}

bool town_asks(const struct town *town, const struct town_indicator *indicator, const struct booking *booking)
{
    (void)town;
    return !town_condition_holds(indicator->unless, booking);
}

bool town_offers(const struct town *town, const struct town_topic *topic, const struct booking *booking)
{
    (void)town;
    return topic->when == NULL || town_condition_holds(topic->when, booking);
}

unsigned town_slots_needed(const struct town *town, const struct booking *booking)
{
    unsigned needed = 1;
    for (unsigned i = 0; i < booking->answer_count; i++) {
        const struct town_indicator *indicator = town_indicator(town, booking->answers[i].indicator);
        const struct town_answer *answer =
            indicator != NULL ? town_answer(indicator, booking->answers[i].answer) : NULL;
        if (answer != NULL && town_asks(town, indicator, booking) && answer->slots > needed)
            needed = answer->slots;
    }
    return needed;
}
