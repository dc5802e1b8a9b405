// Answers: the table of lists, the foot, pages.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

#define PAGE_MOST 12U
#define WORDS_PART 0.55F // of a column tile's height, at most
#define WORD_EMS 6.6F    // width of a bold word of ten letters, in its size

enum grid_kind { GRID_COLUMN, GRID_ROW, GRID_ANSWER_ROW, GRID_ANSWER_COLUMN };

struct grid {
    unsigned most, columns, rows;
    enum grid_kind kind;
};

// The look's table of lists.
static const struct grid portrait[] = {
    {1, 1, 1, GRID_ANSWER_ROW},    {2, 1, 2, GRID_ANSWER_ROW}, {3, 1, 3, GRID_ANSWER_ROW},
    {4, 2, 2, GRID_ANSWER_COLUMN}, {6, 2, 3, GRID_COLUMN},     {8, 2, 4, GRID_COLUMN},
    {9, 3, 3, GRID_COLUMN},        {12, 2, 6, GRID_ROW},       {0, 0, 0, GRID_ROW},
};
static const struct grid landscape[] = {
    {1, 1, 1, GRID_ANSWER_COLUMN}, {2, 2, 1, GRID_ANSWER_COLUMN}, {3, 3, 1, GRID_ANSWER_COLUMN},
    {4, 2, 2, GRID_ROW},           {6, 3, 2, GRID_COLUMN},        {8, 4, 2, GRID_COLUMN},
    {9, 3, 3, GRID_ROW},           {12, 3, 4, GRID_ROW},          {0, 0, 0, GRID_ROW},
};
static const struct grid low[] = {
    // reach mode: a wide, low area
    {1, 1, 1, GRID_ANSWER_ROW}, {2, 1, 2, GRID_ANSWER_ROW}, {3, 1, 3, GRID_ANSWER_ROW},
    {4, 2, 2, GRID_ROW},        {6, 2, 3, GRID_ROW},        {8, 2, 4, GRID_ROW},
    {9, 3, 3, GRID_COLUMN},     {12, 2, 6, GRID_ROW},       {0, 0, 0, GRID_ROW},
};
// When the table's own does not fit the words of this theme, in this order.
static const struct grid others[] = {
    {2, 2, 1, GRID_COLUMN}, {2, 1, 2, GRID_ROW},    {3, 1, 3, GRID_ROW}, {3, 3, 1, GRID_COLUMN},
    {4, 2, 2, GRID_ROW},    {4, 2, 2, GRID_COLUMN}, {6, 2, 3, GRID_ROW}, {6, 3, 2, GRID_ROW},
    {6, 3, 2, GRID_COLUMN}, {8, 2, 4, GRID_ROW},    {9, 3, 3, GRID_ROW}, {10, 2, 5, GRID_ROW},
    {12, 2, 6, GRID_ROW},   {12, 3, 4, GRID_ROW},   {0, 0, 0, GRID_ROW},
};

// The same lists turned: on a panel that is nearly square they may give the picture more room.
static const struct grid turned[] = {
    {2, 1, 2, GRID_ANSWER_ROW},    {2, 2, 1, GRID_ANSWER_COLUMN}, {3, 1, 3, GRID_ANSWER_ROW},
    {3, 3, 1, GRID_ANSWER_COLUMN}, {6, 2, 3, GRID_COLUMN},        {8, 2, 4, GRID_COLUMN},
    {9, 3, 3, GRID_COLUMN},        {0, 0, 0, GRID_ROW},
};

static const struct grid *table_of(const struct theme *theme)
{
    if (theme->touch_top > 0)
        return low;
    return theme->landscape ? landscape : portrait;
}

// Room that a tile needs for two lines of words as long as ten letters, and a picture that still says
// something.
static bool grid_fits(const struct theme *theme, const struct grid *grid, struct box area)
{
    float width = (area.width - (float)(grid->columns - 1) * theme->gap) / (float)grid->columns;
    float height = (area.height - (float)(grid->rows - 1) * theme->gap) / (float)grid->rows;
    float word = WORD_EMS * theme->floor, lines = 2 * LINE_WORD * theme->floor;
    float picture = theme_mm(theme, 26, 12), pads = theme_mm(theme, 8, 3);
    if (height < theme->target)
        return false;
    if (grid->kind == GRID_COLUMN || grid->kind == GRID_ANSWER_COLUMN)
        return width >= word + pads && height >= fmaxf(lines + picture, lines / WORDS_PART) + pads;
    return width >= word + picture + 2 * pads && height >= fmaxf(lines, picture) + 0.5F * pads;
}

// About how large the picture of a tile becomes.
static float grid_picture(const struct theme *theme, const struct grid *grid, struct box area)
{
    float width = (area.width - (float)(grid->columns - 1) * theme->gap) / (float)grid->columns;
    float height = (area.height - (float)(grid->rows - 1) * theme->gap) / (float)grid->rows;
    float pads = theme_mm(theme, 12, 4), words = 2 * LINE_WORD * theme->word;
    switch (grid->kind) {
    case GRID_COLUMN:
        return fminf(width - pads, height - words - pads);
    case GRID_ROW:
        return fminf(height - pads, fminf(0.33F * width, width - WORD_EMS * theme->floor - 1.5F * pads));
    case GRID_ANSWER_ROW:
        return fminf(height - 1.5F * pads, 0.48F * width);
    case GRID_ANSWER_COLUMN:
        return 0.86F * fminf(width - pads, 0.6F * height);
    }
    return 0;
}

// The table's own grid, or the same list turned where pictures become a fifth larger by it; big answers,
// where they stay about as large: a field far higher than its picture looks unfinished.
static const struct grid *grid_turn(const struct theme *theme, const struct grid *own, struct box area)
{
    const struct grid *best = own;
    float picture = (own->kind == GRID_ANSWER_COLUMN ? 0.9F : 1.2F) * grid_picture(theme, own, area);
    for (const struct grid *grid = turned; grid->most; grid++)
        if (grid->most == own->most && grid->kind != own->kind && grid_fits(theme, grid, area) &&
            grid_picture(theme, grid, area) > picture) {
            best = grid;
            picture = grid_picture(theme, grid, area);
        }
    return best;
}

static const struct grid *grid_choose(const struct theme *theme, unsigned count, struct box area)
{
    for (const struct grid *grid = table_of(theme); grid->most; grid++)
        if (count <= grid->most) {
            if (grid_fits(theme, grid, area))
                return grid_turn(theme, grid, area);
            break;
        }
    for (const struct grid *grid = others; grid->most; grid++)
        if (count <= grid->most && grid_fits(theme, grid, area))
            return grid;
    return NULL;
}

float layout_foot_height(const struct theme *theme, bool plain)
{
    float two_lines = 2 * LINE_PLAIN * theme->least + theme->border + theme->edge + theme_mm(theme, 4, 2);
    return theme_mm(theme, plain ? 42 : 36, plain ? fmaxf(theme->target, two_lines) : theme->target);
}

// How many tiles a page of this area can hold.
static unsigned page_most(const struct theme *theme, struct box area)
{
    unsigned most = PAGE_MOST;
    while (most > 3 && !grid_choose(theme, most, area))
        most--;
    return most;
}

struct page layout_page(const struct theme *theme, unsigned total, unsigned page, bool foot)
{
    struct box area = layout_area(theme);
    if (foot)
        area.height -= layout_foot_height(theme, true) + theme->gap;
    unsigned most = page_most(theme, area);
    struct page result = {0, total, 0, 1, false, false};
    if (total <= most)
        return result;
    // The first page is full: what most people look for stands there. The rest is spread evenly; the last
    // page needs one place to turn back, those between need two.
    unsigned head = most - 1, rest = total - head;
    unsigned after = rest <= most - 1 ? 1 : (rest + most - 3) / (most - 2);
    result.pages = 1 + after;
    result.page = page < result.pages ? page : result.pages - 1;
    unsigned even = rest / after, odd = rest % after, at = result.page - 1;
    if (result.page == 0) {
        result.count = head;
    } else {
        result.first = head + at * even + (at < odd ? at : odd);
        result.count = even + (at < odd ? 1 : 0);
    }
    result.has_back = result.page > 0;
    result.has_more = result.page + 1 < result.pages;
    return result;
}

// ---- the foot
bool layout_is_foot(const struct element *element)
{
    return element->look == LOOK_CHIP || element->look == LOOK_PLAIN || element->look == LOOK_PRIMARY;
}

static void button_words(struct element *button, const struct theme *theme, float height)
{
    bool dark = button->look == LOOK_PRIMARY, high = height > theme_mm(theme, 60, 30);
    float pad = theme_mm(theme, dark ? 6 : 5, 2), gap = theme_mm(theme, dark ? 6 : 5, 2.5F);
    float disc = button->mark == MARK_NONE ? 0 : theme->disc;
    if (dark) {
        disc = button->mark == MARK_NONE
                   ? 0
                   : fminf(high ? theme_mm(theme, 34, 16) : theme->disc, height - 2 * theme->edge);
        button->picture_mm = disc;
    } else {
        button->picture_mm =
            *button->pictogram ? fminf(theme_mm(theme, 33, 12), height - theme_mm(theme, 9, 4)) : 0;
    }
    float side = dark ? 0 : button->picture_mm > 0 ? button->picture_mm + gap : 0;
    float width = button->box.width - 2 * theme->border - 2 * pad - side - (disc > 0 ? disc + gap : 0);
    float want = dark ? theme->primary * (high                                ? 1.67F
                                          : height >= theme_mm(theme, 42, 22) ? 1.2F
                                                                              : 1)
                      : theme->word;
    if (height > theme_mm(theme, 45, 25) && !dark)
        want = theme->word * 1.25F;
    struct fit fit = {want, theme->least, width, height - 2 * theme->edge, LINE_WORD, 2, true};
    unsigned lines = 0;
    button->size_mm = parts_fit(theme, button->label, button->script, &fit, &lines);
    if (lines == 0 && side > 0) { // words before the picture
        button->picture_mm = 0;
        button->pictogram[0] = '\0';
        fit.width += side;
        button->size_mm = parts_fit(theme, button->label, button->script, &fit, &lines);
    }
    button->lines = (int16_t)lines;
}

void layout_button(struct element *button, const struct theme *theme, struct box box)
{
    button->box = box;
    button_words(button, theme, box.height);
}

static float place_chips(struct element_list *list, const struct theme *theme, unsigned first,
                         struct box foot)
{
    float side = fminf(theme_mm(theme, 26, 12), foot.height), gap = theme_mm(theme, 4, 2), x = foot.x;
    for (unsigned i = first; i < list->count; i++) {
        struct element *chip = &list->elements[i];
        if (chip->look != LOOK_CHIP)
            continue;
        chip->box = (struct box){x, foot.y + (foot.height - side) / 2, side, side};
        chip->picture_mm = side * 0.72F;
        x += side + gap;
    }
    return x - foot.x;
}

// One text size for plain buttons side by side.
static void one_plain_size(struct element_list *list, unsigned first)
{
    float size = INFINITY;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_PLAIN)
            size = fminf(size, list->elements[i].size_mm);
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_PLAIN)
            list->elements[i].size_mm = size;
}

static bool is_button(const struct element *element)
{
    return element->look == LOOK_PLAIN || element->look == LOOK_PRIMARY;
}

// Buttons of one look (or all) side by side in this box; the smallest size of their words, 0 when some have
// no place or lose their picture.
static float button_row(struct element_list *list, const struct theme *theme, unsigned first, struct box box,
                        enum element_look look)
{
    unsigned count = 0;
    float least = INFINITY, x = box.x;
    for (unsigned i = first; i < list->count; i++)
        count += look == LOOK_NONE ? is_button(&list->elements[i]) : list->elements[i].look == look;
    float width = (box.width - (float)(count - 1) * theme->gap) / (float)count;
    for (unsigned i = first; i < list->count; i++) {
        struct element *button = &list->elements[i];
        if (look == LOOK_NONE ? !is_button(button) : button->look != look)
            continue;
        bool picture = *button->pictogram != '\0';
        struct element before = *button;
        layout_button(button, theme, (struct box){x, box.y, width, box.height});
        bool lost = picture && !*button->pictogram;
        least = fminf(least, button->lines > 0 && !lost ? button->size_mm : 0);
        if (lost)
            text_copy(button->pictogram, sizeof button->pictogram, before.pictogram);
        x += width + theme->gap;
    }
    return least;
}

// Where the words of buttons side by side would go under the step's size: the dark one below, the others
// above it; then each in a row of its own.
static float stack_buttons(struct element_list *list, const struct theme *theme, unsigned first,
                           const struct box *area, float height, bool each)
{
    unsigned rows = 0;
    float bottom = area->y + area->height, row = fmaxf(theme->target, fminf(height, 2.6F * theme->floor));
    for (unsigned i = list->count; i-- > first;) {
        struct element *button = &list->elements[i];
        if (!is_button(button) || (!each && button->look == LOOK_PLAIN))
            continue;
        layout_button(
            button, theme,
            (struct box){area->x, bottom - row - (float)rows * (row + theme->gap), area->width, row});
        rows++;
    }
    if (!each) {
        float y = bottom - row - (float)rows * (row + theme->gap);
        (void)button_row(list, theme, first, (struct box){area->x, y, area->width, row}, LOOK_PLAIN);
        rows++;
    }
    return (float)rows * (row + theme->gap);
}

static bool buttons_fit(const struct element_list *list, const struct theme *theme, unsigned first)
{
    for (unsigned i = first; i < list->count; i++)
        if (is_button(&list->elements[i]) &&
            (list->elements[i].lines == 0 || list->elements[i].size_mm < theme->floor - 0.01F))
            return false;
    return true;
}

void layout_foot(struct element_list *list, const struct theme *theme, unsigned first, struct box *area,
                 bool wide_primary)
{
    unsigned plain = 0, dark = 0, chips = 0;
    for (unsigned i = first; i < list->count; i++) {
        plain += list->elements[i].look == LOOK_PLAIN;
        dark += list->elements[i].look == LOOK_PRIMARY;
        chips += list->elements[i].look == LOOK_CHIP;
    }
    if (plain + dark + chips == 0)
        return;
    float height = layout_foot_height(theme, plain > 0 || (wide_primary && chips == 0));
    if (wide_primary && dark == 1 && plain + chips == 0) // the only thing to do here: large
        height = fmaxf(height, fminf(theme_mm(theme, 62, 0), 0.15F * area->height));
    struct box foot = {area->x, area->y + area->height - height, area->width, height}, whole = *area;
    area->height -= height + theme->gap;
    float left = chips ? place_chips(list, theme, first, foot) : 0;
    unsigned buttons = plain + dark;
    if (!buttons)
        return;
    if (plain == 0 && dark == 1 && !wide_primary) {
        float width = fminf(foot.width - left, fmaxf(theme_mm(theme, 150, 60), foot.width * 0.36F));
        foot.x += foot.width - width;
        foot.width = width;
    } else {
        foot.x += left;
        foot.width -= left;
    }
    float size = button_row(list, theme, first, foot, LOOK_NONE);
    if (size < theme->floor - 0.01F && buttons > 1 && chips == 0) {
        float used = 0;
        if (buttons > 2 && dark == 1)
            used = stack_buttons(list, theme, first, &whole, height, false);
        if (used <= 0 || !buttons_fit(list, theme, first))
            used = stack_buttons(list, theme, first, &whole, height, true);
        area->height = whole.height - used;
    }
    one_plain_size(list, first);
}

// ---- tiles
struct tiles {
    struct element *tile[ELEMENTS_MAX];
    unsigned count;
};

static const char *tile_text(const struct element *tile, bool foreign, bool second)
{
    if (second)
        return tile->second;
    return foreign == (*tile->language != '\0') ? tile->label : "";
}

// The common size of these words, and the most lines that one of them takes; false when one does not fit.
static bool fit_common(struct tiles *tiles, const struct theme *theme, struct fit *fit, bool foreign,
                       bool second, unsigned *most)
{
    *most = 0;
    for (int pass = 0; pass < 2; pass++)
        for (unsigned i = 0; i < tiles->count; i++) {
            const char *text = tile_text(tiles->tile[i], foreign, second);
            unsigned lines = 0;
            if (!*text)
                continue;
            fit->want = parts_fit(theme, text, tiles->tile[i]->script, fit, &lines);
            bool high = fit->height > 0 && (float)lines * fit->line * fit->want > fit->height;
            if (lines == 0 || high)
                return false;
            if (pass == 1 && lines > *most)
                *most = lines;
        }
    return true;
}

// One common size and number of lines for labels (of Dutch, or of foreign words) or seconds. A word that does
// not fit at this step's floor goes under it, not under the norm's; a second line that cannot fit is only
// spoken.
static void fit_tiles(struct tiles *tiles, const struct theme *theme, struct fit fit, bool foreign,
                      bool second)
{
    unsigned most = 0;
    struct fit own = fit;
    bool fits = fit_common(tiles, theme, &own, foreign, second, &most);
    if (!fits) {
        own = fit;
        own.least = theme->least;
        fits = fit_common(tiles, theme, &own, foreign, second, &most);
    }
    if (!fits && most == 0)
        most = fit.most;
    for (unsigned i = 0; i < tiles->count; i++) {
        struct element *tile = tiles->tile[i];
        if (second) {
            tile->second_mm = fits && *tile->second ? own.want : 0;
            tile->second_lines = fits && *tile->second ? (int16_t)most : 0;
        } else if (foreign == (*tile->language != '\0')) {
            tile->size_mm = own.want;
            tile->lines = (int16_t)most;
        }
    }
}

static void fit_words(struct tiles *tiles, const struct theme *theme, struct fit fit, float foreign_want)
{
    fit_tiles(tiles, theme, fit, false, false);
    fit.want = foreign_want;
    fit.most = fit.most > 1 ? 2 : 1;
    fit_tiles(tiles, theme, fit, true, false);
}

// Two lines of words that leave less than half of the tile to the picture: better one line, somewhat smaller.
static void fit_words_few_lines(struct tiles *tiles, const struct theme *theme, struct fit fit,
                                float in_height)
{
    fit_words(tiles, theme, fit, theme->endonym);
    const struct element *tile = tiles->tile[0];
    if (tile->lines < 2 || (float)tile->lines * LINE_WORD * tile->size_mm < 0.45F * in_height)
        return;
    struct fit one = fit;
    one.most = 1;
    one.least = fmaxf(theme->floor, 0.77F * fit.want);
    fit_words(tiles, theme, one, theme->endonym);
    for (unsigned i = 0; i < tiles->count; i++)
        if (tiles->tile[i]->lines == 0 || tiles->tile[i]->size_mm < one.least) {
            fit_words(tiles, theme, fit, theme->endonym);
            return;
        }
}

static bool has_second(const struct tiles *tiles)
{
    for (unsigned i = 0; i < tiles->count; i++)
        if (*tiles->tile[i]->second)
            return true;
    return false;
}

static void make_columns(struct tiles *tiles, const struct theme *theme, float width, float height)
{
    float in_width = width - 2 * theme->border - 2 * theme_mm(theme, 4, 1.2F);
    float in_height = height - theme->border - theme->edge - 2 * theme_mm(theme, 3, 1.2F);
    bool second = has_second(tiles);
    struct fit fit = {
        theme->word, theme->floor, in_width, in_height * (second ? 0.4F : WORDS_PART), LINE_WORD, 2, true};
    fit_words_few_lines(tiles, theme, fit, in_height);
    struct fit under = {theme->body, theme->floor, in_width, in_height * 0.25F, LINE_BODY, 2, false};
    fit_tiles(tiles, theme, under, false, true);
    for (unsigned i = 0; i < tiles->count; i++) {
        struct element *tile = tiles->tile[i];
        struct parts parts;
        tile->look = LOOK_TILE_COLUMN;
        parts_of(tile, theme, &parts);
        tile->picture_mm =
            fminf(in_width, in_height - parts_text_height(tile, &parts) - theme_mm(theme, 2, 1));
    }
}

static void make_rows(struct tiles *tiles, const struct theme *theme, float width, float height,
                      const struct grid *grid)
{
    float inside = height - theme->border - theme->edge;
    float picture = inside - theme_mm(theme, 6, 2.4F);
    bool second = has_second(tiles), few = grid->most <= 4;
    float part = grid->most >= 10 && theme->touch_top <= 0 ? 0.25F
                 : few                                     ? (theme->touch_top > 0 ? 0.4F : 0.48F)
                                                           : 0.33F;
    picture = fminf(picture, fmaxf(part * width, theme_mm(theme, 38, 12)));
    picture = fminf(picture, inside - 1.5F);
    float pads =
        theme_mm(theme, 7, 2) + theme_mm(theme, 6, 2.5F) + theme_mm(theme, 5, 1.5F) + 2 * theme->border;
    float most_words = width - pads - WORD_EMS * theme->floor; // leave room for a word of ten letters
    picture = fmaxf(fminf(picture, most_words), fminf(picture, theme_mm(theme, 26, 12)));
    struct fit fit = {
        theme->word, theme->floor, width - pads - picture, (inside - 1) * (second ? 0.55F : 1), LINE_WORD,
        3,           true};
    if (grid->most >= 10)
        fit.want = theme->word * 1.125F;
    else if (few)
        fit.want = fmaxf(theme->word * 1.5F, theme->title);
    fit_words(tiles, theme, fit, theme->endonym);
    struct fit under = {
        few ? theme->word : theme->body, theme->floor, fit.width, inside * 0.42F, LINE_BODY, 3, false};
    fit_tiles(tiles, theme, under, false, true);
    for (unsigned i = 0; i < tiles->count; i++) {
        tiles->tile[i]->look = LOOK_TILE_ROW;
        tiles->tile[i]->picture_mm = *tiles->tile[i]->pictogram ? picture : 0;
    }
}

// Big answers keep answer size for short words; a longer answer is a word or two at its own size.
static void make_answer_rows(struct tiles *tiles, const struct theme *theme, float width, float height,
                             unsigned rows)
{
    float pad = theme_mm(theme, 5, 2), gap = theme_mm(theme, 12, 4);
    float inside = height - theme->border - theme->edge - 2 * pad;
    float field = fminf(theme_mm(theme, rows > 2 ? 140 : 176, 40), 0.56F * width);
    float picture = fminf(field * 0.865F, inside * (rows > 2 ? 0.95F : 0.92F));
    float room = width - 2 * theme->border - 2 * pad - gap - picture / 0.865F;
    bool second = false;
    for (unsigned i = 0; i < tiles->count; i++)
        second = second || *tiles->tile[i]->second;
    struct fit fit = {theme->answer, theme->floor, room, inside * (second ? 0.6F : 0.95F), 1.0F, 2, true};
    fit_words(tiles, theme, fit, theme->answer);
    struct fit sentence = {theme->sentence, theme->floor, room, inside * 0.45F, LINE_WORD, 2, true};
    fit_tiles(tiles, theme, sentence, false, true);
    for (unsigned i = 0; i < tiles->count; i++) {
        tiles->tile[i]->look = LOOK_ANSWER_ROW;
        tiles->tile[i]->picture_mm = picture;
    }
}

static void make_answer_columns(struct tiles *tiles, const struct theme *theme, float width, float height,
                                const struct grid *grid)
{
    float pad = theme_mm(theme, 5, 2);
    float in_width = width - 2 * theme->border - 2 * pad;
    float in_height = height - theme->border - theme->edge - 2 * pad;
    float want = grid->most == 4 ? theme->sentence * 1.2F : theme->answer;
    struct fit fit = {want, theme->floor, in_width, in_height * 0.3F, 1.0F, 2, true};
    fit_words(tiles, theme, fit, want);
    struct fit sentence = {theme->sentence, theme->floor, in_width, in_height * 0.3F, LINE_WORD, 2, true};
    fit_tiles(tiles, theme, sentence, false, true);
    for (unsigned i = 0; i < tiles->count; i++) {
        struct element *tile = tiles->tile[i];
        tile->look = LOOK_ANSWER_COLUMN;
        struct parts parts;
        parts_of(tile, theme, &parts);
        float field = in_height - parts_text_height(tile, &parts) - 2 * pad;
        tile->picture_mm = 0.86F * fminf(field, in_width);
    }
}

static void place_tiles(struct tiles *tiles, const struct theme *theme, const struct grid *grid,
                        struct box area)
{
    unsigned columns = grid->columns < tiles->count ? grid->columns : tiles->count;
    if (columns == 0)
        return;
    unsigned rows = (tiles->count + columns - 1) / columns;
    float width = (area.width - (float)(columns - 1) * theme->gap) / (float)columns;
    float height = (area.height - (float)(rows - 1) * theme->gap) / (float)rows;
    for (unsigned i = 0; i < tiles->count; i++) {
        unsigned column = i % columns, row = i / columns;
        bool odd = columns == 2 && i + 1 == tiles->count && column == 0 && tiles->count > 2;
        tiles->tile[i]->box =
            (struct box){area.x + (float)column * (width + theme->gap),
                         area.y + (float)row * (height + theme->gap), odd ? area.width : width, height};
    }
    switch (grid->kind) {
    case GRID_COLUMN:
        make_columns(tiles, theme, width, height);
        break;
    case GRID_ROW:
        make_rows(tiles, theme, width, height, grid);
        break;
    case GRID_ANSWER_ROW:
        make_answer_rows(tiles, theme, width, height, rows);
        break;
    case GRID_ANSWER_COLUMN:
        make_answer_columns(tiles, theme, width, height, grid);
        break;
    }
}

void layout_answers(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, false);
    struct tiles tiles;
    tiles.count = 0;
    for (unsigned i = first; i < list->count; i++)
        if (!layout_is_foot(&list->elements[i]) && list->elements[i].look != LOOK_NONE)
            tiles.tile[tiles.count++] = &list->elements[i];
    if (tiles.count == 0)
        return;
    static const struct grid last_resort = {PAGE_MOST, 2, 6, GRID_ROW};
    // All pages of one list have tiles of one kind.
    bool paged = element_find(list, "list.more") || element_find(list, "list.back");
    const struct grid *grid = grid_choose(theme, paged ? page_most(theme, area) : tiles.count, area);
    place_tiles(&tiles, theme, grid ? grid : &last_resort, area);
}
