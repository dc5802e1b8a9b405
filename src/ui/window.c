#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "draw/canvas.h"
#include "ui/window_inner.h"

#include "base/banned.h"

Uint32 window_posted_event;

// ---- opening
void window_prepare(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0"); // SDL_QUIT is then a signal only
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "0");
    // No session of a desktop here: SDL would start a bus for it, and wait.
    (void)setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
    // Xlib reads 600 KB of compose sequences at start: nobody composes letters on a kiosk.
    (void)setenv("XCOMPOSEFILE", "/dev/null", 0);
}

static void set_keys(struct window *window)
{
    static const SDL_Scancode usual[4][WINDOW_KEY_NAMES] = {
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
int window_take_surface(struct window *window, struct error *error)
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
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return error_set(error, ERROR_UNAVAILABLE, "no display: %s", SDL_GetError());
    if (window_posted_event == 0)
        window_posted_event = SDL_RegisterEvents(1);
    struct window *window = memory_new(1, sizeof *window);
    window->options = *options;
    window->handle = make_window(options);
    int code = 0;
    if (!window->handle)
        code = error_set(error, ERROR_UNAVAILABLE, "no window: %s", SDL_GetError());
    else
        wayland_open(&window->wayland, window->handle);
    if (code == 0)
        code = window_take_surface(window, error);
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

SDL_Surface *window_painted(const struct window *window)
{
    return window->shadow ? window->shadow : window->surface;
}

void window_size(const struct window *window, int *width_px, int *height_px)
{
    *width_px = window_painted(window)->w;
    *height_px = window_painted(window)->h;
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

void window_paint(struct window *window)
{
    if (!window->has_list)
        return;
    struct paint_rect rects[PAINT_RECTS];
    SDL_Rect updates[PAINT_RECTS];
    struct canvas canvas;
    if (window->wayland)
        window->surface = wayland_surface(window->wayland);
    SDL_Surface *surface = window_painted(window);
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

void window_apply_states(struct window *window)
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
        if (!payload || kept == WINDOW_PAYLOADS)
            continue;
        if (payload != window->payloads[kept])
            (void)text_copy(window->payloads[kept], WINDOW_PAYLOAD_SIZE, payload);
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
    window_apply_states(window);
    window_paint(window);
}

void window_warm(struct window *window, const struct element_list *list, const struct theme *theme,
                 unsigned index)
{
    struct canvas canvas;
    const SDL_Surface *surface = window_painted(window);
    canvas_wrap(&canvas, surface->pixels, surface->w, surface->h, surface->pitch);
    paint_warm(&canvas, list, theme, index);
}

void window_focus_clear(struct window *window)
{
    focus_clear(&window->focus);
}

// ---- events
// How long to sleep: until the caller's time-out, the next motion, or the end of a scan. Negative: forever.
static int64_t sleep_ms(const struct window *window, int64_t left_ms)
{
    int64_t wait = left_ms;
    int64_t motion = window->has_list ? painter_next_ms(window->painter, clock_steady_ms()) : -1;
    if (motion >= 0 && (wait < 0 || motion < wait))
        wait = motion;
    if (window->scan_ended) {
        int64_t scan = (int64_t)window->scan_ms + WINDOW_SCAN_GAP_MS - (int64_t)SDL_GetTicks64();
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
        if (window_take_scan(window, event))
            return true;
        int64_t left = timeout_ms < 0 ? -1 : timeout_ms - (int64_t)(SDL_GetTicks64() - begun);
        if (timeout_ms >= 0 && left < 0)
            left = 0;
        int64_t wait = sleep_ms(window, left);
        SDL_Event raw;
        int got = wait < 0 ? SDL_WaitEvent(&raw)
                           : SDL_WaitEventTimeout(&raw, (int)(wait > 86400000 ? 86400000 : wait));
        if (got) {
            bool ours = window_translate(window, &raw, event);
            if (raw.type == SDL_TEXTINPUT || raw.type == SDL_KEYDOWN)
                memory_wipe(&raw, sizeof raw);
            if (ours)
                return true;
            if (timeout_ms == 0)
                continue; // asks for what waits in the queue: until that is empty
        } else if (window->has_list && painter_next_ms(window->painter, clock_steady_ms()) >= 0) {
            window_paint(window); // what moves
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
    raw.type = window_posted_event;
    raw.user.code = code;
    raw.user.data1 = data;
    return SDL_PushEvent(&raw) == 1;
}

void window_latency(const struct window *window, uint64_t *input, uint64_t *shown)
{
    *input = window->input;
    *shown = window->shown;
}
