#include "draw/pictogram.h"

#include <SDL_image.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define ENTRIES 96
#define BYTES_MAX (4U * 1024 * 1024)
#define SVG_MAX (1024U * 1024) // bytes of a file
#define SIDE_MAX 8192          // pixels

struct entry {
    char *name;
    int width, height;         // of the surface
    int box_width, box_height; // asked for: a scene's
    uint64_t used;
    SDL_Surface *surface; // its pixels are ARGB8888, whatever it says itself
    bool opaque;          // nothing shines through
};
struct size {
    float width, height;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry entries[ENTRIES]; // all protected by the lock
static struct entry scene;            // the last one: as large as the screen, so not among the others
// Protects the scene, which takes long to draw: nothing else waits for it. Taken before the other.
static pthread_mutex_t scene_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned bytes_held;
static uint64_t turn;
static char *assets; // read under either lock, changed under both, as what follows
static char *shield; // the file for PICTOGRAM_OWN

static char *path_of(const char *name, const char *kind)
{
    if (shield != NULL && strcmp(name, PICTOGRAM_OWN) == 0) {
        return memory_copy_text(shield);
    }
    if (strchr(name, '/') != NULL) {
        return memory_copy_text(name);
    }
    char *file = memory_format("%s/%s.svg", kind, name);
    char *from = assets != NULL ? memory_copy_text(assets) : file_share("assets");
    char *path = file_join(from, file);
    free(from);
    free(file);
    return path;
}

static void drop(struct entry *entry)
{
    if (entry->surface != NULL) {
        bytes_held -= (unsigned)entry->width * (unsigned)entry->height * 4;
        SDL_FreeSurface(entry->surface);
    }
    free(entry->name);
    *entry = (struct entry){0};
}

static void drop_all(void)
{
    for (unsigned i = 0; i < ENTRIES; i++) {
        drop(&entries[i]);
    }
}

// A number behind `word` in the root element.
static const char *read_numbers(const char *text, const char *word, float *numbers, unsigned count)
{
    const char *found = strstr(text, word);
    for (unsigned i = 0; found != NULL && i < count; i++) {
        char *end;
        found += i == 0 ? strlen(word) : strspn(found, " ,");
        numbers[i] = strtof(found, &end);
        found = end == found ? NULL : end;
    }
    return found;
}

static bool svg_size(const char *svg, struct size *size)
{
    float box[4] = {0}, width = 0, height = 0;
    *size = (struct size){0};
    const char *root = strstr(svg, "<svg");
    if (root == NULL) {
        return false;
    }
    if (read_numbers(root, "viewBox=\"", box, 4) != NULL && box[2] > 0 && box[3] > 0) {
        *size = (struct size){box[2], box[3]};
        return true;
    }
    if (read_numbers(root, " width=\"", &width, 1) != NULL &&
        read_numbers(root, " height=\"", &height, 1) != NULL && width > 0 && height > 0) {
        *size = (struct size){width, height};
        return true;
    }
    return false;
}

static int load(const char *name, const char *kind, char **svg, size_t *bytes, struct size *size,
                struct error *error)
{
    char *path = path_of(name, kind);
    int result = file_read(path, SVG_MAX, svg, bytes, error);
    if (result == 0 && !svg_size(*svg, size)) {
        result = error_set(error, ERROR_CORRUPT, "\"%s\" is not an SVG with a size", path);
        free(*svg);
        *svg = NULL;
    }
    free(path);
    return result;
}

// A scene begins with a rectangle over all of it: painting that takes a third of the whole picture's time, so
// it is taken out of the text and its colour given back; 0 when there is none.
static uint32_t take_ground(char *svg, struct size size)
{
    static const char *const others[] = {"<path", "<circle", "<ellipse", "<line", "<poly"};
    char wanted[96];
    text_print(wanted, sizeof wanted, "<rect x=\"0\" y=\"0\" width=\"%g\" height=\"%g\" fill=\"#",
               (double)size.width, (double)size.height);
    char *rect = strstr(svg, "<rect"), *end;
    if (rect == NULL || strncmp(rect, wanted, strlen(wanted)) != 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *other = strstr(svg, others[i]);
        if (other != NULL && other < rect) {
            return 0;
        }
    }
    unsigned long colour = strtoul(rect + strlen(wanted), &end, 16);
    if (end != rect + strlen(wanted) + 6 || strncmp(end, "\"/>", 3) != 0) {
        return 0;
    }
    memset(rect, ' ', (size_t)(end + 3 - rect));
    return 0xFF000000U | (uint32_t)colour;
}

// From the order of bytes that SDL2_image draws in to ours, in place; over a ground, if there is one.
static void to_argb(const SDL_Surface *surface, uint32_t ground)
{
    for (int y = 0; y < surface->h; y++) {
        uint32_t *row = (uint32_t *)((uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch);
        for (int x = 0; x < surface->w; x++) {
            uint32_t from = row[x], alpha = from >> 24;
            uint32_t own = (from & 0xFF00FF00U) | (from & 0xFF) << 16 | (from >> 16 & 0xFF);
            row[x] = ground == 0 || alpha == 255 ? own : alpha == 0 ? ground : canvas_mix(ground, own, alpha);
        }
    }
}

// A function of its own for tests/tsan.supp: surfaces share what SDL says of their format.
static bool is_abgr(const SDL_Surface *surface)
{
    return surface->format->format == SDL_PIXELFORMAT_ABGR8888;
}

static SDL_Surface *rasterise(const char *svg, size_t bytes, int width, int height, uint32_t ground)
{
    SDL_RWops *stream = SDL_RWFromConstMem(svg, (int)bytes);
    SDL_Surface *drawn = stream != NULL ? IMG_LoadSizedSVG_RW(stream, width, height) : NULL;
    if (drawn != NULL && !is_abgr(drawn)) { // not what SDL2_image 2 does
        SDL_Surface *converted = SDL_ConvertSurfaceFormat(drawn, SDL_PIXELFORMAT_ABGR8888, 0);
        SDL_FreeSurface(drawn);
        drawn = converted;
    }
    if (drawn != NULL) {
        to_argb(drawn, ground);
    }
    if (stream != NULL) {
        SDL_RWclose(stream);
    }
    return drawn;
}

static int fitted(struct size size, int width, int height, enum pictogram_fit fit, int *out_width,
                  int *out_height)
{
    float across = (float)width / size.width, down = (float)height / size.height;
    float scale = (across < down) == (fit == PICTOGRAM_CONTAIN) ? across : down;
    *out_width = (int)(size.width * scale + 0.5f);
    *out_height = (int)(size.height * scale + 0.5f);
    return *out_width > 0 && *out_height > 0 && *out_width <= SIDE_MAX && *out_height <= SIDE_MAX
               ? 0
               : ERROR_INVALID;
}

static struct entry *find(const char *name, int width, int height, enum pictogram_fit fit)
{
    for (unsigned i = 0; i < ENTRIES; i++) {
        struct entry *entry = &entries[i];
        if (entry->name != NULL && strcmp(entry->name, name) == 0) {
            // the same box gives the same picture: one side is exact, the other inside (or outside)
            bool across = entry->width == width, down = entry->height == height;
            bool inside = entry->width <= width && entry->height <= height;
            bool outside = entry->width >= width && entry->height >= height;
            if ((across || down) && (fit == PICTOGRAM_CONTAIN ? inside : outside)) {
                entry->used = ++turn;
                return entry;
            }
        }
    }
    return NULL;
}

static struct entry *oldest(void)
{
    struct entry *found = &entries[0];
    for (unsigned i = 0; i < ENTRIES; i++) {
        found = entries[i].used < found->used ? &entries[i] : found;
    }
    return found;
}

static struct entry *keep(const char *name, SDL_Surface *surface)
{
    unsigned size = (unsigned)surface->w * (unsigned)surface->h * 4;
    drop(oldest());
    while (bytes_held > 0 && bytes_held + size > BYTES_MAX) {
        struct entry *last = NULL;
        for (unsigned i = 0; i < ENTRIES; i++) {
            if (entries[i].surface != NULL && (last == NULL || entries[i].used < last->used)) {
                last = &entries[i];
            }
        }
        drop(last);
    }
    struct entry *entry = oldest();
    *entry = (struct entry){memory_copy_text(name), surface->w, surface->h, 0, 0, ++turn, surface, false};
    bytes_held += size;
    return entry;
}

static int draw_svg(const char *name, const char *kind, int width, int height, enum pictogram_fit fit,
                    SDL_Surface **surface, bool *opaque, struct error *error)
{
    struct size size = {0};
    char *svg = NULL;
    size_t bytes = 0;
    int real_width, real_height;
    *surface = NULL;
    *opaque = false;
    int result = load(name, kind, &svg, &bytes, &size, error);
    if (result != 0 || svg == NULL) {
        return result;
    }
    if (fitted(size, width, height, fit, &real_width, &real_height) == 0) {
        uint32_t ground = strcmp(kind, "scenes") == 0 ? take_ground(svg, size) : 0;
        *surface = rasterise(svg, bytes, real_width, real_height, ground);
        *opaque = ground != 0;
    }
    free(svg);
    if (*surface == NULL)
        return error_set(error, ERROR_CORRUPT, "pictogram \"%s\" cannot be drawn at %d × %d", name, width,
                         height);
    return 0;
}

static int get(const char *name, int width, int height, enum pictogram_fit fit, struct entry **out,
               struct error *error)
{
    SDL_Surface *surface = NULL;
    bool opaque = false; // none is
    *out = find(name, width, height, fit);
    if (*out != NULL) {
        return 0;
    }
    int result = draw_svg(name, "pictograms", width, height, fit, &surface, &opaque, error);
    if (result == 0 && surface != NULL) {
        *out = keep(name, surface);
    }
    return result;
}

static void blit(struct canvas *canvas, const struct entry *entry, int x, int y, int width, int height,
                 int shift_x, int shift_y, uint8_t alpha)
{
    struct canvas inner = *canvas;
    canvas_clip(&inner, x, y, width, height);
    inner.left = inner.left > canvas->left ? inner.left : canvas->left;
    inner.top = inner.top > canvas->top ? inner.top : canvas->top;
    inner.right = inner.right < canvas->right ? inner.right : canvas->right;
    inner.bottom = inner.bottom < canvas->bottom ? inner.bottom : canvas->bottom;
    int left = x + (width - entry->width) / 2 + shift_x, top = y + (height - entry->height) / 2 + shift_y;
    int line = entry->surface->pitch / 4;
    if (entry->opaque) {
        canvas_copy(&inner, left, top, entry->surface->pixels, entry->width, entry->height, line);
    } else {
        canvas_image(&inner, left, top, entry->surface->pixels, entry->width, entry->height, line, alpha);
    }
}

static void change(char **what, const char *path)
{
    pthread_mutex_lock(&scene_lock);
    pthread_mutex_lock(&lock);
    drop_all();
    free(*what);
    *what = memory_copy_text(path);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&scene_lock);
}

void pictogram_folder(const char *folder)
{
    change(&assets, folder);
}

void pictogram_own(const char *path)
{
    change(&shield, path);
}

static bool exists(const char *name)
{
    char *path = path_of(name, "pictograms");
    bool there = file_exists(path);
    free(path);
    return there;
}

bool pictogram_exists(const char *name)
{
    pthread_mutex_lock(&lock);
    bool there = exists(name);
    pthread_mutex_unlock(&lock);
    return there;
}

bool pictogram_has_contrast(const char *name)
{
    char *variant = memory_format("%s-contrast", name);
    bool there = strchr(name, '/') == NULL && pictogram_exists(variant);
    free(variant);
    return there;
}

int pictogram_check(const char *name, struct error *error)
{
    struct entry *entry;
    pthread_mutex_lock(&lock);
    int result = get(name, 32, 32, PICTOGRAM_CONTAIN, &entry, error);
    pthread_mutex_unlock(&lock);
    return result;
}

int pictogram_draw(struct canvas *canvas, const char *name, int x, int y, int width, int height,
                   enum pictogram_fit fit, bool contrast, uint8_t alpha, struct error *error)
{
    struct entry *entry = NULL;
    char *variant = contrast && pictogram_has_contrast(name) ? memory_format("%s-contrast", name) : NULL;
    pthread_mutex_lock(&lock);
    int result = get(variant != NULL ? variant : name, width, height, fit, &entry, error);
    if (result == 0) {
        blit(canvas, entry, x, y, width, height, 0, 0, alpha);
    }
    pthread_mutex_unlock(&lock);
    free(variant);
    return result;
}

static void drop_scene(void)
{
    SDL_FreeSurface(scene.surface);
    free(scene.name);
    scene = (struct entry){0};
}

static int get_scene(const char *name, int width, int height, enum pictogram_fit fit, struct error *error)
{
    SDL_Surface *surface = NULL;
    bool opaque;
    if (scene.name != NULL && strcmp(scene.name, name) == 0 && scene.box_width == width &&
        scene.box_height == height && scene.used == (uint64_t)fit) {
        return 0;
    }
    drop_scene();
    int result = draw_svg(name, "scenes", width, height, fit, &surface, &opaque, error);
    if (result == 0 && surface != NULL) {
        scene = (struct entry){memory_copy_text(name), surface->w, surface->h, width, height,
                               (uint64_t)fit,          surface,    opaque};
    }
    return result;
}

int scene_draw(struct canvas *canvas, const char *name, int x, int y, int width, int height,
               enum pictogram_fit fit, int shift_x, int shift_y, struct error *error)
{
    pthread_mutex_lock(&scene_lock);
    int result = get_scene(name, width, height, fit, error);
    if (result == 0) {
        blit(canvas, &scene, x, y, width, height, shift_x, shift_y, 255);
    }
    pthread_mutex_unlock(&scene_lock);
    return result;
}

void scene_forget(void)
{
    pthread_mutex_lock(&scene_lock);
    drop_scene();
    pthread_mutex_unlock(&scene_lock);
}

unsigned pictogram_cache_bytes(void)
{
    pthread_mutex_lock(&lock);
    unsigned bytes = bytes_held;
    pthread_mutex_unlock(&lock);
    return bytes;
}

void pictogram_cache_clear(void)
{
    pthread_mutex_lock(&lock);
    drop_all();
    pthread_mutex_unlock(&lock);
}
