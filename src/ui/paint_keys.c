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
        brush_picture(brush, &moved, moved.pictogram, parts.picture, false);
    else
        brush_words(brush, &moved, &parts, brush_colour(brush, COLOUR_ON_TILE),
                    brush_colour(brush, COLOUR_ON_TILE));
}

// What is typed; when it is too long for its field, its end: there somebody is typing.
static void typed_tail(const struct element *element, const struct theme *theme, float room, char *out,
                       size_t size)
{
    const char *from = element->second;
    (void)text_copy(out, size, from);
    while (*from && theme_text_width(theme, out, element->second_mm, true, "") > room) {
        from++;
        while ((*from & 0xC0) == 0x80)
            from++;
        (void)text_print(out, size, "\u2026%s", from);
    }
}

// A drawn identity card: people know where a name goes on it.
void paint_card(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct shape_box box = brush_box(brush, element->box);
    float border = fmaxf(1, roundf(brush_mm(brush, 1.2F))), radius = theme->card_radius * brush->k;
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
    if (parts.picture.width > 0)
        brush_picture(brush, element, element->pictogram, parts.picture, false);
    uint32_t ink = brush_colour(brush, COLOUR_ON_TILE);
    float label = LINE_BODY * element->size_mm, value = 1.2F * element->second_mm;
    float y = parts.text.y + (parts.text.height - label - value) / 2;
    brush_line(brush, element->label, element->size_mm, false, brush_px(brush, parts.text.x),
               brush_px(brush, y + label / 2 + 0.365F * element->size_mm), 0, ink, false);
    int x = brush_px(brush, parts.text.x),
        base = brush_px(brush, y + label + value / 2 + 0.365F * element->second_mm);
    char typed[ELEMENT_LABEL_SIZE + 4];
    typed_tail(element, theme, parts.text.width - theme_mm(theme, 4, 2), typed, sizeof typed);
    brush_line(brush, typed, element->second_mm, true, x, base, 0, ink, true);
    if (!element->active)
        return;
    struct text_style style = {theme_size_px(theme, element->second_mm), true};
    float caret = fmaxf(2, brush_mm(brush, 1.4F)), high = element->second_mm * brush->k;
    float at = (float)(x + text_width(typed, style)) + brush_mm(brush, 1.5F);
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

// Where a second row begins (index into shown), at the gap nearest to the middle; 0: one row.
static unsigned second_row(const struct digits *digits)
{
    unsigned best = 0, done = 0, nearest = digits->cells;
    for (unsigned i = 0; digits->shown[i]; i++) {
        if (digits->shown[i] != ' ') {
            done++;
            continue;
        }
        unsigned off = 2 * done > digits->cells ? 2 * done - digits->cells : digits->cells - 2 * done;
        if (off < nearest) {
            nearest = off;
            best = i + 1;
        }
    }
    return best;
}

// Width in units of 24 of a part of the digits: cells of 24, 2 between them, 10 between groups.
static float units_of(const char *shown, unsigned length)
{
    float units = 0;
    for (unsigned i = 0; i < length && shown[i]; i++)
        units += shown[i] == ' ' ? 8.0F : 26.0F;
    return fmaxf(units - 2, 0);
}

struct digit_row {
    unsigned from, length;
};

static void draw_row(struct brush *brush, const struct digits *digits, struct digit_row row, float x, float y,
                     float unit)
{
    float size = unit * 38 / 24, line = size + unit * 5 / 24;
    unsigned done = 0;
    for (unsigned i = 0; i < row.from; i++)
        done += digits->shown[i] != ' ';
    for (unsigned i = row.from; i < row.from + row.length && digits->shown[i]; i++) {
        if (digits->shown[i] == ' ') {
            x += unit * 8 / 24;
            continue;
        }
        bool typed = done < digits->typed, next = done == digits->typed;
        char text[2] = {digits->shown[i], '\0'};
        if (typed)
            brush_line(brush, text, size, true, brush_px(brush, x + unit / 2),
                       brush_px(brush, y + 0.86F * size), 1, brush_colour(brush, COLOUR_ON_TILE), true);
        float thick = fmaxf(unit * (next ? 3.0F : typed ? 2.0F : 1.2F) / 24, 1 / brush->k);
        enum colour colour = next ? COLOUR_CHOSEN : typed ? COLOUR_ON_TILE : COLOUR_EDGE;
        brush_fill(brush, (struct box){x, y + line - thick, unit, thick}, brush_colour(brush, colour));
        x += unit * 26 / 24;
        done++;
    }
}

static void draw_digits(struct brush *brush, const struct element *element, const struct digits *digits)
{
    const struct theme *theme = brush->theme;
    float most = theme_mm(theme, 24, 5);
    struct box in = box_inset(element->box, theme_mm(theme, 10, 3), theme_mm(theme, 6, 2));
    unsigned length = (unsigned)strlen(digits->shown), second = second_row(digits);
    struct digit_row rows[2] = {{0, length}, {second, length - second}};
    unsigned count = 1;
    float unit = fminf(most, in.width * 24 / units_of(digits->shown, length));
    if (unit < 0.8F * most && second > 0) { // two rows of larger digits
        rows[0].length = second - 1;
        count = 2;
        float widest =
            fmaxf(units_of(digits->shown, second - 1), units_of(digits->shown + second, length - second));
        unit = fminf(fminf(most, in.width * 24 / widest), in.height / 4.4F);
    }
    unit = fminf(unit, in.height / ((float)count * 1.9F));
    float line = unit * 43 / 24, gap = unit * 0.6F;
    float widest = fmaxf(units_of(digits->shown + rows[0].from, rows[0].length),
                         count > 1 ? units_of(digits->shown + rows[1].from, rows[1].length) : 0);
    float x = element->box.x + (element->box.width - widest * unit / 24) / 2;
    float y = element->box.y + (element->box.height - (float)count * line - (float)(count - 1) * gap) / 2;
    for (unsigned i = 0; i < count; i++)
        draw_row(brush, digits, rows[i], x, y + (float)i * (line + gap), unit);
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
    draw_digits(brush, element, &digits);
}
