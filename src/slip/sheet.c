// A slip on a sheet that lies: when, where and with whom to the left, what to bring and the code to the
// right. Folded in the middle it goes into a bag.
#include <stdlib.h>

#include "base/memory.h"
#include "slip/parts.h"

#include "base/banned.h"

#define BLACK 0x000000
#define WHITE 0xFFFFFF
#define MARGIN 84 // dots: 7 mm on A5, more than printers leave blank
#define MIDDLE 72 // between the columns
#define THICK 8   // of the line between them
#define UNIT 1.8f // dots for one of the look's: 1.2 times the strip's letters on A5
#define UNIT_BAND 1.7f
#define UNIT_LEAST 0.6f
#define SHRINK 0.96f
#define MODULE_LARGE 7U     // dots: 0.59 mm on A5; large print needs the room for letters
#define MODULE_CALLBACK 30U // a callback has a small code and room for it

struct sheet {
    const struct content *content;
    struct canvas canvas;
    float unit;      // dots
    int top, bottom; // of the columns
};

// A pen for a part of the sheet; what is there is wiped out.
static struct pen part_pen(const struct sheet *sheet, int x, int y, int width, int height, float unit)
{
    bool large = sheet->content->options->large;
    struct pen pen = {.scale = unit, .large = large, .width = width, .clean = height};
    canvas_wrap(&pen.canvas, sheet->canvas.pixels + (ptrdiff_t)y * sheet->canvas.line + x, width, height,
                sheet->canvas.line * 4);
    canvas_clear(&pen.canvas, WHITE);
    pen.text_min = pen_grown(&pen, 30);
    return pen;
}

static struct pen column_pen(const struct sheet *sheet, int column)
{
    int width = (SHEET_WIDTH - 2 * MARGIN - MIDDLE) / 2;
    return part_pen(sheet, MARGIN + column * (width + MIDDLE), sheet->top, width, sheet->bottom - sheet->top,
                    sheet->unit);
}

// In large print the words about the phone stand beside the code: below the hour there is no room.
static bool beside(const struct content *content)
{
    return content->options->large && content->booking->kind != BOOKING_CALLBACK;
}

static void paint_left(struct pen *pen, const struct content *content)
{
    if (content->booking->kind == BOOKING_CALLBACK) {
        part_callback(pen, content);
    } else {
        part_date(pen, content);
        part_hour(pen, content);
        part_where(pen, content);
        part_guide(pen, content);
    }
    if (!beside(content)) {
        pen_rule(pen, 14, 0);
        part_foot(pen, content);
    }
}

static int paint_right(struct pen *pen, const struct sheet *sheet, struct error *error)
{
    const struct content *content = sheet->content;
    bool callback = content->booking->kind == BOOKING_CALLBACK;
    int first = pen->y;
    if (!callback) {
        part_bring(pen, content);
    }
    if (pen->y > first) {
        pen_rule(pen, 14, 18);
    }
    pen_code(pen, content->booking->code);
    pen->module = callback ? MODULE_CALLBACK : pen->large ? MODULE_LARGE : 0;
    if (!beside(content)) {
        return part_qr(pen, content, error);
    }
    pen->to_left = true;
    int y = pen->y, result = part_qr(pen, content, error), side = pen->y - y;
    int x = (int)(pen->canvas.pixels - sheet->canvas.pixels) % sheet->canvas.line + side;
    int above = y + pen_dots(pen, 24);
    struct pen foot =
        part_pen(sheet, x, sheet->top + above, pen->width - side, pen->canvas.height - above, pen->scale);
    part_foot_tall(&foot, content);
    pen->y = above + foot.y > pen->y ? above + foot.y : pen->y;
    return result;
}

// Both columns, with `air` around their rules, or above what has none. Returns how many dots are left below
// each in `rest`.
static int paint_columns(const struct sheet *sheet, const int air[2], int rest[2], int rules[2],
                         struct error *error)
{
    struct pen pens[2];
    int result = 0;
    for (int i = 0; i < 2; i++) {
        pens[i] = column_pen(sheet, i);
        pens[i].air = air[i];
        pen_take(&pens[i], i == 0 ? 0 : rules[i] == 0 ? air[i] : pen_dots(&pens[i], 16));
        if (i == 0) {
            paint_left(&pens[i], sheet->content);
        } else {
            result = paint_right(&pens[i], sheet, error);
        }
        rest[i] = pens[i].canvas.height - pens[i].y;
        rules[i] = pens[i].rules;
    }
    return result;
}

// The largest letters with which all fits: long names make all smaller rather than be cut.
static int fit_columns(struct sheet *sheet, struct error *error)
{
    int air[2] = {0, 0}, rest[2], rules[2] = {1, 1};
    int result = paint_columns(sheet, air, rest, rules, error);
    while (result == 0 && (rest[0] <= 0 || rest[1] <= 0) && sheet->unit > UNIT_LEAST) {
        sheet->unit *= SHRINK;
        result = paint_columns(sheet, air, rest, rules, error);
    }
    for (int i = 0; i < 2; i++) {
        air[i] = rest[i] / (2 * rules[i] + (rules[i] == 0 ? 2 : 1));
    }
    return result == 0 ? paint_columns(sheet, air, rest, rules, error) : result;
}

static int paint_all(struct sheet *sheet, struct error *error)
{
    const struct content *content = sheet->content;
    int wide = SHEET_WIDTH - 2 * MARGIN;
    struct pen pen = part_pen(sheet, MARGIN, MARGIN, wide, SHEET_HEIGHT - 2 * MARGIN, UNIT_BAND);
    part_band(&pen, content);
    sheet->top = MARGIN + pen.y + pen_dots(&pen, 8);
    if (content->options->help_text != NULL && *content->options->help_text != '\0') {
        pen = part_pen(sheet, MARGIN, sheet->top, wide, sheet->bottom - sheet->top, UNIT);
        part_help(&pen, content);
        int high = pen.y - pen_dots(&pen, 24);
        pen = part_pen(sheet, MARGIN, sheet->top, wide, high, UNIT);
        pen = part_pen(sheet, MARGIN, sheet->bottom - high, wide, high, UNIT);
        part_help(&pen, content);
        sheet->bottom -= high + pen_dots(&pen, 8);
    }
    int result = fit_columns(sheet, error);
    canvas_fill(&sheet->canvas, (SHEET_WIDTH - THICK) / 2, sheet->top + 2 * THICK, THICK,
                sheet->bottom - sheet->top - 2 * THICK, BLACK);
    return result;
}

int sheet_paint(const struct content *content, struct raster *raster, struct error *error)
{
    struct sheet sheet = {.content = content, .unit = UNIT, .top = MARGIN, .bottom = SHEET_HEIGHT - MARGIN};
    void *pixels = memory_new((size_t)SHEET_WIDTH * SHEET_HEIGHT, 4);
    canvas_wrap(&sheet.canvas, pixels, SHEET_WIDTH, SHEET_HEIGHT, SHEET_WIDTH * 4);
    canvas_clear(&sheet.canvas, WHITE);
    int result = paint_all(&sheet, error);
    if (result == 0) {
        raster_from_canvas(raster, &sheet.canvas, SHEET_HEIGHT);
        raster->sheet = true;
    }
    free(pixels);
    return result;
}
