// The questions over a screen: are you still there, help, stop, the voice.
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

// ---- help in the visitor's language: the screen's sentences, Dutch first and larger

struct sentences {
    const struct view *view;
    struct element_list *list;
    const struct catalog *contact;
    const struct town_language *language;
    unsigned count, most; // most: under the question
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

// The text of a key with what the town fills in.
static void fill_in(const struct view *view, const char *text, char *out, size_t size)
{
    const struct town *town = view->world->town;
    char most[12], days[12];
    text_print(most, sizeof most, "%u", town->topics_max);
    text_print(days, sizeof days, "%u", town->privacy.retention_days);
    catalog_fill(out, size, text, (const char *const[]){"max", most, "days", days, NULL});
}

static bool says(const struct view *view, const char *key, const char *dutch)
{
    char text[ELEMENT_LABEL_SIZE];
    if (!catalog_has(view->texts, key))
        return false;
    fill_in(view, say(view, key), text, sizeof text);
    return strcmp(text, dutch) == 0;
}

// The key of a Dutch text: the one that its element leads to, or one that stands in its place at times.
static const char *key_of(const struct view *view, const char *guess, const char *dutch)
{
    static const char *const others[] = {"title.slot",
                                         "slot.taken",
                                         "slot.wait",
                                         "second.slip",
                                         "second.slip.callback",
                                         "second.goodbye",
                                         "second.goodbye.no-paper",
                                         "second.checkin.found",
                                         "second.checkin.later",
                                         "second.checkin.past"};
    if (says(view, guess, dutch))
        return guess;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (says(view, others[i], dutch))
            return others[i];
    return NULL;
}

// What the contact language says for a Dutch text; false when it has no words for it.
static bool translated(const struct sentences *sentences, const char *guess, const char *dutch, char *out,
                       size_t size)
{
    const char *key = *dutch != '\0' ? key_of(sentences->view, guess, dutch) : NULL;
    if (key == NULL || !catalog_has(sentences->contact, key))
        return false;
    fill_in(sentences->view, catalog_get(sentences->contact, key), out, size);
    return true;
}

static bool add_sentence(struct sentences *sentences, const char *key, const char *dutch,
                         const char *pictogram)
{
    char text[ELEMENT_LABEL_SIZE], id[ELEMENT_ID_SIZE];
    if (sentences->count > sentences->most || !translated(sentences, key, dutch, text, sizeof text))
        return false;
    text_print(id, sizeof id, "help.dutch.%u", sentences->count);
    bool first = sentences->count == 0;
    struct element *element = element_add(sentences->list, id, first ? ROLE_TITLE : ROLE_TEXT,
                                          first ? LOOK_SHEET_TITLE : LOOK_POINT);
    text_copy(element->label, sizeof element->label, dutch);
    text_copy(element->spoken, sizeof element->spoken, dutch);
    text_copy(element->voice, sizeof element->voice, key);
    text_copy(element->pictogram, sizeof element->pictogram, first ? "" : pictogram);
    text_copy(element->second, sizeof element->second, text);
    element->right_to_left = strcmp(sentences->language->script, "Arab") == 0;
    add_spoken(sentences, text);
    sentences->count++;
    return true;
}

// What the screen under the sheet says: its elements carry the keys of their texts. Of an answer with a
// sentence under it the sentence is enough; what leads on says itself.
static void add_sentences(struct sentences *sentences)
{
    unsigned last = sentences->list->count;
    for (unsigned i = 0; i < last; i++) {
        const struct element element = sentences->list->elements[i]; // adding may not move it
        const char *key = element.voice;
        if (*key == '\0' || element.role == ROLE_TOOL || element.look == LOOK_PRIMARY)
            continue;
        char second[ELEMENT_ID_SIZE + 8];
        bool title = element.role == ROLE_TITLE;
        text_print(second, sizeof second, "second.%s", strncmp(key, "title.", 6) == 0 ? key + 6 : key);
        if (title)
            (void)add_sentence(sentences, key, element.label, element.pictogram);
        if (!add_sentence(sentences, second, element.second, title ? "touch" : element.pictogram) && !title)
            (void)add_sentence(sentences, key, element.label, element.pictogram);
    }
}

// False when the visitor's language is off or unknown.
static bool contact_begin(struct sentences *sentences, const struct view *view, struct element_list *list)
{
    const char *code = view->visit->booking.language;
    *sentences = (struct sentences){.view = view, .list = list, .most = layout_sheet_room(view->theme)};
    sentences->contact = contact_texts(view->contact, code, view->world->now.day);
    sentences->language = town_language(view->world->town, code);
    return sentences->contact != NULL && sentences->language != NULL;
}

static void put_translated(const struct view *view, struct element_list *list)
{
    put(view, list, "help.translated", ROLE_TEXT, LOOK_BODY, "help.translated");
}

// Under the Dutch of an element of another sheet, in the visitor's language when that is on.
static bool add_under(struct sentences *sentences, const char *id, const char *key)
{
    struct element *element = element_find(sentences->list, id);
    if (!translated(sentences, key, element->label, element->second, sizeof element->second))
        return false;
    text_copy(element->spoken, sizeof element->spoken, element->label);
    element->right_to_left = strcmp(sentences->language->script, "Arab") == 0;
    char text[ELEMENT_LABEL_SIZE];
    text_copy(text, sizeof text, element->second);
    add_spoken(sentences, text);
    sentences->count++;
    return true;
}

// False when this screen has no sentence in the visitor's language.
static bool sheet_contact(const struct view *view, struct element_list *list)
{
    struct sentences sentences;
    unsigned first = list->count;
    if (!contact_begin(&sentences, view, list))
        return false;
    add_sentences(&sentences);
    if (sentences.count == 0)
        return false;
    if (sentences.count <= sentences.most && element_find(list, "help.counter") == NULL)
        (void)add_sentence(&sentences, "help.counter", say(view, "help.counter"), "referred-counter");
    put_translated(view, list);
    put_primary(view, list, "help.close", "help.close", MARK_GO, true);
    layout_sheet(list, view->theme, first);
    return true;
}

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
    struct sentences sentences;
    if (contact_begin(&sentences, view, list) && add_under(&sentences, "idle.title", "title.idle"))
        put_translated(view, list);
    layout_sheet(list, view->theme, first);
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
    struct sentences sentences;
    if (contact_begin(&sentences, view, list) && add_under(&sentences, "stop.title", "title.stop")) {
        (void)add_under(&sentences, "stop.wiped", "second.stop");
        put_translated(view, list);
    }
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
