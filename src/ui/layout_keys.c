// The on-screen keyboard with the identity card, and the number pad with its display.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

#define UNITS 10       // a row of the keyboard
#define NARROW_UNITS 7 // of a panel too narrow for ten keys: four rows of letters
#define LETTERS 28

struct key_grid {
    struct box area;
    float unit, height, last, gap; // last: height of the last row, where the primary stands
    int units, rows;               // keys a row; rows
};

static struct box key_box(const struct key_grid *grid, int row, int column, int units)
{
    return (struct box){grid->area.x + (float)column * (grid->unit + grid->gap),
                        grid->area.y + (float)row * (grid->height + grid->gap),
                        (float)units * grid->unit + (float)(units - 1) * grid->gap,
                        row + 1 == grid->rows ? grid->last : grid->height};
}

static struct element *add_key(struct element_list *list, const struct theme *theme, unsigned at,
                               const char *id, const char *label, struct box box)
{
    struct element *key = element_insert(list, at, id, ROLE_KEY, LOOK_KEY);
    (void)text_copy(key->label, sizeof key->label, label);
    key->box = box;
    float room = fminf(box.height - 2 * theme->edge, (box.width - 2 * theme->border) / 0.95F);
    key->size_mm = fmaxf(theme->least, fminf(theme->key, room));
    key->lines = 1;
    return key;
}

static void letter_id(const char *letter, char *out, size_t size)
{
    const char *name = letter[0] == '\'' ? "apostrophe" : letter[0] == '-' ? "hyphen" : NULL;
    if (name)
        (void)text_print(out, size, "key.%s", name);
    else
        (void)text_print(out, size, "key.%c", letter[0] - 'A' + 'a');
}

static unsigned add_variants(struct element_list *list, const struct theme *theme, unsigned at,
                             const struct keyboard *keyboard, const struct key_grid *grid)
{
    char variants[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE], id[ELEMENT_ID_SIZE];
    keyboard_variants(keyboard, variants);
    for (int i = 0; i < KEYBOARD_VARIANTS && i < grid->units; i++) {
        (void)text_print(id, sizeof id, "key.variant.%d", i);
        struct element *key = add_key(list, theme, at++, id, variants[i], key_box(grid, 0, i, 1));
        key->look = LOOK_KEY_VARIANT;
    }
    return at;
}

static unsigned add_letters(struct element_list *list, const struct theme *theme, unsigned at,
                            const struct keyboard *keyboard, const struct key_grid *grid)
{
    const char *const *keys = keyboard_keys(keyboard);
    char id[ELEMENT_ID_SIZE];
    for (int i = 0; i < LETTERS; i++) {
        letter_id(keys[i], id, sizeof id);
        add_key(list, theme, at++, id, keys[i], key_box(grid, 1 + i / grid->units, i % grid->units, 1));
    }
    return at;
}

static unsigned add_services(struct element_list *list, const struct theme *theme, unsigned at,
                             const struct key_grid *grid, const struct keyboard_words *words)
{
    // Ten keys leave two free behind the letters; seven leave none: delete stands in the last row.
    bool narrow = grid->units == NARROW_UNITS;
    int last = grid->rows - 1;
    struct box erase = narrow ? key_box(grid, last, 3, 1) : key_box(grid, last - 1, 8, 2);
    struct element *key = add_key(list, theme, at++, "key.delete", "", erase);
    (void)text_copy(key->pictogram, sizeof key->pictogram, "delete");
    (void)text_copy(key->spoken, sizeof key->spoken, words->delete_word ? words->delete_word : "");
    key->picture_mm = fminf(theme_mm(theme, 22, 11), fminf(erase.width, grid->height) - 2 * theme->edge - 1);
    key =
        add_key(list, theme, at++, "key.order", words->order ? words->order : "", key_box(grid, last, 0, 2));
    (void)text_copy(key->spoken, sizeof key->spoken, words->order_word ? words->order_word : "");
    struct fit fit = {fminf(theme->word, theme->key),
                      theme->least,
                      key->box.width - 2 * theme->border - 1.5F,
                      0,
                      1,
                      1,
                      true};
    unsigned lines = 0;
    key->size_mm = parts_fit(theme, key->label, "", &fit, &lines);
    key = add_key(list, theme, at++, "key.space", "", key_box(grid, last, 2, narrow ? 1 : 4));
    (void)text_copy(key->spoken, sizeof key->spoken, words->space_word ? words->space_word : "");
    return at;
}

// Fits label and value of a field; false when what is typed does not fit at the text step's floor: its end is
// shown then. In a low field the label is left to the picture, and to the voice.
static bool fit_field(struct element *field, const struct theme *theme)
{
    struct parts parts;
    parts_of(field, theme, &parts);
    unsigned lines = 0;
    float room = field->box.height - 2 * theme->border, caret = theme_mm(theme, 4, 2);
    bool both = room >= (LINE_BODY + 1.2F) * theme->floor;
    float label_room = fmaxf(room * 0.45F, LINE_BODY * theme->floor);
    struct fit label = {fmaxf(theme->floor, fminf(theme->body, theme_mm(theme, 14, 0))),
                        theme->floor,
                        parts.text.width,
                        label_room,
                        LINE_BODY,
                        1,
                        false};
    field->size_mm = parts_fit(theme, field->label, "", &label, &lines);
    if (!both && (*field->second || field->picture_mm > 0))
        field->size_mm = 0;
    float left = room - LINE_BODY * field->size_mm;
    struct fit value = {theme->field, theme->floor, parts.text.width - caret, left, 1.2F, 1, true};
    field->second_mm = parts_fit(theme, *field->second ? field->second : "A", "", &value, &lines);
    field->lines = field->second_lines = 1;
    if (1.2F * field->second_mm > left)
        field->second_mm = fmaxf(1, left / 1.2F); // the caret alone, or a field lower than any letter
    return lines > 0;
}

struct card {
    struct box box;
    float photo;
    bool low;       // fields lie side by side
    float pictures; // of the fields, 1: full size
};

static bool fit_card(struct element_list *list, const struct theme *theme, unsigned card_at, unsigned end,
                     struct card card)
{
    struct box box = card.box;
    float side = theme_mm(theme, card.low ? 7 : 9, 2.5F), gap = theme_mm(theme, 9, 3);
    float band = theme_mm(theme, theme->landscape ? 7 : 12, 0) + theme_mm(theme, card.low ? 6 : 9, 1.2F);
    float top = box.y + band, inside = box.height - band - side;
    float photo = card.low ? fminf(card.photo, inside * 0.9F) : card.photo;
    struct element *ground = &list->elements[card_at];
    ground->box = box;
    ground->picture_mm = photo;
    ground->second_mm = top;
    ground->size_mm = inside;
    float x = box.x + side + (photo > 0 ? photo + gap : 0), width = box.x + box.width - side - x;
    float n = (float)(end - card_at - 1);
    bool fits = true;
    for (unsigned i = card_at + 1; i < end; i++) {
        struct element *field = &list->elements[i];
        float at = (float)(i - card_at - 1);
        if (card.low)
            field->box = (struct box){x + at * (width + theme->gap) / n, top,
                                      (width - (n - 1) * theme->gap) / n, inside};
        else
            field->box = (struct box){x, top + at * (inside + theme->gap) / n, width,
                                      (inside - (n - 1) * theme->gap) / n};
        field->picture_mm = card.pictures * fminf(theme_mm(theme, 40, 12), field->box.height * 0.78F);
        fits = fit_field(field, theme) && fits;
    }
    return fits;
}

// The size of the longest name, when it fits; else 0.
static float try_card(struct element_list *list, const struct theme *theme, unsigned card_at, unsigned end,
                      struct card card)
{
    bool fits = fit_card(list, theme, card_at, end, card);
    float least = theme->field;
    for (unsigned i = card_at + 1; i < end; i++)
        least = fminf(least, list->elements[i].second_mm);
    return fits ? least : 0;
}

// Card with photo and fields. A long name takes the place of the photo, then some of the fields' pictures
// (they tell the first name from the family name), and all of it when it does not fit else.
static void place_card(struct element_list *list, const struct theme *theme, unsigned card_at, unsigned end,
                       struct box box)
{
    static const struct {
        float photo, pictures;
    } tries[] = {{1, 1}, {0, 1}, {0, 0.6F}, {0, 0}};
    enum { TRIES = sizeof tries / sizeof tries[0] };
    struct card card = {.box = box, .low = box.height < theme_mm(theme, 130, 0)}, best = card;
    float photo = theme_mm(theme, card.low ? 62 : 84, 0), size = 0;
    if (box.width < 150)
        photo = card.low ? 0 : fminf(photo, box.width * 0.2F);
    best.pictures = 1;
    for (unsigned i = 0; i < TRIES && size < (i + 1 < TRIES ? theme->body : 0.01F); i++) {
        card.photo = photo * tries[i].photo;
        card.pictures = tries[i].pictures;
        float fitted = try_card(list, theme, card_at, end, card);
        if (fitted > size) {
            size = fitted;
            best = card;
        }
    }
    (void)fit_card(list, theme, card_at, end, best);
}

void layout_keyboard(struct element_list *list, const struct theme *theme, unsigned first,
                     const struct keyboard *keyboard, const struct keyboard_words *words)
{
    struct box area = layout_area(theme);
    if (theme->panel_beside) { // the reference takes 2 mm more above and below here
        area.y -= theme_mm(theme, 2, 0);
        area.height += 2 * theme_mm(theme, 2, 0);
    }
    struct key_grid grid = {.units = UNITS, .gap = theme->key_gap};
    if ((area.width - (UNITS - 1) * grid.gap) / UNITS < THEME_MIN_KEY_MM)
        grid.units = NARROW_UNITS;
    grid.rows = 2 + (LETTERS + grid.units - 1) / grid.units; // variants above, services below
    float rows_n = (float)grid.rows;
    grid.height = theme_mm(theme, theme->panel_beside ? 31 : 40, theme->target);
    float card = fmaxf(theme_mm(theme, 66, 0), 2 * theme->floor + 16); // the least that a card needs
    float all = area.height - theme->gap - (rows_n - 1) * grid.gap;
    if ((all - card - theme->target) / (rows_n - 1) < THEME_MIN_KEY_MM) // the keys before the step's letters
        card = fmaxf(all - theme->target - (rows_n - 1) * (THEME_MIN_KEY_MM + 0.05F),
                     fmaxf(2.45F * theme->least, THEME_MIN_TARGET_MM) + (theme->landscape ? 6.2F : 7.75F));
    float rows = all - card;
    grid.last = fmaxf(fminf(grid.height, rows / rows_n), theme->target);
    grid.height = fminf(grid.height, (rows - grid.last) / (rows_n - 1));
    grid.unit = (area.width - (float)(grid.units - 1) * grid.gap) / (float)grid.units;
    float keys = (rows_n - 1) * grid.height + grid.last + (rows_n - 1) * grid.gap;
    grid.area = (struct box){area.x, area.y + area.height - keys, area.width, keys};
    element_insert(list, first, "name.card", ROLE_PICTURE, LOOK_CARD);
    unsigned end = first + 1;
    while (end < list->count && list->elements[end].look == LOOK_FIELD)
        end++;
    place_card(list, theme, first, end,
               (struct box){area.x, area.y, area.width, area.height - keys - theme->gap});
    unsigned at = add_variants(list, theme, end, keyboard, &grid);
    at = add_letters(list, theme, at, keyboard, &grid);
    at = add_services(list, theme, at, &grid, words);
    for (; at < list->count; at++)
        if (list->elements[at].look == LOOK_PRIMARY)
            layout_button(&list->elements[at], theme,
                          grid.units == UNITS ? key_box(&grid, grid.rows - 1, 6, 4)
                                              : key_box(&grid, grid.rows - 1, 4, 3));
}

void layout_pad(struct element_list *list, const struct theme *theme, unsigned first,
                const struct keyboard_words *words)
{
    static const char *const keys[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0", ""};
    struct box area = layout_area(theme), pad = {0, 0, 0, 0};
    layout_foot(list, theme, first, &area, false);
    bool beside = theme->panel_beside || area.height < theme_mm(theme, 270, 90);
    float gap = fmaxf(theme_mm(theme, 5, THEME_MIN_GAP_MM), theme->key_gap);
    struct box display = area;
    if (beside) {
        display.width = (area.width - theme->gap) / 2;
        pad = (struct box){area.x + display.width + theme->gap, area.y,
                           area.width - display.width - theme->gap, area.height};
    } else {
        float key = fmaxf(theme_mm(theme, 61, 0), theme->target);
        key = fminf(key, (area.height * 0.74F - 3 * gap) / 4);
        float high = 4 * key + 3 * gap;
        display.height = area.height - high - theme->gap;
        pad = (struct box){area.x, area.y + area.height - high, area.width, high};
    }
    unsigned at = first;
    for (; at < list->count; at++)
        if (list->elements[at].look == LOOK_DIGITS) {
            list->elements[at].box = display;
            list->elements[at].second_mm = theme->digit;
            at++;
            break;
        }
    float width = (pad.width - 2 * gap) / 3, height = (pad.height - 3 * gap) / 4;
    for (int i = 0; i < 12; i++) {
        char id[ELEMENT_ID_SIZE];
        (void)text_print(id, sizeof id, "key.%s", i == 9 ? "plus" : i == 11 ? "delete" : keys[i]);
        int column = i % 3, row = i / 3;
        struct box box = {pad.x + (float)column * (width + gap), pad.y + (float)row * (height + gap), width,
                          height};
        struct element *key = add_key(list, theme, at++, id, keys[i], box);
        key->size_mm = fminf(theme->pad_key, height * 0.62F);
        key->size_mm = fmaxf(key->size_mm, theme->least);
        if (i == 11) {
            (void)text_copy(key->pictogram, sizeof key->pictogram, "delete");
            (void)text_copy(key->spoken, sizeof key->spoken, words->delete_word ? words->delete_word : "");
            key->picture_mm = fminf(theme_mm(theme, 28, 11), height - 2 * theme->edge - 1);
        }
    }
}
