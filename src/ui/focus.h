// Operation with four keys: previous, next, choose, back (audio keypads are USB keyboards). Goes through what
// can be touched in the list's order, and wraps; what lies under a veil is passed over. Pure.
#ifndef WEGWIJS_UI_FOCUS_H
#define WEGWIJS_UI_FOCUS_H

#include <stdbool.h>

#include "ui/element.h"

enum focus_key { FOCUS_PREVIOUS, FOCUS_NEXT, FOCUS_CHOOSE, FOCUS_BACK };

struct focus {
    char id[ELEMENT_ID_SIZE]; // "" while the keys are not used
    char screen[32];          // where it was
    bool title;               // the question itself is announced first
};

enum focus_result {
    FOCUS_NOTHING,
    FOCUS_MOVED,  // announce focus_element (the title first when `title`)
    FOCUS_CHOSEN, // activate the element in focus
    FOCUS_LEFT    // back: activate bar.back, or what the top sheet offers as its way out
};

void focus_clear(struct focus *focus);
// The list was rebuilt: keeps the same id if it is still there; a new screen starts before its first answer.
void focus_follow(struct focus *focus, const struct element_list *list);
enum focus_result focus_press(struct focus *focus, const struct element_list *list, enum focus_key key);
// The element in focus, or NULL.
const struct element *focus_element(const struct focus *focus, const struct element_list *list);
#endif
