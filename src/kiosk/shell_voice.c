// What is spoken of a screen. Names and phone numbers only when asked for.
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

static void say(struct shell *shell, const struct element *element, bool with_private, bool first)
{
    char text[3 * ELEMENT_LABEL_SIZE];
    const char *chosen = catalog_get(shell->options->texts, "spoken.chosen");
    element_speech(element, chosen, with_private, text, sizeof text);
    const char *language =
        element->language[0] != '\0' && speech_has_language(shell->speech, element->language)
            ? element->language
            : NULL;
    const char *key = element->voice[0] != '\0' ? element->voice : NULL;
    if (text[0] == '\0')
        return;
    if (first)
        speech_say(shell->speech, key, text, language);
    else
        speech_add(shell->speech, key, text, language);
    memory_wipe(text, sizeof text);
}

void shell_say_element(struct shell *shell, const char *id)
{
    const struct element *element = element_find(&shell->list, id);
    if (element != NULL)
        say(shell, element, false, true);
}

static bool worth_saying(const struct element *element)
{
    return element->role != ROLE_TOOL && element->role != ROLE_KEY && element->role != ROLE_PROGRESS &&
           element->role != ROLE_PICTURE;
}

static void say_list(struct shell *shell, const struct element_list *list, unsigned from, bool with_private)
{
    bool first = true;
    for (unsigned i = from; i < list->count; i++)
        if (worth_saying(&list->elements[i])) {
            say(shell, &list->elements[i], with_private, first);
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
