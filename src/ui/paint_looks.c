// Question, bar, tiles and buttons, and the table of all looks.
#include "ui/paint_looks.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

static void paint_ground(struct brush *brush, const struct element *element)
{
    brush_fill(brush, element->box, brush_colour(brush, COLOUR_PAPER));
}

static void paint_dark(struct brush *brush, const struct element *element)
{
    brush_fill(brush, element->box, 0x000000);
}

static void paint_panel(struct brush *brush, const struct element *element)
{
    brush_fill(brush, element->box, brush_colour(brush, COLOUR_PANEL));
    if (!brush->theme->options.contrast)
        return;
    struct box line = element->box;
    float width = fmaxf(1 / brush->k, theme_mm(brush->theme, 0.8F, 0.4F));
    if (brush->theme->panel_beside)
        line = (struct box){line.x + line.width - width, line.y, width, line.height};
    else
        line = (struct box){line.x, line.y + line.height - width, line.width, width};
    brush_fill(brush, line, brush_colour(brush, COLOUR_WHITE));
}

static void paint_person(struct brush *brush, float x, float y, float u, uint32_t colour)
{
    shape_disc(brush->canvas, x, y + 4.2F * u, 2.7F * u, colour);
    struct shape_box body = {x - 4.2F * u, y + 8 * u, 8.4F * u, 6.6F * u};
    shape_rounded_corners(brush->canvas, body, (struct shape_corners){4.2F * u, 4.2F * u, 0, 0}, colour);
}

// The way: stops on a line that ends at two people; walked, here, ahead.
static void paint_way(struct brush *brush, const struct element *element)
{
    float u = brush->theme->scale * brush->k; // a unit of the reference in pixels
    float discs = brush->theme->panel_beside ? 0.72F : 1;
    float left = element->box.x * brush->k, top = element->box.y * brush->k;
    float width = element->box.width * brush->k;
    float x0 = left + 4 * u, x1 = left + width - 15 * u, y = top + 8 * u;
    int stops = element->of > 1 ? element->of : 2;
    float step = (x1 - x0 - 18 * u) / (float)(stops - 1);
    discs = fminf(discs, 0.3F * step / (4.5F * u)); // many stops, small ones
    float last = x0 + step * (float)(stops - 1), end = x1 - 4 * u;
    float behind = fmaxf(0, brush->way_at - (float)(stops - 1)); // 1: the way is done, the guide is met
    float here = fminf(x0 + step * brush->way_at, last) + behind * (end - last);
    uint32_t walked = brush_colour(brush, COLOUR_WALKED), ahead = brush_colour(brush, COLOUR_AHEAD);
    uint32_t ground = brush_colour(brush, COLOUR_PANEL), white = brush_colour(brush, COLOUR_ON_PANEL);
    struct canvas *canvas = brush->canvas;
    if (here < end)
        shape_line(canvas, here, y, end, y, 1.6F * u, ahead);
    shape_line(canvas, x0, y, here, y, 2.6F * u, walked);
    for (int i = 0; i < stops; i++) {
        float x = x0 + step * (float)i;
        if ((float)i < brush->way_at) {
            shape_disc(canvas, x, y, 3.4F * discs * u, walked);
        } else {
            float stroke = fminf(0.8F, discs);
            shape_disc(canvas, x, y, (3 * discs + stroke) * u, ahead);
            shape_disc(canvas, x, y, (3 * discs - stroke) * u, ground);
        }
    }
    paint_person(brush, x1 + 1 * u, top, u, white);
    paint_person(brush, x1 + 11 * u, top, u, walked);
    if (behind >= 1)
        return;
    float marker = fmaxf(discs, fminf(0.72F, brush->theme->panel_beside ? 0.72F : 1));
    shape_disc(canvas, here, y, (7 + 0.9F) * marker * u, white);
    shape_disc(canvas, here, y, (7 - 0.9F) * marker * u, ground);
    shape_disc(canvas, here, y, 4.2F * marker * u, walked);
}

static void paint_plate(struct brush *brush, const struct element *element)
{
    struct shape_box box = brush_box(brush, element->box);
    bool large = element->box.width > theme_mm(brush->theme, 90, 0);
    if (!brush->theme->options.contrast) // its drawing for a black ground stands on the panel
        shape_rounded(brush->canvas, box, brush_mm(brush, large ? 11 : 8), brush_colour(brush, COLOUR_PLATE));
    float side =
        brush->theme->options.contrast ? fminf(element->box.width, element->box.height) : element->picture_mm;
    struct box picture = {element->box.x + (element->box.width - side) / 2,
                          element->box.y + (element->box.height - side) / 2, side, side};
    brush_picture(brush, element, element->pictogram, picture, false);
}

static void paint_title(struct brush *brush, const struct element *element)
{
    struct parts parts;
    parts_of(element, brush->theme, &parts);
    uint32_t colour = brush_colour(brush, COLOUR_ON_PANEL);
    brush_words(brush, element, &parts, colour, colour);
}

static void paint_body(struct brush *brush, const struct element *element)
{
    struct parts parts;
    parts_of(element, brush->theme, &parts);
    uint32_t colour = brush_colour(brush, COLOUR_INK);
    brush_words(brush, element, &parts, colour, colour);
}

static void paint_bar(struct brush *brush, const struct element *element)
{
    brush_fill(brush, element->box, brush_colour(brush, COLOUR_LIGHT));
    if (!brush->theme->options.contrast)
        return;
    struct box line = element->box;
    line.height = fmaxf(1 / brush->k, theme_mm(brush->theme, 0.8F, 0.4F));
    brush_fill(brush, line, brush_colour(brush, COLOUR_WHITE));
}

// The shield, when the town gives none of its own.
static void paint_shield(struct brush *brush, struct box box)
{
    struct shape_box px = brush_box(brush, box);
    float u = px.height / 48;
    uint32_t navy = brush_colour(brush, COLOUR_NAVY), teal = brush_colour(brush, COLOUR_TEAL);
    uint32_t white = brush_colour(brush, COLOUR_WHITE);
    struct canvas *canvas = brush->canvas;
    for (int pass = 0; pass < 2; pass++) {
        float in = pass ? 3 * u : 0;
        struct shape_box upper = {px.x + 1.5F * u + in, px.y + 1.5F * u + in, 37 * u - 2 * in,
                                  44 * u - 2 * in};
        shape_rounded_corners(canvas, upper, (struct shape_corners){u, u, 18.4F * u - in, 18.4F * u - in},
                              pass ? teal : navy);
    }
    canvas_fill(canvas, (int)lroundf(px.x + 18.5F * u), (int)lroundf(px.y + 4.5F * u), (int)lroundf(3 * u),
                (int)lroundf(38 * u), white);
    canvas_fill(canvas, (int)lroundf(px.x + 4.5F * u), (int)lroundf(px.y + 20.5F * u), (int)lroundf(31 * u),
                (int)lroundf(3 * u), white);
}

static void paint_town(struct brush *brush, const struct element *element)
{
    struct parts parts;
    parts_of(element, brush->theme, &parts);
    if (*element->pictogram)
        brush_picture(brush, element, element->pictogram, parts.picture, false);
    else
        paint_shield(brush, parts.picture);
    uint32_t colour = brush_colour(brush, COLOUR_INK);
    brush_words(brush, element, &parts, colour, colour);
}

static uint32_t word_colour(const struct brush *brush, const struct element *element)
{
    if (element->disabled)
        return brush_colour(brush, COLOUR_OFF_WORD);
    return brush_colour(brush, element->chosen ? COLOUR_CHOSEN_WORD : COLOUR_ON_TILE);
}

static void paint_tile(struct brush *brush, const struct element *element)
{
    struct parts parts;
    struct element moved = brush_surface(brush, element, brush_tile_face(brush, element));
    parts_of(&moved, brush->theme, &parts);
    if (parts.field.width > 0 && parts.field.height > 0 && !element->disabled)
        shape_rounded(brush->canvas, brush_box(brush, parts.field),
                      roundf(brush->theme->field_radius * brush->k),
                      brush_colour(brush, element->touched ? COLOUR_LIGHT : COLOUR_MIST));
    brush_picture(brush, &moved, moved.pictogram, parts.picture, element->disabled);
    uint32_t colour = word_colour(brush, element);
    brush_words(brush, &moved, &parts, colour, colour);
    if (element->chosen && !element->disabled) {
        bool low = element->box.height < theme_mm(brush->theme, 70, 0);
        brush_tick(brush, &moved, low ? brush->theme->tick * 13 / 17 : brush->theme->tick,
                   theme_mm(brush->theme, low ? 2 : 3, 1));
    }
}

static void paint_tool(struct brush *brush, const struct element *element)
{
    struct parts parts;
    struct brush_face face = brush_tile_face(brush, element);
    face.radius = brush->theme->tool_radius;
    struct element moved = brush_surface(brush, element, face);
    parts_of(&moved, brush->theme, &parts);
    brush_picture(brush, &moved, moved.pictogram, parts.picture, element->disabled);
    uint32_t colour =
        element->disabled ? brush_colour(brush, COLOUR_OFF_WORD) : brush_colour(brush, COLOUR_ON_TILE);
    brush_words(brush, &moved, &parts, colour, colour);
    if (element->chosen)
        brush_tick(brush, &moved, theme_mm(brush->theme, 9, 5), theme_mm(brush->theme, 1.4F, 0.6F));
}

static void paint_primary(struct brush *brush, const struct element *element)
{
    struct parts parts;
    const struct theme *theme = brush->theme;
    uint32_t fill = brush_colour(brush, COLOUR_PRIMARY), lower = brush_colour(brush, COLOUR_PRIMARY_EDGE);
    struct brush_face face = {theme->radius, fill, fill, lower, lower, theme->border, theme->edge};
    if (theme->options.contrast)
        face.touched = brush_colour(brush, COLOUR_WHITE);
    if (element->disabled)
        face.edge = brush_colour(brush, COLOUR_EDGE);
    struct element moved = brush_surface(brush, element, face);
    parts_of(&moved, theme, &parts);
    uint32_t word = brush_colour(brush, element->disabled ? COLOUR_OFF_WORD : COLOUR_ON_PRIMARY);
    brush_words(brush, &moved, &parts, word, word);
    if (!element->disabled) {
        brush_mark(brush, element, parts.mark, brush_colour(brush, COLOUR_DISC),
                   brush_colour(brush, COLOUR_ON_DISC));
    } else if (parts.mark.width > 0) { // an empty disc
        struct shape_box px = brush_box(brush, parts.mark);
        uint32_t edge = brush_colour(brush, COLOUR_EDGE);
        brush_mark(brush, element, parts.mark, brush_colour(brush, COLOUR_PAPER), edge);
        shape_ring(brush->canvas, px.x + px.width / 2, px.y + px.width / 2, px.width * 11.3F / 24,
                   px.width * 1.4F / 24, edge);
    }
}

static void paint_plain(struct brush *brush, const struct element *element)
{
    struct parts parts;
    struct element moved = brush_surface(brush, element, brush_tile_face(brush, element));
    parts_of(&moved, brush->theme, &parts);
    brush_picture(brush, &moved, moved.pictogram, parts.picture, element->disabled);
    uint32_t colour = word_colour(brush, element);
    brush_words(brush, &moved, &parts, colour, colour);
    bool contrast = brush->theme->options.contrast;
    brush_mark(brush, element, parts.mark, brush_colour(brush, contrast ? COLOUR_CHOSEN : COLOUR_DISC),
               brush_colour(brush, contrast ? COLOUR_ON_CHOSEN : COLOUR_ON_DISC));
}

static void paint_chip(struct brush *brush, const struct element *element)
{
    struct shape_box px = brush_box(brush, element->box);
    float x = px.x + px.width / 2, y = px.y + px.height / 2, radius = px.width / 2;
    if (!*element->pictogram) {
        shape_dashed_ring(brush->canvas, x, y, radius - brush_mm(brush, 0.4F), brush_mm(brush, 0.8F), 36,
                          brush_colour(brush, COLOUR_EDGE));
        return;
    }
    float ring = brush_mm(brush, 1.4F);
    shape_disc(brush->canvas, x, y, radius, brush_colour(brush, COLOUR_CHOSEN));
    shape_disc(brush->canvas, x, y, radius - ring, brush_colour(brush, COLOUR_TILE));
    float side = element->picture_mm;
    struct box picture = {element->box.x + (element->box.width - side) / 2,
                          element->box.y + (element->box.height - side) / 2, side, side};
    brush_picture(brush, element, element->pictogram, picture, false);
}

// A told story has an order: numbers on a line that leads from one thought to the next.
static void paint_step(struct brush *brush, const struct element *element, struct box disc)
{
    struct shape_box px = brush_box(brush, disc);
    float x = px.x + px.width / 2, y = px.y + px.height / 2, line = brush_mm(brush, 1.8F);
    uint32_t ink = brush_colour(brush, COLOUR_INK);
    const struct box *box = &element->box;
    bool first = element->value == 1, last = element->value == element->of;
    if (disc.y > box->y + 0.1F) { // one under the other
        float from = first ? y : box->y * brush->k;
        float to = last ? y : (box->y + box->height + brush->theme->gap) * brush->k;
        shape_line(brush->canvas, x, from, x, to, line, ink);
    } else {
        float from = first ? x : box->x * brush->k;
        float to = last ? x : (box->x + box->width + brush->theme->gap) * brush->k;
        shape_line(brush->canvas, from, y, to, y, line, ink);
    }
    shape_disc(brush->canvas, x, y, px.width / 2, ink);
    char number[8];
    (void)text_print(number, sizeof number, "%d", element->value);
    float size = disc.width * 0.62F;
    brush_line(brush, number, size, true, (int)lroundf(x),
               (int)lroundf(y + size * THEME_CAPITAL / 2 * brush->k), 1, brush_colour(brush, COLOUR_PAPER),
               true);
}

// One thought of the explanation: told, not offered, so it has no tile: only its picture stands on a ground.
static void paint_point(struct brush *brush, const struct element *element)
{
    struct parts parts;
    const struct theme *theme = brush->theme;
    parts_of(element, theme, &parts);
    if (parts.mark.width > 0)
        paint_step(brush, element, parts.mark);
    if (parts.field.width > 0) {
        shape_rounded(brush->canvas, brush_box(brush, parts.field), roundf(theme->field_radius * brush->k),
                      brush_colour(brush, COLOUR_MIST));
        brush_picture(brush, element, element->pictogram, parts.picture, false);
    }
    uint32_t colour = brush_colour(brush, COLOUR_INK);
    brush_words(brush, element, &parts, colour, colour);
}

static void paint_nothing(struct brush *brush, const struct element *element)
{
    (void)brush;
    (void)element;
}

const paint_look paint_looks[LOOKS] = {
    [LOOK_NONE] = paint_nothing,
    [LOOK_FILL] = paint_ground,
    [LOOK_PANEL] = paint_panel,
    [LOOK_DARK] = paint_dark,
    [LOOK_WAY] = paint_way,
    [LOOK_PLATE] = paint_plate,
    [LOOK_TITLE] = paint_title,
    [LOOK_BODY] = paint_body,
    [LOOK_BAR] = paint_bar,
    [LOOK_TOWN] = paint_town,
    [LOOK_TILE] = paint_tile,
    [LOOK_TILE_COLUMN] = paint_tile,
    [LOOK_TILE_ROW] = paint_tile,
    [LOOK_ANSWER_ROW] = paint_tile,
    [LOOK_ANSWER_COLUMN] = paint_tile,
    [LOOK_PRIMARY] = paint_primary,
    [LOOK_PLAIN] = paint_plain,
    [LOOK_TOOL] = paint_tool,
    [LOOK_KEY] = paint_key,
    [LOOK_KEY_VARIANT] = paint_key,
    [LOOK_CARD] = paint_card,
    [LOOK_FIELD] = paint_field,
    [LOOK_DIGITS] = paint_digits,
    [LOOK_LEAF] = paint_leaf,
    [LOOK_SLOT] = paint_slot,
    [LOOK_CLOCK] = paint_fact,
    [LOOK_FACT] = paint_fact,
    [LOOK_CHIP] = paint_chip,
    [LOOK_LINE] = paint_line,
    [LOOK_HERO] = paint_hero,
    [LOOK_QR] = paint_qr,
    [LOOK_CODE] = paint_code,
    [LOOK_QR_CARD] = paint_qr_card,
    [LOOK_SCENE] = paint_scene,
    [LOOK_START_BEGIN] = paint_start_begin,
    [LOOK_START_SECOND] = paint_start_second,
    [LOOK_WELCOME] = paint_welcome,
    [LOOK_STAFF] = paint_staff,
    [LOOK_VEIL] = paint_veil,
    [LOOK_SHEET] = paint_sheet,
    [LOOK_SHEET_TITLE] = paint_body,
    [LOOK_RING] = paint_ring,
    [LOOK_PAPER] = paint_paper,
    [LOOK_POINT] = paint_point,
};
