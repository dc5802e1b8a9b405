#include "ui/theme.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/banned.h"

#define SHORT_SIDE_MM 337.5F // of the reference panel
#define LONG_SIDE_MM 600.0F
#define LOWER_EDGE_MM 856.0F      // of the reference panel, above the floor
#define LETTERS_MAX 3.6F          // widest word of the bar, in its size
#define TITLE_WORD_MAX 9.4F       // widest word of a title, in its size
#define OWN_TARGET_SIDE_MM 180.0F // short side of the smallest panel with our own targets
#define KEY_UNITS 10              // of the keyboard's rows

static const uint32_t normal_colours[COLOURS] = {
    [COLOUR_INK] = 0x1B2A41,       [COLOUR_PANEL] = 0x1B2A41,       [COLOUR_ON_PANEL] = 0xFFFFFF,
    [COLOUR_PAPER] = 0xFBF7F0,     [COLOUR_TILE] = 0xFFFFFF,        [COLOUR_ON_TILE] = 0x1B2A41,
    [COLOUR_PRIMARY] = 0x1B2A41,   [COLOUR_ON_PRIMARY] = 0xFFFFFF,  [COLOUR_PRIMARY_EDGE] = 0x0A1322,
    [COLOUR_DISC] = 0xF2A33A,      [COLOUR_ON_DISC] = 0x1B2A41,     [COLOUR_LIGHT] = 0xDCE5EE,
    [COLOUR_MIST] = 0xEEF3F7,      [COLOUR_CHOSEN] = 0x0B7A75,      [COLOUR_ON_CHOSEN] = 0xFFFFFF,
    [COLOUR_SOFT] = 0xE1F0EE,      [COLOUR_CHOSEN_WORD] = 0x1B2A41, [COLOUR_WALKED] = 0xF2A33A,
    [COLOUR_AHEAD] = 0x7388A6,     [COLOUR_CREAM] = 0xFFF8EA,       [COLOUR_VARIANT] = 0xFDEFD6,
    [COLOUR_EDGE] = 0x71829A,      [COLOUR_OFF_WORD] = 0x55657A,    [COLOUR_FOCUS_IN] = 0xF2A33A,
    [COLOUR_FOCUS_OUT] = 0x1B2A41, [COLOUR_PLATE] = 0xFFFFFF,       [COLOUR_NAVY] = 0x1B2A41,
    [COLOUR_WHITE] = 0xFFFFFF,     [COLOUR_TEAL] = 0x0B7A75,        [COLOUR_AMBER] = 0xF2A33A,
};

static const uint32_t contrast_colours[COLOURS] = {
    [COLOUR_INK] = 0xFFFFFF,       [COLOUR_PANEL] = 0x000000,       [COLOUR_ON_PANEL] = 0xFFFFFF,
    [COLOUR_PAPER] = 0x000000,     [COLOUR_TILE] = 0x000000,        [COLOUR_ON_TILE] = 0xFFFFFF,
    [COLOUR_PRIMARY] = 0xFFE000,   [COLOUR_ON_PRIMARY] = 0x000000,  [COLOUR_PRIMARY_EDGE] = 0xFFFFFF,
    [COLOUR_DISC] = 0x000000,      [COLOUR_ON_DISC] = 0xFFE000,     [COLOUR_LIGHT] = 0x000000,
    [COLOUR_MIST] = 0x000000,      [COLOUR_CHOSEN] = 0xFFE000,      [COLOUR_ON_CHOSEN] = 0x000000,
    [COLOUR_SOFT] = 0x000000,      [COLOUR_CHOSEN_WORD] = 0xFFE000, [COLOUR_WALKED] = 0xFFE000,
    [COLOUR_AHEAD] = 0xFFFFFF,     [COLOUR_CREAM] = 0x000000,       [COLOUR_VARIANT] = 0x000000,
    [COLOUR_EDGE] = 0xFFFFFF,      [COLOUR_OFF_WORD] = 0xFFFFFF,    [COLOUR_FOCUS_IN] = 0xFFFFFF,
    [COLOUR_FOCUS_OUT] = 0xFFE000, [COLOUR_PLATE] = 0xFFFFFF,       [COLOUR_NAVY] = 0x000000,
    [COLOUR_WHITE] = 0xFFFFFF,     [COLOUR_TEAL] = 0x0B7A75,        [COLOUR_AMBER] = 0xF2A33A,
};

// Sizes of type on the reference panel, by text step.
#define STEP(field, normal, large, largest)                                                                  \
    {                                                                                                        \
        offsetof(struct theme, field),                                                                       \
        {                                                                                                    \
            normal, large, largest                                                                           \
        }                                                                                                    \
    }
struct type_size {
    size_t field;
    float mm[TEXT_STEPS];
};

static const struct type_size type_sizes[] = {
    STEP(body, 10.8F, 14.4F, 16.0F),     STEP(word, 12.0F, 15.5F, 18.0F),
    STEP(primary, 14.4F, 18.6F, 20.0F),  STEP(title, 20.0F, 23.0F, 26.0F),
    STEP(answer, 36.0F, 42.0F, 46.0F),   STEP(day, 32.0F, 38.0F, 42.0F),
    STEP(sentence, 15.0F, 19.4F, 21.0F), STEP(endonym, 15.5F, 19.0F, 21.0F),
    STEP(hour, 15.5F, 18.6F, 20.0F),     STEP(field, 20.0F, 23.0F, 26.0F),
    STEP(digit, 38.0F, 38.0F, 38.0F),    STEP(key, 15.0F, 18.0F, 20.0F),
    STEP(pad_key, 26.0F, 30.0F, 34.0F),
};

static const struct type_size type_sizes_landscape[] = {
    STEP(title, 23.0F, 26.0F, 28.0F),
    STEP(answer, 31.0F, 36.0F, 40.0F),
    STEP(hour, 14.0F, 17.0F, 18.0F),
};

static const float floors[TEXT_STEPS] = {THEME_MIN_CAPITAL_MM / THEME_CAPITAL + 0.01F,
                                         7.3F / THEME_CAPITAL + 0.01F, 12.61F};

float theme_mm(const struct theme *theme, float reference_mm, float least_mm)
{
    return fmaxf(reference_mm * theme->scale, least_mm);
}

static void set_type(struct theme *theme, const struct type_size *sizes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        float mm = theme_mm(theme, sizes[i].mm[theme->options.text], theme->floor);
        memcpy((char *)theme + sizes[i].field, &mm, sizeof mm);
    }
}

static void set_screen(struct theme *theme, const struct theme_options *options)
{
    int width_px = options->width_px > 0 ? options->width_px : 1080;
    int height_px = options->height_px > 0 ? options->height_px : 1920;
    theme->landscape = width_px > height_px;
    theme->width_mm = options->width_mm;
    if (theme->width_mm <= 0)
        theme->width_mm = theme->landscape ? LONG_SIDE_MM : SHORT_SIDE_MM;
    theme->px_per_mm = (float)width_px / theme->width_mm;
    theme->height_mm = (float)height_px / theme->px_per_mm;
    theme->scale = fminf(theme->width_mm, theme->height_mm) / SHORT_SIDE_MM;
    // A long panel of another shape must not grow its parts beyond its long side.
    theme->scale = fminf(theme->scale, fmaxf(theme->width_mm, theme->height_mm) / LONG_SIDE_MM * 1.12F);
    float side = fminf(theme->width_mm, theme->height_mm);
    theme->target = THEME_OWN_TARGET_MM - 0.13F * fmaxf(0, OWN_TARGET_SIDE_MM - side);
    theme->target = fmaxf(theme->target, THEME_MIN_TARGET_MM) + 0.01F;
}

// The bar keeps one row of tools with the picture beside the word, or above it; else it takes two rows.
static void set_bar(struct theme *theme)
{
    bool large = theme->options.text != TEXT_NORMAL;
    float least = theme->least;
    theme->tool_gap = theme_mm(theme, 4, THEME_MIN_GAP_MM);
    theme->bar_pad = theme_mm(theme, 5, 3);
    theme->bar_margin = theme->landscape ? theme_mm(theme, 10, THEME_MIN_GAP_MM) : theme->margin;
    float row = theme_mm(theme, large ? 42 : 36, theme->target);
    float room = theme->width_mm - 2 * theme->bar_margin;
    theme->label = theme_mm(theme, large ? 10.4F : theme->landscape ? 8.6F : 7.2F, least);
    theme->group_gap = theme_mm(theme, theme->landscape ? 32 : large ? 11 : 14, THEME_MIN_GAP_MM);
    theme->tool_picture = theme_mm(theme, 18, 9);
    theme->tool_beside = theme->landscape;
    theme->bar_rows = 1;
    float side = theme->tool_picture + theme_mm(theme, 4, 2) + theme_mm(theme, 6, 3);
    float tool = (room - 4 * theme->tool_gap - 2 * theme->group_gap) / 7;
    if (theme->tool_beside && tool < side + least * LETTERS_MAX) {
        theme->tool_beside = false;
        theme->group_gap = theme->tool_gap * 1.5F;
        tool = (room - 4 * theme->tool_gap - 2 * theme->group_gap) / 7;
    }
    if (!theme->tool_beside && tool < least * LETTERS_MAX + 1.3F) {
        theme->group_gap = theme->tool_gap;
        tool = (room - 6 * theme->tool_gap) / 7;
    }
    if (!theme->tool_beside && tool < least * LETTERS_MAX + 1.3F) {
        theme->bar_rows = 2;
        tool = (room - 3 * theme->tool_gap) / 4;
        theme->tool_beside = tool >= side + least * LETTERS_MAX;
    }
    float word = theme->tool_beside ? tool - side : tool - 1.3F;
    theme->label = fmaxf(least, fminf(theme->label, word / LETTERS_MAX));
    if (!theme->tool_beside) // picture, word and edges one above the other
        row = fmaxf(row, theme->tool_picture + 1.1F * theme->label + 4.2F);
    theme->tool_width = tool;
    theme->tool_height = row;
    theme->bar =
        (float)theme->bar_rows * row + (float)(theme->bar_rows - 1) * theme->tool_gap + 2 * theme->bar_pad;
}

// What stands above the reach of somebody who sits; 0 when all of this screen is within it.
static float reach_top(const struct theme *theme)
{
    float edge = theme->options.lower_edge_mm > 0 ? theme->options.lower_edge_mm : LOWER_EDGE_MM;
    float top = theme->height_mm - fmaxf(THEME_REACH_TOP_MM - edge, 0);
    // A screen that hangs so high that nothing fits keeps its lower half.
    return fmaxf(0, fminf(top, theme->height_mm * 0.45F));
}

bool theme_has_reach(const struct theme *theme)
{
    return reach_top(theme) > 0;
}

static void set_panel(struct theme *theme)
{
    const struct theme_options *options = &theme->options;
    bool large = options->text != TEXT_NORMAL;
    theme->touch_top = options->reach ? reach_top(theme) : 0;
    theme->panel_beside = theme->landscape && theme->touch_top <= 0;
    if (theme->panel_beside) {
        theme->panel_pad = theme_mm(theme, 10, 4);
        theme->panel = fmaxf(152 * theme->scale, theme->floor * TITLE_WORD_MAX + 2 * theme->panel_pad);
        // Before a narrow panel's words come the keyboard's ten keys.
        float keys = KEY_UNITS * (THEME_MIN_KEY_MM + 0.05F) + (KEY_UNITS - 1) * theme->key_gap;
        float room = theme->width_mm - 2 * theme->margin - keys;
        theme->panel = fminf(theme->panel, fmaxf(room, 0.26F * theme->width_mm));
        return;
    }
    theme->panel_pad = theme->margin;
    theme->panel = theme_mm(theme, large ? 118 : 94, 4.7F * theme->floor + 19.5F);
    theme->panel = fmaxf(theme->panel, theme->touch_top);
}

static void set_measures(struct theme *theme)
{
    theme->margin = theme_mm(theme, 12, THEME_MIN_GAP_MM);
    theme->pad_y = theme_mm(theme, 10, THEME_MIN_GAP_MM);
    theme->gap = theme_mm(theme, 6, THEME_MIN_GAP_MM);
    theme->key_gap = theme_mm(theme, 4, THEME_MIN_KEY_GAP_MM);
    theme->border = theme_mm(theme, theme->options.contrast ? 0.9F : 0.6F, 0.4F);
    theme->edge = theme_mm(theme, 2, 1.2F);
    theme->radius = theme_mm(theme, 6, 2.5F);
    theme->key_radius = theme_mm(theme, 4, 2);
    theme->tool_radius = theme_mm(theme, 5, 2.2F);
    theme->plate_radius = theme_mm(theme, 8, 3);
    theme->card_radius = theme_mm(theme, 9, 3.5F);
    theme->field_radius = theme_mm(theme, 3.5F, 1.5F);
    theme->tick = theme_mm(theme, 17, 8);
    theme->ring = theme_mm(theme, theme->options.contrast ? 2.4F : 1.8F, 1.1F);
    theme->primary_height = theme_mm(theme, 36, theme->target);
    theme->disc = theme_mm(theme, 20, 11);
}

void theme_make(struct theme *theme, const struct theme_options *options)
{
    memset(theme, 0, sizeof *theme);
    theme->options = *options;
    if ((int)theme->options.text < 0 || theme->options.text >= TEXT_STEPS)
        theme->options.text = TEXT_NORMAL;
    set_screen(theme, options);
    memcpy(theme->colours, options->contrast ? contrast_colours : normal_colours, sizeof theme->colours);
    // Floors in whole pixels, so that rounding never goes under them.
    theme->floor = ceilf(floors[theme->options.text] * theme->px_per_mm) / theme->px_per_mm;
    theme->least = ceilf(floors[TEXT_NORMAL] * theme->px_per_mm) / theme->px_per_mm;
    set_type(theme, type_sizes, sizeof type_sizes / sizeof type_sizes[0]);
    if (theme->landscape)
        set_type(theme, type_sizes_landscape, sizeof type_sizes_landscape / sizeof type_sizes_landscape[0]);
    set_measures(theme);
    set_bar(theme);
    set_panel(theme);
}

// An estimate for tests without fonts: four widths of letters of Noto Sans Bold.
static float estimate(const char *text, float size_mm, bool bold)
{
    float letters = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if ((*c & 0xC0) != 0x80)
            letters += strchr("iIjl.,:;!|' ", *c)  ? 0.31F
                       : strchr("tfrsJz-()\"", *c) ? 0.46F
                       : strchr("mwMW", *c)        ? 0.92F
                                                   : 0.6F;
    return letters * size_mm * (bold ? 1.0F : 0.94F);
}

int theme_size_px(const struct theme *theme, float size_mm)
{
    return (int)floorf(size_mm * theme->px_per_mm + 0.5F);
}

float theme_text_width(const struct theme *theme, const char *text, float size_mm, bool bold,
                       const char *script)
{
    (void)script; // fonts are chosen letter by letter
    int size_px = theme_size_px(theme, size_mm);
    if (theme->options.text_width)
        return (float)theme->options.text_width(text, size_px, bold) / theme->px_per_mm;
    return estimate(text, (float)size_px / theme->px_per_mm, bold);
}

static double linear(uint32_t channel)
{
    double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
}

float theme_contrast(uint32_t a, uint32_t b)
{
    double first = luminance(a), second = luminance(b);
    double light = fmax(first, second), dark = fmin(first, second);
    return (float)((light + 0.05) / (dark + 0.05));
}

float theme_shape_contrast(const struct theme *theme)
{
    static const struct {
        enum colour shape, ground;
    } pairs[] = {
        {COLOUR_EDGE, COLOUR_TILE},       {COLOUR_EDGE, COLOUR_PAPER},   {COLOUR_EDGE, COLOUR_LIGHT},
        {COLOUR_CHOSEN, COLOUR_PAPER},    {COLOUR_CHOSEN, COLOUR_SOFT},  {COLOUR_ON_CHOSEN, COLOUR_CHOSEN},
        {COLOUR_WALKED, COLOUR_PANEL},    {COLOUR_AHEAD, COLOUR_PANEL},  {COLOUR_FOCUS_OUT, COLOUR_PAPER},
        {COLOUR_FOCUS_OUT, COLOUR_LIGHT}, {COLOUR_ON_DISC, COLOUR_DISC}, {COLOUR_DISC, COLOUR_PRIMARY},
        {COLOUR_PRIMARY, COLOUR_PAPER}};
    float least = 21;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        least = fminf(least, theme_contrast(theme->colours[pairs[i].shape], theme->colours[pairs[i].ground]));
    return least;
}

int theme_motion_ms(enum motion motion)
{
    static const int durations_ms[MOTIONS] = {
        [MOTION_TICK] = 120, [MOTION_WALK] = 200, [MOTION_RISE] = 200, [MOTION_HAND] = 180};
    return durations_ms[motion];
}
