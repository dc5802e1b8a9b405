// Keys, the identity card, what is typed.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "draw/text.h"
#include "ui/paint_looks.h"

#include "base/banned.h"

static void space_sign(struct brush *brush, struct box box)
{
    float u = brush_mm(brush, 44) / 60;
    float x = (box.x + box.width / 2) * brush->k - 30 * u, y = (box.y + box.height / 2) * brush->k - 8 * u;
    struct shape_point points[] = {
        {x + 4 * u, y + 3 * u}, {x + 4 * u, y + 12 * u}, {x + 56 * u, y + 12 * u}, {x + 56 * u, y + 3 * u}};
    shape_strokes(brush->canvas, points, 4, 3.4F * u, brush_colour(brush, COLOUR_ON_TILE));
}

void paint_key(struct brush *brush, const struct element *element)
{
    struct parts parts;
    struct brush_face face = brush_tile_face(brush, element);
    face.radius =
        element->box.height > theme_mm(brush->theme, 50, 0) ? brush->theme->radius : brush->theme->key_radius;
    if (element->look == LOOK_KEY_VARIANT)
        face.fill = brush_colour(brush, COLOUR_VARIANT);
    struct element moved = brush_surface(brush, element, face);
    parts_of(&moved, brush->theme, &parts);
    if (strcmp(element->id, "key.space") == 0)
        space_sign(brush, parts.text);
    else if (*element->pictogram)
        brush_picture(brush, &moved, moved.pictogram, parts.picture, true, false);
    else
        brush_words(brush, &moved, &parts, brush_colour(brush, COLOUR_ON_TILE),
                    brush_colour(brush, COLOUR_ON_TILE));
}

// A drawn identity card: people know where a name goes on it.
void paint_card(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct shape_box box = brush_box(brush, element->box);
    float border = fmaxf(1, brush_mm(brush, 1.2F)), radius = theme->card_radius * brush->k;
    float band = roundf((theme->landscape ? 7 : 12) * theme->scale * brush->k);
    uint32_t navy = brush_colour(brush, COLOUR_NAVY), edge = theme->options.contrast ? 0xFFFFFF : navy;
    shape_bordered(brush->canvas, box, radius, (struct shape_border){border, band + border, border, border},
                   edge, brush_colour(brush, COLOUR_TILE));
    // the inside stays square under the band
    struct shape_box under = {box.x + border, box.y + band + border, box.width - 2 * border, radius};
    canvas_fill(brush->canvas, (int)under.x, (int)under.y, (int)under.width, (int)under.height,
                brush_colour(brush, COLOUR_TILE));
    struct shape_box photo =
        brush_box(brush, (struct box){element->box.x + theme_mm(theme, theme->landscape ? 7 : 9, 3),
                                      element->second_mm, element->picture_mm, element->size_mm});
    if (photo.width < 1)
        return;
    uint32_t light = theme->options.contrast ? 0xFFFFFF : brush_colour(brush, COLOUR_LIGHT);
    shape_rounded(brush->canvas, photo, brush_mm(brush, 4), light);
    // the figure of 80 by 100 units stands on the photo's lower edge
    float u = fminf(photo.width / 80, photo.height / 100);
    float middle = photo.x + photo.width / 2, foot = photo.y + photo.height;
    shape_disc(brush->canvas, middle, foot - 62 * u, 18 * u, navy);
    struct canvas *canvas = brush->canvas;
    int left = canvas->left, top = canvas->top, right = canvas->right, bottom = canvas->bottom;
    if (bottom > (int)foot)
        canvas_clip(canvas, left, top, right - left, (int)foot - top); // shoulders end with the photo
    shape_disc(canvas, middle, foot - 4 * u, 34 * u, navy);
    canvas_clip(canvas, left, top, right - left, bottom - top);
}

void paint_field(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct shape_box box = brush_box(brush, element->box);
    float width = theme_mm(theme, element->active ? 1.6F : 0.6F, element->active ? 1 : 0.4F);
    float border = fmaxf(1, roundf(width * brush->k)), radius = theme_mm(theme, 5, 2) * brush->k;
    uint32_t edge = element->active ? brush_colour(brush, COLOUR_INK) : brush_colour(brush, COLOUR_EDGE);
    if (element->active && theme->options.contrast)
        edge = brush_colour(brush, COLOUR_CHOSEN);
    uint32_t fill = brush_colour(brush, element->active    ? COLOUR_CREAM
                                        : element->touched ? COLOUR_LIGHT
                                                           : COLOUR_TILE);
    shape_bordered(brush->canvas, box, radius, (struct shape_border){border, border, border, border}, edge,
                   fill);
    if (element->focused) {
        shape_frame(brush->canvas, box, radius, 0, brush_mm(brush, 1.4F),
                    brush_colour(brush, COLOUR_FOCUS_IN));
        shape_frame(brush->canvas, box, radius, brush_mm(brush, 1.4F), brush_mm(brush, 1.6F),
                    brush_colour(brush, COLOUR_FOCUS_OUT));
    }
    struct parts parts;
    parts_of(element, theme, &parts);
    uint32_t ink = brush_colour(brush, COLOUR_ON_TILE);
    float label = LINE_BODY * element->size_mm, value = 1.2F * element->second_mm;
    float y = parts.text.y + (parts.text.height - label - value) / 2;
    brush_line(brush, element->label, element->size_mm, false, brush_px(brush, parts.text.x),
               brush_px(brush, y + label / 2 + 0.365F * element->size_mm), 0, ink, false);
    int x = brush_px(brush, parts.text.x),
        base = brush_px(brush, y + label + value / 2 + 0.365F * element->second_mm);
    brush_line(brush, element->second, element->second_mm, true, x, base, 0, ink, true);
    if (!element->active)
        return;
    struct text_style style = {theme_size_px(theme, element->second_mm), true};
    float caret = fmaxf(2, brush_mm(brush, 1.4F)), high = element->second_mm * brush->k;
    float at = (float)(x + text_width(element->second, style)) + brush_mm(brush, 1.5F);
    canvas_fill(brush->canvas, (int)lroundf(at), (int)lroundf((float)base - 0.86F * high),
                (int)lroundf(caret), (int)lroundf(high), ink);
}

// Digits in cells, a line under each; those to come are open, the next one is marked.
struct digits {
    char shown[40]; // digits and gaps
    unsigned cells, gaps, typed;
};

static void read_digits(struct digits *digits, const struct element *element)
{
    memset(digits, 0, sizeof *digits);
    unsigned at = 0;
    for (const char *c = element->second; *c && at + 1 < sizeof digits->shown; c++) {
        digits->shown[at++] = *c;
        if (*c == ' ')
            digits->gaps++;
        else
            digits->cells++;
    }
    digits->typed = digits->cells;
    // groups of the number that is expected: 4, then 2 and 2 and 2
    unsigned expected = element->of > 0 ? (unsigned)element->of : 0;
    while (digits->cells < expected && at + 2 < sizeof digits->shown) {
        bool boundary =
            digits->cells >= 4 && digits->cells % 2 == 0 && at > 0 && digits->shown[at - 1] != ' ';
        if (boundary) {
            digits->shown[at++] = ' ';
            digits->gaps++;
        }
        digits->shown[at++] = '_';
        digits->cells++;
    }
}

void paint_digits(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct shape_box box = brush_box(brush, element->box);
    float border = roundf(fmaxf(1, brush_mm(brush, 1.6F)));
    uint32_t ink = brush_colour(brush, COLOUR_INK);
    shape_bordered(brush->canvas, box, theme->card_radius * brush->k,
                   (struct shape_border){border, border, border, border}, ink,
                   brush_colour(brush, COLOUR_TILE));
    struct digits digits;
    read_digits(&digits, element);
    if (digits.cells == 0)
        return;
    float room = element->box.width - theme_mm(theme, 20, 6);
    bool two = theme->panel_beside && digits.cells > 6; // narrow and high: two rows
    float row_cells = two ? (float)((digits.cells + 2) / 2) : (float)digits.cells;
    float row_gaps = two ? 1 : (float)digits.gaps;
    float unit = fminf(theme_mm(theme, 24, 5), room / (row_cells * 26 / 24 + row_gaps * 8 / 24));
    float cell = unit, between = unit * 2 / 24, gap = unit * 10 / 24, size = unit * 38 / 24;
    float total = row_cells * cell + (row_cells - 1) * between + row_gaps * (gap - between);
    float left = element->box.x + (element->box.width - total) / 2, x = left;
    float line = size * 1.0F + unit * 5 / 24, rows = two ? 2 : 1;
    float y = element->box.y + (element->box.height - rows * line - (rows - 1) * unit * 0.6F) / 2;
    unsigned done = 0;
    for (const char *c = digits.shown; *c; c++) {
        if (*c == ' ') {
            x += gap - between;
            if (two && (float)done >= row_cells - 1.5F && rows > 1) {
                x = left;
                y += line + unit * 0.6F;
                rows = 1;
            }
            continue;
        }
        bool typed = done < digits.typed, next = done == digits.typed;
        char text[2] = {*c, '\0'};
        if (typed)
            brush_line(brush, text, size, true, brush_px(brush, x + cell / 2),
                       brush_px(brush, y + 0.86F * size), 1, brush_colour(brush, COLOUR_ON_TILE), true);
        float thick = unit * (next ? 3.0F : typed ? 2.0F : 1.2F) / 24;
        uint32_t colour = next ? brush_colour(brush, COLOUR_CHOSEN)
                               : brush_colour(brush, typed ? COLOUR_ON_TILE : COLOUR_EDGE);
        brush_fill(brush, (struct box){x, y + line - thick, cell, fmaxf(thick, 1 / brush->k)}, colour);
        x += cell + between;
        done++;
    }
}
