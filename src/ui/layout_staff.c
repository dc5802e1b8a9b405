// The staff page's facts: short points in two columns, so that staff see all of them at once.
#include "ui/layout_inner.h"

#include "base/banned.h"

// Only the points of this column are LOOK_POINT while it is laid out.
static void mark_column(struct element_list *list, unsigned first, unsigned from, unsigned to)
{
    unsigned point = 0;
    for (unsigned i = first; i < list->count; i++) {
        struct element *element = &list->elements[i];
        if (element->look != LOOK_POINT && element->look != LOOK_NONE)
            continue;
        element->look = point >= from && point < to ? LOOK_POINT : LOOK_NONE;
        point++;
    }
}

void layout_columns(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct box area = layout_area(theme);
    unsigned points = 0;
    layout_foot(list, theme, first, &area, true);
    for (unsigned i = first; i < list->count; i++)
        points += list->elements[i].look == LOOK_POINT;
    unsigned half = (points + 1) / 2;
    float width = (area.width - theme->gap) / 2;
    for (unsigned column = 0; column < 2; column++) {
        mark_column(list, first, column * half, column == 0 ? half : points);
        layout_points_in(
            list, theme, first,
            (struct box){area.x + (width + theme->gap) * (float)column, area.y, width, area.height});
    }
    mark_column(list, first, 0, points);
}
