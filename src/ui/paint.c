#include "ui/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/brush.h"

#include "base/banned.h"

#define FRAME_MS 16
#define BUSY_MS 400
#define HAND_MS 6000 // Begin's hand presses this often

#define PAYLOADS 4
#define PAYLOAD_SIZE 1024

struct painter {
    struct element_list shown;
    char payloads[PAYLOADS][PAYLOAD_SIZE]; // of the list above: those of the caller may be gone
    struct theme theme;
    bool valid;
    int64_t ticked_ms; // when the newest tick appeared
    char ticking[ELEMENT_ID_SIZE];
    float way_from;
    int way_to;
    int64_t walked_ms;
    float paper_from, paper_to;
    int64_t risen_ms;
    float hand; // as painted last
};

struct painter *painter_new(void)
{
    struct painter *painter = memory_new(1, sizeof *painter);
    painter->way_to = -1;
    painter->ticked_ms = painter->walked_ms = painter->risen_ms = -1;
    return painter;
}

void painter_free(struct painter *painter)
{
    if (!painter)
        return;
    memory_wipe(painter, sizeof *painter);
    free(painter);
}

void painter_forget(struct painter *painter)
{
    painter->valid = false;
}

// ---- which rectangles
struct dirt {
    struct paint_rect *rects;
    unsigned count;
};

static bool overlap(const struct paint_rect *a, const struct paint_rect *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static void unite(struct paint_rect *a, const struct paint_rect *b)
{
    int right = a->x + a->width > b->x + b->width ? a->x + a->width : b->x + b->width;
    int bottom = a->y + a->height > b->y + b->height ? a->y + a->height : b->y + b->height;
    a->x = a->x < b->x ? a->x : b->x;
    a->y = a->y < b->y ? a->y : b->y;
    a->width = right - a->x;
    a->height = bottom - a->y;
}

static void dirt_add(struct dirt *dirt, struct paint_rect rect, const struct canvas *canvas)
{
    int right = rect.x + rect.width < canvas->width ? rect.x + rect.width : canvas->width;
    int bottom = rect.y + rect.height < canvas->height ? rect.y + rect.height : canvas->height;
    rect.x = rect.x > 0 ? rect.x : 0;
    rect.y = rect.y > 0 ? rect.y : 0;
    rect.width = right - rect.x;
    rect.height = bottom - rect.y;
    if (rect.width <= 0 || rect.height <= 0)
        return;
    for (unsigned i = 0; i < dirt->count;) {
        if (overlap(&dirt->rects[i], &rect) || dirt->count == PAINT_RECTS) {
            unite(&rect, &dirt->rects[i]);
            dirt->rects[i] = dirt->rects[--dirt->count];
            i = 0;
        } else {
            i++;
        }
    }
    dirt->rects[dirt->count++] = rect;
}

// An element's box in pixels with what its state draws outside of it.
static struct paint_rect outer(const struct element *element, const struct theme *theme)
{
    float outside = 0;
    if (element->chosen)
        outside = theme->ring + 0.5F;
    if (element->focused)
        outside += theme_mm(theme, 3.2F, 1) + 1;
    // letters reach below their last line box; the way's marker stands out at the first stop
    outside = fmaxf(outside, 0.15F * fmaxf(element->size_mm, element->second_mm));
    if (element->look == LOOK_WAY)
        outside = theme_mm(theme, 5, 0);
    float k = theme->px_per_mm;
    int pad = (int)ceilf(outside * k) + 1;
    int x = (int)floorf(element->box.x * k) - pad, y = (int)floorf(element->box.y * k) - pad;
    return (struct paint_rect){x, y, (int)ceilf((element->box.x + element->box.width) * k) + pad - x,
                               (int)ceilf((element->box.y + element->box.height) * k) + pad - y};
}

static const struct element *same_place(const struct element_list *list, const struct element *element,
                                        unsigned index)
{
    if (index < list->count && strcmp(list->elements[index].id, element->id) == 0)
        return &list->elements[index];
    for (unsigned i = 0; i < list->count; i++)
        if (list->elements[i].look == element->look && strcmp(list->elements[i].id, element->id) == 0)
            return &list->elements[i];
    return NULL;
}

static void find_dirt(struct dirt *dirt, const struct painter *painter, const struct element_list *list,
                      const struct theme *theme, const struct canvas *canvas)
{
    for (unsigned i = 0; i < list->count; i++) {
        const struct element *now = &list->elements[i], *before = same_place(&painter->shown, now, i);
        if (before && element_equal(before, now))
            continue;
        dirt_add(dirt, outer(now, theme), canvas);
        if (before)
            dirt_add(dirt, outer(before, theme), canvas);
    }
    for (unsigned i = 0; i < painter->shown.count; i++)
        if (!same_place(list, &painter->shown.elements[i], i))
            dirt_add(dirt, outer(&painter->shown.elements[i], theme), canvas);
}

// ---- what moves
static const struct element *find_look(const struct element_list *list, enum element_look look)
{
    for (unsigned i = 0; i < list->count; i++)
        if (list->elements[i].look == look)
            return &list->elements[i];
    return NULL;
}

static float way_at(const struct painter *painter, int64_t now_ms)
{
    if (painter->walked_ms < 0 || !painter->theme.options.motion)
        return (float)painter->way_to;
    float t = fminf(1, (float)(now_ms - painter->walked_ms) / (float)theme_motion_ms(MOTION_WALK));
    float eased = t < 0.5F ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t);
    return painter->way_from + ((float)painter->way_to - painter->way_from) * eased;
}

static float paper_at(const struct painter *painter, int64_t now_ms)
{
    if (painter->risen_ms < 0 || !painter->theme.options.motion)
        return painter->paper_to;
    float t = fminf(1, (float)(now_ms - painter->risen_ms) / (float)theme_motion_ms(MOTION_RISE));
    return painter->paper_from + (painter->paper_to - painter->paper_from) * t;
}

static float hand_at(const struct theme *theme, int64_t now_ms)
{
    return theme->options.motion && now_ms % HAND_MS < theme_motion_ms(MOTION_HAND) ? 1 : 0;
}

static void start_rise(struct painter *painter, const struct element_list *list, bool motion, int64_t now_ms)
{
    const struct element *paper = find_look(list, LOOK_PAPER);
    float to = paper ? (float)paper->value / 1000 : 0;
    if (paper && to != painter->paper_to) {
        painter->paper_from = fmaxf(0.02F, paper_at(painter, now_ms));
        painter->risen_ms = motion ? now_ms : -1;
    }
    painter->paper_to = to;
}

// A new tick, or another stop of the way: starts their motion.
static void start_motion(struct painter *painter, const struct element_list *list, const struct theme *theme,
                         int64_t now_ms)
{
    bool motion = theme->options.motion;
    const struct element *way = find_look(list, LOOK_WAY);
    if (!way) {
        painter->way_to = -1;
    } else if (way->value != painter->way_to) {
        painter->way_from = painter->way_to < 0 ? (float)way->value : way_at(painter, now_ms);
        painter->walked_ms = motion && painter->way_to >= 0 ? now_ms : -1;
        painter->way_to = way->value;
    }
    start_rise(painter, list, motion, now_ms);
    if (!motion || !painter->valid || strcmp(painter->shown.screen, list->screen) != 0)
        return;
    for (unsigned i = 0; i < list->count; i++) {
        const struct element *now = &list->elements[i], *before = same_place(&painter->shown, now, i);
        if (now->chosen && before && !before->chosen) {
            (void)text_copy(painter->ticking, sizeof painter->ticking, now->id);
            painter->ticked_ms = now_ms;
        }
    }
}

static void dirt_of_motion(struct dirt *dirt, struct painter *painter, const struct element_list *list,
                           const struct theme *theme, const struct canvas *canvas, int64_t now_ms)
{
    if (painter->walked_ms >= 0) {
        const struct element *way = find_look(list, LOOK_WAY);
        if (way)
            dirt_add(dirt, outer(way, theme), canvas);
        if (now_ms - painter->walked_ms >= theme_motion_ms(MOTION_WALK))
            painter->walked_ms = -1;
    }
    if (painter->ticked_ms >= 0) {
        for (unsigned i = 0; i < list->count; i++)
            if (strcmp(list->elements[i].id, painter->ticking) == 0)
                dirt_add(dirt, outer(&list->elements[i], theme), canvas);
        if (now_ms - painter->ticked_ms >= theme_motion_ms(MOTION_TICK)) {
            painter->ticked_ms = -1;
            painter->ticking[0] = '\0';
        }
    }
    if (painter->risen_ms >= 0) {
        const struct element *paper = find_look(list, LOOK_PAPER);
        if (paper)
            dirt_add(dirt, outer(paper, theme), canvas);
        if (now_ms - painter->risen_ms >= theme_motion_ms(MOTION_RISE))
            painter->risen_ms = -1;
    }
    for (unsigned i = 0; i < list->count; i++) {
        const struct element *element = &list->elements[i];
        if (element->mark == MARK_BUSY && theme->options.motion)
            dirt_add(dirt, outer(element, theme), canvas);
        if (element->look == LOOK_START_BEGIN && hand_at(theme, now_ms) != painter->hand) {
            struct element hand = {.look = LOOK_START_BEGIN}; // only the picture, with its way down
            struct parts parts;
            parts_of(element, theme, &parts);
            hand.box = parts.picture;
            hand.box.height += theme_mm(theme, 4, 2);
            dirt_add(dirt, outer(&hand, theme), canvas);
        }
    }
    painter->hand = hand_at(theme, now_ms);
}

static int64_t next_hand_ms(int64_t now_ms)
{
    int64_t t = now_ms % HAND_MS;
    return t < theme_motion_ms(MOTION_HAND) ? theme_motion_ms(MOTION_HAND) - t : HAND_MS - t;
}

int64_t painter_next_ms(const struct painter *painter, int64_t now_ms)
{
    if (!painter->valid)
        return -1;
    if (painter->walked_ms >= 0 || painter->ticked_ms >= 0 || painter->risen_ms >= 0)
        return FRAME_MS;
    int64_t next = -1;
    for (unsigned i = 0; i < painter->shown.count; i++) {
        const struct element *element = &painter->shown.elements[i];
        if (element->mark == MARK_BUSY && painter->theme.options.motion)
            return BUSY_MS - now_ms % BUSY_MS;
        if (element->look == LOOK_START_BEGIN && painter->theme.options.motion)
            next = next_hand_ms(now_ms);
    }
    return next;
}

// ---- painting
// A canvas of megabytes is not written twice: what a panel, the bar, the start picture or the face of a tile
// surely covers, between its corners, is left to it.
struct cover {
    int left, top, right, bottom;
};

static bool cover_of(const struct brush *brush, const struct element *element, struct cover *cover)
{
    static const bool faces[LOOKS] = {
        [LOOK_TILE] = true,        [LOOK_TILE_COLUMN] = true, [LOOK_TILE_ROW] = true,
        [LOOK_ANSWER_ROW] = true,  [LOOK_SLOT] = true,        [LOOK_ANSWER_COLUMN] = true,
        [LOOK_LINE] = true,        [LOOK_HERO] = true,        [LOOK_PRIMARY] = true,
        [LOOK_KEY] = true,         [LOOK_PLAIN] = true,       [LOOK_START_BEGIN] = true,
        [LOOK_START_SECOND] = true};
    bool panel = element->look == LOOK_PANEL || element->look == LOOK_BAR || element->look == LOOK_SCENE;
    if (!panel && (!faces[element->look] || element->disabled || element->touched))
        return false;
    struct shape_box box = brush_box(brush, element->box);
    int corner = panel ? 0 : (int)ceilf(brush->theme->radius * brush->k) + 1;
    *cover = (struct cover){(int)box.x, (int)box.y + corner, (int)(box.x + box.width),
                            (int)(box.y + box.height) - corner};
    return cover->left < cover->right && cover->top < cover->bottom;
}

// Rows from y to end, where the same covers lie side by side.
static void clear_band(struct canvas *canvas, const struct cover covers[], unsigned count, int y, int end,
                       uint32_t colour)
{
    for (int x = canvas->left; x < canvas->right;) {
        int from = x, to = canvas->right;
        for (unsigned i = 0; i < count; i++) {
            if (covers[i].top > y || covers[i].bottom <= y || covers[i].right <= x)
                continue;
            if (covers[i].left <= x)
                x = covers[i].right;
            else
                to = covers[i].left < to ? covers[i].left : to;
        }
        if (x > from)
            continue;
        canvas_fill(canvas, x, y, to - x, end - y, colour);
        x = to;
    }
}

static bool covers_all(const struct cover *cover, const struct canvas *canvas)
{
    return cover->left <= canvas->left && cover->top <= canvas->top && cover->right >= canvas->right &&
           cover->bottom >= canvas->bottom;
}

// Gives the first element that is seen: those under one that covers the whole clip are not.
static unsigned clear(struct brush *brush, const struct element_list *list)
{
    struct canvas *canvas = brush->canvas;
    struct cover covers[ELEMENTS_MAX];
    unsigned count = 0;
    for (unsigned i = list->count; i-- > 0;)
        if (cover_of(brush, &list->elements[i], &covers[count]) && covers_all(&covers[count++], canvas))
            return i;
    for (int y = canvas->top, end; y < canvas->bottom; y = end) {
        end = canvas->bottom;
        for (unsigned i = 0; i < count; i++) {
            int edge = covers[i].top > y ? covers[i].top : covers[i].bottom;
            end = edge > y && edge < end ? edge : end;
        }
        clear_band(canvas, covers, count, y, end, brush_colour(brush, COLOUR_PAPER));
    }
    return 0;
}

static void paint_rect(struct brush *brush, const struct element_list *list, struct paint_rect rect)
{
    struct canvas *canvas = brush->canvas;
    canvas_clip(canvas, rect.x, rect.y, rect.width, rect.height);
    for (unsigned i = clear(brush, list); i < list->count; i++) {
        const struct element *element = &list->elements[i];
        struct paint_rect box = outer(element, brush->theme);
        if (element->box.width > 0 && overlap(&box, &rect))
            paint_looks[element->look](brush, element);
    }
    canvas_clip_none(canvas);
}

static void keep_list(struct painter *painter, const struct element_list *list)
{
    struct element_list *shown = &painter->shown;
    unsigned kept = 0;
    memory_wipe(shown->elements, shown->count * sizeof shown->elements[0]);
    memcpy(shown->elements, list->elements, list->count * sizeof list->elements[0]);
    shown->count = list->count;
    (void)text_copy(shown->screen, sizeof shown->screen, list->screen);
    for (unsigned i = 0; i < shown->count; i++) {
        const char *payload = shown->elements[i].payload;
        shown->elements[i].payload = NULL;
        if (!payload || kept == PAYLOADS)
            continue;
        (void)text_copy(painter->payloads[kept], PAYLOAD_SIZE, payload);
        shown->elements[i].payload = painter->payloads[kept++];
    }
}

// Everything in a theme follows from its options.
static bool theme_same(const struct theme *a, const struct theme *b)
{
    const struct theme_options *x = &a->options, *y = &b->options;
    return x->width_px == y->width_px && x->height_px == y->height_px && x->width_mm == y->width_mm &&
           x->height_mm == y->height_mm && x->lower_edge_mm == y->lower_edge_mm && x->text == y->text &&
           x->contrast == y->contrast && x->reach == y->reach && x->motion == y->motion &&
           x->no_words == y->no_words;
}

unsigned painter_paint(struct painter *painter, struct canvas *canvas, const struct element_list *list,
                       const struct theme *theme, int64_t now_ms, struct paint_rect rects[PAINT_RECTS])
{
    struct dirt dirt = {rects, 0};
    bool whole = !painter->valid || !theme_same(&painter->theme, theme);
    start_motion(painter, list, theme, now_ms);
    if (whole) {
        dirt_add(&dirt, (struct paint_rect){0, 0, canvas->width, canvas->height}, canvas);
    } else {
        find_dirt(&dirt, painter, list, theme, canvas);
        dirt_of_motion(&dirt, painter, list, theme, canvas, now_ms);
    }
    painter->theme = *theme;
    struct brush brush = {.canvas = canvas,
                          .theme = theme,
                          .k = theme->px_per_mm,
                          .now_ms = now_ms,
                          .ticking = painter->ticking};
    brush.chosen_ms = painter->ticked_ms >= 0 ? now_ms - painter->ticked_ms : theme_motion_ms(MOTION_TICK);
    brush.way_at = way_at(painter, now_ms);
    brush.paper_at = paper_at(painter, now_ms);
    brush.hand_at = hand_at(theme, now_ms);
    for (unsigned i = 0; i < dirt.count; i++)
        paint_rect(&brush, list, rects[i]);
    keep_list(painter, list);
    painter->valid = true;
    return dirt.count;
}

void paint_warm(struct canvas *canvas, const struct element_list *list, const struct theme *theme,
                unsigned index)
{
    const struct element *element = &list->elements[index];
    struct brush brush = {
        .canvas = canvas, .theme = theme, .k = theme->px_per_mm, .ticking = "", .paper_at = 1};
    canvas_clip(canvas, 0, 0, 0, 0);
    if (element->box.width > 0)
        paint_looks[element->look](&brush, element);
    canvas_clip_none(canvas);
}
