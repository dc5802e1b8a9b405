// The slip: being printed, out, not there, or nobody knows.
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

#define RISEN 1000         // thousandths
#define RISEN_PRINTING 250 // shows where the paper will come

static bool callback(const struct view *view)
{
    return view->visit->booking.kind == BOOKING_CALLBACK;
}

static const char *second(const struct view *view)
{
    return say(view, callback(view) ? "second.slip.callback" : "second.slip");
}

static void paper(const struct view *view, struct element_list *list)
{
    const struct booking *booking = &view->visit->booking;
    bool printed = view->visit->slip == SLIP_PRINTED;
    const char *title = printed ? "title.slip.printed" : "title.slip.printing";
    ask_text(view, list, title, say(view, title), second(view), "slip");
    unsigned first = list->count;
    struct element *out = element_add(list, "slip.paper", ROLE_PICTURE, LOOK_PAPER);
    out->value = printed ? RISEN : RISEN_PRINTING;
    out->of = RISEN;
    out->payload = booking->code;
    out->raster = printed ? view->slip : NULL;
    text_copy(out->third, sizeof out->third, view->world->town->name);
    if (!callback(view)) {
        out->day = booking->slot.start.day;
        out->minute = booking->slot.start.minute;
        text_copy(out->label, sizeof out->label, catalog_getf(view->texts, "day.%d", day_weekday(out->day)));
        text_print(out->second, sizeof out->second, "%d %s", day_civil(out->day).day,
                   catalog_getf(view->texts, "month.%d", day_civil(out->day).month));
        hour_text(view, out->minute, out->hour_text, sizeof out->hour_text);
    }
    if (printed)
        put_plain(view, list, "slip.problem", "slip.problem", "printer-empty");
    put_primary(view, list, "slip.done", "slip.done", printed ? MARK_DONE : MARK_BUSY, printed);
    layout_slip(list, view->theme, first);
}

// Letter by letter, in the groups in which it is drawn: a voice would try to read a word.
static void spell_code(const char *code, char *out, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; code[i] != '\0' && used + 3 < size; i++) {
        text_print(out + used, size - used, "%s%c", i == 0 ? "" : i == CODE_LENGTH / 2 ? ", " : " ", code[i]);
        used += strlen(out + used);
    }
}

static void no_paper(const struct view *view, struct element_list *list)
{
    const struct booking *booking = &view->visit->booking;
    ask(view, list, "slip.no-paper", "scan");
    unsigned first = list->count;
    if (!callback(view)) {
        put_leaf(view, list, "fact.day", booking->slot.start.day);
        put_clock(view, list, "fact.hour", booking->slot.start.minute);
        put_place(view, list);
    }
    if (view->payload != NULL) {
        struct element *qr = element_add(list, "slip.qr", ROLE_PICTURE, LOOK_QR);
        qr->payload = view->payload;
    }
    struct element *code = element_add(list, "slip.code", ROLE_TEXT, LOOK_CODE);
    text_copy(code->label, sizeof code->label, booking->code);
    spell_code(booking->code, code->spoken, sizeof code->spoken);
    put_picture(view, list, "slip.counter", ROLE_TEXT, LOOK_POINT, "slip.counter", "referred-counter");
    put_primary(view, list, "slip.done", "slip.done", MARK_DONE, true);
    layout_no_paper(list, view->theme, first);
}

static void unknown(const struct view *view, struct element_list *list)
{
    ask_text(view, list, "title.slip.unknown", say(view, "title.slip.unknown"), second(view),
             "paper-question");
    unsigned first = list->count;
    put_picture(view, list, "slip.yes", ROLE_CHOICE, LOOK_TILE, "slip.yes", "slip");
    put_picture(view, list, "slip.no", ROLE_CHOICE, LOOK_TILE, "slip.no", "printer-empty");
    layout_answers(list, view->theme, first);
}

void screen_slip(const struct view *view, struct element_list *list)
{
    if (view->visit->slip == SLIP_NO_PAPER)
        no_paper(view, list);
    else if (view->visit->slip == SLIP_UNKNOWN)
        unknown(view, list);
    else
        paper(view, list);
}
