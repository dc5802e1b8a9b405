// Questions with answers to touch: language, indicators, topics, who sent you.
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

static struct element *tile(const struct view *view, struct element_list *list, const char *family,
                            const char *name, const char *pictogram)
{
    char id[ELEMENT_ID_SIZE];
    text_print(id, sizeof id, "%s.%s", family, name);
    return put_picture(view, list, id, ROLE_CHOICE, LOOK_TILE, id, pictogram);
}

static void page_tiles(const struct view *view, struct element_list *list, const struct page *page)
{
    if (page->has_back)
        put_picture(view, list, "list.back", ROLE_BUTTON, LOOK_TILE, "button.previous", "list-back");
    if (page->has_more)
        put_picture(view, list, "list.more", ROLE_BUTTON, LOOK_TILE, "button.more", "list-more");
}

// ---- 1 language

static void put_language(const struct view *view, struct element_list *list,
                         const struct town_language *language)
{
    char id[ELEMENT_ID_SIZE];
    text_print(id, sizeof id, "language.%s", language->code);
    struct element *tile = element_add(list, id, ROLE_CHOICE, LOOK_TILE);
    text_copy(tile->label, sizeof tile->label, language->endonym);
    text_copy(tile->voice, sizeof tile->voice, id);
    text_copy(tile->pictogram, sizeof tile->pictogram, "language");
    text_copy(tile->glyph, sizeof tile->glyph, language->letter != NULL ? language->letter : "");
    text_copy(tile->language, sizeof tile->language,
              language->voice != NULL ? language->voice : language->code);
    text_copy(tile->script, sizeof tile->script, language->script);
    tile->right_to_left = strcmp(language->script, "Arab") == 0;
    tile->chosen = strcmp(view->visit->booking.language, language->code) == 0;
}

void screen_language(const struct view *view, struct element_list *list)
{
    const struct town *town = view->world->town;
    ask(view, list, "language", "language-question");
    unsigned first = list->count;
    // "another language" stands on the last page, as one more item
    struct page page = layout_page(view->theme, town->languages_count + 1, view->visit->page, false);
    for (unsigned i = page.first; i < page.first + page.count; i++)
        if (i < town->languages_count)
            put_language(view, list, &town->languages[i]);
        else
            tile(view, list, "language", "other", "language-other")->chosen =
                strcmp(view->visit->booking.language, "other") == 0;
    page_tiles(view, list, &page);
    layout_answers(list, view->theme, first);
}

// ---- 3 indicators

static void put_second(const struct view *view, struct element *element, const char *id)
{
    char key[ELEMENT_ID_SIZE + 8];
    text_print(key, sizeof key, "second.%s", id);
    if (catalog_has(view->texts, key))
        text_copy(element->second, sizeof element->second, say(view, key));
}

void screen_indicator(const struct view *view, struct element_list *list)
{
    const struct town_indicator *indicator = &view->world->town->indicators[view->visit->indicator];
    const char *given = booking_answer(&view->visit->booking, indicator->id);
    char family[ELEMENT_ID_SIZE];
    text_print(family, sizeof family, "indicator.%s", indicator->id);
    ask_text(view, list, family, say(view, family), NULL, indicator->pictogram);
    unsigned first = list->count;
    for (unsigned i = 0; i < indicator->answers_count; i++) {
        const struct town_answer *answer = &indicator->answers[i];
        struct element *element = tile(view, list, family, answer->id, answer->pictogram);
        put_second(view, element, element->id);
        element->chosen = strcmp(given, answer->id) == 0;
    }
    layout_answers(list, view->theme, first);
}

// ---- 4 topics

// What was chosen, small. No open places: they were read as places to fill.
static void put_chips(const struct view *view, struct element_list *list)
{
    const struct booking *booking = &view->visit->booking;
    const struct town *town = view->world->town;
    for (unsigned i = 0; i < booking->topic_count; i++) {
        char id[ELEMENT_ID_SIZE];
        text_print(id, sizeof id, "chip.%u", i);
        struct element *chip = element_add(list, id, ROLE_PICTURE, LOOK_CHIP);
        const struct town_topic *topic = town_topic(town, booking->topics[i]);
        if (topic == NULL)
            continue;
        chip->chosen = true;
        text_copy(chip->pictogram, sizeof chip->pictogram, topic->pictogram);
    }
}

static unsigned offered_topics(const struct view *view, const struct town_topic **out, unsigned room)
{
    const struct town *town = view->world->town;
    unsigned count = 0;
    for (unsigned pass = 0; pass < 2; pass++) // the fixed themes first, then those on request
        for (unsigned i = 0; i < town->topics_count && count < room; i++)
            if (town->topics[i].on_request == (pass == 1) &&
                town_offers(town, &town->topics[i], &view->visit->booking))
                out[count++] = &town->topics[i];
    return count;
}

void screen_topics(const struct view *view, struct element_list *list)
{
    const struct booking *booking = &view->visit->booking;
    const struct town *town = view->world->town;
    const struct town_topic *topics[64];
    unsigned count = offered_topics(view, topics, 64);
    char most[12], second[ELEMENT_LABEL_SIZE];
    text_print(most, sizeof most, "%u", town->topics_max);
    const char *rule = booking->topic_count < town->topics_max ? "second.topics" : "topics.full";
    catalog_fill(second, sizeof second, say(view, rule), (const char *const[]){"max", most, NULL});
    ask_text(view, list, "title.topics", say(view, "title.topics"), second, "talk");
    unsigned first = list->count;
    struct page page = layout_page(view->theme, count, view->visit->page, true);
    for (unsigned i = page.first; i < page.first + page.count; i++) {
        struct element *element = tile(view, list, "topic", topics[i]->id, topics[i]->pictogram);
        element->chosen = booking_has_topic(booking, topics[i]->id);
        element->disabled = !element->chosen && booking->topic_count >= town->topics_max;
    }
    page_tiles(view, list, &page);
    put_chips(view, list);
    put_primary(view, list, "topics.next", "topics.next", MARK_GO, booking->topic_count > 0);
    layout_answers(list, view->theme, first);
}

// ---- 5 who sent you

void screen_referred(const struct view *view, struct element_list *list)
{
    const struct town *town = view->world->town;
    ask(view, list, "referred", "referred");
    unsigned first = list->count;
    struct page page = layout_page(view->theme, town->referrers_count, view->visit->page, true);
    for (unsigned i = page.first; i < page.first + page.count; i++) {
        const struct town_referrer *referrer = &town->referrers[i];
        tile(view, list, "referred", referrer->id, referrer->pictogram)->chosen =
            strcmp(view->visit->booking.referred, referrer->id) == 0;
    }
    page_tiles(view, list, &page);
    put_plain(view, list, "referred.skip", "referred.skip", "say-nothing");
    layout_answers(list, view->theme, first);
}
