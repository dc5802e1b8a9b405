#include "kiosk/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "kiosk/store_sql.h"

#include "base/banned.h"

#define STORE_NAME "store.db"
#define STORE_ID_NAME "store.id"

// ---- the tables

static int make_schema(struct store *store, int32_t version, struct error *error)
{
    char stamp[64];
    text_print(stamp, sizeof stamp, "PRAGMA user_version = %d", STORE_VERSION);
    int code = database_begin(&store->database, error);
    if (code != 0)
        return code;
    for (int32_t at = version; at < STORE_VERSION && code == 0; at++)
        code = database_run(&store->database, store_steps[at], error);
    if (code == 0)
        code = database_run(&store->database, stamp, error);
    return store_end(store, code, error);
}

// ---- identity

static void write_identity_file(const struct store *store, const char *id)
{
    struct error trouble = ERROR_NONE;
    char *path = file_join(store->folder, STORE_ID_NAME);
    if (file_write(path, id, strlen(id), 0600, &trouble) != 0)
        log_warning("%s", trouble.text); // after a loss the agenda then waits until we are silent
    free(path);
}

// "" when there is none, or it is not ours.
static void read_identity_file(const struct store *store, char id[BOOKING_ID_SIZE])
{
    char *path = file_join(store->folder, STORE_ID_NAME), *bytes = NULL;
    size_t size;
    id[0] = 0;
    if (file_read(path, 4096, &bytes, &size, NULL) == 0 && size == BOOKING_ID_SIZE - 1 &&
        booking_id_valid(bytes))
        text_copy(id, BOOKING_ID_SIZE, bytes);
    free(bytes);
    free(path);
}

static int make_identity(struct store *store, struct store_identity *identity, struct error *error)
{
    booking_new_id(identity->id);
    read_identity_file(store, identity->replaces);
    int code = database_begin(&store->database, error);
    if (code != 0)
        return code;
    code = store_meta_set(store, "store", identity->id, error);
    if (code == 0)
        code = store_meta_set(store, "replaces", identity->replaces, error);
    return store_end(store, code, error);
}

int store_identity(struct store *store, struct store_identity *identity, struct error *error)
{
    struct error trouble = ERROR_NONE;
    char written[BOOKING_ID_SIZE];
    *identity = (struct store_identity){0};
    int code = store_meta_get(store, "store", identity->id, sizeof identity->id, &trouble);
    if (code == 0)
        code = store_meta_get(store, "replaces", identity->replaces, sizeof identity->replaces, &trouble);
    if (code == 0 && !identity->id[0])
        code = make_identity(store, identity, &trouble);
    if (code != 0)
        return error_set(error, code, "%s", trouble.text);
    read_identity_file(store, written);
    if (strcmp(written, identity->id) != 0)
        write_identity_file(store, identity->id);
    return 0;
}

// ---- opening

static int open_file(struct store *store, const char *path, struct error *error)
{
    const struct database_options options = {
        .what = "store",
        .application_id = STORE_APPLICATION_ID,
        .newest_version = STORE_VERSION,
        .create = true,
        .sql = store_statements,
        .sql_count = SQL_COUNT,
        .vfs = store->vfs,
    };
    int32_t version;
    int code = database_open(&store->database, path, &options, &version, error);
    if (code == 0 && version < STORE_VERSION)
        code = make_schema(store, version, error);
    if (code == 0)
        code = store_release(store, error);
    if (code != 0)
        database_close(&store->database);
    return code;
}

// Moves the file and what belongs to it out of the way, under one name that is not there yet.
static int set_file_aside(const char *path, char **aside, struct error *error)
{
    static const char *const parts[] = {"-wal", "-shm", ""};
    char now[INSTANT_TEXT_SIZE];
    instant_format(clock_instant(), now);
    *aside = memory_format("%s.damaged-%s", path, now);
    for (unsigned i = 1; file_exists(*aside) && i < 1000; i++) {
        free(*aside);
        *aside = memory_format("%s.damaged-%s-%u", path, now, i);
    }
    for (unsigned i = 0; i < 3; i++) {
        char *from = memory_format("%s%s", path, parts[i]), *to = memory_format("%s%s", *aside, parts[i]);
        int failed = file_exists(from) && rename(from, to) != 0;
        if (failed)
            error_set(error, ERROR_IO, "the damaged store \"%s\" cannot be set aside", from);
        free(from);
        free(to);
        if (failed)
            return ERROR_IO;
    }
    return 0;
}

static int begin_anew(struct store *store, const char *path, struct error *error)
{
    char *aside = NULL;
    log_error("%s; it is set aside and a new store begun", error->text);
    int code = set_file_aside(path, &aside, error);
    if (code == 0)
        code = open_file(store, path, error);
    if (code == 0)
        store_salvage(store, aside);
    free(aside);
    return code;
}

static void free_store(struct store *store)
{
    free(store->folder);
    free(store->vfs);
    free(store);
}

int store_open_with(struct store **store, const char *folder, const char *vfs, bool *set_aside,
                    struct error *error)
{
    struct error trouble = ERROR_NONE;
    *store = NULL;
    *set_aside = false;
    int code = file_make_folder(folder, 0700, &trouble);
    char *path = file_join(folder, STORE_NAME);
    struct store *made = memory_new(1, sizeof *made);
    made->folder = memory_copy_text(folder);
    made->vfs = vfs ? memory_copy_text(vfs) : NULL;
    if (code == 0)
        code = open_file(made, path, &trouble);
    if (code == ERROR_CORRUPT) {
        code = begin_anew(made, path, &trouble);
        *set_aside = code == 0;
    }
    free(path);
    if (code == 0) {
        *store = made;
        return 0;
    }
    free_store(made);
    return error_set(error, code, "%s", trouble.text);
}

int store_renew(struct store *store, struct error *error)
{
    struct error trouble = ERROR_NONE;
    char *path = file_join(store->folder, STORE_NAME);
    error_set(&trouble, ERROR_CORRUPT, "the store \"%s\" is damaged", path);
    database_close(&store->database);
    int code = begin_anew(store, path, &trouble);
    free(path);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int store_open(struct store **store, const char *folder, bool *set_aside, struct error *error)
{
    return store_open_with(store, folder, NULL, set_aside, error);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    database_close(&store->database);
    free_store(store);
}

int store_end(struct store *store, int code, struct error *error)
{
    if (code == 0)
        return database_commit(&store->database, error);
    database_rollback(&store->database);
    return code;
}

// ---- meta

int store_meta_get(struct store *store, const char *key, char *out, size_t size, struct error *error)
{
    out[0] = 0;
    sqlite3_stmt *statement = database_statement(&store->database, SQL_META_GET, error);
    if (!statement)
        return error->code;
    database_bind_text(statement, 1, key);
    int step = database_step(&store->database, statement, error);
    if (step > 0)
        text_copy(out, size, database_text(statement, 0));
    sqlite3_reset(statement);
    return step < 0 ? step : 0;
}

int store_meta_set(struct store *store, const char *key, const char *value, struct error *error)
{
    sqlite3_stmt *statement = database_statement(&store->database, SQL_META_SET, error);
    if (!statement)
        return error->code;
    database_bind_text(statement, 1, key);
    database_bind_text(statement, 2, value);
    return database_done(&store->database, statement, error);
}

static int pin_first(struct store *store, const char *agenda, const char *key, struct error *error)
{
    int code = database_begin(&store->database, error);
    if (code != 0)
        return code;
    code = store_meta_set(store, "agenda", agenda, error);
    if (code == 0)
        code = store_meta_set(store, "public_key", key, error);
    return store_end(store, code, error);
}

int store_pin(struct store *store, const char *agenda, const struct seal_public *key, struct error *error)
{
    struct error trouble = ERROR_NONE;
    char pinned[BOOKING_ID_SIZE], pinned_key[SEAL_KEY_TEXT_SIZE], told_key[SEAL_KEY_TEXT_SIZE];
    seal_public_text(key, told_key);
    int code = store_meta_get(store, "agenda", pinned, sizeof pinned, &trouble);
    if (code == 0)
        code = store_meta_get(store, "public_key", pinned_key, sizeof pinned_key, &trouble);
    if (code == 0 && !pinned[0])
        code = pin_first(store, agenda, told_key, &trouble);
    else if (code == 0 && strcmp(pinned, agenda) != 0)
        code = error_set(&trouble, ERROR_REFUSED,
                         "this is another agenda: \"%s\", and the kiosk belongs to \"%s\"", agenda, pinned);
    else if (code == 0 && strcmp(pinned_key, told_key) != 0)
        code = error_set(&trouble, ERROR_REFUSED, "the agenda \"%s\" shows another public key than before",
                         agenda);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int store_key(struct store *store, struct seal_public *key, struct error *error)
{
    struct error trouble = ERROR_NONE;
    char text[SEAL_KEY_TEXT_SIZE];
    int code = store_meta_get(store, "public_key", text, sizeof text, &trouble);
    if (code == 0 && !text[0])
        code = error_set(&trouble, ERROR_NOT_FOUND, "the kiosk has never spoken with its agenda");
    if (code == 0)
        code = seal_public_parse(text, key, &trouble);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int store_set_seen(struct store *store, int64_t instant, struct error *error)
{
    struct error trouble = ERROR_NONE;
    char text[INSTANT_TEXT_SIZE];
    instant_format(instant, text);
    int code = store_meta_set(store, "seen", text, &trouble);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int64_t store_seen(struct store *store)
{
    struct error trouble = ERROR_NONE;
    char text[INSTANT_TEXT_SIZE];
    int64_t instant = 0;
    if (store_meta_get(store, "seen", text, sizeof text, &trouble) != 0 || !text[0] ||
        instant_parse(text, &instant) != 0)
        return 0;
    return instant;
}

// ---- guides

static void join_languages(const struct message_guide *guide, char *out, size_t size)
{
    out[0] = 0;
    for (unsigned i = 0; i < guide->language_count; i++) {
        size_t length = strlen(out);
        text_print(out + length, size - length, "%s%s", i > 0 ? " " : "", guide->languages[i]);
    }
}

static void split_languages(const char *text, struct message_guide *guide)
{
    while (*text != 0 && guide->language_count < MESSAGE_LANGUAGES_MAX) {
        size_t length = strcspn(text, " ");
        if (length > 0 && length < BOOKING_WORD_SIZE)
            memcpy(guide->languages[guide->language_count++], text, length); // the rest is zero already
        text += length + (text[length] == ' ');
    }
}

static int put_guides(struct store *store, const struct message_guide *guides, unsigned count,
                      struct error *error)
{
    char languages[MESSAGE_LANGUAGES_MAX * BOOKING_WORD_SIZE];
    int code = database_done(&store->database, database_statement(&store->database, SQL_GUIDES_DELETE, error),
                             error);
    for (unsigned i = 0; i < count && code == 0; i++) {
        sqlite3_stmt *statement = database_statement(&store->database, SQL_GUIDE_INSERT, error);
        if (!statement)
            return error->code;
        database_bind_text(statement, 1, guides[i].id);
        database_bind_text(statement, 2, guides[i].name);
        join_languages(&guides[i], languages, sizeof languages);
        database_bind_text(statement, 3, languages);
        code = database_done(&store->database, statement, error);
    }
    return code;
}

int store_set_guides(struct store *store, const struct message_guide *guides, unsigned count,
                     struct error *error)
{
    struct error trouble = ERROR_NONE;
    int code = database_begin(&store->database, &trouble);
    if (code == 0)
        code = store_end(store, put_guides(store, guides, count, &trouble), &trouble);
    return code == 0 ? 0 : error_set(error, code, "%s", trouble.text);
}

int store_guides(struct store *store, struct message_guide *guides, unsigned room, unsigned *count,
                 struct error *error)
{
    struct error trouble = ERROR_NONE;
    *count = 0;
    sqlite3_stmt *statement = database_statement(&store->database, SQL_GUIDES, &trouble);
    int step = 1;
    while (*count < room && (step = database_step(&store->database, statement, &trouble)) > 0) {
        struct message_guide *guide = &guides[(*count)++];
        *guide = (struct message_guide){0};
        text_copy(guide->id, sizeof guide->id, database_text(statement, 0));
        text_copy(guide->name, sizeof guide->name, database_text(statement, 1));
        split_languages(database_text(statement, 2), guide);
    }
    sqlite3_reset(statement);
    return step < 0 ? error_set(error, step, "%s", trouble.text) : 0;
}
