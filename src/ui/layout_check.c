// What a visitor checks and takes along: the check, the slip, what stands on the screen when there is no
// paper.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

static float hero_height(const struct theme *theme, struct box area)
{
    return fminf(theme_mm(theme, 112, 40), area.height * (theme->touch_top > 0 ? 0.28F : 0.3F));
}

static float hero_width(const struct theme *theme, struct box area)
{
    return fminf(theme_mm(theme, 136, 50), area.width * 0.36F);
}

// Two columns when each holds a word of ten letters beside picture and pencil.
static unsigned line_columns(const struct theme *theme, float width)
{
    float column = (width - theme->gap) / 2;
    float parts = theme_mm(theme, 30, 12) + theme_mm(theme, 14, 6) + 4 * theme_mm(theme, 5, 2);
    return column >= parts + 7.2F * theme->floor ? 2 : 1;
}

#define NAME_EMS 18.5F      // width of a long name, in its size
#define HALF_NAME_EMS 11.8F // and of the longer line when it takes two

// As many lines as a long name takes in a column of this width.
static float least_line(const struct theme *theme, unsigned columns, float width)
{
    float column = (width - (float)(columns - 1) * theme->gap) / (float)columns;
    float room = column - theme_mm(theme, 30, 12) - theme_mm(theme, 14, 6) - 4 * theme_mm(theme, 5, 2);
    bool normal = theme->options.text == TEXT_NORMAL;
    float lines = room >= NAME_EMS * theme->floor && columns == 1  ? 1
                  : normal || room >= HALF_NAME_EMS * theme->floor ? 2
                                                                   : 3;
    float words = lines * LINE_WORD * theme->floor * 1.02F;
    words += theme->border + theme->edge + theme_mm(theme, 5, 1.5F) + 0.5F;
    return fmaxf(theme_mm(theme, 30, theme->target), words);
}

#define CONFIRM_EMS 10.6F // width of the dark button with its words and disc

void layout_check_room(const struct theme *theme, bool hero, unsigned *rows, unsigned *columns)
{
    struct box area = layout_area(theme);
    float foot = theme_mm(theme, 42, theme->target) + theme->gap;
    bool stacked = (area.width - theme->gap) / 2 < CONFIRM_EMS * theme->floor; // as layout_foot will
    area.height -= stacked ? 2 * foot : foot;
    if (hero && theme->panel_beside)
        area.width -= hero_width(theme, area) + theme->gap;
    else if (hero)
        area.height -= hero_height(theme, layout_area(theme)) + theme->gap;
    *columns = line_columns(theme, area.width);
    float gap = theme_mm(theme, 5, THEME_MIN_GAP_MM);
    *rows = (unsigned)fmaxf(1, (area.height + gap) / (least_line(theme, *columns, area.width) + gap));
}

static void place_hero(struct element *hero, const struct theme *theme, struct box box)
{
    if (box.height > box.width) { // one above the other: leaf, clock, guide
        layout_leaf(hero, theme, (struct box){box.x, box.y, box.width, box.height * 0.38F});
        hero->box = box;
        float row = (box.height * 0.62F - theme->edge) / 2 - theme_mm(theme, 6, 2);
        hero->picture_mm = fminf(row, box.width * 0.42F);
        return;
    }
    float leaf = fminf(theme_mm(theme, 88, 40), box.width * 0.32F);
    layout_leaf(hero, theme, (struct box){box.x, box.y, leaf, box.height});
    hero->box = box;
    float inside = box.height - theme->border - theme->edge;
    float text = 1.1F * fmaxf(theme_mm(theme, 17, theme->floor), theme->floor) + theme_mm(theme, 13, 4);
    hero->picture_mm = fminf(theme_mm(theme, 70, 0), inside - text);
}

// Width for the words of a line. Two answers that find no room side by side become one text.
static float line_room(struct element *line, const struct theme *theme, float column)
{
    struct parts parts;
    parts_of(line, theme, &parts);
    if (!*line->pictogram_second)
        return parts.text.width;
    float half = (parts.text.x + parts.text.width - parts.picture.x) / 2;
    float room = half - line->picture_mm - 2 * theme_mm(theme, 4, 2);
    if (room >= 6.2F * theme->least || column < 1)
        return room;
    char both[ELEMENT_LABEL_SIZE];
    (void)text_print(both, sizeof both, "%s, %s", line->label, line->second);
    (void)text_copy(line->label, sizeof line->label, both);
    line->second[0] = line->pictogram_second[0] = '\0';
    return parts.text.width;
}

// Fits one line into its box; returns the size its words can have.
static float fit_line(struct element *line, const struct theme *theme, struct box box, float column)
{
    line->box = box;
    float inside = box.height - theme->border - theme->edge - theme_mm(theme, 5, 1.5F);
    static const float parts[] = {1, 0.78F, 0.6F}; // words before the picture
    float picture = fminf(theme_mm(theme, 38, 12), fminf(inside, column * 0.28F)), size = 0;
    line->lines = line->second_lines = 3;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && size < theme->floor; i++) {
        line->picture_mm = picture * parts[i];
        struct fit fit = {fmaxf(theme->floor, theme->word * 0.96F),
                          theme->least,
                          line_room(line, theme, column),
                          inside,
                          LINE_WORD,
                          3,
                          true};
        if (*line->label == '+' || (*line->label >= '0' && *line->label <= '9'))
            fit.most = 1; // a number stays in one piece
        unsigned lines = 0;
        size = parts_fit(theme, line->label, line->script, &fit, &lines);
        if (*line->second) {
            fit.want = size;
            size = parts_fit(theme, line->second, line->script, &fit, &lines);
        }
    }
    return size;
}

// The cell (counted in rows of `columns`) of the next line; one with two pictures takes a whole row.
static unsigned next_cell(const struct element *line, unsigned *at, unsigned columns)
{
    bool whole = *line->pictogram_second != '\0';
    if (whole && *at % columns)
        *at += columns - *at % columns;
    unsigned cell = *at;
    *at += whole ? columns : 1;
    return cell;
}

// Lines in columns, all of one size; only a long name that would push all under the floor is smaller alone.
static void place_lines(struct element_list *list, const struct theme *theme, unsigned first, struct box area)
{
    unsigned columns = line_columns(theme, area.width), cells = 0, at = 0;
    float gap = theme_mm(theme, 5, THEME_MIN_GAP_MM), size = INFINITY, picture = INFINITY;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_LINE)
            (void)next_cell(&list->elements[i], &cells, columns);
    unsigned rows = (cells + columns - 1) / columns;
    if (rows == 0)
        return;
    float height = (area.height - (float)(rows - 1) * gap) / (float)rows;
    height = fminf(height, theme_mm(theme, 66, 24)); // few lines do not become posters
    float width = (area.width - (float)(columns - 1) * theme->gap) / (float)columns;
    for (unsigned i = first; i < list->count; i++) {
        struct element *line = &list->elements[i];
        if (line->look != LOOK_LINE)
            continue;
        bool whole = *line->pictogram_second != '\0';
        unsigned cell = next_cell(line, &at, columns), column = cell % columns, row = cell / columns;
        struct box box = {area.x + (float)column * (width + theme->gap), area.y + (float)row * (height + gap),
                          whole ? area.width : width, height};
        line->size_mm = fit_line(line, theme, box, width);
        picture = fminf(picture, line->picture_mm); // uneven pictograms spoil a page
        if (line->size_mm >= theme->floor)
            size = fminf(size, line->size_mm);
    }
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_LINE)
            list->elements[i].picture_mm = picture;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_LINE)
            list->elements[i].second_mm = list->elements[i].size_mm = fminf(size, list->elements[i].size_mm);
}

void layout_check(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, true);
    for (unsigned i = first; i < list->count; i++) {
        struct element *hero = &list->elements[i];
        if (hero->look != LOOK_HERO)
            continue;
        if (theme->panel_beside) {
            float width = hero_width(theme, area);
            place_hero(hero, theme, (struct box){area.x, area.y, width, area.height});
            area.x += width + theme->gap;
            area.width -= width + theme->gap;
        } else {
            float height = hero_height(theme, layout_area(theme));
            place_hero(hero, theme, (struct box){area.x, area.y, area.width, height});
            area.y += height + theme->gap;
            area.height -= height + theme->gap;
        }
    }
    place_lines(list, theme, first, area);
}

// ---- the slip and what stands in for it
void layout_slip(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, true);
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_PAPER)
            list->elements[i].box = area;
}

// An hour stays in one piece where it can.
static void fact_words(struct element *fact, const struct theme *theme, float width, float height)
{
    struct fit fit = {theme->word * 1.25F, theme->floor, width, height, LINE_WORD, 1, true};
    unsigned lines = 0;
    if (fact->look == LOOK_CLOCK)
        fact->size_mm = parts_fit(theme, fact->label, "", &fit, &lines);
    fact->lines = (int16_t)lines;
    fit.most = 2;
    if (lines == 0)
        parts_fit_label(theme, fact, &fit);
}

static void place_fact(struct element *fact, const struct theme *theme, struct box box)
{
    struct parts parts;
    fact->box = box;
    float low = fminf(box.height - theme_mm(theme, 8, 3), 0.4F * box.width);
    for (int part = 4; part > 0 && box.width > PARTS_LOW_FACT * box.height;
         part--) { // words before the picture
        fact->picture_mm = 0.25F * (float)part * low;
        parts_of(fact, theme, &parts);
        fact_words(fact, theme, parts.text.width, 0.85F * box.height);
        if (fact->lines > 0 && fact->size_mm >= theme->floor)
            return;
    }
    fact->picture_mm = box.height * 0.55F;
    parts_of(fact, theme, &parts);
    fact_words(fact, theme, parts.text.width, box.height * 0.35F);
    float text = (float)fact->lines * LINE_WORD * fact->size_mm;
    fact->picture_mm = fminf(theme_mm(theme, 54, 0) * fmaxf(1, box.height / theme_mm(theme, 88, 1)),
                             box.height - text - theme_mm(theme, 9, 4));
    fact->picture_mm = fminf(fact->picture_mm, parts.text.width);
}

static bool is_fact(const struct element *element)
{
    return element->look == LOOK_LEAF || element->look == LOOK_CLOCK || element->look == LOOK_FACT;
}

// Four facts that would be towers in a row: two by two.
static void place_four(struct element_list *list, const struct theme *theme, unsigned first, struct box area)
{
    float width = (area.width - theme->gap) / 2, height = (area.height - theme->gap) / 2, size = INFINITY;
    unsigned at = 0;
    for (int pass = 0; pass < 2; pass++)
        for (unsigned i = first; i < list->count; i++) {
            struct element *fact = &list->elements[i];
            if (!is_fact(fact))
                continue;
            if (pass == 1) {
                if (fact->look != LOOK_LEAF)
                    fact->size_mm = size;
                continue;
            }
            unsigned column = at % 2, row = at / 2;
            struct box box = {area.x + (float)column * (width + theme->gap),
                              area.y + (float)row * (height + theme->gap), width, height};
            at++;
            if (fact->look == LOOK_LEAF) {
                layout_leaf(fact, theme, box);
            } else {
                place_fact(fact, theme, box);
                size = fminf(size, fact->size_mm);
            }
        }
}

// Leaf, clock and facts in a row; takes the row off the area.
static void place_facts(struct element_list *list, const struct theme *theme, unsigned first,
                        struct box *area, float height)
{
    unsigned count = 0, at = 0;
    for (unsigned i = first; i < list->count; i++)
        count += is_fact(&list->elements[i]);
    if (!count)
        return;
    if (count == 4 && height > 1.7F * area->width / 4) {
        place_four(list, theme, first, (struct box){area->x, area->y, area->width, height});
        area->y += height + theme->gap;
        area->height -= height + theme->gap;
        return;
    }
    float leaf = fminf(theme_mm(theme, 88, 0), area->width / (float)count - theme->gap);
    leaf = fmaxf(leaf, (area->width - (float)(count - 1) * theme->gap) / (float)count * 0.8F);
    float others =
        count > 1 ? (area->width - leaf - (float)(count - 1) * theme->gap) / (float)(count - 1) : 0;
    float x = area->x, size = INFINITY;
    for (unsigned i = first; i < list->count; i++) {
        struct element *fact = &list->elements[i];
        if (!is_fact(fact))
            continue;
        bool is_leaf = fact->look == LOOK_LEAF;
        float width = count == 1 ? area->width : is_leaf ? leaf : others;
        struct box box = {x, area->y, width, height};
        if (is_leaf)
            layout_leaf(fact, theme, box);
        else
            place_fact(fact, theme, box);
        if (!is_leaf)
            size = fminf(size, fact->size_mm);
        x += width + theme->gap;
        at++;
    }
    for (unsigned i = first; i < list->count; i++)
        if (is_fact(&list->elements[i]) && list->elements[i].look != LOOK_LEAF)
            list->elements[i].size_mm = size;
    area->y += height + theme->gap;
    area->height -= height + theme->gap;
}

static void place_code(struct element *code, const struct theme *theme, struct box box)
{
    float across = 6 * 28.0F / 24 + 4 * 2.5F / 24 + 9.0F / 24;
    code->box = box;
    code->size_mm = fminf(fminf(theme_mm(theme, 24, theme->floor), box.width / across), box.height * 24 / 31);
    if (code->size_mm < theme->floor) // its boxes before the air around them
        code->size_mm = fminf(theme->floor * 1.01F, fminf(box.width / across, box.height * 24 / 25));
    code->lines = 1;
}

// Where else to go, in a strip at the bottom; takes it off the area.
static void place_way_out(struct element_list *list, const struct theme *theme, unsigned first,
                          struct box *area)
{
    unsigned count = 0;
    for (unsigned i = first; i < list->count; i++)
        count += list->elements[i].look == LOOK_POINT;
    if (count == 0)
        return;
    float height = fmaxf(theme_mm(theme, 40, 0), 2 * LINE_WORD * theme->floor + theme_mm(theme, 8, 3));
    area->height -= height + theme->gap;
    layout_points_in(list, theme, first,
                     (struct box){area->x, area->y + area->height + theme->gap, area->width, height});
}

void layout_no_paper(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, true);
    bool beside = theme->panel_beside;
    struct box facts = area;
    float pad = theme_mm(theme, 6, 2);
    struct box card = area;
    if (beside) { // facts one above the other at the left, QR at the right
        float width = area.width * 0.42F;
        card.x = area.x + width + theme->gap;
        card.width = area.width - width - theme->gap;
        place_way_out(list, theme, first, &card);
        facts.width = width;
        unsigned count = 0;
        for (unsigned i = first; i < list->count; i++)
            count += is_fact(&list->elements[i]);
        float height = count ? (area.height - (float)(count - 1) * theme->gap) / (float)count : 0;
        float leaf = count > 1 ? fmaxf(height, LEAF_HIGH_EMS * theme->floor) : height, y = facts.y;
        if (count > 1)
            height = (area.height - leaf - (float)(count - 1) * theme->gap) / (float)(count - 1);
        for (unsigned i = first; i < list->count; i++) {
            struct element *fact = &list->elements[i];
            if (!is_fact(fact))
                continue;
            struct box box = {facts.x, y, width, fact->look == LOOK_LEAF ? leaf : height};
            y += box.height + theme->gap;
            if (fact->look == LOOK_LEAF)
                layout_leaf(fact, theme, box);
            else
                place_fact(fact, theme, box);
        }
    } else {
        place_way_out(list, theme, first, &card);
        place_facts(list, theme, first, &card, fminf(theme_mm(theme, 88, 40), area.height * 0.3F));
    }
    unsigned at = list->count;
    for (unsigned i = list->count; i-- > first;)
        if (list->elements[i].look == LOOK_QR || list->elements[i].look == LOOK_CODE)
            at = i;
    if (at == list->count)
        return;
    struct element *ground = element_insert(list, at, "slip.card", ROLE_PICTURE, LOOK_QR_CARD);
    ground->box = card;
    struct box inside = box_inset(card, pad, pad);
    float code = fminf(theme_mm(theme, 31, 10), inside.height * 0.2F) + pad;
    // of the QR: beside it are the code's boxes, or under it, where they are larger
    float across = fminf(inside.width * 0.6F, inside.width - 7.2F * theme->floor);
    float above = fminf(inside.width, inside.height - code);
    bool low = above < 0.75F * fminf(inside.height, across);
    bool has_qr = false;
    for (unsigned i = at; i < list->count; i++)
        has_qr = has_qr || list->elements[i].look == LOOK_QR;
    for (unsigned i = at; i < list->count; i++) {
        struct element *element = &list->elements[i];
        if (element->look == LOOK_QR) {
            float side = low ? fminf(inside.height, across) : above;
            float x = low ? inside.x : inside.x + (inside.width - side) / 2;
            element->box = (struct box){
                x, inside.y + (low ? inside.height - side : inside.height - code - side) / 2, side, side};
        } else if (element->look == LOOK_CODE) {
            struct box box = {inside.x, inside.y + inside.height - code, inside.width, code};
            if (!has_qr)
                box = inside;
            else if (low)
                box = (struct box){inside.x + across, inside.y, inside.width - across, inside.height};
            place_code(element, theme, box);
        }
    }
}

void layout_goodbye(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, true);
    unsigned points = 0;
    for (unsigned i = first; i < list->count; i++)
        points += list->elements[i].look == LOOK_POINT;
    bool low = theme->panel_beside || theme->touch_top > 0;
    float part = points == 0 ? 1 : low ? 0.5F : points > 2 ? 0.45F : 0.6F;
    float height = points == 0 ? area.height : area.height * part;
    place_facts(list, theme, first, &area, fminf(height, area.width * 1.3F));
    layout_points_in(list, theme, first, area);
}
