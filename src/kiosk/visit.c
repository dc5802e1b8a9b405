#include "kiosk/visit.h"

#include <string.h>

#include "base/memory.h"
#include "kiosk/visit_flow.h"

#include "base/banned.h"

#define LEASE_LIMIT_MS 15000 // the link answers long before: this only keeps a screen from waiting for ever
#define BOOK_LIMIT_MS 30000

void visit_begin(struct visit *visit, const struct visit_world *world, int64_t now_ms)
{
    uint32_t request = visit->request; // late answers of the last visit must not fit this one
    memory_wipe(visit, sizeof *visit);
    visit->request = request;
    visit->keyboard.abc = world->abc;
    visit->touched_ms = visit->screen_ms = now_ms;
    text_copy(visit->booking.channel, sizeof visit->booking.channel, "kiosk");
}

// ---- names

static const char *const screen_names[SCREENS] = {
    "start",        "checkin", "language", "explanation", "indicator", "topics",   "referred", "privacy",
    "privacy-more", "name",    "phone",    "phone-check", "slot",      "callback", "check",    "slip",
    "goodbye",      "busy",    "failed",   "pin",         "staff",     "status",   "reprint"};
static const char *const overlay_names[] = {"", "idle", "help", "stop", "voice"};

const char *visit_phase_name(const struct visit *visit)
{
    static const char *const pins[] = {"pin", "pin-wrong", "pin-pause"};
    if (visit->overlay == OVERLAY_NONE && visit->screen == SCREEN_PIN)
        return pins[visit->pin_state];
    return visit->overlay != OVERLAY_NONE ? overlay_names[visit->overlay] : screen_names[visit->screen];
}

void visit_screen_name(const struct visit_world *world, const struct visit *visit, char *out, size_t size)
{
    if (visit->overlay == OVERLAY_NONE && visit->screen == SCREEN_INDICATOR)
        text_print(out, size, "indicator.%s", world->town->indicators[visit->indicator].id);
    else
        text_copy(out, size, visit_phase_name(visit));
}

#define FIXED_STOPS 9 // of the way, beside the town's questions

unsigned visit_stops(const struct visit_world *world)
{
    return FIXED_STOPS + world->town->indicators_count;
}

unsigned visit_stop(const struct visit_world *world, const struct visit *visit)
{
    // before the town's own questions, and after them
    static const unsigned before[SCREENS] = {[SCREEN_EXPLANATION] = 1, [SCREEN_INDICATOR] = 2};
    static const unsigned after[SCREENS] = {
        [SCREEN_TOPICS] = 2,   [SCREEN_REFERRED] = 3, [SCREEN_PRIVACY] = 4,     [SCREEN_PRIVACY_MORE] = 4,
        [SCREEN_NAME] = 5,     [SCREEN_PHONE] = 6,    [SCREEN_PHONE_CHECK] = 6, [SCREEN_SLOT] = 7,
        [SCREEN_CALLBACK] = 7, [SCREEN_CHECK] = 8,    [SCREEN_SLIP] = 8,        [SCREEN_GOODBYE] = 9,
        [SCREEN_FAILED] = 8};
    if (after[visit->screen] > 0)
        return world->town->indicators_count + after[visit->screen];
    return before[visit->screen] + (visit->screen == SCREEN_INDICATOR ? visit->indicator : 0);
}

unsigned visit_seconds_left(const struct visit_world *world, const struct visit *visit, int64_t now_ms)
{
    int64_t left = visit->idle_ms + world->countdown_ms - now_ms;
    return left <= 0 ? 0 : (unsigned)((left + 999) / 1000);
}

// ---- the end

static void over(struct turn *turn)
{
    flow_give_back(turn);
    bool print = turn->effects->print; // never both, but a slip asked for in this step stays asked for
    bool release = turn->effects->release, restart = turn->effects->restart;
    *turn->effects = (struct visit_effects){.wipe = true,
                                            .print = print,
                                            .release = release,
                                            .restart = restart,
                                            .changed = true,
                                            .screen_changed = true};
    visit_begin(turn->visit, turn->world, turn->now_ms);
}

static void show_overlay(struct turn *turn, enum visit_overlay overlay)
{
    turn->visit->overlay = overlay;
    turn->effects->changed = turn->effects->screen_changed = true;
}

// ---- the bar and the questions over a screen

static bool on_voice(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    static const struct {
        const char *id;
        int speed, volume;
    } steps[] = {
        {"voice.slower", -1, 0}, {"voice.faster", 1, 0}, {"voice.softer", 0, -1}, {"voice.louder", 0, 1}};
    const int most = VISIT_VOICE_STEPS / 2;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (strcmp(id, steps[i].id) == 0) {
            int speed = visit->speed + steps[i].speed, volume = visit->volume + steps[i].volume;
            visit->speed = speed > most ? most : speed < -most ? -most : speed;
            visit->volume = volume > most ? most : volume < -most ? -most : volume;
            turn->effects->changed = turn->effects->read = turn->effects->voice = true;
            return true;
        }
    if (strcmp(id, "voice.again") == 0) {
        turn->effects->read = turn->effects->read_private = true;
        return true;
    }
    if (strcmp(id, "voice.off") != 0 && strcmp(id, "voice.close") != 0)
        return false;
    visit->speaking = strcmp(id, "voice.close") == 0;
    turn->effects->read = visit->speaking;
    turn->effects->voice = true;
    show_overlay(turn, OVERLAY_NONE);
    return true;
}

static bool on_overlay(struct turn *turn, const char *id)
{
    static const char *const stay[] = {"", "idle.stay", "help.close", "stop.stay", "voice.close"};
    if (strcmp(id, "idle.stop") == 0 || strcmp(id, "stop.go") == 0) {
        over(turn);
        return true;
    }
    if (turn->visit->overlay == OVERLAY_VOICE)
        return on_voice(turn, id);
    if (strcmp(id, stay[turn->visit->overlay]) != 0)
        return false;
    show_overlay(turn, OVERLAY_NONE);
    return true;
}

static bool bar_speak(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (visit->speaking) {
        show_overlay(turn, visit->overlay == OVERLAY_VOICE ? OVERLAY_NONE : OVERLAY_VOICE);
    } else {
        visit->speaking = true;
        turn->effects->changed = turn->effects->voice = true;
    }
    turn->effects->read = true;
    return true;
}

static bool bar_modes(struct turn *turn, const char *tool)
{
    struct visit *visit = turn->visit;
    unsigned steps = turn->world->text_steps;
    if (strcmp(tool, "text") == 0)
        visit->text = (visit->text + 1) % (steps > 0 ? steps : 3);
    else if (strcmp(tool, "contrast") == 0)
        visit->contrast = !visit->contrast;
    else if (strcmp(tool, "reach") == 0 && !turn->world->no_reach)
        visit->reach = !visit->reach;
    else
        return false;
    visit->page = 0; // what fits on a page differs
    turn->effects->changed = true;
    return true;
}

static bool on_bar(struct turn *turn, const char *tool)
{
    struct visit *visit = turn->visit;
    if (strcmp(tool, "speak") == 0)
        return bar_speak(turn);
    if (bar_modes(turn, tool))
        return true;
    if (strcmp(tool, "help") == 0)
        show_overlay(turn, OVERLAY_HELP);
    else if (strcmp(tool, "town") == 0)
        staff_knock(turn);
    else if (strcmp(tool, "stop") == 0 && (visit->screen == SCREEN_CHECKIN || staff_is(visit->screen)))
        turn->effects->wipe = true;
    else if (strcmp(tool, "stop") == 0 && flow_has_back(visit))
        show_overlay(turn, OVERLAY_STOP);
    else if (strcmp(tool, "back") == 0 && flow_has_back(visit))
        flow_back(turn);
    else
        return false;
    return true;
}

static void on_touch(struct turn *turn, const char *id)
{
    const char *tool = answer_after(id, "bar.");
    bool page = turn->visit->overlay == OVERLAY_VOICE; // stands in the place of the screen, with its bar
    if (page && tool != NULL && strcmp(tool, "back") == 0)
        show_overlay(turn, OVERLAY_NONE);
    else if (turn->visit->overlay != OVERLAY_NONE && !(page && tool != NULL))
        on_overlay(turn, id);
    else if (tool != NULL)
        on_bar(turn, tool);
    else if (turn->visit->wait != WAIT_BOOK)
        answer_touch(turn, id);
}

static void on_back_key(struct turn *turn)
{
    if (turn->visit->overlay == OVERLAY_NONE)
        on_bar(turn, "back");
    else
        show_overlay(turn, OVERLAY_NONE);
}

static void on_scan(struct turn *turn, const char *text)
{
    struct visit *visit = turn->visit;
    char code[CODE_SIZE];
    bool staff = visit->screen == SCREEN_STAFF || visit->screen == SCREEN_REPRINT;
    if ((visit->screen != SCREEN_START && visit->screen != SCREEN_CHECKIN && !staff) ||
        visit->wait != WAIT_NOTHING)
        return; // a booking in the making is not disturbed by a scanner
    bool good = code_read(text, code) == 0;
    flow_go(turn, staff ? SCREEN_REPRINT : SCREEN_CHECKIN);
    visit->found = good ? FOUND_NOTHING : FOUND_UNKNOWN;
    if (!good)
        return;
    text_copy(visit->code, sizeof visit->code, code);
    answer_touch(turn, "checkin.next");
}

// ---- answers of the world

static void on_offer(struct turn *turn, const struct visit_event *event)
{
    struct visit *visit = turn->visit;
    unsigned count = event->count < VISIT_OFFER_MAX ? event->count : VISIT_OFFER_MAX, kept = 0;
    for (unsigned i = 0; i < count; i++) // one tile a moment, whoever the guide is
        if (kept == 0 || moment_compare(visit->offer[kept - 1].start, event->slots[i].start) != 0)
            visit->offer[kept++] = event->slots[i];
    visit->offer_count = kept;
    visit->offered = true;
    turn->effects->changed = true;
}

static void on_leased(struct turn *turn, const struct visit_event *event)
{
    struct visit *visit = turn->visit;
    visit->wait = WAIT_NOTHING;
    visit->leased = true;
    visit->booking.slot = event->slot;
    visit->booking.slots = town_slots_needed(turn->world->town, &visit->booking);
    visit->booking.kind = BOOKING_SLOT;
    text_copy(visit->booking.code, sizeof visit->booking.code, event->code);
    flow_forward(turn);
}

static void on_taken(struct turn *turn)
{
    turn->visit->wait = WAIT_NOTHING;
    turn->visit->taken = true;
    turn->visit->page = 0;
    turn->effects->changed = true;
    turn->effects->offer = town_slots_needed(turn->world->town, &turn->visit->booking);
}

static void on_full(struct turn *turn)
{
    turn->visit->wait = WAIT_NOTHING;
    flow_go(turn, SCREEN_BUSY);
}

static void on_booked(struct turn *turn, const struct visit_event *event)
{
    struct visit *visit = turn->visit;
    visit->wait = WAIT_NOTHING;
    visit->booked = true;
    if (event->code != NULL && event->code[0] != '\0')
        text_copy(visit->booking.code, sizeof visit->booking.code, event->code);
    visit->slip = SLIP_PRINTING;
    turn->effects->print = true;
    flow_go(turn, SCREEN_SLIP);
    visit->touched_ms = turn->now_ms;
}

static void on_failed(struct turn *turn)
{
    turn->visit->wait = WAIT_NOTHING;
    flow_go(turn, SCREEN_FAILED);
    turn->visit->touched_ms = turn->now_ms;
}

static void on_checked(struct turn *turn, const struct visit_event *event)
{
    struct visit *visit = turn->visit;
    visit->wait = WAIT_NOTHING;
    visit->found = event->found;
    visit->found_start = event->start;
    text_copy(visit->found_guide, sizeof visit->found_guide, event->guide != NULL ? event->guide : "");
    flow_go(turn, visit->screen == SCREEN_REPRINT ? SCREEN_REPRINT : SCREEN_CHECKIN);
}

// What the printer says counts until the visitor has said that there is no paper.
static void on_printed(struct turn *turn, enum visit_slip slip)
{
    struct visit *visit = turn->visit;
    if (staff_is(visit->screen))
        staff_printed(turn, slip);
    if (visit->screen != SCREEN_SLIP || (visit->slip != SLIP_PRINTING && visit->slip != SLIP_UNKNOWN))
        return;
    visit->slip = slip;
    visit->screen_ms = turn->now_ms;
    turn->effects->changed = turn->effects->screen_changed = true;
}

static void on_answer(struct turn *turn, const struct visit_event *event)
{
    struct visit *visit = turn->visit;
    if (event->request != visit->request)
        return; // of a visit or a wish that is over
    // A booking can become durable after its wait was given up: the promise stands, so the slip follows.
    if (event->kind == VISIT_BOOKED && (visit->wait == WAIT_BOOK || visit->screen == SCREEN_FAILED))
        on_booked(turn, event);
    else if (event->kind == VISIT_BOOK_FAILED && visit->wait == WAIT_BOOK)
        on_failed(turn);
    else if (event->kind == VISIT_LEASED && visit->wait == WAIT_LEASE)
        on_leased(turn, event);
    else if (event->kind == VISIT_TAKEN && visit->wait == WAIT_LEASE)
        on_taken(turn);
    else if (event->kind == VISIT_FULL && visit->wait == WAIT_LEASE)
        on_full(turn);
    else if (event->kind == VISIT_CHECKED && visit->wait == WAIT_CHECK)
        on_checked(turn, event);
    else if (event->kind == VISIT_PIN && visit->wait == WAIT_PIN)
        staff_pin(turn, event->good, event->wait_s);
}

// ---- time

static bool asks_idle(const struct visit *visit)
{
    return visit->screen != SCREEN_START && visit->screen != SCREEN_GOODBYE && visit->wait != WAIT_BOOK;
}

static bool modes_set(const struct visit *visit)
{
    return visit->text != 0 || visit->contrast || visit->reach || visit->speaking || visit->overlay != 0;
}

struct deadline {
    bool on;
    int64_t at_ms;
    void (*then)(struct turn *turn);
};

static void ask_idle(struct turn *turn)
{
    turn->visit->idle_ms = turn->now_ms;
    show_overlay(turn, OVERLAY_IDLE);
}

static void outcome_unknown(struct turn *turn)
{
    on_printed(turn, SLIP_UNKNOWN);
}

static void check_offline(struct turn *turn)
{
    on_checked(turn, &(struct visit_event){.found = FOUND_OFFLINE});
}

static void pin_unanswered(struct turn *turn)
{
    staff_pin(turn, false, 0);
}

static void give_up_lease(struct turn *turn)
{
    flow_give_back(turn);
    on_taken(turn);
}

#define DEADLINES 9
static void deadlines(const struct visit_world *world, const struct visit *visit,
                      struct deadline out[DEADLINES])
{
    bool idle = visit->overlay == OVERLAY_IDLE, start = visit->screen == SCREEN_START;
    bool printing = visit->screen == SCREEN_SLIP && visit->slip == SLIP_PRINTING;
    const struct deadline all[DEADLINES] = {
        {visit->wait == WAIT_LEASE, visit->waiting_ms + LEASE_LIMIT_MS, give_up_lease},
        {visit->wait == WAIT_BOOK, visit->waiting_ms + BOOK_LIMIT_MS, on_failed},
        {visit->wait == WAIT_CHECK, visit->waiting_ms + LEASE_LIMIT_MS, check_offline},
        {visit->wait == WAIT_PIN, visit->waiting_ms + LEASE_LIMIT_MS, pin_unanswered},
        {printing, visit->screen_ms + world->print_ms, outcome_unknown},
        {visit->screen == SCREEN_GOODBYE, visit->touched_ms + world->goodbye_ms, over},
        {idle, visit->idle_ms + world->countdown_ms, over},
        {!idle && asks_idle(visit), visit->touched_ms + world->idle_ms, ask_idle},
        {start && modes_set(visit), visit->touched_ms + world->idle_ms, over}};
    memcpy(out, all, sizeof all);
}

static void on_tick(struct turn *turn)
{
    struct deadline all[DEADLINES];
    deadlines(turn->world, turn->visit, all);
    if (turn->visit->overlay == OVERLAY_IDLE)
        turn->effects->changed = true; // the seconds left
    for (unsigned i = 0; i < DEADLINES; i++)
        if (all[i].on && turn->now_ms >= all[i].at_ms) {
            all[i].then(turn);
            return;
        }
}

int64_t visit_next_ms(const struct visit_world *world, const struct visit *visit, int64_t now_ms)
{
    struct deadline all[DEADLINES];
    deadlines(world, visit, all);
    int64_t next = -1;
    for (unsigned i = 0; i < DEADLINES; i++) {
        int64_t left = all[i].at_ms > now_ms ? all[i].at_ms - now_ms : 0;
        if (all[i].on && (next < 0 || left < next))
            next = left;
    }
    if (visit->overlay == OVERLAY_IDLE) {
        int64_t second = 1000 - (now_ms - visit->idle_ms) % 1000;
        next = next < 0 || second < next ? second : next;
    }
    return next;
}

// ---- one step

static bool by_hand(enum visit_event_kind kind)
{
    return kind == VISIT_TOUCH || kind == VISIT_BACK || kind == VISIT_AWAKE || kind == VISIT_SCAN;
}

static void somebody(struct turn *turn, const struct visit_event *event)
{
    struct visit *visit = turn->visit;
    visit->touched_ms = turn->now_ms;
    // A touch anywhere is an answer to "are you still there"; its two buttons say it in their own way.
    bool nowhere = event->kind == VISIT_AWAKE && (event->id == NULL || event->id[0] == '\0');
    if (visit->overlay == OVERLAY_IDLE && (nowhere || event->kind == VISIT_SCAN))
        show_overlay(turn, OVERLAY_NONE);
}

static void dispatch(struct turn *turn, const struct visit_event *event)
{
    if (event->kind == VISIT_TOUCH)
        on_touch(turn, event->id);
    else if (event->kind == VISIT_BACK)
        on_back_key(turn);
    else if (event->kind == VISIT_SCAN)
        on_scan(turn, event->text);
    else if (event->kind == VISIT_TICK)
        on_tick(turn);
    else if (event->kind == VISIT_OFFER)
        on_offer(turn, event);
    else if (event->kind == VISIT_MOVED && turn->visit->screen == SCREEN_SLOT && !turn->visit->wait)
        turn->effects->offer = town_slots_needed(turn->world->town, &turn->visit->booking);
    else if (event->kind == VISIT_PRINTED)
        on_printed(turn, event->slip);
    else
        on_answer(turn, event);
}

void visit_step(const struct visit_world *world, struct visit *visit, const struct visit_event *event,
                int64_t now_ms, struct visit_effects *effects)
{
    *effects = (struct visit_effects){0};
    struct turn turn = {.world = world, .visit = visit, .effects = effects, .now_ms = now_ms};
    if (by_hand(event->kind))
        somebody(&turn, event);
    dispatch(&turn, event);
    if (effects->wipe)
        over(&turn);
}
