#include "kiosk/screens/common.h"

#include <string.h>

#include "base/memory.h"
#include "kiosk/visit_flow.h"

#include "base/banned.h"

const char *say(const struct view *view, const char *key)
{
    return catalog_get(view->texts, key);
}

static void set_spoken(const struct view *view, struct element *element, const char *key)
{
    char spoken[ELEMENT_LABEL_SIZE];
    text_print(spoken, sizeof spoken, "spoken.%s", key);
    if (catalog_has(view->texts, spoken))
        text_copy(element->spoken, sizeof element->spoken, say(view, spoken));
    text_copy(element->voice, sizeof element->voice, key);
}

struct element *put(const struct view *view, struct element_list *list, const char *id,
                    enum element_role role, enum element_look look, const char *key)
{
    struct element *element = element_add(list, id, role, look);
    text_copy(element->label, sizeof element->label, say(view, key));
    set_spoken(view, element, key);
    return element;
}

struct element *put_picture(const struct view *view, struct element_list *list, const char *id,
                            enum element_role role, enum element_look look, const char *key,
                            const char *pictogram)
{
    struct element *element = put(view, list, id, role, look, key);
    text_copy(element->pictogram, sizeof element->pictogram, pictogram);
    return element;
}

void put_primary(const struct view *view, struct element_list *list, const char *id, const char *key,
                 enum element_mark mark, bool enabled)
{
    struct element *element = put(view, list, id, ROLE_BUTTON, LOOK_PRIMARY, key);
    element->mark = mark;
    element->disabled = !enabled;
}

void put_plain(const struct view *view, struct element_list *list, const char *id, const char *key,
               const char *pictogram)
{
    put_picture(view, list, id, ROLE_BUTTON, LOOK_PLAIN, key, pictogram);
}

// Checking in, a kiosk that is full and the staff page are no part of the way.
static bool on_the_way(const struct visit *visit)
{
    return visit->screen != SCREEN_CHECKIN && visit->screen != SCREEN_BUSY && !staff_is(visit->screen);
}

void ask_text(const struct view *view, struct element_list *list, const char *key, const char *title,
              const char *second, const char *pictogram)
{
    layout_question(list, view->theme,
                    &(struct question){.pictogram = pictogram,
                                       .title = title,
                                       .second = second,
                                       .voice = key,
                                       .stop = (int)visit_stop(view->world, view->visit),
                                       .stops = on_the_way(view->visit) ? (int)visit_stops(view->world) : 0});
}

void ask(const struct view *view, struct element_list *list, const char *name, const char *pictogram)
{
    char title[ELEMENT_ID_SIZE], second[ELEMENT_ID_SIZE];
    text_print(title, sizeof title, "title.%s", name);
    text_print(second, sizeof second, "second.%s", name);
    ask_text(view, list, title, say(view, title), catalog_has(view->texts, second) ? say(view, second) : NULL,
             pictogram);
}

// ---- days and hours

void hour_text(const struct view *view, int minute, char *out, size_t size)
{
    char hours[12], minutes[12];
    text_print(hours, sizeof hours, "%d", minute / 60);
    text_print(minutes, sizeof minutes, "%02d", minute % 60);
    catalog_fill(out, size, say(view, "time.hour"),
                 (const char *const[]){"hour", hours, "minute", minutes, NULL});
}

void hour_spoken(const struct view *view, int minute, char *out, size_t size)
{
    char hours[12], minutes[12];
    text_print(hours, sizeof hours, "%d", minute / 60);
    text_print(minutes, sizeof minutes, "%d", minute % 60);
    catalog_fill(out, size, say(view, minute % 60 == 0 ? "spoken.time.whole" : "spoken.time.hour"),
                 (const char *const[]){"hour", hours, "minute", minutes, NULL});
}

void day_text(const struct view *view, int32_t day, char *out, size_t size)
{
    struct civil_date date = day_civil(day);
    char number[12];
    text_print(number, sizeof number, "%d", date.day);
    catalog_fill(out, size, say(view, "time.day"),
                 (const char *const[]){"weekday", catalog_getf(view->texts, "day.%d", day_weekday(day)),
                                       "day", number, "month",
                                       catalog_getf(view->texts, "month.%d", date.month), NULL});
}

void put_leaf(const struct view *view, struct element_list *list, const char *id, int32_t day)
{
    struct element *leaf = element_add(list, id, ROLE_TEXT, LOOK_LEAF);
    leaf->day = day;
    text_copy(leaf->label, sizeof leaf->label, catalog_getf(view->texts, "day.%d", day_weekday(day)));
    text_copy(leaf->second, sizeof leaf->second, catalog_getf(view->texts, "month.%d", day_civil(day).month));
    day_text(view, day, leaf->spoken, sizeof leaf->spoken);
}

void put_clock(const struct view *view, struct element_list *list, const char *id, int minute)
{
    struct element *clock = element_add(list, id, ROLE_TEXT, LOOK_CLOCK);
    clock->minute = (int16_t)minute;
    hour_text(view, minute, clock->label, sizeof clock->label);
    hour_spoken(view, minute, clock->spoken, sizeof clock->spoken);
}

void put_place(const struct view *view, struct element_list *list)
{
    const struct town *town = view->world->town;
    bool room = town->room != NULL && town->room[0] != '\0';
    struct element *place = element_add(list, "fact.place", ROLE_TEXT, LOOK_FACT);
    text_copy(place->label, sizeof place->label, room ? town->room : town->building);
    text_copy(place->pictogram, sizeof place->pictogram, room ? "room" : "town-hall");
}
