#include "draw/calendar.h"

#include "draw/shape.h"

#include "base/banned.h"

float calendar_week_width(const struct calendar_style *style)
{
    return 7 * style->box_width + 6 * style->gap;
}

void calendar_week_draw(struct canvas *canvas, float x, float y, int weekday,
                        const struct calendar_style *style)
{
    for (int day = 1; day <= 7; day++) {
        struct shape_box box = {x + (float)(day - 1) * (style->box_width + style->gap), y, style->box_width,
                                style->box_height};
        bool today = day == weekday, weekend = day >= 6;
        float border = today ? style->border_today : style->border;
        if (weekend && !today && style->weekend_dotted) {
            shape_rounded(canvas, box, style->radius, style->weekend_fill);
            shape_dashed(canvas, box, style->radius, border, 0, border * 1.9f, style->edge);
        } else {
            shape_bordered(canvas, box, style->radius, (struct shape_border){border, border, border, border},
                           today ? style->today_edge : style->edge,
                           today     ? style->today_fill
                           : weekend ? style->weekend_fill
                                     : style->fill);
        }
    }
}
