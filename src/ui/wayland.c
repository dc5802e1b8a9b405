#include "ui/wayland.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <SDL_syswm.h>
#include <wayland-client.h>

#include "base/log.h"
#include "base/memory.h"

#include "base/banned.h"

#define BUFFERS 2
#define PIXEL 4         // bytes
#define SIDE_MOST 15000 // both buffers stay under 2 GiB
#define BEHIND 32       // rectangles; more count as all of it

struct buffer {
    struct wl_buffer *wl;
    SDL_Surface *surface;
    bool busy; // the compositor may read it
};

struct wayland {
    SDL_Window *window;
    struct wl_display *display; // SDL's
    struct wl_surface *shown;   // SDL's
    struct wl_event_queue *queue;
    struct wl_shm *shm;
    void *memory; // both buffers'
    size_t size;
    int width, height;
    struct buffer buffers[BUFFERS];
    int current;             // painted on, or shown last
    SDL_Rect behind[BEHIND]; // where the other buffer is older than the current one
    int behind_count;
    bool shown_once; // the current buffer was shown: the other one takes the next painting
};

// ---- the compositor's side

static void on_release(void *data, struct wl_buffer *wl)
{
    struct buffer *buffer = data;
    (void)wl;
    buffer->busy = false;
}

static void on_global(void *data, struct wl_registry *registry, uint32_t name, const char *interface,
                      uint32_t version)
{
    struct wayland *wayland = data;
    (void)version;
    if (strcmp(interface, wl_shm_interface.name) == 0)
        wayland->shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
}

static void on_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
    (void)data;
    (void)registry;
    (void)name;
}

static const struct wl_buffer_listener buffer_listener = {.release = on_release};
static const struct wl_registry_listener registry_listener = {.global = on_global,
                                                              .global_remove = on_global_remove};

// Our objects have a queue of their own: SDL's handlers are not called from here, nor ours from SDL.
static bool find_shm(struct wayland *wayland)
{
    wayland->queue = wl_display_create_queue(wayland->display);
    struct wl_display *wrapper = wayland->queue ? wl_proxy_create_wrapper(wayland->display) : NULL;
    if (!wrapper)
        return false;
    wl_proxy_set_queue((struct wl_proxy *)wrapper, wayland->queue);
    struct wl_registry *registry = wl_display_get_registry(wrapper);
    wl_proxy_wrapper_destroy(wrapper);
    wl_registry_add_listener(registry, &registry_listener, wayland);
    bool asked = wl_display_roundtrip_queue(wayland->display, wayland->queue) >= 0;
    wl_registry_destroy(registry);
    return asked && wayland->shm;
}

void wayland_open(struct wayland **out, SDL_Window *window)
{
    SDL_SysWMinfo info;
    *out = NULL;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_WAYLAND)
        return;
    struct wayland *wayland = memory_new(1, sizeof *wayland);
    wayland->window = window;
    wayland->display = info.info.wl.display;
    wayland->shown = info.info.wl.surface;
    if (find_shm(wayland)) {
        *out = wayland;
        return;
    }
    log_warning("the compositor shares no memory: the picture goes through a renderer");
    wayland_close(wayland);
}

// ---- buffers

static void drop_buffers(struct wayland *wayland)
{
    for (int i = 0; i < BUFFERS; i++) {
        SDL_FreeSurface(wayland->buffers[i].surface);
        if (wayland->buffers[i].wl)
            wl_buffer_destroy(wayland->buffers[i].wl);
    }
    if (wayland->memory)
        munmap(wayland->memory, wayland->size);
}

void wayland_close(struct wayland *wayland)
{
    if (!wayland)
        return;
    drop_buffers(wayland);
    if (wayland->shm)
        wl_shm_destroy(wayland->shm);
    if (wayland->queue)
        wl_event_queue_destroy(wayland->queue);
    free(wayland);
}

// Memory for both, seen by both sides; a file without a name that cannot shrink under the compositor.
static int share(struct wayland *wayland)
{
    int file = memfd_create("wegwijs", MFD_CLOEXEC);
    if (file >= 0 && ftruncate(file, (off_t)wayland->size) == 0)
        wayland->memory = mmap(NULL, wayland->size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file >= 0 && (wayland->memory == MAP_FAILED || !wayland->memory)) {
        wayland->memory = NULL;
        close(file);
        return -1;
    }
    return file;
}

static bool make_buffer(struct wayland *wayland, struct wl_shm_pool *pool, int i, int width, int height)
{
    struct buffer *buffer = &wayland->buffers[i];
    int stride = width * PIXEL;
    size_t at = wayland->size / BUFFERS * (size_t)i;
    buffer->wl = wl_shm_pool_create_buffer(pool, (int32_t)at, width, height, stride, WL_SHM_FORMAT_XRGB8888);
    wl_buffer_add_listener(buffer->wl, &buffer_listener, buffer);
    buffer->surface = SDL_CreateRGBSurfaceWithFormatFrom((Uint8 *)wayland->memory + at, width, height, 32,
                                                         stride, SDL_PIXELFORMAT_XRGB8888);
    return buffer->surface != NULL;
}

static int make_buffers(struct wayland *wayland, int width, int height, struct error *error)
{
    wayland->size = (size_t)width * PIXEL * (size_t)height * BUFFERS;
    int file = share(wayland);
    if (file < 0)
        return error_set(error, ERROR_UNAVAILABLE, "no memory to share with the compositor: %s",
                         strerrorname_np(errno));
    struct wl_shm_pool *pool = wl_shm_create_pool(wayland->shm, file, (int32_t)wayland->size);
    bool made = true;
    for (int i = 0; i < BUFFERS; i++)
        made &= make_buffer(wayland, pool, i, width, height);
    wl_shm_pool_destroy(pool);
    close(file);
    if (!made)
        return error_set(error, ERROR_UNAVAILABLE, "no surface to paint on: %s", SDL_GetError());
    wayland->width = width;
    wayland->height = height;
    wayland->current = wayland->behind_count = 0;
    wayland->shown_once = false;
    return 0;
}

int wayland_resize(struct wayland *wayland, struct error *error)
{
    int width = 0, height = 0;
    SDL_GetWindowSize(wayland->window, &width, &height);
    if (width <= 0 || height <= 0 || width > SIDE_MOST || height > SIDE_MOST)
        return error_set(error, ERROR_UNAVAILABLE, "the window has no size");
    if (width == wayland->width && height == wayland->height)
        return 0;
    struct wayland before = *wayland;
    memset(wayland->buffers, 0, sizeof wayland->buffers);
    wayland->memory = NULL;
    int code = make_buffers(wayland, width, height, error);
    drop_buffers(code == 0 ? &before : wayland);
    if (code != 0)
        *wayland = before;
    return code;
}

// The buffer that was not shown last takes over, brought up to date. While the compositor still reads it, the
// shown one is painted on: what is being painted may be seen for a moment, but nothing waits.
static void take_turns(struct wayland *wayland)
{
    struct buffer *other = &wayland->buffers[1 - wayland->current];
    wl_display_dispatch_queue_pending(wayland->display, wayland->queue);
    if (!wayland->shown_once || other->busy)
        return;
    for (int i = 0; i < wayland->behind_count; i++) {
        SDL_Rect place = wayland->behind[i];
        (void)SDL_BlitSurface(wayland->buffers[wayland->current].surface, &wayland->behind[i], other->surface,
                              &place);
    }
    wayland->behind_count = 0;
    wayland->current = 1 - wayland->current;
    wayland->shown_once = false;
}

SDL_Surface *wayland_surface(struct wayland *wayland)
{
    take_turns(wayland);
    return wayland->buffers[wayland->current].surface;
}

static void note_behind(struct wayland *wayland, const SDL_Rect *rect)
{
    if (wayland->behind_count == BEHIND) {
        wayland->behind[0] = (SDL_Rect){0, 0, wayland->width, wayland->height};
        wayland->behind_count = 1;
    }
    wayland->behind[wayland->behind_count++] = *rect;
}

void wayland_update(struct wayland *wayland, const SDL_Rect *rects, int count)
{
    struct buffer *buffer = &wayland->buffers[wayland->current];
    wl_surface_attach(wayland->shown, buffer->wl, 0, 0);
    for (int i = 0; i < count; i++) {
        wl_surface_damage(wayland->shown, rects[i].x, rects[i].y, rects[i].w, rects[i].h);
        note_behind(wayland, &rects[i]);
    }
    wl_surface_commit(wayland->shown);
    buffer->busy = wayland->shown_once = true;
    wl_display_flush(wayland->display);
}
