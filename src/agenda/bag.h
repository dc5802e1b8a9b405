// Counts how often equal texts come, by kind. A million bookings of a report become a few hundred different
// texts a month before anything is looked at. One thread.
#ifndef WEGWIJS_AGENDA_BAG_H
#define WEGWIJS_AGENDA_BAG_H

#include <stddef.h>
#include <stdint.h>

struct bag_item {
    int64_t count;
    size_t text; // where it begins in bag.texts, ends with a zero
    unsigned kind, hash, length;
};
struct bag { // starts as {0}
    struct bag_item *items;
    unsigned count, room;
    unsigned *places; // index of an item + 1; 0: empty
    unsigned size;    // a power of two
    char *texts;
    size_t used, texts_room;
};

void bag_add(struct bag *bag, unsigned kind, const char *text, size_t length);
void bag_clear(struct bag *bag);   // empties for reuse
void bag_release(struct bag *bag); // frees

static inline const char *bag_text(const struct bag *bag, const struct bag_item *item)
{
    return bag->texts + item->text;
}

#endif
