// Fingers, mouse, keypad and scanner: events of SDL become events of ours.
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "ui/window_inner.h"

#include "base/banned.h"

#define SCAN_LEAST 3 // characters
#define PALM_MS 2000 // what rests longer is a hand that leans on the screen

static void to_mm(const struct window *window, float x_px, float y_px, float *x, float *y)
{
    float width = (float)window_painted(window)->w, height = (float)window_painted(window)->h;
    float px = x_px, py = y_px;
    switch (window->options.rotate) {
    case 90:
        px = y_px;
        py = height - x_px;
        break;
    case 180:
        px = width - x_px;
        py = height - y_px;
        break;
    case 270:
        px = width - y_px;
        py = x_px;
        break;
    default:
        break;
    }
    *x = px / window->theme.px_per_mm;
    *y = py / window->theme.px_per_mm;
}

enum touch { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP };

static bool on_touch(struct window *window, enum touch touch, float x_px, float y_px, struct ui_event *event)
{
    float x = 0, y = 0;
    if (!window->has_list)
        return false;
    to_mm(window, x_px, y_px, &x, &y);
    bool was_inside = window->press.inside;
    switch (touch) {
    case TOUCH_DOWN:
        window->input = SDL_GetPerformanceCounter();
        press_down(&window->press, &window->list, x, y, clock_steady_ms());
        window->focus.id[0] = '\0'; // fingers take over from the keys
        window_apply_states(window);
        window_paint(window);
        event->kind = UI_TOUCHED;
        (void)text_copy(event->id, sizeof event->id, window->press.id);
        return true;
    case TOUCH_MOVE:
        press_move(&window->press, &window->list, x, y);
        if (window->press.inside != was_inside) {
            window_apply_states(window);
            window_paint(window);
        }
        return false;
    case TOUCH_UP:
        break;
    }
    bool activated = press_up(&window->press, &window->list, x, y, event->id);
    window_apply_states(window);
    if (!activated) {
        window_paint(window);
        return false;
    }
    // the program answers with a new list at once: one repaint for release and change
    event->kind = UI_ACTIVATED;
    return true;
}

static bool is_key(const struct window *window, enum focus_key key, SDL_Scancode code)
{
    for (int i = 0; i < WINDOW_KEY_NAMES; i++)
        if (window->keys[key][i] == code && code != SDL_SCANCODE_UNKNOWN)
            return true;
    return false;
}

// Struck twice: what the first strike led to is not answered by the second. Moving on stays quick.
static bool is_double_key(struct window *window, enum focus_key key)
{
    bool same = key == window->last_key && (key == FOCUS_BACK || key == FOCUS_CHOOSE);
    window->last_key = key;
    return same && window->press.guarded && clock_steady_ms() - window->press.changed_ms < PRESS_GUARD_MS;
}

static bool on_focus_key(struct window *window, enum focus_key key, struct ui_event *event)
{
    if (is_double_key(window, key))
        return false;
    window->input = SDL_GetPerformanceCounter();
    enum focus_result result = focus_press(&window->focus, &window->list, key);
    window_apply_states(window);
    if (result == FOCUS_MOVED)
        window_paint(window);
    const struct element *element = focus_element(&window->focus, &window->list);
    if (element)
        (void)text_copy(event->id, sizeof event->id, element->id);
    switch (result) {
    case FOCUS_MOVED:
        event->kind = UI_FOCUSED;
        return true;
    case FOCUS_CHOSEN:
        event->kind = UI_ACTIVATED;
        return true;
    case FOCUS_LEFT:
        event->kind = UI_BACK;
        return true;
    case FOCUS_NOTHING:
        break;
    }
    return false;
}

static void scan_clear(struct window *window)
{
    memory_wipe(window->scan, sizeof window->scan);
    window->scan_length = 0;
    window->scan_ended = false;
}

static void scan_add(struct window *window, const char *text, size_t length)
{
    Uint64 now = SDL_GetTicks64();
    if (window->scan_length > 0 && now - window->scan_ms > WINDOW_SCAN_GAP_MS)
        scan_clear(window); // somebody types slowly: no scanner
    window->scan_ms = now;
    if (window->scan_length + length + 1 > sizeof window->scan)
        return; // longer than anything we print
    memcpy(window->scan + window->scan_length, text, length);
    window->scan_length += length;
    window->scan[window->scan_length] = '\0';
}

static bool on_key(struct window *window, const SDL_KeyboardEvent *key, struct ui_event *event)
{
    SDL_Scancode code = key->keysym.scancode;
    if (key->repeat || !window->has_list)
        return false;
    bool enter = code == SDL_SCANCODE_RETURN || code == SDL_SCANCODE_KP_ENTER;
    if (enter && window->scan_length >= SCAN_LEAST &&
        SDL_GetTicks64() - window->scan_ms <= WINDOW_SCAN_GAP_MS) {
        scan_add(window, "\n", 1); // codes of several lines go on after it
        window->scan_ended = true;
        return false;
    }
    for (int i = 0; i < 4; i++)
        if (is_key(window, (enum focus_key)i, code))
            return on_focus_key(window, (enum focus_key)i, event);
    return false;
}

// A scan is complete when Enter came and silence after it.
bool window_take_scan(struct window *window, struct ui_event *event)
{
    if (!window->scan_ended || SDL_GetTicks64() - window->scan_ms < WINDOW_SCAN_GAP_MS)
        return false;
    size_t length = window->scan_length;
    while (length > 0 && (window->scan[length - 1] == '\n' || window->scan[length - 1] == '\r'))
        window->scan[--length] = '\0';
    event->kind = UI_SCANNED;
    (void)text_copy(event->text, sizeof event->text, window->scan);
    scan_clear(window);
    return true;
}

static bool on_window(struct window *window, const SDL_WindowEvent *change, struct ui_event *event)
{
    switch (change->event) {
    case SDL_WINDOWEVENT_CLOSE:
        event->kind = UI_CLOSE;
        return !window->options.kiosk;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        if (window_take_surface(window, NULL) != 0)
            return false;
        painter_forget(window->painter);
        event->kind = UI_RESIZED;
        return true;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        if (window_take_surface(window, NULL) != 0)
            return false;
        painter_forget(window->painter);
        window_paint(window);
        return false;
    default:
        return false;
    }
}

// One finger counts. A hand that leans on the screen must not make it deaf: where it holds nothing, or has
// rested for long, the next finger takes over.
static bool finger_counts(const struct window *window)
{
    return !window->has_finger || !*window->press.id || clock_steady_ms() - window->finger_ms >= PALM_MS;
}

bool window_translate(struct window *window, const SDL_Event *raw, struct ui_event *event)
{
    int width = window->surface->w, height = window->surface->h;
    switch (raw->type) {
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (raw->button.button != SDL_BUTTON_LEFT || raw->button.which == SDL_TOUCH_MOUSEID)
            return false;
        return on_touch(window, raw->type == SDL_MOUSEBUTTONDOWN ? TOUCH_DOWN : TOUCH_UP,
                        (float)raw->button.x, (float)raw->button.y, event);
    case SDL_MOUSEMOTION:
        if (raw->motion.which == SDL_TOUCH_MOUSEID || !window->press.down)
            return false;
        return on_touch(window, TOUCH_MOVE, (float)raw->motion.x, (float)raw->motion.y, event);
    case SDL_FINGERDOWN:
        if (!finger_counts(window))
            return false;
        window->has_finger = true;
        window->finger_ms = clock_steady_ms();
        window->finger = raw->tfinger.fingerId;
        return on_touch(window, TOUCH_DOWN, raw->tfinger.x * (float)width, raw->tfinger.y * (float)height,
                        event);
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        if (!window->has_finger || raw->tfinger.fingerId != window->finger)
            return false;
        if (raw->type == SDL_FINGERUP)
            window->has_finger = false;
        return on_touch(window, raw->type == SDL_FINGERUP ? TOUCH_UP : TOUCH_MOVE,
                        raw->tfinger.x * (float)width, raw->tfinger.y * (float)height, event);
    case SDL_TEXTINPUT:
        scan_add(window, raw->text.text, strlen(raw->text.text));
        return false;
    case SDL_KEYDOWN:
        return on_key(window, &raw->key, event);
    case SDL_WINDOWEVENT:
        return on_window(window, &raw->window, event);
    case SDL_QUIT: // a signal: the supervisor ends us
        event->kind = UI_CLOSE;
        return true;
    default:
        break;
    }
    if (raw->type != window_posted_event)
        return false;
    event->kind = UI_POSTED;
    event->code = raw->user.code;
    event->data = raw->user.data1;
    return true;
}
