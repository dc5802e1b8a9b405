// The town: everything that differs from one municipality to the next and that both programs need. Read from
// kiosk-config/town.yaml (libcyaml); immutable afterwards, any thread. Labels are not here: they are texts of
// lang/nl.po by key, and a town's own wording stands under `texts`:
//   language.<code>  indicator.<id> (the question)  indicator.<id>.<answer>  check.<indicator>.<answer>
//   topic.<id>  referred.<id>  bring.<id>  partner.<id>
#ifndef WEGWIJS_BOOKING_TOWN_H
#define WEGWIJS_BOOKING_TOWN_H

#include <stdbool.h>

#include "base/catalog.h"
#include "base/error.h"

struct town_condition { // holds when the answer given to `indicator` is one of `answers`
    char *indicator;
    char **answers;
    unsigned answers_count;
};
struct town_answer {
    char *id, *pictogram;
    unsigned slots; // a talk with this answer takes at least so many consecutive slots; 0 or 1: one
};
struct town_indicator {
    char *id, *pictogram;
    struct town_answer *answers;
    unsigned answers_count;
    struct town_condition *unless; // not asked when it holds; NULL: always asked
};
struct town_topic {
    char *id, *pictogram;
    struct town_condition *when; // offered only when it holds; NULL: always
    bool on_request;             // health, housing …: after the fixed themes
};
struct town_referrer {
    char *id, *pictogram;
};
struct town_language {
    char *code, *endonym; // ISO 639 code as in facts; the name in its own script
    char *script;         // ISO 15924: "Latn", "Arab", "Cyrl", "Ethi", "Tfng", "Deva", "Guru", "Beng", "Hans"
    char *voice;          // espeak-ng voice, or NULL
    char *letter;         // one typical letter for the bubble, or NULL
};
struct town_bring {
    char *id, *pictogram;
    struct town_condition *when;
};
struct town_partner {
    char *id, *name;
    char **topics;
    unsigned topics_count;
};
struct town_text {
    char *key, *dutch;
};
struct town_help {                   // help in a contact language: off unless it stands here
    char *language, *reason, *until; // until: a day, "2027-06-30"
};
struct town_privacy {
    char *controller, *officer, *purpose, *basis, *recipients, *retention, *rights, *complaint;
    unsigned retention_days;
};

struct town {
    char *name, *shield; // the town's own shield: an SVG file beside town.yaml; NULL: the neutral one
    char *building, *address, *room, *floor, *phone;
    struct town_privacy privacy;
    struct town_language *languages;
    unsigned languages_count;
    struct town_indicator *indicators;
    unsigned indicators_count;
    struct town_topic *topics;
    unsigned topics_count;
    unsigned topics_max; // at most BOOKING_TOPICS_MAX
    struct town_referrer *referrers;
    unsigned referrers_count;
    struct town_bring *bring;
    unsigned bring_count;
    struct town_partner *partners;
    unsigned partners_count;
    struct town_text *texts;
    unsigned texts_count;
    struct town_help *help;
    unsigned help_count;
};

struct booking;

// Loads and checks: identifiers unique and well formed, conditions name what exists. Every fault is one
// sentence with the file (and line and column where libcyaml knows them).
int town_load(struct town **town, const char *path, struct error *error);
int town_parse(struct town **town, const char *name, const char *bytes, size_t size, struct error *error);
void town_free(struct town *town);
void town_apply_texts(const struct town *town, struct catalog *catalog); // its own wording over the catalog

const struct town_language *town_language(const struct town *town, const char *code); // NULL when unknown
const struct town_indicator *town_indicator(const struct town *town, const char *id);
const struct town_answer *town_answer(const struct town_indicator *indicator, const char *id);
const struct town_topic *town_topic(const struct town *town, const char *id);
const struct town_referrer *town_referrer(const struct town *town, const char *id);

bool town_condition_holds(const struct town_condition *condition,
                          const struct booking *booking); // NULL: false
bool town_asks(const struct town *town, const struct town_indicator *indicator,
               const struct booking *booking);
bool town_offers(const struct town *town, const struct town_topic *topic, const struct booking *booking);
unsigned town_slots_needed(const struct town *town, const struct booking *booking); // 1 …
// Refuses what the town's lists do not know: language, indicators, answers, topics, referrer.
int town_check_booking(const struct town *town, const struct booking *booking, struct error *error);
#endif
