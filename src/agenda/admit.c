// Which store speaks for a kiosk's name. Two kiosks with one name would be told of the same leases, and give
// them away twice; so the name belongs to one store at a time. A store that is replaced keeps its leases
// under a name of its own, "lobby-1~0123abcd": nobody gets them, `kiosks` shows them, `revoke` frees them,
// and they are its again when it comes back.
#include <string.h>

#include "agenda/private.h"
#include "base/clock.h"
#include "base/memory.h"

#include "base/banned.h"

#define SILENT_S (15 * 60) // a kiosk that is there asks every ten minutes at the least

enum { KEY_STORE, KEY_RIVAL };

// What is known of a kiosk's store: settings "kiosk <name> store" and "kiosk <name> rival".
static void make_key(const char *kiosk, int which, char out[64])
{
    static const char *const words[] = {"store", "rival"};
    text_print(out, 64, "kiosk %s %s", kiosk, words[which]);
}

static int get(struct agenda *agenda, const char *kiosk, int which, char *out, size_t size,
               struct error *error)
{
    char key[64];
    make_key(kiosk, which, key);
    int code = agenda_setting(agenda, key, out, size, error);
    return code < 0 ? code : 0;
}

static int set(struct agenda *agenda, const char *kiosk, int which, const char *value, struct error *error)
{
    char key[64];
    make_key(kiosk, which, key);
    return agenda_set_setting(agenda, key, value, error);
}

// Seconds since the kiosk's last exchange; a very long time when there was none.
static int64_t silence(struct agenda *agenda, const char *kiosk)
{
    struct error error = ERROR_NONE;
    int64_t last = 0;
    sqlite3_stmt *statement = agenda_bind(agenda, &error, SQL_KIOSK_KNOWN, "t", kiosk);
    if (agenda_row(agenda, statement, &error) <= 0)
        return INT64_MAX;
    bool good = instant_parse(database_text(statement, 0), &last) == 0;
    sqlite3_reset(statement);
    return good ? clock_instant() - last : INT64_MAX;
}

static void former_name(const char *kiosk, const char *store, char out[KIOSK_NAME_SIZE])
{
    text_print(out, KIOSK_NAME_SIZE, "%s~%.8s", kiosk, store);
}

// `moved`: the new store is on another machine, so the leases of the former leave the name. A store that
// follows another on its own machine may bring the bookings that were saved from it: their slots stay where
// they are.
static int take_over(struct agenda *agenda, const char *kiosk, const char *store, const char *former,
                     bool moved, struct error *error)
{
    char now[INSTANT_TEXT_SIZE], name[KIOSK_NAME_SIZE];
    agenda_now(now);
    int code = agenda_run(agenda, error, SQL_KIOSK_PUT, "tt", kiosk, now);
    if (code == 0 && moved) {
        former_name(kiosk, former, name);
        code = agenda_run(agenda, error, SQL_KIOSK_PUT, "tt", name, now);
        if (code == 0)
            code = agenda_run(agenda, error, SQL_LEASES_RENAME, "tt", kiosk, name);
    }
    if (code == 0 && former[0] != 0)
        code = agenda_event(agenda, "kiosk's store replaced", kiosk, moved ? name : "", error);
    former_name(kiosk, store, name); // it may have been here before
    if (code == 0)
        code = agenda_run(agenda, error, SQL_LEASES_RENAME, "tt", name, kiosk);
    if (code == 0 && agenda_changes(agenda) > 0)
        code = agenda_event(agenda, "former leases are back", kiosk, name, error);
    return code == 0 ? set(agenda, kiosk, KEY_STORE, store, error) : code;
}

// The refusal is noted, at most once an hour in the events.
static int note_rival(struct agenda *agenda, const char *kiosk, struct error *error)
{
    char before[INSTANT_TEXT_SIZE] = "", now[INSTANT_TEXT_SIZE];
    int64_t last = 0;
    agenda_now(now);
    int code = get(agenda, kiosk, KEY_RIVAL, before, sizeof(before), error);
    bool fresh = before[0] == 0 || instant_parse(before, &last) != 0 || clock_instant() - last >= 3600;
    if (code == 0)
        code = set(agenda, kiosk, KEY_RIVAL, now, error);
    if (code == 0 && fresh)
        code = agenda_event(agenda, "second kiosk of one name refused", kiosk, "", error);
    return code;
}

static int admit(struct agenda *agenda, const char *kiosk, const char *store, const char *replaces,
                 bool *refused, struct error *error)
{
    char known[BOOKING_ID_SIZE] = "";
    int code = get(agenda, kiosk, KEY_STORE, known, sizeof(known), error);
    if (code < 0 || strcmp(known, store) == 0)
        return code;
    bool follows = known[0] == 0 || strcmp(known, replaces) == 0;
    if (follows || silence(agenda, kiosk) >= SILENT_S)
        return take_over(agenda, kiosk, store, known, !follows, error);
    *refused = true;
    return note_rival(agenda, kiosk, error);
}

int agenda_admit(struct agenda *agenda, const char *kiosk, const char *store, const char *replaces,
                 struct error *error)
{
    bool refused = false;
    text_copy(agenda->store, sizeof(agenda->store), store);
    if (store[0] == 0) // a program that does not say it
        return 0;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_end(agenda, admit(agenda, kiosk, store, replaces, &refused, error), error);
    if (code == 0 && refused)
        return error_set(error, ERROR_REFUSED,
                         "another kiosk is called \"%s\" and was here %d minutes ago: give this one its own "
                         "name, or revoke that one",
                         kiosk, (int)(silence(agenda, kiosk) / 60));
    return code;
}

int agenda_forget_store(struct agenda *agenda, const char *kiosk, struct error *error)
{
    int code = set(agenda, kiosk, KEY_STORE, "", error);
    return code == 0 ? set(agenda, kiosk, KEY_RIVAL, "", error) : code;
}

int agenda_rival(struct agenda *agenda, const char *kiosk, char out[INSTANT_TEXT_SIZE], struct error *error)
{
    out[0] = 0;
    return get(agenda, kiosk, KEY_RIVAL, out, INSTANT_TEXT_SIZE, error);
}
