#include "draw/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "draw/run.h"

#include "base/banned.h"

#define LINES 192                   // rendered lines kept
#define BYTES_MAX (1536 * 1024)     // of their masks
#define LINE_BYTES_MAX (512 * 1024) // a larger one is drawn and dropped
#define WIDTHS 1024                 // measured lines kept; a power of two
#define WAYS 4                      // places one may have; the one asked for longest ago goes

// Keys are hashes: what people typed is not kept as text.
struct line {
    uint64_t key; // 0: free
    uint64_t used;
    uint8_t *mask; // cropped; NULL for blank
    int width, height, line_width;
    int left, top; // of the mask, from pen and base line
};
struct width {
    uint64_t key;
    struct text_extent extent;
};

static struct line lines[LINES]; // all protected by the lock of face.h
static struct width widths[WIDTHS];
static unsigned bytes_held;
static uint64_t turn;
static struct run_line split;

static uint64_t key_of(const char *text, size_t size, struct text_style style)
{
    uint64_t hash = 14695981039346656037ULL; // FNV-1a
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211ULL;
    }
    hash = (hash ^ (unsigned)style.size) * 1099511628211ULL;
    hash = (hash ^ (style.bold ? 2U : 1U)) * 1099511628211ULL;
    return hash == 0 ? 1 : hash;
}

static struct text_style sane(struct text_style style)
{
    style.size = style.size < 4 ? 4 : style.size > 1000 ? 1000 : style.size;
    return style;
}

static TTF_Font *font_of(const struct run *run, struct text_style style)
{
    TTF_Font *font = face_font(run->face, style.bold, style.size);
    if (font == NULL) {
        font = face_font(FACE_SANS, style.bold, style.size);
    }
    if (font != NULL) {
        TTF_SetFontDirection(font, run->level & 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
        TTF_SetFontScriptName(font, script_tag(run->script));
    }
    return font;
}

static int run_width(const struct run *run, TTF_Font *font, struct text_style style)
{
    int width = 0;
    if (font == NULL || TTF_SizeUTF8(font, split.text + run->start, &width, NULL) != 0) {
        width = (int)run->size * style.size * 6 / 10;
    }
    return width;
}

static struct text_extent measure_split(struct text_style style)
{
    struct text_extent extent = {0, 0, 0, (int)((float)style.size * TEXT_CAPITAL + 0.5f)};
    for (unsigned i = 0; i < split.count; i++) {
        TTF_Font *font = font_of(&split.runs[i], style);
        int ascent = font != NULL ? TTF_FontAscent(font) : style.size;
        int descent = font != NULL ? -TTF_FontDescent(font) : 0;
        extent.width += run_width(&split.runs[i], font, style);
        extent.ascent = ascent > extent.ascent ? ascent : extent.ascent;
        extent.descent = descent > extent.descent ? descent : extent.descent;
    }
    return extent;
}

struct text_extent text_measure(const char *text, struct text_style style)
{
    style = sane(style);
    face_lock();
    uint64_t key = key_of(text, strlen(text), style);
    struct width *set = &widths[((key ^ (key >> 32)) & (WIDTHS / WAYS - 1)) * WAYS];
    unsigned way = 0;
    while (way < WAYS - 1 && set[way].key != key) {
        way++;
    }
    struct width found = set[way];
    if (found.key != key) {
        run_split(&split, text, style.bold);
        found = (struct width){key, measure_split(style)};
        memory_wipe(split.text, sizeof split.text);
    }
    memmove(set + 1, set, way * sizeof *set);
    set[0] = found;
    struct text_extent extent = found.extent;
    face_unlock();
    return extent;
}

int text_width(const char *text, struct text_style style)
{
    return text_measure(text, style).width;
}

// ---- rendering

// Puts one run's coverage into the whole line's at `x`; rows are aligned on the base line.
static void place(uint8_t *mask, int width, int height, const SDL_Surface *surface, int x, int top)
{
    for (int row = 0; row < surface->h; row++) {
        int y = top + row;
        if (y < 0 || y >= height) {
            continue;
        }
        const uint8_t *source = (const uint8_t *)surface->pixels + (size_t)row * (size_t)surface->pitch;
        uint8_t *target = mask + (size_t)y * (size_t)width;
        for (int i = 0; i < surface->w && x + i < width; i++) {
            target[x + i] = source[i] > target[x + i] ? source[i] : target[x + i];
        }
    }
}

static void place_box(uint8_t *mask, int width, int height, int x, int run, struct text_style style)
{
    int top = height - style.size * 7 / 10;
    for (int y = top < 0 ? 0 : top; y < height; y++) {
        for (int i = x + 1; i < x + run - 1 && i < width; i++) {
            mask[(size_t)y * (size_t)width + (size_t)i] = 160;
        }
    }
}

static bool blank(const uint8_t *row, size_t width)
{
    return row[0] == 0 && memcmp(row, row + 1, width - 1) == 0;
}

// Keeps only the rows that hold something: less to store, less to draw.
static void crop(struct line *line)
{
    size_t first = 0, last = (size_t)line->height, width = (size_t)line->width;
    while (first < last && blank(line->mask + first * width, width)) {
        first++;
    }
    while (last > first && blank(line->mask + (last - 1) * width, width)) {
        last--;
    }
    line->height = (int)(last - first);
    line->top += (int)first;
    if (line->height == 0) {
        free(line->mask);
        line->mask = NULL;
        return;
    }
    memmove(line->mask, line->mask + first * width, (last - first) * width);
    line->mask = memory_grow(line->mask, last - first, width);
}

static void render_runs(struct line *line, int ascent, struct text_style style)
{
    const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    int x = 0;
    for (unsigned i = 0; i < split.count; i++) {
        const struct run *run = &split.runs[i];
        TTF_Font *font = font_of(run, style);
        int width = run_width(run, font, style);
        SDL_Surface *surface =
            font != NULL ? TTF_RenderUTF8_Shaded(font, split.text + run->start, white, black) : NULL;
        if (surface != NULL) {
            place(line->mask, line->width, line->height, surface, x, ascent - TTF_FontAscent(font));
            SDL_FreeSurface(surface);
        } else {
            place_box(line->mask, line->width, ascent, x, width, style);
        }
        x += width;
    }
}

static void render(struct line *line, const char *text, struct text_style style)
{
    run_split(&split, text, style.bold);
    struct text_extent extent = measure_split(style);
    line->line_width = extent.width;
    line->width = extent.width + style.size / 4; // italics of our scripts do not overhang more
    line->height = extent.ascent + extent.descent + style.size / 4;
    line->top = -extent.ascent;
    line->left = 0;
    line->mask = NULL;
    if (split.count > 0 && line->width < 16384) {
        line->mask = memory_new((size_t)line->height, (size_t)line->width);
        render_runs(line, extent.ascent, style);
        crop(line);
    }
    memory_wipe(split.text, sizeof split.text);
}

// ---- cache

static void drop(struct line *line)
{
    size_t size = (size_t)line->width * (size_t)line->height;
    if (line->mask != NULL) {
        memory_wipe(line->mask, size);
        bytes_held -= (unsigned)size;
        free(line->mask);
    }
    *line = (struct line){0};
}

static struct line *oldest(void)
{
    struct line *found = &lines[0];
    for (unsigned i = 0; i < LINES; i++) {
        if (lines[i].used < found->used) {
            found = &lines[i];
        }
    }
    return found;
}

// Makes room for one more of `size` bytes; the entry comes back empty.
static struct line *room_for(size_t size)
{
    struct line *free_line = oldest();
    drop(free_line);
    while (bytes_held + size > BYTES_MAX) {
        struct line *last = NULL;
        for (unsigned i = 0; i < LINES; i++) {
            if (lines[i].mask != NULL && (last == NULL || lines[i].used < last->used)) {
                last = &lines[i];
            }
        }
        if (last == NULL) {
            break;
        }
        drop(last);
    }
    return free_line;
}

static struct line *find_line(uint64_t key)
{
    for (unsigned i = 0; i < LINES; i++) {
        if (lines[i].key == key) {
            return &lines[i];
        }
    }
    return NULL;
}

// The rendered line; *own says that the caller drops it.
static struct line line_for(const char *text, struct text_style style, bool *own)
{
    uint64_t key = key_of(text, strlen(text), style);
    struct line *kept = find_line(key);
    struct line line = {0};
    *own = false;
    if (kept != NULL) {
        kept->used = ++turn;
        return *kept;
    }
    render(&line, text, style);
    size_t size = line.mask == NULL ? 0 : (size_t)line.width * (size_t)line.height;
    if (size > LINE_BYTES_MAX) {
        *own = true;
        return line;
    }
    line.key = key;
    line.used = ++turn;
    *room_for(size) = line;
    bytes_held += (unsigned)size;
    return line;
}

int text_draw(struct canvas *canvas, const char *text, struct text_style style, int x, int baseline,
              enum text_align align, uint32_t colour)
{
    bool own;
    if (*text == '\0') {
        return 0;
    }
    style = sane(style);
    face_lock();
    struct line line = line_for(text, style, &own);
    x -= align == TEXT_CENTRE ? line.line_width / 2 : align == TEXT_RIGHT ? line.line_width : 0;
    if (line.mask != NULL) {
        canvas_mask(canvas, x + line.left, baseline + line.top, line.mask, line.width, line.height,
                    line.width, colour);
    }
    if (own && line.mask != NULL) {
        memory_wipe(line.mask, (size_t)line.width * (size_t)line.height);
        free(line.mask);
    }
    face_unlock();
    return line.line_width;
}

void text_draw_in(struct canvas *canvas, const char *text, struct text_style style, int x, int y, int width,
                  int height, enum text_align align, uint32_t colour)
{
    int capital = (int)((float)style.size * TEXT_CAPITAL + 0.5f);
    int at = align == TEXT_CENTRE ? x + width / 2 : align == TEXT_RIGHT ? x + width : x;
    text_draw(canvas, text, style, at, y + (height + capital) / 2, align, colour);
}

struct text_cache_size text_cache_size(void)
{
    struct text_cache_size size = {0};
    face_lock();
    size.bytes = bytes_held;
    for (unsigned i = 0; i < LINES; i++) {
        size.lines += lines[i].key != 0;
    }
    for (unsigned i = 0; i < WIDTHS; i++) {
        size.widths += widths[i].key != 0;
    }
    face_unlock();
    return size;
}

void text_cache_wipe(void)
{
    face_lock();
    for (unsigned i = 0; i < LINES; i++) {
        drop(&lines[i]);
    }
    memory_wipe(widths, sizeof widths);
    memory_wipe(split.text, sizeof split.text);
    face_unlock();
}
