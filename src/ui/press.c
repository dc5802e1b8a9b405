#include "ui/press.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

void press_clear(struct press *press)
{
    memset(press, 0, sizeof *press);
}

static bool is_double(const struct press *press, float x, float y, int64_t now_ms)
{
    return press->guarded && now_ms - press->changed_ms < PRESS_GUARD_MS &&
           hypotf(x - press->last_x, y - press->last_y) < PRESS_GUARD_MM;
}

void press_down(struct press *press, struct element_list *list, float x, float y, int64_t now_ms)
{
    press->down = press->inside = false;
    press->id[0] = '\0';
    if (is_double(press, x, y, now_ms))
        return;
    press->down = true;
    const struct element *element = element_at(list, x, y);
    if (!element)
        return;
    (void)text_copy(press->id, sizeof press->id, element->id);
    press->inside = true;
}

void press_move(struct press *press, struct element_list *list, float x, float y)
{
    if (!press->down || !*press->id)
        return;
    const struct element *element = element_at(list, x, y);
    press->inside = element && strcmp(element->id, press->id) == 0;
}

bool press_up(struct press *press, struct element_list *list, float x, float y, char id[ELEMENT_ID_SIZE])
{
    id[0] = '\0';
    press_move(press, list, x, y);
    bool activates = press->down && press->inside && *press->id;
    if (activates) {
        (void)text_copy(id, ELEMENT_ID_SIZE, press->id);
        press->last_x = x;
        press->last_y = y;
    }
    press->down = press->inside = false;
    press->id[0] = '\0';
    return activates;
}

void press_screen_changed(struct press *press, int64_t now_ms)
{
    press->guarded = true;
    press->changed_ms = now_ms;
    press->down = press->inside = false; // a finger that is still down does not touch the new screen
    press->id[0] = '\0';
}
