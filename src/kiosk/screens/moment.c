// When can you come? Days from the offer, with a few hours each; and pages of days.
#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

#define DAYS_MAX 64
#define SLOTS_A_DAY_MAX 8
#define NOON (12 * 60)

struct day_offer { // slots of one day on one page: indices into the visit's offer
    int32_t day;
    unsigned slots[SLOTS_A_DAY_MAX], count;
};

// Cuts the offer, sorted by time, into days of at most `most` slots. A day with more than that shows hours
// spread over the day first; the rest stands on the page of the second pass over the same day.
static unsigned cut_days(const struct visit *visit, unsigned most, struct day_offer *days)
{
    unsigned count = 0;
    for (unsigned i = 0; i < visit->offer_count; i++) {
        int32_t day = visit->offer[i].start.day;
        if (count == 0 || days[count - 1].day != day || days[count - 1].count == most) {
            if (count == DAYS_MAX)
                break;
            days[count++] = (struct day_offer){.day = day};
        }
        days[count - 1].slots[days[count - 1].count++] = i;
    }
    return count;
}

static void put_slot(const struct view *view, struct element_list *list, const struct slot *slot)
{
    char text[MOMENT_TEXT_SIZE], id[ELEMENT_ID_SIZE];
    moment_format(slot->start, text);
    text_print(id, sizeof id, "slot.%s", text);
    struct element *element = element_add(list, id, ROLE_CHOICE, LOOK_SLOT);
    element->minute = slot->start.minute;
    hour_text(view, slot->start.minute, element->label, sizeof element->label);
    char day[64], hour[32];
    day_text(view, slot->start.day, day, sizeof day);
    hour_spoken(view, slot->start.minute, hour, sizeof hour);
    text_print(element->spoken, sizeof element->spoken, "%s, %s", day, hour);
    text_copy(element->pictogram_second, sizeof element->pictogram_second,
              slot->start.minute < NOON ? "sun-low" : "sun-high");
    const struct visit *visit = view->visit;
    element->chosen = visit->wait == WAIT_LEASE ? slot_same(&visit->wanted, slot)
                                                : visit->leased && slot_same(&visit->booking.slot, slot);
    element->disabled = visit->wait == WAIT_LEASE && !element->chosen;
}

static void screen_no_slots(const struct view *view, struct element_list *list)
{
    bool phone = view->visit->booking.phone[0] != '\0';
    ask(view, list, "slot.empty", "no-slots");
    unsigned first = list->count;
    put_picture(view, list, "help.counter", ROLE_TEXT, LOOK_POINT, "help.counter", "referred-counter");
    put_primary(view, list, "slot.none", phone ? "callback.go" : "callback.phone", MARK_GO, true);
    layout_points(list, view->theme, first);
}

void screen_slot(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    if (visit->offered && visit->offer_count == 0) {
        screen_no_slots(view, list);
        return;
    }
    unsigned days_room = 3, slots_room = 2;
    layout_slots_room(view->theme, &days_room, &slots_room);
    struct day_offer days[DAYS_MAX];
    unsigned most = slots_room < 1 ? 1 : slots_room > SLOTS_A_DAY_MAX ? SLOTS_A_DAY_MAX : slots_room;
    unsigned count = cut_days(visit, most, days);
    unsigned pages = count == 0 ? 1 : (count + days_room - 1) / days_room, page = visit->page % pages;
    const char *second = visit->taken ? "slot.taken" : visit->wait == WAIT_LEASE ? "slot.wait" : NULL;
    ask_text(view, list, second != NULL ? second : "title.slot", say(view, "title.slot"),
             second != NULL ? say(view, second) : NULL, "calendar");
    unsigned first = list->count;
    for (unsigned d = page * days_room; d < count && d < (page + 1) * days_room; d++) {
        char id[ELEMENT_ID_SIZE];
        text_print(id, sizeof id, "day.%u", d);
        put_leaf(view, list, id, days[d].day);
        for (unsigned i = 0; i < days[d].count; i++)
            put_slot(view, list, &visit->offer[days[d].slots[i]]);
    }
    put_plain(view, list, "slot.none", "slot.none", "callback");
    if (pages > 1) {
        put_plain(view, list, "slot.more", page + 1 == pages ? "slot.first" : "slot.more", "calendar");
        list->elements[list->count - 1].mark = MARK_GO;
    }
    layout_slots(list, view->theme, first);
}
