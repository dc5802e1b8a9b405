// Where things stand. A screen is made in three moves, on a cleared list:
//   layout_question(list, theme, &question);            panel, way, plate, title
//   … element_add(list, …) for everything of the screen, in reading order …
//   layout_answers(list, theme, first) or another body;  boxes, sizes and looks for elements from `first` on
//   layout_bar(list, theme, &bar);                      the tools, always last and always in the same place
// Pointers to elements are not valid across a layout call (it may insert). Pure: no window, no files; widths
// of text come from the theme. Nothing overlaps, nothing is cut: what does not fit goes to another page
// (layout_page) or gets one text step smaller.
#ifndef WEGWIJS_UI_LAYOUT_H
#define WEGWIJS_UI_LAYOUT_H

#include "ui/element.h"
#include "ui/keyboard.h"
#include "ui/theme.h"

struct question {
    const char *pictogram; // name; "" or NULL: none
    const char *title;
    const char *second; // a line under it, or NULL
    const char *voice;  // recorded prompt's key, or NULL
    const char *spoken; // when speech differs, or NULL
    int stop, stops;    // of the way; stops 0: no way
};
void layout_question(struct element_list *list, const struct theme *theme, const struct question *question);

// Words of the bar come from the texts; a NULL word leaves the tool out (no voice: speak = NULL). Where back
// and stop make no sense (both NULL) the town stands there. Ids: bar.back bar.stop bar.help bar.speak
// bar.text bar.contrast bar.reach; the modes that are on are taken from the theme.
struct bar {
    const char *back, *stop, *help, *speak, *text, *contrast, *reach;
    const char *town, *shield; // shield: a pictogram's name, NULL for the neutral one
    bool speaking;             // speech on touch is on: the tool looks chosen
};
void layout_bar(struct element_list *list, const struct theme *theme, const struct bar *bar);

// Which items of a long list stand on a page. A page holds `count` items from `first`; has_back and has_more
// tell whether the screen adds the two tiles that turn pages (ids "list.back", "list.more", in this order,
// after the items). `foot`: the screen has a foot.
struct page {
    unsigned first, count, page, pages;
    bool has_back, has_more;
};
struct page layout_page(const struct theme *theme, unsigned total, unsigned page, bool foot);

// Body of answers: elements from `first` on. LOOK_TILE ones are laid out by their number; LOOK_CHIP,
// LOOK_PLAIN and LOOK_PRIMARY ones (if any) form the foot. Two and three tiles with a second line become big
// answers.
void layout_answers(struct element_list *list, const struct theme *theme, unsigned first);

// Explanation, privacy, goodbye: LOOK_POINT elements over the area, LOOK_PLAIN and LOOK_PRIMARY in the foot.
void layout_points(struct element_list *list, const struct theme *theme, unsigned first);
// How many of them with a label and a few lines under it stand well on a page; 1 to 4.
unsigned layout_points_room(const struct theme *theme);

// Name: elements from `first`: LOOK_FIELD (1 or 2), then the LOOK_PRIMARY. Adds the card and the keys
// (ids key.a …, key.delete, key.space, key.order; variants are key.variant.0 … .9).
struct keyboard_words {
    const char *order;                                 // on the key that changes the order
    const char *delete_word, *space_word, *order_word; // spoken
};
void layout_keyboard(struct element_list *list, const struct theme *theme, unsigned first,
                     const struct keyboard *keyboard, const struct keyboard_words *words);

// Phone: elements from `first`: LOOK_DIGITS, LOOK_PLAIN (no phone), LOOK_PRIMARY. Adds the pad: key.0 …
// key.9, key.plus, key.delete.
void layout_pad(struct element_list *list, const struct theme *theme, unsigned first,
                const struct keyboard_words *words);

// Moments: for each day a LOOK_LEAF followed by its LOOK_SLOT ones; then the foot (LOOK_PLAIN). How many days
// and slots a day a page can hold:
void layout_slots_room(const struct theme *theme, unsigned *days, unsigned *slots_a_day);
void layout_slots(struct element_list *list, const struct theme *theme, unsigned first);

// Check: LOOK_HERO (may be missing), LOOK_LINE ones, LOOK_PRIMARY (and LOOK_PLAIN). The room for lines: rows
// and columns of a page. A line with two pictures takes a whole row.
void layout_check_room(const struct theme *theme, bool hero, unsigned *rows, unsigned *columns);
void layout_check(struct element_list *list, const struct theme *theme, unsigned first);

void layout_slip(struct element_list *list, const struct theme *theme,
                 unsigned first); // LOOK_PAPER, LOOK_PLAIN, LOOK_PRIMARY
// No paper: LOOK_LEAF, LOOK_CLOCK, LOOK_FACT; LOOK_QR (optional), LOOK_CODE; LOOK_PRIMARY. Adds the card.
void layout_no_paper(struct element_list *list, const struct theme *theme, unsigned first);
// Goodbye: LOOK_LEAF, LOOK_CLOCK, LOOK_FACT ones in a row, then LOOK_POINT ones, then the foot.
void layout_goodbye(struct element_list *list, const struct theme *theme, unsigned first);
// Start: LOOK_SCENE, LOOK_WELCOME, LOOK_START_BEGIN, LOOK_START_SECOND (optional), LOOK_STAFF (optional).
// No layout_question before it.
#define LAYOUT_SCENE_TALL (1150.0F / 1080) // height by width of assets/scenes/start-tall.svg
void layout_start(struct element_list *list, const struct theme *theme, unsigned first);
// Whether the start's words stand on the panel; else in the picture's sky.
bool layout_welcome_on_panel(const struct theme *theme);
// Over any screen (also after layout_bar): LOOK_SHEET_TITLE, LOOK_RING (optional), LOOK_POINT or LOOK_BODY
// texts (help), LOOK_PRIMARY, LOOK_PLAIN. Adds veil and sheet; what is under the veil is out of reach.
void layout_sheet(struct element_list *list, const struct theme *theme, unsigned first);
// How many points with a sentence under them a sheet holds; 1 to 10.
unsigned layout_sheet_room(const struct theme *theme);

// The way out when nothing else fits, and for tests: the answers' area of this theme.
struct box layout_area(const struct theme *theme);

// ---- text, used by layout, painting and measuring alike
#define LAYOUT_LINES_MAX 8
// Breaks between words into at most `most` lines that fit `width`, of about equal length. Fills starts and
// ends (bytes). Returns the number of lines; 0 when it cannot fit.
unsigned layout_break(const struct theme *theme, const char *text, float size_mm, bool bold,
                      const char *script, float width, unsigned most, unsigned short starts[],
                      unsigned short ends[]);
#endif
