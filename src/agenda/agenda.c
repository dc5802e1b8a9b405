#include "agenda/agenda.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agenda/private.h"
#include "agenda/schema.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define PAGES_KEPT_BYTES (2 << 20)

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

// What a month of bookings has brought into memory is not kept for the quiet days after it.
static void give_back_pages(sqlite3 *handle)
{
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
    code = agenda_end(agenda, code, error);
    give_back_pages(agenda->database.handle);
    return code;
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
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_set_setting(agenda, "agenda_id", id, error);
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && code == 0; i++)
        code = agenda_set_setting(agenda, settings[i][0], settings[i][1], error);
    if (code == 0)
        code = agenda_event(agenda, "agenda made", "", "", error);
    return agenda_end(agenda, code, error);
}

static void remove_files(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        char *name = memory_format("%s%s", path, suffixes[i]);
        unlink(name);
        free(name);
    }
}

int agenda_init(const char *path, struct error *error)
{
    if (file_exists(path))
        return error_set(error, ERROR_REFUSED, "\"%s\" is already there", path);
    int code = make_key(path, error);
    if (code < 0)
        return code;
    struct agenda agenda = {.role = AGENDA_GUIDE};
    struct database_options options = options_for(true, false);
    int32_t version = 0;
    text_copy(agenda.who, sizeof(agenda.who), "init");
    code = database_open(&agenda.database, path, &options, &version, error);
    if (code < 0)
        return code;
    code = schema_migrate(&agenda.database, version, error);
    if (code == 0)
        code = fill_new(&agenda, error);
    database_close(&agenda.database);
    if (code < 0)
        remove_files(path);
    return code;
}

// An older agenda is copied beside itself before its tables change.
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
    char *copy = memory_format("%s.version-%d", path, (int)version);
    int code = file_exists(copy) ? 0 : agenda_backup(agenda, copy, error);
    free(copy);
    if (code == 0)
        code = schema_migrate(&agenda->database, version, error);
    return code;
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
    if (role != AGENDA_GUIDE) // keys are random: a thousand bookings touch most pages of a young agenda
        database_run(&agenda->database, "PRAGMA cache_size = -32768", NULL);
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
