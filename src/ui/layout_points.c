// Points: one thought a row, or two columns of them; words that step down until they fit.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

// Lines that label and second take at these sizes, and their height; false when a word is too wide.
static bool words_take(struct element *element, const struct theme *theme, const struct parts *parts,
                       unsigned most, unsigned most_second)
{
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    float width = parts->text.width;
    element->lines = element->second_lines = 0;
    if (*element->label) {
        element->lines = (int16_t)layout_break(theme, element->label, element->size_mm, parts->label_bold,
                                               element->script, width, most, starts, ends);
        if (element->lines == 0)
            return false;
    }
    if (*element->second) {
        element->second_lines =
            (int16_t)layout_break(theme, element->second, element->second_mm, parts->second_bold,
                                  element->script, width, most_second, starts, ends);
        if (element->second_lines == 0)
            return false;
    }
    return parts_text_height(element, parts) <= parts->text.height;
}

#define SECOND_PART 0.88F // of a label's size, at most
#define STEPS_TO_FLOOR 12 // of making words smaller, down to the text step's floor …
#define STEPS_TO_LEAST 8  // … and from there to the norm's

// The size after so many steps: first towards the floor, then below it.
static float stepped(const struct theme *theme, float want, int step)
{
    float floor = fminf(theme->floor, want), least = fminf(theme->least, want);
    if (step <= STEPS_TO_FLOOR)
        return want + (floor - want) * (float)step / STEPS_TO_FLOOR;
    return floor + (least - floor) * (float)(step - STEPS_TO_FLOOR) / STEPS_TO_LEAST;
}

bool layout_words(struct element *element, const struct theme *theme, float want, float want_second,
                  unsigned most, unsigned most_second)
{
    struct parts parts;
    element->lines = element->second_lines = 0; // the place for words must not follow from words
    parts_of(element, theme, &parts);
    int step = 0;
    bool fits = false;
    for (; step <= STEPS_TO_FLOOR + STEPS_TO_LEAST && !fits; step++) {
        element->size_mm = stepped(theme, want, step);
        element->second_mm = stepped(theme, want_second, step);
        if (*element->second) // what stands under a label is smaller
            element->size_mm = fmaxf(element->size_mm, element->second_mm / SECOND_PART);
        fits = words_take(element, theme, &parts, most, most_second);
    }
    if (!*element->second)
        element->second_mm = 0;
    return fits && step <= STEPS_TO_FLOOR + 1;
}

static bool is_number(const char *label)
{
    return *label == '+' || (*label >= '0' && *label <= '9');
}

struct point_grid {
    struct box area;
    unsigned columns, rows;
    float picture; // part of the width that it may take
};

// Upright pictures side by side are equally high: all keep room for the most lines of one of them.
static void even_posters(struct element_list *list, const struct theme *theme, unsigned first,
                         const struct point_grid *grid)
{
    int16_t most = 0;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_POINT && list->elements[i].lines > most)
            most = list->elements[i].lines;
    for (unsigned i = first; i < list->count && grid->columns > 1 && grid->rows == 1; i++) {
        struct element *point = &list->elements[i];
        struct parts parts;
        if (point->look != LOOK_POINT || !*point->pictogram || point->box.height <= 0.9F * point->box.width)
            continue;
        point->lines = most;
        parts_of(point, theme, &parts);
        point->picture_mm = 0.9F * fminf(parts.field.height, 0.84F * point->box.width);
    }
}

// Words without pictures have the room for themselves.
static bool words_alone(const struct element_list *list, unsigned first)
{
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_POINT && *list->elements[i].pictogram)
            return false;
    return true;
}

// Places and fits all points; false when words go under the text step's floor.
static bool place_points(struct element_list *list, const struct theme *theme, unsigned first,
                         const struct point_grid *grid)
{
    float width = (grid->area.width - (float)(grid->columns - 1) * theme->gap) / (float)grid->columns;
    float height = (grid->area.height - (float)(grid->rows - 1) * theme->gap) / (float)grid->rows;
    bool alone = grid->columns == 1 && grid->rows == 1;
    float size = alone ? theme->title * 1.2F : fminf(theme->title, theme->word * 1.5F);
    float second = fmaxf(theme->body * 1.12F, words_alone(list, first) ? size * 0.84F : 0);
    bool fits = true;
    for (int pass = 0; pass < 2; pass++) {
        unsigned at = 0;
        float least = size, least_second = second;
        for (unsigned i = first; i < list->count; i++) {
            struct element *point = &list->elements[i];
            if (point->look != LOOK_POINT)
                continue;
            unsigned column = at % grid->columns, row = at / grid->columns;
            point->box = (struct box){grid->area.x + (float)column * (width + theme->gap),
                                      grid->area.y + (float)row * (height + theme->gap), width, height};
            at++;
            bool upright = *point->pictogram && height > 0.9F * width;
            point->picture_mm =
                upright ? 0.84F * fminf(0.62F * height, width) : 0.84F * fminf(height, grid->picture * width);
            fits = layout_words(point, theme, size, fminf(second, size),
                                is_number(point->label) ? 1
                                : upright               ? 3
                                                        : 4,
                                6) &&
                   fits;
            if (upright) {
                struct parts parts;
                parts_of(point, theme, &parts);
                point->picture_mm = 0.9F * fminf(parts.field.height, 0.84F * width);
            }
            least = fminf(least, point->size_mm);
            if (*point->second)
                least_second = fminf(least_second, point->second_mm);
        }
        size = least;
        second = least_second;
    }
    even_posters(list, theme, first, grid);
    return fits;
}

// The smallest label of points whose words have a place; 0 when one has none.
static float smallest_point(const struct element_list *list, unsigned first)
{
    float least = INFINITY;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_POINT)
            least = fminf(least, list->elements[i].lines > 0 ? list->elements[i].size_mm : 0);
    return least;
}

// A few pictured thoughts beside a panel: side by side, each an upright picture with its words under it.
static bool posters_suit(const struct element_list *list, const struct theme *theme, unsigned first,
                         unsigned count, struct box area)
{
    if (!theme->panel_beside || count < 2 || count > 3 || area.height < 0.9F * area.width / (float)count)
        return false;
    // on a panel that is nearly square pictures are larger one below the other
    if (fminf(0.62F * area.height, area.width / (float)count) <
        0.9F * fminf(area.height / (float)count, 0.42F * area.width))
        return false;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_POINT &&
            (!*list->elements[i].pictogram || *list->elements[i].second))
            return false;
    return true;
}

void layout_points_in(struct element_list *list, const struct theme *theme, unsigned first, struct box area)
{
    static const float pictures[] = {0.42F, 0.34F, 0.27F, 0.2F, 0};
    unsigned count = 0;
    for (unsigned i = first; i < list->count; i++)
        count += list->elements[i].look == LOOK_POINT;
    if (!count)
        return;
    // Two columns where the area is wide; words before pictures.
    bool many = count > (theme->panel_beside ? 3 : 5);
    unsigned wide = many && area.width > 26 * theme->floor ? 2 : 1;
    struct point_grid best = {area, 1, count, 0};
    float size = 0;
    if (posters_suit(list, theme, first, count, area)) {
        struct point_grid posters = {area, count, 1, pictures[0]};
        if (place_points(list, theme, first, &posters) &&
            smallest_point(list, first) >= fmaxf(theme->floor, 0.9F * theme->body))
            return;
    }
    for (unsigned columns = wide; columns > 0; columns--)
        for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
            struct point_grid grid = {area, columns, (count + columns - 1) / columns, pictures[i]};
            if (place_points(list, theme, first, &grid))
                return;
            float least = smallest_point(list, first);
            if (least > size) {
                size = least;
                best = grid;
            }
        }
    (void)place_points(list, theme, first, &best);
}

void layout_points(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    layout_foot(list, theme, first, &area, true);
    layout_points_in(list, theme, first, area);
}

unsigned layout_points_room(const struct theme *theme)
{
    struct box area = layout_area(theme);
    area.height -= layout_foot_height(theme, true) + theme->gap;
    // a label and three lines under it, one below the other
    float each = (LINE_WORD + 3 * LINE_BODY) * theme->floor + theme_mm(theme, 8, 3) + theme->gap;
    unsigned columns = theme->panel_beside && area.width > 26 * theme->floor ? 2 : 1;
    unsigned room = columns * (unsigned)((area.height + theme->gap) / each);
    return room < 1 ? 1 : room > 4 ? 4 : room;
}
