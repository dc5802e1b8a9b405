// Answers: the table of lists, the foot, pages.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

#define PAGE_MOST 12U

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
    {9, 3, 3, GRID_ROW},        {12, 2, 6, GRID_ROW},       {0, 0, 0, GRID_ROW},
};
// When the table's own does not fit the words of this theme, in this order.
static const struct grid others[] = {
    {2, 2, 1, GRID_COLUMN}, {2, 1, 2, GRID_ROW},    {3, 1, 3, GRID_ROW}, {3, 3, 1, GRID_COLUMN},
    {4, 2, 2, GRID_ROW},    {4, 2, 2, GRID_COLUMN}, {6, 2, 3, GRID_ROW}, {6, 3, 2, GRID_ROW},
    {6, 3, 2, GRID_COLUMN}, {8, 2, 4, GRID_ROW},    {9, 3, 3, GRID_ROW}, {10, 2, 5, GRID_ROW},
    {12, 2, 6, GRID_ROW},   {12, 3, 4, GRID_ROW},   {0, 0, 0, GRID_ROW},
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
    float word = 6.0F * theme->floor, lines = 2 * LINE_WORD * theme->floor;
    float picture = theme_mm(theme, 26, 12), pads = theme_mm(theme, 8, 3);
    if (grid->kind == GRID_COLUMN || grid->kind == GRID_ANSWER_COLUMN)
        return width >= word + pads && height >= lines + picture + pads;
    return width >= word + picture + 2 * pads && height >= fmaxf(lines, picture) + 0.5F * pads;
}

static const struct grid *grid_choose(const struct theme *theme, unsigned count, struct box area)
{
    for (const struct grid *grid = table_of(theme); grid->most; grid++)
        if (count <= grid->most) {
            if (grid_fits(theme, grid, area))
                return grid;
            break;
        }
    for (const struct grid *grid = others; grid->most; grid++)
        if (count <= grid->most && grid_fits(theme, grid, area))
            return grid;
    return NULL;
}

static float foot_height(const struct theme *theme, bool plain)
{
    return theme_mm(theme, plain ? 42 : 36, THEME_MIN_TARGET_MM + 0.01F);
}

struct page layout_page(const struct theme *theme, unsigned total, unsigned page, bool foot)
{
    struct box area = layout_area(theme);
    if (foot)
        area.height -= foot_height(theme, false) + theme->gap;
    unsigned most = PAGE_MOST;
    while (most > 3 && !grid_choose(theme, most, area))
        most--;
    struct page result = {0, total, 0, 1, false, false};
    if (total <= most)
        return result;
    unsigned a_page = most - 2; // two places turn the pages
    // First and last page need only one of them.
    result.pages = total <= 2 * (most - 1) ? 2 : 2 + (total - 2 * (most - 1) + a_page - 1) / a_page;
    result.page = page < result.pages ? page : result.pages - 1;
    unsigned even = total / result.pages, rest = total % result.pages;
    result.first = result.page * even + (result.page < rest ? result.page : rest);
    result.count = even + (result.page < rest ? 1 : 0);
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
    float height = foot_height(theme, plain > 0 || (wide_primary && chips == 0));
    struct box foot = {area->x, area->y + area->height - height, area->width, height};
    area->height -= height + theme->gap;
    float left = chips ? place_chips(list, theme, first, foot) : 0;
    unsigned buttons = plain + dark;
    if (!buttons)
        return;
    float width = (foot.width - left - (float)(buttons - 1) * theme->gap) / (float)buttons;
    float x = foot.x + left;
    if (plain == 0 && dark == 1 && !wide_primary) {
        float word = foot.width - left;
        width = fminf(word, fmaxf(theme_mm(theme, 150, 60), foot.width * 0.36F));
        x = foot.x + foot.width - width;
    }
    for (unsigned i = first; i < list->count; i++) {
        struct element *button = &list->elements[i];
        if (button->look != LOOK_PLAIN && button->look != LOOK_PRIMARY)
            continue;
        layout_button(button, theme, (struct box){x, foot.y, width, height});
        x += width + theme->gap;
    }
    // One text size for plain buttons side by side.
    float size = INFINITY;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_PLAIN)
            size = fminf(size, list->elements[i].size_mm);
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_PLAIN)
            list->elements[i].size_mm = size;
}

// ---- tiles
struct tiles {
    struct element *tile[ELEMENTS_MAX];
    unsigned count;
};

// One common size (and number of lines) for words of all tiles that `pick` takes.
static void fit_tiles(struct tiles *tiles, const struct theme *theme, struct fit fit, bool foreign,
                      bool second)
{
    float size = fit.want;
    unsigned most = 0;
    for (int pass = 0; pass < 2; pass++)
        for (unsigned i = 0; i < tiles->count; i++) {
            struct element *tile = tiles->tile[i];
            const char *text = second ? tile->second : tile->label;
            if (!*text || (!second && foreign != (*tile->language != '\0')))
                continue;
            struct fit one = fit;
            one.want = size;
            unsigned lines = 0;
            size = parts_fit(theme, text, tile->script, &one, &lines);
            if (lines == 0 && one.least > theme->least) { // a long word: under this step's floor
                one.want = one.least;
                one.least = theme->least;
                size = parts_fit(theme, text, tile->script, &one, &lines);
                fit.least = theme->least;
            }
            if (pass == 1 && lines > most)
                most = lines;
        }
    for (unsigned i = 0; i < tiles->count; i++) {
        struct element *tile = tiles->tile[i];
        if (second) {
            tile->second_mm = *tile->second ? size : 0;
            tile->second_lines = *tile->second ? (int16_t)most : 0;
        } else if (foreign == (*tile->language != '\0')) {
            tile->size_mm = size;
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

static void make_columns(struct tiles *tiles, const struct theme *theme, float width, float height)
{
    float in_width = width - 2 * theme->border - 2 * theme_mm(theme, 4, 1.2F);
    float in_height = height - theme->border - theme->edge - 2 * theme_mm(theme, 3, 1.2F);
    struct fit fit = {theme->word, theme->floor, in_width, in_height * 0.55F, LINE_WORD, 2, true};
    fit_words(tiles, theme, fit, theme->endonym);
    for (unsigned i = 0; i < tiles->count; i++) {
        struct element *tile = tiles->tile[i];
        float text = (float)tile->lines * LINE_WORD * tile->size_mm;
        tile->look = LOOK_TILE_COLUMN;
        tile->picture_mm = fminf(in_width, in_height - text - theme_mm(theme, 2, 1));
    }
}

static void make_rows(struct tiles *tiles, const struct theme *theme, float width, float height,
                      const struct grid *grid)
{
    float inside = height - theme->border - theme->edge;
    float picture = inside - theme_mm(theme, 6, 2.4F);
    float part = grid->most >= 10 && theme->touch_top <= 0 ? 0.25F : grid->most == 4 ? 0.48F : 0.33F;
    picture = fminf(picture, fmaxf(part * width, theme_mm(theme, 38, 12)));
    picture = fminf(picture, inside - 1.5F);
    float pads =
        theme_mm(theme, 7, 2) + theme_mm(theme, 6, 2.5F) + theme_mm(theme, 5, 1.5F) + 2 * theme->border;
    float most_words = width - pads - 6.3F * theme->floor; // leave room for a word of ten letters
    picture = fmaxf(fminf(picture, most_words), fminf(picture, theme_mm(theme, 26, 12)));
    struct fit fit = {theme->word, theme->floor, width - pads - picture, inside - 1, LINE_WORD, 3, true};
    if (grid->most >= 10)
        fit.want = theme->word * 1.125F;
    fit_words(tiles, theme, fit, theme->endonym);
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
    unsigned rows = (tiles->count + columns - 1) / columns;
    float width = (area.width - (float)(columns - 1) * theme->gap) / (float)columns;
    float height = (area.height - (float)(rows - 1) * theme->gap) / (float)rows;
    for (unsigned i = 0; i < tiles->count; i++) {
        unsigned column = i % columns;
        bool odd = columns == 2 && i + 1 == tiles->count && column == 0 && tiles->count > 2;
        tiles->tile[i]->box = (struct box){area.x + (float)column * (width + theme->gap),
                                           area.y + (float)(i / columns) * (height + theme->gap),
                                           odd ? area.width : width, height};
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
    const struct grid *grid = grid_choose(theme, tiles.count, area);
    place_tiles(&tiles, theme, grid ? grid : &last_resort, area);
}

// ---- points: one thought a row
void layout_words(struct element *element, const struct theme *theme, float want, float want_second,
                  unsigned most, unsigned most_second)
{
    struct parts parts;
    unsigned lines = 0;
    parts_of(element, theme, &parts);
    float height = parts.text.height;
    struct fit second = {want_second,       theme->floor, parts.text.width, height * 0.7F,
                         parts.second_line, most_second,  parts.second_bold};
    float taken = 0;
    if (*element->second) {
        element->second_mm = parts_fit(theme, element->second, element->script, &second, &lines);
        element->second_lines = (int16_t)lines;
        taken = (float)lines * parts.second_line * element->second_mm + parts.second_gap;
    }
    struct fit fit = {want, theme->floor,    parts.text.width, fmaxf(1, height - taken), parts.label_line,
                      most, parts.label_bold};
    if (*element->label) {
        element->size_mm = parts_fit(theme, element->label, element->script, &fit, &lines);
        if (lines == 0) {
            fit.want = fit.least;
            fit.least = theme->least;
            element->size_mm = parts_fit(theme, element->label, element->script, &fit, &lines);
        }
        element->lines = (int16_t)lines;
    }
}

void layout_points_in(struct element_list *list, const struct theme *theme, unsigned first, struct box area)
{
    unsigned count = 0, at = 0;
    for (unsigned i = first; i < list->count; i++)
        count += list->elements[i].look == LOOK_POINT;
    if (!count)
        return;
    unsigned columns = theme->panel_beside && count > 3 ? 2 : 1;
    unsigned rows = (count + columns - 1) / columns;
    float width = (area.width - (float)(columns - 1) * theme->gap) / (float)columns;
    float height = (area.height - (float)(rows - 1) * theme->gap) / (float)rows;
    float size = INFINITY, second = INFINITY;
    for (unsigned i = first; i < list->count; i++) {
        struct element *point = &list->elements[i];
        if (point->look != LOOK_POINT)
            continue;
        point->box = (struct box){area.x + (float)(at % columns) * (width + theme->gap),
                                  area.y + (float)(at / columns) * (height + theme->gap), width, height};
        at++;
        point->picture_mm = 0.84F * fminf(height, 0.42F * width);
        layout_words(point, theme, fminf(theme->title, theme->word * 1.5F), theme->body, 4, 6);
        size = fminf(size, point->size_mm);
        if (*point->second)
            second = fminf(second, point->second_mm);
    }
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_POINT)
            layout_words(&list->elements[i], theme, size, fminf(second, theme->body), 4, 6);
}

void layout_points(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, true);
    layout_points_in(list, theme, first, area);
}
