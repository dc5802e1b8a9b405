// The start, and checking in with a slip.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

// One discreet line that staff understand, the most urgent thing; that there will be no paper is for
// newcomers too.
static void put_staff(const struct view *view, struct element_list *list)
{
    const struct visit_world *world = view->world;
    const char *key = !world->printer_works ? "start.no-paper" : world->paper_low ? "start.paper-low" : NULL;
    if (key != NULL) {
        put_picture(view, list, "start.staff", ROLE_TEXT, LOOK_STAFF, key, "printer-empty")->value =
            !world->printer_works;
    } else if (!world->link && world->offline_since > 0) {
        char hour[32];
        hour_text(view, moment_from_instant(world->offline_since).minute, hour, sizeof hour);
        struct element *line =
            put_picture(view, list, "start.staff", ROLE_TEXT, LOOK_STAFF, "start.offline", "offline");
        catalog_fill(line->label, sizeof line->label, say(view, "start.offline"),
                     (const char *const[]){"hour", hour, NULL});
    } else if (world->refused) {
        put_picture(view, list, "start.staff", ROLE_TEXT, LOOK_STAFF, "start.refused", "paper-question");
    }
}

void screen_start(const struct view *view, struct element_list *list)
{
    struct element *scene = element_add(list, "start.scene", ROLE_PICTURE, LOOK_SCENE);
    text_copy(scene->pictogram, sizeof scene->pictogram, "start"); // the layout says of which shape
    struct element *welcome = put(view, list, "start.welcome", ROLE_TITLE, LOOK_WELCOME, "title.start");
    text_copy(welcome->second, sizeof welcome->second, say(view, "second.start"));
    put_picture(view, list, "start.begin", ROLE_BUTTON, LOOK_START_BEGIN, "start.begin", "touch");
    put_picture(view, list, "start.checkin", ROLE_BUTTON, LOOK_START_SECOND, "start.checkin", "appointment");
    put_staff(view, list);
    layout_start(list, view->theme, 0);
}

// ---- check-in: the characters of a code, eight in a row

#define KEYS_PER_ROW 8
static const char keys[] = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";
#define KEY_ROWS 4

static void put_code(const struct view *view, struct element_list *list, struct box box)
{
    struct element *code = put(view, list, "checkin.code", ROLE_TEXT, LOOK_CODE, "checkin.code");
    text_copy(code->label, sizeof code->label, view->visit->code);
    code->box = box;
    code->size_mm = fminf(box.height * 0.6F, box.width / (CODE_LENGTH + 3));
}

static void put_keys(const struct view *view, struct element_list *list, struct box area)
{
    const struct theme *theme = view->theme;
    float gap = theme->key_gap;
    float width = (area.width - gap * (KEYS_PER_ROW - 1)) / KEYS_PER_ROW;
    float height = (area.height - gap * (KEY_ROWS - 1)) / KEY_ROWS;
    for (unsigned i = 0; i < sizeof keys; i++) { // the final zero is the delete key
        char id[ELEMENT_ID_SIZE];
        bool last = keys[i] == '\0';
        char small = (char)(keys[i] >= 'A' ? keys[i] + ('a' - 'A') : keys[i]);
        if (last)
            text_copy(id, sizeof id, "key.delete");
        else
            text_print(id, sizeof id, "key.%c", small);
        struct element *key = element_add(list, id, ROLE_KEY, LOOK_KEY);
        if (last) {
            text_copy(key->pictogram, sizeof key->pictogram, "delete");
            text_copy(key->spoken, sizeof key->spoken, say(view, "spoken.key.delete"));
        } else {
            text_print(key->label, sizeof key->label, "%c", keys[i]);
        }
        unsigned column = i % KEYS_PER_ROW, row = i / KEYS_PER_ROW;
        key->box = (struct box){area.x + (width + gap) * (float)column, area.y + (height + gap) * (float)row,
                                width, height};
        key->size_mm = fmaxf(theme->key, fminf(theme->pad_key, fminf(0.5F * height, 0.62F * width)));
        key->picture_mm = fminf(height, width) * 0.6F;
    }
}

void code_keys(const struct view *view, struct element_list *list, const char *name)
{
    const struct theme *theme = view->theme;
    ask(view, list, name, "checkin");
    struct box area = layout_area(theme);
    float gap = theme->gap, foot = theme->primary_height, top = (area.height - foot) * 0.24F;
    float keys_least = KEY_ROWS * (THEME_MIN_KEY_MM + 0.05F) + (KEY_ROWS - 1) * theme->key_gap;
    top = fminf(top, area.height - foot - 2 * gap - keys_least); // on a low panel the keys come first
    put_code(view, list, (struct box){area.x, area.y, area.width, top});
    put_keys(view, list,
             (struct box){area.x, area.y + top + gap, area.width, area.height - top - foot - 2 * gap});
    bool wait = view->visit->wait == WAIT_CHECK;
    put_primary(view, list, "checkin.next", wait ? "checkin.wait" : "checkin.next",
                wait ? MARK_BUSY : MARK_GO, !wait && strlen(view->visit->code) == CODE_LENGTH);
    struct element *next = &list->elements[list->count - 1];
    next->box = (struct box){area.x, area.y + area.height - foot, area.width, foot};
    next->size_mm = wait ? theme->word : theme->primary;
}

static void checkin_found(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    int32_t today = view->world->now.day, day = visit->found_start.day;
    const char *second = day > today   ? "second.checkin.later"
                         : day < today ? "second.checkin.past"
                                       : "second.checkin.found";
    ask_text(view, list, "title.checkin.found", say(view, "title.checkin.found"), say(view, second),
             "calendar");
    unsigned first = list->count;
    put_leaf(view, list, "fact.day", day);
    put_clock(view, list, "fact.hour", visit->found_start.minute);
    put_place(view, list);
    if (view->guide_name[0] != '\0') {
        struct element *guide = element_add(list, "fact.guide", ROLE_TEXT, LOOK_FACT);
        catalog_fill(guide->label, sizeof guide->label, say(view, "check.with"),
                     (const char *const[]){"guide", view->guide_name, NULL});
        text_copy(guide->pictogram, sizeof guide->pictogram, "guide");
    }
    put_primary(view, list, "checkin.done", "button.done", MARK_DONE, true);
    layout_goodbye(list, view->theme, first);
}

void code_lost(const struct view *view, struct element_list *list)
{
    bool offline = view->visit->found == FOUND_OFFLINE;
    const char *second = offline ? "second.checkin.offline" : "second.checkin.unknown";
    const char *title = offline ? "title.checkin.offline" : "title.checkin.unknown";
    ask_text(view, list, title, say(view, title), NULL, offline ? "offline" : "paper-question");
    unsigned first = list->count;
    put_picture(view, list, second, ROLE_TEXT, LOOK_POINT, second, "slip");
    put_picture(view, list, "help.counter", ROLE_TEXT, LOOK_POINT, "help.counter", "referred-counter");
    put_plain(view, list, "checkin.again", "button.again", "back");
    put_primary(view, list, "checkin.done", "button.done", MARK_DONE, true);
    layout_points(list, view->theme, first);
}

void screen_checkin(const struct view *view, struct element_list *list)
{
    if (view->visit->found == FOUND_NOTHING)
        code_keys(view, list, "checkin");
    else if (view->visit->found == FOUND_TALK)
        checkin_found(view, list);
    else
        code_lost(view, list);
}
