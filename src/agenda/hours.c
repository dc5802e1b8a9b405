#include "agenda/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/private.h"
#include "base/memory.h"

#include "base/banned.h"

#define DAY_SLOTS_MAX 1024
#define AHEAD_DAYS 31 // of slots beyond the horizon: more, and the clock that made them was wrong

// ---- the plan's lines

static struct hours_change *add_change(struct hours_plan *plan, enum hours_change_kind kind, const char *text)
{
    if (plan->count == plan->room) {
        plan->room = plan->room == 0 ? 64 : plan->room * 2;
        plan->changes = memory_grow(plan->changes, plan->room, sizeof(*plan->changes));
    }
    struct hours_change *change = &plan->changes[plan->count++];
    *change = (struct hours_change){.kind = kind};
    text_copy(change->text, sizeof(change->text), text);
    return change;
}

void hours_plan_release(struct hours_plan *plan)
{
    free(plan->changes);
    *plan = (struct hours_plan){0};
}

unsigned hours_plan_count(const struct hours_plan *plan, enum hours_change_kind kind)
{
    unsigned count = 0;
    for (unsigned i = 0; i < plan->count; i++)
        count += plan->changes[i].kind == kind;
    return count;
}

// ---- presence and closures as lines that can be compared

struct lines {
    char (*text)[160];
    unsigned count, room;
};

static char *add_line(struct lines *lines)
{
    if (lines->count == lines->room) {
        lines->room = lines->room == 0 ? 32 : lines->room * 2;
        lines->text = memory_grow(lines->text, lines->room, sizeof(*lines->text));
    }
    return lines->text[lines->count++];
}

static bool has_line(const struct lines *lines, const char *text)
{
    for (unsigned i = 0; i < lines->count; i++)
        if (strcmp(lines->text[i], text) == 0)
            return true;
    return false;
}

static void format_minute(int minute, char out[8])
{
    text_print(out, 8, "%02d:%02d", minute / 60, minute % 60);
}

static void format_bound(int32_t day, char out[DAY_TEXT_SIZE])
{
    if (day == INT32_MIN || day == INT32_MAX)
        text_copy(out, DAY_TEXT_SIZE, "-");
    else
        day_format(day, out);
}

static void block_line(const struct presence_block *block, char out[160])
{
    char from[8], to[8], first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    format_minute(block->from, from);
    format_minute(block->to, to);
    format_bound(block->first, first);
    format_bound(block->last, last);
    text_print(out, 160, "%s %d %s %s %s %s%s", block->guide, block->weekday, from, to, first, last,
               block->walk_in ? " walk-in" : "");
}

static void closure_line(const struct presence_closure *closure, char out[160])
{
    char from[8], to[8], first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    format_minute(closure->from, from);
    format_minute(closure->to, to);
    format_bound(closure->first, first);
    format_bound(closure->last, last);
    text_print(out, 160, "%s %s %s %s %s %s", first, last, from, to,
               closure->guide == NULL ? "-" : closure->guide, closure->reason == NULL ? "" : closure->reason);
}

static void compare_lines(struct hours_plan *plan, const struct lines *before, const struct lines *after,
                          enum hours_change_kind new_kind, enum hours_change_kind gone_kind)
{
    for (unsigned i = 0; i < before->count; i++)
        if (!has_line(after, before->text[i]))
            add_change(plan, gone_kind, before->text[i]);
    for (unsigned i = 0; i < after->count; i++)
        if (!has_line(before, after->text[i]))
            add_change(plan, new_kind, after->text[i]);
}

// ---- comparing

static void join_languages(const struct presence_guide *guide, char out[256])
{
    out[0] = 0;
    for (unsigned i = 0; i < guide->languages_count; i++)
        text_print(out + strlen(out), 256 - strlen(out), "%s%s", i == 0 ? "" : " ", guide->languages[i]);
}

static void compare_guide(const struct presence_guide *guide, const struct agenda_guide *guides,
                          unsigned count, struct hours_plan *plan)
{
    char languages[256], text[160];
    const struct agenda_guide *before = NULL;
    for (unsigned i = 0; i < count; i++)
        if (guides[i].active && strcmp(guides[i].id, guide->id) == 0)
            before = &guides[i];
    join_languages(guide, languages);
    if (before == NULL) {
        add_change(plan, HOURS_GUIDE_NEW, guide->name);
    } else if (strcmp(before->name, guide->name) != 0 || strcmp(before->languages, languages) != 0) {
        text_print(text, sizeof(text), "%s (%s)", guide->name, languages);
        add_change(plan, HOURS_GUIDE_CHANGED, text);
    }
}

static void compare_guides(struct agenda *agenda, const struct presence *presence, struct hours_plan *plan)
{
    enum { ROOM = 256 };
    struct agenda_guide *guides = memory_new(ROOM, sizeof(*guides));
    unsigned count = agenda_guides(agenda, guides, ROOM);
    for (unsigned i = 0; i < presence->guides_count; i++)
        compare_guide(&presence->guides[i], guides, count, plan);
    for (unsigned j = 0; j < count; j++) {
        bool stays = !guides[j].active;
        for (unsigned i = 0; i < presence->guides_count; i++)
            stays = stays || strcmp(guides[j].id, presence->guides[i].id) == 0;
        if (!stays)
            add_change(plan, HOURS_GUIDE_GONE, guides[j].name);
    }
    free(guides);
}

static void compare_settings(struct agenda *agenda, const struct presence *presence, struct hours_plan *plan)
{
    char text[16];
    text_print(text, sizeof(text), "%u", presence->slot_minutes);
    if (agenda_setting_number(agenda, "slot_minutes", 30) != (int64_t)presence->slot_minutes)
        add_change(plan, HOURS_SLOT_MINUTES, text);
    if ((agenda_setting_number(agenda, "public_holidays", 1) != 0) != presence->public_holidays)
        add_change(plan, HOURS_HOLIDAYS, presence->public_holidays ? "1" : "0");
}

static void lines_of(const struct presence *presence, struct lines *blocks, struct lines *closures)
{
    for (unsigned i = 0; i < presence->blocks_count; i++)
        block_line(&presence->blocks[i], add_line(blocks));
    for (unsigned i = 0; i < presence->closures_count; i++)
        closure_line(&presence->closures[i], add_line(closures));
}

static int compare_presence(struct agenda *agenda, const struct presence *presence, struct hours_plan *plan,
                            struct error *error)
{
    struct agenda_hours held;
    struct lines blocks[2] = {{0}}, closures[2] = {{0}};
    int code = agenda_hours_read(agenda, &held, error);
    if (code < 0)
        return code;
    lines_of(&held.presence, &blocks[0], &closures[0]);
    lines_of(presence, &blocks[1], &closures[1]);
    compare_lines(plan, &blocks[0], &blocks[1], HOURS_BLOCK_NEW, HOURS_BLOCK_GONE);
    compare_lines(plan, &closures[0], &closures[1], HOURS_CLOSURE_NEW, HOURS_CLOSURE_GONE);
    for (int i = 0; i < 2; i++) {
        free(blocks[i].text);
        free(closures[i].text);
    }
    agenda_hours_release(&held);
    return 0;
}

static bool overlaps(const struct slot *a, const struct slot *b)
{
    return strcmp(a->guide, b->guide) == 0 && a->start.day == b->start.day &&
           a->start.minute < b->start.minute + b->minutes && b->start.minute < a->start.minute + a->minutes;
}

struct day_rows { // one day of the slot table
    struct slot slots[DAY_SLOTS_MAX];
    int64_t ids[DAY_SLOTS_MAX];
    char owner[DAY_SLOTS_MAX][40]; // "" for none; a code, a kiosk or "block"
    bool offered[DAY_SLOTS_MAX];
    unsigned count;
};

static int read_day_rows(struct agenda *agenda, int32_t day, struct day_rows *rows, struct error *error)
{
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    int code;
    day_format(day, from);
    day_format(day + 1, to);
    rows->count = 0;
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_SLOTS_RANGE, "tt", from, to);
    while ((code = agenda_row(agenda, statement, error)) > 0 && rows->count < DAY_SLOTS_MAX) {
        unsigned at = rows->count++;
        const char *kiosk = database_text(statement, 5), *booking = database_text(statement, 6);
        rows->ids[at] = sqlite3_column_int64(statement, 0);
        slot_read(statement, 1, &rows->slots[at]);
        rows->offered[at] = sqlite3_column_int(statement, 4) != 0;
        text_copy(rows->owner[at], sizeof(rows->owner[at]),
                  kiosk[0] != 0                           ? kiosk
                  : booking[0] != 0                       ? booking
                  : sqlite3_column_int(statement, 7) != 0 ? "block"
                                                          : "");
    }
    if (code > 0)
        sqlite3_reset(statement);
    return code < 0 ? code : 0;
}

static bool same_slot(const struct slot *a, const struct slot *b)
{
    return slot_same(a, b) && a->minutes == b->minutes;
}

// Booked or leased, but not offered any more on a day of which the guide has blocked other slots: ill. It
// stays so, or a moved booking would give its slot away.
static bool called_off(const struct day_rows *rows, unsigned at)
{
    bool blocked = false;
    for (unsigned i = 0; i < rows->count; i++)
        blocked = blocked || (strcmp(rows->owner[i], "block") == 0 &&
                              strcmp(rows->slots[i].guide, rows->slots[at].guide) == 0);
    return blocked && rows->owner[at][0] != 0 && strcmp(rows->owner[at], "block") != 0;
}

static void compare_day(const struct day_rows *rows, const struct slot *wanted, unsigned wanted_count,
                        struct hours_plan *plan)
{
    for (unsigned i = 0; i < rows->count; i++) {
        bool stays = false;
        for (unsigned j = 0; j < wanted_count && !stays; j++)
            stays = same_slot(&rows->slots[i], &wanted[j]);
        if (stays && (rows->offered[i] || called_off(rows, i)))
            continue;
        if (!stays && !rows->offered[i] && rows->owner[i][0] != 0)
            continue; // kept before
        struct hours_change *change = add_change(plan,
                                                 stays                    ? HOURS_SLOT_NEW
                                                 : rows->owner[i][0] != 0 ? HOURS_SLOT_KEPT
                                                                          : HOURS_SLOT_GONE,
                                                 rows->owner[i]);
        change->slot = rows->slots[i];
        change->row = rows->ids[i];
    }
    for (unsigned j = 0; j < wanted_count; j++) {
        bool in_the_way = false;
        for (unsigned i = 0; i < rows->count && !in_the_way; i++)
            in_the_way = same_slot(&rows->slots[i], &wanted[j]) ||
                         (rows->owner[i][0] != 0 && overlaps(&rows->slots[i], &wanted[j]));
        if (!in_the_way)
            add_change(plan, HOURS_SLOT_NEW, "")->slot = wanted[j];
    }
}

static int compare_slots(struct agenda *agenda, const struct presence *presence, struct hours_plan *plan,
                         struct error *error)
{
    struct day_rows *rows = memory_new(1, sizeof(*rows));
    struct slot *wanted = memory_new(DAY_SLOTS_MAX, sizeof(*wanted));
    int code = 0;
    for (int32_t day = plan->first; day <= plan->last && code == 0; day++) {
        unsigned count = presence_slots(presence, day, wanted, DAY_SLOTS_MAX);
        code = count > DAY_SLOTS_MAX
                   ? error_set(error, ERROR_INVALID, "more than %d slots on one day", DAY_SLOTS_MAX)
                   : read_day_rows(agenda, day, rows, error);
        if (code == 0)
            compare_day(rows, wanted, count, plan);
    }
    free(wanted);
    free(rows);
    return code;
}

static int32_t horizon(struct agenda *agenda, int32_t today)
{
    int64_t days = agenda_setting_number(agenda, "horizon_days", 120);
    int32_t last = today + (int32_t)(days < 1 ? 1 : days > 730 ? 730 : days);
    int32_t end = day_from_civil(2999, 12, 31); // beyond it no day is read back
    return last < end ? last : end;
}

int hours_plan(struct agenda *agenda, const struct presence *presence, int32_t today, struct hours_plan *plan,
               struct error *error)
{
    *plan = (struct hours_plan){.first = today, .last = horizon(agenda, today)};
    compare_guides(agenda, presence, plan);
    compare_settings(agenda, presence, plan);
    int code = compare_presence(agenda, presence, plan, error);
    if (code == 0)
        code = compare_slots(agenda, presence, plan, error);
    if (code < 0)
        hours_plan_release(plan);
    return code;
}

// ---- after a block

static int offer_day_again(struct agenda *agenda, const struct presence *presence, int32_t day,
                           const struct slot *within, struct day_rows *rows, struct error *error)
{
    struct slot *wanted = memory_new(DAY_SLOTS_MAX, sizeof(*wanted));
    unsigned count = presence_slots(presence, day, wanted, DAY_SLOTS_MAX);
    int code = read_day_rows(agenda, day, rows, error);
    for (unsigned i = 0; i < rows->count && code == 0; i++) {
        bool present = false;
        for (unsigned j = 0; j < count && j < DAY_SLOTS_MAX; j++)
            present = present || same_slot(&rows->slots[i], &wanted[j]);
        if (present && !rows->offered[i] && overlaps(&rows->slots[i], within))
            code = agenda_run(agenda, error, SQL_SLOT_OFFER, "ii", rows->ids[i], (int64_t)1);
    }
    free(wanted);
    return code;
}

int agenda_offer_again(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                       struct error *error)
{
    struct agenda_hours held;
    int code = agenda_hours_read(agenda, &held, error);
    if (code < 0)
        return code;
    struct day_rows *rows = memory_new(1, sizeof(*rows));
    for (int32_t day = from.day; day <= to.day && code == 0; day++) {
        struct slot within = {.start = {day, day == from.day ? from.minute : 0}};
        within.minutes = (day == to.day ? to.minute : 24 * 60) - within.start.minute;
        text_copy(within.guide, sizeof(within.guide), guide);
        code = offer_day_again(agenda, &held.presence, day, &within, rows, error);
    }
    free(rows);
    agenda_hours_release(&held);
    return code;
}

// ---- applying

static int put_guides(struct agenda *agenda, const struct presence *presence, struct error *error)
{
    int code = agenda_run(agenda, error, SQL_GUIDE_RETIRE_ALL, "");
    for (unsigned i = 0; i < presence->guides_count && code == 0; i++) {
        const struct presence_guide *guide = &presence->guides[i];
        char languages[256];
        join_languages(guide, languages);
        code = agenda_run(agenda, error, SQL_GUIDE_PUT, "ttt", guide->id, guide->name, languages);
    }
    return code;
}

static const char *bound_text(int32_t day, char out[DAY_TEXT_SIZE])
{
    if (day == INT32_MIN || day == INT32_MAX)
        return NULL;
    day_format(day, out);
    return out;
}

static int put_presence(struct agenda *agenda, const struct presence *presence, struct error *error)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    int code = agenda_run(agenda, error, SQL_PRESENCE_CLEAR, "");
    for (unsigned i = 0; i < presence->blocks_count && code == 0; i++) {
        const struct presence_block *block = &presence->blocks[i];
        code = agenda_run(agenda, error, SQL_PRESENCE_ADD, "tiiitti", block->guide, (int64_t)block->weekday,
                          (int64_t)block->from, (int64_t)block->to, bound_text(block->first, first),
                          bound_text(block->last, last), (int64_t)block->walk_in);
    }
    if (code == 0)
        code = agenda_run(agenda, error, SQL_CLOSURE_CLEAR, "");
    for (unsigned i = 0; i < presence->closures_count && code == 0; i++) {
        const struct presence_closure *closure = &presence->closures[i];
        code = agenda_run(agenda, error, SQL_CLOSURE_ADD, "tttiit", closure->guide,
                          bound_text(closure->first, first), bound_text(closure->last, last),
                          (int64_t)closure->from, (int64_t)closure->to, closure->reason);
    }
    return code;
}

static int put_settings(struct agenda *agenda, const struct presence *presence, int32_t last,
                        struct error *error)
{
    char text[24];
    text_print(text, sizeof(text), "%u", presence->slot_minutes);
    int code = agenda_set_setting(agenda, "slot_minutes", text, error);
    if (code == 0)
        code = agenda_set_setting(agenda, "public_holidays", presence->public_holidays ? "1" : "0", error);
    day_format(last, text);
    if (code == 0)
        code = agenda_set_setting(agenda, "slots_until", text, error);
    return code;
}

// Slots that go, go first: a new one may overlap them.
static int put_slots(struct agenda *agenda, const struct hours_plan *plan, struct error *error)
{
    int code = 0;
    for (unsigned i = 0; i < plan->count && code == 0; i++) {
        const struct hours_change *change = &plan->changes[i];
        if (change->kind == HOURS_SLOT_GONE)
            code = agenda_run(agenda, error, SQL_SLOT_DELETE, "i", change->row);
        else if (change->kind == HOURS_SLOT_KEPT)
            code = agenda_run(agenda, error, SQL_SLOT_OFFER, "ii", change->row, (int64_t)0);
    }
    for (unsigned i = 0; i < plan->count && code == 0; i++)
        if (plan->changes[i].kind == HOURS_SLOT_NEW)
            code = slot_add(agenda, &plan->changes[i].slot, true, error);
    return code;
}

static int apply_within(struct agenda *agenda, const struct presence *presence, struct hours_plan *plan,
                        struct error *error)
{
    char detail[96];
    int code = put_guides(agenda, presence, error);
    if (code == 0)
        code = put_presence(agenda, presence, error);
    if (code == 0)
        code = put_slots(agenda, plan, error);
    if (code == 0)
        code = put_settings(agenda, presence, plan->last, error);
    text_print(detail, sizeof(detail), "%u slots new, %u gone, %u kept",
               hours_plan_count(plan, HOURS_SLOT_NEW), hours_plan_count(plan, HOURS_SLOT_GONE),
               hours_plan_count(plan, HOURS_SLOT_KEPT));
    if (code == 0)
        code = agenda_event(agenda, "hours changed", "", detail, error);
    return code;
}

int hours_apply(struct agenda *agenda, const struct presence *presence, int32_t today,
                struct hours_plan *plan, struct error *error)
{
    *plan = (struct hours_plan){0};
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = hours_plan(agenda, presence, today, plan, error);
    if (code == 0)
        code = apply_within(agenda, presence, plan, error);
    return agenda_end(agenda, code, error);
}

// A clock that was ahead has made slots of a time to come, and none before them: they are made when it is
// right again, and those beyond are offered when their time comes, as the hours are then.
static int come_back(struct agenda *agenda, int32_t last, struct error *error)
{
    char day[DAY_TEXT_SIZE];
    day_format(last + 1, day);
    return agenda_run(agenda, error, SQL_SLOTS_WITHDRAW, "t", day);
}

int agenda_extend(struct agenda *agenda, int32_t today, struct error *error)
{
    char text[24];
    int32_t until = today - 1, last = horizon(agenda, today);
    if (agenda_setting(agenda, "slots_until", text, sizeof(text), error) <= 0)
        return 0;
    bool ahead = day_parse(text, &until) < 0 || until > last + AHEAD_DAYS;
    if (!ahead && until >= last)
        return 0;
    struct agenda_hours held;
    int32_t first = ahead || until < today ? today : until + 1;
    int code = agenda_hours_read(agenda, &held, error);
    if (code < 0)
        return code;
    code = agenda_begin(agenda, error);
    if (code < 0) {
        agenda_hours_release(&held);
        return code;
    }
    if (ahead)
        code = come_back(agenda, last, error);
    struct slot *wanted = memory_new(DAY_SLOTS_MAX, sizeof(*wanted));
    for (int32_t day = first; day <= last && code == 0; day++) {
        unsigned count = presence_slots(&held.presence, day, wanted, DAY_SLOTS_MAX);
        for (unsigned i = 0; i < count && i < DAY_SLOTS_MAX && code == 0; i++) {
            code = slot_add(agenda, &wanted[i], true, error);
            if (code == ERROR_REFUSED) // it overlaps a slot that was promised: that one stays
                code = 0;
        }
    }
    day_format(last, text);
    if (code == 0)
        code = agenda_set_setting(agenda, "slots_until", text, error);
    free(wanted);
    agenda_hours_release(&held);
    return agenda_end(agenda, code, error);
}
