#include "kiosk/screens/screens.h"
#include <math.h>

#include "base/memory.h"
#include "draw/pictogram.h"
#include "kiosk/screens/common.h"
#include "kiosk/visit_flow.h"

#include "base/banned.h"

typedef void screen_build(const struct view *view, struct element_list *list);

static screen_build *const screens[SCREENS] = {
    [SCREEN_START] = screen_start,
    [SCREEN_CHECKIN] = screen_checkin,
    [SCREEN_LANGUAGE] = screen_language,
    [SCREEN_EXPLANATION] = screen_explanation,
    [SCREEN_INDICATOR] = screen_indicator,
    [SCREEN_TOPICS] = screen_topics,
    [SCREEN_REFERRED] = screen_referred,
    [SCREEN_PRIVACY] = screen_privacy,
    [SCREEN_PRIVACY_MORE] = screen_privacy_more,
    [SCREEN_NAME] = screen_name,
    [SCREEN_PHONE] = screen_phone,
    [SCREEN_PHONE_CHECK] = screen_phone_check,
    [SCREEN_SLOT] = screen_slot,
    [SCREEN_CALLBACK] = screen_callback,
    [SCREEN_CHECK] = screen_check,
    [SCREEN_SLIP] = screen_slip,
    [SCREEN_GOODBYE] = screen_goodbye,
    [SCREEN_BUSY] = screen_busy,
    [SCREEN_FAILED] = screen_failed,
    [SCREEN_PIN] = screen_pin,
    [SCREEN_STAFF] = screen_staff,
    [SCREEN_STAFF_STATUS] = screen_staff_status,
    [SCREEN_REPRINT] = screen_reprint,
};

static screen_build *const sheets[] = {[OVERLAY_NONE] = NULL,
                                       [OVERLAY_IDLE] = sheet_idle,
                                       [OVERLAY_HELP] = sheet_help,
                                       [OVERLAY_STOP] = sheet_stop,
                                       [OVERLAY_VOICE] = NULL};

// On the start screen the town's name is the staff page's door: in the list, so that keys reach it too.
static void put_door(const struct view *view, struct element_list *list)
{
    struct element *town = element_find(list, "bar.town");
    if (town == NULL || !view->world->staff || view->visit->screen != SCREEN_START)
        return;
    town->role = ROLE_BUTTON;
    text_copy(town->spoken, sizeof town->spoken, say(view, "spoken.bar.town"));
}

static void bar(const struct view *view, struct element_list *list)
{
    bool back = flow_has_back(view->visit);
    layout_bar(list, view->theme,
               &(struct bar){.back = back ? say(view, "bar.back") : NULL,
                             .stop = back ? say(view, "bar.stop") : NULL,
                             .help = say(view, "bar.help"),
                             .speak = view->voice ? say(view, "bar.speak") : NULL,
                             .text = view->world->text_steps == 1 ? NULL : say(view, "bar.text"),
                             .contrast = say(view, "bar.contrast"),
                             .reach = view->world->no_reach ? NULL : say(view, "bar.reach"),
                             .town = view->world->town->name,
                             .shield = view->world->town->shield != NULL ? PICTOGRAM_OWN : NULL,
                             .speaking = view->visit->speaking});
}

// Against burn-in all of the start screen wanders, 1 mm a minute: within 4 mm to both sides and 3 mm up and
// down, in ways of different length. Only even grounds stay.
static float wander(int64_t minute, int most)
{
    int at = (int)(minute % (4 * most));
    return (float)(at <= most ? at : at <= 3 * most ? 2 * most - at : at - 4 * most);
}

// Where two grounds meet wanders too; they stay against the screen's edges.
static void drift_one(struct element *element, const struct theme *theme, float x, float y)
{
    struct box *box = &element->box;
    bool wide = theme->landscape;
    switch (element->look) {
    case LOOK_SCENE:
        element->value = (int16_t)lroundf(x * 100);
        element->of = (int16_t)lroundf(y * 100);
        box->width += wide ? x : 0;
        box->height += y;
        break;
    case LOOK_PANEL:
        box->x += wide ? x : 0;
        box->width -= wide ? x : 0;
        box->y += wide ? 0 : y;
        box->height += wide ? y : 0;
        break;
    case LOOK_BAR:
        box->y += y;
        box->height -= y;
        break;
    default:
        box->x += x;
        box->y += y;
    }
}

// Whole pixels: what is drawn keeps its size, so that the pictures already drawn are taken.
static float whole_pixels(const struct theme *theme, float mm)
{
    return roundf(mm * theme->scale * theme->px_per_mm) / theme->px_per_mm;
}

static void drift(const struct view *view, struct element_list *list)
{
    const struct theme *theme = view->theme;
    bool start = view->visit->screen == SCREEN_START && view->visit->overlay == OVERLAY_NONE;
    int64_t minute = view->now_ms / 60000;
    float x = whole_pixels(theme, wander(minute, 4)), y = whole_pixels(theme, wander(minute, 3));
    for (unsigned i = 0; start && theme->options.motion && i < list->count; i++)
        drift_one(&list->elements[i], theme, x, y);
}

void screens_build(const struct view *view, struct element_list *list)
{
    char name[sizeof list->screen];
    visit_screen_name(view->world, view->visit, name, sizeof name);
    element_list_clear(list, name);
    if (view->dark) { // a finger anywhere is on it; what it does is to wake
        element_add(list, "dark", ROLE_BUTTON, LOOK_DARK)->box =
            (struct box){0, 0, view->theme->width_mm, view->theme->height_mm};
        return;
    }
    if (view->visit->overlay == OVERLAY_VOICE)
        sheet_voice(view, list);
    else
        screens[view->visit->screen](view, list);
    bar(view, list);
    put_door(view, list);
    drift(view, list);
    if (sheets[view->visit->overlay] != NULL)
        sheets[view->visit->overlay](view, list);
}
