#include "ui/window.h"

#include <SDL.h>
#include <SDL_image.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "draw/canvas.h"
#include "ui/paint.h"
#include "ui/press.h"
#include "ui/wayland.h"

#include "base/banned.h"

#define SCAN_GAP_MS 120 // a scanner types faster than this between two characters
#define SCAN_LEAST 3    // characters
#define PAYLOADS 4
#define PAYLOAD_SIZE 1024
#define KEY_NAMES 6

struct window {
    SDL_Window *handle;
    SDL_Surface *surface;    // the window's own
    struct wayland *wayland; // whose surface it is then; or NULL
    SDL_Surface *shadow;     // what is painted on, when the surface is turned or has another format; or NULL
    struct window_options options;
    struct painter *painter;
    struct element_list list;
    struct theme theme;
    char payloads[PAYLOADS][PAYLOAD_SIZE];
    bool has_list;
    struct press press;
    struct focus focus;
    SDL_FingerID finger; // the first one down
    bool has_finger;
    char scan[UI_TEXT_SIZE];
    size_t scan_length;
    Uint64 scan_ms; // last character
    bool scan_ended;
    SDL_Scancode keys[4][KEY_NAMES];
    Uint64 input, shown;
};

static Uint32 posted_event; // SDL's number for window_post

// ---- opening
static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0"); // SDL_QUIT is then a signal only
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "0");
    // Xlib reads 600 KB of compose sequences at start: nobody composes letters on a kiosk.
    (void)setenv("XCOMPOSEFILE", "/dev/null", 0);
}

static void set_keys(struct window *window)
{
    static const SDL_Scancode usual[4][KEY_NAMES] = {
        {SDL_SCANCODE_UP, SDL_SCANCODE_LEFT, SDL_SCANCODE_F13, SDL_SCANCODE_KP_8, SDL_SCANCODE_KP_4},
        {SDL_SCANCODE_DOWN, SDL_SCANCODE_RIGHT, SDL_SCANCODE_F14, SDL_SCANCODE_KP_2, SDL_SCANCODE_KP_6,
         SDL_SCANCODE_TAB},
        {SDL_SCANCODE_RETURN, SDL_SCANCODE_KP_ENTER, SDL_SCANCODE_F15, SDL_SCANCODE_KP_5},
        {SDL_SCANCODE_ESCAPE, SDL_SCANCODE_BACKSPACE, SDL_SCANCODE_F16, SDL_SCANCODE_AC_BACK},
    };
    memcpy(window->keys, usual, sizeof usual);
    for (int i = 0; i < 4; i++) {
        const char *name = window->options.keys[i];
        SDL_Scancode code = name ? SDL_GetScancodeFromName(name) : SDL_SCANCODE_UNKNOWN;
        if (name && code == SDL_SCANCODE_UNKNOWN)
            log_warning("there is no key \"%s\"", name);
        if (code == SDL_SCANCODE_UNKNOWN)
            continue;
        memset(window->keys[i], 0, sizeof window->keys[i]);
        window->keys[i][0] = code;
    }
}

// The surface to paint on: the window's own where it has our pixels and is not turned.
static int take_surface(struct window *window, struct error *error)
{
    if (window->wayland) {
        int code = wayland_resize(window->wayland, error);
        if (code != 0)
            return code;
        window->surface = wayland_surface(window->wayland);
    } else {
        window->surface = SDL_GetWindowSurface(window->handle);
    }
    if (!window->surface)
        return error_set(error, ERROR_UNAVAILABLE, "the window has no surface: %s", SDL_GetError());
    SDL_FreeSurface(window->shadow);
    window->shadow = NULL;
    const SDL_PixelFormat *format = window->surface->format;
    bool ours = format->BytesPerPixel == 4 && format->Rmask == 0xFF0000 && format->Gmask == 0xFF00 &&
                format->Bmask == 0xFF && !SDL_MUSTLOCK(window->surface);
    if (ours && window->options.rotate == 0)
        return 0;
    bool turned = window->options.rotate % 180 != 0;
    int width = turned ? window->surface->h : window->surface->w;
    int height = turned ? window->surface->w : window->surface->h;
    window->shadow = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_XRGB8888);
    if (!window->shadow)
        return error_set(error, ERROR_UNAVAILABLE, "no surface to paint on: %s", SDL_GetError());
    return 0;
}

static SDL_Window *make_window(const struct window_options *options)
{
    int width = options->width_px, height = options->height_px;
    Uint32 flags = SDL_WINDOW_SHOWN;
    SDL_Rect screen = {0, 0, 1080, 1920};
    (void)SDL_GetDisplayBounds(0, &screen);
    if (options->fullscreen) { // a borderless window of the screen's size opens faster than a full screen
        const char *driver = SDL_GetCurrentVideoDriver();
        flags |= driver && strcmp(driver, "wayland") == 0 ? SDL_WINDOW_FULLSCREEN_DESKTOP
                                                          : SDL_WINDOW_BORDERLESS | SDL_WINDOW_ALWAYS_ON_TOP;
        width = screen.w;
        height = screen.h;
    }
    if (width <= 0 || height <= 0) {
        width = screen.w;
        height = screen.h;
    }
    int at = options->fullscreen ? 0 : SDL_WINDOWPOS_UNDEFINED;
    return SDL_CreateWindow(options->title ? options->title : "Wegwijs", options->fullscreen ? screen.x : at,
                            options->fullscreen ? screen.y : at, width, height, flags);
}

int window_open(struct window **out, const struct window_options *options, struct error *error)
{
    *out = NULL;
    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return error_set(error, ERROR_UNAVAILABLE, "no display: %s", SDL_GetError());
    if (posted_event == 0)
        posted_event = SDL_RegisterEvents(1);
    struct window *window = memory_new(1, sizeof *window);
    window->options = *options;
    window->handle = make_window(options);
    int code = 0;
    if (!window->handle)
        code = error_set(error, ERROR_UNAVAILABLE, "no window: %s", SDL_GetError());
    else
        wayland_open(&window->wayland, window->handle);
    if (code == 0)
        code = take_surface(window, error);
    if (code != 0) {
        window_close(window);
        return code;
    }
    window->painter = painter_new();
    set_keys(window);
    if (options->kiosk || options->hide_pointer)
        SDL_ShowCursor(SDL_DISABLE);
    SDL_DisableScreenSaver();
    SDL_StartTextInput(); // scanners type
    *out = window;
    return 0;
}

void window_close(struct window *window)
{
    if (!window)
        return;
    painter_free(window->painter);
    SDL_FreeSurface(window->shadow);
    wayland_close(window->wayland);
    if (window->handle)
        SDL_DestroyWindow(window->handle);
    memory_wipe(window, sizeof *window);
    free(window);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

static SDL_Surface *painted(const struct window *window)
{
    return window->shadow ? window->shadow : window->surface;
}

void window_size(const struct window *window, int *width_px, int *height_px)
{
    *width_px = painted(window)->w;
    *height_px = painted(window)->h;
}

// ---- painting
// Copies a painted rectangle to the window's surface, turned clockwise; gives the rectangle there.
static SDL_Rect turn(const struct window *window, const struct paint_rect *rect)
{
    const SDL_Surface *from = window->shadow;
    SDL_Surface *to = window->surface;
    SDL_Rect place = {rect->x, rect->y, rect->width, rect->height};
    if (window->options.rotate == 0) {
        SDL_Rect target = place;
        (void)SDL_BlitSurface(window->shadow, &place, to, &target);
        return place;
    }
    if (to->format->BytesPerPixel != 4)
        return place;
    for (int y = rect->y; y < rect->y + rect->height; y++) {
        const Uint32 *row = (const Uint32 *)((const Uint8 *)from->pixels + (size_t)y * (size_t)from->pitch);
        for (int x = rect->x; x < rect->x + rect->width; x++) {
            int tx;
            int ty;
            if (window->options.rotate == 90) {
                tx = from->h - 1 - y;
                ty = x;
            } else if (window->options.rotate == 180) {
                tx = from->w - 1 - x;
                ty = from->h - 1 - y;
            } else {
                tx = y;
                ty = from->w - 1 - x;
            }
            ((Uint32 *)((Uint8 *)to->pixels + (size_t)ty * (size_t)to->pitch))[tx] = row[x];
        }
    }
    switch (window->options.rotate) {
    case 90:
        return (SDL_Rect){from->h - rect->y - rect->height, rect->x, rect->height, rect->width};
    case 180:
        return (SDL_Rect){from->w - rect->x - rect->width, from->h - rect->y - rect->height, rect->width,
                          rect->height};
    default:
        return (SDL_Rect){rect->y, from->w - rect->x - rect->width, rect->height, rect->width};
    }
}

static void paint(struct window *window)
{
    if (!window->has_list)
        return;
    struct paint_rect rects[PAINT_RECTS];
    SDL_Rect updates[PAINT_RECTS];
    struct canvas canvas;
    if (window->wayland)
        window->surface = wayland_surface(window->wayland);
    SDL_Surface *surface = painted(window);
    canvas_wrap(&canvas, surface->pixels, surface->w, surface->h, surface->pitch);
    unsigned count =
        painter_paint(window->painter, &canvas, &window->list, &window->theme, clock_steady_ms(), rects);
    for (unsigned i = 0; i < count; i++)
        updates[i] = window->shadow ? turn(window, &rects[i])
                                    : (SDL_Rect){rects[i].x, rects[i].y, rects[i].width, rects[i].height};
    if (count > 0 && window->wayland)
        wayland_update(window->wayland, updates, (int)count);
    else if (count > 0)
        SDL_UpdateWindowSurfaceRects(window->handle, updates, (int)count);
    window->shown = SDL_GetPerformanceCounter();
}

static void apply_states(struct window *window)
{
    const struct element *focused = focus_element(&window->focus, &window->list);
    for (unsigned i = 0; i < window->list.count; i++) {
        struct element *element = &window->list.elements[i];
        element->focused = element == focused;
        element->touched =
            window->press.inside && element_touchable(element) && strcmp(element->id, window->press.id) == 0;
    }
}

static void copy_list(struct window *window, const struct element_list *list)
{
    unsigned kept = 0;
    memory_wipe(window->list.elements, window->list.count * sizeof list->elements[0]);
    memcpy(window->list.elements, list->elements, list->count * sizeof list->elements[0]);
    window->list.count = list->count;
    (void)text_copy(window->list.screen, sizeof window->list.screen, list->screen);
    for (unsigned i = 0; i < list->count; i++) {
        const char *payload = list->elements[i].payload;
        window->list.elements[i].payload = NULL;
        if (!payload || kept == PAYLOADS)
            continue;
        if (payload != window->payloads[kept])
            (void)text_copy(window->payloads[kept], PAYLOAD_SIZE, payload);
        window->list.elements[i].payload = window->payloads[kept++];
    }
}

void window_show(struct window *window, const struct element_list *list, const struct theme *theme)
{
    bool changed = !window->has_list || strcmp(window->list.screen, list->screen) != 0 ||
                   (element_floor(&window->list) > 0) != (element_floor(list) > 0);
    copy_list(window, list);
    window->theme = *theme;
    if (changed && window->has_list)
        press_screen_changed(&window->press, clock_steady_ms());
    window->has_list = true;
    if (changed)
        window->focus.id[0] = '\0';
    focus_follow(&window->focus, &window->list);
    apply_states(window);
    paint(window);
}

void window_focus_clear(struct window *window)
{
    focus_clear(&window->focus);
}

// ---- events
static void to_mm(const struct window *window, float x_px, float y_px, float *x, float *y)
{
    float width = (float)painted(window)->w, height = (float)painted(window)->h;
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
        apply_states(window);
        paint(window);
        event->kind = UI_TOUCHED;
        (void)text_copy(event->id, sizeof event->id, window->press.id);
        return true;
    case TOUCH_MOVE:
        press_move(&window->press, &window->list, x, y);
        if (window->press.inside != was_inside) {
            apply_states(window);
            paint(window);
        }
        return false;
    case TOUCH_UP:
        break;
    }
    bool activated = press_up(&window->press, &window->list, x, y, event->id);
    apply_states(window);
    if (!activated) {
        paint(window);
        return false;
    }
    // the program answers with a new list at once: one repaint for release and change
    event->kind = UI_ACTIVATED;
    return true;
}

static bool is_key(const struct window *window, enum focus_key key, SDL_Scancode code)
{
    for (int i = 0; i < KEY_NAMES; i++)
        if (window->keys[key][i] == code && code != SDL_SCANCODE_UNKNOWN)
            return true;
    return false;
}

static bool on_focus_key(struct window *window, enum focus_key key, struct ui_event *event)
{
    window->input = SDL_GetPerformanceCounter();
    enum focus_result result = focus_press(&window->focus, &window->list, key);
    apply_states(window);
    if (result == FOCUS_MOVED)
        paint(window);
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
    if (window->scan_length > 0 && now - window->scan_ms > SCAN_GAP_MS)
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
    if (enter && window->scan_length >= SCAN_LEAST && SDL_GetTicks64() - window->scan_ms <= SCAN_GAP_MS) {
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
static bool take_scan(struct window *window, struct ui_event *event)
{
    if (!window->scan_ended || SDL_GetTicks64() - window->scan_ms < SCAN_GAP_MS)
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
        if (take_surface(window, NULL) != 0)
            return false;
        painter_forget(window->painter);
        event->kind = UI_RESIZED;
        return true;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        if (take_surface(window, NULL) != 0)
            return false;
        painter_forget(window->painter);
        paint(window);
        return false;
    default:
        return false;
    }
}

static bool translate(struct window *window, const SDL_Event *raw, struct ui_event *event)
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
        if (window->has_finger)
            return false; // only the first finger counts
        window->has_finger = true;
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
    if (raw->type != posted_event)
        return false;
    event->kind = UI_POSTED;
    event->code = raw->user.code;
    event->data = raw->user.data1;
    return true;
}

// How long to sleep: until the caller's time-out, the next motion, or the end of a scan. Negative: forever.
static int64_t sleep_ms(const struct window *window, int64_t left_ms)
{
    int64_t wait = left_ms;
    int64_t motion = window->has_list ? painter_next_ms(window->painter, clock_steady_ms()) : -1;
    if (motion >= 0 && (wait < 0 || motion < wait))
        wait = motion;
    if (window->scan_ended) {
        int64_t scan = (int64_t)window->scan_ms + SCAN_GAP_MS - (int64_t)SDL_GetTicks64();
        scan = scan > 0 ? scan : 0;
        if (wait < 0 || scan < wait)
            wait = scan;
    }
    return wait;
}

bool window_wait(struct window *window, int64_t timeout_ms, struct ui_event *event)
{
    Uint64 begun = SDL_GetTicks64();
    memset(event, 0, sizeof *event);
    for (;;) {
        if (take_scan(window, event))
            return true;
        int64_t left = timeout_ms < 0 ? -1 : timeout_ms - (int64_t)(SDL_GetTicks64() - begun);
        if (timeout_ms >= 0 && left < 0)
            left = 0;
        int64_t wait = sleep_ms(window, left);
        SDL_Event raw;
        int got = wait < 0 ? SDL_WaitEvent(&raw)
                           : SDL_WaitEventTimeout(&raw, (int)(wait > 86400000 ? 86400000 : wait));
        if (got) {
            bool ours = translate(window, &raw, event);
            if (raw.type == SDL_TEXTINPUT || raw.type == SDL_KEYDOWN)
                memory_wipe(&raw, sizeof raw);
            if (ours)
                return true;
            if (timeout_ms == 0)
                continue; // asks for what waits in the queue: until that is empty
        } else if (window->has_list && painter_next_ms(window->painter, clock_steady_ms()) >= 0) {
            paint(window); // what moves
        }
        if (timeout_ms >= 0 && (int64_t)(SDL_GetTicks64() - begun) >= timeout_ms) {
            memset(event, 0, sizeof *event);
            return false;
        }
    }
}

bool window_post(int code, void *data)
{
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.type = posted_event;
    raw.user.code = code;
    raw.user.data1 = data;
    return SDL_PushEvent(&raw) == 1;
}

// ---- for scripts
const struct element_list *window_list(const struct window *window)
{
    return &window->list;
}

static void from_mm(const struct window *window, float x, float y, int *x_px, int *y_px)
{
    float px = x * window->theme.px_per_mm, py = y * window->theme.px_per_mm;
    float width = (float)painted(window)->w, height = (float)painted(window)->h;
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

bool window_push_tap(struct window *window, const char *id)
{
    const struct element *element = element_find(&window->list, id);
    if (!element)
        return false;
    // Nobody waits for the double-strike guard in a script: its time passes on the program's clock.
    int64_t guarded = PRESS_GUARD_MS - (clock_steady_ms() - window->press.changed_ms);
    if (window->press.guarded && guarded > 0)
        clock_advance_ms(guarded);
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

bool window_push_key(enum focus_key key)
{
    static const SDL_Scancode codes[4] = {SDL_SCANCODE_UP, SDL_SCANCODE_DOWN, SDL_SCANCODE_RETURN,
                                          SDL_SCANCODE_ESCAPE};
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
    if (IMG_SavePNG(painted(window), path) != 0)
        return error_set(error, ERROR_IO, "cannot write picture \"%s\": %s", path, SDL_GetError());
    return 0;
}

void window_latency(const struct window *window, uint64_t *input, uint64_t *shown)
{
    *input = window->input;
    *shown = window->shown;
}
