// What is spoken of a screen. Names and phone numbers only when asked for.
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

static void say_text(struct shell *shell, const char *key, const char *text, const char *language, bool first)
{
    if (text[0] == '\0')
        return;
    if (first)
        speech_say(shell->speech, key, text, language);
    else
        speech_add(shell->speech, key, text, language);
}

static void say_key(struct shell *shell, const char *key)
{
    say_text(shell, key, catalog_get(shell->options->texts, key), NULL, false);
}

static void say_filled(struct shell *shell, const char *key, const char *const values[])
{
    char text[ELEMENT_LABEL_SIZE];
    catalog_fill(text, sizeof text, catalog_get(shell->options->texts, key), values);
    say_text(shell, NULL, text, NULL, false);
}

// What is not said aloud is at least named.
static void hidden_text(const struct shell *shell, const struct element *element, char *out, size_t size)
{
    char key[ELEMENT_ID_SIZE + 16];
    text_print(key, sizeof key, "spoken.hidden.%s", element->id);
    if (catalog_has(shell->options->texts, key))
        text_copy(out, size, catalog_get(shell->options->texts, key));
}

static void say(struct shell *shell, const struct element *element, bool with_private, bool first)
{
    char text[3 * ELEMENT_LABEL_SIZE];
    const char *chosen = catalog_get(shell->options->texts, "spoken.chosen");
    element_speech(element, chosen, with_private, text, sizeof text);
    if (text[0] == '\0' && element->is_private)
        hidden_text(shell, element, text, sizeof text);
    const char *language =
        element->language[0] != '\0' && speech_has_language(shell->speech, element->language)
            ? element->language
            : NULL;
    say_text(shell, element->voice[0] != '\0' ? element->voice : NULL, text, language, first);
    memory_wipe(text, sizeof text);
}

static bool is_answer(const struct element *element)
{
    return element->role == ROLE_CHOICE || element->look == LOOK_LINE || element->look == LOOK_HERO;
}

// For who hears instead of sees: the how manieth of how many answers it is.
static void say_position(struct shell *shell, const struct element *element)
{
    unsigned number = 0, count = 0;
    for (unsigned i = element_floor(&shell->list); i < shell->list.count; i++) {
        if (!is_answer(&shell->list.elements[i]))
            continue;
        count++;
        if (&shell->list.elements[i] == element)
            number = count;
    }
    char first[12], last[12];
    text_print(first, sizeof first, "%u", number);
    text_print(last, sizeof last, "%u", count);
    if (number > 0 && count > 1)
        say_filled(shell, "spoken.position", (const char *const[]){"number", first, "count", last, NULL});
}

// How much is typed, not what.
static void say_typed(struct shell *shell, const struct element *field)
{
    char count[12];
    text_print(count, sizeof count, "%zu", utf8_length(field->second));
    if (field->active)
        say_key(shell, "spoken.active");
    say_filled(shell, "spoken.typed", (const char *const[]){"count", count, NULL});
}

static void say_state(struct shell *shell, const struct element *element)
{
    if (is_answer(element))
        say_position(shell, element);
    if (element->role == ROLE_FIELD)
        say_typed(shell, element);
}

static void say_one(struct shell *shell, const char *id, bool first)
{
    const struct element *element = element_find(&shell->list, id);
    if (element == NULL)
        return;
    say(shell, element, false, first);
    if (shell->keypad)
        say_state(shell, element);
}

void shell_say_element(struct shell *shell, const char *id)
{
    say_one(shell, id, true);
}

void shell_add_element(struct shell *shell, const char *id)
{
    say_one(shell, id, false);
}

void shell_say_moment(struct shell *shell)
{
    say_one(shell, "fact.day", true);
    say_one(shell, "fact.hour", false);
}

void shell_say_keys(struct shell *shell)
{
    say_text(shell, "spoken.keys", catalog_get(shell->options->texts, "spoken.keys"), NULL, true);
}

static const struct element *title_of(const struct element_list *list)
{
    for (unsigned i = element_floor(list); i < list->count; i++)
        if (list->elements[i].role == ROLE_TITLE)
            return &list->elements[i];
    return NULL;
}

void shell_keep_title(const struct shell *shell, char *out, size_t size)
{
    const struct element *title = title_of(&shell->list);
    text_print(out, size, "%s%s", title != NULL ? title->label : "", title != NULL ? title->second : "");
}

// A choice was made and the screen stayed: what is it now, and does the question say something else?
void shell_say_change(struct shell *shell, const char *id, const char *title_before)
{
    char title_now[2 * ELEMENT_LABEL_SIZE];
    const struct element *element = element_find(&shell->list, id), *title = title_of(&shell->list);
    shell_keep_title(shell, title_now, sizeof title_now);
    bool told = shell->keypad && element != NULL && element->role != ROLE_BUTTON;
    if (told) {
        say(shell, element, false, true);
        bool mode = element->role == ROLE_TOOL && strcmp(id, "bar.help") != 0;
        if ((element->role == ROLE_CHOICE || mode) && !element->chosen)
            say_key(shell, "spoken.unchosen");
    }
    for (unsigned i = 0; shell->keypad && i < shell->list.count; i++) {
        const struct element *field = &shell->list.elements[i];
        if (element != NULL && element->role == ROLE_BUTTON && field->role == ROLE_FIELD && field->active) {
            say(shell, field, false, !told);
            say_typed(shell, field);
            told = true;
        }
    }
    if (title != NULL && strcmp(title_before, title_now) != 0)
        say(shell, title, false, !told);
}

static bool worth_saying(const struct element *element)
{
    return element->role != ROLE_TOOL && element->role != ROLE_KEY && element->role != ROLE_PROGRESS &&
           element->role != ROLE_PICTURE && element->look != LOOK_TOWN;
}

static void say_count(struct shell *shell, const struct element_list *list, unsigned from)
{
    unsigned count = 0;
    char text[12];
    for (unsigned i = from; i < list->count; i++)
        count += list->elements[i].role == ROLE_CHOICE;
    text_print(text, sizeof text, "%u", count);
    if (count > 1)
        say_filled(shell, "spoken.page", (const char *const[]){"count", text, NULL});
}

static void say_list(struct shell *shell, const struct element_list *list, unsigned from, bool with_private)
{
    bool first = true;
    for (unsigned i = from; i < list->count; i++) {
        const struct element *element = &list->elements[i];
        if (!worth_saying(element))
            continue;
        say(shell, element, with_private, first);
        if (element->role == ROLE_TITLE && shell->keypad)
            say_count(shell, list, from);
        first = false;
    }
}

void shell_say_screen(struct shell *shell, bool with_private)
{
    if (!speech_available(shell->speech))
        return;
    if (!with_private || shell->visit.overlay == OVERLAY_NONE) {
        say_list(shell, &shell->list, element_floor(&shell->list), with_private);
        return;
    }
    // asked for from the voice's sheet: the screen under it
    struct visit *under = memory_new(1, sizeof *under);
    struct element_list *list = memory_new(1, sizeof *list);
    struct view view;
    *under = shell->visit;
    under->overlay = OVERLAY_NONE;
    shell_view(shell, under, &view);
    screens_build(&view, list);
    say_list(shell, list, 0, true);
    memory_wipe(under, sizeof *under);
    memory_wipe(list, sizeof *list);
    free(under);
    free(list);
}
