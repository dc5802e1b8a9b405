#include "booking/presence.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "booking/presence_file.h"

#include "base/banned.h"

// ---- loading

static int finish(struct presence **presence, void *data, const char *name, struct error *error)
{
    struct presence *read = memory_new(1, sizeof *read);
    int result = presence_file_read(data, name, read, error);
    config_free(&presence_file_schema, data);
    if (result != 0)
        presence_free(read);
    else
        *presence = read;
    return result;
}

int presence_load(struct presence **presence, const char *path, struct error *error)
{
    *presence = NULL;
    void *data = NULL;
    int result = config_load(path, &presence_file_schema, &data, error);
    return result != 0 ? result : finish(presence, data, path, error);
}

int presence_parse(struct presence **presence, const char *name, const char *bytes, size_t size,
                   struct error *error)
{
    *presence = NULL;
    void *data = NULL;
    int result = config_parse(name, bytes, size, &presence_file_schema, &data, error);
    return result != 0 ? result : finish(presence, data, name, error);
}

void presence_free(struct presence *presence)
{
    if (presence == NULL)
        return;
    for (unsigned i = 0; i < presence->guides_count; i++) {
        struct presence_guide *guide = &presence->guides[i];
        for (unsigned j = 0; j < guide->languages_count; j++)
            free(guide->languages[j]);
        free(guide->languages);
        free(guide->id);
        free(guide->name);
    }
    for (unsigned i = 0; i < presence->blocks_count; i++)
        free(presence->blocks[i].guide);
    for (unsigned i = 0; i < presence->closures_count; i++) {
        free(presence->closures[i].guide);
        free(presence->closures[i].reason);
    }
    free(presence->guides);
    free(presence->blocks);
    free(presence->closures);
    free(presence);
}

// ---- guides

const struct presence_guide *presence_guide(const struct presence *presence, const char *id)
{
    for (unsigned i = 0; i < presence->guides_count; i++)
        if (strcmp(presence->guides[i].id, id) == 0)
            return &presence->guides[i];
    return NULL;
}

bool presence_speaks(const struct presence *presence, const char *guide, const char *language)
{
    const struct presence_guide *found = presence_guide(presence, guide);
    for (unsigned i = 0; found != NULL && i < found->languages_count; i++)
        if (strcmp(found->languages[i], language) == 0)
            return true;
    return false;
}

// ---- days

const char *presence_holiday(int32_t day)
{
    static const struct {
        int month, day;
        const char *key;
    } fixed[] = {
        {1, 1, "holiday.new-year"},      {5, 1, "holiday.labour-day"},  {7, 11, "holiday.flemish-day"},
        {7, 21, "holiday.national-day"}, {8, 15, "holiday.assumption"}, {11, 1, "holiday.all-saints"},
        {11, 11, "holiday.armistice"},   {12, 25, "holiday.christmas"},
    };
    static const struct {
        int after_easter;
        const char *key;
    } moving[] = {{1, "holiday.easter-monday"}, {39, "holiday.ascension"}, {50, "holiday.whit-monday"}};
    struct civil_date date = day_civil(day);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        if (fixed[i].month == date.month && fixed[i].day == date.day)
            return fixed[i].key;
    int32_t easter = day_easter(date.year);
    for (size_t i = 0; i < sizeof moving / sizeof moving[0]; i++)
        if (day == easter + moving[i].after_easter)
            return moving[i].key;
    return NULL;
}

bool presence_block_replaces(const struct presence_block *block)
{
    return block->first != INT32_MIN && block->last != INT32_MAX;
}

static bool covers(const struct presence_block *block, int32_t day)
{
    return block->first <= day && day <= block->last;
}

static bool replaced(const struct presence *presence, const char *guide, int32_t day)
{
    for (unsigned i = 0; i < presence->blocks_count; i++) {
        const struct presence_block *block = &presence->blocks[i];
        if (presence_block_replaces(block) && covers(block, day) && strcmp(block->guide, guide) == 0)
            return true;
    }
    return false;
}

static bool in_force(const struct presence *presence, const struct presence_block *block, int32_t day)
{
    return block->weekday == day_weekday(day) && covers(block, day) &&
           (presence_block_replaces(block) || !replaced(presence, block->guide, day));
}

static bool closed(const struct presence *presence, const struct slot *slot)
{
    for (unsigned i = 0; i < presence->closures_count; i++) {
        const struct presence_closure *closure = &presence->closures[i];
        if (closure->first <= slot->start.day && slot->start.day <= closure->last &&
            closure->from < slot->start.minute + slot->minutes && slot->start.minute < closure->to &&
            (closure->guide == NULL || strcmp(closure->guide, slot->guide) == 0))
            return true;
    }
    return false;
}

static bool on_the_clock(struct moment moment)
{
    return moment_compare(moment_from_instant(moment_to_instant(moment)), moment) == 0;
}

// The night on which summer time begins has no hour from 2 to 3: nobody can come then.
static bool skipped_by_night(const struct slot *slot)
{
    return !on_the_clock(slot->start) || !on_the_clock(moment_add(slot->start, slot->minutes - 1));
}

static int compare_slots(const void *a, const void *b)
{
    return slot_compare(a, b);
}

// A growing list of slots.
struct slot_list {
    struct slot *slots;
    unsigned count, room;
};

static void list_add(struct slot_list *list, const struct slot *slot)
{
    if (list->count == list->room) {
        list->room = list->room == 0 ? 32 : 2 * list->room;
        list->slots = memory_grow(list->slots, list->room, sizeof *list->slots);
    }
    list->slots[list->count++] = *slot;
}

static void add_block(const struct presence *presence, const struct presence_block *block, int32_t day,
                      struct slot_list *list)
{
    int minutes = (int)presence->slot_minutes;
    for (int minute = block->from; minute + minutes <= block->to; minute += minutes) {
        struct slot slot = {.start = {day, (int16_t)minute}, .minutes = minutes};
        (void)text_copy(slot.guide, sizeof slot.guide, block->guide);
        if (!closed(presence, &slot) && !skipped_by_night(&slot))
            list_add(list, &slot);
    }
}

unsigned presence_slots(const struct presence *presence, int32_t day, struct slot *slots, unsigned room)
{
    if (presence->public_holidays && presence_holiday(day) != NULL)
        return 0;
    struct slot_list list = {0};
    for (unsigned i = 0; i < presence->blocks_count; i++) {
        const struct presence_block *block = &presence->blocks[i];
        if (!block->walk_in && in_force(presence, block, day))
            add_block(presence, block, day, &list);
    }
    if (list.count > 0)
        qsort(list.slots, list.count, sizeof *list.slots, compare_slots);
    unsigned count = list.count;
    for (unsigned i = 0; i < count && i < room; i++)
        slots[i] = list.slots[i];
    free(list.slots);
    return count;
}
