#include "slip/proof.h"

#include <string.h>

#include "base/memory.h"
#include "draw/clockface.h"
#include "slip/parts.h"

#include "base/banned.h"

#define BLACK 0x000000
#define WHITE 0xFFFFFF
#define RULER_MM_MAX 50
#define QR_SIZE 160

struct proof_content { // all borrowed
    const struct proof *proof;
    const struct town *town;
    const struct catalog *catalog;
};

static void paint_band(struct pen *pen, const struct town *town, const struct catalog *catalog)
{
    struct text_style large = pen_style(pen, 72, true), small = pen_style(pen, 30, false);
    int above = pen_dots(pen, 14), line = (int)((float)large.size * 1.2f),
        next = (int)((float)small.size * 1.3f);
    int height = 2 * above + line + next, y = pen_take(pen, height);
    canvas_fill(&pen->canvas, 0, y, pen->width, height, BLACK);
    text_draw_in(&pen->canvas, catalog_get(catalog, "slip.proof.title"), large, 0, y + above, pen->width,
                 line, TEXT_CENTRE, WHITE);
    struct text_block name;
    text_fit(&name, town->name != NULL ? town->name : "", small, pen->text_min / 2,
             pen->width - 2 * pen->margin, 0, 1, 1.3f);
    text_block_draw(&pen->canvas, &name, pen->margin, y + above + line, pen->width - 2 * pen->margin, next,
                    TEXT_CENTRE, WHITE);
}

// Both ends of this line are on paper when the width is right.
static void paint_edges(struct pen *pen, const struct catalog *catalog)
{
    int thick = pen_dots(pen, 4), high = pen_dots(pen, 36), end = pen_dots(pen, 8);
    int y = pen_take(pen, high + pen_dots(pen, 10));
    canvas_fill(&pen->canvas, 0, y + (high - thick) / 2, pen->width, thick, BLACK);
    canvas_fill(&pen->canvas, 0, y, end, high, BLACK);
    canvas_fill(&pen->canvas, pen->width - end, y, end, high, BLACK);
    pen_centred(pen, catalog_get(catalog, "slip.proof.edges"), 30, false, 1.25f, 2);
}

// 5 cm on paper, 4 on narrow paper, when the resolution is right.
static int dots_of(unsigned dpi, int mm)
{
    return (int)((float)dpi * (float)mm / 25.4f + 0.5f);
}

static void paint_ruler(struct pen *pen, unsigned dpi, const char *paper)
{
    int most = RULER_MM_MAX;
    while (most > 10 && dots_of(dpi, most) > pen->width - 2 * pen->margin) {
        most -= 10;
    }
    int x = (pen->width - dots_of(dpi, most)) / 2;
    int y = pen_take(pen, pen_dots(pen, 56)) + pen_dots(pen, 14), thick = pen_dots(pen, 4);
    for (int mm = 0; mm <= most; mm += 5) {
        int high = pen_dots(pen, mm % 10 == 0 ? 36 : 20);
        canvas_fill(&pen->canvas, x + dots_of(dpi, mm) - thick / 2, y, thick, high, BLACK);
    }
    canvas_fill(&pen->canvas, x, y, dots_of(dpi, most), thick, BLACK);
    char text[32];
    text_print(text, sizeof text, "%s%d cm", paper, most / 10);
    pen_centred(pen, text, 30, true, 1.25f, 1);
}

static void paint_samples(struct pen *pen, const struct proof *proof, const struct catalog *catalog)
{
    int side = pen_dots(pen, 120), gap = (pen->width - 2 * pen->margin - 4 * side) / 3, x = pen->margin;
    int y = pen_take(pen, side);
    static const char *const PICTOGRAMS[] = {"guide", "here", "bring-id"};
    clockface_draw(&pen->canvas, (float)x, (float)y, (float)side, proof->now.minute, &CLOCKFACE_BLACK);
    for (size_t i = 0; i < sizeof PICTOGRAMS / sizeof *PICTOGRAMS; i++) {
        x += side + gap;
        pen_pictogram(pen, PICTOGRAMS[i], x, y, side);
    }
    struct civil_date date = day_civil(proof->now.day);
    char text[64];
    text_print(text, sizeof text, "%d %s %d.%02d", date.day, catalog_getf(catalog, "month.%d", date.month),
               proof->now.minute / 60, proof->now.minute % 60);
    pen_take(pen, pen_dots(pen, 8));
    pen_centred(pen, text, 44, true, 1.25f, 1);
    pen_centred(pen, "Éé Țț Şş Жж Її Ωω", 30, false, 1.3f, 1);
    pen_centred(pen, "العربية ትግርኛ हिन्दी 中文", 30, false, 1.4f, 1);
}

static void paint_no_booking(struct pen *pen, const struct catalog *catalog)
{
    pen_take(pen, pen_dots(pen, 14));
    pen_centred(pen, catalog_get(catalog, "slip.proof.no-booking"), 44, true, 1.2f, 2);
    pen_take(pen, pen_dots(pen, 14));
}

static int paint_code(struct pen *pen, const struct proof *proof, struct error *error)
{
    char qr[QR_SIZE] = "WEGWIJS PROEF";
    pen_code(pen, PROOF_CODE);
    for (int i = 0; i < PROOF_FACTS_MAX && proof->facts[i] != NULL; i++) {
        size_t used = strlen(qr);
        text_print(qr + used, sizeof qr - used, "\n%s", proof->facts[i]);
    }
    int result = pen_qr(pen, qr, error);
    for (int i = 0; i < PROOF_FACTS_MAX && proof->facts[i] != NULL; i++) {
        pen_centred(pen, proof->facts[i], 30, false, 1.25f, 2);
    }
    return result;
}

// ---- on a strip

static int paint_strip(struct pen *pen, const struct proof_content *content, unsigned dpi,
                       struct error *error)
{
    paint_band(pen, content->town, content->catalog);
    paint_no_booking(pen, content->catalog);
    paint_edges(pen, content->catalog);
    paint_ruler(pen, dpi, "");
    pen_rule(pen, 12, 14);
    paint_samples(pen, content->proof, content->catalog);
    pen_rule(pen, 10, 16);
    int result = paint_code(pen, content->proof, error);
    pen_take(pen, pen_dots(pen, 24));
    pen_take(pen, (8 - pen->y % 8) % 8);
    return result;
}

// ---- on a sheet

static void paint_sheet_band(struct pen *pen, const void *proof)
{
    const struct proof_content *content = proof;
    paint_band(pen, content->town, content->catalog);
    pen_take(pen, pen_dots(pen, 14));
    paint_edges(pen, content->catalog);
}

// A sheet is the same for both papers: the ruler of the one that lies there is right.
static int paint_left(struct pen *pen, const void *proof, struct error *error)
{
    static const struct {
        const char *name;
        float width_mm;
    } PAPERS[] = {{"A5: ", 210}, {"A4: ", 297}};
    const struct proof_content *content = proof;
    (void)error;
    paint_no_booking(pen, content->catalog);
    for (size_t i = 0; i < sizeof PAPERS / sizeof *PAPERS; i++) {
        paint_ruler(pen, (unsigned)(SHEET_WIDTH * 25.4f / PAPERS[i].width_mm + 0.5f), PAPERS[i].name);
    }
    pen_rule(pen, 12, 14);
    paint_samples(pen, content->proof, content->catalog);
    return 0;
}

static int paint_right(struct pen *pen, const void *proof, struct error *error)
{
    const struct proof_content *content = proof;
    return paint_code(pen, content->proof, error);
}

int proof_paint(const struct proof *proof, const struct town *town, const struct catalog *catalog,
                const struct slip_options *options, struct raster *raster, struct error *error)
{
    unsigned width = options->width == 0 ? 576 : options->width, dpi = options->dpi == 0 ? 203 : options->dpi;
    const struct proof_content content = {proof, town, catalog};
    const struct sheet_plan plan = {.content = &content,
                                    .large = options->large,
                                    .band = paint_sheet_band,
                                    .columns = {paint_left, paint_right}};
    struct pen pen;
    *raster = (struct raster){0};
    if (width < SLIP_DOTS_MIN || width > SLIP_DOTS_MAX) {
        return error_set(error, ERROR_INVALID, "a slip is %d to %d dots wide, not %u", SLIP_DOTS_MIN,
                         SLIP_DOTS_MAX, width);
    }
    if (options->sheet) {
        return sheet_lay(&plan, raster, error);
    }
    pen_init(&pen, width, dpi, options->large);
    int result = paint_strip(&pen, &content, dpi, error);
    if (result == 0) {
        raster_from_canvas(raster, &pen.canvas, (unsigned)pen.y);
    }
    pen_release(&pen);
    return result;
}
