// The questions over a screen: are you still there, help, stop, the voice.
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

void sheet_idle(const struct view *view, struct element_list *list)
{
    unsigned first = list->count;
    put(view, list, "idle.title", ROLE_TITLE, LOOK_SHEET_TITLE, "title.idle");
    struct element *ring = element_add(list, "idle.ring", ROLE_PICTURE, LOOK_RING);
    ring->value = (int16_t)visit_seconds_left(view->world, view->visit, view->now_ms);
    ring->of = (int16_t)(view->world->countdown_ms / 1000);
    text_copy(ring->pictogram, sizeof ring->pictogram, "touch");
    put_primary(view, list, "idle.stay", "idle.stay", MARK_GO, true);
    put_plain(view, list, "idle.stop", "idle.stop", "stop");
    layout_sheet(list, view->theme, first);
}

// ---- help in the visitor's language: the screen's sentences, Dutch first and larger

#define SENTENCES_MAX 3 // under the question

struct sentences {
    const struct view *view;
    struct element_list *list;
    const struct catalog *contact;
    const struct town_language *language;
    unsigned count;
};

// Spoken in its own language, after the Dutch.
static void add_spoken(const struct sentences *sentences, const char *text)
{
    const struct town_language *language = sentences->language;
    char id[ELEMENT_ID_SIZE];
    text_print(id, sizeof id, "help.sentence.%u", sentences->count);
    struct element *spoken = element_add(sentences->list, id, ROLE_TEXT, LOOK_NONE);
    text_copy(spoken->label, sizeof spoken->label, text);
    text_copy(spoken->language, sizeof spoken->language,
              language->voice != NULL ? language->voice : language->code);
    text_copy(spoken->script, sizeof spoken->script, language->script);
    spoken->right_to_left = strcmp(language->script, "Arab") == 0;
}

static void add_sentence(struct sentences *sentences, const char *key, const char *dutch,
                         const char *pictogram)
{
    if (!catalog_has(sentences->contact, key) || sentences->count > SENTENCES_MAX || *dutch == '\0')
        return;
    const struct town *town = sentences->view->world->town;
    char most[12], days[12], id[ELEMENT_ID_SIZE];
    text_print(most, sizeof most, "%u", town->topics_max);
    text_print(days, sizeof days, "%u", town->privacy.retention_days);
    text_print(id, sizeof id, "help.dutch.%u", sentences->count);
    bool first = sentences->count == 0;
    struct element *element = element_add(sentences->list, id, first ? ROLE_TITLE : ROLE_TEXT,
                                          first ? LOOK_SHEET_TITLE : LOOK_POINT);
    text_copy(element->label, sizeof element->label, dutch);
    text_copy(element->spoken, sizeof element->spoken, dutch);
    text_copy(element->voice, sizeof element->voice, key);
    text_copy(element->pictogram, sizeof element->pictogram, first ? "" : pictogram);
    catalog_fill(element->second, sizeof element->second, catalog_get(sentences->contact, key),
                 (const char *const[]){"max", most, "days", days, NULL});
    add_spoken(sentences, element->second);
    sentences->count++;
}

// What the screen under the sheet says: its elements carry the keys of their texts.
static void add_sentences(struct sentences *sentences)
{
    unsigned last = sentences->list->count;
    for (unsigned i = 0; i < last; i++) {
        const struct element *element = &sentences->list->elements[i];
        const char *key = element->voice;
        if (*key == '\0' || element->role == ROLE_TOOL)
            continue;
        char second[ELEMENT_ID_SIZE + 8];
        bool title = strncmp(key, "title.", 6) == 0;
        text_print(second, sizeof second, "second.%s", title ? key + 6 : key);
        add_sentence(sentences, key, element->label, element->pictogram);
        add_sentence(sentences, second, element->second, title ? "touch" : element->pictogram);
    }
}

// False when the visitor's language is off or unknown, or this screen has no sentence in it.
static bool sheet_contact(const struct view *view, struct element_list *list)
{
    const char *code = view->visit->booking.language;
    struct sentences sentences = {.view = view, .list = list};
    unsigned first = list->count;
    sentences.contact = contact_texts(view->contact, code, view->world->now.day);
    sentences.language = town_language(view->world->town, code);
    if (sentences.contact == NULL || sentences.language == NULL)
        return false;
    add_sentences(&sentences);
    if (sentences.count == 0)
        return false;
    if (sentences.count <= SENTENCES_MAX)
        add_sentence(&sentences, "help.counter", say(view, "help.counter"), "referred-counter");
    put_picture(view, list, "help.translated", ROLE_TEXT, LOOK_POINT, "help.translated", "language");
    put_primary(view, list, "help.close", "help.close", MARK_GO, true);
    layout_sheet(list, view->theme, first);
    return true;
}

void sheet_help(const struct view *view, struct element_list *list)
{
    if (sheet_contact(view, list))
        return;
    unsigned first = list->count;
    put(view, list, "help.title", ROLE_TITLE, LOOK_SHEET_TITLE, "title.help");
    put_picture(view, list, "help.touch", ROLE_TEXT, LOOK_POINT, "help.touch", "touch");
    put_picture(view, list, "help.back", ROLE_TEXT, LOOK_POINT, "help.back", "back");
    if (view->voice)
        put_picture(view, list, "help.speak", ROLE_TEXT, LOOK_POINT, "help.speak", "speak");
    put_picture(view, list, "help.counter", ROLE_TEXT, LOOK_POINT, "help.counter", "referred-counter");
    put_primary(view, list, "help.close", "help.close", MARK_GO, true);
    layout_sheet(list, view->theme, first);
}

void sheet_stop(const struct view *view, struct element_list *list)
{
    unsigned first = list->count;
    put(view, list, "stop.title", ROLE_TITLE, LOOK_SHEET_TITLE, "title.stop");
    put_picture(view, list, "stop.wiped", ROLE_TEXT, LOOK_POINT, "second.stop", "wiped");
    put_primary(view, list, "stop.stay", "stop.stay", MARK_GO, true);
    put_plain(view, list, "stop.go", "stop.go", "stop");
    layout_sheet(list, view->theme, first);
}

static void step(const struct view *view, struct element_list *list, const char *id, const char *pictogram,
                 bool enabled)
{
    put_picture(view, list, id, ROLE_BUTTON, LOOK_TILE, id, pictogram)->disabled = !enabled;
}

// As many buttons as a screen: it stands in the place of the one it is about.
void sheet_voice(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    const int most = VISIT_VOICE_STEPS / 2;
    ask(view, list, "voice", "speak");
    unsigned first = list->count;
    step(view, list, "voice.again", "voice-again", true);
    step(view, list, "voice.off", "voice-off", true);
    step(view, list, "voice.slower", "voice-slower", visit->speed > -most);
    step(view, list, "voice.faster", "voice-faster", visit->speed < most);
    step(view, list, "voice.softer", "voice-softer", visit->volume > -most);
    step(view, list, "voice.louder", "voice-louder", visit->volume < most);
    put_primary(view, list, "voice.close", "voice.close", MARK_GO, true);
    layout_answers(list, view->theme, first);
}
