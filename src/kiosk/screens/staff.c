// The staff page: its door, what staff may do, how the kiosk is, a slip again. Plain words; no person.
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

#define FACTS 8
#define LARGE_PANEL 0.95F // of the reference: all facts stand on one page

// ---- the PIN

static const char *pin_title(const struct visit *visit)
{
    return visit->pin_state == PIN_ASKED   ? "title.pin"
           : visit->pin_state == PIN_WRONG ? "title.pin.wrong"
                                           : "title.pin.pause";
}

static void pin_ask(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    char minutes[12], pause[ELEMENT_LABEL_SIZE];
    text_print(minutes, sizeof minutes, "%u", (visit->pin_wait_s + 59) / 60);
    catalog_fill(pause, sizeof pause, say(view, "second.pin.pause"),
                 (const char *const[]){"minutes", minutes, NULL});
    const char *title = pin_title(visit);
    ask_text(view, list, title, say(view, title),
             visit->pin_state == PIN_PAUSE ? pause : say(view, "second.pin"), "referred-counter");
}

void screen_pin(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    bool wait = visit->wait == WAIT_PIN;
    pin_ask(view, list);
    unsigned first = list->count;
    struct element *typed = put(view, list, "pin.typed", ROLE_FIELD, LOOK_DIGITS, "pin.typed");
    memset(typed->second, '*', strlen(visit->pin));
    typed->is_private = typed->active = true;
    put_plain(view, list, "pin.close", "pin.close", "back");
    put_primary(view, list, "pin.open", "pin.open", wait ? MARK_BUSY : MARK_GO,
                !wait && visit->pin[0] != '\0');
    const struct keyboard_words words = {.delete_word = say(view, "spoken.key.delete")};
    layout_pad(list, view->theme, first, &words);
    struct element *plus = element_find(list, "key.plus");
    if (plus != NULL)
        plus->disabled = true; // a phone number's, not a PIN's
}

// ---- what staff may do

static const char *const slip_lines[] = {[STAFF_SLIP_NONE] = "second.staff",
                                         [STAFF_SLIP_PRINTING] = "second.staff.printing",
                                         [STAFF_SLIP_PRINTED] = "second.staff.printed",
                                         [STAFF_SLIP_FAILED] = "second.staff.failed"};

static void action(const struct view *view, struct element_list *list, const char *id, const char *pictogram)
{
    put_picture(view, list, id, ROLE_BUTTON, LOOK_TILE, id, pictogram);
}

void screen_staff(const struct view *view, struct element_list *list)
{
    const char *line = slip_lines[view->visit->staff_slip];
    ask_text(view, list, "title.staff", say(view, "title.staff"), say(view, line), "referred-counter");
    unsigned first = list->count;
    put(view, list, line, ROLE_TEXT, LOOK_NONE, line); // by its name, for speech and scripts
    action(view, list, "staff.status", "thumbs-up");
    action(view, list, "staff.test", "slip");
    list->elements[list->count - 1].disabled = view->visit->staff_slip == STAFF_SLIP_PRINTING;
    action(view, list, "staff.reprint", "scan");
    action(view, list, "staff.restart", "voice-again");
    put_primary(view, list, "staff.close", "staff.close", MARK_DONE, true);
    layout_answers(list, view->theme, first);
}

// ---- how it is

struct fact {
    const char *key;
    char value[ELEMENT_LABEL_SIZE];
};

static void fill(const struct view *view, struct fact *fact, const char *key, const char *name,
                 const char *value)
{
    catalog_fill(fact->value, sizeof fact->value, say(view, key), (const char *const[]){name, value, NULL});
}

static void count(const struct view *view, struct fact *fact, const char *key, int64_t number)
{
    char text[24];
    text_print(text, sizeof text, "%lld", (long long)number);
    fill(view, fact, key, "count", text);
}

// "maandag 23 november, 8.00 uur"; the text `none` when there is no such moment.
static void moment(const struct view *view, struct fact *fact, const char *key, int64_t instant,
                   const char *none)
{
    char day[64], hour[32], both[112];
    if (instant == 0) {
        text_copy(fact->value, sizeof fact->value, say(view, none));
        return;
    }
    struct moment when = moment_from_instant(instant);
    day_text(view, when.day, day, sizeof day);
    hour_text(view, when.minute, hour, sizeof hour);
    text_print(both, sizeof both, "%s, %s", day, hour);
    fill(view, fact, key, "moment", both);
}

static void gather(const struct view *view, struct fact facts[FACTS])
{
    static const struct status_facts none = {.printer = "unknown"};
    static const char *const keys[FACTS] = {"fact.program", "fact.since", "fact.visit",  "fact.printer",
                                            "fact.agenda",  "fact.queue", "fact.leases", "fact.disk"};
    const struct status_facts *now = view->facts != NULL ? view->facts : &none;
    char printer[ELEMENT_ID_SIZE];
    for (unsigned i = 0; i < FACTS; i++)
        facts[i].key = keys[i];
    fill(view, &facts[0], view->world->refused ? "fact.program.refused" : "fact.program.value", "version",
         WEGWIJS_VERSION);
    moment(view, &facts[1], "fact.moment", now->started, "fact.none");
    moment(view, &facts[2], "fact.moment", now->last_visit, "fact.none");
    text_print(printer, sizeof printer, "printer.%s", now->printer);
    text_copy(facts[3].value, sizeof facts[3].value, say(view, printer));
    moment(view, &facts[4], "fact.agenda.silent", now->online ? 0 : now->offline_since,
           "fact.agenda.answers");
    count(view, &facts[5], "fact.queue.value", now->queue);
    count(view, &facts[6], "fact.leases.value", now->leases);
    count(view, &facts[7], view->disk_mb < 0 ? "fact.none" : "fact.disk.value", view->disk_mb);
}

void screen_staff_status(const struct view *view, struct element_list *list)
{
    const struct theme *theme = view->theme;
    unsigned few = layout_points_room(theme);
    bool all = theme->options.text == TEXT_NORMAL && !theme->options.reach && theme->scale > LARGE_PANEL;
    unsigned a_page = all ? FACTS : few, pages = (FACTS + a_page - 1) / a_page,
             page = view->visit->page % pages;
    struct fact facts[FACTS];
    gather(view, facts);
    ask(view, list, "status", "thumbs-up");
    unsigned first = list->count;
    for (unsigned i = page * a_page; i < (page + 1) * a_page && i < FACTS; i++) {
        struct element *point = put(view, list, facts[i].key, ROLE_TEXT, LOOK_POINT, facts[i].key);
        text_copy(point->second, sizeof point->second, facts[i].value);
    }
    if (!all)
        put_plain(view, list, "list.more", "button.more", "list-more");
    put_primary(view, list, "status.back", "button.done", MARK_DONE, true);
    layout_points(list, theme, first);
}

// ---- a slip again

static void reprint_found(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    ask(view, list, "reprint.found", "slip");
    unsigned first = list->count;
    put_leaf(view, list, "fact.day", visit->found_start.day);
    put_clock(view, list, "fact.hour", visit->found_start.minute);
    put_place(view, list);
    put_plain(view, list, "checkin.again", "button.again", "back");
    put_primary(view, list, "reprint.print", "reprint.print", MARK_GO, true);
    layout_goodbye(list, view->theme, first);
}

void screen_reprint(const struct view *view, struct element_list *list)
{
    if (view->visit->found == FOUND_NOTHING)
        code_keys(view, list, "reprint");
    else if (view->visit->found == FOUND_TALK)
        reprint_found(view, list);
    else
        code_lost(view, list);
}
