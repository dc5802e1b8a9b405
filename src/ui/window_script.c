// Input that scripts make, through SDL's queue as a finger's; and what the screen shows.
#include <SDL_image.h>
#include <string.h>

#include "base/clock.h"
#include "ui/window_inner.h"

#include "base/banned.h"

const struct element_list *window_list(const struct window *window)
{
    return &window->list;
}

static void from_mm(const struct window *window, float x, float y, int *x_px, int *y_px)
{
    float px = x * window->theme.px_per_mm, py = y * window->theme.px_per_mm;
    float width = (float)window_painted(window)->w, height = (float)window_painted(window)->h;
    float sx = px, sy = py;
    switch (window->options.rotate) {
    case 90:
        sx = height - py;
        sy = px;
        break;
    case 180:
        sx = width - px;
        sy = height - py;
        break;
    case 270:
        sx = py;
        sy = width - px;
        break;
    default:
        break;
    }
    *x_px = (int)sx;
    *y_px = (int)sy;
}

// Nobody waits for the double-strike guard in a script: its time passes on the program's clock.
static void pass_guard(const struct window *window)
{
    int64_t guarded = PRESS_GUARD_MS - (clock_steady_ms() - window->press.changed_ms);
    if (window->press.guarded && guarded > 0)
        clock_advance_ms(guarded);
}

bool window_push_tap(struct window *window, const char *id)
{
    const struct element *element = element_find(&window->list, id);
    if (!element)
        return false;
    pass_guard(window);
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.button.type = SDL_MOUSEBUTTONDOWN;
    raw.button.windowID = SDL_GetWindowID(window->handle);
    raw.button.button = SDL_BUTTON_LEFT;
    raw.button.state = SDL_PRESSED;
    from_mm(window, element->box.x + element->box.width / 2, element->box.y + element->box.height / 2,
            &raw.button.x, &raw.button.y);
    bool pushed = SDL_PushEvent(&raw) == 1;
    raw.button.type = SDL_MOUSEBUTTONUP;
    raw.button.state = SDL_RELEASED;
    return SDL_PushEvent(&raw) == 1 && pushed;
}

static bool push_key(SDL_Scancode code)
{
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.key.type = SDL_KEYDOWN;
    raw.key.state = SDL_PRESSED;
    raw.key.keysym.scancode = code;
    raw.key.keysym.sym = SDL_GetKeyFromScancode(code);
    bool pushed = SDL_PushEvent(&raw) == 1;
    raw.key.type = SDL_KEYUP;
    raw.key.state = SDL_RELEASED;
    return SDL_PushEvent(&raw) == 1 && pushed;
}

bool window_push_key(struct window *window, enum focus_key key)
{
    static const SDL_Scancode codes[4] = {SDL_SCANCODE_UP, SDL_SCANCODE_DOWN, SDL_SCANCODE_RETURN,
                                          SDL_SCANCODE_ESCAPE};
    pass_guard(window);
    return push_key(codes[key]);
}

void window_push_scan(struct window *window, const char *text)
{
    SDL_Event raw;
    (void)window;
    for (const char *c = text; *c; c++) {
        if (*c == '\n') {
            push_key(SDL_SCANCODE_RETURN);
            continue;
        }
        memset(&raw, 0, sizeof raw);
        raw.text.type = SDL_TEXTINPUT;
        raw.text.text[0] = *c;
        SDL_PushEvent(&raw);
    }
    push_key(SDL_SCANCODE_RETURN);
}

bool window_busy(const struct window *window)
{
    if (window->scan_ended)
        return true;
    SDL_PumpEvents();
    return SDL_HasEvents(SDL_KEYDOWN, SDL_TEXTINPUT) || SDL_HasEvents(SDL_MOUSEMOTION, SDL_MOUSEBUTTONUP) ||
           SDL_HasEvents(SDL_FINGERDOWN, SDL_FINGERMOTION);
}

int window_shot(struct window *window, const char *path, struct error *error)
{
    if (IMG_SavePNG(window_painted(window), path) != 0)
        return error_set(error, ERROR_IO, "cannot write picture \"%s\": %s", path, SDL_GetError());
    return 0;
}
