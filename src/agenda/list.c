#include "agenda/list.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/private.h"
#include "base/memory.h"

#include "base/banned.h"

// Columns of LIST_SELECT in sql.c.
enum {
    AT_ID,
    AT_CODE,
    AT_KIND,
    AT_GUIDE,
    AT_START,
    AT_MINUTES,
    AT_SLOTS,
    AT_FIRST_NAME,
    AT_LAST_NAME,
    AT_PHONE,
    AT_LANGUAGE,
    AT_REFERRED,
    AT_CHANNEL,
    AT_KIOSK,
    AT_STATE,
    AT_ATTENTION,
    AT_SEQUENCE,
    AT_MADE,
    AT_SEEN,
    AT_PERSON,
    AT_GUIDE_NAME,
    AT_BEGAN,
    AT_ENDED,
    AT_EARLIER
};

static void read_booking(sqlite3_stmt *row, struct booking *booking)
{
    *booking = (struct booking){.slots = (unsigned)sqlite3_column_int(row, AT_SLOTS)};
    text_copy(booking->id, sizeof(booking->id), database_text(row, AT_ID));
    text_copy(booking->code, sizeof(booking->code), database_text(row, AT_CODE));
    booking->kind = strcmp(database_text(row, AT_KIND), "callback") == 0 ? BOOKING_CALLBACK : BOOKING_SLOT;
    text_copy(booking->first_name, sizeof(booking->first_name), database_text(row, AT_FIRST_NAME));
    text_copy(booking->last_name, sizeof(booking->last_name), database_text(row, AT_LAST_NAME));
    text_copy(booking->phone, sizeof(booking->phone), database_text(row, AT_PHONE));
    text_copy(booking->language, sizeof(booking->language), database_text(row, AT_LANGUAGE));
    text_copy(booking->referred, sizeof(booking->referred), database_text(row, AT_REFERRED));
    text_copy(booking->channel, sizeof(booking->channel), database_text(row, AT_CHANNEL));
    if (instant_parse(database_text(row, AT_MADE), &booking->made) < 0)
        booking->made = 0;
    if (booking->kind == BOOKING_CALLBACK)
        return;
    text_copy(booking->slot.guide, sizeof(booking->slot.guide), database_text(row, AT_GUIDE));
    if (moment_parse(database_text(row, AT_START), &booking->slot.start) < 0)
        booking->slot.start = (struct moment){0, 0};
    booking->slot.minutes =
        sqlite3_column_int(row, AT_MINUTES) / (booking->slots > 0 ? (int)booking->slots : 1);
}

static void read_entry(sqlite3_stmt *row, struct agenda_entry *entry)
{
    *entry = (struct agenda_entry){.minutes = sqlite3_column_int(row, AT_MINUTES),
                                   .person = sqlite3_column_int64(row, AT_PERSON),
                                   .sequence = sqlite3_column_int(row, AT_SEQUENCE),
                                   .earlier = (unsigned)sqlite3_column_int(row, AT_EARLIER),
                                   .is_new = sqlite3_column_type(row, AT_SEEN) == SQLITE_NULL};
    read_booking(row, &entry->booking);
    text_copy(entry->guide_name, sizeof(entry->guide_name), database_text(row, AT_GUIDE_NAME));
    text_copy(entry->kiosk, sizeof(entry->kiosk), database_text(row, AT_KIOSK));
    text_copy(entry->state, sizeof(entry->state), database_text(row, AT_STATE));
    text_copy(entry->attention, sizeof(entry->attention), database_text(row, AT_ATTENTION));
    text_copy(entry->began, sizeof(entry->began), database_text(row, AT_BEGAN));
    text_copy(entry->ended, sizeof(entry->ended), database_text(row, AT_ENDED));
}

static int read_lists(struct agenda *agenda, struct booking *booking, struct error *error)
{
    int code;
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_LIST_TOPICS, "t", booking->id);
    while ((code = agenda_row(agenda, row, error)) > 0)
        if (booking->topic_count < BOOKING_TOPICS_MAX)
            text_copy(booking->topics[booking->topic_count++], BOOKING_WORD_SIZE, database_text(row, 0));
    if (code < 0)
        return code;
    row = agenda_bind(agenda, error, SQL_LIST_ANSWERS, "t", booking->id);
    while ((code = agenda_row(agenda, row, error)) > 0) {
        if (booking->answer_count >= BOOKING_ANSWERS_MAX)
            continue;
        struct booking_answer *answer = &booking->answers[booking->answer_count++];
        text_copy(answer->indicator, sizeof(answer->indicator), database_text(row, 0));
        text_copy(answer->answer, sizeof(answer->answer), database_text(row, 1));
    }
    return code;
}

// A fresh block instead of realloc: entries hold names.
static struct agenda_entry *new_entry(struct agenda_list *list)
{
    if (list->count == list->room) {
        unsigned room = list->room == 0 ? 32 : list->room * 2;
        struct agenda_entry *entries = memory_new(room, sizeof(*entries));
        if (list->count > 0)
            memcpy(entries, list->entries, list->count * sizeof(*entries));
        memory_wipe(list->entries, list->count * sizeof(*entries));
        free(list->entries);
        list->entries = entries;
        list->room = room;
    }
    return &list->entries[list->count++];
}

void agenda_list_release(struct agenda_list *list)
{
    memory_wipe(list->entries, list->count * sizeof(*list->entries));
    free(list->entries);
    *list = (struct agenda_list){0};
}

static sqlite3_stmt *bind_query(struct agenda *agenda, const struct agenda_query *query, struct error *error)
{
    char first[DAY_TEXT_SIZE], after[DAY_TEXT_SIZE];
    day_format(query->first, first);
    day_format(query->last + 1, after);
    switch (query->which) {
    case AGENDA_DAYS:
        return agenda_bind(agenda, error, SQL_LIST_RANGE, "tt", first, after);
    case AGENDA_CODE:
        return agenda_bind(agenda, error, SQL_LIST_CODE, "t", query->text);
    case AGENDA_ATTENTION:
        return agenda_bind(agenda, error, SQL_LIST_ATTENTION, "");
    case AGENDA_CALLBACKS:
        return agenda_bind(agenda, error, SQL_LIST_CALLBACKS, "");
    case AGENDA_PERSON:
        return agenda_bind(agenda, error, SQL_LIST_PERSON, "i", query->number);
    case AGENDA_PHONE:
        return agenda_bind(agenda, error, SQL_LIST_PHONE, "t", query->text);
    case AGENDA_OUTSIDE:
        return agenda_bind(agenda, error, SQL_LIST_OUTSIDE, "tt", first,
                           query->last < query->first ? "9999-12-31" : after);
    }
    return NULL;
}

int agenda_read_list(struct agenda *agenda, sqlite3_stmt *statement, struct agenda_list *list,
                     struct error *error)
{
    int code;
    agenda_list_release(list);
    while ((code = agenda_row(agenda, statement, error)) > 0)
        read_entry(statement, new_entry(list));
    for (unsigned i = 0; i < list->count && code == 0; i++)
        code = read_lists(agenda, &list->entries[i].booking, error);
    if (code < 0)
        agenda_list_release(list);
    return code;
}

int agenda_list(struct agenda *agenda, const struct agenda_query *query, struct agenda_list *list,
                struct error *error)
{
    return agenda_read_list(agenda, bind_query(agenda, query, error), list, error);
}

int agenda_find(struct agenda *agenda, const char *code_text, struct agenda_entry *entry, struct error *error)
{
    struct agenda_list list = {0};
    struct agenda_query query = {.which = AGENDA_CODE, .text = code_text};
    *entry = (struct agenda_entry){0};
    int code = agenda_list(agenda, &query, &list, error);
    if (code == 0 && list.count == 0)
        code = error_set(error, ERROR_NOT_FOUND, "no booking has the code \"%s\"", code_text);
    else if (code == 0)
        *entry = list.entries[0];
    agenda_list_release(&list);
    return code;
}

int agenda_same_phone(struct agenda *agenda, const char *code_text, struct agenda_other *other,
                      struct error *error)
{
    *other = (struct agenda_other){0};
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_SAME_PHONE, "t", code_text);
    int code = agenda_row(agenda, row, error);
    if (code <= 0)
        return code;
    text_copy(other->code, sizeof(other->code), database_text(row, 0));
    text_copy(other->first_name, sizeof(other->first_name), database_text(row, 1));
    text_copy(other->last_name, sizeof(other->last_name), database_text(row, 2));
    sqlite3_reset(row);
    return 1;
}

int agenda_mark_seen(struct agenda *agenda, const struct agenda_list *list, struct error *error)
{
    char now[INSTANT_TEXT_SIZE];
    bool any = false;
    for (unsigned i = 0; i < list->count; i++)
        any = any || list->entries[i].is_new;
    if (!any)
        return 0;
    agenda_now(now);
    int code = agenda_begin(agenda, error);
    if (code < 0)
        return code;
    for (unsigned i = 0; i < list->count && code == 0; i++)
        if (list->entries[i].is_new)
            code = agenda_run(agenda, error, SQL_BOOKING_SEEN, "tt", list->entries[i].booking.id, now);
    return agenda_end(agenda, code, error);
}

unsigned agenda_lost(struct agenda *agenda, struct agenda_lost *lost, unsigned room)
{
    struct error error = ERROR_NONE;
    unsigned count = 0;
    sqlite3_stmt *row = agenda_bind(agenda, &error, SQL_LOST_OPEN, "");
    while (agenda_row(agenda, row, &error) > 0) {
        if (count == room)
            continue;
        struct agenda_lost *one = &lost[count++];
        text_copy(one->code, sizeof(one->code), database_text(row, 0));
        slot_read(row, 1, &one->slot);
        one->slots = (unsigned)sqlite3_column_int(row, 3);
        text_copy(one->kiosk, sizeof(one->kiosk), database_text(row, 4));
    }
    return count;
}

int agenda_slots(struct agenda *agenda, int32_t first, int32_t last, struct agenda_slot **slots,
                 struct error *error)
{
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    unsigned count = 0, room = 0;
    int code;
    *slots = NULL;
    day_format(first, from);
    day_format(last + 1, to);
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_SLOTS_RANGE, "tt", from, to);
    while ((code = agenda_row(agenda, row, error)) > 0) {
        if (count == room) {
            room = room == 0 ? 128 : room * 2;
            *slots = memory_grow(*slots, room, sizeof(**slots));
        }
        struct agenda_slot *slot = &(*slots)[count++];
        bool offered = sqlite3_column_int(row, 4) != 0, blocked = sqlite3_column_int(row, 7) != 0;
        *slot = (struct agenda_slot){0};
        slot_read(row, 1, &slot->slot);
        text_copy(slot->kiosk, sizeof(slot->kiosk), database_text(row, 5));
        text_copy(slot->code, sizeof(slot->code), database_text(row, 6));
        text_copy(slot->reason, sizeof(slot->reason), database_text(row, 8));
        text_copy(slot->state, sizeof(slot->state),
                  slot->code[0] != 0    ? "booked"
                  : slot->kiosk[0] != 0 ? "leased"
                  : blocked             ? "blocked"
                  : offered             ? "free"
                                        : "withdrawn");
    }
    return code < 0 ? code : (int)count;
}

int agenda_history(struct agenda *agenda, const char *subject, agenda_event_seen *seen, void *context,
                   struct error *error)
{
    int code;
    sqlite3_stmt *row = agenda_bind(agenda, error, SQL_EVENTS_SUBJECT, "t", subject);
    while ((code = agenda_row(agenda, row, error)) > 0)
        seen(context, database_text(row, 0), database_text(row, 1), database_text(row, 2),
             database_text(row, 3));
    return code;
}
