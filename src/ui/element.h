// The one list of elements: what a screen is. The same list is painted, touched, focused, spoken and dumped.
// What is not in the list does not exist. Screen thread only; lists are values, rebuilt for each state.
// A screen says what there is (id, role, look, words); layout.h says where and how large.
// The order of the list is the order of painting (later on top), of the four keys and of speech.
#ifndef WEGWIJS_UI_ELEMENT_H
#define WEGWIJS_UI_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ELEMENT_ID_SIZE 48
#define ELEMENT_LABEL_SIZE 192
#define ELEMENTS_MAX 128

enum element_role { // what it is, for keys, speech and dump
    ROLE_TITLE,     // the question
    ROLE_TEXT,      // read, not touched
    ROLE_PICTURE,   // seen, not touched
    ROLE_BUTTON,    // touched once
    ROLE_CHOICE,    // one of several answers, or one of many (state chosen)
    ROLE_KEY,       // on-screen keyboard or pad
    ROLE_FIELD,     // holds what is typed; touched to make it the active one
    ROLE_TOOL,      // of the bar
    ROLE_PROGRESS,  // the way
};

enum element_look { // how it is painted; layout turns LOOK_TILE into the look that the table of lists asks
                    // for
    LOOK_NONE,      // not painted: spoken and dumped only
    LOOK_FILL,      // a plain area in the answers' colour
    LOOK_PANEL,     // the question's dark block
    LOOK_WAY,       // value: this stop, of: stops
    LOOK_PLATE,     // white plate with a pictogram
    LOOK_TITLE,     // the question's words, white; second under it
    LOOK_BODY,      // a text on paper, left; size_mm, bold when label, Regular for second
    LOOK_BAR,       // the light bar
    LOOK_DARK,      // nothing: a screen that is off
    LOOK_TOWN,      // shield and name in the place of back and stop
    LOOK_TILE,      // asks layout_answers to choose
    LOOK_TILE_COLUMN,
    LOOK_TILE_ROW,
    LOOK_ANSWER_ROW, // label in answer size, second a sentence under it, pictogram in a field
    LOOK_ANSWER_COLUMN,
    LOOK_PRIMARY, // the one dark button; mark says arrow or check
    LOOK_PLAIN,   // white button with pictogram; mark may add an arrow at the right
    LOOK_TOOL,
    LOOK_KEY,
    LOOK_KEY_VARIANT,
    LOOK_CARD,    // the identity card behind the name fields (pictogram: the photo)
    LOOK_FIELD,   // label: what it asks; second: what is typed; active: has the cursor
    LOOK_DIGITS,  // second: the digits in groups ("0470 12 3"); of: expected digits, 0 unknown
    LOOK_LEAF,    // label weekday, second month, day
    LOOK_SLOT,    // a clock and the hour; label "9.30 uur"
    LOOK_CLOCK,   // fact: a clock with label under it, not touched
    LOOK_FACT,    // fact: pictogram with label under it, not touched
    LOOK_CHIP,    // foot circle: pictogram when chosen, dashed when free
    LOOK_LINE,    // check: pictogram, label, pencil; with second and pictogram_second two of them
    LOOK_HERO,    // check: leaf (label weekday, second month, day), clock (minute, hour_text), guide (third)
    LOOK_QR,      // payload
    LOOK_CODE,    // label: the code, drawn in boxes in groups of three
    LOOK_QR_CARD, // white card behind QR and code
    LOOK_SCENE,   // start picture (assets/scenes); value, of: shift in hundredths of a mm
    LOOK_START_BEGIN,
    LOOK_START_SECOND,
    LOOK_WELCOME, // label large, second under it, over the scene or on navy
    LOOK_STAFF,   // a small sign for staff on the start screen; with a value it is larger, for newcomers too
    LOOK_VEIL,    // covers what is under it: nothing under a veil can be touched or reached
    LOOK_SHEET,   // the light card on a veil
    LOOK_SHEET_TITLE,
    LOOK_RING, // value seconds left of `of`; pictogram in the middle
    // The slip rising out of the mouth: raster if there is one, else a drawing of it with label weekday,
    // second
    // "24 november", third the town, hour_text, payload the code, day, minute. value: thousandths risen.
    LOOK_PAPER,
    LOOK_POINT, // explanation, privacy, goodbye: pictogram left in a field, label bold, second Regular
    LOOKS
};

enum element_mark { MARK_NONE, MARK_GO, MARK_DONE, MARK_BUSY };

struct box { // millimetres, from the upper left corner of the screen
    float x, y, width, height;
};

struct element_raster { // 1 bit a dot, 1 = black, most significant bit left; must live while it is shown
    const uint8_t *bits;
    unsigned width, height, stride; // dots, dots, bytes
};

struct element {
    char id[ELEMENT_ID_SIZE]; // stable: "topic.work"
    enum element_role role;
    enum element_look look;
    enum element_mark mark;
    struct box box;
    char label[ELEMENT_LABEL_SIZE];  // what it says
    char second[ELEMENT_LABEL_SIZE]; // second line
    char spoken[ELEMENT_LABEL_SIZE]; // when speech differs from label and second; "" else
    char voice[ELEMENT_ID_SIZE];     // key of a recorded prompt ("topic.work"); "" for none
    char third[32];                  // LOOK_HERO: "met Els"
    char hour_text[24];              // LOOK_HERO, LOOK_PAPER: "9.30 uur"
    char pictogram[32];              // name without .svg; "" for none
    char pictogram_second[32];       // a second one: LOOK_LINE, LOOK_SLOT (low or high sun)
    char glyph[8];                   // a letter drawn on the pictogram (language bubble)
    char language[12];               // of the label when it is not Dutch: for shaping and voice
    char script[5];                  // ISO 15924, "" for Latn
    const char *payload; // LOOK_QR: the text; borrowed while the list is shown (window_show copies it)
    const struct element_raster *raster; // LOOK_PAPER: the slip itself; NULL: a drawing of it
    bool chosen, disabled, focused, touched, active;
    bool is_private;    // spoken only on explicit request; dumped without its value
    bool right_to_left; // of the label
    int32_t day;        // LOOK_LEAF, LOOK_HERO, LOOK_PAPER
    int16_t minute;     // LOOK_SLOT, LOOK_CLOCK, LOOK_HERO, LOOK_PAPER: since midnight
    int16_t value, of;  // LOOK_WAY: stop and stops; LOOK_RING: seconds left and seconds; LOOK_POINT: its
                        // number in a story of so many, 0 none; LOOK_STAFF: see there
    // set by layout: sizes of label and second in mm, side of the pictogram in mm, lines kept for label and
    // second
    float size_mm, second_mm, picture_mm;
    int16_t lines, second_lines;
};

struct element_list {
    char screen[32]; // "topics", "indicator.dutch"
    struct element elements[ELEMENTS_MAX];
    unsigned count;
};

void element_list_clear(struct element_list *list, const char *screen); // empties; wipes what was there
struct element *element_add(struct element_list *list, const char *id, enum element_role role,
                            enum element_look look); // cleared but for these; aborts when full
// As element_add, at `index`; those from there on move back: pointers to them are no longer theirs.
struct element *element_insert(struct element_list *list, unsigned index, const char *id,
                               enum element_role role, enum element_look look);
struct element *element_find(struct element_list *list, const char *id);
// By role and look a thing to touch, and not disabled. ROLE_FIELD counts.
bool element_touchable(const struct element *element);
unsigned element_floor(const struct element_list *list); // the first element above the last veil, or 0
// The touchable element under a point (mm), topmost (last) first, none under a veil; NULL when none.
struct element *element_at(struct element_list *list, float x, float y);
// What speech says of it: spoken, else label and second, and its state in Dutch from `chosen_word`
// (may be ""). Private values only when `with_private`. Always terminated.
void element_speech(const struct element *element, const char *chosen_word, bool with_private, char *out,
                    size_t size);
bool element_equal(const struct element *a, const struct element *b);             // paints the same
const char *element_role_name(enum element_role role);                            // "choice", for dumps
const char *element_state(const struct element *element, char *out, size_t size); // "chosen disabled"
#endif
