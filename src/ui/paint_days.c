// Days and hours: leaf, clock, slot, the check's hero and lines, code and QR.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/memory.h"
#include "draw/calendar.h"
#include "draw/clockface.h"
#include "draw/qr.h"
#include "ui/paint_looks.h"

#include "base/banned.h"

#define CODE_BOXES 6 // while a code is typed, boxes to come are empty

static void clock_in(struct brush *brush, struct box box, int minute, bool plate)
{
    struct shape_box px = brush_box(brush, box);
    if (plate && brush->theme->options.contrast)
        shape_disc(brush->canvas, px.x + px.width / 2, px.y + px.width / 2, px.width * 0.5F, 0xFFFFFF);
    clockface_draw(brush->canvas, px.x, px.y, px.width, minute, &CLOCKFACE_COLOUR);
}

static void week(struct brush *brush, float centre_x, float y, int weekday, float box_mm)
{
    struct calendar_style style = {
        .box_width = roundf(box_mm * brush->k),
        .box_height = roundf(box_mm * brush->k),
        .gap = roundf(box_mm * brush->k * 1.6F / 9),
        .radius = box_mm * brush->k * 1.6F / 9,
        .border = fmaxf(1, box_mm * brush->k * 0.6F / 9),
        .border_today = fmaxf(1, box_mm * brush->k * 1.2F / 9),
        .edge = 0x71829A,
        .fill = 0xFFFFFF,
        .weekend_fill = 0xDCE5EE,
        .today_edge = 0x1B2A41,
        .today_fill = 0xF2A33A,
    };
    calendar_week_draw(brush->canvas, roundf(centre_x * brush->k - calendar_week_width(&style) / 2),
                       roundf(y * brush->k), weekday, &style);
}

// The leaf stays black on white in every mode: it is a thing, not a surface.
enum leaf_place { LEAF_ALONE, LEAF_LEFT, LEAF_ABOVE }; // in the hero: without border, corners of the tile's

static void leaf_in(struct brush *brush, const struct element *element, struct box box, enum leaf_place place,
                    bool with_week)
{
    bool bordered = place == LEAF_ALONE;
    const struct theme *theme = brush->theme;
    uint32_t navy = brush_colour(brush, COLOUR_NAVY);
    struct shape_box px = brush_box(brush, box);
    float border = bordered ? fmaxf(1, roundf(theme->border * brush->k)) : 0;
    float radius = theme->radius * brush->k, inner = fmaxf(0, radius - theme->border * brush->k);
    float weekday = element->size_mm, pad = theme_mm(theme, 3, 1), word = weekday / 1.02F;
    float band = roundf((1.1F * weekday + 2.1F * pad) * brush->k);
    uint32_t edge = bordered && theme->options.contrast ? 0xFFFFFF : navy;
    struct shape_corners corners = {inner, place == LEAF_LEFT ? 0 : inner, bordered ? inner : 0,
                                    place == LEAF_ABOVE ? 0 : inner};
    if (bordered)
        shape_bordered(brush->canvas, px, radius, (struct shape_border){border, border, border, border}, edge,
                       0xFFFFFF);
    else
        shape_rounded_corners(brush->canvas, px, corners, 0xFFFFFF);
    struct shape_box top = {px.x + border, px.y + border, px.width - 2 * border, band};
    corners.bottom_left = corners.bottom_right = 0;
    shape_rounded_corners(brush->canvas, top, corners, navy);
    float middle = box.x + box.width / 2, band_mm = (band + border) / brush->k;
    int centre = brush_px(brush, middle);
    brush_line(brush, element->label, weekday, true, centre,
               brush_px(brush, box.y + band_mm / 2 + 0.33F * weekday), 1, 0xFFFFFF, false);
    char day[4];
    (void)text_print(day, sizeof day, "%d", day_civil(element->day).day);
    float number = element->second_mm, month = 0.92F * word;
    float y = box.y + band_mm, room = box.height - band_mm, week_box = theme_mm(theme, 9, 4);
    week_box = fminf(week_box, (box.width - theme_mm(theme, 8, 3)) / 9.0F);
    bool beside = element->of == 1;
    with_week = with_week && element->lines > 0; // layout tells whether there is room
    float week_room = with_week ? week_box + theme_mm(theme, beside ? 4 : 7, 2) : 0;
    if (beside) { // day and month on one line
        float both = theme_text_width(theme, day, number, true, "") + theme_mm(theme, 4, 2) +
                     theme_text_width(theme, element->second, month, true, "");
        float x = middle - both / 2, base = y + (room - week_room) / 2 + 0.365F * number;
        brush_line(brush, day, number, true, brush_px(brush, x), brush_px(brush, base), 0, navy, true);
        brush_line(brush, element->second, month, true, brush_px(brush, middle + both / 2),
                   brush_px(brush, y + (room - week_room) / 2 + 0.365F * month), 2, navy, false);
    } else {
        float block = number + 1.2F * month, from = y + (room - week_room - block) / 2;
        brush_line(brush, day, number, true, centre, brush_px(brush, from + number * 0.88F), 1, navy, true);
        brush_line(brush, element->second, month, false, centre,
                   brush_px(brush, from + number + 0.6F * month + 0.365F * month), 1, navy, false);
    }
    if (with_week)
        week(brush, middle, box.y + box.height - week_box - theme_mm(theme, beside ? 4 : 5, 1.6F),
             day_weekday(element->day), week_box);
}

void paint_leaf(struct brush *brush, const struct element *element)
{
    leaf_in(brush, element, element->box, LEAF_ALONE, true);
}

void paint_slot(struct brush *brush, const struct element *element)
{
    struct parts parts;
    struct element moved = brush_surface(brush, element, brush_tile_face(brush, element));
    parts_of(&moved, brush->theme, &parts);
    clock_in(brush, parts.picture, element->minute, true);
    brush_picture(brush, &moved, moved.pictogram_second, parts.mark, false);
    uint32_t colour = brush_colour(brush, element->chosen ? COLOUR_CHOSEN_WORD : COLOUR_ON_TILE);
    brush_words(brush, &moved, &parts, colour, colour);
    float side = brush->theme->tick * 13 / 17, inset = theme_mm(brush->theme, 2, 1);
    struct box corner = {moved.box.x + moved.box.width - inset - side, moved.box.y + inset, side, side};
    if (element->mark == MARK_BUSY) // asked for, not yet ours
        brush_mark(brush, &moved, corner, brush_colour(brush, COLOUR_CHOSEN),
                   brush_colour(brush, COLOUR_ON_CHOSEN));
    else if (element->chosen)
        brush_tick(brush, &moved, side, inset);
}

void paint_fact(struct brush *brush, const struct element *element)
{
    struct parts parts;
    const struct theme *theme = brush->theme;
    parts_of(element, theme, &parts);
    float border = fmaxf(1, roundf(theme->border * brush->k));
    shape_bordered(brush->canvas, brush_box(brush, element->box), theme->radius * brush->k,
                   (struct shape_border){border, border, border, border}, brush_colour(brush, COLOUR_EDGE),
                   brush_colour(brush, COLOUR_TILE));
    if (element->look == LOOK_CLOCK)
        clock_in(brush, parts.picture, element->minute, true);
    else
        brush_picture(brush, element, element->pictogram, parts.picture, false);
    uint32_t colour = brush_colour(brush, COLOUR_ON_TILE);
    brush_words(brush, element, &parts, colour, colour);
}

// Clock or guide of the hero, with its words under it or at its right.
static void hero_part(struct brush *brush, const struct element *element, struct box box, bool guide,
                      bool beside)
{
    const struct theme *theme = brush->theme;
    const char *text = guide ? element->third : element->hour_text;
    float side = element->picture_mm, gap = theme_mm(theme, beside ? 5 : 3, 1);
    float size = theme_mm(theme, guide ? 13 : 17, theme->floor);
    float room = beside ? box.width - side - 3 * gap : box.width - 2;
    while (size > theme->least && theme_text_width(theme, text, size, true, "") > room)
        size = fmaxf(theme->least, size * 0.95F);
    float block = beside ? side : side + gap + size * 1.1F, y = box.y + (box.height - block) / 2;
    struct box picture = {beside ? box.x + gap : box.x + (box.width - side) / 2, y, side, side};
    if (guide)
        brush_picture(brush, element, *element->pictogram ? element->pictogram : "guide", picture, false);
    else
        clock_in(brush, picture, element->minute, true);
    float x = beside ? picture.x + side + gap : box.x + box.width / 2;
    float middle = beside ? y + side / 2 : y + side + gap + size * 0.55F;
    brush_line(brush, text, size, true, brush_px(brush, x), brush_px(brush, middle + 0.365F * size),
               beside ? 0 : 1, brush_colour(brush, COLOUR_ON_TILE), false);
}

// Leaf, clock and guide in one tile: what was promised.
void paint_hero(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct element moved = brush_surface(brush, element, brush_tile_face(brush, element));
    struct box in = {moved.box.x + theme->border, moved.box.y + theme->border,
                     moved.box.width - 2 * theme->border, moved.box.height - theme->border - theme->edge};
    bool upright = in.height > in.width;
    uint32_t edge = brush_colour(brush, COLOUR_EDGE);
    float pencil = theme_mm(theme, 14, 6), inset = theme_mm(theme, 5, 2);
    if (upright) {
        float leaf = moved.box.height * 0.38F;
        leaf_in(brush, &moved, (struct box){in.x, in.y, in.width, leaf}, LEAF_ABOVE, true);
        brush_fill(brush, (struct box){in.x, in.y + leaf, in.width, theme->border}, edge);
        float row = (in.height - leaf - inset) / 2;
        hero_part(brush, &moved, (struct box){in.x, in.y + leaf + inset / 2, in.width, row}, false, true);
        hero_part(brush, &moved, (struct box){in.x, in.y + leaf + inset / 2 + row, in.width, row}, true,
                  true);
    } else {
        float leaf = fminf(theme_mm(theme, 88, 40), in.width * 0.32F), width = (in.width - leaf) / 2;
        leaf_in(brush, &moved, (struct box){in.x, in.y, leaf, in.height}, LEAF_LEFT, true);
        brush_fill(brush, (struct box){in.x + leaf, in.y, theme->border, in.height}, edge);
        hero_part(brush, &moved, (struct box){in.x + leaf, in.y, width, in.height}, false, false);
        hero_part(brush, &moved, (struct box){in.x + leaf + width, in.y, width, in.height}, true, false);
    }
    if (element->role == ROLE_BUTTON) {
        float y =
            upright ? moved.box.y + moved.box.height - pencil - inset - theme->edge : moved.box.y + inset;
        struct box pen = {moved.box.x + moved.box.width - pencil - inset, y, pencil, pencil};
        brush_picture(brush, &moved, "pencil", pen, false);
    }
}

void paint_line(struct brush *brush, const struct element *element)
{
    struct parts parts;
    const struct theme *theme = brush->theme;
    struct element moved = brush_surface(brush, element, brush_tile_face(brush, element));
    parts_of(&moved, theme, &parts);
    uint32_t colour = brush_colour(brush, COLOUR_ON_TILE);
    if (*moved.pictogram_second) { // two answers in one line
        float half = (parts.text.x + parts.text.width - parts.picture.x) / 2, gap = theme_mm(theme, 4, 2);
        for (int i = 0; i < 2; i++) {
            struct box picture = parts.picture;
            picture.x += half * (float)i;
            brush_picture(brush, &moved, i ? moved.pictogram_second : moved.pictogram, picture, false);
            struct element one = moved;
            (void)text_copy(one.label, sizeof one.label, i ? moved.second : moved.label);
            one.second[0] = '\0';
            struct parts own = parts;
            own.text = (struct box){picture.x + picture.width + gap, parts.text.y,
                                    half - picture.width - 2 * gap, parts.text.height};
            brush_words(brush, &one, &own, colour, colour);
        }
    } else {
        brush_picture(brush, &moved, moved.pictogram, parts.picture, false);
        brush_words(brush, &moved, &parts, colour, colour);
    }
    if (parts.mark.width > 0)
        brush_picture(brush, &moved, "pencil", parts.mark, false);
}

void paint_qr_card(struct brush *brush, const struct element *element)
{
    float border = fmaxf(1, roundf(brush->theme->border * brush->k));
    shape_bordered(brush->canvas, brush_box(brush, element->box), brush->theme->radius * brush->k,
                   (struct shape_border){border, border, border, border}, brush_colour(brush, COLOUR_EDGE),
                   0xFFFFFF);
}

void paint_qr(struct brush *brush, const struct element *element)
{
    static struct qr qr; // painting runs on one thread; 31 KB are too much for a stack frame
    struct shape_box px = brush_box(brush, element->box);
    if (!element->payload ||
        qr_encode(&qr, element->payload, strlen(element->payload), QR_SIDE_MAX, NULL) != 0)
        return;
    unsigned module = qr_module_px(&qr, (unsigned)fminf(px.width, px.height));
    if (module == 0)
        return;
    int side = (int)((qr.side + 2 * QR_QUIET) * module);
    qr_draw(brush->canvas, &qr, (int)px.x + ((int)px.width - side) / 2,
            (int)px.y + ((int)px.height - side) / 2, module, 0x000000, 0xFFFFFF);
}

// The code in boxes, in two groups; digits and letters each in the middle of its box.
void paint_code(struct brush *brush, const struct element *element)
{
    uint32_t ink = element->disabled ? brush_colour(brush, COLOUR_INK) : brush_colour(brush, COLOUR_NAVY);
    float size = element->size_mm, cell = size * 28 / 24, high = size * 31 / 24;
    float between = size * 2.5F / 24, gap = size * 9 / 24;
    char letters[16];
    unsigned count = 0;
    for (const char *c = element->label; *c && count + 1 < sizeof letters; c++)
        if (*c != ' ' && *c != '-')
            letters[count++] = *c;
    unsigned typed = count, boxes = element->of > 0 && element->of < 16 ? (unsigned)element->of : CODE_BOXES;
    for (; count < boxes; count++)
        letters[count] = '\0';
    unsigned half = (count + 1) / 2;
    float total = (float)count * cell + (float)(count - 2) * between + gap;
    float x = element->box.x + (element->box.width - total) / 2;
    float y = element->box.y + (element->box.height - high) / 2;
    for (unsigned i = 0; i < count; i++) {
        struct shape_box px = brush_box(brush, (struct box){x, y, cell, high});
        float border = fmaxf(1, roundf(size * (i == typed ? 2.0F : 1.0F) / 24 * brush->k));
        shape_bordered(brush->canvas, px, size * 3 / 24 * brush->k,
                       (struct shape_border){border, border, border, border},
                       i == typed ? brush_colour(brush, COLOUR_CHOSEN) : ink, 0xFFFFFF);
        char text[2] = {letters[i], '\0'};
        brush_line(brush, text, size, true, brush_px(brush, x + cell / 2),
                   brush_px(brush, y + high / 2 + 0.357F * size), 1, ink, true);
        x += cell + (i + 1 == half ? gap : between);
    }
}
