#include "ui/measure.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/paint.h"
#include "ui/parts.h"

#include "base/banned.h"

#define NORM_CONTRAST 10.0F
#define NORM_CONTRAST_HIGH 15.0F
#define SLACK_MM 0.05F // rounding of sums

void measure_start(struct measure *measure)
{
    memset(measure, 0, sizeof *measure);
    measure->capital_mm = measure->target_mm = measure->gap_mm = measure->contrast = INFINITY;
    measure->key_mm = measure->key_gap_mm = measure->outside_mm = INFINITY;
}

static void note(float *least, char id[ELEMENT_ID_SIZE], float value, const struct element *element)
{
    if (value >= *least)
        return;
    *least = value;
    (void)text_copy(id, ELEMENT_ID_SIZE, element->id);
}

static bool in_bar(const struct element *element)
{
    return element->look == LOOK_TOOL || element->look == LOOK_TOWN || element->look == LOOK_STAFF;
}

static void add_text(struct measure *measure, const struct element *element, const struct theme *theme)
{
    float sizes[2] = {*element->label ? element->size_mm : 0, *element->second ? element->second_mm : 0};
    bool picture_size =
        element->look == LOOK_SLOT || element->look == LOOK_CARD || element->look == LOOK_PAPER;
    for (int i = 0; i < 2; i++) {
        if (sizes[i] <= 0 || (i == 1 && picture_size))
            continue;
        float drawn = (float)theme_size_px(theme, sizes[i]) / theme->px_per_mm;
        note(&measure->capital_mm, measure->capital_id, drawn * THEME_CAPITAL, element);
        if (!in_bar(element))
            note(&measure->outside_mm, measure->outside_id, drawn, element);
    }
    uint32_t text = 0, ground = 0;
    if (paint_colours(element, theme, &text, &ground) && !element->disabled)
        note(&measure->contrast, measure->contrast_id, theme_contrast(text, ground), element);
}

// Whether words stand in their part with the lines that layout gave them.
static void add_fit(struct measure *measure, const struct element *element, const struct theme *theme)
{
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    struct parts parts;
    static const bool plain_text[LOOKS] = {
        [LOOK_TITLE] = true,         [LOOK_BODY] = true,         [LOOK_TOWN] = true,
        [LOOK_TILE_COLUMN] = true,   [LOOK_TILE_ROW] = true,     [LOOK_ANSWER_ROW] = true,
        [LOOK_ANSWER_COLUMN] = true, [LOOK_PRIMARY] = true,      [LOOK_PLAIN] = true,
        [LOOK_TOOL] = true,          [LOOK_KEY] = true,          [LOOK_KEY_VARIANT] = true,
        [LOOK_SLOT] = true,          [LOOK_CLOCK] = true,        [LOOK_FACT] = true,
        [LOOK_START_BEGIN] = true,   [LOOK_START_SECOND] = true, [LOOK_WELCOME] = true,
        [LOOK_STAFF] = true,         [LOOK_SHEET_TITLE] = true,  [LOOK_POINT] = true,
        [LOOK_LINE] = true,
    };
    if (!plain_text[element->look] || *measure->cut_id)
        return;
    parts_of(element, theme, &parts);
    const struct {
        const char *text;
        float size_mm, line;
        bool bold;
        int16_t most;
    } texts[2] = {
        {element->label, element->size_mm, parts.label_line, parts.label_bold, element->lines},
        {element->second, element->second_mm, parts.second_line, parts.second_bold, element->second_lines}};
    float height = 0;
    for (int i = 0; i < 2; i++) {
        if (!*texts[i].text || texts[i].size_mm <= 0 ||
            (i == 1 && (element->look == LOOK_SLOT || *element->pictogram_second)))
            continue;
        unsigned lines = layout_break(theme, texts[i].text, texts[i].size_mm, texts[i].bold, element->script,
                                      parts.text.width + 0.3F,
                                      texts[i].most > 0 ? (unsigned)texts[i].most : 1, starts, ends);
        height += (float)lines * texts[i].line * texts[i].size_mm;
        if (lines == 0)
            (void)text_copy(measure->cut_id, sizeof measure->cut_id, element->id);
    }
    // Line boxes hold room above and below the letters: a quarter line may overlap the part's edges.
    if (height > parts.text.height + 0.3F * element->size_mm)
        (void)text_copy(measure->cut_id, sizeof measure->cut_id, element->id);
}

static float gap_of(const struct box *a, const struct box *b)
{
    float x = fmaxf(a->x, b->x) - fminf(a->x + a->width, b->x + b->width);
    float y = fmaxf(a->y, b->y) - fminf(a->y + a->height, b->y + b->height);
    if (x < 0 && y < 0)
        return fmaxf(x, y); // they overlap
    return fmaxf(x, y);
}

static bool is_key(const struct element *element)
{
    return element->look == LOOK_KEY || element->look == LOOK_KEY_VARIANT;
}

static void add_target(struct measure *measure, const struct element_list *list, unsigned at,
                       const struct theme *theme)
{
    const struct element *element = &list->elements[at];
    const struct box *box = &element->box;
    bool outside = box->x < -SLACK_MM || box->y < -SLACK_MM ||
                   box->x + box->width > theme->width_mm + SLACK_MM ||
                   box->y + box->height > theme->height_mm + SLACK_MM;
    if (outside && !*measure->overlap_id)
        (void)text_copy(measure->overlap_id, sizeof measure->overlap_id, element->id);
    if (!element_touchable(element))
        return;
    if (theme->touch_top > 0 && box->y + SLACK_MM < theme->touch_top && !*measure->reach_id)
        (void)text_copy(measure->reach_id, sizeof measure->reach_id, element->id);
    float side = fminf(box->width, box->height);
    if (is_key(element))
        measure->key_mm = fminf(measure->key_mm, side);
    else
        note(&measure->target_mm, measure->target_id, side, element);
    for (unsigned i = at + 1; i < list->count; i++) {
        const struct element *other = &list->elements[i];
        if (!element_touchable(other))
            continue;
        float gap = gap_of(box, &other->box);
        if (gap < -SLACK_MM && !*measure->overlap_id)
            (void)text_copy(measure->overlap_id, sizeof measure->overlap_id, other->id);
        if (is_key(element) || is_key(other))
            measure->key_gap_mm = fminf(measure->key_gap_mm, gap);
        else
            note(&measure->gap_mm, measure->gap_id, gap, other);
    }
}

void measure_add(struct measure *measure, const struct element_list *list, const struct theme *theme)
{
    for (unsigned i = element_floor(list); i < list->count; i++) {
        const struct element *element = &list->elements[i];
        add_text(measure, element, theme);
        add_fit(measure, element, theme);
        add_target(measure, list, i, theme);
    }
}

bool measure_passes(const struct measure *measure, const struct theme *theme, const char **what)
{
    float contrast = theme->options.contrast ? NORM_CONTRAST_HIGH : NORM_CONTRAST;
    const struct {
        bool fails;
        const char *what;
    } rules[] = {
        {measure->capital_mm < THEME_MIN_CAPITAL_MM - 0.005F, "a capital letter is lower than 4.8 mm"},
        {measure->target_mm < THEME_MIN_TARGET_MM - SLACK_MM, "a target is smaller than 12.7 mm"},
        {measure->target_mm < theme->target - SLACK_MM, "a target is smaller than this panel allows"},
        {measure->gap_mm < THEME_MIN_GAP_MM - SLACK_MM, "a gap is smaller than 4 mm"},
        {measure->key_mm < THEME_MIN_KEY_MM - SLACK_MM, "a key is smaller than 12.7 mm"},
        {measure->key_gap_mm < 2.54F, "keys are less than 2.54 mm apart"},
        {measure->contrast < contrast, "the contrast of a text is too low"},
        {theme_shape_contrast(theme) < 3, "the contrast of a shape is too low"},
        {*measure->overlap_id != '\0', "something overlaps or leaves the screen"},
        {*measure->cut_id != '\0', "a text does not fit"},
        {*measure->reach_id != '\0', "something to touch stands above the reach"},
    };
    *what = NULL;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].fails) {
            *what = rules[i].what;
            return false;
        }
    return true;
}

bool measure_holds_step(const struct measure *measure, const struct theme *theme, const char **what)
{
    static const float capitals[TEXT_STEPS] = {THEME_MIN_CAPITAL_MM, 7.3F, 9.0F};
    if (measure->outside_mm * THEME_CAPITAL >= capitals[theme->options.text] - 0.005F)
        return measure_passes(measure, theme, what);
    *what = "a capital letter is lower than this step's";
    return false;
}
