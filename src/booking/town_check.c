#include "booking/town_check.h"

#include <string.h>

#include "base/day.h"
#include "base/utf8.h"
#include "booking/booking.h"

#include "base/banned.h"

#define SLOTS_MAX 8
#define RETENTION_DAYS_MAX 3650

static bool word_valid(const char *word)
{
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && length < BOOKING_WORD_SIZE && word[length] == '\0';
}

// A list as a sequence of identifiers, so that one rule serves all lists. Every struct of the lists begins
// with its identifier.
struct id_list {
    const char *what; // "topic"
    const void *entries;
    size_t stride;
    unsigned count;
};

static const char *list_id(const struct id_list *list, unsigned index)
{
    const char *id;
    memcpy(&id, (const char *)list->entries + index * list->stride, sizeof id);
    return id;
}

static int check_ids(const struct id_list *list, const char *name, struct error *error)
{
    for (unsigned i = 0; i < list->count; i++) {
        const char *id = list_id(list, i);
        if (!word_valid(id))
            return error_set(error, ERROR_INVALID,
                             "%s: %s \"%s\": an identifier has only a-z, 0-9 and -, at most %d", name,
                             list->what, id, BOOKING_WORD_SIZE - 1);
        for (unsigned j = 0; j < i; j++)
            if (strcmp(list_id(list, j), id) == 0)
                return error_set(error, ERROR_INVALID, "%s: %s \"%s\" stands there twice", name, list->what,
                                 id);
    }
    return 0;
}

static int check_lists(const struct town *town, const char *name, struct error *error)
{
    const struct id_list lists[] = {
        {"language", town->languages, sizeof *town->languages, town->languages_count},
        {"indicator", town->indicators, sizeof *town->indicators, town->indicators_count},
        {"topic", town->topics, sizeof *town->topics, town->topics_count},
        {"referrer", town->referrers, sizeof *town->referrers, town->referrers_count},
        {"bring", town->bring, sizeof *town->bring, town->bring_count},
        {"partner", town->partners, sizeof *town->partners, town->partners_count},
        {"help in language", town->help, sizeof *town->help, town->help_count},
    };
    int result = 0;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && result == 0; i++)
        result = check_ids(&lists[i], name, error);
    return result;
}

// `asked` is how many indicators come before the one that has the condition.
static int check_condition(const struct town *town, const struct town_condition *condition, unsigned asked,
                           const char *name, const char *what, const char *id, struct error *error)
{
    if (condition == NULL)
        return 0;
    const struct town_indicator *indicator = town_indicator(town, condition->indicator);
    if (indicator == NULL || indicator >= town->indicators + asked)
        return error_set(error, ERROR_INVALID,
                         "%s: %s \"%s\": the condition names the indicator \"%s\", which is not asked before",
                         name, what, id, condition->indicator);
    for (unsigned i = 0; i < condition->answers_count; i++)
        if (town_answer(indicator, condition->answers[i]) == NULL)
            return error_set(error, ERROR_INVALID,
                             "%s: %s \"%s\": the condition names \"%s\", which is no answer to \"%s\"", name,
                             what, id, condition->answers[i], condition->indicator);
    return 0;
}

static int check_pictogram(const char *pictogram, const char *name, const char *what, const char *id,
                           struct error *error)
{
    if (word_valid(pictogram))
        return 0;
    return error_set(error, ERROR_INVALID, "%s: %s \"%s\": \"%s\" is no name of a pictogram", name, what, id,
                     pictogram);
}

static int check_indicator(const struct town *town, unsigned index, const char *name, struct error *error)
{
    const struct town_indicator *indicator = &town->indicators[index];
    const struct id_list answers = {"answer", indicator->answers, sizeof *indicator->answers,
                                    indicator->answers_count};
    if (indicator->answers_count < 2)
        return error_set(error, ERROR_INVALID, "%s: indicator \"%s\" has fewer than 2 answers", name,
                         indicator->id);
    int result = check_ids(&answers, name, error);
    if (result == 0)
        result = check_pictogram(indicator->pictogram, name, "indicator", indicator->id, error);
    for (unsigned i = 0; i < indicator->answers_count && result == 0; i++) {
        const struct town_answer *answer = &indicator->answers[i];
        result = check_pictogram(answer->pictogram, name, "answer", answer->id, error);
        if (result == 0 && answer->slots > SLOTS_MAX)
            result = error_set(error, ERROR_INVALID, "%s: answer \"%s\": a talk takes at most %d slots", name,
                               answer->id, SLOTS_MAX);
    }
    return result != 0
               ? result
               : check_condition(town, indicator->unless, index, name, "indicator", indicator->id, error);
}

static int check_indicators(const struct town *town, const char *name, struct error *error)
{
    if (town->indicators_count > BOOKING_ANSWERS_MAX)
        return error_set(error, ERROR_INVALID, "%s: more than %d indicators", name, BOOKING_ANSWERS_MAX);
    int result = 0;
    for (unsigned i = 0; i < town->indicators_count && result == 0; i++)
        result = check_indicator(town, i, name, error);
    return result;
}

static int check_choices(const struct town *town, const char *name, struct error *error)
{
    unsigned all = town->indicators_count;
    int result = 0;
    for (unsigned i = 0; i < town->topics_count && result == 0; i++) {
        const struct town_topic *topic = &town->topics[i];
        result = check_pictogram(topic->pictogram, name, "topic", topic->id, error);
        if (result == 0)
            result = check_condition(town, topic->when, all, name, "topic", topic->id, error);
    }
    for (unsigned i = 0; i < town->bring_count && result == 0; i++) {
        const struct town_bring *bring = &town->bring[i];
        result = check_pictogram(bring->pictogram, name, "bring", bring->id, error);
        if (result == 0)
            result = check_condition(town, bring->when, all, name, "bring", bring->id, error);
    }
    for (unsigned i = 0; i < town->referrers_count && result == 0; i++)
        result =
            check_pictogram(town->referrers[i].pictogram, name, "referrer", town->referrers[i].id, error);
    return result;
}

static int check_partners(const struct town *town, const char *name, struct error *error)
{
    for (unsigned i = 0; i < town->partners_count; i++) {
        const struct town_partner *partner = &town->partners[i];
        for (unsigned j = 0; j < partner->topics_count; j++)
            if (town_topic(town, partner->topics[j]) == NULL)
                return error_set(error, ERROR_INVALID, "%s: partner \"%s\": \"%s\" is no topic of this town",
                                 name, partner->id, partner->topics[j]);
    }
    return 0;
}

static bool script_valid(const char *script)
{
    static const char *const known =
        " Latn Arab Cyrl Ethi Tfng Deva Guru Beng Hans Hant Grek Geor Armn Hebr ";
    const char *place = strlen(script) == 4 ? strstr(known, script) : NULL;
    return place != NULL && place[-1] == ' ' && place[4] == ' ';
}

static int check_languages(const struct town *town, const char *name, struct error *error)
{
    if (town->languages_count == 0)
        return error_set(error, ERROR_INVALID, "%s: \"languages\" is empty", name);
    for (unsigned i = 0; i < town->languages_count; i++) {
        const struct town_language *language = &town->languages[i];
        if (strcmp(language->code, "other") == 0)
            return error_set(error, ERROR_INVALID,
                             "%s: language \"other\" is always there and not in the list", name);
        if (!script_valid(language->script))
            return error_set(
                error, ERROR_INVALID,
                "%s: language \"%s\": \"%s\" is no script that can be drawn (ISO 15924: Latn, Arab …)", name,
                language->code, language->script);
    }
    return 0;
}

static int check_help(const struct town *town, const char *name, struct error *error)
{
    for (unsigned i = 0; i < town->help_count; i++) {
        const struct town_help *help = &town->help[i];
        int32_t until;
        if (town_language(town, help->language) == NULL)
            return error_set(error, ERROR_INVALID,
                             "%s: help in language \"%s\", which is not in \"languages\"", name,
                             help->language);
        if (day_parse(help->until, &until) != 0)
            return error_set(error, ERROR_INVALID,
                             "%s: help in language \"%s\": \"%s\" is no day such as 2027-06-30", name,
                             help->language, help->until);
    }
    return 0;
}

static int check_shield(const struct town *town, const char *name, struct error *error)
{
    if (town->shield == NULL || (town->shield[0] != '\0' && strchr(town->shield, '/') == NULL))
        return 0;
    return error_set(error, ERROR_INVALID, "%s: \"shield\" is \"%s\", not the name of a file beside it", name,
                     town->shield);
}

static int check_numbers(const struct town *town, const char *name, struct error *error)
{
    if (town->topics_max > BOOKING_TOPICS_MAX)
        return error_set(error, ERROR_INVALID, "%s: \"topics-max\" is %u, at most %d", name, town->topics_max,
                         BOOKING_TOPICS_MAX);
    if (town->privacy.retention_days == 0 || town->privacy.retention_days > RETENTION_DAYS_MAX)
        return error_set(error, ERROR_INVALID, "%s: \"retention-days\" is %u, not 1 to %d", name,
                         town->privacy.retention_days, RETENTION_DAYS_MAX);
    return 0;
}

int town_check(const struct town *town, const char *name, struct error *error)
{
    static int (*const checks[])(const struct town *, const char *, struct error *) = {
        check_lists,    check_languages, check_indicators, check_choices,
        check_partners, check_help,      check_numbers,    check_shield,
    };
    int result = 0;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && result == 0; i++)
        result = checks[i](town, name, error);
    return result;
}

// ---- a booking against the town's lists

static int check_answers(const struct town *town, const struct booking *booking, struct error *error)
{
    for (unsigned i = 0; i < booking->answer_count; i++) {
        const struct town_indicator *indicator = town_indicator(town, booking->answers[i].indicator);
        if (indicator == NULL || town_answer(indicator, booking->answers[i].answer) == NULL)
            return error_set(error, ERROR_REFUSED, "a booking answers \"%s\" in a way the town does not know",
                             booking->answers[i].indicator);
    }
    return 0;
}

int town_check_booking(const struct town *town, const struct booking *booking, struct error *error)
{
    bool language_known = booking->language[0] == '\0' || strcmp(booking->language, "other") == 0 ||
                          town_language(town, booking->language) != NULL;
    if (!language_known)
        return error_set(error, ERROR_REFUSED, "a booking names a language the town does not know");
    int result = check_answers(town, booking, error);
    if (result != 0)
        return result;
    if (booking->topic_count > town->topics_max)
        return error_set(error, ERROR_REFUSED, "a booking has more than %u topics", town->topics_max);
    for (unsigned i = 0; i < booking->topic_count; i++)
        if (town_topic(town, booking->topics[i]) == NULL)
            return error_set(error, ERROR_REFUSED, "a booking has a topic the town does not know: \"%s\"",
                             booking->topics[i]);
    if (booking->referred[0] != '\0' && town_referrer(town, booking->referred) == NULL)
        return error_set(error, ERROR_REFUSED, "a booking names a referrer the town does not know: \"%s\"",
                         booking->referred);
    return 0;
}
