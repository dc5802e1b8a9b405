// The agenda's own hours: its tables as a struct presence.
#include <stdlib.h>

#include "agenda/private.h"
#include "base/memory.h"

#include "base/banned.h"

static char *hold_text(struct agenda_hours *held, const char *text)
{
    if (held->text_count == held->text_room) {
        held->text_room = held->text_room == 0 ? 64 : held->text_room * 2;
        held->texts = memory_grow(held->texts, held->text_room, sizeof(*held->texts));
    }
    return held->texts[held->text_count++] = memory_copy_text(text);
}

void agenda_hours_release(struct agenda_hours *held)
{
    for (unsigned i = 0; i < held->text_count; i++)
        free(held->texts[i]);
    free(held->texts);
    free(held->presence.blocks);
    free(held->presence.closures);
    *held = (struct agenda_hours){0};
}

static int32_t read_day(sqlite3_stmt *statement, int column, int32_t otherwise)
{
    int32_t day = otherwise;
    if (sqlite3_column_type(statement, column) == SQLITE_NULL ||
        day_parse(database_text(statement, column), &day) < 0)
        return otherwise;
    return day;
}

static int hold_blocks(struct agenda *agenda, struct agenda_hours *held, struct error *error)
{
    unsigned room = 0;
    int code;
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_PRESENCE_ALL, "");
    while ((code = agenda_row(agenda, statement, error)) > 0) {
        if (held->presence.blocks_count == room) {
            room = room == 0 ? 32 : room * 2;
            held->presence.blocks = memory_grow(held->presence.blocks, room, sizeof(*held->presence.blocks));
        }
        held->presence.blocks[held->presence.blocks_count++] =
            (struct presence_block){.guide = hold_text(held, database_text(statement, 0)),
                                    .weekday = sqlite3_column_int(statement, 1),
                                    .from = sqlite3_column_int(statement, 2),
                                    .to = sqlite3_column_int(statement, 3),
                                    .first = read_day(statement, 4, INT32_MIN),
                                    .last = read_day(statement, 5, INT32_MAX),
                                    .walk_in = sqlite3_column_int(statement, 6) != 0};
    }
    return code;
}

static int hold_closures(struct agenda *agenda, struct agenda_hours *held, struct error *error)
{
    unsigned room = 0;
    int code;
    sqlite3_stmt *statement = agenda_bind(agenda, error, SQL_CLOSURE_ALL, "");
    while ((code = agenda_row(agenda, statement, error)) > 0) {
        bool everyone = sqlite3_column_type(statement, 0) == SQLITE_NULL;
        if (held->presence.closures_count == room) {
            room = room == 0 ? 32 : room * 2;
            held->presence.closures =
                memory_grow(held->presence.closures, room, sizeof(*held->presence.closures));
        }
        held->presence.closures[held->presence.closures_count++] =
            (struct presence_closure){.guide = everyone ? NULL : hold_text(held, database_text(statement, 0)),
                                      .first = read_day(statement, 1, INT32_MAX),
                                      .last = read_day(statement, 2, INT32_MIN),
                                      .from = sqlite3_column_int(statement, 3),
                                      .to = sqlite3_column_int(statement, 4),
                                      .reason = hold_text(held, database_text(statement, 5))};
    }
    return code;
}

int agenda_hours_read(struct agenda *agenda, struct agenda_hours *held, struct error *error)
{
    int64_t minutes = agenda_setting_number(agenda, "slot_minutes", 30);
    *held = (struct agenda_hours){0};
    if (minutes < SLOT_MINUTES_LEAST || minutes > SLOT_MINUTES_MAX) // none would fill memory with slots
        return error_set(error, ERROR_CORRUPT, "the setting \"slot_minutes\" is out of its range");
    held->presence.slot_minutes = (unsigned)minutes;
    held->presence.public_holidays = agenda_setting_number(agenda, "public_holidays", 1) != 0;
    int code = hold_blocks(agenda, held, error);
    if (code == 0)
        code = hold_closures(agenda, held, error);
    if (code < 0)
        agenda_hours_release(held);
    return code;
}
