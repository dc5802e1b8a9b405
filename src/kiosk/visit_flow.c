#include "kiosk/visit_flow.h"

#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

static const enum visit_screen order[] = {
    SCREEN_START,   SCREEN_LANGUAGE, SCREEN_EXPLANATION, SCREEN_INDICATOR, SCREEN_TOPICS, SCREEN_REFERRED,
    SCREEN_PRIVACY, SCREEN_NAME,     SCREEN_PHONE,       SCREEN_SLOT,      SCREEN_CHECK};
#define ORDER_COUNT (sizeof order / sizeof order[0])

static size_t place(enum visit_screen screen)
{
    size_t i = 0;
    while (i < ORDER_COUNT && order[i] != screen)
        i++;
    return i;
}

static bool asks(const struct turn *turn, unsigned indicator)
{
    const struct town *town = turn->world->town;
    return indicator < town->indicators_count &&
           town_asks(town, &town->indicators[indicator], &turn->visit->booking);
}

// The next asked indicator from `from` on, or indicators_count.
static unsigned asked_from(const struct turn *turn, unsigned from)
{
    while (from < turn->world->town->indicators_count && !asks(turn, from))
        from++;
    return from;
}

static void enter(struct turn *turn, enum visit_screen screen)
{
    struct visit *visit = turn->visit;
    visit->screen = screen;
    visit->overlay = OVERLAY_NONE;
    visit->page = 0;
    visit->screen_ms = turn->now_ms;
    turn->effects->changed = turn->effects->screen_changed = true;
}

void flow_give_back(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if ((visit->leased || visit->wait == WAIT_LEASE) && !visit->booked)
        turn->effects->release = true;
    visit->leased = false;
    if (visit->wait == WAIT_LEASE)
        visit->wait = WAIT_NOTHING;
    memset(&visit->booking.slot, 0, sizeof visit->booking.slot);
    visit->booking.slots = 0;
    visit->booking.code[0] = '\0';
    visit->before.slot = visit->booking.slot;
    visit->before.slots = 0;
    visit->before.code[0] = '\0';
}

void flow_go(struct turn *turn, enum visit_screen screen)
{
    struct visit *visit = turn->visit;
    enter(turn, screen);
    if (screen == SCREEN_SLOT) {
        visit->offered = visit->offer_count > 0;
        turn->effects->offer = town_slots_needed(turn->world->town, &visit->booking);
    } else {
        visit->taken = false;
    }
    if (screen == SCREEN_NAME)
        visit->last_name = false;
    if (screen == SCREEN_CHECK)
        visit->correcting = false;
}

void flow_lease(struct turn *turn, const struct slot *slot)
{
    struct visit *visit = turn->visit;
    flow_give_back(turn);
    visit->wanted = *slot;
    visit->wait = WAIT_LEASE;
    visit->waiting_ms = turn->now_ms;
    visit->request++;
    visit->taken = false;
    turn->effects->lease = true;
    turn->effects->slots = town_slots_needed(turn->world->town, &visit->booking);
    turn->effects->changed = true;
}

static void drop_answers(struct turn *turn)
{
    struct booking *booking = &turn->visit->booking;
    const struct town *town = turn->world->town;
    unsigned kept = 0;
    for (unsigned i = 0; i < booking->answer_count; i++) {
        const struct town_indicator *indicator = town_indicator(town, booking->answers[i].indicator);
        if (indicator != NULL && town_asks(town, indicator, booking))
            booking->answers[kept++] = booking->answers[i];
    }
    booking->answer_count = kept;
}

static void drop_topics(struct turn *turn)
{
    struct booking *booking = &turn->visit->booking;
    const struct town *town = turn->world->town;
    unsigned kept = 0;
    for (unsigned i = 0; i < booking->topic_count; i++) {
        const struct town_topic *topic = town_topic(town, booking->topics[i]);
        if (topic != NULL && town_offers(town, topic, booking)) {
            if (kept != i)
                memcpy(booking->topics[kept], booking->topics[i], sizeof booking->topics[kept]);
            kept++;
        }
    }
    booking->topic_count = kept;
}

void flow_settle(struct turn *turn)
{
    struct visit *visit = turn->visit;
    drop_answers(turn);
    drop_topics(turn);
    if (visit->leased && visit->booking.slots != town_slots_needed(turn->world->town, &visit->booking))
        flow_give_back(turn);
}

// The first screen whose answer is missing, SCREEN_CHECK when there is none.
static enum visit_screen missing(const struct turn *turn, unsigned *indicator)
{
    const struct visit *visit = turn->visit;
    const struct booking *booking = &visit->booking;
    if (booking->language[0] == '\0')
        return SCREEN_LANGUAGE;
    for (unsigned i = asked_from(turn, 0); i < turn->world->town->indicators_count;
         i = asked_from(turn, i + 1))
        if (booking_answer(booking, turn->world->town->indicators[i].id)[0] == '\0') {
            *indicator = i;
            return SCREEN_INDICATOR;
        }
    if (booking->topic_count == 0)
        return SCREEN_TOPICS;
    if (!visit->seen[SCREEN_REFERRED])
        return SCREEN_REFERRED;
    if (!visit->seen[SCREEN_PRIVACY])
        return SCREEN_PRIVACY;
    if (booking->first_name[0] == '\0' && booking->last_name[0] == '\0')
        return SCREEN_NAME;
    if (!visit->seen[SCREEN_PHONE])
        return SCREEN_PHONE;
    if (booking->kind == BOOKING_CALLBACK)
        return booking->phone[0] == '\0' ? SCREEN_CALLBACK : SCREEN_CHECK;
    return visit->leased ? SCREEN_CHECK : SCREEN_SLOT;
}

bool visit_complete(const struct visit_world *world, const struct visit *visit)
{
    unsigned indicator = 0;
    struct turn turn = {.world = world, .visit = (struct visit *)visit};
    return missing(&turn, &indicator) == SCREEN_CHECK;
}

// With a correction, and with what it made missing: only the holes are asked, then the check again.
static void forward_correcting(struct turn *turn)
{
    unsigned indicator = turn->visit->indicator;
    enum visit_screen next = missing(turn, &indicator);
    turn->visit->indicator = indicator;
    if (next == SCREEN_CHECK)
        flow_go(turn, SCREEN_CHECK);
    else
        flow_go(turn, next);
}

void flow_forward(struct turn *turn)
{
    struct visit *visit = turn->visit;
    visit->seen[visit->screen] = true;
    flow_settle(turn);
    if (visit->correcting) {
        forward_correcting(turn);
        return;
    }
    if (visit->screen == SCREEN_INDICATOR || visit->screen == SCREEN_EXPLANATION) {
        visit->indicator = asked_from(turn, visit->screen == SCREEN_INDICATOR ? visit->indicator + 1 : 0);
        flow_go(turn,
                visit->indicator < turn->world->town->indicators_count ? SCREEN_INDICATOR : SCREEN_TOPICS);
        return;
    }
    size_t here = place(visit->screen);
    if (here + 1 < ORDER_COUNT)
        flow_go(turn, order[here + 1]);
}

// ---- back

static void back_to_indicator(struct turn *turn, unsigned before)
{
    while (before > 0)
        if (asks(turn, --before)) {
            turn->visit->indicator = before;
            flow_go(turn, SCREEN_INDICATOR);
            return;
        }
    flow_go(turn, SCREEN_EXPLANATION);
}

static void back_from_correction(struct turn *turn)
{
    struct visit *visit = turn->visit;
    visit->booking = visit->before;
    flow_settle(turn);
    unsigned indicator = 0;
    enum visit_screen next = missing(turn, &indicator);
    enum visit_screen here = visit->screen;
    visit->correcting = false;
    // The moment is gone already: the visitor stands where the visit would stand without a correction.
    if (next == SCREEN_CHECK || (next == SCREEN_SLOT && here != SCREEN_SLOT))
        flow_go(turn, next);
    else
        flow_go(turn, SCREEN_PHONE);
}

// Screens beside the order, and where back leads from them.
static const struct {
    enum visit_screen from, to;
} side[] = {{SCREEN_PRIVACY_MORE, SCREEN_PRIVACY},
            {SCREEN_PHONE_CHECK, SCREEN_PHONE},
            {SCREEN_CALLBACK, SCREEN_SLOT},
            {SCREEN_CHECKIN, SCREEN_START},
            {SCREEN_BUSY, SCREEN_START},
            {SCREEN_FAILED, SCREEN_CHECK},
            {SCREEN_PIN, SCREEN_START},
            {SCREEN_STAFF, SCREEN_START},
            {SCREEN_STAFF_STATUS, SCREEN_STAFF},
            {SCREEN_REPRINT, SCREEN_STAFF}};

static bool back_aside(struct turn *turn)
{
    struct visit *visit = turn->visit;
    for (size_t i = 0; i < sizeof side / sizeof side[0]; i++)
        if (side[i].from == visit->screen) {
            visit->wait = visit->wait == WAIT_CHECK ? WAIT_NOTHING : visit->wait;
            if (side[i].to == SCREEN_START)
                turn->effects->wipe = true;
            else
                flow_go(turn, side[i].to);
            return true;
        }
    return false;
}

void flow_back(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (visit->screen == SCREEN_CHECKIN && visit->found != FOUND_NOTHING) {
        visit->found = FOUND_NOTHING;
        enter(turn, SCREEN_CHECKIN);
        return;
    }
    if (visit->screen == SCREEN_NAME && visit->last_name) {
        visit->last_name = false;
        turn->effects->changed = true;
        return;
    }
    if (visit->wait == WAIT_LEASE)
        flow_give_back(turn);
    if (back_aside(turn))
        return;
    if (visit->phone_for_callback && visit->screen == SCREEN_PHONE) {
        visit->phone_for_callback = false;
        flow_go(turn, SCREEN_CALLBACK);
        return;
    }
    if (visit->correcting) {
        back_from_correction(turn);
        return;
    }
    size_t here = place(visit->screen);
    if (visit->screen == SCREEN_INDICATOR)
        back_to_indicator(turn, visit->indicator);
    else if (visit->screen == SCREEN_TOPICS)
        back_to_indicator(turn, turn->world->town->indicators_count);
    else if (visit->screen == SCREEN_LANGUAGE)
        turn->effects->wipe = true;
    else if (here > 0 && here < ORDER_COUNT)
        flow_go(turn, order[here - 1]);
}

bool flow_has_back(const struct visit *visit)
{
    return visit->screen != SCREEN_START && visit->screen != SCREEN_SLIP && visit->screen != SCREEN_GOODBYE &&
           visit->wait != WAIT_BOOK;
}
