// Slots and who owns them: leases and what is free.
#include <stdlib.h>
#include <string.h>

#include "agenda/private.h"
#include "base/clock.h"
#include "base/memory.h"

#include "base/banned.h"

void slot_read(sqlite3_stmt *statement, int column, struct slot *slot)
{
    *slot = (struct slot){0};
    text_copy(slot->guide, sizeof(slot->guide), database_text(statement, column));
    if (moment_parse(database_text(statement, column + 1), &slot->start) < 0)
        slot->start = (struct moment){0, 0};
    slot->minutes = sqlite3_column_int(statement, column + 2);
}

int slot_look(struct agenda *agenda, const char *guide, struct moment start, struct slot_state *state,
              struct error *error)
{
    char text[MOMENT_TEXT_SIZE];
    *state = (struct slot_state){0};
    moment_format(start, text);
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_SLOT_OWNER, "tt", guide, text);
    int code = agenda_row(agenda, statement, error);
    if (code <= 0)
        return code;
    state->id = sqlite3_column_int64(statement, 0);
    state->minutes = sqlite3_column_int(statement, 1);
    state->offered = sqlite3_column_int(statement, 2) != 0;
    text_copy(state->lease_kiosk, sizeof(state->lease_kiosk), database_text(statement, 3));
    text_copy(state->lease_code, sizeof(state->lease_code), database_text(statement, 4));
    state->booked = sqlite3_column_type(statement, 5) != SQLITE_NULL;
    state->blocked = sqlite3_column_int(statement, 6) != 0;
    sqlite3_reset(statement);
    return 1;
}

bool slot_state_own(const struct agenda *agenda, const struct slot_state *state, const char *kiosk)
{
    char short_id[9];
    const char *former = strchr(state->lease_kiosk, '~');
    text_print(short_id, sizeof(short_id), "%.8s", agenda->store);
    return strcmp(state->lease_kiosk, kiosk) == 0 ||
           (former != NULL && short_id[0] != 0 && strcmp(former + 1, short_id) == 0);
}

bool slot_state_free(const struct slot_state *state)
{
    return !state->booked && !state->blocked && state->lease_kiosk[0] == 0;
}

int slot_add(struct agenda *agenda, const struct slot *slot, bool offered, struct error *error)
{
    char start[MOMENT_TEXT_SIZE], ends[MOMENT_TEXT_SIZE];
    moment_format(slot->start, start);
    moment_format(moment_add(slot->start, slot->minutes), ends);
    return agenda_run(agenda, error, SQL_SLOT_ADD, "tttii", slot->guide, start, ends, (int64_t)slot->minutes,
                      (int64_t)offered);
}

// A code that nobody has had: 31^5 of them, so a second try is rare and a tenth means something else is
// wrong.
int agenda_new_code(struct agenda *agenda, const char *kiosk, const char *kind, char out[CODE_SIZE],
                    struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    for (int tries = 0; tries < 100; tries++) {
        code_new(out);
        int code = agenda_run(agenda, error, SQL_CODE_ADD, "tttt", out, kiosk, kind, now);
        if (code < 0)
            return code;
        if (agenda_changes(agenda) > 0)
            return 0;
    }
    return error_set(error, ERROR_FULL, "no free code could be found");
}

// ---- leasing

// In the caller's transaction. ERROR_TAKEN when the slot is not offered or has another owner.
static int lease_one(struct agenda *agenda, const char *kiosk, const struct slot *slot,
                     struct agenda_lease *lease, struct error *error)
{
    struct slot_state state;
    char start[MOMENT_TEXT_SIZE], now[INSTANT_TEXT_SIZE];
    int code = slot_look(agenda, slot->guide, slot->start, &state, error);
    if (code < 0)
        return code;
    *lease = (struct agenda_lease){.slot = *slot};
    lease->slot.minutes = state.minutes;
    if (code > 0 && strcmp(state.lease_kiosk, kiosk) == 0) {
        text_copy(lease->code, sizeof(lease->code), state.lease_code);
        return 0;
    }
    moment_format(slot->start, start);
    if (code == 0 || !state.offered || !slot_state_free(&state))
        return error_set(error, ERROR_TAKEN, "the slot \"%s %s\" is taken", slot->guide, start);
    agenda_now(now);
    code = agenda_new_code(agenda, kiosk, "lease", lease->code, error);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_LEASE_ADD, "ittt", state.id, kiosk, lease->code, now);
    if (code == 0)
        code = agenda_event(agenda, "slot leased", lease->code, start, error);
    return code;
}

static int kiosk_put(struct agenda *agenda, const char *kiosk, struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    return agenda_run(agenda, error, SQL_KIOSK_PUT, "tt", kiosk, now);
}

static int64_t booked_since(struct agenda *agenda, const char *kiosk, int64_t since)
{
    char text[INSTANT_TEXT_SIZE];
    struct error error = ERROR_NONE;
    instant_format(since, text);
    sqlite3_stmt *statement = agenda_bind(agenda, &error, SQL_KIOSK_BOOKINGS_SINCE, "tt", kiosk, text);
    if (agenda_row(agenda, statement, &error) <= 0)
        return 0;
    int64_t count = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return count;
}

int64_t agenda_limit(struct agenda *agenda, bool day)
{
    return agenda_setting_number(agenda, day ? "limit_day" : "limit_hour", day ? 150 : 30);
}

int agenda_set_limit(struct agenda *agenda, bool day, unsigned limit, struct error *error)
{
    char text[16];
    text_print(text, sizeof(text), "%u", limit);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_set_setting(agenda, day ? "limit_day" : "limit_hour", text, error);
    if (code == 0)
        code = agenda_event(agenda, "limit set", day ? "day" : "hour", text, error);
    return agenda_end(agenda, code, error);
}

int agenda_within_limits(struct agenda *agenda, const char *kiosk, struct error *error)
{
    int64_t now = clock_instant();
    int64_t hour = agenda_limit(agenda, false), day = agenda_limit(agenda, true);
    if (hour > 0 && booked_since(agenda, kiosk, now - 3600) >= hour)
        return error_set(error, ERROR_FULL, "the kiosk \"%s\" has made %d bookings within an hour", kiosk,
                         (int)hour);
    if (day > 0 && booked_since(agenda, kiosk, now - 86400) >= day)
        return error_set(error, ERROR_FULL, "the kiosk \"%s\" has made %d bookings within a day", kiosk,
                         (int)day);
    return 0;
}

int agenda_lease(struct agenda *agenda, const char *kiosk, const struct slot *slots, unsigned count,
                 struct agenda_lease *leases, struct error *error)
{
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = kiosk_put(agenda, kiosk, error);
    if (code == 0)
        code = agenda_within_limits(agenda, kiosk, error);
    for (unsigned i = 0; i < count && code == 0; i++)
        code = lease_one(agenda, kiosk, &slots[i], &leases[i], error);
    return agenda_end(agenda, code, error);
}

int agenda_hold(struct agenda *agenda, const char *kiosk, const struct slot *slot, struct agenda_lease *lease,
                struct error *error)
{
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = kiosk_put(agenda, kiosk, error);
    if (code == 0)
        code = lease_one(agenda, kiosk, slot, lease, error);
    return agenda_end(agenda, code, error);
}

int agenda_return(struct agenda *agenda, const char *kiosk, const struct agenda_lease *leases, unsigned count,
                  struct error *error)
{
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    for (unsigned i = 0; i < count && code == 0; i++) {
        char start[MOMENT_TEXT_SIZE];
        moment_format(leases[i].slot.start, start);
        code = agenda_run(agenda, error, SQL_LEASE_RETURN, "tttt", kiosk, leases[i].code,
                          leases[i].slot.guide, start);
        if (code == 0 && agenda_changes(agenda) > 0)
            code = agenda_event(agenda, "lease returned", leases[i].code, start, error);
    }
    return agenda_end(agenda, code, error);
}

unsigned agenda_leases(struct agenda *agenda, const char *kiosk, struct agenda_lease *leases, unsigned room)
{
    struct error error = ERROR_NONE;
    unsigned count = 0;
    sqlite3_stmt *statement = agenda_bind(agenda, &error, SQL_LEASES_KIOSK, "t", kiosk);
    while (agenda_row(agenda, statement, &error) > 0) {
        if (count < room) {
            slot_read(statement, 0, &leases[count].slot);
            text_copy(leases[count].code, sizeof(leases[count].code), database_text(statement, 3));
        }
        count++;
    }
    return count < room ? count : room;
}

unsigned agenda_free(struct agenda *agenda, struct moment from, unsigned days, struct slot *slots,
                     unsigned room)
{
    struct error error = ERROR_NONE;
    char first[MOMENT_TEXT_SIZE], last[DAY_TEXT_SIZE];
    unsigned count = 0;
    moment_format(from, first);
    day_format(from.day + (int32_t)days + 1, last);
    sqlite3_stmt *statement = agenda_bind(agenda, &error, SQL_SLOTS_FREE, "tti", first, last, (int64_t)room);
    while (count < room && agenda_row(agenda, statement, &error) > 0)
        slot_read(statement, 0, &slots[count++]);
    if (statement != NULL)
        sqlite3_reset(statement);
    return count;
}

// ---- topping up: which slots a kiosk should hold for its hours off line

#define GUIDES_MAX 64

struct group { // one guide's day
    unsigned held, limit;
};

struct choice { // working memory of one top-up
    struct slot *free;
    unsigned *group_of; // index into groups, for each free slot
    bool *taken;
    unsigned count;
    struct group *groups;
    struct slot *mine; // what the kiosk holds already, and what was taken for it
    unsigned mine_count;
};

static bool same_day_and_guide(const struct slot *a, const struct slot *b)
{
    return a->start.day == b->start.day && strcmp(a->guide, b->guide) == 0;
}

// Of a guide's day a kiosk holds no more than half (but two at least), so that others find something too.
static void group(struct choice *choice, const struct agenda_lease *held, unsigned held_count)
{
    unsigned groups = 0;
    for (unsigned i = 0; i < choice->count; i++) {
        unsigned like = i;
        for (unsigned j = i; j-- > 0 && choice->free[j].start.day == choice->free[i].start.day && like == i;)
            if (same_day_and_guide(&choice->free[i], &choice->free[j]))
                like = j;
        choice->group_of[i] = like == i ? groups++ : choice->group_of[like];
        struct group *own = &choice->groups[choice->group_of[i]];
        for (unsigned h = 0; h < held_count && like == i; h++)
            own->held += same_day_and_guide(&held[h].slot, &choice->free[i]);
        own->limit += like == i ? own->held + 1 : 1;
    }
    for (unsigned i = 0; i < groups; i++)
        choice->groups[i].limit = choice->groups[i].limit < 4 ? 2 : (choice->groups[i].limit + 1) / 2;
}

static int follower(const struct choice *choice, unsigned index)
{
    for (unsigned i = index + 1; i < choice->count; i++) {
        if (choice->free[i].start.day != choice->free[index].start.day)
            return -1;
        if (!choice->taken[i] && slot_follows(&choice->free[index], &choice->free[i]))
            return (int)i;
    }
    return -1;
}

static void take(struct choice *choice, unsigned index)
{
    choice->taken[index] = true;
    choice->groups[choice->group_of[index]].held++;
    choice->mine[choice->mine_count++] = choice->free[index];
}

static bool can_take(const struct choice *choice, unsigned index)
{
    const struct group *own = &choice->groups[choice->group_of[index]];
    return !choice->taken[index] && own->held < own->limit;
}

// ---- first what every guide needs: one slot for the language, then two in a row for the long talk

static bool holds_one(const struct choice *choice, const char *guide)
{
    for (unsigned i = 0; i < choice->mine_count; i++)
        if (strcmp(choice->mine[i].guide, guide) == 0)
            return true;
    return false;
}

// Whether a slot of the kiosk's lies right before or behind this one.
static bool has_neighbour(const struct choice *choice, const struct slot *slot)
{
    for (unsigned i = 0; i < choice->mine_count; i++)
        if (slot_follows(&choice->mine[i], slot) || slot_follows(slot, &choice->mine[i]))
            return true;
    return false;
}

static bool holds_two(const struct choice *choice, const char *guide)
{
    for (unsigned i = 0; i < choice->mine_count; i++)
        if (strcmp(choice->mine[i].guide, guide) == 0 && has_neighbour(choice, &choice->mine[i]))
            return true;
    return false;
}

// The guide's first slot that may be taken, one with another behind it where there is one; -1: none.
static int first_of(const struct choice *choice, const char *guide)
{
    int single = -1;
    for (unsigned i = 0; i < choice->count; i++) {
        if (strcmp(choice->free[i].guide, guide) != 0 || !can_take(choice, i))
            continue;
        if (follower(choice, i) >= 0)
            return (int)i;
        single = single < 0 ? (int)i : single;
    }
    return single;
}

// Makes two in a row of the guide's: beside one that is held, else two new ones. Returns how many it took.
static unsigned take_two(struct choice *choice, const char *guide, unsigned need)
{
    for (unsigned i = 0; i < choice->count; i++)
        if (strcmp(choice->free[i].guide, guide) == 0 && can_take(choice, i) &&
            has_neighbour(choice, &choice->free[i])) {
            take(choice, i);
            return 1;
        }
    int first = need > 1 ? first_of(choice, guide) : -1;
    int second = first < 0 ? -1 : follower(choice, (unsigned)first);
    if (second < 0)
        return 0;
    take(choice, (unsigned)first);
    take(choice, (unsigned)second);
    return 2;
}

// Returns how many are still to be chosen.
static unsigned cover_guides(struct choice *choice, unsigned need)
{
    unsigned guides[GUIDES_MAX], count = 0; // by the index of a slot of theirs
    for (unsigned i = 0; i < choice->count && count < GUIDES_MAX; i++) {
        unsigned known = 0;
        while (known < count && strcmp(choice->free[guides[known]].guide, choice->free[i].guide) != 0)
            known++;
        if (known == count)
            guides[count++] = i;
    }
    for (unsigned i = 0; i < count && need > 0; i++) {
        const char *guide = choice->free[guides[i]].guide;
        int first = holds_one(choice, guide) ? -1 : first_of(choice, guide);
        if (first >= 0) {
            take(choice, (unsigned)first);
            need--;
        }
    }
    for (unsigned i = 0; i < count && need > 0; i++)
        if (!holds_two(choice, choice->free[guides[i]].guide))
            need -= take_two(choice, choice->free[guides[i]].guide, need);
    return need;
}

// ---- then the rest, spread over guides and days

// The next slot (and, where it can be, the one behind it): of the guide's day of which the kiosk holds least.
// Returns how many it took.
static unsigned take_next(struct choice *choice, unsigned need, bool only_pairs)
{
    int best = -1, best_follower = -1;
    for (unsigned i = 0; i < choice->count; i++) {
        const struct group *own = &choice->groups[choice->group_of[i]];
        if (choice->taken[i] || own->held >= own->limit ||
            (best >= 0 && own->held >= choice->groups[choice->group_of[best]].held))
            continue;
        int next = need > 1 ? follower(choice, i) : -1;
        if (only_pairs && next < 0)
            continue;
        best = (int)i;
        best_follower = next;
    }
    if (best < 0)
        return 0;
    take(choice, (unsigned)best);
    if (best_follower >= 0)
        take(choice, (unsigned)best_follower);
    return best_follower >= 0 ? 2 : 1;
}

static void choose(struct choice *choice, unsigned need)
{
    bool only_pairs = true;
    while (need > 0) {
        unsigned took = take_next(choice, need, only_pairs && need > 1);
        if (took == 0 && !(only_pairs && need > 1))
            return;
        if (took == 0)
            only_pairs = false;
        need -= took;
    }
}

static int end_past_leases(struct agenda *agenda, const char *kiosk, struct moment now, struct error *error)
{
    char text[MOMENT_TEXT_SIZE], detail[48];
    moment_format(now, text);
    int code = agenda_run(agenda, error, SQL_LEASES_PAST, "tt", kiosk, text);
    unsigned ended = agenda_changes(agenda);
    if (code < 0 || ended == 0)
        return code;
    text_print(detail, sizeof(detail), "%u", ended);
    return agenda_event(agenda, "past leases ended", kiosk, detail, error);
}

static int top_up_within(struct agenda *agenda, const char *kiosk, unsigned want, unsigned days,
                         struct moment now, struct error *error)
{
    enum { ROOM = 2048 }; // of what is free, and of what is held
    struct agenda_lease *held = memory_new(ROOM, sizeof(*held));
    struct choice choice = {.free = memory_new(ROOM, sizeof(struct slot)),
                            .group_of = memory_new(ROOM, sizeof(unsigned)),
                            .taken = memory_new(ROOM, sizeof(bool)),
                            .groups = memory_new(ROOM, sizeof(struct group)),
                            .mine = memory_new(2 * ROOM, sizeof(struct slot))};
    unsigned held_count = agenda_leases(agenda, kiosk, held, ROOM);
    choice.count = want > held_count ? agenda_free(agenda, now, days, choice.free, ROOM) : 0;
    group(&choice, held, held_count);
    for (; choice.mine_count < held_count; choice.mine_count++)
        choice.mine[choice.mine_count] = held[choice.mine_count].slot;
    if (want > held_count)
        choose(&choice, cover_guides(&choice, want - held_count));
    int code = 0;
    for (unsigned i = 0; i < choice.count && code == 0; i++) {
        struct agenda_lease lease;
        if (choice.taken[i])
            code = lease_one(agenda, kiosk, &choice.free[i], &lease, error);
    }
    free(choice.free);
    free(choice.group_of);
    free(choice.taken);
    free(choice.groups);
    free(choice.mine);
    free(held);
    return code;
}

int agenda_top_up(struct agenda *agenda, const char *kiosk, unsigned want, unsigned days, struct moment now,
                  struct error *error)
{
    int code = agenda_extend(agenda, now.day, error);
    if (code == 0)
        code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = kiosk_put(agenda, kiosk, error);
    if (code == 0)
        code = end_past_leases(agenda, kiosk, now, error);
    struct error limit = ERROR_NONE;
    if (code == 0 && agenda_within_limits(agenda, kiosk, &limit) == 0)
        code = top_up_within(agenda, kiosk, want, days, now, error);
    return agenda_end(agenda, code, error);
}
