// Following up: referrals to partners, and signals.
#include <stdlib.h>
#include <string.h>

#include "agenda/list.h"
#include "agenda/private.h"
#include "agenda/work.h"
#include "base/memory.h"

#include "base/banned.h"

// A word of the configuration: what may be counted and shown, no free text.
static int check_word(const char *word, struct error *error)
{
    size_t length = strlen(word);
    if (length > 0 && length < BOOKING_WORD_SIZE &&
        strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == length)
        return 0;
    return error_set(error, ERROR_INVALID, "a word of a-z, 0-9 and - is wanted");
}

// The id of a booking, for the tables that hang on it.
static int find_id(struct agenda *agenda, const char *code_text, char id[BOOKING_ID_SIZE],
                   struct error *error)
{
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_BOOKING_BY_CODE, "t", code_text);
    int code = agenda_row(agenda, row, error);
    if (code <= 0)
        return code < 0 ? code
                        : error_set(error, ERROR_NOT_FOUND, "no booking has the code \"%s\"", code_text);
    text_copy(id, BOOKING_ID_SIZE, database_text(row, 5));
    sqlite3_reset(row);
    return 0;
}

int agenda_refer(struct agenda *agenda, const char *code_text, const char *topic, const char *partner,
                 int32_t today, int32_t due, struct error *error)
{
    char id[BOOKING_ID_SIZE], made[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    if (check_word(topic, error) < 0 || check_word(partner, error) < 0)
        return ERROR_INVALID;
    day_format(today, made);
    day_format(due, until);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = find_id(agenda, code_text, id, error);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_REFERRAL_ADD, "ttttt", id, topic, partner, made,
                          due == 0 ? NULL : until);
    if (code == 0)
        code = agenda_event(agenda, "referred", code_text, partner, error);
    return agenda_end(agenda, code, error);
}

int agenda_outcome(struct agenda *agenda, const char *code_text, const char *partner, const char *outcome,
                   struct error *error)
{
    char id[BOOKING_ID_SIZE], detail[64];
    if (check_word(outcome, error) < 0)
        return ERROR_INVALID;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = find_id(agenda, code_text, id, error);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_REFERRAL_OUTCOME, "ttt", id, partner, outcome);
    if (code == 0 && agenda_changes(agenda) == 0)
        code = error_set(error, ERROR_NOT_FOUND, "no open referral to \"%s\"", partner);
    text_print(detail, sizeof(detail), "%s %s", partner, outcome);
    if (code == 0)
        code = agenda_event(agenda, "referral closed", code_text, detail, error);
    return agenda_end(agenda, code, error);
}

int agenda_signal(struct agenda *agenda, const char *code_text, const char *topic, const char *kind,
                  const char *label, int32_t today, struct error *error)
{
    char id[BOOKING_ID_SIZE], made[DAY_TEXT_SIZE];
    if (check_word(topic, error) < 0 || check_word(kind, error) < 0 ||
        (label[0] != 0 && check_word(label, error) < 0))
        return ERROR_INVALID;
    day_format(today, made);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = find_id(agenda, code_text, id, error);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_SIGNAL_ADD, "ttttt", id, topic, kind, label, made);
    if (code == 0)
        code = agenda_event(agenda, "signal", code_text, topic, error);
    return agenda_end(agenda, code, error);
}

static struct agenda_referral *new_referral(struct agenda_referral **list, unsigned *count, unsigned *room)
{
    if (*count == *room) {
        unsigned wanted = *room == 0 ? 32 : *room * 2;
        struct agenda_referral *grown = memory_new(wanted, sizeof(*grown));
        if (*count > 0)
            memcpy(grown, *list, *count * sizeof(*grown));
        memory_wipe(*list, *count * sizeof(*grown));
        free(*list);
        *list = grown;
        *room = wanted;
    }
    return &(*list)[(*count)++];
}

int agenda_due(struct agenda *agenda, int32_t until, struct agenda_referral **referrals, struct error *error)
{
    char day[DAY_TEXT_SIZE];
    unsigned count = 0, room = 0;
    int code;
    *referrals = NULL;
    day_format(until, day);
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_REFERRALS_DUE, "t", day);
    while ((code = agenda_row(agenda, row, error)) > 0) {
        struct agenda_referral *one = new_referral(referrals, &count, &room);
        text_copy(one->due, sizeof(one->due), database_text(row, 0));
        text_copy(one->code, sizeof(one->code), database_text(row, 1));
        text_copy(one->first_name, sizeof(one->first_name), database_text(row, 2));
        text_copy(one->last_name, sizeof(one->last_name), database_text(row, 3));
        text_copy(one->phone, sizeof(one->phone), database_text(row, 4));
        text_copy(one->topic, sizeof(one->topic), database_text(row, 5));
        text_copy(one->partner, sizeof(one->partner), database_text(row, 6));
        text_copy(one->made, sizeof(one->made), database_text(row, 7));
        text_copy(one->language, sizeof(one->language), database_text(row, 8));
    }
    return code < 0 ? code : (int)count;
}

int agenda_referrals(struct agenda *agenda, const char *code_text, struct agenda_referral **referrals,
                     struct error *error)
{
    char id[BOOKING_ID_SIZE];
    unsigned count = 0, room = 0;
    *referrals = NULL;
    int code = find_id(agenda, code_text, id, error);
    if (code < 0)
        return code;
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_REFERRALS_BOOKING, "t", id);
    while ((code = agenda_row(agenda, row, error)) > 0) {
        struct agenda_referral *one = new_referral(referrals, &count, &room);
        text_copy(one->topic, sizeof(one->topic), database_text(row, 0));
        text_copy(one->partner, sizeof(one->partner), database_text(row, 1));
        text_copy(one->made, sizeof(one->made), database_text(row, 2));
        text_copy(one->due, sizeof(one->due), database_text(row, 3));
        bool open = sqlite3_column_type(row, 4) == SQLITE_NULL;
        text_copy(one->outcome, sizeof(one->outcome), open ? "open" : database_text(row, 4));
    }
    return code < 0 ? code : (int)count;
}
