// What was promised, proved in the data: each rule finds the rows that break it. Nothing is written.
#include <stdlib.h>
#include <string.h>

#include "agenda/care.h"
#include "agenda/hours.h"
#include "agenda/private.h"
#include "agenda/schema.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

struct checking {
    struct agenda *agenda;
    agenda_fault_seen *seen;
    void *context;
    int faults;
};

static void note(struct checking *checking, const char *rule, const char *subject)
{
    checking->seen(checking->context, rule, subject);
    checking->faults++;
}

// ---- functions for the rules' SQL: what the house can read back

static const char *argument(sqlite3_value *value)
{
    const unsigned char *text = sqlite3_value_text(value);
    return text == NULL ? "" : (const char *)text;
}

static void code_ok(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sqlite3_result_int(context, code_valid(argument(values[0])));
}

static void day_ok(sqlite3_context *context, int count, sqlite3_value **values)
{
    int32_t day;
    (void)count;
    sqlite3_result_int(context, day_parse(argument(values[0]), &day) == 0);
}

static void moment_ok(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct moment moment;
    (void)count;
    sqlite3_result_int(context, moment_parse(argument(values[0]), &moment) == 0);
}

static void instant_ok(sqlite3_context *context, int count, sqlite3_value **values)
{
    int64_t instant;
    (void)count;
    sqlite3_result_int(context, instant_parse(argument(values[0]), &instant) == 0);
}

// NULL for what is no moment.
static void moment_plus(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct moment moment;
    char text[MOMENT_TEXT_SIZE];
    sqlite3_int64 minutes = sqlite3_value_int64(values[1]);
    (void)count;
    if (moment_parse(argument(values[0]), &moment) < 0 || minutes < -7 * DAY_MINUTES ||
        minutes > 7 * DAY_MINUTES)
        return;
    moment_format(moment_add(moment, (int32_t)minutes), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static int add_functions(struct agenda *agenda, struct error *error)
{
    static const struct {
        const char *name;
        int arguments;
        void (*run)(sqlite3_context *context, int count, sqlite3_value **values);
    } functions[] = {{"code_ok", 1, code_ok},
                     {"day_ok", 1, day_ok},
                     {"moment_ok", 1, moment_ok},
                     {"instant_ok", 1, instant_ok},
                     {"moment_plus", 2, moment_plus}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
        if (sqlite3_create_function_v2(agenda->database.handle, functions[i].name, functions[i].arguments,
                                       flags, NULL, functions[i].run, NULL, NULL, NULL) != SQLITE_OK)
            return error_set(error, ERROR_IO, "the agenda cannot be checked");
    return 0;
}

// ---- rules that one statement proves

struct rule {
    const char *name; // also of its sentence
    enum agenda_sql sql;
};

static const struct rule rules[] = {
    {"reference", SQL_CHECK_REFERENCES},
    {"setting", SQL_CHECK_SETTINGS},
    {"hours", SQL_CHECK_HOURS},
    {"slot-time", SQL_CHECK_SLOT_TIMES},
    {"slot-overlap", SQL_CHECK_SLOT_OVERLAP},
    {"slot-owners", SQL_CHECK_SLOT_OWNERS},
    {"lease-code", SQL_CHECK_LEASE_CODES},
    {"lease-event", SQL_CHECK_LEASE_EVENTS},
    {"lease-ended", SQL_CHECK_LEASE_ENDED},
    {"block", SQL_CHECK_BLOCKS},
    {"code", SQL_CHECK_CODES},
    {"code-kind", SQL_CHECK_CODE_KINDS},
    {"promise", SQL_CHECK_PROMISES},
    {"lost", SQL_CHECK_LOST},
    {"booking-value", SQL_CHECK_BOOKING_VALUES},
    {"booking-slots", SQL_CHECK_BOOKING_SLOTS},
    {"booking-freed", SQL_CHECK_BOOKING_FREED},
    {"booking-kiosk", SQL_CHECK_BOOKING_KIOSKS},
    {"booking-state", SQL_CHECK_BOOKING_STATES},
    {"booking-start", SQL_CHECK_BOOKING_STARTS},
    {"booking-changes", SQL_CHECK_BOOKING_CHANGES},
    {"booking-lines", SQL_CHECK_BOOKING_LINES},
    {"event-order", SQL_CHECK_EVENT_ORDER},
    {"event", SQL_CHECK_EVENTS},
    {"talk", SQL_CHECK_TALKS},
    {"referral", SQL_CHECK_REFERRALS},
    {"referral-event", SQL_CHECK_REFERRAL_EVENTS},
    {"signal-event", SQL_CHECK_SIGNALS},
    {"words", SQL_CHECK_WORDS},
    {"person", SQL_CHECK_PERSONS},
    {"person-value", SQL_CHECK_PERSON_VALUES},
    {"erased", SQL_CHECK_ERASED},
    {"forgotten", SQL_CHECK_FORGOTTEN},
    {"purged", SQL_CHECK_PURGED},
    {"count", SQL_CHECK_COUNTS},
    {"import", SQL_CHECK_IMPORTS},
    {"instant", SQL_CHECK_INSTANTS},
};

static int check_rule(struct checking *checking, const struct rule *rule, struct error *error)
{
    int code;
    sqlite3_stmt *row = agenda_bind(checking->agenda, error, rule->sql, "");
    while ((code = agenda_row(checking->agenda, row, error)) > 0)
        note(checking, rule->name, database_text(row, 0));
    return code;
}

// ---- the file

// SQLite puts several findings into one row, under a heading.
static void note_damage(struct checking *checking, const char *text)
{
    char line[160];
    for (size_t length; *text != 0; text += length + (text[length] != 0)) {
        length = strcspn(text, "\n");
        text_print(line, sizeof(line), "%.*s", (int)(length < sizeof(line) ? length : sizeof(line) - 1),
                   text);
        if (strncmp(line, "***", 3) != 0)
            note(checking, "damage", line);
    }
}

static int check_damage(struct checking *checking, struct error *error)
{
    sqlite3_stmt *row = NULL;
    sqlite3 *handle = checking->agenda->database.handle;
    if (sqlite3_prepare_v2(handle, "PRAGMA integrity_check", -1, &row, NULL) != SQLITE_OK)
        return error_set(error, ERROR_CORRUPT, "the agenda cannot be checked");
    while (sqlite3_step(row) == SQLITE_ROW)
        if (strcmp(database_text(row, 0), "ok") != 0)
            note_damage(checking, database_text(row, 0));
    sqlite3_finalize(row);
    return 0;
}

// Whether an index or trigger of a new agenda is here, as it was made then.
static int check_guard(struct checking *checking, sqlite3_stmt *fresh, struct error *error)
{
    char subject[96];
    const char *type = database_text(fresh, 0), *name = database_text(fresh, 1);
    text_print(subject, sizeof(subject), "%s %s", type, name);
    sqlite3_stmt *row = agenda_bind(checking->agenda, error, SQL_CHECK_GUARD, "tt", type, name);
    int code = agenda_row(checking->agenda, row, error);
    bool guards = strcmp(type, "trigger") == 0 || strcmp(type, "index") == 0;
    if (code == 0 || (code > 0 && guards && strcmp(database_text(row, 0), database_text(fresh, 2)) != 0))
        note(checking, "schema", subject);
    if (code > 0)
        sqlite3_reset(row);
    return code < 0 ? code : 0;
}

// The tables' guards are part of the promise.
static int check_schema(struct checking *checking, struct error *error)
{
    struct database fresh = {.path = checking->agenda->database.path};
    sqlite3_stmt *row = NULL;
    int code =
        sqlite3_open(":memory:", &fresh.handle) == SQLITE_OK ? schema_migrate(&fresh, 0, error) : ERROR_IO;
    if (code == 0 &&
        sqlite3_prepare_v2(fresh.handle, agenda_sql_text[SQL_CHECK_SCHEMA], -1, &row, NULL) != SQLITE_OK)
        code = error_set(error, ERROR_IO, "the agenda cannot be checked");
    while (code == 0 && sqlite3_step(row) == SQLITE_ROW)
        code = check_guard(checking, row, error);
    sqlite3_finalize(row);
    sqlite3_close(fresh.handle);
    return code;
}

// ---- slots and the hours that they are made of

static bool offered(struct checking *checking, const struct slot *slot)
{
    struct slot_state state;
    return slot_look(checking->agenda, slot->guide, slot->start, &state, NULL) > 0 && state.offered;
}

// Another slot at that time, free or not, keeps it from being made.
static bool in_the_way(struct checking *checking, const struct slot *slot)
{
    char day[DAY_TEXT_SIZE], start[MOMENT_TEXT_SIZE], ends[MOMENT_TEXT_SIZE];
    struct error error = ERROR_NONE;
    day_format(slot->start.day, day);
    moment_format(slot->start, start);
    moment_format(moment_add(slot->start, slot->minutes), ends);
    sqlite3_stmt *row =
        agenda_bind(checking->agenda, &error, SQL_CHECK_SLOT_FIND, "tttt", slot->guide, day, start, ends);
    bool found = agenda_row(checking->agenda, row, &error) > 0;
    if (found)
        sqlite3_reset(row);
    return found;
}

static void check_change(struct checking *checking, const struct hours_change *change)
{
    char subject[SLOT_GUIDE_SIZE + MOMENT_TEXT_SIZE + 1], start[MOMENT_TEXT_SIZE];
    moment_format(change->slot.start, start);
    text_print(subject, sizeof(subject), "%s %s", change->slot.guide, start);
    if (change->kind == HOURS_SLOT_NEW && change->row == 0 && !in_the_way(checking, &change->slot))
        note(checking, "slot-missing", subject);
    if ((change->kind == HOURS_SLOT_GONE || change->kind == HOURS_SLOT_KEPT) &&
        offered(checking, &change->slot))
        note(checking, "slot-outside", subject);
}

// From when the slots are those of the hours: today, or later when a clock that went back says it is earlier
// than the day on which the hours were read.
static int32_t hours_since(struct checking *checking)
{
    struct error error = ERROR_NONE;
    int64_t changed = 0;
    int32_t today = clock_moment().day, day = today;
    sqlite3_stmt *row = agenda_bind(checking->agenda, &error, SQL_CHECK_HOURS_SINCE, "");
    if (agenda_row(checking->agenda, row, &error) > 0) {
        if (instant_parse(database_text(row, 0), &changed) == 0)
            day = moment_from_instant(changed).day;
        sqlite3_reset(row);
    }
    return day > today ? day : today;
}

// What the agenda's own hours would change, from then to where slots are made, must be nothing.
static int check_hours(struct checking *checking, struct error *error)
{
    struct agenda_hours held;
    struct hours_plan plan;
    char text[24];
    int32_t until;
    if (agenda_setting(checking->agenda, "slots_until", text, sizeof(text), NULL) <= 0 ||
        day_parse(text, &until) < 0)
        return 0;
    int code = agenda_hours_read(checking->agenda, &held, error);
    if (code < 0)
        return code;
    code = hours_plan(checking->agenda, &held.presence, hours_since(checking), &plan, error);
    for (unsigned i = 0; code == 0 && i < plan.count; i++)
        if (plan.changes[i].kind >= HOURS_SLOT_NEW && plan.changes[i].slot.start.day <= until)
            check_change(checking, &plan.changes[i]);
    if (code == 0)
        hours_plan_release(&plan);
    agenda_hours_release(&held);
    return code;
}

// ---- the key

// Without it no kiosk can be served, and what a kiosk has sealed for it stays closed. A copy may lie without
// one: the caller says so.
static void check_key(struct checking *checking, const char *path)
{
    static const char word[] = "wegwijs";
    struct seal_pair pair = {0};
    struct error error = ERROR_NONE;
    char *sealed = NULL, *opened = NULL;
    size_t size = 0;
    bool good = seal_ready(&error) == 0 && seal_load(&pair, path, &error) == 0 &&
                seal_close(&pair.open, word, sizeof(word), &sealed, &error) == 0 &&
                seal_open(&pair, sealed, &opened, &size, &error) == 0 && size == sizeof(word);
    if (!good)
        note(checking, "key", path);
    free(sealed);
    free(opened);
    seal_wipe_pair(&pair);
}

int agenda_check(struct agenda *agenda, agenda_fault_seen *seen, void *context, struct error *error)
{
    struct checking checking = {.agenda = agenda, .seen = seen, .context = context};
    char key[4096];
    int code = add_functions(agenda, error);
    if (code == 0)
        code = check_damage(&checking, error);
    if (code == 0)
        code = check_schema(&checking, error);
    int before = checking.faults;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && code == 0; i++)
        code = check_rule(&checking, &rules[i], error);
    if (code == 0 && checking.faults == before) // they are read as the rules have found them
        code = check_hours(&checking, error);
    agenda_key_path(agenda->database.path, key, sizeof(key));
    if (code == 0 && file_exists(key))
        check_key(&checking, key);
    return code < 0 ? code : checking.faults;
}
