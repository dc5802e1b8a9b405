// A finger on the screen, as a state machine: touched at once, activated on release inside the same element,
// cancelled by sliding off (EN 301 549 5.5); the same place is ignored for 0.5 s after a screen change
// (double strike, EN 5.8). Pure.
#ifndef WEGWIJS_UI_PRESS_H
#define WEGWIJS_UI_PRESS_H

#include <stdint.h>

#include "ui/element.h"

#define PRESS_GUARD_MS 500
#define PRESS_GUARD_MM 25.0F // "the same place"

struct press {
    char id[ELEMENT_ID_SIZE]; // under the finger, "" for none
    bool down, inside;
    float last_x, last_y; // where the last activation was
    int64_t changed_ms;   // when the screen last changed after an activation
    bool guarded;
};

void press_clear(struct press *press);
void press_down(struct press *press, struct element_list *list, float x, float y, int64_t now_ms);
void press_move(struct press *press, struct element_list *list, float x, float y);
// True when it activates: its id is in `id`.
bool press_up(struct press *press, struct element_list *list, float x, float y, char id[ELEMENT_ID_SIZE]);
// The screen changed to another one.
void press_screen_changed(struct press *press, int64_t now_ms);
#endif
