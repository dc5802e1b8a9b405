// Days and hours: the moments to choose from.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

// Weekday, number and month of a leaf: label's size, the number in second_mm; lines > 0 asks for the week.
void layout_leaf(struct element *leaf, const struct theme *theme, struct box box)
{
    leaf->box = box;
    unsigned lines = 0;
    float width = box.width - 2 * theme->border - theme_mm(theme, 6, 2);
    float label =
        fmaxf(box.height * 0.24F, fminf(LINE_LABEL * 1.02F * theme->floor + 0.2F, box.height * 0.39F));
    struct fit fit = {theme->word * 1.02F, theme->least, width, label, LINE_LABEL, 1, true};
    leaf->size_mm = parts_fit(theme, leaf->label, "", &fit, &lines);
    float month = leaf->size_mm / 1.02F * 0.92F;
    while (leaf->size_mm > theme->least && theme_text_width(theme, leaf->second, month, false, "") > width) {
        leaf->size_mm = fmaxf(theme->least, leaf->size_mm * 0.96F);
        month = leaf->size_mm / 1.02F * 0.92F;
    }
    float band = LINE_LABEL * leaf->size_mm + theme_mm(theme, 6.4F, 2);
    float room = box.height - band;
    // one above the other where number, month and week have room for it
    float stacked = theme->day + 1.2F * month + theme_mm(theme, 9, 4) + theme_mm(theme, 15, 5);
    bool beside = box.width > room * 1.6F && room < stacked;
    float number = fminf(theme->day, beside ? room * 0.62F : room - 1.2F * month - theme_mm(theme, 4, 1));
    if (beside) { // two digits take 1.15 of their size
        float left = width - theme_text_width(theme, leaf->second, month, true, "") - theme_mm(theme, 4, 2);
        number = fminf(number, left / 1.2F);
        beside = number >= 1.2F * month;
        if (!beside)
            number = fminf(theme->day, room - 1.2F * month);
    }
    leaf->of = beside;
    leaf->second_mm = fmaxf(theme->least, number);
    leaf->lines = room - (beside ? 0 : 1.2F * month) - leaf->second_mm > theme_mm(theme, 15, 7);
    leaf->second_lines = 1;
}

// ---- moments
#define SLOT_EMS 5.4F // width of an hour with its pads

void layout_slots_room(const struct theme *theme, unsigned *days, unsigned *slots_a_day)
{
    struct box area = layout_area(theme);
    area.height -= theme_mm(theme, 42, theme->target) + theme->gap;
    *days = 3;
    *slots_a_day = 2;
    if (theme->panel_beside) { // a column must hold a clock and the hour beside it, and a weekday
        float column = (theme->floor * 4.9F + theme_mm(theme, 18, 6)) / 0.78F, gap = theme_mm(theme, 12, 4);
        column = fmaxf(column, LEAF_EMS * theme->floor);
        float leaf = LEAF_HIGH_EMS * theme->floor, slot = 1.6F * theme->floor + theme_mm(theme, 10, 4);
        if (area.height - leaf - 2 * theme->gap < 2 * fmaxf(slot, theme->target))
            *slots_a_day = 1;
        while (*days > 1 && (area.width - (float)(*days - 1) * gap) / (float)*days < column)
            --*days;
        return;
    }
    if ((area.width - LEAF_EMS * theme->floor - 2 * theme->gap) / 2 < SLOT_EMS * theme->floor)
        *slots_a_day = 1;
    // a row must hold a leaf and clocks that can be read
    float least = fmaxf(theme_mm(theme, 80, 0), 5.2F * theme->floor);
    while (*days > 1 && (area.height - (float)(*days - 1) * theme->gap) / (float)*days < least)
        --*days;
}

struct day {
    unsigned leaf, slots; // index of the leaf, how many slots follow
};

static unsigned find_days(const struct element_list *list, unsigned first, struct day days[], unsigned room)
{
    unsigned count = 0;
    for (unsigned i = first; i < list->count; i++) {
        if (list->elements[i].look == LOOK_LEAF && count < room) {
            days[count].leaf = i;
            days[count++].slots = 0;
        } else if (list->elements[i].look == LOOK_SLOT && count > 0) {
            days[count - 1].slots++;
        }
    }
    return count;
}

static void slot_words(struct element *slot, const struct theme *theme, struct box box, bool wide)
{
    slot->box = box;
    float height = box.height - theme->border - theme->edge;
    unsigned lines = 0;
    float pad = theme_mm(theme, 5, 1.5F);
    if (wide) {
        slot->picture_mm = fminf(height - 2 * theme_mm(theme, 4, 1.2F), 0.44F * box.width);
        float pads = theme_mm(theme, 18, 6);
        float need = theme_text_width(theme, slot->label, theme->floor, true, "") + pads;
        if (slot->picture_mm > box.width - need) // words before the clock
            slot->picture_mm = fmaxf(0.22F * box.width, box.width - need);
        float text = box.width - slot->picture_mm - pads;
        struct fit fit = {theme->hour, theme->least, text, 0, 1, 1, true};
        slot->size_mm = parts_fit(theme, slot->label, "", &fit, &lines);
        slot->second_mm = fminf(theme_mm(theme, 24, 8), height - slot->size_mm - theme_mm(theme, 10, 3));
        if (slot->second_mm < theme_mm(theme, 17, 9)) { // low: the sun before the hour, where there is room
            float sun = fminf(theme_mm(theme, 24, 9), height - theme_mm(theme, 8, 3));
            float words = theme_text_width(theme, slot->label, slot->size_mm, true, "");
            bool room = text - words - 2 > sun + theme_mm(theme, 4, 1.5F);
            slot->second_mm = room ? sun : slot->second_mm < theme_mm(theme, 12, 6) ? 0 : slot->second_mm;
        }
    } else {
        float sun = theme_mm(theme, 16, 7), between = theme_mm(theme, 3, 1);
        float width = box.width - 2 * theme->border - theme_mm(theme, 4, 1.5F);
        struct fit fit = {theme->hour, theme->floor, width - sun - between, 0, 1, 1, true};
        slot->size_mm = parts_fit(theme, slot->label, "", &fit, &lines);
        slot->second_mm = sun;
        if (lines == 0) { // the hour before the sun
            slot->second_mm = 0;
            fit.width = width;
            fit.least = theme->least;
            slot->size_mm = parts_fit(theme, slot->label, "", &fit, &lines);
        }
        float text = fmaxf(slot->size_mm, slot->second_mm);
        slot->picture_mm = fminf(width, height - 2 * pad - text - theme_mm(theme, 2, 0.7F));
    }
    slot->lines = 1;
}

static void one_hour_size(struct element_list *list, unsigned first)
{
    float size = INFINITY, sun = INFINITY;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_SLOT) {
            size = fminf(size, list->elements[i].size_mm);
            sun = fminf(sun, list->elements[i].second_mm);
        }
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_SLOT) {
            list->elements[i].size_mm = size;
            list->elements[i].second_mm = sun;
        }
}

static void one_leaf_size(struct element_list *list, unsigned first)
{
    float size = INFINITY, number = INFINITY;
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_LEAF) {
            size = fminf(size, list->elements[i].size_mm);
            number = fminf(number, list->elements[i].second_mm);
        }
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == LOOK_LEAF) {
            list->elements[i].size_mm = size;
            list->elements[i].second_mm = number;
        }
}

static void days_in_rows(struct element_list *list, const struct theme *theme, const struct day *days,
                         unsigned count, struct box area)
{
    float gap = theme_mm(theme, 9, THEME_MIN_GAP_MM);
    unsigned rows = count < 2 ? 2 : count; // one day alone must not become a poster
    float height = (area.height - (float)(rows - 1) * gap) / (float)rows;
    float leaf = fminf(theme_mm(theme, 88, 0), area.width * 0.34F);
    leaf = fmaxf(leaf, fminf(LEAF_EMS * theme->floor, 0.42F * area.width));
    for (unsigned d = 0; d < count; d++) {
        float y = area.y + (float)d * (height + gap);
        layout_leaf(&list->elements[days[d].leaf], theme, (struct box){area.x, y, leaf, height});
        unsigned slots = days[d].slots;
        unsigned room = 2, all = 0;
        layout_slots_room(theme, &all, &room);
        float n = slots > room ? (float)slots : (float)room;
        float x = area.x + leaf + theme->gap;
        float width = (area.x + area.width - x - (n - 1) * theme->gap) / n;
        for (unsigned i = 0; i < slots; i++)
            slot_words(&list->elements[days[d].leaf + 1 + i], theme,
                       (struct box){x + (float)i * (width + theme->gap), y, width, height},
                       width > height * 1.35F);
    }
}

static void days_in_columns(struct element_list *list, const struct theme *theme, const struct day *days,
                            unsigned count, struct box area)
{
    float gap = theme_mm(theme, 12, THEME_MIN_GAP_MM);
    unsigned columns = count < 2 ? 2 : count, most = 1, all = 0;
    layout_slots_room(theme, &all, &most);
    for (unsigned d = 0; d < count; d++)
        most = days[d].slots > most ? days[d].slots : most;
    float width = (area.width - (float)(columns - 1) * gap) / (float)columns;
    float leaf = fmaxf(fminf(theme_mm(theme, 82, 0), area.height * 0.38F), LEAF_HIGH_EMS * theme->floor);
    leaf = fminf(leaf, 0.5F * area.height);
    float height = (area.height - leaf - (float)most * theme->gap) / (float)most;
    for (unsigned d = 0; d < count; d++) {
        float x = area.x + (float)d * (width + gap);
        layout_leaf(&list->elements[days[d].leaf], theme, (struct box){x, area.y, width, leaf});
        for (unsigned i = 0; i < days[d].slots; i++)
            slot_words(
                &list->elements[days[d].leaf + 1 + i], theme,
                (struct box){x, area.y + leaf + theme->gap + (float)i * (height + theme->gap), width, height},
                width > height * 1.35F);
    }
}

void layout_slots(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    struct day days[8];
    layout_foot(list, theme, first, &area, false);
    unsigned count = find_days(list, first, days, 8);
    if (theme->panel_beside)
        days_in_columns(list, theme, days, count, area);
    else
        days_in_rows(list, theme, days, count, area);
    one_hour_size(list, first);
    one_leaf_size(list, first);
}
