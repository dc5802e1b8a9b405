// Whether there is news for the screen: an exchange that brought none wakes nobody.
#include "kiosk/link_state.h"

#include "base/banned.h"

static void mix(uint64_t *mark, int64_t value)
{
    *mark = (*mark ^ (uint64_t)value) * 0x100000001B3U; // FNV-1a, a word at a time
    *mark ^= *mark >> 29;
}

static void mix_slot(uint64_t *mark, const struct slot *slot, struct moment now)
{
    for (const char *letter = slot->guide; *letter != '\0'; letter++)
        mix(mark, *letter);
    mix(mark, slot->start.day);
    mix(mark, slot->start.minute);
    mix(mark, slot->minutes);
    mix(mark, moment_compare(slot->start, now) > 0);
}

// Of all that the screen or the status takes from the snapshot, and of what has passed by now.
static uint64_t mark_of(const struct link *link)
{
    struct moment now = link_now(link);
    uint64_t mark = 0xCBF29CE484222325U;
    mix(&mark, link->held_count);
    for (unsigned i = 0; i < link->held_count; i++) {
        mix_slot(&mark, &link->held[i].lease.slot, now);
        mix(&mark, link->held[i].state);
    }
    for (unsigned i = 0; i < link->free_count; i++)
        mix_slot(&mark, &link->free_slots[i], now);
    mix(&mark, link->code_count);
    mix(&mark, link->queue);
    mix(&mark, link->full + 2 * link->closed + 4 * link->online);
    return mark;
}

void link_tell_news(struct link *link)
{
    pthread_mutex_lock(&link->lock);
    uint64_t mark = mark_of(link);
    bool news = mark != link->told;
    link->told = mark;
    pthread_mutex_unlock(&link->lock);
    if (news)
        link_tell(link, &(struct link_event){.kind = LINK_OFFER});
}
