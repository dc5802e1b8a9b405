// The theme: every size, colour and mode of the look, made once from the screen and the visitor's modes.
// Lengths are millimetres. Numbers are those of the look's reference (27 inch, short side 337.5 mm), times
// `scale` on a smaller panel, never under the minima of the norms (EN 301 549, VVSG 2.0: see the constants).
// A value; screen thread, or any thread that owns one.
#ifndef WEGWIJS_UI_THEME_H
#define WEGWIJS_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#define THEME_CAPITAL 0.714F      // capital height of Noto Sans, of its size
#define THEME_MIN_CAPITAL_MM 4.8F // VVSG 7.1, EN 5.1.4
#define THEME_OWN_TARGET_MM 20.0F // own; under a short side of 180 mm (12 inch) it shrinks, to the norm's
#define THEME_MIN_TARGET_MM 12.7F // VVSG
#define THEME_MIN_KEY_MM 12.7F    // VVSG: keys of the keyboard may always go to it
#define THEME_MIN_GAP_MM 4.0F
#define THEME_MIN_KEY_GAP_MM 2.6F  // VVSG 2.54
#define THEME_REACH_TOP_MM 1220.0F // EN 8.3: highest touchable edge above the floor

enum text_step { TEXT_NORMAL, TEXT_LARGE, TEXT_LARGEST, TEXT_STEPS };

struct theme_options {
    int width_px, height_px;
    float width_mm;      // 0: as wide as a 27 inch panel of this orientation
    float height_mm;     // 0: from the pixels' shape
    float lower_edge_mm; // of the screen above the floor, for reach; 0: as the reference (856 mm)
    enum text_step text;
    bool contrast, reach;
    bool motion;   // only what explains; false: nothing moves
    bool no_words; // every word becomes a block, for trials
    // Width in pixels of one line of text of this size in pixels; NULL: an estimate. paint_text_width is the
    // real one.
    int (*text_width)(const char *text, int size_px, bool bold);
};

enum colour {        // 0xRRGGBB in theme.colours
    COLOUR_INK,      // all text on paper and white
    COLOUR_PANEL,    // question panel
    COLOUR_ON_PANEL, // text on it
    COLOUR_PAPER,    // answers' background
    COLOUR_TILE,     // tiles, keys, tools
    COLOUR_ON_TILE,
    COLOUR_PRIMARY,
    COLOUR_ON_PRIMARY,
    COLOUR_PRIMARY_EDGE, // its lower edge and touched fill
    COLOUR_DISC,         // of the primary's mark
    COLOUR_ON_DISC,
    COLOUR_LIGHT,     // bar, touched tile, empty parts
    COLOUR_MIST,      // picture field
    COLOUR_CHOSEN,    // ring, tick
    COLOUR_ON_CHOSEN, // the check in the tick
    COLOUR_SOFT,      // fill of a chosen tile
    COLOUR_CHOSEN_WORD,
    COLOUR_WALKED,  // amber
    COLOUR_AHEAD,   // stops to come
    COLOUR_CREAM,   // active field
    COLOUR_VARIANT, // variant keys
    COLOUR_EDGE,
    COLOUR_OFF_WORD, // disabled
    COLOUR_FOCUS_IN, // the ring touching
    COLOUR_FOCUS_OUT,
    COLOUR_PLATE, // behind every pictogram that needs white
    COLOUR_NAVY,  // as printed: leaf, card, QR stay so in every mode
    COLOUR_WHITE,
    COLOUR_TEAL,
    COLOUR_AMBER,
    COLOURS
};

enum motion {    // all that moves by itself, when options.motion allows it
    MOTION_TICK, // the tick of what was chosen appears
    MOTION_WALK, // the way's marker goes to the next stop
    MOTION_RISE, // the slip comes out
    MOTION_HAND, // Begin's hand presses, every few seconds
    MOTIONS
};
#define THEME_MOTION_MOST_MS 200
int theme_motion_ms(enum motion motion); // how long each takes, at most THEME_MOTION_MOST_MS

struct theme {
    struct theme_options options;
    float width_mm, height_mm, px_per_mm;
    bool landscape;
    float scale; // short side / 337.5, at most 1
    uint32_t colours[COLOURS];
    // type, in mm (em size; capital = 0.714 of it)
    float label, body, word, primary, title, answer, day, sentence, endonym, hour, field, digit, key, pad_key;
    float floor;  // no text under this outside the bar
    float least;  // no text at all under this
    float target; // nothing to touch is smaller, but keys: 20 mm, on small panels down to the norm's 12.7
    // measures
    bool panel_beside;              // the panel stands left of the answers (landscape), not above them
    float panel, panel_pad;         // its width when beside, else its height
    float bar, bar_pad, bar_margin; // height of the bar, with all its rows
    int bar_rows;
    bool tool_beside; // picture left of the word, not above it
    float tool_width, tool_height, tool_picture, tool_gap, group_gap;
    float margin, pad_y, gap, key_gap;
    float border, edge, radius, key_radius, tool_radius, plate_radius, card_radius, field_radius;
    float tick, ring; // chosen
    float primary_height, disc;
    float touch_top; // in reach mode nothing to touch stands above this; else 0
};

void theme_make(struct theme *theme, const struct theme_options *options);
// Whether reach mode changes anything on this screen: parts of it stand above THEME_REACH_TOP_MM.
bool theme_has_reach(const struct theme *theme);
// A length of the reference on this panel: scaled, not under `least`.
float theme_mm(const struct theme *theme, float reference_mm, float least_mm);
// Type is drawn in whole pixels: the size in pixels that stands for these mm.
int theme_size_px(const struct theme *theme, float size_mm);
float theme_text_width(const struct theme *theme, const char *text, float size_mm, bool bold,
                       const char *script);
// The lowest contrast of a shape that says something on its ground: borders of what can be touched, the way's
// stops, the chosen ring and tick, the focus ring (WCAG 1.4.11: at least 3).
float theme_shape_contrast(const struct theme *theme);
// Contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance).
float theme_contrast(uint32_t a, uint32_t b);
#endif
