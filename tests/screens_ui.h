// Screens as the kiosk makes them, for tests of layout, focus and painting. Sample words, no town's.
#ifndef WEGWIJS_TESTS_SCREENS_UI_H
#define WEGWIJS_TESTS_SCREENS_UI_H

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "ui/keyboard.h"
#include "ui/layout.h"

static const struct bar sample_bar = {
    "Terug", "Stop", "Hulp", "Luister", "Letters", "Kleur", "Lager", "Sint-Pieters-Leeuw", NULL, false};
static const struct bar sample_town = {
    NULL, NULL, "Hulp", "Luister", "Letters", "Kleur", "Lager", "Sint-Pieters-Leeuw", NULL, false};
static const struct keyboard_words sample_words = {"A B C", "wis", "spatie", "andere volgorde"};

static inline struct element *sample_add(struct element_list *list, const char *id, enum element_role role,
                                         enum element_look look, const char *pictogram, const char *label,
                                         const char *second)
{
    struct element *element = element_add(list, id, role, look);
    (void)text_copy(element->pictogram, sizeof element->pictogram, pictogram);
    (void)text_copy(element->label, sizeof element->label, label);
    (void)text_copy(element->second, sizeof element->second, second);
    return element;
}

static inline void sample_primary(struct element_list *list, const char *id, const char *label)
{
    sample_add(list, id, ROLE_BUTTON, LOOK_PRIMARY, "", label, "")->mark = MARK_GO;
}

static inline unsigned sample_question(struct element_list *list, const struct theme *theme,
                                       const char *title, const char *second, int stop)
{
    struct question question = {"talk", title, second, NULL, NULL, stop, 8};
    element_list_clear(list, "sample");
    layout_question(list, theme, &question);
    return list->count;
}

static inline void sample_topics(struct element_list *list, const struct theme *theme)
{
    static const char *const topics[][2] = {{"dutch", "Nederlands leren"},
                                            {"papers", "Papieren"},
                                            {"work", "Werk"},
                                            {"childcare-school", "Kinderen en school"},
                                            {"leisure", "Vrije tijd"},
                                            {"health", "Gezondheid"},
                                            {"housing", "Wonen"},
                                            {"money", "Geld"}};
    unsigned first = sample_question(list, theme, "Waarover wilt u praten?", "Kies 1 tot 5 dingen.", 3);
    struct page page = layout_page(theme, 8, 0, true);
    char id[ELEMENT_ID_SIZE];
    for (unsigned i = page.first; i < page.first + page.count; i++) {
        (void)text_print(id, sizeof id, "topic.%s", topics[i][0]);
        sample_add(list, id, ROLE_CHOICE, LOOK_TILE, topics[i][0], topics[i][1], "")->chosen = i == 0;
    }
    if (page.has_more)
        sample_add(list, "list.more", ROLE_BUTTON, LOOK_TILE, "list-more", "meer", "");
    for (int i = 0; i < 5; i++)
        sample_add(list, "chip", ROLE_PICTURE, LOOK_CHIP, i ? "" : "topic-dutch", "", "");
    sample_primary(list, "topics.next", "Verder");
    layout_answers(list, theme, first);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_answers(struct element_list *list, const struct theme *theme, unsigned count,
                                  bool sentences)
{
    static const char *const answers[][2] = {{"Ja", "Ik werk."},
                                             {"Nee", "Ik werk niet."},
                                             {"Een beetje", "Ik werk een beetje."},
                                             {"Vrienden", "Een vriend."},
                                             {"De buurt", "Buurtwerk."},
                                             {"Het loket", "Hier."},
                                             {"De school", "Van mijn kind."},
                                             {"De dokter", "Of verpleger."},
                                             {"De politie", "Wijkagent."},
                                             {"Een brief", "Van de gemeente."},
                                             {"Niemand", "Ik kom zelf."},
                                             {"Sociaal Huis", "Het huis."}};
    unsigned first =
        sample_question(list, theme, "Hebt u werk, of zoekt u werk?", "Ja, nee, of een beetje.", 0);
    struct page page = layout_page(theme, count, 0, false);
    char id[ELEMENT_ID_SIZE];
    for (unsigned i = page.first; i < page.first + page.count; i++) {
        (void)text_print(id, sizeof id, "answer.%u", i);
        sample_add(list, id, ROLE_CHOICE, LOOK_TILE, "work-yes", answers[i][0],
                   sentences ? answers[i][1] : "");
    }
    if (page.has_more)
        sample_add(list, "list.more", ROLE_BUTTON, LOOK_TILE, "list-more", "meer", "");
    layout_answers(list, theme, first);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_name(struct element_list *list, const struct theme *theme)
{
    struct keyboard keyboard = {false, "S"};
    unsigned first = sample_question(list, theme, "Hoe heet u?", "", 4);
    sample_add(list, "name.first", ROLE_FIELD, LOOK_FIELD, "", "Voornaam", "Mihaela");
    sample_add(list, "name.last", ROLE_FIELD, LOOK_FIELD, "", "Achternaam", "Dragos")->active = true;
    sample_primary(list, "name.next", "Verder");
    layout_keyboard(list, theme, first, &keyboard, &sample_words);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_phone(struct element_list *list, const struct theme *theme)
{
    unsigned first = sample_question(list, theme, "Wat is uw telefoonnummer?", "", 5);
    sample_add(list, "phone.number", ROLE_TEXT, LOOK_DIGITS, "", "", "0470 12 3")->of = 10;
    sample_add(list, "phone.none", ROLE_BUTTON, LOOK_PLAIN, "phone-none", "Ik heb geen telefoon", "");
    sample_primary(list, "phone.next", "Verder");
    layout_pad(list, theme, first, &sample_words);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_slots(struct element_list *list, const struct theme *theme)
{
    static const char *const days[] = {"dinsdag", "donderdag", "vrijdag"};
    unsigned first = sample_question(list, theme, "Wanneer kunt u komen?", "", 6), room = 0, slots = 0;
    layout_slots_room(theme, &room, &slots);
    char id[ELEMENT_ID_SIZE];
    for (unsigned d = 0; d < room; d++) {
        (void)text_print(id, sizeof id, "day.%u", d);
        sample_add(list, id, ROLE_TEXT, LOOK_LEAF, "", days[d], "november")->day = 20781 + (int32_t)d;
        for (unsigned s = 0; s < slots; s++) {
            (void)text_print(id, sizeof id, "slot.%u.%u", d, s);
            sample_add(list, id, ROLE_CHOICE, LOOK_SLOT, "", "14.30 uur", "")->minute = 870;
        }
    }
    sample_add(list, "slot.none", ROLE_BUTTON, LOOK_PLAIN, "callback", "Geen moment past", "");
    sample_add(list, "slot.more", ROLE_BUTTON, LOOK_PLAIN, "calendar", "Andere dagen", "")->mark = MARK_GO;
    layout_slots(list, theme, first);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_check(struct element_list *list, const struct theme *theme)
{
    static const char *const lines[][2] = {{"name", "Mihaela Dragoș"},
                                           {"phone", "0470 12 34 56"},
                                           {"language", "Română"},
                                           {"dutch-some", "Een beetje Nederlands"},
                                           {"interpreter-none", "Niemand komt mee"},
                                           {"work-yes", "Ik werk"},
                                           {"children-yes", "Ik heb kinderen"},
                                           {"referred-counter", "Het loket"}};
    unsigned first = sample_question(list, theme, "Klopt alles?", "Raak aan wat niet klopt.", 7);
    struct element *hero =
        sample_add(list, "check.slot", ROLE_BUTTON, LOOK_HERO, "guide", "dinsdag", "november");
    hero->day = 20781;
    hero->minute = 570;
    (void)text_copy(hero->hour_text, sizeof hero->hour_text, "9.30 uur");
    (void)text_copy(hero->third, sizeof hero->third, "met Els");
    unsigned rows = 1, columns = 1;
    layout_check_room(theme, true, &rows, &columns);
    unsigned room = rows * columns;
    char id[ELEMENT_ID_SIZE];
    for (unsigned i = 0; i < 8 && i < room; i++) {
        (void)text_print(id, sizeof id, "check.%u", i);
        sample_add(list, id, ROLE_BUTTON, LOOK_LINE, lines[i][0], lines[i][1], "");
    }
    sample_add(list, "check.confirm", ROLE_BUTTON, LOOK_PRIMARY, "", "Ja, alles klopt", "")->mark = MARK_DONE;
    layout_check(list, theme, first);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_points(struct element_list *list, const struct theme *theme)
{
    unsigned first = sample_question(list, theme, "Wat schrijven wij op?", "", 3);
    sample_add(list, "privacy.1", ROLE_TEXT, LOOK_POINT, "name", "Uw naam en uw telefoon",
               "Uw taal, en waarover u praat.");
    sample_add(list, "privacy.2", ROLE_TEXT, LOOK_POINT, "guide", "Alleen de toeleider leest het.", "");
    sample_add(list, "privacy.3", ROLE_TEXT, LOOK_POINT, "calendar", "Wij bewaren het 30 dagen.", "");
    sample_add(list, "privacy.stop", ROLE_BUTTON, LOOK_PLAIN, "stop", "Stoppen", "");
    sample_primary(list, "privacy.go", "Verder");
    layout_points(list, theme, first);
    layout_bar(list, theme, &sample_bar);
}

static inline void sample_no_paper(struct element_list *list, const struct theme *theme)
{
    unsigned first = sample_question(list, theme, "Maak een foto.", "Er is nu geen papier.", 7);
    sample_add(list, "fact.day", ROLE_TEXT, LOOK_LEAF, "", "donderdag", "november")->day = 20783;
    sample_add(list, "fact.hour", ROLE_TEXT, LOOK_CLOCK, "", "9.30 uur", "")->minute = 570;
    sample_add(list, "fact.place", ROLE_TEXT, LOOK_FACT, "here", "loket 3", "");
    sample_add(list, "slip.qr", ROLE_PICTURE, LOOK_QR, "", "", "")->payload = "K7M4QX";
    sample_add(list, "slip.code", ROLE_TEXT, LOOK_CODE, "", "K7M4QX", "");
    sample_add(list, "slip.counter", ROLE_TEXT, LOOK_POINT, "referred-counter",
               "Wilt u papier? Ga naar het loket.", "");
    sample_primary(list, "slip.done", "Klaar");
    layout_no_paper(list, theme, first);
    layout_bar(list, theme, &sample_town);
}

static inline void sample_goodbye(struct element_list *list, const struct theme *theme)
{
    unsigned first = sample_question(list, theme, "Tot dinsdag!", "Uw afspraak staat vast.", 7);
    sample_add(list, "fact.day", ROLE_TEXT, LOOK_LEAF, "", "dinsdag", "november")->day = 20781;
    sample_add(list, "fact.hour", ROLE_TEXT, LOOK_CLOCK, "", "9.30 uur", "")->minute = 570;
    sample_add(list, "fact.guide", ROLE_TEXT, LOOK_FACT, "guide", "met Els", "");
    sample_add(list, "place", ROLE_TEXT, LOOK_POINT, "town-hall", "Gemeentehuis", "Marktplein 1, loket 3");
    sample_primary(list, "goodbye.done", "Klaar");
    layout_goodbye(list, theme, first);
    layout_bar(list, theme, &sample_town);
}

static inline void sample_start(struct element_list *list, const struct theme *theme)
{
    element_list_clear(list, "start");
    sample_add(list, "start.scene", ROLE_PICTURE, LOOK_SCENE, "start", "", "");
    sample_add(list, "start", ROLE_TITLE, LOOK_WELCOME, "", "Welkom", "Praat met een mens die helpt.");
    sample_add(list, "start.begin", ROLE_BUTTON, LOOK_START_BEGIN, "touch", "Begin", "");
    sample_add(list, "start.checkin", ROLE_BUTTON, LOOK_START_SECOND, "slip", "Ik heb een afspraak", "");
    layout_start(list, theme, 0);
    layout_bar(list, theme, &sample_town);
}

static inline void sample_idle(struct element_list *list, const struct theme *theme)
{
    sample_topics(list, theme);
    unsigned first = list->count;
    sample_add(list, "idle", ROLE_TITLE, LOOK_SHEET_TITLE, "", "Bent u er nog?", "");
    struct element *ring = sample_add(list, "idle.ring", ROLE_PICTURE, LOOK_RING, "touch", "", "");
    ring->value = 13;
    ring->of = 20;
    sample_primary(list, "idle.go", "Ja, ik ga verder");
    sample_add(list, "idle.stop", ROLE_BUTTON, LOOK_PLAIN, "stop", "Nee, stop", "");
    layout_sheet(list, theme, first);
}

#endif
