#include "ui/parts.h"

#include <math.h>
#include <string.h>

#include "ui/layout.h"

#include "base/banned.h"

struct box box_inset(struct box box, float x, float y)
{
    return (struct box){box.x + x, box.y + y, fmaxf(0, box.width - 2 * x), fmaxf(0, box.height - 2 * y)};
}

float parts_text_height(const struct element *element, const struct parts *parts)
{
    float height = (float)element->lines * parts->label_line * element->size_mm;
    if (element->second_lines > 0)
        height += parts->second_gap + (float)element->second_lines * parts->second_line * element->second_mm;
    return height;
}

// What can be touched has a thick lower edge: its face ends above it.
static struct box face(const struct element *element, const struct theme *theme)
{
    struct box box = element->box;
    return (struct box){box.x + theme->border, box.y + theme->border, box.width - 2 * theme->border,
                        box.height - theme->border - theme->edge};
}

static struct box square(float centre_x, float centre_y, float side)
{
    return (struct box){centre_x - side / 2, centre_y - side / 2, side, side};
}

static float centre_y(struct box box)
{
    return box.y + box.height / 2;
}

static void column(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = box_inset(face(element, theme), theme_mm(theme, 4, 1.2F), theme_mm(theme, 3, 1.2F));
    float text = parts_text_height(element, parts);
    parts->align = ALIGN_CENTRE;
    parts->text = (struct box){in.x, in.y + in.height - text, in.width, text};
    float room = in.height - text - theme_mm(theme, 2, 1);
    parts->picture = square(in.x + in.width / 2, in.y + room / 2, element->picture_mm);
}

static void row(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    float pad = theme_mm(theme, 7, 2), gap = theme_mm(theme, 6, 2.5F);
    parts->picture = square(in.x + pad + element->picture_mm / 2, centre_y(in), element->picture_mm);
    float x = pad + (element->picture_mm > 0 ? element->picture_mm + gap : 0);
    parts->text = (struct box){in.x + x, in.y, in.width - x - theme_mm(theme, 5, 1.5F), in.height};
}

static void answer_row(const struct element *element, const struct theme *theme, struct parts *parts)
{
    float pad = theme_mm(theme, 5, 2), gap = theme_mm(theme, 12, 4);
    struct box in = box_inset(face(element, theme), pad, pad);
    parts->field = (struct box){in.x, in.y, fminf(element->picture_mm / 0.865F, in.width), in.height};
    parts->picture = square(in.x + parts->field.width / 2, centre_y(in), element->picture_mm);
    float x = parts->field.width + gap;
    parts->text = (struct box){in.x + x, in.y, in.width - x, in.height};
}

static void answer_column(const struct element *element, const struct theme *theme, struct parts *parts)
{
    float pad = theme_mm(theme, 5, 2);
    struct box in = box_inset(face(element, theme), pad, pad);
    float text = parts_text_height(element, parts) + pad;
    parts->align = ALIGN_CENTRE;
    parts->text = (struct box){in.x, in.y + in.height - text, in.width, text};
    parts->field = (struct box){in.x, in.y, in.width, fmaxf(0, in.height - text - pad)};
    parts->picture = square(in.x + in.width / 2, centre_y(parts->field), element->picture_mm);
}

// Words and disc as one block in the middle.
static void primary(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    float disc = element->mark == MARK_NONE ? 0 : fminf(element->picture_mm, in.height - 1);
    float gap = disc > 0 ? theme_mm(theme, 6, 2.5F) : 0;
    float pad = theme_mm(theme, 6, 2);
    float room = in.width - 2 * pad - gap - disc;
    float words = 0;
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    char line[ELEMENT_LABEL_SIZE];
    unsigned lines =
        layout_break(theme, element->label, element->size_mm, true, element->script, room, 2, starts, ends);
    for (unsigned i = 0; i < lines; i++) {
        size_t length = (size_t)(ends[i] - starts[i]);
        memcpy(line, element->label + starts[i], length);
        line[length] = '\0';
        words = fmaxf(words, theme_text_width(theme, line, element->size_mm, true, element->script));
    }
    words = fminf(lines ? words + 0.2F : room, room);
    float x = in.x + (in.width - words - gap - disc) / 2;
    parts->text = (struct box){x, in.y, words, in.height};
    if (disc > 0)
        parts->mark = square(x + words + gap + disc / 2, centre_y(in), disc);
}

static void plain(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    float pad = theme_mm(theme, 5, 1.5F), gap = theme_mm(theme, 5, 2);
    float disc = element->mark == MARK_NONE ? 0 : theme->disc;
    float picture = *element->pictogram ? element->picture_mm + gap : 0;
    float room = in.width - 2 * pad - picture - (disc > 0 ? disc + gap : 0);
    float words = room;
    float x = in.x + pad;
    if (disc > 0) {
        parts->mark = square(in.x + in.width - pad - disc / 2, centre_y(in), disc);
    } else {
        words = fminf(room, element->lines > 1 ? room
                                               : theme_text_width(theme, element->label, element->size_mm,
                                                                  true, element->script) +
                                                     0.2F);
        x += (room - words) / 2;
    }
    if (picture > 0)
        parts->picture = square(x + element->picture_mm / 2, centre_y(in), element->picture_mm);
    parts->text = (struct box){x + picture, in.y, words, in.height};
}

static void tool(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    float words = theme_text_width(theme, element->label, element->size_mm, true, element->script) + 0.2F;
    if (theme->tool_beside) {
        float gap = theme_mm(theme, 4, 2);
        words = fminf(words, in.width - element->picture_mm - gap - 1);
        float x = in.x + (in.width - words - gap - element->picture_mm) / 2;
        parts->picture = square(x + element->picture_mm / 2, centre_y(in), element->picture_mm);
        parts->text = (struct box){x + element->picture_mm + gap, in.y, words, in.height};
        return;
    }
    float text = LINE_LABEL * element->size_mm, gap = theme_mm(theme, 1, 0.4F);
    float y = in.y + (in.height - element->picture_mm - gap - text) / 2;
    parts->align = ALIGN_CENTRE;
    parts->picture = square(in.x + in.width / 2, y + element->picture_mm / 2, element->picture_mm);
    parts->text = (struct box){in.x, y + element->picture_mm + gap, in.width, text};
}

static void line(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    float pad = theme_mm(theme, 5, 2), gap = theme_mm(theme, 5, 2), pencil = theme_mm(theme, 14, 6);
    parts->mark = square(in.x + in.width - pad - pencil / 2, centre_y(in), pencil);
    if (element->disabled || element->role == ROLE_TEXT)
        parts->mark.width = 0;
    parts->picture = square(in.x + pad + element->picture_mm / 2, centre_y(in), element->picture_mm);
    float x = in.x + pad + element->picture_mm + gap;
    float end = parts->mark.width > 0 ? parts->mark.x - gap / 2 : in.x + in.width - pad;
    parts->text = (struct box){x, in.y, end - x, in.height};
}

// A thought that has an upright place to itself: picture above, words under it.
static void poster(const struct element *element, const struct theme *theme, struct parts *parts)
{
    float pad = theme_mm(theme, 5, 2);
    struct box in = box_inset(element->box, pad, pad);
    if (element->value > 0) { // its number above it
        float disc = theme_mm(theme, 20, 11), below = disc + theme_mm(theme, 5, 2);
        parts->mark = (struct box){in.x + in.width / 2 - disc / 2, element->box.y, disc, disc};
        in.y += below;
        in.height -= below;
    }
    float text = element->lines > 0 ? parts_text_height(element, parts) + 3 * pad : 0.34F * in.height;
    parts->align = ALIGN_CENTRE;
    parts->field = (struct box){in.x - pad, in.y - pad, in.width + 2 * pad, fmaxf(0, in.height - text)};
    parts->picture = square(in.x + in.width / 2, centre_y(parts->field), element->picture_mm);
    parts->text = (struct box){in.x + pad, in.y + in.height - text + pad / 2, in.width - 2 * pad, text};
}

static void point(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = element->box;
    if (*element->pictogram && in.height > 0.9F * in.width) {
        poster(element, theme, parts);
        return;
    }
    float gap = theme_mm(theme, 9, 3);
    if (element->value > 0) { // its number before it
        float disc = theme_mm(theme, 20, 11);
        parts->mark = (struct box){in.x, centre_y(in) - disc / 2, disc, disc};
        in.x += disc + 0.7F * gap;
        in.width -= disc + 0.7F * gap;
    }
    float side = fminf(in.height, element->picture_mm / 0.84F);
    if (*element->pictogram == '\0')
        side = 0;
    parts->field =
        (struct box){in.x, in.y, side > 0 ? side * (in.height > side * 1.1F ? 1 : 1.12F) : 0, in.height};
    parts->picture = square(in.x + parts->field.width / 2, centre_y(in), element->picture_mm);
    float x = side > 0 ? parts->field.width + gap : theme_mm(theme, 6, 2);
    parts->text = (struct box){in.x + x, in.y, in.width - x - theme_mm(theme, 6, 2), in.height};
    if (side <= 0 && *element->second && element->lines > 0) { // a list of words: its heads stand level
        parts->text.x = in.x;
        parts->text.height = fminf(in.height, parts_text_height(element, parts));
    }
}

static void slot(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    bool wide = in.width > in.height * 1.35F;
    float pad = theme_mm(theme, wide ? 4 : 5, 1.5F), gap = theme_mm(theme, 4, 1.5F);
    float sun = element->second_mm;
    if (wide) {
        parts->picture =
            square(in.x + pad * 1.6F + element->picture_mm / 2, centre_y(in), element->picture_mm);
        float x = parts->picture.x + element->picture_mm + gap;
        parts->text = (struct box){x, in.y, in.x + in.width - pad - x, in.height};
        parts->align = ALIGN_CENTRE;
        if (sun > 0) {
            float block = sun + 0.75F * element->size_mm + theme_mm(theme, 3, 1);
            if (block > in.height - 2 * theme_mm(theme, 3, 1)) { // low: the sun before the hour
                parts->mark = square(x + sun / 2, centre_y(in), sun);
                parts->text.x += sun + gap / 2;
                parts->text.width -= sun + gap / 2;
                return;
            }
            float y = in.y + (in.height - block) / 2;
            parts->mark = (struct box){x + (parts->text.width - sun) / 2, y, sun, sun};
            parts->text.y = y + sun + theme_mm(theme, 3, 1) - 0.14F * element->size_mm;
            parts->text.height = element->size_mm;
        }
        return;
    }
    float text = fmaxf(element->size_mm, sun);
    float room = in.height - 2 * pad - text - gap / 2;
    parts->picture = square(in.x + in.width / 2, in.y + pad + room / 2, fminf(element->picture_mm, room));
    float words = theme_text_width(theme, element->label, element->size_mm, true, element->script) + 0.2F;
    float between = sun > 0 ? theme_mm(theme, 3, 1) : 0;
    float x = in.x + (in.width - words - sun - between) / 2;
    float y = in.y + in.height - pad - text;
    if (sun > 0)
        parts->mark = (struct box){x, y + (text - sun) / 2, sun, sun};
    parts->text = (struct box){x + sun + between, y, words, text};
}

static void fact(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = box_inset(element->box, theme_mm(theme, 3, 1.5F), theme_mm(theme, 3, 1.5F));
    float text = parts_text_height(element, parts), gap = theme_mm(theme, 3, 1);
    if (element->box.width >
        PARTS_LOW_FACT * element->box.height) { // low: side by side, so that the picture keeps the height
        float x = in.x + 0.1F * in.width, end = in.x + in.width;
        parts->picture = square(x + element->picture_mm / 2, centre_y(in), element->picture_mm);
        x += element->picture_mm + 2 * gap;
        parts->text = (struct box){x, in.y, end - x, in.height};
        return;
    }
    float y = in.y + (in.height - element->picture_mm - gap - text) / 2;
    parts->align = ALIGN_CENTRE;
    parts->picture = square(in.x + in.width / 2, y + element->picture_mm / 2, element->picture_mm);
    parts->text = (struct box){in.x, y + element->picture_mm + gap, in.width, text};
}

static void start(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = face(element, theme);
    float gap = theme_mm(theme, element->look == LOOK_START_BEGIN ? (theme->landscape ? 9 : 12) : 8, 3);
    float pad = theme_mm(theme, 6, 2);
    float room = in.width - 2 * pad - element->picture_mm - gap;
    float words =
        element->lines > 1
            ? room
            : fminf(room, theme_text_width(theme, element->label, element->size_mm, true, "") + 0.2F);
    float x = in.x + (in.width - words - gap - element->picture_mm) / 2;
    parts->picture = square(x + element->picture_mm / 2, centre_y(in), element->picture_mm);
    parts->text = (struct box){x + element->picture_mm + gap, in.y, words, in.height};
}

static void field(const struct element *element, const struct theme *theme, struct parts *parts)
{
    float pad = theme_mm(theme, 7, 2.5F) + theme_mm(theme, 0.6F, 0.4F);
    parts->text = box_inset(element->box, pad, 0);
    if (element->pictogram[0] == '\0' || element->picture_mm <= 0)
        return;
    parts->picture =
        square(parts->text.x + element->picture_mm / 2, centre_y(parts->text), element->picture_mm);
    float used = element->picture_mm + pad;
    parts->text.x += used;
    parts->text.width -= used;
}

static void all(const struct element *element, const struct theme *theme, struct parts *parts)
{
    (void)theme;
    parts->text = element->box;
}

static void key(const struct element *element, const struct theme *theme, struct parts *parts)
{
    parts->align = ALIGN_CENTRE;
    parts->text = face(element, theme);
    parts->picture =
        square(parts->text.x + parts->text.width / 2, centre_y(parts->text), element->picture_mm);
}

static void centred(const struct element *element, const struct theme *theme, struct parts *parts)
{
    all(element, theme, parts);
    parts->align = ALIGN_CENTRE;
}

static void sign(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = box_inset(element->box, theme_mm(theme, 5, 2), 0);
    float used = element->picture_mm + theme_mm(theme, 4, 2);
    parts->picture = square(in.x + element->picture_mm / 2, centre_y(in), element->picture_mm);
    parts->text = (struct box){in.x + used, in.y, in.width - used, in.height};
}

static void welcome(const struct element *element, const struct theme *theme, struct parts *parts)
{
    all(element, theme, parts);
    parts->align = theme->landscape && layout_welcome_on_panel(theme) ? ALIGN_LEFT : ALIGN_CENTRE;
}

static void town(const struct element *element, const struct theme *theme, struct parts *parts)
{
    struct box in = element->box;
    float side = element->picture_mm, gap = theme_mm(theme, 4, 2);
    parts->picture = (struct box){in.x, centre_y(in) - side / 2, side * 40 / 48, side};
    float x = parts->picture.width + gap;
    parts->text = (struct box){in.x + x, in.y, in.width - x, in.height};
}

struct parts_rule {
    void (*place)(const struct element *element, const struct theme *theme, struct parts *parts);
    float label_line, second_line, second_gap;
    bool label_regular, second_bold;
};

static const struct parts_rule rules[LOOKS] = {
    [LOOK_TITLE] = {all, LINE_TITLE, LINE_BODY, 2, false, false},
    [LOOK_BODY] = {all, LINE_WORD, LINE_BODY, 2, false, false},
    [LOOK_TOWN] = {town, 1.2F, 0, 0, false, false},
    [LOOK_TILE_COLUMN] = {column, LINE_WORD, LINE_BODY, 1, false, false},
    [LOOK_TILE_ROW] = {row, LINE_WORD, LINE_BODY, 1, false, false},
    [LOOK_ANSWER_ROW] = {answer_row, 1.0F, LINE_WORD, 4, false, true},
    [LOOK_ANSWER_COLUMN] = {answer_column, 1.0F, LINE_WORD, 4, false, true},
    [LOOK_PRIMARY] = {primary, LINE_WORD, 0, 0, false, false},
    [LOOK_PLAIN] = {plain, LINE_PLAIN, 0, 0, false, false},
    [LOOK_TOOL] = {tool, LINE_LABEL, 0, 0, false, false},
    [LOOK_KEY] = {key, 1.0F, 0, 0, false, false},
    [LOOK_KEY_VARIANT] = {key, 1.0F, 0, 0, false, false},
    [LOOK_FIELD] = {field, LINE_BODY, 1.2F, 0, true, true},
    [LOOK_DIGITS] = {all, 1.0F, 1.0F, 0, false, true},
    [LOOK_SLOT] = {slot, 1.0F, 0, 0, false, false},
    [LOOK_CLOCK] = {fact, LINE_WORD, LINE_BODY, 1, false, false},
    [LOOK_FACT] = {fact, LINE_WORD, LINE_BODY, 1, false, false},
    [LOOK_LINE] = {line, LINE_WORD, LINE_WORD, 0, false, true},
    [LOOK_START_BEGIN] = {start, 1.0F, 0, 0, false, false},
    [LOOK_START_SECOND] = {start, LINE_WORD, 0, 0, false, false},
    [LOOK_WELCOME] = {welcome, 1.0F, 1.2F, 4, false, false},
    [LOOK_STAFF] = {sign, LINE_WORD, 0, 0, true, false},
    [LOOK_SHEET_TITLE] = {centred, LINE_LABEL, LINE_BODY, 2, false, false},
    [LOOK_POINT] = {point, LINE_WORD, LINE_BODY, 2, false, false},
};

void parts_of(const struct element *element, const struct theme *theme, struct parts *parts)
{
    memset(parts, 0, sizeof *parts);
    const struct parts_rule *rule = &rules[element->look];
    parts->label_line = rule->label_line > 0 ? rule->label_line : LINE_WORD;
    parts->second_line = rule->second_line > 0 ? rule->second_line : LINE_BODY;
    parts->second_gap = theme_mm(theme, rule->second_gap, 0);
    parts->label_bold = !rule->label_regular;
    parts->second_bold = rule->second_bold;
    if (rule->place)
        rule->place(element, theme, parts);
}

float parts_fit(const struct theme *theme, const char *text, const char *script, const struct fit *fit,
                unsigned *lines)
{
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    unsigned most = fit->most < LAYOUT_LINES_MAX ? fit->most : LAYOUT_LINES_MAX;
    float size = fmaxf(fit->want, fit->least);
    for (;;) {
        unsigned count = layout_break(theme, text, size, fit->bold, script, fit->width, most, starts, ends);
        bool high = fit->height > 0 && (float)count * fit->line * size > fit->height;
        *lines = count;
        if (count > 0 && !high)
            return size;
        if (size <= fit->least)
            break;
        bool above = size > theme->floor; // the step's floor is tried before what lies under it
        size = fmaxf(fit->least, size * 0.97F);
        if (above && size < theme->floor)
            size = theme->floor;
    }
    return fit->least;
}

void parts_fit_label(const struct theme *theme, struct element *element, struct fit *fit)
{
    unsigned lines = 0;
    element->size_mm = parts_fit(theme, element->label, "", fit, &lines);
    if (lines == 0) {
        fit->least = theme->least;
        fit->want = theme->floor;
        element->size_mm = parts_fit(theme, element->label, "", fit, &lines);
    }
    element->lines = (int16_t)lines;
}
