// A sheet that lies, folded in the middle it goes into a bag; and a slip on it: when, where and with whom to
// the left, what to bring and the code to the right.
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
    const struct sheet_plan *plan;
    struct canvas canvas;
    float unit;      // dots
    int top, bottom; // of the columns
};

// A pen for a part of what lies on a canvas; what is there is wiped out.
static struct pen part_pen(const struct canvas *canvas, bool large, int x, int y, int width, int height,
                           float unit)
{
    struct pen pen = {.scale = unit, .large = large, .width = width, .clean = height};
    canvas_wrap(&pen.canvas, canvas->pixels + (ptrdiff_t)y * canvas->line + x, width, height,
                canvas->line * 4);
    canvas_clear(&pen.canvas, WHITE);
    pen.text_min = pen_grown(&pen, 30);
    return pen;
}

// A pen as wide as the sheet.
static struct pen wide_pen(const struct sheet *sheet, int top, int height, float unit)
{
    return part_pen(&sheet->canvas, sheet->plan->large, MARGIN, top, SHEET_WIDTH - 2 * MARGIN, height, unit);
}

static struct pen column_pen(const struct sheet *sheet, int column)
{
    int width = (SHEET_WIDTH - 2 * MARGIN - MIDDLE) / 2;
    return part_pen(&sheet->canvas, sheet->plan->large, MARGIN + column * (width + MIDDLE), sheet->top, width,
                    sheet->bottom - sheet->top, sheet->unit);
}

// Both columns, with `air` around their rules, or above what has none. Returns how many dots are left below
// each in `rest`.
static int paint_columns(const struct sheet *sheet, const int air[2], int rest[2], int rules[2],
                         struct error *error)
{
    int result = 0;
    for (int i = 0; i < 2 && result == 0; i++) {
        struct pen pen = column_pen(sheet, i);
        pen.air = air[i];
        pen_take(&pen, i == 0 ? 0 : rules[i] == 0 ? air[i] : pen_dots(&pen, 16));
        result = sheet->plan->columns[i](&pen, sheet->plan->content, error);
        rest[i] = pen.canvas.height - pen.y;
        rules[i] = pen.rules;
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
    for (int i = 0; i < 2 && result == 0; i++) {
        air[i] = rest[i] / (2 * rules[i] + (rules[i] == 0 ? 2 : 1));
    }
    return result == 0 ? paint_columns(sheet, air, rest, rules, error) : result;
}

// At the bottom, as high as it turns out to be.
static void paint_foot(struct sheet *sheet)
{
    const struct sheet_plan *plan = sheet->plan;
    struct pen pen = wide_pen(sheet, sheet->top, sheet->bottom - sheet->top, UNIT);
    plan->foot(&pen, plan->content);
    int high = pen.y - pen_dots(&pen, 24);
    pen = wide_pen(sheet, sheet->top, high, UNIT);
    pen = wide_pen(sheet, sheet->bottom - high, high, UNIT);
    plan->foot(&pen, plan->content);
    sheet->bottom -= high + pen_dots(&pen, 8);
}

static int paint_all(struct sheet *sheet, struct error *error)
{
    struct pen pen = wide_pen(sheet, MARGIN, SHEET_HEIGHT - 2 * MARGIN, UNIT_BAND);
    sheet->plan->band(&pen, sheet->plan->content);
    sheet->top = MARGIN + pen.y + pen_dots(&pen, 8);
    if (sheet->plan->foot_wanted) {
        paint_foot(sheet);
    }
    int result = fit_columns(sheet, error);
    canvas_fill(&sheet->canvas, (SHEET_WIDTH - THICK) / 2, sheet->top + 2 * THICK, THICK,
                sheet->bottom - sheet->top - 2 * THICK, BLACK);
    return result;
}

int sheet_lay(const struct sheet_plan *plan, struct raster *raster, struct error *error)
{
    struct sheet sheet = {.plan = plan, .unit = UNIT, .top = MARGIN, .bottom = SHEET_HEIGHT - MARGIN};
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

// ---- a slip on it

// In large print the words about the phone stand beside the code: below the hour there is no room.
static bool beside(const struct content *content)
{
    return content->options->large && content->booking->kind != BOOKING_CALLBACK;
}

static void paint_band(struct pen *pen, const void *content)
{
    part_band(pen, content);
}

static int paint_left(struct pen *pen, const void *slip, struct error *error)
{
    const struct content *content = slip;
    (void)error;
    part_promise(pen, content);
    if (!beside(content)) {
        pen_rule(pen, 14, 0);
        part_foot(pen, content);
    }
    return 0;
}

// The code at the left, the words about the phone at its side.
static int paint_code_and_foot(struct pen *pen, const struct content *content, struct error *error)
{
    pen->to_left = true;
    int y = pen->y, result = part_qr(pen, content, error), side = pen->y - y;
    int above = y + pen_dots(pen, 24);
    struct pen foot = part_pen(&pen->canvas, pen->large, side, above, pen->width - side,
                               pen->canvas.height - above, pen->scale);
    part_foot_tall(&foot, content);
    pen->y = above + foot.y > pen->y ? above + foot.y : pen->y;
    return result;
}

static int paint_right(struct pen *pen, const void *slip, struct error *error)
{
    const struct content *content = slip;
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
    return beside(content) ? paint_code_and_foot(pen, content, error) : part_qr(pen, content, error);
}

static void paint_help(struct pen *pen, const void *content)
{
    part_help(pen, content);
}

int sheet_paint(const struct content *content, struct raster *raster, struct error *error)
{
    const char *help = content->options->help_text;
    const struct sheet_plan plan = {.content = content,
                                    .large = content->options->large,
                                    .band = paint_band,
                                    .columns = {paint_left, paint_right},
                                    .foot_wanted = help != NULL && *help != '\0',
                                    .foot = paint_help};
    return sheet_lay(&plan, raster, error);
}
