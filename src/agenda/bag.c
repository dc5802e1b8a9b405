#include "agenda/bag.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

static unsigned hash_of(unsigned kind, const char *text, size_t length)
{
    unsigned hash = 2166136261U ^ kind;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U; // FNV-1a
    return hash ^ (hash >> 15);
}

static void index_again(struct bag *bag)
{
    free(bag->places);
    bag->size = bag->size == 0 ? 1024 : bag->size * 4;
    bag->places = memory_new(bag->size, sizeof(*bag->places));
    for (unsigned i = 0; i < bag->count; i++) {
        unsigned at = bag->items[i].hash & (bag->size - 1);
        while (bag->places[at] != 0)
            at = (at + 1) & (bag->size - 1);
        bag->places[at] = i + 1;
    }
}

static size_t keep_text(struct bag *bag, const char *text, size_t length)
{
    size_t at = bag->used;
    if (bag->used + length + 1 > bag->texts_room) {
        bag->texts_room = 2 * (bag->used + length + 1) + 4096;
        bag->texts = memory_grow(bag->texts, bag->texts_room, 1);
    }
    memcpy(bag->texts + at, text, length);
    bag->texts[at + length] = 0;
    bag->used += length + 1;
    return at;
}

void bag_add(struct bag *bag, unsigned kind, const char *text, size_t length)
{
    if (bag->size < 2 * (bag->count + 1))
        index_again(bag);
    unsigned hash = hash_of(kind, text, length), at = hash & (bag->size - 1);
    for (; bag->places[at] != 0; at = (at + 1) & (bag->size - 1)) {
        struct bag_item *item = &bag->items[bag->places[at] - 1];
        if (item->hash == hash && item->kind == kind && item->length == length &&
            memcmp(bag_text(bag, item), text, length) == 0) {
            item->count++;
            return;
        }
    }
    if (bag->count == bag->room) {
        bag->room = bag->room == 0 ? 256 : bag->room * 2;
        bag->items = memory_grow(bag->items, bag->room, sizeof(*bag->items));
    }
    bag->items[bag->count] = (struct bag_item){1, keep_text(bag, text, length), kind, hash, (unsigned)length};
    bag->places[at] = ++bag->count;
}

void bag_clear(struct bag *bag)
{
    if (bag->count > 0)
        memset(bag->places, 0, bag->size * sizeof(*bag->places));
    bag->count = 0;
    bag->used = 0;
}

void bag_release(struct bag *bag)
{
    free(bag->items);
    free(bag->places);
    free(bag->texts);
    *bag = (struct bag){0};
}
