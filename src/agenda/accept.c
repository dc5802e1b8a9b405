// Taking bookings in, and what a kiosk may ask about them.
#include <stdlib.h>
#include <string.h>

#include "agenda/private.h"
#include "base/clock.h"
#include "base/memory.h"

#include "base/banned.h"

#define SLOTS_MAX 16 // of one talk
#define DAY_SECONDS 86400

struct landing { // where a booking comes down
    int64_t slots[SLOTS_MAX];
    bool leased[SLOTS_MAX];
    int minutes;     // of the whole talk
    bool taken;      // one of its slots has another owner
    bool without;    // it came without a lease, onto a free slot
    const char *why; // attention, NULL for none
};

// One slot of the talk: by the kiosk's lease, or free; made when the agenda has forgotten it.
static int land_one(struct agenda *agenda, const char *kiosk, const struct slot *slot, unsigned at,
                    struct landing *landing, struct error *error)
{
    struct slot_state state;
    int code = slot_look(agenda, slot->guide, slot->start, &state, error);
    if (code == 0) {
        code = kiosk == NULL ? ERROR_TAKEN : slot_add(agenda, slot, false, NULL);
        if (code < 0) { // no such guide, or it overlaps: for the guide to solve
            landing->taken = true;
            return 0;
        }
        code = slot_look(agenda, slot->guide, slot->start, &state, error);
    }
    if (code < 0)
        return code;
    bool own = kiosk != NULL && slot_state_own(agenda, &state, kiosk);
    if (!own && !slot_state_free(&state))
        landing->taken = true;
    landing->without = landing->without || !own;
    landing->leased[at] = own;
    landing->slots[at] = state.id;
    landing->minutes += state.minutes;
    return 0;
}

static int land(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                struct landing *landing, struct error *error)
{
    *landing = (struct landing){0};
    if (booking->kind == BOOKING_CALLBACK)
        return 0;
    struct slot slot = booking->slot;
    int code = 0;
    for (unsigned i = 0; i < booking->slots && code == 0; i++) {
        slot.start = moment_add(booking->slot.start, (int32_t)i * booking->slot.minutes);
        code = land_one(agenda, kiosk, &slot, i, landing, error);
    }
    if (landing->taken) {
        landing->minutes = (int)booking->slots * booking->slot.minutes;
        landing->why = "taken";
    }
    return code;
}

static int take_slots(struct agenda *agenda, const struct booking *booking, const struct landing *landing,
                      struct error *error)
{
    if (booking->kind == BOOKING_CALLBACK || landing->taken)
        return 0;
    int code = 0;
    for (unsigned i = 0; i < booking->slots && code == 0; i++) {
        if (landing->leased[i])
            code = agenda_run(agenda, error, SQL_LEASE_DELETE, "i", landing->slots[i]);
        if (code == 0)
            code = agenda_run(agenda, error, SQL_BOOKING_SLOT_ADD, "it", landing->slots[i], booking->id);
    }
    return code;
}

static int add_answers(struct agenda *agenda, const struct booking *booking, struct error *error)
{
    int code = 0;
    for (unsigned i = 0; i < booking->topic_count && code == 0; i++)
        code = agenda_run(agenda, error, SQL_BOOKING_TOPIC_ADD, "tit", booking->id, (int64_t)i,
                          booking->topics[i]);
    for (unsigned i = 0; i < booking->answer_count && code == 0; i++)
        code = agenda_run(agenda, error, SQL_INDICATOR_ADD, "ttt", booking->id, booking->answers[i].indicator,
                          booking->answers[i].answer);
    return code;
}

// The code that the booking is kept under: its own, or a new one when another booking has it.
static int settle_code(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                       struct landing *landing, char out[CODE_SIZE], struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    text_copy(out, CODE_SIZE, booking->code);
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_BOOKING_BY_CODE, "t", booking->code);
    int code = agenda_row(agenda, statement, error);
    if (code > 0) {
        sqlite3_reset(statement);
        landing->why = landing->why == NULL ? "code" : landing->why;
        code = agenda_new_code(agenda, kiosk, "booking", out, error);
    } else if (code == 0) {
        code = agenda_run(agenda, error, SQL_CODE_TAKE, "ttt", out, kiosk, now);
    }
    return code;
}

static int compare_answers(const void *first, const void *second)
{
    const struct booking_answer *a = first, *b = second;
    return strcmp(a->indicator, b->indicator);
}

// What a report counts of it, as it stands in the booking's own row: "dutch none,work yes"; "dutch,work".
static void line_up(const struct booking *booking, struct text_buffer *answers, struct text_buffer *topics)
{
    struct booking_answer sorted[BOOKING_ANSWERS_MAX];
    memcpy(sorted, booking->answers, sizeof(sorted));
    qsort(sorted, booking->answer_count, sizeof(sorted[0]), compare_answers);
    for (unsigned i = 0; i < booking->answer_count; i++)
        text_buffer_addf(answers, "%s%s %s", i > 0 ? "," : "", sorted[i].indicator, sorted[i].answer);
    for (unsigned i = 0; i < booking->topic_count; i++)
        text_buffer_addf(topics, "%s%s", i > 0 ? "," : "", booking->topics[i]);
}

// When it was made. A kiosk's clock may be wrong by centuries: nobody books later than the agenda hears of
// it, nor before the code was given out.
static void when_made(struct agenda *agenda, const struct booking *booking, char out[INSTANT_TEXT_SIZE])
{
    struct error error = ERROR_NONE;
    int64_t made = booking->made, now = clock_instant(), given;
    if (made < now - DAY_SECONDS) { // of others it would make no difference
        sqlite3_stmt *row = agenda_bind(agenda, &error, SQL_CODE_GIVEN, "t", booking->code);
        if (agenda_row(agenda, row, &error) > 0) {
            if (instant_parse(database_text(row, 0), &given) == 0 && made < given)
                made = given;
            sqlite3_reset(row);
        }
    }
    instant_format(made < now ? made : now, out);
}

static int add_booking(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                       const struct landing *landing, const char *code_text, const char *made,
                       struct error *error)
{
    char start[MOMENT_TEXT_SIZE], now[INSTANT_TEXT_SIZE];
    bool callback = booking->kind == BOOKING_CALLBACK;
    moment_format(booking->slot.start, start);
    agenda_now(now);
    int code = agenda_run(agenda, error, SQL_PERSON_ADD, "ttt", booking->first_name, booking->last_name,
                          booking->phone);
    int64_t person = sqlite3_last_insert_rowid(agenda->database.handle);
    if (code < 0)
        return code;
    struct text_buffer answers = {0}, topics = {0};
    line_up(booking, &answers, &topics);
    code = agenda_run(agenda, error, SQL_BOOKING_ADD, "tttittiittttttttt", booking->id, code_text,
                      callback ? "callback" : "slot", person, callback ? NULL : booking->slot.guide,
                      callback ? NULL : start, (int64_t)landing->minutes,
                      (int64_t)(callback ? 0 : booking->slots), booking->language, booking->referred,
                      booking->channel, kiosk, landing->why, made, now,
                      answers.text != NULL ? answers.text : "", topics.text != NULL ? topics.text : "");
    text_buffer_release(&answers);
    text_buffer_release(&topics);
    return code;
}

// A booking that was thought lost has come after all: the slots that were kept for it are free for it.
static int find_again(struct agenda *agenda, const struct booking *booking, struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    int code = agenda_run(agenda, error, SQL_LOST_SETTLE, "tt", booking->id, now);
    if (code < 0 || agenda_changes(agenda) == 0)
        return code;
    return agenda_run(agenda, error, SQL_BLOCK_DELETE_CODE, "t", booking->code);
}

static int store(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                 enum agenda_result *result, struct error *error)
{
    struct landing landing = {0};
    char own_code[CODE_SIZE], made[INSTANT_TEXT_SIZE];
    when_made(agenda, booking, made);
    int code = find_again(agenda, booking, error);
    if (code == 0)
        code = land(agenda, kiosk, booking, &landing, error);
    if (code == 0 && landing.taken && kiosk == NULL)
        return error_set(error, ERROR_TAKEN, "the slot is taken");
    if (code == 0)
        code = settle_code(agenda, kiosk, booking, &landing, own_code, error);
    if (code == 0)
        code = add_booking(agenda, kiosk, booking, &landing, own_code, made, error);
    if (code == 0)
        code = take_slots(agenda, booking, &landing, error);
    if (code == 0)
        code = add_answers(agenda, booking, error);
    if (code == 0)
        code = agenda_event(agenda, landing.taken ? "booking kept without its slot" : "booking stored",
                            own_code, kiosk != NULL && landing.without ? "without lease" : "", error);
    *result = landing.taken ? AGENDA_REFUSED : AGENDA_STORED;
    return code;
}

// 1 when the id is in the agenda, or was before a purge: *result is then what it got the first time.
static int known(struct agenda *agenda, const char *id, enum agenda_result *result, struct error *error)
{
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_BOOKING_KNOWN, "t", id);
    int code = agenda_row(agenda, statement, error);
    if (code > 0) {
        *result = strcmp(database_text(statement, 0), "taken") == 0 ? AGENDA_REFUSED : AGENDA_KNOWN;
        sqlite3_reset(statement);
        return 1;
    }
    return code;
}

static int note_kiosk(struct agenda *agenda, const char *kiosk, struct error *error)
{
    if (kiosk == NULL || agenda->kiosk_noted)
        return 0;
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    int code = agenda_run(agenda, error, SQL_KIOSK_PUT, "tt", kiosk, now);
    agenda->kiosk_noted = code == 0;
    return code;
}

static int accept_within(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                         enum agenda_result *result, struct error *error)
{
    int there = known(agenda, booking->id, result, error);
    if (there != 0)
        return there < 0 ? there : 0;
    int code = note_kiosk(agenda, kiosk, error);
    return code == 0 ? store(agenda, kiosk, booking, result, error) : code;
}

int agenda_accept(struct agenda *agenda, const char *kiosk, const struct booking *booking,
                  enum agenda_result *result, struct error *error)
{
    *result = AGENDA_REFUSED;
    int code = booking_check(booking, error);
    if (code < 0)
        return code;
    if (agenda->depth > 0) // what fails from here on fails the sync that it is part of
        return accept_within(agenda, kiosk, booking, result, error);
    code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    return agenda_end(agenda, accept_within(agenda, kiosk, booking, result, error), error);
}

// ---- codes

int agenda_check_code(struct agenda *agenda, const char *code_text, bool *exists, struct slot *slot,
                      char *state, size_t state_size, struct error *error)
{
    *exists = false;
    *slot = (struct slot){0};
    text_copy(state, state_size, "");
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_BOOKING_BY_CODE, "t", code_text);
    int code = agenda_row(agenda, statement, error);
    if (code <= 0)
        return code;
    *exists = true;
    text_copy(state, state_size, database_text(statement, 4));
    if (strcmp(database_text(statement, 0), "slot") == 0)
        slot_read(statement, 1, slot);
    sqlite3_reset(statement);
    return 0;
}

static unsigned read_spare(struct agenda *agenda, const char *kiosk, char (*codes)[CODE_SIZE], unsigned room)
{
    struct error error = ERROR_NONE;
    unsigned count = 0;
    sqlite3_stmt *statement = agenda_bind(agenda, &error, SQL_CODES_SPARE, "ti", kiosk, (int64_t)room);
    while (count < room && agenda_row(agenda, statement, &error) > 0)
        text_copy(codes[count++], CODE_SIZE, database_text(statement, 0));
    if (statement != NULL)
        sqlite3_reset(statement);
    return count;
}

int agenda_spare_codes(struct agenda *agenda, const char *kiosk, unsigned want, char (*codes)[CODE_SIZE],
                       unsigned room, unsigned *count, struct error *error)
{
    int code = agenda_begin(agenda, error);
    *count = 0;
    if (code < 0)
        return code;
    *count = read_spare(agenda, kiosk, codes, room);
    struct error limit = ERROR_NONE;
    if (agenda_within_limits(agenda, kiosk, &limit) != 0) // call-backs count as bookings
        want = 0;
    while (code == 0 && *count < want && *count < room)
        code = agenda_new_code(agenda, kiosk, "spare", codes[(*count)++], error);
    return agenda_end(agenda, code, error);
}

// ---- receipts

// Keeps the promised slots free of others, as far as they still are.
static int block_promised(struct agenda *agenda, const char *kiosk, const char *code_text,
                          const struct slot *first, unsigned slots, struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    struct slot slot = *first;
    int code = 0;
    agenda_now(now);
    for (unsigned i = 0; i < slots && i < SLOTS_MAX && code >= 0; i++) {
        struct slot_state state;
        code = slot_look(agenda, slot.guide, slot.start, &state, error);
        if (code <= 0)
            break;
        bool own = slot_state_own(agenda, &state, kiosk);
        code = 0;
        if (own)
            code = agenda_run(agenda, error, SQL_LEASE_DELETE, "i", state.id);
        if (code == 0 && (own || slot_state_free(&state)))
            code = agenda_run(agenda, error, SQL_BLOCK_ADD, "ittt", state.id, "lost", code_text, now);
        slot.start = moment_add(slot.start, state.minutes);
    }
    return code < 0 ? code : 0;
}

static int note_lost(struct agenda *agenda, const char *kiosk, const char *id, const char *code_text,
                     const struct slot *slot, unsigned slots, struct error *error)
{
    char now[INSTANT_TEXT_SIZE], start[MOMENT_TEXT_SIZE];
    agenda_now(now);
    moment_format(slot->start, start);
    int code =
        agenda_run(agenda, error, SQL_LOST_ADD, "ttttitt", id, code_text, slots > 0 ? slot->guide : NULL,
                   slots > 0 ? start : NULL, (int64_t)slots, kiosk, now);
    if (code < 0 || agenda_changes(agenda) == 0)
        return code; // noted before
    code = agenda_run(agenda, error, SQL_CODE_TAKE, "ttt", code_text, kiosk, now);
    if (code == 0)
        code = block_promised(agenda, kiosk, code_text, slot, slots, error);
    if (code == 0)
        code = agenda_event(agenda, "booking missing after a restore", code_text, start, error);
    return code;
}

int agenda_receipt(struct agenda *agenda, const char *kiosk, const char *id, const char *code_text,
                   const struct slot *slot, unsigned slots, bool *missing, struct error *error)
{
    enum agenda_result result;
    *missing = false;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    int there = known(agenda, id, &result, error);
    code = there < 0 ? there : 0;
    if (there == 0) {
        *missing = true;
        code = note_lost(agenda, kiosk, id, code_text, slot, slots, error);
    }
    return agenda_end(agenda, code, error);
}

int agenda_contact(struct agenda *agenda, const char *kiosk, const char *version, const char *status_json,
                   struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    return agenda_run(agenda, error, SQL_KIOSK_CONTACT, "tttt", kiosk, now, version, status_json);
}

unsigned agenda_guides(struct agenda *agenda, struct agenda_guide *guides, unsigned room)
{
    struct error error = ERROR_NONE;
    unsigned count = 0;
    sqlite3_stmt *statement = agenda_bind(agenda, &error, SQL_GUIDES, "");
    while (count < room && agenda_row(agenda, statement, &error) > 0) {
        struct agenda_guide *guide = &guides[count++];
        text_copy(guide->id, sizeof(guide->id), database_text(statement, 0));
        text_copy(guide->name, sizeof(guide->name), database_text(statement, 1));
        text_copy(guide->languages, sizeof(guide->languages), database_text(statement, 2));
        guide->active = sqlite3_column_int(statement, 3) != 0;
    }
    if (statement != NULL)
        sqlite3_reset(statement);
    return count;
}
