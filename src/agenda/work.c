#include "agenda/work.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "agenda/private.h"
#include "base/clock.h"
#include "base/memory.h"

#include "base/banned.h"

int agenda_book(struct agenda *agenda, struct booking *booking, struct error *error)
{
    enum agenda_result result;
    booking_new_id(booking->id);
    booking->made = clock_instant();
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_new_code(agenda, NULL, "spare", booking->code, error);
    if (code == 0)
        code = agenda_accept(agenda, NULL, booking, &result, error);
    return agenda_end(agenda, code, error);
}

#define WALK_IN_MINUTES 15
#define WALK_IN_LEAST 5 // as the slot table has it

// The moment for a walk-in at or after `now`: in *slot; true when it is a slot of the presence that is free.
// Many come in one hour, so what is taken moves the next one on.
static bool walk_in_moment(const struct agenda_slot *slots, int count, struct moment now, struct slot *slot)
{
    int from = now.minute, to = from + WALK_IN_MINUTES;
    for (int i = 0; i < count; i++) {
        int start = slots[i].slot.start.minute, ends = start + slots[i].slot.minutes;
        if (strcmp(slots[i].slot.guide, slot->guide) != 0 || ends <= from)
            continue;
        if (start <= from && strcmp(slots[i].state, "free") == 0) {
            *slot = slots[i].slot;
            return true;
        }
        if (start >= from + WALK_IN_LEAST) {
            to = start < to ? start : to;
            break;
        }
        from = ends;
        to = from + WALK_IN_MINUTES;
    }
    slot->start = moment_add((struct moment){now.day, 0}, from);
    slot->minutes = to - from;
    return false;
}

static int walk_in_within(struct agenda *agenda, struct booking *booking, struct moment now,
                          struct error *error)
{
    struct agenda_slot *slots = NULL;
    int count = agenda_slots(agenda, now.day, now.day, &slots, error), code = count < 0 ? count : 0;
    bool free_one = walk_in_moment(slots, count, now, &booking->slot);
    free(slots);
    if (code == 0 && booking->slot.start.day != moment_add(booking->slot.start, booking->slot.minutes).day)
        code =
            error_set(error, ERROR_TAKEN, "the guide \"%s\" has no moment left today", booking->slot.guide);
    if (code == 0 && !free_one)
        code = slot_add(agenda, &booking->slot, false, error);
    booking->kind = BOOKING_SLOT;
    booking->slots = 1;
    if (code == 0)
        code = agenda_book(agenda, booking, error);
    return code == 0 ? agenda_set_state(agenda, booking->code, "arrived", false, now, error) : code;
}

int agenda_walk_in(struct agenda *agenda, struct booking *booking, struct moment now, struct error *error)
{
    int code = agenda_begin(agenda, error);
    return code < 0 ? code : agenda_end(agenda, walk_in_within(agenda, booking, now, error), error);
}

// ---- states

struct step {
    const char *from, *to;
    bool on_its_day; // not before the day of the talk
};

static const struct step steps[] = {
    {"booked", "arrived", true},     {"booked", "done", true},       {"booked", "no-show", true},
    {"booked", "excused", false},    {"booked", "cancelled", false}, {"arrived", "done", true},
    {"no-show", "arrived", true},    {"no-show", "excused", false},  {"excused", "cancelled", false},
    {"no-show", "cancelled", false},
};

static int check_step(const struct agenda_entry *entry, const char *state, struct moment now,
                      struct error *error)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (strcmp(steps[i].from, entry->state) != 0 || strcmp(steps[i].to, state) != 0)
            continue;
        if (steps[i].on_its_day && entry->booking.kind == BOOKING_SLOT &&
            entry->booking.slot.start.day > now.day)
            return error_set(error, ERROR_REFUSED, "the booking \"%s\" is only on a later day",
                             entry->booking.code);
        return 0;
    }
    return error_set(error, ERROR_REFUSED, "the booking \"%s\" is \"%s\"", entry->booking.code, entry->state);
}

static int keep_talk(struct agenda *agenda, const struct agenda_entry *entry, const char *state,
                     struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    const char *guide = entry->booking.kind == BOOKING_SLOT ? entry->booking.slot.guide : NULL;
    agenda_now(now);
    if (strcmp(state, "arrived") == 0)
        return agenda_run(agenda, error, SQL_TALK_BEGIN, "ttt", entry->booking.id, guide, now);
    if (strcmp(state, "done") != 0)
        return agenda_run(agenda, error, SQL_TALK_DELETE, "t", entry->booking.id);
    int code = agenda_run(agenda, error, SQL_TALK_BEGIN, "ttt", entry->booking.id, guide, now);
    return code == 0 ? agenda_run(agenda, error, SQL_TALK_END, "tt", entry->booking.id, now) : code;
}

static bool frees(const char *state)
{
    return strcmp(state, "cancelled") == 0 || strcmp(state, "excused") == 0;
}

// A booking without slots that is taken up again (by force) has to get them back first: all, and as long as
// they were. Hours that were changed meanwhile may have made others of them.
static int own_slots_again(struct agenda *agenda, const struct agenda_entry *entry, struct error *error)
{
    struct slot slot = entry->booking.slot;
    int code = 0, minutes = 0;
    if (entry->booking.kind == BOOKING_CALLBACK)
        return 0;
    for (unsigned i = 0; i < entry->booking.slots && code == 0; i++) {
        struct slot_state state;
        code = slot_look(agenda, slot.guide, slot.start, &state, error);
        if (code == 0 || (code > 0 && !slot_state_free(&state)))
            return error_set(error, ERROR_TAKEN, "the slot of \"%s\" is taken", entry->booking.code);
        if (code > 0)
            code = agenda_run(agenda, error, SQL_BOOKING_SLOT_ADD, "it", state.id, entry->booking.id);
        minutes += state.minutes;
        slot.start = moment_add(slot.start, state.minutes);
    }
    if (code == 0 && minutes != entry->minutes)
        code = error_set(error, ERROR_TAKEN, "the slot of \"%s\" is taken", entry->booking.code);
    return code;
}

static int set_state_within(struct agenda *agenda, const struct agenda_entry *entry, const char *state,
                            struct error *error)
{
    char now[INSTANT_TEXT_SIZE], detail[48];
    int code = 0;
    agenda_now(now);
    if (frees(state))
        code = agenda_run(agenda, error, SQL_BOOKING_SLOTS_FREE, "t", entry->booking.id);
    else if (frees(entry->state))
        code = own_slots_again(agenda, entry, error);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_BOOKING_STATE, "ttt", entry->booking.id, state, now);
    if (code == 0)
        code = keep_talk(agenda, entry, state, error);
    text_print(detail, sizeof(detail), "%s to %s", entry->state, state);
    if (code == 0)
        code = agenda_event(agenda, "state", entry->booking.code, detail, error);
    return code;
}

int agenda_set_state(struct agenda *agenda, const char *code_text, const char *state, bool force,
                     struct moment now, struct error *error)
{
    struct agenda_entry entry;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_find(agenda, code_text, &entry, error);
    if (code == 0 && strcmp(entry.state, state) == 0)
        code = error_set(error, ERROR_INVALID, "the booking \"%s\" is already \"%s\"", code_text, state);
    if (code == 0 && !force)
        code = check_step(&entry, state, now, error);
    if (code == 0)
        code = set_state_within(agenda, &entry, state, error);
    memory_wipe(&entry, sizeof(entry));
    return agenda_end(agenda, code, error);
}

// ---- moving

static int take_new_slots(struct agenda *agenda, const struct slot *first, unsigned slots, const char *id,
                          int *minutes, struct error *error)
{
    struct slot slot = *first;
    char start[MOMENT_TEXT_SIZE];
    *minutes = 0;
    for (unsigned i = 0; i < slots; i++) {
        struct slot_state state;
        int code = slot_look(agenda, slot.guide, slot.start, &state, error);
        if (code < 0)
            return code;
        moment_format(slot.start, start);
        if (code == 0)
            return error_set(error, ERROR_NOT_FOUND, "there is no slot \"%s %s\"", slot.guide, start);
        if (!slot_state_free(&state))
            return error_set(error, ERROR_TAKEN, "the slot \"%s %s\" is taken", slot.guide, start);
        code = agenda_run(agenda, error, SQL_BOOKING_SLOT_ADD, "it", state.id, id);
        if (code < 0)
            return code;
        *minutes += state.minutes;
        slot.start = moment_add(slot.start, state.minutes);
    }
    return 0;
}

static int move_within(struct agenda *agenda, const struct agenda_entry *entry, const struct slot *first,
                       unsigned slots, struct error *error)
{
    char start[MOMENT_TEXT_SIZE], now[INSTANT_TEXT_SIZE];
    int minutes = 0;
    moment_format(first->start, start);
    agenda_now(now);
    int code = agenda_run(agenda, error, SQL_BOOKING_SLOTS_FREE, "t", entry->booking.id);
    if (code == 0)
        code = take_new_slots(agenda, first, slots, entry->booking.id, &minutes, error);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_BOOKING_MOVE, "tttiit", entry->booking.id, first->guide, start,
                          (int64_t)minutes, (int64_t)slots, now);
    return code == 0 ? agenda_event(agenda, "moved", entry->booking.code, start, error) : code;
}

int agenda_move(struct agenda *agenda, const char *code_text, const struct slot *first, unsigned slots,
                struct error *error)
{
    struct agenda_entry entry;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_find(agenda, code_text, &entry, error);
    if (code == 0 && (strcmp(entry.state, "arrived") == 0 || strcmp(entry.state, "done") == 0))
        code = error_set(error, ERROR_REFUSED, "the booking \"%s\" is \"%s\"", code_text, entry.state);
    if (slots == 0)
        slots = entry.booking.slots > 0 ? entry.booking.slots : 1;
    if (code == 0)
        code = move_within(agenda, &entry, first, slots, error);
    memory_wipe(&entry, sizeof(entry));
    return agenda_end(agenda, code, error);
}

int agenda_join(struct agenda *agenda, const char *code_text, const char *with, struct error *error)
{
    struct agenda_entry one, other;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_find(agenda, code_text, &one, error);
    int found = agenda_find(agenda, with, &other, code == 0 ? error : NULL);
    if (code == 0)
        code = found;
    if (code == 0 && (one.person == 0 || other.person == 0))
        code = error_set(error, ERROR_REFUSED, "one of the two persons has been erased");
    if (code == 0)
        code = agenda_run(agenda, error, SQL_BOOKING_JOIN, "ti", one.booking.id, other.person);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_FORGET_PERSON, "i", one.person);
    if (code == 0)
        code = agenda_event(agenda, "joined", code_text, with, error);
    memory_wipe(&one, sizeof(one));
    memory_wipe(&other, sizeof(other));
    return agenda_end(agenda, code, error);
}

int agenda_settle_lost(struct agenda *agenda, const char *code_text, struct error *error)
{
    char now[INSTANT_TEXT_SIZE], id[BOOKING_ID_SIZE];
    agenda_now(now);
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_LOST_BY_CODE, "t", code_text);
    int code = agenda_row(agenda, row, error);
    if (code <= 0)
        return code < 0 ? code
                        : error_set(error, ERROR_NOT_FOUND, "nothing lost has the code \"%s\"", code_text);
    text_copy(id, sizeof(id), database_text(row, 2));
    sqlite3_reset(row);
    code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_run(agenda, error, SQL_LOST_SETTLE, "tt", id, now);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_BLOCK_DELETE_CODE, "t", code_text);
    if (code == 0)
        code = agenda_event(agenda, "lost booking settled", code_text, "", error);
    return agenda_end(agenda, code, error);
}

// ---- blocks

static int block_range(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                       const char *reason, bool block, unsigned *count, struct error *error)
{
    struct agenda_slot *slots = NULL;
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    int found = agenda_slots(agenda, from.day, to.day, &slots, error);
    int code = found < 0 ? found : 0;
    for (int i = 0; i < found && code == 0; i++) {
        const struct slot *slot = &slots[i].slot;
        struct slot_state state;
        bool owned = strcmp(slots[i].state, "booked") == 0 || strcmp(slots[i].state, "leased") == 0;
        if (strcmp(slot->guide, guide) != 0 ||
            moment_compare(moment_add(slot->start, slot->minutes), from) <= 0 ||
            moment_compare(slot->start, to) >= 0 ||
            (strcmp(slots[i].state, block ? "free" : "blocked") != 0 && !(block && owned)))
            continue;
        code = slot_look(agenda, slot->guide, slot->start, &state, error);
        if (code <= 0)
            continue;
        if (owned) // free again, it must not be given to somebody else
            code = agenda_run(agenda, error, SQL_SLOT_OFFER, "ii", state.id, (int64_t)0);
        else
            code = block ? agenda_run(agenda, error, SQL_BLOCK_ADD, "ittt", state.id, reason, NULL, now)
                         : agenda_run(agenda, error, SQL_BLOCK_DELETE, "i", state.id);
        *count += !owned;
    }
    free(slots);
    return code == 0 && !block ? agenda_offer_again(agenda, guide, from, to, error) : code;
}

static int block_or_free(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                         const char *reason, bool block, unsigned *count, struct error *error)
{
    char detail[64], first[MOMENT_TEXT_SIZE], last[MOMENT_TEXT_SIZE];
    *count = 0;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = block_range(agenda, guide, from, to, reason, block, count, error);
    moment_format(from, first);
    moment_format(to, last);
    text_print(detail, sizeof(detail), "%s to %s, %u slots", first, last, *count);
    if (code == 0)
        code = agenda_event(agenda, block ? "blocked" : "unblocked", guide, detail, error);
    return agenda_end(agenda, code, error);
}

int agenda_block(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                 const char *reason, unsigned *blocked, struct error *error)
{
    return block_or_free(agenda, guide, from, to, reason, true, blocked, error);
}

int agenda_unblock(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                   unsigned *freed, struct error *error)
{
    return block_or_free(agenda, guide, from, to, "", false, freed, error);
}

// ---- kiosks

unsigned agenda_kiosks(struct agenda *agenda, int64_t since, struct agenda_kiosk *kiosks, unsigned room)
{
    struct error error = ERROR_NONE;
    char text[INSTANT_TEXT_SIZE];
    unsigned count = 0;
    instant_format(since, text);
    sqlite3_stmt *row = agenda_bind(agenda, &error, SQL_KIOSKS, "t", text);
    while (agenda_row(agenda, row, &error) > 0) {
        if (count == room)
            continue;
        struct agenda_kiosk *kiosk = &kiosks[count++];
        text_copy(kiosk->name, sizeof(kiosk->name), database_text(row, 0));
        text_copy(kiosk->first_contact, sizeof(kiosk->first_contact), database_text(row, 1));
        text_copy(kiosk->last_contact, sizeof(kiosk->last_contact), database_text(row, 2));
        text_copy(kiosk->version, sizeof(kiosk->version), database_text(row, 3));
        text_copy(kiosk->status, sizeof(kiosk->status), database_text(row, 4));
        text_copy(kiosk->revoked, sizeof(kiosk->revoked), database_text(row, 5));
        kiosk->leases = (unsigned)sqlite3_column_int(row, 6);
        kiosk->bookings_today = (unsigned)sqlite3_column_int(row, 7);
    }
    return count;
}

int agenda_revoke(struct agenda *agenda, const char *kiosk, unsigned *ended, struct error *error)
{
    char now[INSTANT_TEXT_SIZE], detail[32];
    *ended = 0;
    agenda_now(now);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_run(agenda, error, SQL_LEASES_REVOKE, "t", kiosk);
    *ended = code == 0 ? agenda_changes(agenda) : 0;
    text_print(detail, sizeof(detail), "%u", *ended);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_KIOSK_REVOKED, "tt", kiosk, now);
    if (code == 0 && agenda_changes(agenda) == 0)
        code = error_set(error, ERROR_NOT_FOUND, "no kiosk is called \"%s\"", kiosk);
    if (code == 0)
        code = agenda_forget_store(agenda, kiosk, error);
    if (code == 0)
        code = agenda_event(agenda, "leases revoked", kiosk, detail, error);
    return agenda_end(agenda, code, error);
}
