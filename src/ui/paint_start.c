// The start, what lies over a screen, and the slip that comes out.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/memory.h"
#include "draw/calendar.h"
#include "draw/clockface.h"
#include "draw/pictogram.h"
#include "ui/layout.h"
#include "ui/paint_looks.h"

#include "base/banned.h"

#define VEIL 209 // 82 %
#define SKY 0xDCE7F0
#define SHIFT_MM 4.0F // of the start picture to each side, at most

void paint_scene(struct brush *brush, const struct element *element)
{
    // Larger than its place at rest by the shift, so that no edge of the picture is ever seen, and the same
    // one serves all day.
    struct canvas *canvas = brush->canvas;
    struct shape_box px = brush_box(brush, element->box);
    int left = canvas->left, top = canvas->top, right = canvas->right, bottom = canvas->bottom;
    int x = (int)lroundf((float)element->value / 100 * brush->k),
        y = (int)lroundf((float)element->of / 100 * brush->k);
    int more = (int)ceilf(SHIFT_MM * fmaxf(1, brush->theme->scale) * brush->k);
    int width = (int)px.width - (brush->theme->landscape ? x : 0), height = (int)px.height - y;
    bool nothing = right <= left || bottom <= top; // it is only made ready
    int from_x = left > (int)px.x ? left : (int)px.x, from_y = top > (int)px.y ? top : (int)px.y;
    int to_x = (int)(px.x + px.width) < right ? (int)(px.x + px.width) : right;
    int to_y = (int)(px.y + px.height) < bottom ? (int)(px.y + px.height) : bottom;
    if (!nothing && (to_x <= from_x || to_y <= from_y))
        return;
    canvas_clip(canvas, from_x, from_y, to_x - from_x, to_y - from_y);
    int sky =
        height - (int)(LAYOUT_SCENE_TALL * (float)width); // a higher place has more of it, and all people
    sky = sky > 0 ? sky : 0;
    if (sky > 0)
        canvas_fill(canvas, (int)px.x, (int)px.y, (int)px.width, sky,
                    brush->theme->options.contrast ? 0x000000 : SKY);
    if (scene_draw(canvas, element->pictogram, (int)px.x - more, (int)px.y + sky - more, width + 2 * more,
                   height - sky + 2 * more, PICTOGRAM_COVER, x, y, NULL) != 0)
        brush_fill(brush, element->box, brush_colour(brush, COLOUR_PAPER)); // nobody else covers its place
    canvas_clip(canvas, left, top, right - left, bottom - top);
}

void paint_start_begin(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    uint32_t white = brush_colour(brush, COLOUR_WHITE);
    struct brush_face face = {theme->radius,
                              white,
                              white,
                              brush_colour(brush, COLOUR_WALKED),
                              brush_colour(brush, COLOUR_LIGHT),
                              theme->border,
                              theme_mm(theme, 3, 1.6F)};
    bool contrast = theme->options.contrast;
    if (contrast) { // yellow, as every primary
        face.fill = face.edge = brush_colour(brush, COLOUR_PRIMARY);
        face.lower = face.touched = white;
    }
    struct element moved = brush_surface(brush, element, face);
    struct parts parts;
    parts_of(&moved, theme, &parts);
    parts.picture.y += theme_mm(theme, 4, 2) * brush->hand_at;
    if (contrast) // its drawing for a black ground, on black
        shape_rounded(brush->canvas, brush_box(brush, parts.picture), brush_mm(brush, 5), 0x000000);
    float pad = contrast ? theme_mm(theme, 4, 1.5F) : 0;
    brush_picture(brush, &moved, moved.pictogram, box_inset(parts.picture, pad, pad), false);
    uint32_t navy = brush_colour(brush, COLOUR_NAVY);
    brush_words(brush, &moved, &parts, navy, navy);
}

void paint_start_second(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    uint32_t white = brush_colour(brush, COLOUR_WHITE);
    struct brush_face face = {theme->radius, brush_colour(brush, COLOUR_PANEL),        white,
                              white,         brush_colour(brush, COLOUR_PRIMARY_EDGE), theme->border,
                              theme->edge};
    if (theme->options.contrast)
        face.touched = 0x333333;
    struct element moved = brush_surface(brush, element, face);
    struct parts parts;
    parts_of(&moved, theme, &parts);
    bool contrast = theme->options.contrast; // it has a drawing of its own for a black ground
    struct shape_box plate = brush_box(brush, parts.picture);
    if (!contrast)
        shape_rounded(brush->canvas, plate, brush_mm(brush, 5), white);
    float pad = contrast ? 0 : theme_mm(theme, 2.5F, 1);
    brush_picture(brush, &moved, moved.pictogram, box_inset(parts.picture, pad, pad), false);
    brush_words(brush, &moved, &parts, white, white);
}

void paint_welcome(struct brush *brush, const struct element *element)
{
    struct parts parts;
    parts_of(element, brush->theme, &parts);
    uint32_t colour =
        brush_colour(brush, layout_welcome_on_panel(brush->theme) ? COLOUR_ON_PANEL : COLOUR_INK);
    brush_words(brush, element, &parts, colour, colour);
}

static void plate(struct brush *brush, const struct element *element, float radius)
{
    struct shape_box px = brush_box(brush, element->box);
    if (brush->theme->options.contrast) {
        float border = fmaxf(2, roundf(brush->theme->border * brush->k));
        shape_bordered(brush->canvas, px, radius, (struct shape_border){border, border, border, border},
                       0xFFFFFF, brush_colour(brush, COLOUR_PAPER));
        return;
    }
    shape_rounded(brush->canvas, px, radius, brush_colour(brush, COLOUR_PAPER));
}

void paint_staff(struct brush *brush, const struct element *element)
{
    struct parts parts;
    parts_of(element, brush->theme, &parts);
    uint32_t colour = brush_colour(brush, COLOUR_INK);
    plate(brush, element, brush->theme->radius * brush->k);
    brush_picture(brush, element, element->pictogram, parts.picture, false);
    brush_words(brush, element, &parts, colour, colour);
}

void paint_veil(struct brush *brush, const struct element *element)
{
    struct shape_box px = brush_box(brush, element->box);
    canvas_blend(brush->canvas, (int)px.x, (int)px.y, (int)px.width, (int)px.height,
                 brush_colour(brush, COLOUR_PANEL), VEIL);
}

void paint_sheet(struct brush *brush, const struct element *element)
{
    plate(brush, element, brush_mm(brush, 12));
}

// As many parts as seconds: each turns light when its second is over.
void paint_ring(struct brush *brush, const struct element *element)
{
    struct shape_box px = brush_box(brush, element->box);
    float side = fminf(px.width, px.height), u = side / 240, x = px.x + px.width / 2,
          y = px.y + px.height / 2;
    int parts = element->of > 0 && element->of <= 60 ? element->of : 20;
    float each = 360.0F / (float)parts, gap = each * 5.2F / 18;
    bool contrast = brush->theme->options.contrast;
    uint32_t left = brush_colour(brush, COLOUR_CHOSEN),
             gone = contrast ? 0x555555 : brush_colour(brush, COLOUR_LIGHT);
    shape_disc(brush->canvas, x, y, 88 * u, brush_colour(brush, COLOUR_TILE));
    for (int i = 0; i < parts; i++) {
        float from = (float)i * each + gap / 2;
        shape_arc(brush->canvas, x, y, 106 * u, 18 * u, from, from + each - gap,
                  i >= parts - element->value ? left : gone);
    }
    float picture = 108 * u / brush->k;
    struct box box = {x / brush->k - picture / 2, y / brush->k - picture / 2, picture, picture};
    brush_picture(brush, element, element->pictogram, box, false);
}

// ---- the slip, as it comes out of the printer. Drawn on 576 units of width, as it is printed.
struct slip_pen {
    struct brush *brush;
    float x, y, u; // upper left of the paper and a dot, in pixels
};

static void slip_words(struct slip_pen *pen, const char *text, float dots, bool bold, float x, float y,
                       int align, uint32_t colour)
{
    brush_line(pen->brush, text, dots * pen->u / pen->brush->k, bold, (int)lroundf(pen->x + x * pen->u),
               (int)lroundf(pen->y + y * pen->u), align, colour, false);
}

static void slip_rule(struct slip_pen *pen, float y)
{
    canvas_fill(pen->brush->canvas, (int)lroundf(pen->x + 24 * pen->u), (int)lroundf(pen->y + y * pen->u),
                (int)lroundf(528 * pen->u), (int)fmaxf(1, roundf(4 * pen->u)), 0x000000);
}

static void slip_code(struct slip_pen *pen, const char *code, float y)
{
    struct element boxes;
    memset(&boxes, 0, sizeof boxes);
    float mm = pen->u / pen->brush->k;
    boxes.box = (struct box){pen->x / pen->brush->k, pen->y / pen->brush->k + y * mm, 576 * mm, 80 * mm};
    boxes.size_mm = 58 * mm;
    (void)text_copy(boxes.label, sizeof boxes.label, code);
    paint_code(pen->brush, &boxes);
}

static void slip_paint_paper(struct slip_pen *pen, const struct element *element)
{
    struct canvas *canvas = pen->brush->canvas;
    float u = pen->u;
    canvas_fill(canvas, (int)lroundf(pen->x), (int)lroundf(pen->y), (int)lroundf(576 * u),
                (int)lroundf(76 * u), 0);
    slip_words(pen, element->third, 38, true, 288, 52, 1, 0xFFFFFF);
    slip_words(pen, element->label, 58, true, 288, 146, 1, 0);
    char day[ELEMENT_LABEL_SIZE];
    bool bare = element->second[0] < '0' || element->second[0] > '9'; // only the month was given
    if (bare && *element->second)
        (void)text_print(day, sizeof day, "%d %s", day_civil(element->day).day, element->second);
    else
        (void)text_copy(day, sizeof day, element->second);
    slip_words(pen, day, 58, true, 288, 212, 1, 0);
    if (!*element->hour_text)
        return; // a callback has no hour
    struct calendar_style style = {.box_width = 44 * u,
                                   .box_height = 30 * u,
                                   .gap = 10 * u,
                                   .radius = 5 * u,
                                   .border = fmaxf(1, 4 * u),
                                   .border_today = fmaxf(1, 4 * u),
                                   .edge = 0,
                                   .fill = 0xFFFFFF,
                                   .weekend_fill = 0xFFFFFF,
                                   .today_edge = 0,
                                   .today_fill = 0,
                                   .weekend_dotted = true};
    calendar_week_draw(canvas, pen->x + 288 * u - calendar_week_width(&style) / 2, pen->y + 236 * u,
                       day_weekday(element->day), &style);
    slip_rule(pen, 286);
    clockface_draw(canvas, pen->x + 66 * u, pen->y + 302 * u, 176 * u, element->minute, &CLOCKFACE_BLACK);
    char hour[24];
    (void)text_copy(hour, sizeof hour, element->hour_text);
    char *word = strchr(hour, ' ');
    if (word)
        *word++ = '\0';
    slip_words(pen, hour, 116, true, 272, 418, 0, 0);
    if (word)
        slip_words(pen, word, 44, true, 274, 468, 0, 0);
    slip_rule(pen, 492);
    if (element->payload)
        slip_code(pen, element->payload, 508);
}

// The slip's own dots, reduced to pixels by the share of black ones.
static void slip_paint_raster(struct slip_pen *pen, const struct element_raster *raster)
{
    struct canvas *canvas = pen->brush->canvas;
    float dot = 576 / (pen->u * 576) * (float)raster->width / 576; // dots a pixel
    int x0 = (int)pen->x, y0 = (int)pen->y, x1 = x0 + (int)(576 * pen->u);
    for (int y = y0 > canvas->top ? y0 : canvas->top; y < canvas->bottom; y++) {
        unsigned from = (unsigned)((float)(y - y0) * dot), to = (unsigned)((float)(y - y0 + 1) * dot);
        if (from >= raster->height)
            break;
        to = to > from ? (to < raster->height ? to : raster->height) : from + 1;
        for (int x = x0 > canvas->left ? x0 : canvas->left; x < x1 && x < canvas->right; x++) {
            unsigned left = (unsigned)((float)(x - x0) * dot), right = (unsigned)((float)(x - x0 + 1) * dot);
            if (left >= raster->width)
                break;
            right = right > left ? (right < raster->width ? right : raster->width) : left + 1;
            unsigned black = 0, all = (to - from) * (right - left);
            for (unsigned row = from; row < to; row++)
                for (unsigned column = left; column < right; column++)
                    black += raster->bits[row * raster->stride + column / 8] >> (7 - column % 8) & 1U;
            if (black)
                canvas_fill(canvas, x, y, 1, 1, canvas_mix(0xFFFFFF, 0x000000, 255 * black / all));
        }
    }
}

static void slip_arrow(struct brush *brush, float x, float y)
{
    // 60 by 102 units, 38 mm wide
    float u = brush_mm(brush, 38) / 60;
    struct shape_point shaft[] = {{x + 30 * u, y + 90 * u}, {x + 30 * u, y + 14 * u}};
    struct shape_point head[] = {
        {x + 12 * u, y + 34 * u}, {x + 30 * u, y + 12 * u}, {x + 48 * u, y + 34 * u}};
    bool contrast = brush->theme->options.contrast;
    uint32_t navy = brush_colour(brush, COLOUR_NAVY);
    uint32_t amber = brush_colour(brush, contrast ? COLOUR_WALKED : COLOUR_AMBER);
    shape_strokes(brush->canvas, shaft, 2, 15 * u, navy);
    shape_strokes(brush->canvas, head, 3, 15 * u, navy);
    shape_strokes(brush->canvas, shaft, 2, 8 * u, amber);
    shape_strokes(brush->canvas, head, 3, 8 * u, amber);
}

void paint_paper(struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct canvas *canvas = brush->canvas;
    // without words the drawing stands for the slip, whose own words are pixels already
    const struct element_raster *raster = theme->options.no_words ? NULL : element->raster;
    struct shape_box px = brush_box(brush, element->box);
    bool contrast = theme->options.contrast;
    uint32_t navy = contrast ? 0x333333 : brush_colour(brush, COLOUR_NAVY);
    float frame = fmaxf(1, roundf(theme->border * brush->k));
    shape_bordered(canvas, px, theme->radius * brush->k, (struct shape_border){frame, frame, frame, frame},
                   contrast ? 0xFFFFFF : SKY, contrast ? 0x000000 : SKY);
    float mouth = fminf(brush_mm(brush, 48), px.height * 0.2F), u = mouth / 48;
    float side = fminf(24 * u, px.width * 0.08F);
    struct shape_box block = {px.x + side, px.y + px.height - mouth, px.width - 2 * side, mouth};
    shape_rounded_corners(canvas, block, (struct shape_corners){6 * u, 6 * u, 0, 0}, navy);
    // the drawing is shorter than a slip: it may be wider, so that it fills its place
    float width = fminf(brush_mm(brush, raster ? 176 : 225), block.width - 40 * u);
    float whole =
        block.y + 10.5F * u - px.y - 14 * u; // a drawing is shown whole, a real slip as far as it comes
    if (!raster)
        width = fminf(width, whole * 576 / 620);
    float slit = width + 20 * u;
    shape_rounded(
        canvas, (struct shape_box){px.x + (px.width - slit) / 2, block.y + 7 * u, slit, 7 * u}, 3.5F * u,
        brush_colour(brush, COLOUR_PRIMARY_EDGE) == 0xFFFFFF ? 0x0A1322
                                                             : brush_colour(brush, COLOUR_PRIMARY_EDGE));
    // the paper's whole way up, by the part that has risen
    float lip = block.y + 10.5F * u, full = lip - px.y - 14 * u;
    float part = brush->paper_at > 0 ? fminf(1, brush->paper_at) : 1;
    float dots = raster && raster->width > 0 ? (float)raster->height * 576 / (float)raster->width
                 : *element->hour_text       ? (element->payload ? 612.0F : 506.0F)
                                             : 300.0F;
    float high = fminf(full, dots * width / 576) * part;
    int left = canvas->left, top = canvas->top, right = canvas->right, bottom = canvas->bottom;
    float x = roundf(px.x + (px.width - width) / 2), y = roundf(lip - high);
    int edge = (int)fmaxf(1, roundf(theme->border * brush->k));
    int clip_top = top > (int)px.y ? top : (int)px.y, clip_bottom = bottom < (int)lip ? bottom : (int)lip;
    if (clip_bottom > clip_top)
        canvas_clip(canvas, left, clip_top, right - left, clip_bottom - clip_top);
    canvas_fill(canvas, (int)x - edge, (int)y - edge, (int)width + 2 * edge, (int)high + edge,
                brush_colour(brush, COLOUR_EDGE));
    canvas_fill(canvas, (int)x, (int)y, (int)width, (int)high + 1, 0xFFFFFF);
    struct slip_pen pen = {brush, x, y, width / 576};
    if (clip_bottom > clip_top && raster)
        slip_paint_raster(&pen, raster);
    else if (clip_bottom > clip_top)
        slip_paint_paper(&pen, element);
    canvas_clip(canvas, left, top, right - left, bottom - top);
    shape_disc(canvas, block.x + block.width - 18 * u, block.y + 30 * u, 4.5F * u,
               brush_colour(brush, COLOUR_AMBER));
    float arrow_y = px.y + fminf(70 * u, px.height * 0.2F), arrow = brush_mm(brush, 38);
    float free = (px.width - width) / 2;
    if (free > arrow + 2) {
        slip_arrow(brush, px.x + (free - arrow) / 2, arrow_y);
        slip_arrow(brush, px.x + px.width - (free + arrow) / 2, arrow_y);
    }
}
