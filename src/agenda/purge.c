// What is too old becomes counts; the rights of persons.
#include <stdlib.h>
#include <string.h>

#include "agenda/care.h"
#include "agenda/private.h"
#include "agenda/work.h"
#include "base/memory.h"

#include "base/banned.h"

struct counting {
    struct agenda *agenda;
    char month[8];
    const char *channel;
    struct error *error;
    int code;
};

static void count_one(struct counting *counting, const char *what, const char *item, const char *channel)
{
    if (counting->code == 0)
        counting->code = agenda_run(counting->agenda, counting->error, SQL_COUNT_ADD, "ttttti",
                                    counting->month, what, item, channel, "purge", (int64_t)1);
}

static void count_state(void *context, const char *what)
{
    struct counting *counting = context;
    count_one(counting, what, "", counting->channel);
}

static void count_referrals(struct counting *counting, const struct agenda_entry *entry, bool reached)
{
    struct agenda_referral *referrals = NULL;
    bool dutch = false;
    char item[64];
    int count = agenda_referrals(counting->agenda, entry->booking.code, &referrals, counting->error);
    for (int i = 0; i < count; i++) {
        text_print(item, sizeof(item), "%s %s", referrals[i].partner, referrals[i].outcome);
        count_one(counting, "referral", item, "");
        dutch = dutch || strcmp(referrals[i].topic, "dutch") == 0;
    }
    if (dutch && reached)
        count_one(counting, "dutch", "", "");
    free(referrals);
}

static void count_wait(struct counting *counting, const struct booking *booking)
{
    char item[16], made[INSTANT_TEXT_SIZE], start[MOMENT_TEXT_SIZE];
    instant_format(booking->made, made);
    moment_format(booking->slot.start, start);
    if (strcmp(booking->channel, "walk-in") != 0 && report_wait(start, made, item))
        count_one(counting, "wait", item, "");
}

// The same counts that a report would make of this booking.
static int count_entry(struct agenda *agenda, const struct agenda_entry *entry, struct error *error)
{
    const struct booking *booking = &entry->booking;
    struct counting counting = {.agenda = agenda, .channel = booking->channel, .error = error};
    char text[INSTANT_TEXT_SIZE], item[64];
    bool reached = report_reached(entry->state);
    if (booking->kind == BOOKING_CALLBACK) {
        instant_format(booking->made, text);
        text_print(counting.month, sizeof(counting.month), "%.7s", text);
        count_one(&counting, "callback", "", booking->channel);
        return counting.code;
    }
    moment_format(booking->slot.start, text);
    text_print(counting.month, sizeof(counting.month), "%.7s", text);
    report_count_state(entry->state, count_state, &counting);
    count_referrals(&counting, entry, reached);
    if (!reached)
        return counting.code;
    count_one(&counting, "language", booking->language, "");
    for (unsigned i = 0; i < booking->answer_count; i++) {
        text_print(item, sizeof(item), "%s %s", booking->answers[i].indicator, booking->answers[i].answer);
        count_one(&counting, "answer", item, "");
    }
    for (unsigned i = 0; i < booking->topic_count; i++)
        count_one(&counting, "topic", booking->topics[i], "");
    count_wait(&counting, booking);
    return counting.code;
}

static int forget(struct agenda *agenda, const struct agenda_entry *entry, struct error *error)
{
    static const enum agenda_sql steps[] = {
        SQL_FORGET_ID,        SQL_FORGET_TOPICS,  SQL_FORGET_ANSWERS, SQL_FORGET_TALK,
        SQL_FORGET_REFERRALS, SQL_FORGET_SIGNALS, SQL_FORGET_SLOTS,   SQL_FORGET_BOOKING,
    };
    int code = 0;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && code == 0; i++)
        code = agenda_run(agenda, error, steps[i], "t", entry->booking.id);
    if (code == 0 && entry->person != 0)
        code = agenda_run(agenda, error, SQL_FORGET_PERSON, "i", entry->person);
    return code;
}

// secure_delete overwrites in the file; the WAL would still hold the old pages.
static void empty_wal(struct agenda *agenda)
{
    sqlite3_wal_checkpoint_v2(agenda->database.handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

static int purge_some(struct agenda *agenda, const char *before, unsigned *found, struct error *error)
{
    struct agenda_list list = {0};
    char detail[32];
    *found = 0;
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_read_list(agenda, agenda_bind(agenda, error, SQL_PURGE_FIND, "t", before), &list, error);
    for (unsigned i = 0; i < list.count && code == 0; i++) {
        code = count_entry(agenda, &list.entries[i], error);
        if (code == 0)
            code = forget(agenda, &list.entries[i], error);
    }
    *found = list.count;
    text_print(detail, sizeof(detail), "%u bookings", list.count);
    if (code == 0 && list.count > 0)
        code = agenda_event(agenda, "purged", before, detail, error);
    agenda_list_release(&list);
    return agenda_end(agenda, code, error);
}

int agenda_purge(struct agenda *agenda, int32_t before, unsigned *purged, struct error *error)
{
    char text[DAY_TEXT_SIZE];
    unsigned found;
    int code;
    *purged = 0;
    day_format(before, text);
    do {
        code = purge_some(agenda, text, &found, error);
        *purged += code == 0 ? found : 0;
    } while (code == 0 && found > 0);
    empty_wal(agenda);
    return code;
}

int agenda_erase(struct agenda *agenda, int64_t person, struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    agenda_now(now);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_run(agenda, error, SQL_PERSON_ERASED, "itt", person, now, agenda->who);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_PERSON_ERASE, "i", person);
    if (code == 0)
        code = agenda_run(agenda, error, SQL_FORGET_PERSON, "i", person);
    if (code == 0 && agenda_changes(agenda) == 0)
        code = error_set(error, ERROR_NOT_FOUND, "there is no such person");
    code = agenda_end(agenda, code, error);
    empty_wal(agenda);
    return code;
}

int agenda_correct(struct agenda *agenda, int64_t person, const char *code_text, const char *first_name,
                   const char *last_name, const char *phone, struct error *error)
{
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    code = agenda_run(agenda, error, SQL_PERSON_CORRECT, "ittt", person, first_name, last_name, phone);
    if (code == 0 && agenda_changes(agenda) == 0)
        code = error_set(error, ERROR_NOT_FOUND, "there is no such person");
    if (code == 0)
        code = agenda_event(agenda, "person corrected", code_text, "", error);
    code = agenda_end(agenda, code, error);
    empty_wal(agenda);
    return code;
}

int agenda_note_shown(struct agenda *agenda, const char *code_text, const char *how, struct error *error)
{
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    return agenda_end(agenda, agenda_event(agenda, how, code_text, "", error), error);
}
