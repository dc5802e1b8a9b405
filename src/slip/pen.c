#include "slip/pen.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "booking/code.h"
#include "draw/pictogram.h"
#include "draw/qr.h"
#include "draw/shape.h"

#include "base/banned.h"

#define BLACK 0x000000
#define WHITE 0xFFFFFF
#define LARGE 1.25f
#define MODULES_MAX 69 // version 13: at 4 dots a module the most that 58 mm paper holds

void pen_init(struct pen *pen, unsigned width, unsigned dpi, bool large)
{
    float scale = (float)width / 576;
    size_t height = (size_t)(PEN_HEIGHT_MAX * scale);
    *pen = (struct pen){.scale = scale, .large = large, .width = (int)width};
    canvas_wrap(&pen->canvas, memory_new(height * width, 4), (int)width, (int)height, (int)width * 4);
    pen->margin = (int)(24 * scale + 0.5f);
    float narrow = 24 * (float)dpi / 203, usual = 30 * scale;
    pen->text_min = (int)(narrow > usual ? narrow : usual);
}

void pen_release(struct pen *pen)
{
    free(pen->canvas.pixels);
    pen->canvas = (struct canvas){0};
}

int pen_dots(const struct pen *pen, float length)
{
    return (int)(length * pen->scale + 0.5f);
}

int pen_grown(const struct pen *pen, float length)
{
    return pen_dots(pen, pen->large ? length * LARGE : length);
}

struct text_style pen_style(const struct pen *pen, float size, bool bold)
{
    int dots = pen_grown(pen, size);
    return (struct text_style){dots < pen->text_min ? pen->text_min : dots, bold};
}

// Only what is written is cleaned: the strip is long, and most of it is never touched.
int pen_take(struct pen *pen, int height)
{
    int y = pen->y, ahead = y + height + pen_dots(pen, 64);
    if (ahead > pen->clean) {
        canvas_fill(&pen->canvas, 0, pen->clean, pen->width, ahead - pen->clean, WHITE);
        pen->clean = ahead;
    }
    pen->y = y + height < pen->canvas.height ? y + height : pen->canvas.height;
    return y;
}

void pen_rule(struct pen *pen, float above, float below)
{
    int thick = pen_dots(pen, 4);
    int y = pen_take(pen, pen_dots(pen, above) + thick + pen_dots(pen, below));
    canvas_fill(&pen->canvas, pen->margin, y + pen_dots(pen, above), pen->width - 2 * pen->margin, thick,
                BLACK);
}

void pen_centred(struct pen *pen, const char *text, float size, bool bold, float line_height, unsigned lines)
{
    struct text_block block;
    int width = pen->width - 2 * pen->margin;
    text_fit(&block, text, pen_style(pen, size, bold), pen->text_min, width, 0, lines, line_height);
    int y = pen_take(pen, block.height);
    text_block_draw(&pen->canvas, &block, pen->margin, y, width, block.height, TEXT_CENTRE, BLACK);
}

void pen_pictogram(struct pen *pen, const char *name, int x, int y, int side)
{
    struct error error = ERROR_NONE;
    if (name == NULL || *name == '\0') {
        return;
    }
    if (pictogram_draw(&pen->canvas, name, x, y, side, side, PICTOGRAM_CONTAIN, false, 255, &error) != 0) {
        log_warning("slip without pictogram: %s", error.text);
    }
}

void pen_code(struct pen *pen, const char *code)
{
    int box = pen_grown(pen, 62), high = pen_grown(pen, 78), gap = pen_dots(pen, 6),
        middle = pen_dots(pen, 26);
    int border = pen_dots(pen, 4), whole = 6 * box + 4 * gap + middle;
    int y = pen_take(pen, high), x = (pen->width - whole) / 2;
    struct text_style style = pen_style(pen, 60, true);
    while (style.size > pen->text_min && text_width("W", style) > box - 3 * border) {
        style.size--; // one size for all letters
    }
    for (int i = 0; i < CODE_LENGTH; i++) {
        char letter[2] = {code[i], '\0'};
        float edge = (float)border;
        shape_bordered(&pen->canvas, (struct shape_box){(float)x, (float)y, (float)box, (float)high},
                       (float)pen_dots(pen, 8), (struct shape_border){edge, edge, edge, edge}, BLACK, WHITE);
        text_draw_in(&pen->canvas, letter, style, x, y, box, high, TEXT_CENTRE, BLACK);
        x += box + (i == 2 ? middle : gap);
    }
}

int pen_qr(struct pen *pen, const char *text, struct error *error)
{
    struct qr qr;
    int result = qr_encode(&qr, text, strlen(text), MODULES_MAX, error);
    if (result != 0) {
        return result;
    }
    unsigned room = qr_module_px(&qr, (unsigned)pen->width);
    unsigned wanted = (unsigned)pen_grown(pen, qr.side > 40 ? 6 : 8);
    wanted = wanted < 4 ? 4 : wanted;
    unsigned module = wanted < room ? wanted : room;
    int side = (int)((qr.side + 2 * QR_QUIET) * module);
    int y = pen_take(pen, side);
    qr_draw(&pen->canvas, &qr, (pen->width - side) / 2, y, module, BLACK, WHITE);
    return 0;
}
