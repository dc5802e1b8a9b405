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
#define MODULE_USUAL 5 // dots at least where they fit: one lost in print or crease is then not a whole side
#define MODULES_MAX 69 // version 13: at 4 dots a module the most that 58 mm paper holds

void pen_init(struct pen *pen, unsigned width, unsigned dpi, bool large)
{
    float scale = (float)width / 576;
    size_t height = (size_t)(PEN_HEIGHT_MAX * scale);
    *pen = (struct pen){.scale = scale, .large = large, .width = (int)width};
    canvas_wrap(&pen->canvas, memory_new(height * width, 4), (int)width, (int)height, (int)width * 4);
    pen->margin = (int)(24 * scale + 0.5f);
    float narrow = 24 * (float)dpi / 203, usual = 30 * scale * (large ? LARGE : 1);
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
    int thick = pen_dots(pen, 4), before = pen_dots(pen, above) + pen->air;
    int y = pen_take(pen, before + thick + pen_dots(pen, below) + pen->air);
    canvas_fill(&pen->canvas, pen->margin, y + before, pen->width - 2 * pen->margin, thick, BLACK);
    pen->rules++;
}

// The longest beginning of a word that holds in `width` with a hyphen behind it; at least one letter.
static size_t beginning(const char *word, size_t length, struct text_style style, int width)
{
    char part[PEN_TEXT];
    size_t best = 0;
    for (size_t i = 1; i <= length && i + 2 < sizeof part; i++) {
        if ((word[i] & 0xC0) == 0x80) {
            continue; // inside a letter
        }
        text_print(part, sizeof part, "%.*s-", (int)i, word);
        if (best > 0 && text_width(part, style) > width) {
            break;
        }
        best = i;
    }
    return best;
}

static void break_words(char *out, size_t size, const char *text, struct text_style style, int width)
{
    size_t used = 0;
    while (*text != '\0' && used + 8 < size) {
        size_t length = strcspn(text, " \n");
        char word[PEN_TEXT];
        text_print(word, sizeof word, "%.*s", (int)length, text);
        bool whole = text_width(word, style) <= width;
        size_t part = whole ? length : beginning(text, length, style, width);
        text_print(out + used, size - used, "%.*s%s", (int)part, text, part < length ? "-\n" : "");
        used += strlen(out + used);
        text += part;
        if (part == length && *text != '\0' && used + 1 < size) {
            out[used++] = *text++;
            out[used] = '\0';
        }
    }
}

void pen_fit(const struct pen *pen, struct text_block *block, char *room, size_t size, const char *text,
             struct text_style style, int width, unsigned lines, float line_height)
{
    int small = pen->text_min * 4 / 5;
    if (text_fit(block, text, style, pen->text_min, width, 0, lines, line_height)) {
        return;
    }
    style.size = pen->text_min;
    if (text_fit(block, text, style, small, width, 0, TEXT_LINES_MAX, line_height)) {
        return;
    }
    style.size = small;
    *room = '\0';
    break_words(room, size, text, style, width);
    text_wrap(block, room, style, width, TEXT_LINES_MAX, line_height);
}

void pen_centred(struct pen *pen, const char *text, float size, bool bold, float line_height, unsigned lines)
{
    struct text_block block;
    char room[PEN_TEXT];
    int width = pen->width - 2 * pen->margin;
    pen_fit(pen, &block, room, sizeof room, text, pen_style(pen, size, bold), width, lines, line_height);
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
    wanted = pen->module > 0 ? pen->module : wanted < MODULE_USUAL ? MODULE_USUAL : wanted;
    unsigned module = wanted < room ? wanted : room;
    int side = (int)((qr.side + 2 * QR_QUIET) * module);
    int y = pen_take(pen, side);
    qr_draw(&pen->canvas, &qr, pen->to_left ? 0 : (pen->width - side) / 2, y, module, BLACK, WHITE);
    return 0;
}
