#include "booking/slot.h"

#include <string.h>

#include "base/banned.h"

int slot_compare(const struct slot *a, const struct slot *b)
{
    int order = moment_compare(a->start, b->start);
    return order != 0 ? order : strcmp(a->guide, b->guide);
}

bool slot_same(const struct slot *a, const struct slot *b)
{
    return slot_compare(a, b) == 0;
}

bool slot_follows(const struct slot *a, const struct slot *b)
{
    return a->start.day == b->start.day && a->start.minute + a->minutes == b->start.minute &&
           strcmp(a->guide, b->guide) == 0;
}

// The index of the slot that follows slots[i], or `count`. The slots are sorted, so looking ends where the
// starts pass the end of slots[i].
static unsigned find_follower(const struct slot *slots, unsigned count, unsigned i)
{
    for (unsigned j = i + 1; j < count; j++) {
        if (slot_follows(&slots[i], &slots[j]))
            return j;
        if (slots[j].start.day != slots[i].start.day ||
            slots[j].start.minute > slots[i].start.minute + slots[i].minutes)
            break;
    }
    return count;
}

unsigned slot_runs(const struct slot *slots, unsigned count, unsigned length, unsigned *starts)
{
    unsigned found = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned last = i;
        for (unsigned k = 1; k < length && last < count; k++)
            last = find_follower(slots, count, last);
        if (last < count)
            starts[found++] = i;
    }
    return found;
}

unsigned slot_prefer(struct slot *slots, unsigned count, slot_speaks *speaks, void *context)
{
    unsigned kept = 0;
    for (unsigned i = 0, next; i < count; i = next) {
        unsigned chosen = i;
        bool found = speaks(slots[i].guide, context);
        for (next = i + 1; next < count && moment_compare(slots[next].start, slots[i].start) == 0; next++)
            if (!found && speaks(slots[next].guide, context)) {
                chosen = next;
                found = true;
            }
        slots[kept++] = slots[chosen];
    }
    return kept;
}

bool slot_guide_valid(const char *guide)
{
    size_t length = strspn(guide, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && length < SLOT_GUIDE_SIZE && guide[length] == '\0';
}
