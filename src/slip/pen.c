#include "slip/pen.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"
#include "draw/pictogram.h"

#include "base/banned.h"

#define BLACK 0x000000
#define WHITE 0xFFFFFF
#define LARGE 1.25f

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
