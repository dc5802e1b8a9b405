// The staff page: its door on the start screen, its PIN, and what staff may do. No person is in it: the kiosk
// has forgotten its visitors, and a slip is printed again from what the agenda answers about a code.
#include <string.h>

#include "base/memory.h"
#include "kiosk/visit_flow.h"

#include "base/banned.h"

#define TALK_MINUTES 30 // an entry in a calendar needs an end; the agenda's answer has only the beginning

bool staff_is(enum visit_screen screen)
{
    return screen == SCREEN_PIN || screen == SCREEN_STAFF || screen == SCREEN_STAFF_STATUS ||
           screen == SCREEN_REPRINT;
}

void staff_knock(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (!turn->world->staff || visit->screen != SCREEN_START)
        return;
    if (turn->now_ms - visit->knock_ms > VISIT_KNOCK_MS)
        visit->knocks = 0;
    if (visit->knocks++ == 0)
        visit->knock_ms = turn->now_ms;
    if (visit->knocks < VISIT_KNOCKS)
        return;
    visit->knocks = 0;
    flow_go(turn, SCREEN_PIN);
}

// ---- the PIN

static void forget_pin(struct visit *visit)
{
    memory_wipe(visit->pin, sizeof visit->pin);
}

static bool type_pin(struct turn *turn, const char *key)
{
    struct visit *visit = turn->visit;
    size_t length = strlen(visit->pin);
    if (answer_is(key, "delete") && length > 0)
        visit->pin[length - 1] = '\0';
    else if (key[0] >= '0' && key[0] <= '9' && key[1] == '\0' && length < VISIT_PIN_SIZE - 1)
        visit->pin[length] = key[0];
    return answer_changed(turn);
}

static bool on_pin(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    const char *key = answer_after(id, "key.");
    if (answer_is(id, "pin.close"))
        return answer_over(turn);
    if (visit->wait != WAIT_NOTHING)
        return false;
    if (key != NULL)
        return type_pin(turn, key);
    if (!answer_is(id, "pin.open") || visit->pin[0] == '\0')
        return false;
    visit->wait = WAIT_PIN;
    visit->waiting_ms = turn->now_ms;
    visit->request++;
    turn->effects->pin = true;
    return answer_changed(turn);
}

void staff_pin(struct turn *turn, bool good, unsigned wait_s)
{
    struct visit *visit = turn->visit;
    visit->wait = WAIT_NOTHING;
    forget_pin(visit);
    visit->pin_wait_s = wait_s;
    visit->pin_state = wait_s > 0 ? PIN_PAUSE : PIN_WRONG;
    if (good)
        visit->pin_state = PIN_ASKED;
    flow_go(turn, good ? SCREEN_STAFF : SCREEN_PIN);
}

// ---- slips

static void begin_slip(struct turn *turn)
{
    turn->visit->request++;
    turn->visit->staff_slip = STAFF_SLIP_PRINTING;
    turn->effects->changed = true;
}

void staff_printed(struct turn *turn, enum visit_slip slip)
{
    if (turn->visit->staff_slip != STAFF_SLIP_PRINTING)
        return;
    turn->visit->staff_slip = slip == SLIP_PRINTED ? STAFF_SLIP_PRINTED : STAFF_SLIP_FAILED;
    turn->effects->changed = true;
}

static bool reprint(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (visit->found != FOUND_TALK)
        return false;
    booking_wipe(&visit->booking);
    visit->booking.kind = BOOKING_SLOT;
    visit->booking.slots = 1;
    visit->booking.slot.start = visit->found_start;
    visit->booking.slot.minutes = TALK_MINUTES;
    text_copy(visit->booking.slot.guide, sizeof visit->booking.slot.guide, visit->found_guide);
    text_copy(visit->booking.code, sizeof visit->booking.code, visit->code);
    begin_slip(turn);
    turn->effects->reprint = true;
    return answer_go(turn, SCREEN_STAFF);
}

static bool on_reprint(struct turn *turn, const char *id)
{
    if (answer_is(id, "checkin.done"))
        return answer_go(turn, SCREEN_STAFF);
    return answer_is(id, "reprint.print") ? reprint(turn) : answer_code(turn, id);
}

// ---- the page

static bool on_staff(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    if (answer_is(id, "staff.status"))
        return answer_go(turn, SCREEN_STAFF_STATUS);
    if (answer_is(id, "staff.test") && visit->staff_slip != STAFF_SLIP_PRINTING) {
        begin_slip(turn);
        turn->effects->test_slip = true;
        return true;
    }
    if (answer_is(id, "staff.reprint")) {
        visit->found = FOUND_NOTHING;
        memory_wipe(visit->code, sizeof visit->code);
        return answer_go(turn, SCREEN_REPRINT);
    }
    if (answer_is(id, "staff.restart"))
        turn->effects->restart = true;
    return (answer_is(id, "staff.close") || answer_is(id, "staff.restart")) && answer_over(turn);
}

bool staff_touch(struct turn *turn, const char *id)
{
    switch (turn->visit->screen) {
    case SCREEN_PIN:
        return on_pin(turn, id);
    case SCREEN_STAFF:
        return on_staff(turn, id);
    case SCREEN_STAFF_STATUS:
        return answer_is(id, "status.back") && answer_go(turn, SCREEN_STAFF);
    default:
        return on_reprint(turn, id);
    }
}
