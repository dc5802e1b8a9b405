// When can you come? Days from the offer, with a few hours each; and pages of days.
#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

#define PAGE_DAYS_MAX 512
#define SLOTS_A_DAY_MAX 8
#define NOON (12 * 60)

struct day_offer { // slots of one day on one page: indices into the visit's offer
    int32_t day;
    unsigned slots[SLOTS_A_DAY_MAX], count;
};
struct days {
    struct day_offer all[PAGE_DAYS_MAX];
    unsigned count;
};

// Brings the first slot of the other half of the day, or else the one in the middle, to the second place: so
// the first two that are shown of a day differ.
static void spread(const struct visit *visit, unsigned *slots, unsigned count)
{
    if (count < 3)
        return;
    bool morning = visit->offer[slots[0]].start.minute < NOON;
    unsigned second = count / 2;
    for (unsigned i = count - 1; i > 0; i--)
        if ((visit->offer[slots[i]].start.minute < NOON) != morning)
            second = i;
    unsigned chosen = slots[second];
    for (unsigned i = second; i > 1; i--)
        slots[i] = slots[i - 1];
    slots[1] = chosen;
}

// The turn-th handful of slots of the day that begins at offer[from] and ends before offer[to].
static void add_day(const struct visit *visit, unsigned from, unsigned to, unsigned turn, unsigned most,
                    struct days *days)
{
    unsigned slots[VISIT_OFFER_MAX], count = to - from;
    if (turn * most >= count || days->count == PAGE_DAYS_MAX)
        return;
    for (unsigned i = 0; i < count; i++)
        slots[i] = from + i;
    spread(visit, slots, count);
    struct day_offer *day = &days->all[days->count++];
    *day = (struct day_offer){.day = visit->offer[from].start.day};
    for (unsigned i = turn * most; i < count && day->count < most; i++)
        day->slots[day->count++] = slots[i];
    for (unsigned i = 1; i < day->count; i++) // by hour: few, and almost sorted
        for (unsigned k = i; k > 0 && day->slots[k] < day->slots[k - 1]; k--) {
            unsigned swap = day->slots[k];
            day->slots[k] = day->slots[k - 1];
            day->slots[k - 1] = swap;
        }
}

// Cuts the offer, sorted by time, into days of at most `most` slots: every day once, first day first; then
// the further hours of every day, in as many turns as it takes.
static void cut_days(const struct visit *visit, unsigned most, struct days *days)
{
    unsigned before = 0;
    days->count = 0;
    for (unsigned turn = 0; turn == 0 || days->count > before; turn++) {
        before = days->count;
        for (unsigned from = 0, to = 0; from < visit->offer_count; from = to) {
            while (to < visit->offer_count && visit->offer[to].start.day == visit->offer[from].start.day)
                to++;
            add_day(visit, from, to, turn, most, days);
        }
    }
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
              slot->start.minute < NOON ? "morning" : "afternoon");
    const struct visit *visit = view->visit;
    element->chosen = visit->wait == WAIT_LEASE ? slot_same(&visit->wanted, slot)
                                                : visit->leased && slot_same(&visit->booking.slot, slot);
    element->disabled = visit->wait == WAIT_LEASE && !element->chosen;
    if (visit->wait == WAIT_LEASE && element->chosen)
        element->mark = MARK_BUSY;
}

static void screen_no_slots(const struct view *view, struct element_list *list)
{
    ask(view, list, "slot.empty", "no-slots");
    unsigned first = list->count;
    put_picture(view, list, "help.counter", ROLE_TEXT, LOOK_POINT, "help.counter", "referred-counter");
    put_primary(view, list, "slot.none", "slot.callback", MARK_GO, true);
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
    struct days days;
    unsigned most = slots_room < 1 ? 1 : slots_room > SLOTS_A_DAY_MAX ? SLOTS_A_DAY_MAX : slots_room;
    cut_days(visit, most, &days);
    unsigned count = days.count;
    unsigned pages = count == 0 ? 1 : (count + days_room - 1) / days_room, page = visit->page % pages;
    const char *second = visit->taken ? "slot.taken" : visit->wait == WAIT_LEASE ? "slot.wait" : NULL;
    ask_text(view, list, second != NULL ? second : "title.slot", say(view, "title.slot"),
             second != NULL ? say(view, second) : NULL, "calendar");
    unsigned first = list->count;
    for (unsigned d = page * days_room; d < count && d < (page + 1) * days_room; d++) {
        char id[ELEMENT_ID_SIZE];
        text_print(id, sizeof id, "day.%u", d);
        put_leaf(view, list, id, days.all[d].day);
        for (unsigned i = 0; i < days.all[d].count; i++)
            put_slot(view, list, &visit->offer[days.all[d].slots[i]]);
    }
    put_plain(view, list, "slot.none", "slot.none", "callback");
    if (pages > 1) {
        put_plain(view, list, "slot.more", page + 1 == pages ? "slot.first" : "slot.more", "calendar");
        list->elements[list->count - 1].mark = MARK_GO;
    }
    layout_slots(list, view->theme, first);
}
