// Which colours of the theme meet in a look: for measuring contrast, without a canvas.
#include "ui/paint.h"

#include "base/banned.h"

bool paint_colours(const struct element *element, const struct theme *theme, uint32_t *text, uint32_t *ground)
{
    static const struct {
        enum colour text, ground;
        bool is_set;
    } pairs[LOOKS] = {
        [LOOK_TITLE] = {COLOUR_ON_PANEL, COLOUR_PANEL, true},
        [LOOK_BODY] = {COLOUR_INK, COLOUR_PAPER, true},
        [LOOK_SHEET_TITLE] = {COLOUR_INK, COLOUR_PAPER, true},
        [LOOK_TOWN] = {COLOUR_INK, COLOUR_LIGHT, true},
        [LOOK_TILE_COLUMN] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_TILE_ROW] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_ANSWER_ROW] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_ANSWER_COLUMN] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_PRIMARY] = {COLOUR_ON_PRIMARY, COLOUR_PRIMARY, true},
        [LOOK_PLAIN] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_TOOL] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_KEY] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_KEY_VARIANT] = {COLOUR_ON_TILE, COLOUR_VARIANT, true},
        [LOOK_FIELD] = {COLOUR_ON_TILE, COLOUR_CREAM, true},
        [LOOK_DIGITS] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_LEAF] = {COLOUR_NAVY, COLOUR_WHITE, true},
        [LOOK_SLOT] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_CLOCK] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_FACT] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_LINE] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_HERO] = {COLOUR_ON_TILE, COLOUR_TILE, true},
        [LOOK_CODE] = {COLOUR_NAVY, COLOUR_WHITE, true},
        [LOOK_START_BEGIN] = {COLOUR_NAVY, COLOUR_WHITE, true},
        [LOOK_START_SECOND] = {COLOUR_ON_PANEL, COLOUR_PANEL, true},
        [LOOK_STAFF] = {COLOUR_INK, COLOUR_PAPER, true},
        [LOOK_POINT] = {COLOUR_INK, COLOUR_PAPER, true},
    };
    if (!pairs[element->look].is_set)
        return false;
    *text = theme->colours[pairs[element->look].text];
    *ground = theme->colours[pairs[element->look].ground];
    if (element->chosen && element->look != LOOK_TOOL) {
        *text = theme->colours[COLOUR_CHOSEN_WORD];
        *ground = theme->colours[COLOUR_SOFT];
    }
    if (element->disabled) { // disabled words are exempt in WCAG, and still held to 4.5
        *text = theme->colours[COLOUR_OFF_WORD];
        *ground = theme->colours[COLOUR_PAPER];
    }
    return true;
}
