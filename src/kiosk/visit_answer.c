// What a touched element means, screen by screen.
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "kiosk/visit_flow.h"

#include "base/banned.h"

const char *answer_after(const char *id, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(id, prefix, length) == 0 ? id + length : NULL;
}

bool answer_is(const char *id, const char *wanted)
{
    return strcmp(id, wanted) == 0;
}

static bool forward(struct turn *turn)
{
    flow_forward(turn);
    return true;
}

bool answer_go(struct turn *turn, enum visit_screen screen)
{
    flow_go(turn, screen);
    return true;
}

bool answer_changed(struct turn *turn)
{
    turn->effects->changed = true;
    return true;
}

bool answer_over(struct turn *turn)
{
    turn->effects->wipe = true;
    return true;
}

// ---- 0 start

static bool limited(const struct visit_world *world)
{
    return world->full || (world->limit_hour > 0 && world->booked_hour >= world->limit_hour) ||
           (world->limit_day > 0 && world->booked_day >= world->limit_day);
}

static bool on_start(struct turn *turn, const char *id)
{
    if (answer_is(id, "start.begin"))
        return answer_go(turn, limited(turn->world) ? SCREEN_BUSY : SCREEN_LANGUAGE);
    return answer_is(id, "start.checkin") && answer_go(turn, SCREEN_CHECKIN);
}

static void type_code(struct visit *visit, const char *key)
{
    size_t length = strlen(visit->code);
    if (strcmp(key, "delete") == 0) {
        utf8_drop_last(visit->code);
    } else if (key[0] != '\0' && key[1] == '\0' && length < CODE_LENGTH) {
        visit->code[length] = (char)utf8_upper((unsigned char)key[0]);
        visit->code[length + 1] = '\0';
    }
}

bool answer_code(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    const char *key = answer_after(id, "key.");
    if (answer_is(id, "checkin.again")) {
        visit->found = FOUND_NOTHING;
        visit->code[0] = '\0';
        return answer_go(turn, visit->screen);
    }
    if (visit->wait != WAIT_NOTHING || visit->found != FOUND_NOTHING)
        return false;
    if (key != NULL) {
        type_code(visit, key);
        return answer_changed(turn);
    }
    if (!answer_is(id, "checkin.next") || strlen(visit->code) != CODE_LENGTH)
        return false;
    if (!code_valid(visit->code)) { // its check character says so: nobody needs to be asked
        visit->found = FOUND_UNKNOWN;
        return answer_go(turn, visit->screen);
    }
    visit->wait = WAIT_CHECK;
    visit->waiting_ms = turn->now_ms;
    visit->request++;
    turn->effects->check = true;
    return answer_changed(turn);
}

static bool on_checkin(struct turn *turn, const char *id)
{
    return answer_is(id, "checkin.done") ? answer_over(turn) : answer_code(turn, id);
}

// ---- 1 to 6

static bool on_language(struct turn *turn, const char *id)
{
    const char *code = answer_after(id, "language.");
    if (code == NULL || (!answer_is(code, "other") && town_language(turn->world->town, code) == NULL))
        return false;
    text_copy(turn->visit->booking.language, sizeof turn->visit->booking.language, code);
    return forward(turn);
}

static bool on_explanation(struct turn *turn, const char *id)
{
    return answer_is(id, "explanation.go") && forward(turn);
}

static void set_answer(struct booking *booking, const char *indicator, const char *answer)
{
    unsigned i = 0;
    while (i < booking->answer_count && strcmp(booking->answers[i].indicator, indicator) != 0)
        i++;
    if (i == BOOKING_ANSWERS_MAX)
        return;
    if (i == booking->answer_count)
        booking->answer_count++;
    text_copy(booking->answers[i].indicator, sizeof booking->answers[i].indicator, indicator);
    text_copy(booking->answers[i].answer, sizeof booking->answers[i].answer, answer);
}

static bool on_indicator(struct turn *turn, const char *id)
{
    const struct town_indicator *indicator = &turn->world->town->indicators[turn->visit->indicator];
    const char *rest = answer_after(id, "indicator.");
    rest = rest != NULL ? answer_after(rest, indicator->id) : NULL;
    if (rest == NULL || rest[0] != '.' || town_answer(indicator, rest + 1) == NULL)
        return false;
    set_answer(&turn->visit->booking, indicator->id, rest + 1);
    return forward(turn);
}

static void toggle_topic(struct turn *turn, const char *topic)
{
    struct booking *booking = &turn->visit->booking;
    for (unsigned i = 0; i < booking->topic_count; i++)
        if (strcmp(booking->topics[i], topic) == 0) {
            booking->topic_count--;
            memmove(booking->topics[i], booking->topics[i + 1],
                    sizeof booking->topics[0] * (booking->topic_count - i));
            return;
        }
    if (booking->topic_count < turn->world->town->topics_max && booking->topic_count < BOOKING_TOPICS_MAX)
        text_copy(booking->topics[booking->topic_count++], sizeof booking->topics[0], topic);
}

static bool on_topics(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    const char *name = answer_after(id, "topic.");
    const struct town_topic *topic = name != NULL ? town_topic(turn->world->town, name) : NULL;
    if (topic != NULL && town_offers(turn->world->town, topic, &visit->booking)) {
        toggle_topic(turn, name);
        return answer_changed(turn);
    }
    return answer_is(id, "topics.next") && visit->booking.topic_count > 0 && forward(turn);
}

static bool on_referred(struct turn *turn, const char *id)
{
    const char *name = answer_after(id, "referred.");
    if (name == NULL || (!answer_is(name, "skip") && town_referrer(turn->world->town, name) == NULL))
        return false;
    text_copy(turn->visit->booking.referred, sizeof turn->visit->booking.referred,
              answer_is(name, "skip") ? "" : name);
    return forward(turn);
}

static bool on_privacy(struct turn *turn, const char *id)
{
    if (answer_is(id, "privacy.stop")) { // asks first, as the bar's stop does
        turn->visit->overlay = OVERLAY_STOP;
        turn->effects->screen_changed = true;
        return answer_changed(turn);
    }
    if (answer_is(id, "privacy.more"))
        return answer_go(turn, SCREEN_PRIVACY_MORE);
    if (answer_is(id, "privacy.back"))
        return answer_go(turn, SCREEN_PRIVACY);
    if (!answer_is(id, "privacy.go"))
        return false;
    turn->visit->screen = SCREEN_PRIVACY;
    return forward(turn);
}

// ---- 7 name, 8 phone

static void trim(char *text)
{
    size_t length = strlen(text), from = strspn(text, " ");
    while (length > from && text[length - 1] == ' ')
        length--;
    memmove(text, text + from, length - from);
    memory_wipe(text + length - from, from + 1);
}

static bool name_next(struct turn *turn)
{
    struct booking *booking = &turn->visit->booking;
    trim(booking->first_name);
    trim(booking->last_name);
    bool named = booking->first_name[0] != '\0' || booking->last_name[0] != '\0';
    if (!turn->visit->last_name && booking->last_name[0] == '\0') {
        if (!named)
            return false;
        turn->visit->last_name = true;
        turn->visit->keyboard.last[0] = '\0';
        return answer_changed(turn);
    }
    return named && forward(turn);
}

static bool on_name(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    if (answer_is(id, "name.first") || answer_is(id, "name.last")) {
        visit->last_name = answer_is(id, "name.last");
        visit->keyboard.last[0] = '\0';
        return answer_changed(turn);
    }
    if (answer_is(id, "name.next"))
        return name_next(turn);
    char *field = visit->last_name ? visit->booking.last_name : visit->booking.first_name;
    return keyboard_apply(&visit->keyboard, id, field, BOOKING_NAME_SIZE, VISIT_NAME_MAX) &&
           answer_changed(turn);
}

// From the phone: to the call-back question that asked for it, or on.
static bool phone_given(struct turn *turn)
{
    struct visit *visit = turn->visit;
    visit->screen = SCREEN_PHONE;
    if (visit->phone_for_callback) {
        visit->phone_for_callback = false;
        return answer_go(turn, SCREEN_CALLBACK);
    }
    if (visit->booking.kind == BOOKING_CALLBACK && visit->booking.phone[0] == '\0')
        visit->booking.kind = BOOKING_SLOT;
    return forward(turn);
}

static bool on_phone(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    if (answer_is(id, "phone.none")) {
        memory_wipe(visit->phone, sizeof visit->phone);
        memory_wipe(visit->booking.phone, sizeof visit->booking.phone);
        return phone_given(turn);
    }
    if (!answer_is(id, "phone.next"))
        return keyboard_pad_apply(id, visit->phone, sizeof visit->phone, PHONE_SIZE - 1) &&
               answer_changed(turn);
    enum phone_kind kind = phone_read(visit->phone, visit->booking.phone);
    if (kind == PHONE_NONE)
        return false;
    return kind == PHONE_SUSPICIOUS ? answer_go(turn, SCREEN_PHONE_CHECK) : phone_given(turn);
}

static bool on_phone_check(struct turn *turn, const char *id)
{
    if (answer_is(id, "phone.sure"))
        return phone_given(turn);
    if (!answer_is(id, "phone.change"))
        return false;
    memory_wipe(turn->visit->phone, sizeof turn->visit->phone);
    memory_wipe(turn->visit->booking.phone, sizeof turn->visit->booking.phone);
    return answer_go(turn, SCREEN_PHONE);
}

// ---- 9 moment, 10 check

static bool on_slot(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    const char *name = answer_after(id, "slot.");
    if (name == NULL || visit->wait != WAIT_NOTHING)
        return false;
    if (answer_is(name, "none"))
        return answer_go(turn, SCREEN_CALLBACK);
    if (answer_is(name, "more")) {
        visit->page++;
        visit->taken = false;
        return answer_changed(turn);
    }
    struct moment start;
    if (moment_parse(name, &start) != 0)
        return false;
    for (unsigned i = 0; i < visit->offer_count; i++)
        if (moment_compare(visit->offer[i].start, start) == 0) {
            visit->booking.kind = BOOKING_SLOT;
            flow_lease(turn, &visit->offer[i]);
            return true;
        }
    return false;
}

static bool on_callback(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    if (answer_is(id, "callback.back"))
        return answer_go(turn, SCREEN_SLOT);
    if (answer_is(id, "callback.phone")) {
        visit->phone_for_callback = true;
        return answer_go(turn, SCREEN_PHONE);
    }
    if (!answer_is(id, "callback.go") || visit->booking.phone[0] == '\0')
        return false;
    flow_give_back(turn);
    visit->booking.kind = BOOKING_CALLBACK;
    visit->booking.slots = 0;
    return answer_go(turn, SCREEN_CHECK);
}

static bool confirm(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (!visit_complete(turn->world, visit))
        return false;
    visit->wait = WAIT_BOOK;
    visit->waiting_ms = turn->now_ms;
    visit->request++;
    turn->effects->book = true;
    return answer_changed(turn);
}

static const struct {
    const char *line;
    enum visit_screen screen;
} lines[] = {{"language", SCREEN_LANGUAGE}, {"topics", SCREEN_TOPICS}, {"referred", SCREEN_REFERRED},
             {"name", SCREEN_NAME},         {"phone", SCREEN_PHONE},   {"slot", SCREEN_SLOT}};

static bool correct(struct turn *turn, enum visit_screen screen)
{
    turn->visit->before = turn->visit->booking;
    flow_go(turn, screen);
    turn->visit->correcting = true;
    return true;
}

static bool on_check(struct turn *turn, const char *id)
{
    const char *line = answer_after(id, "check.");
    if (line == NULL || turn->visit->wait != WAIT_NOTHING)
        return false;
    if (answer_is(line, "confirm"))
        return confirm(turn);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) // topics may take more lines: topics.1
        if (answer_is(line, lines[i].line) || (i == 1 && answer_after(line, "topics.") != NULL))
            return correct(turn, lines[i].screen);
    const struct town *town = turn->world->town;
    for (unsigned i = 0; i < town->indicators_count; i++)
        if (answer_is(line, town->indicators[i].id) &&
            town_asks(town, &town->indicators[i], &turn->visit->booking)) {
            turn->visit->indicator = i;
            return correct(turn, SCREEN_INDICATOR);
        }
    return false;
}

// ---- 11 slip, 12 goodbye, and what went wrong

static bool on_slip(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    if (answer_is(id, "slip.done") && visit->slip != SLIP_UNKNOWN && visit->slip != SLIP_PRINTING)
        return answer_go(turn, SCREEN_GOODBYE);
    if (answer_is(id, "slip.yes") && visit->slip == SLIP_UNKNOWN) {
        visit->slip = SLIP_PRINTED;
        return answer_go(turn, SCREEN_GOODBYE);
    }
    if ((answer_is(id, "slip.problem") && visit->slip == SLIP_PRINTED) ||
        (answer_is(id, "slip.no") && visit->slip == SLIP_UNKNOWN)) {
        visit->slip = SLIP_NO_PAPER;
        return answer_changed(turn);
    }
    return false;
}

static bool on_end(struct turn *turn, const char *id)
{
    return (answer_is(id, "goodbye.done") || answer_is(id, "busy.done") || answer_is(id, "failed.done")) &&
           answer_over(turn);
}

static bool on_failed(struct turn *turn, const char *id)
{
    return answer_is(id, "failed.again") ? answer_go(turn, SCREEN_CHECK) : on_end(turn, id);
}

static bool (*const screens[SCREENS])(struct turn *turn, const char *id) = {
    [SCREEN_START] = on_start,
    [SCREEN_CHECKIN] = on_checkin,
    [SCREEN_LANGUAGE] = on_language,
    [SCREEN_EXPLANATION] = on_explanation,
    [SCREEN_INDICATOR] = on_indicator,
    [SCREEN_TOPICS] = on_topics,
    [SCREEN_REFERRED] = on_referred,
    [SCREEN_PRIVACY] = on_privacy,
    [SCREEN_PRIVACY_MORE] = on_privacy,
    [SCREEN_NAME] = on_name,
    [SCREEN_PHONE] = on_phone,
    [SCREEN_PHONE_CHECK] = on_phone_check,
    [SCREEN_SLOT] = on_slot,
    [SCREEN_CALLBACK] = on_callback,
    [SCREEN_CHECK] = on_check,
    [SCREEN_SLIP] = on_slip,
    [SCREEN_GOODBYE] = on_end,
    [SCREEN_BUSY] = on_end,
    [SCREEN_FAILED] = on_failed,
    [SCREEN_PIN] = staff_touch,
    [SCREEN_STAFF] = staff_touch,
    [SCREEN_STAFF_STATUS] = staff_touch,
    [SCREEN_REPRINT] = staff_touch,
};

bool answer_touch(struct turn *turn, const char *id)
{
    struct visit *visit = turn->visit;
    if (answer_is(id, "list.more") || answer_is(id, "list.back")) {
        visit->page = answer_is(id, "list.more") ? visit->page + 1 : visit->page - (visit->page > 0);
        return answer_changed(turn);
    }
    return screens[visit->screen](turn, id);
}
