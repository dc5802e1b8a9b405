#include "ui/focus.h"

#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

void focus_clear(struct focus *focus)
{
    memset(focus, 0, sizeof *focus);
}

static int index_of(const struct focus *focus, const struct element_list *list)
{
    if (!*focus->id)
        return -1;
    for (unsigned i = element_floor(list); i < list->count; i++)
        if (element_touchable(&list->elements[i]) && strcmp(list->elements[i].id, focus->id) == 0)
            return (int)i;
    return -1;
}

void focus_follow(struct focus *focus, const struct element_list *list)
{
    if (strcmp(focus->screen, list->screen) != 0) {
        (void)text_copy(focus->screen, sizeof focus->screen, list->screen);
        focus->id[0] = '\0';
        focus->title = true;
        return;
    }
    if (index_of(focus, list) < 0)
        focus->id[0] = '\0';
}

// The next touchable one from `from` in this direction, round the end; -1 when there is none at all.
static int step(const struct element_list *list, int from, int direction)
{
    int first = (int)element_floor(list), count = (int)list->count - first;
    if (count <= 0)
        return -1;
    int at = from < 0 ? (direction > 0 ? -1 : count) : from - first;
    for (int i = 0; i < count; i++) {
        at = (at + direction + count) % count;
        if (element_touchable(&list->elements[first + at]))
            return first + at;
    }
    return -1;
}

enum focus_result focus_press(struct focus *focus, const struct element_list *list, enum focus_key key)
{
    if (strcmp(focus->screen, list->screen) != 0)
        focus_follow(focus, list);
    int at = index_of(focus, list);
    switch (key) {
    case FOCUS_CHOOSE:
        return at >= 0 ? FOCUS_CHOSEN : FOCUS_NOTHING;
    case FOCUS_BACK:
        return FOCUS_LEFT;
    case FOCUS_NEXT:
        at = step(list, at, 1);
        break;
    case FOCUS_PREVIOUS:
        at = step(list, at, -1);
        break;
    }
    if (at < 0)
        return FOCUS_NOTHING;
    (void)text_copy(focus->id, sizeof focus->id, list->elements[at].id);
    return FOCUS_MOVED;
}

const struct element *focus_element(const struct focus *focus, const struct element_list *list)
{
    int at = strcmp(focus->screen, list->screen) == 0 ? index_of(focus, list) : -1;
    return at < 0 ? NULL : &list->elements[at];
}
