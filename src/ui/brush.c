#include "ui/brush.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "draw/pictogram.h"
#include "draw/text.h"
#include "ui/layout.h"
#include "ui/paint.h"

#include "base/banned.h"

#define FADED 102             // 40 % of a disabled pictogram
#define CAPITAL_MIDDLE 0.365F // base line under the middle of a line, of the size

uint32_t brush_colour(const struct brush *brush, enum colour colour)
{
    return brush->theme->colours[colour];
}

float brush_mm(const struct brush *brush, float reference_mm)
{
    return reference_mm * brush->theme->scale * brush->k;
}

int brush_px(const struct brush *brush, float mm)
{
    return (int)lroundf(mm * brush->k);
}

struct shape_box brush_box(const struct brush *brush, struct box box)
{
    float x = roundf(box.x * brush->k), y = roundf(box.y * brush->k);
    return (struct shape_box){x, y, roundf((box.x + box.width) * brush->k) - x,
                              roundf((box.y + box.height) * brush->k) - y};
}

void brush_fill(struct brush *brush, struct box box, uint32_t colour)
{
    struct shape_box px = brush_box(brush, box);
    canvas_fill(brush->canvas, (int)px.x, (int)px.y, (int)px.width, (int)px.height, colour);
}

// ---- pictures
static void glyph(struct brush *brush, const struct element *element, struct shape_box box, uint32_t colour)
{
    // The letter stands in the speech bubble of 96 units.
    float side = fminf(box.width, box.height);
    struct text_style style = {(int)lroundf(43 * side / 96), true};
    int x = (int)lroundf(box.x + box.width / 2),
        y = (int)lroundf(box.y + (box.height - side) / 2 + 54 * side / 96);
    text_draw(brush->canvas, element->glyph, style, x, y, TEXT_CENTRE, colour);
}

void brush_picture(struct brush *brush, const struct element *element, const char *name, struct box box,
                   bool faded)
{
    if (!*name || box.width <= 0 || box.height <= 0)
        return;
    bool contrast = brush->theme->options.contrast;
    bool own = contrast && pictogram_has_contrast(name); // drawn for a black ground
    struct shape_box px = brush_box(brush, box);
    if (contrast && !own) { // a town's own drawing
        bool tool = element->look == LOOK_TOOL;
        shape_rounded(brush->canvas, px, brush_mm(brush, tool ? 3 : 5), brush_colour(brush, COLOUR_PLATE));
        float pad = roundf(brush_mm(brush, tool ? 1 : 2));
        px = (struct shape_box){px.x + pad, px.y + pad, px.width - 2 * pad, px.height - 2 * pad};
    }
    if (px.width < 1 || px.height < 1)
        return;
    (void)pictogram_draw(brush->canvas, name, (int)px.x, (int)px.y, (int)px.width, (int)px.height,
                         PICTOGRAM_CONTAIN, own, faded ? FADED : 255, NULL);
    if (*element->glyph && name == element->pictogram)
        glyph(brush, element, px, own ? 0x000000 : 0xFFFFFF);
}

// ---- words
int paint_text_width(const char *text, int size_px, bool bold)
{
    return text_width(text, (struct text_style){size_px, bold});
}

static bool has_letter(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (isalpha((unsigned char)word[i]) || (word[i] & 0x80))
            return true;
    return false;
}

// For trials with people who read no Dutch: each word is a block as wide as the word.
static void blocks(struct brush *brush, const char *text, struct text_style style, int x, int baseline,
                   uint32_t colour)
{
    char word[ELEMENT_LABEL_SIZE], before[ELEMENT_LABEL_SIZE];
    for (size_t i = 0; text[i];) {
        size_t length = strcspn(text + i, " ");
        (void)text_copy(before, sizeof before < i + 1 ? sizeof before : i + 1, text);
        (void)text_copy(word, sizeof word < length + 1 ? sizeof word : length + 1, text + i);
        int left = x + text_width(before, style), width = text_width(word, style);
        if (has_letter(word, length)) {
            float high = TEXT_CAPITAL * (float)style.size;
            struct shape_box box = {(float)left, (float)baseline - high, (float)width, high};
            shape_rounded(brush->canvas, box, high / 5, colour);
        } else {
            text_draw(brush->canvas, word, style, left, baseline, TEXT_LEFT, colour);
        }
        i += length;
        while (text[i] == ' ')
            i++;
    }
}

void brush_line(struct brush *brush, const char *text, float size_mm, bool bold, int x, int baseline,
                int align, uint32_t colour, bool keep)
{
    struct text_style style = {theme_size_px(brush->theme, size_mm), bold};
    if (style.size < 1 || !*text)
        return;
    if (brush->theme->options.no_words && !keep) {
        int width = text_width(text, style);
        blocks(brush, text, style, align == 0 ? x : align == 1 ? x - width / 2 : x - width, baseline, colour);
        return;
    }
    text_draw(brush->canvas, text, style, x, baseline,
              align == 0   ? TEXT_LEFT
              : align == 1 ? TEXT_CENTRE
                           : TEXT_RIGHT,
              colour);
}

float brush_lines(struct brush *brush, const char *text, const char *script, struct box box,
                  struct brush_text style)
{
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    char line[ELEMENT_LABEL_SIZE];
    if (!*text)
        return 0;
    unsigned lines = layout_break(brush->theme, text, style.size_mm, style.bold, script, box.width + 0.3F,
                                  style.most, starts, ends);
    if (lines == 0) { // too wide: one line as it is; measuring reports it
        starts[0] = 0;
        ends[0] = (unsigned short)strlen(text);
        lines = 1;
    }
    float step = style.line * style.size_mm;
    int x = style.align == ALIGN_CENTRE  ? brush_px(brush, box.x + box.width / 2)
            : style.align == ALIGN_RIGHT ? brush_px(brush, box.x + box.width)
                                         : brush_px(brush, box.x);
    for (unsigned i = 0; i < lines; i++) {
        size_t length = (size_t)(ends[i] - starts[i]);
        length = length < sizeof line ? length : sizeof line - 1;
        memcpy(line, text + starts[i], length);
        line[length] = '\0';
        float middle = box.y + ((float)i + 0.5F) * step;
        brush_line(brush, line, style.size_mm, style.bold, x,
                   brush_px(brush, middle + CAPITAL_MIDDLE * style.size_mm), (int)style.align, style.colour,
                   style.keep);
    }
    return (float)lines * step;
}

static unsigned lines_of(struct brush *brush, const char *text, const char *script, float width,
                         const struct brush_text *style)
{
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    if (!*text)
        return 0;
    unsigned lines = layout_break(brush->theme, text, style->size_mm, style->bold, script, width + 0.3F,
                                  style->most, starts, ends);
    return lines ? lines : 1;
}

void brush_words(struct brush *brush, const struct element *element, const struct parts *parts,
                 uint32_t label, uint32_t second)
{
    bool keep = *element->language != '\0' || element->role == ROLE_KEY;
    unsigned most = element->lines > 0 ? (unsigned)element->lines : 1;
    unsigned most_second = element->second_lines > 0 ? (unsigned)element->second_lines : 1;
    struct brush_text first = {element->size_mm,
                               parts->label_line,
                               parts->label_bold && !element->disabled,
                               keep,
                               parts->align,
                               label,
                               most};
    struct brush_text under = {
        element->second_mm, parts->second_line, parts->second_bold, keep, parts->align, second, most_second};
    if (element->right_to_left && parts->align == ALIGN_LEFT) // a label in Dutch, and Arabic under it
        under.align = ALIGN_RIGHT;
    float high = (float)lines_of(brush, element->label, element->script, parts->text.width, &first) *
                 first.line * first.size_mm;
    bool both = *element->second && element->second_mm > 0;
    if (both)
        high += (float)lines_of(brush, element->second, element->script, parts->text.width, &under) *
                    under.line * under.size_mm +
                parts->second_gap;
    struct box box = parts->text;
    box.y += (box.height - high) / 2;
    box.y += brush_lines(brush, element->label, element->script, box, first);
    if (both) {
        box.y += parts->second_gap;
        brush_lines(brush, element->second, element->script, box, under);
    }
}

// ---- surfaces
struct brush_face brush_tile_face(const struct brush *brush, const struct element *element)
{
    const struct theme *theme = brush->theme;
    struct brush_face face = {theme->radius,
                              brush_colour(brush, COLOUR_TILE),
                              brush_colour(brush, COLOUR_EDGE),
                              0,
                              brush_colour(brush, COLOUR_LIGHT),
                              theme->border,
                              theme->edge};
    if (element->chosen) {
        face.fill = brush_colour(brush, COLOUR_SOFT);
        face.edge = brush_colour(brush, COLOUR_CHOSEN);
    }
    face.lower = face.edge;
    return face;
}

static void focus_rings(struct brush *brush, const struct element *element, struct shape_box box,
                        float radius, float from)
{
    bool panel = element->look == LOOK_START_BEGIN || element->look == LOOK_START_SECOND; // a dark ground
    enum colour out = panel && !brush->theme->options.contrast ? COLOUR_WHITE : COLOUR_FOCUS_OUT;
    float inner = fmaxf(2, brush_mm(brush, 1.4F)), outer = fmaxf(2, brush_mm(brush, 1.6F));
    shape_frame(brush->canvas, box, radius, from, inner, brush_colour(brush, COLOUR_FOCUS_IN));
    shape_frame(brush->canvas, box, radius, from + inner, outer, brush_colour(brush, out));
}

struct element brush_surface(struct brush *brush, const struct element *element, struct brush_face face)
{
    struct element moved = *element;
    const struct theme *theme = brush->theme;
    struct shape_box box = brush_box(brush, element->box);
    float radius = roundf(face.radius * brush->k), border = fmaxf(1, roundf(face.border * brush->k));
    float lower = fmaxf(border, roundf(face.lower_edge * brush->k));
    if (element->disabled) {
        shape_dashed(brush->canvas, box, radius, border, brush_mm(brush, 2), brush_mm(brush, 1.6F),
                     face.edge);
    } else if (element->touched) {
        float sink = lower - border;
        struct shape_box sunk = {box.x, box.y + sink, box.width, box.height - sink};
        shape_bordered(brush->canvas, sunk, radius, (struct shape_border){border, border, border, border},
                       face.edge, face.touched);
        moved.box.y += sink / brush->k;
    } else {
        if (face.lower != face.edge) {
            struct shape_box upper = {box.x, box.y, box.width, box.height - lower};
            shape_rounded_behind(brush->canvas, box, radius, upper, face.lower);
            shape_bordered(brush->canvas, upper, radius, (struct shape_border){border, border, border, 0},
                           face.edge, face.fill);
        } else {
            shape_bordered(brush->canvas, box, radius, (struct shape_border){border, border, border, lower},
                           face.edge, face.fill);
        }
    }
    float ring = 0;
    if (element->chosen && !element->disabled) {
        bool tool = element->look == LOOK_TOOL;
        ring = roundf((tool ? theme->ring * 2 / 3 : theme->ring) * brush->k);
        shape_frame(brush->canvas, box, radius, 0, ring, brush_colour(brush, COLOUR_CHOSEN));
        if (tool)
            ring = 0;
    }
    if (element->focused)
        focus_rings(brush, element, box, radius, ring);
    return moved;
}

void brush_tick(struct brush *brush, const struct element *element, float side, float inset)
{
    struct box box = {element->box.x + element->box.width - inset - side, element->box.y + inset, side, side};
    struct shape_box px = brush_box(brush, box);
    float grown = 1;
    if (strcmp(brush->ticking, element->id) == 0) {
        float t = fminf(1, (float)brush->chosen_ms / (float)theme_motion_ms(MOTION_TICK));
        grown = 0.6F + 0.4F * (1 - (1 - t) * (1 - t));
    }
    float drawn = px.width * grown;
    shape_tick(brush->canvas, px.x + (px.width - drawn) / 2, px.y + (px.width - drawn) / 2, drawn,
               brush_colour(brush, COLOUR_CHOSEN), brush_colour(brush, COLOUR_ON_CHOSEN));
}

void brush_mark(struct brush *brush, const struct element *element, struct box box, uint32_t disc,
                uint32_t sign)
{
    if (box.width <= 0)
        return;
    struct shape_box px = brush_box(brush, box);
    switch (element->mark) {
    case MARK_GO:
        shape_go(brush->canvas, px.x, px.y, px.width, disc, sign);
        break;
    case MARK_DONE:
        shape_tick(brush->canvas, px.x, px.y, px.width, disc, sign);
        break;
    case MARK_BUSY:
        shape_busy(brush->canvas, px.x, px.y, px.width, disc, sign, (int)(brush->now_ms / 400 % 4));
        break;
    case MARK_NONE:
        break;
    }
}
