// The one list of elements: what a screen is. The same list is painted, touched, focused, spoken and dumped.
// What is not in the list does not exist. Screen thread only; lists are values, rebuilt for each state.
#ifndef WEGWIJS_UI_ELEMENT_H
#define WEGWIJS_UI_ELEMENT_H

#include <stdbool.h>
#include <stdint.h>

#define ELEMENT_ID_SIZE 48
#define ELEMENT_LABEL_SIZE 192
#define ELEMENTS_MAX 96

enum element_role { // what it is, for keys, speech and dump
    ROLE_TITLE,     // the question
    ROLE_TEXT,      // read, not touched
    ROLE_PICTURE,   // seen, not touched
    ROLE_BUTTON,    // touched once
    ROLE_CHOICE,    // one of several answers, or one of many (state chosen)
    ROLE_KEY,       // on-screen keyboard or pad
    ROLE_FIELD,     // holds what is typed
    ROLE_TOOL,      // of the bar
    ROLE_PROGRESS,  // the way
};

enum element_look { // how it is painted; see theme.h
    LOOK_PANEL,
    LOOK_WAY,
    LOOK_PLATE,
    LOOK_TITLE,
    LOOK_BODY,
    LOOK_BAR,
    LOOK_TOWN,
    LOOK_TILE_COLUMN,
    LOOK_TILE_ROW,
    LOOK_ANSWER_ROW,
    LOOK_ANSWER_COLUMN,
    LOOK_PRIMARY,
    LOOK_PLAIN,
    LOOK_TOOL,
    LOOK_KEY,
    LOOK_KEY_VARIANT,
    LOOK_CARD,
    LOOK_FIELD,
    LOOK_DIGITS,
    LOOK_LEAF,
    LOOK_SLOT,
    LOOK_CLOCK,
    LOOK_CHIP,
    LOOK_LINE,
    LOOK_HERO,
    LOOK_QR,
    LOOK_CODE,
    LOOK_SCENE,
    LOOK_START_BEGIN,
    LOOK_START_SECOND,
    LOOK_VEIL,
    LOOK_RING,
    LOOK_PAPER,
    LOOK_FILL
};

struct box { // millimetres, from the upper left corner of the screen
    float x, y, width, height;
};

struct element {
    char id[ELEMENT_ID_SIZE]; // stable: "topic.work"
    enum element_role role;
    enum element_look look;
    struct box box;
    char label[ELEMENT_LABEL_SIZE];  // what it says
    char second[ELEMENT_LABEL_SIZE]; // second line
    char spoken[ELEMENT_LABEL_SIZE]; // when speech differs from the label; "" else
    char pictogram[32];              // name without .svg; "" for none
    char language[12];               // of the label when it is not Dutch: for shaping and voice
    char script[5];                  // ISO 15924, "" for Latn
    bool chosen, disabled, focused, touched, is_private; // is_private: spoken only on explicit request
    int32_t day;                                         // LOOK_LEAF, LOOK_HERO
    int16_t minute;                                      // LOOK_SLOT, LOOK_CLOCK, LOOK_HERO: since midnight
    int16_t value, of; // LOOK_WAY: stop and stops; LOOK_RING: seconds left and seconds
};

struct element_list {
    char screen[32]; // "topics", "indicator.dutch"
    struct element elements[ELEMENTS_MAX];
    unsigned count;
};

struct element *element_add(struct element_list *list, const char *id, enum element_role role,
                            enum element_look look); // cleared but for these; aborts when full
struct element *element_find(struct element_list *list, const char *id);
bool element_touchable(const struct element *element);
// The touchable element under a point (mm), topmost (last) first; NULL when none.
struct element *element_at(struct element_list *list, float x, float y);
#endif
