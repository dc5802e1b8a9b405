// Screens that tell something: explanation, privacy, call-back, goodbye, and what went wrong.
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

static void point(const struct view *view, struct element_list *list, const char *key, const char *pictogram)
{
    put_picture(view, list, key, ROLE_TEXT, LOOK_POINT, key, pictogram);
}

void screen_explanation(const struct view *view, struct element_list *list)
{
    ask(view, list, "explanation", "welcome");
    unsigned first = list->count;
    point(view, list, "explanation.talk", "explain-talk");
    point(view, list, "explanation.guide", "explain-person");
    point(view, list, "explanation.free", "explain-free");
    for (unsigned i = first; i < list->count; i++) {
        list->elements[i].value = (int16_t)(i - first + 1);
        list->elements[i].of = (int16_t)(list->count - first);
    }
    put_primary(view, list, "explanation.go", "explanation.go", MARK_GO, true);
    layout_points(list, view->theme, first);
}

// ---- 6 privacy: information, not consent

void screen_privacy(const struct view *view, struct element_list *list)
{
    char days[12];
    text_print(days, sizeof days, "%u", view->world->town->privacy.retention_days);
    ask(view, list, "privacy", "privacy");
    unsigned first = list->count;
    point(view, list, "privacy.what", "privacy-what");
    point(view, list, "privacy.who", "privacy-who");
    struct element *how_long =
        put_picture(view, list, "privacy.long", ROLE_TEXT, LOOK_POINT, "privacy.long", "privacy-long");
    catalog_fill(how_long->label, sizeof how_long->label, say(view, "privacy.long"),
                 (const char *const[]){"days", days, NULL});
    put_plain(view, list, "privacy.stop", "privacy.stop", "stop");
    put_plain(view, list, "privacy.more", "privacy.more", "read");
    put_primary(view, list, "privacy.go", "privacy.go", MARK_GO, true);
    layout_points(list, view->theme, first);
}

// The notice's eight items (GDPR art. 13), as the town wrote them: for who wants to read.
void screen_privacy_more(const struct view *view, struct element_list *list)
{
    const struct town_privacy *privacy = &view->world->town->privacy;
    const struct {
        const char *key, *text;
    } items[] = {{"privacy.controller", privacy->controller}, {"privacy.officer", privacy->officer},
                 {"privacy.purpose", privacy->purpose},       {"privacy.basis", privacy->basis},
                 {"privacy.recipients", privacy->recipients}, {"privacy.retention", privacy->retention},
                 {"privacy.rights", privacy->rights},         {"privacy.complaint", privacy->complaint}};
    const unsigned count = sizeof items / sizeof items[0], a_page = layout_points_room(view->theme);
    const unsigned pages = (count + a_page - 1) / a_page;
    unsigned page = view->visit->page % pages;
    ask(view, list, "privacy-more", "privacy");
    unsigned first = list->count;
    for (unsigned i = page * a_page; i < count && i < (page + 1) * a_page; i++) {
        struct element *item = put(view, list, items[i].key, ROLE_TEXT, LOOK_POINT, items[i].key);
        text_copy(item->second, sizeof item->second, items[i].text);
    }
    put_plain(view, list, "list.more", "button.more", "list-more");
    put_primary(view, list, "privacy.back", "privacy.go", MARK_GO, true);
    layout_points(list, view->theme, first);
}

// ---- no moment suits

static void choice(const struct view *view, struct element_list *list, const char *key, const char *pictogram)
{
    char second[ELEMENT_ID_SIZE];
    text_print(second, sizeof second, "second.%s", key);
    struct element *tile = put_picture(view, list, key, ROLE_CHOICE, LOOK_TILE, key, pictogram);
    text_copy(tile->second, sizeof tile->second, say(view, second));
}

void screen_callback(const struct view *view, struct element_list *list)
{
    bool phone = view->visit->booking.phone[0] != '\0';
    ask(view, list, "callback", "callback");
    unsigned first = list->count;
    choice(view, list, phone ? "callback.go" : "callback.phone", phone ? "callback" : "phone");
    choice(view, list, "callback.back", "calendar");
    layout_answers(list, view->theme, first);
}

// ---- 12 goodbye

static void goodbye_spoken(const struct view *view, struct element *title)
{
    const struct booking *booking = &view->visit->booking;
    const struct town *town = view->world->town;
    char day[64], hour[32];
    day_text(view, booking->slot.start.day, day, sizeof day);
    hour_spoken(view, booking->slot.start.minute, hour, sizeof hour);
    catalog_fill(title->spoken, sizeof title->spoken, say(view, "spoken.goodbye"),
                 (const char *const[]){"day", day, "hour", hour, "place", town->building, "guide",
                                       view->guide_name, NULL});
}

static void put_guide(const struct view *view, struct element_list *list)
{
    if (view->guide_name[0] == '\0')
        return;
    struct element *guide = element_add(list, "fact.guide", ROLE_TEXT, LOOK_FACT);
    catalog_fill(guide->label, sizeof guide->label, say(view, "check.with"),
                 (const char *const[]){"guide", view->guide_name, NULL});
    text_copy(guide->pictogram, sizeof guide->pictogram, "guide");
}

void screen_goodbye(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    bool callback = visit->booking.kind == BOOKING_CALLBACK;
    const char *second = visit->slip == SLIP_NO_PAPER ? "second.goodbye.no-paper" : "second.goodbye";
    if (callback)
        ask(view, list, "goodbye.callback", "goodbye");
    else
        ask_text(view, list, "title.goodbye", say(view, "title.goodbye"), say(view, second), "goodbye");
    unsigned first = list->count;
    if (!callback) {
        goodbye_spoken(view, &list->elements[first - 1]);
        put_leaf(view, list, "fact.day", visit->booking.slot.start.day);
        put_clock(view, list, "fact.hour", visit->booking.slot.start.minute);
        put_place(view, list);
        put_guide(view, list);
    }
    point(view, list, callback ? "second.goodbye.callback" : second, callback ? "callback" : "appointment");
    put_primary(view, list, "goodbye.done", "goodbye.done", MARK_DONE, true);
    layout_goodbye(list, view->theme, first);
}

// ---- what went wrong: a sentence, a pictogram, a next step

static void trouble(const struct view *view, struct element_list *list, const char *name,
                    const char *pictogram, const char *again)
{
    char second[ELEMENT_ID_SIZE], done[ELEMENT_ID_SIZE];
    text_print(second, sizeof second, "second.%s", name);
    text_print(done, sizeof done, "%s.done", name);
    char title[ELEMENT_ID_SIZE];
    text_print(title, sizeof title, "title.%s", name);
    ask_text(view, list, title, say(view, title), NULL, pictogram);
    unsigned first = list->count;
    point(view, list, second, "referred-counter");
    if (again != NULL)
        put_plain(view, list, again, again, "back");
    put_primary(view, list, done, "button.done", MARK_DONE, true);
    layout_points(list, view->theme, first);
}

void screen_busy(const struct view *view, struct element_list *list)
{
    trouble(view, list, "busy", "no-slots", NULL);
}

void screen_failed(const struct view *view, struct element_list *list)
{
    trouble(view, list, "failed", "offline", "failed.again");
}
