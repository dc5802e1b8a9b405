#include "agenda/agenda.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agenda/part.h"
#include "agenda/private.h"
#include "agenda/schema.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define PAGES_KEPT_BYTES (2 << 20)
#define OLD_COPIES_MAX 100

static struct database_options options_for(bool create, bool look)
{
    return (struct database_options){.what = "agenda",
                                     .application_id = AGENDA_APPLICATION_ID,
                                     .newest_version = AGENDA_VERSION,
                                     .create = create,
                                     .read_only = look,
                                     .check_limit = look ? 1 : 16 << 20, // beyond that `check` does it
                                     .sql = agenda_sql_text,
                                     .sql_count = SQL_COUNT};
}

// ---- statements

static void bind_all(sqlite3_stmt *statement, const char *types, va_list arguments)
{
    for (int i = 1; *types != 0; types++, i++) {
        if (*types == 't')
            database_bind_text(statement, i, va_arg(arguments, const char *));
        else
            database_bind_int(statement, i, va_arg(arguments, int64_t));
    }
}

static sqlite3_stmt *bind_list(struct agenda *agenda, struct error *error, enum agenda_sql number,
                               const char *types, va_list arguments)
{
    if (agenda->role == AGENDA_SERVE && !agenda_sql_serves(number)) {
        error_set(error, ERROR_REFUSED, "statement %d is not for a kiosk", (int)number);
        return NULL;
    }
    sqlite3_stmt *statement = database_statement(&agenda->database, (unsigned)number, error);
    if (statement != NULL)
        bind_all(statement, types, arguments);
    return statement;
}

sqlite3_stmt *agenda_bind(struct agenda *agenda, struct error *error, enum agenda_sql number,
                          const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);
    sqlite3_stmt *statement = bind_list(agenda, error, number, types, arguments);
    va_end(arguments);
    return statement;
}

int agenda_run(struct agenda *agenda, struct error *error, enum agenda_sql number, const char *types, ...)
{
    struct error own = ERROR_NONE;
    if (error == NULL)
        error = &own;
    va_list arguments;
    va_start(arguments, types);
    sqlite3_stmt *statement = bind_list(agenda, error, number, types, arguments);
    va_end(arguments);
    if (statement == NULL)
        return error->code < 0 ? error->code : ERROR_IO;
    return database_done(&agenda->database, statement, error);
}

int agenda_row(struct agenda *agenda, sqlite3_stmt *statement, struct error *error)
{
    if (statement == NULL)
        return error != NULL && error->code < 0 ? error->code : ERROR_IO;
    int code = database_step(&agenda->database, statement, error);
    if (code <= 0)
        sqlite3_reset(statement);
    return code;
}

unsigned agenda_changes(struct agenda *agenda)
{
    return (unsigned)sqlite3_changes(agenda->database.handle);
}

int agenda_begin(struct agenda *agenda, struct error *error)
{
    int code = agenda->depth == 0 ? database_begin(&agenda->database, error)
                                  : agenda_run(agenda, error, SQL_STEP_BEGIN, "");
    agenda->kiosk_noted = agenda->kiosk_noted && agenda->depth > 0;
    agenda->depth += code == 0;
    return code;
}

// Some errors have undone the whole transaction already: then there is no savepoint to go back to, and the
// outer one ends with the same error.
static int end_step(struct agenda *agenda, int code, struct error *error)
{
    if (code >= 0)
        return agenda_run(agenda, error, SQL_STEP_KEEP, "");
    if (sqlite3_get_autocommit(agenda->database.handle) == 0) {
        agenda_run(agenda, NULL, SQL_STEP_UNDO, "");
        agenda_run(agenda, NULL, SQL_STEP_KEEP, "");
    }
    return code;
}

int agenda_end(struct agenda *agenda, int code, struct error *error)
{
    if (--agenda->depth > 0)
        return end_step(agenda, code, error);
    if (code < 0) {
        database_rollback(&agenda->database);
        return code;
    }
    return database_commit(&agenda->database, error);
}

void agenda_rest(struct agenda *agenda)
{
    sqlite3 *handle = agenda->database.handle;
    int used = 0, most = 0;
    sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_USED, &used, &most, 0);
    if (used > PAGES_KEPT_BYTES)
        sqlite3_db_release_memory(handle);
}

int agenda_sync_begin(struct agenda *agenda, struct error *error)
{
    return agenda_begin(agenda, error);
}

int agenda_sync_end(struct agenda *agenda, int code, struct error *error)
{
    return agenda_end(agenda, code, error);
}

// ---- events and settings

void agenda_now(char out[INSTANT_TEXT_SIZE])
{
    instant_format(clock_instant(), out);
}

int agenda_event(struct agenda *agenda, const char *what, const char *subject, const char *detail,
                 struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    return agenda_run(agenda, error, SQL_EVENT, "ttttt", now, agenda->who, what, subject, detail);
}

int agenda_setting(struct agenda *agenda, const char *name, char *out, size_t size, struct error *error)
{
    out[0] = 0;
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_SETTING_GET, "t", name);
    int code = agenda_row(agenda, statement, error);
    if (code > 0) {
        text_copy(out, size, database_text(statement, 0));
        sqlite3_reset(statement);
    }
    return code;
}

int64_t agenda_setting_number(struct agenda *agenda, const char *name, int64_t otherwise)
{
    char text[32], *end = NULL;
    if (agenda_setting(agenda, name, text, sizeof(text), NULL) <= 0)
        return otherwise;
    long long value = strtoll(text, &end, 10);
    return end == text || *end != 0 ? otherwise : value;
}

int agenda_set_setting(struct agenda *agenda, const char *name, const char *value, struct error *error)
{
    return agenda_run(agenda, error, SQL_SETTING_SET, "tt", name, value);
}

// ---- what the kiosk's end may touch

struct grant {
    const char *table;
    const char *columns; // that may be read: " a b c ", or "*" for all
    bool insert, update, erase;
};

static const struct grant grants[] = {
    {"setting", "*", true, true, false},
    {"guide", "*", false, false, false},
    {"presence", "*", false, false, false},
    {"closure", "*", false, false, false},
    {"slot", "*", true, true, false},
    {"kiosk", "*", true, true, false},
    {"code", "*", true, true, false},
    {"lease", "*", true, true, true},
    {"block", "*", true, false, true},
    {"person", " id ", true, false, false},
    {"booking", " id code kind guide start minutes slots state attention kiosk made stored ROWID ", true,
     false, false},
    {"booking_slot", "*", true, false, false},
    {"booking_topic", "", true, false, false},
    {"indicator", "", true, false, false},
    {"forgotten", "*", false, false, false},
    {"lost", "*", true, true, false},
    {"event", "", true, false, false},
};

static bool may_read(const struct grant *grant, const char *column)
{
    if (grant->columns[0] == '*')
        return true;
    char wanted[64];
    return text_print(wanted, sizeof(wanted), " %s ", column) == 0 && column[0] != 0 &&
           strstr(grant->columns, wanted) != NULL;
}

static bool may(int action, const char *table, const char *column)
{
    for (size_t i = 0; i < sizeof(grants) / sizeof(grants[0]); i++) {
        if (strcmp(grants[i].table, table) != 0)
            continue;
        return (action == SQLITE_READ && may_read(&grants[i], column)) ||
               (action == SQLITE_INSERT && grants[i].insert) ||
               (action == SQLITE_UPDATE && grants[i].update) || (action == SQLITE_DELETE && grants[i].erase);
    }
    return false;
}

static int authorize_serve(void *context, int action, const char *first, const char *second,
                           const char *database, const char *trigger)
{
    (void)context;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_FUNCTION:
        return SQLITE_OK;
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return first != NULL && may(action, first, second == NULL ? "" : second) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

// ---- making and opening

void agenda_key_path(const char *path, char *out, size_t size)
{
    text_print(out, size, "%s.key", path);
}

// A key that is already there stays: kiosks may still hold bookings sealed for it.
static int make_key(const char *path, struct error *error)
{
    char key_path[4096];
    struct seal_pair pair;
    agenda_key_path(path, key_path, sizeof(key_path));
    int code = seal_ready(error);
    if (code < 0)
        return code;
    if (file_exists(key_path)) {
        code = seal_load(&pair, key_path, error);
    } else {
        seal_new_pair(&pair);
        code = seal_save(&pair, key_path, error);
    }
    seal_wipe_pair(&pair);
    return code;
}

static int fill_new(struct agenda *agenda, struct error *error)
{
    static const char *const settings[][2] = {
        {"slot_minutes", "30"}, {"public_holidays", "1"}, {"horizon_days", "120"},
        {"limit_hour", "30"},   {"limit_day", "150"},
    };
    char id[BOOKING_ID_SIZE];
    booking_new_id(id);
    int code = agenda_set_setting(agenda, "agenda_id", id, error);
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && code == 0; i++)
        code = agenda_set_setting(agenda, settings[i][0], settings[i][1], error);
    if (code == 0)
        code = agenda_event(agenda, "agenda made", "", "", error);
    return code;
}

static int make_within(const char *path, struct error *error)
{
    struct agenda agenda = {.role = AGENDA_GUIDE};
    struct database_options options = options_for(true, false);
    int32_t version = 0;
    text_copy(agenda.who, sizeof(agenda.who), "init");
    int code = database_open(&agenda.database, path, &options, &version, error);
    if (code < 0)
        return code;
    code = agenda_begin(&agenda, error);
    if (code == 0) {
        code = schema_migrate(&agenda.database, version, error);
        if (code == 0)
            code = fill_new(&agenda, error);
        code = agenda_end(&agenda, code, error);
    }
    database_close(&agenda.database);
    return code;
}

static int fill_part(void *context, const char *part, const char *path, struct error *error)
{
    (void)context;
    int code = make_key(path, error);
    return code == 0 ? make_within(part, error) : code;
}

int agenda_init(const char *path, struct error *error)
{
    return part_make(path, fill_part, NULL, error);
}

// ---- an older agenda

static int ask(sqlite3 *handle, enum agenda_sql number, char *out, size_t size, struct error *error)
{
    sqlite3_stmt *row = NULL;
    bool good = sqlite3_prepare_v2(handle, agenda_sql_text[number], -1, &row, NULL) == SQLITE_OK &&
                sqlite3_step(row) == SQLITE_ROW && text_copy(out, size, database_text(row, 0)) == 0;
    int code = good ? 0 : error_set(error, ERROR_IO, "the copy failed: %s", sqlite3_errmsg(handle));
    sqlite3_finalize(row);
    return code;
}

// Whether `path` holds this agenda as it is now: its number, and the same last event.
static bool is_copy(const char *path, const char *history)
{
    sqlite3 *copy = NULL;
    char text[96] = "";
    bool same = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                ask(copy, SQL_HISTORY, text, sizeof(text), NULL) == 0 && strcmp(text, history) == 0;
    sqlite3_close(copy);
    return same;
}

// agenda.db.version-1, or -1.2, -1.3 … when an earlier copy of another state has that name.
static int copy_old(sqlite3 *from, const char *path, int32_t version, struct error *error)
{
    char history[96];
    int code = ask(from, SQL_HISTORY, history, sizeof(history), error);
    for (int tries = 1; code == 0 && tries < OLD_COPIES_MAX; tries++) {
        char *copy = tries == 1 ? memory_format("%s.version-%d", path, (int)version)
                                : memory_format("%s.version-%d.%d", path, (int)version, tries);
        bool there = file_exists(copy), same = there && is_copy(copy, history);
        if (!there)
            code = agenda_copy(from, copy, error);
        free(copy);
        if (!there || same)
            return code;
    }
    return code < 0 ? code : error_set(error, ERROR_REFUSED, "there are too many copies of \"%s\"", path);
}

// It is copied beside itself before its tables change. The writing lock is held meanwhile, so the copy is the
// last of what the older program knew; another connection reads, for SQLite copies no connection that writes.
static int migrate_within(struct agenda *agenda, const char *path, struct error *error)
{
    sqlite3 *reader = NULL;
    char text[16];
    int code = ask(agenda->database.handle, SQL_VERSION, text, sizeof(text), error);
    int32_t version = (int32_t)strtol(text, NULL, 10);
    if (code < 0 || version >= AGENDA_VERSION) // another program was first
        return code;
    if (sqlite3_open_v2(path, &reader, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        code = error_set(error, ERROR_IO, "the copy failed: %s", sqlite3_errmsg(reader));
    if (code == 0)
        code = copy_old(reader, path, version, error);
    sqlite3_close(reader);
    return code == 0 ? schema_migrate(&agenda->database, version, error) : code;
}

static int migrate(struct agenda *agenda, const char *path, int32_t version, struct error *error)
{
    if (version >= AGENDA_VERSION)
        return 0;
    if (version == 0)
        return error_set(error, ERROR_CORRUPT, "\"%s\" is empty, not an agenda", path);
    if (agenda->role == AGENDA_LOOK)
        return error_set(error, ERROR_VERSION,
                         "\"%s\" is of version %d: any other command copies it and makes it version %d", path,
                         (int)version, AGENDA_VERSION);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    return agenda_end(agenda, migrate_within(agenda, path, error), error);
}

int agenda_open(struct agenda **out, const char *path, enum agenda_role role, struct error *error)
{
    struct agenda *agenda = memory_new(1, sizeof(*agenda));
    agenda->role = role == AGENDA_LOOK ? AGENDA_LOOK : AGENDA_GUIDE; // until it is open
    struct database_options options = options_for(false, role == AGENDA_LOOK);
    int32_t version = 0;
    *out = NULL;
    text_copy(agenda->who, sizeof(agenda->who), role == AGENDA_SERVE ? "kiosk" : "guide");
    int code = database_open(&agenda->database, path, &options, &version, error);
    if (code < 0) {
        free(agenda);
        return code;
    }
    code = migrate(agenda, path, version, error);
    if (code == 0 && agenda_setting(agenda, "agenda_id", agenda->id, sizeof(agenda->id), error) <= 0)
        code = error_set(error, ERROR_CORRUPT, "\"%s\" has no agenda id", path);
    if (code < 0) {
        agenda_close(agenda);
        return code;
    }
    if (role == AGENDA_GUIDE) // the horizon moves with each day; when the agenda is busy, next time
        agenda_extend(agenda, clock_moment().day, NULL);
    agenda->role = role;
    // keys are random: a thousand bookings touch most pages of a young agenda, and `check` all of an old one
    if (role == AGENDA_SERVE)
        database_run(&agenda->database, "PRAGMA cache_size = -32768", NULL);
    else if (role == AGENDA_LOOK)
        database_run(&agenda->database, "PRAGMA cache_size = -262144", NULL);
    if (role == AGENDA_SERVE)
        sqlite3_set_authorizer(agenda->database.handle, authorize_serve, NULL);
    *out = agenda;
    return 0;
}

void agenda_one_thread(void)
{
    database_one_thread();
}

void agenda_close(struct agenda *agenda)
{
    if (agenda == NULL)
        return;
    database_close(&agenda->database);
    free(agenda);
}

const char *agenda_id(const struct agenda *agenda)
{
    return agenda->id;
}

void agenda_set_who(struct agenda *agenda, const char *who)
{
    text_copy(agenda->who, sizeof(agenda->who), who);
}
