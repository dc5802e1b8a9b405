#include "ui/element.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"

#include "base/banned.h"

static const char *const role_names[] = {
    [ROLE_TITLE] = "title",   [ROLE_TEXT] = "text",     [ROLE_PICTURE] = "picture",
    [ROLE_BUTTON] = "button", [ROLE_CHOICE] = "choice", [ROLE_KEY] = "key",
    [ROLE_FIELD] = "field",   [ROLE_TOOL] = "tool",     [ROLE_PROGRESS] = "progress",
};

void element_list_clear(struct element_list *list, const char *screen)
{
    memory_wipe(list->elements, list->count * sizeof list->elements[0]);
    list->count = 0;
    (void)text_copy(list->screen, sizeof list->screen, screen);
}

struct element *element_insert(struct element_list *list, unsigned index, const char *id,
                               enum element_role role, enum element_look look)
{
    if (list->count >= ELEMENTS_MAX || index > list->count) {
        log_error("the list of screen \"%s\" has no room for \"%s\"", list->screen, id);
        abort();
    }
    struct element *element = &list->elements[index];
    memmove(element + 1, element, (list->count - index) * sizeof *element);
    memset(element, 0, sizeof *element);
    list->count++;
    (void)text_copy(element->id, sizeof element->id, id);
    element->role = role;
    element->look = look;
    return element;
}

struct element *element_add(struct element_list *list, const char *id, enum element_role role,
                            enum element_look look)
{
    return element_insert(list, list->count, id, role, look);
}

struct element *element_find(struct element_list *list, const char *id)
{
    for (unsigned i = list->count; i-- > 0;)
        if (strcmp(list->elements[i].id, id) == 0)
            return &list->elements[i];
    return NULL;
}

bool element_touchable(const struct element *element)
{
    switch (element->role) {
    case ROLE_BUTTON:
    case ROLE_CHOICE:
    case ROLE_KEY:
    case ROLE_FIELD:
    case ROLE_TOOL:
        return !element->disabled && element->box.width > 0;
    case ROLE_TITLE:
    case ROLE_TEXT:
    case ROLE_PICTURE:
    case ROLE_PROGRESS:
        break;
    }
    return false;
}

unsigned element_floor(const struct element_list *list)
{
    for (unsigned i = list->count; i-- > 0;)
        if (list->elements[i].look == LOOK_VEIL)
            return i + 1;
    return 0;
}

static bool contains(const struct box *box, float x, float y)
{
    return x >= box->x && y >= box->y && x < box->x + box->width && y < box->y + box->height;
}

struct element *element_at(struct element_list *list, float x, float y)
{
    unsigned floor = element_floor(list);
    for (unsigned i = list->count; i-- > floor;)
        if (element_touchable(&list->elements[i]) && contains(&list->elements[i].box, x, y))
            return &list->elements[i];
    return NULL;
}

// Adds a sentence: a full stop between parts, so that the voice pauses.
static void speech_add_part(char *out, size_t size, const char *part)
{
    if (!*part)
        return;
    size_t length = strlen(out);
    if (length == 0) {
        (void)text_copy(out, size, part);
        return;
    }
    bool ended = strchr(".?!:,", out[length - 1]) != NULL;
    (void)text_print(out + length, size - length, "%s%s", ended ? " " : ". ", part);
}

void element_speech(const struct element *element, const char *chosen_word, bool with_private, char *out,
                    size_t size)
{
    out[0] = '\0';
    bool hide = element->is_private && !with_private;
    if (*element->spoken && !hide) {
        speech_add_part(out, size, element->spoken);
    } else {
        bool value_in_label = hide && element->role != ROLE_FIELD;
        if (!value_in_label)
            speech_add_part(out, size, element->label);
        if (!hide) {
            if (element->look == LOOK_LEAF || element->look == LOOK_HERO) {
                int length = (int)strlen(out);
                (void)text_print(out + length, size - (size_t)length, " %d %s", (int)element->value,
                                 element->second);
            } else {
                speech_add_part(out, size, element->second);
            }
            speech_add_part(out, size, element->hour_text);
            speech_add_part(out, size, element->third);
        }
    }
    if (element->chosen)
        speech_add_part(out, size, chosen_word);
}

static bool box_equal(const struct box *a, const struct box *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

bool element_equal(const struct element *a, const struct element *b)
{
    return a->look == b->look && a->mark == b->mark && box_equal(&a->box, &b->box) &&
           a->chosen == b->chosen && a->disabled == b->disabled && a->focused == b->focused &&
           a->touched == b->touched && a->active == b->active && a->right_to_left == b->right_to_left &&
           a->day == b->day && a->minute == b->minute && a->value == b->value && a->of == b->of &&
           a->size_mm == b->size_mm && a->second_mm == b->second_mm && a->picture_mm == b->picture_mm &&
           a->lines == b->lines && a->second_lines == b->second_lines && strcmp(a->label, b->label) == 0 &&
           strcmp(a->second, b->second) == 0 && strcmp(a->third, b->third) == 0 &&
           strcmp(a->hour_text, b->hour_text) == 0 && strcmp(a->pictogram, b->pictogram) == 0 &&
           strcmp(a->pictogram_second, b->pictogram_second) == 0 && strcmp(a->glyph, b->glyph) == 0 &&
           strcmp(a->script, b->script) == 0 && strcmp(a->id, b->id) == 0 && a->raster == b->raster &&
           (a->payload == b->payload || (a->payload && b->payload && strcmp(a->payload, b->payload) == 0));
}

const char *element_role_name(enum element_role role)
{
    return role_names[role];
}

const char *element_state(const struct element *element, char *out, size_t size)
{
    const struct {
        bool on;
        const char *word;
    } states[] = {{element->chosen, "chosen"},
                  {element->disabled, "disabled"},
                  {element->active, "active"},
                  {element->focused, "focused"},
                  {element->touched, "touched"}};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (states[i].on) {
            size_t length = strlen(out);
            (void)text_print(out + length, size - length, "%s%s", length ? " " : "", states[i].word);
        }
    return out;
}
