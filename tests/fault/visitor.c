// Visitors at a kiosk without a screen:
//   visitor DATA KIOSK AGENDA-COMMAND COUNT FLUSH_MS [held]
// Waits up to half of FLUSH_MS for the agenda, books COUNT offered slots, then waits up to FLUSH_MS for the
// outbox to be empty. With `held` it does not wait for the agenda. Prints each confirmation, and at the end
// "queue N". LEASES in the environment: so many moments are held, else 12.
#include "lobby.h"

#include "base/banned.h"

static unsigned pick(unsigned count)
{
    unsigned seed = (unsigned)getpid() * 2654435761u + (unsigned)clock_steady_ms();
    return seed % count;
}

static bool visit(struct lobby *lobby)
{
    static struct slot offer[4096];
    unsigned count = link_offer(lobby->link, 1, NULL, offer, 4096);
    if (count == 0)
        return false;
    double begun = lobby_now_ms();
    struct link_event leased = lobby_lease(lobby, &offer[pick(count)], 1);
    if (leased.kind == LINK_LEASED && lobby_book(lobby, &leased.lease, 1).kind == LINK_BOOKED) {
        printf("took %.0f\n", lobby_now_ms() - begun);
        fflush(stdout);
    }
    link_release(lobby->link);
    return true;
}

int main(int argc, char **argv)
{
    struct lobby lobby;
    struct error error = ERROR_NONE;
    if (argc < 6)
        return 2;
    log_quiet(true);
    const char *wanted = getenv("LEASES");
    unsigned leases = wanted != NULL ? (unsigned)strtoul(wanted, NULL, 10) : 12;
    if (seal_ready(&error) != 0 || lobby_start(&lobby, argv[1], argv[3], argv[2], leases, &error) != 0) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    int flush_ms = (int)strtol(argv[5], NULL, 10);
    if (argc == 6)
        lobby_wait_online(&lobby, flush_ms / 2);
    for (int i = 0; i < (int)strtol(argv[4], NULL, 10); i++)
        if (!visit(&lobby))
            break;
    link_flush(lobby.link, flush_ms);
    printf("queue %u\n", link_queue(lobby.link));
    fflush(stdout);
    link_stop(lobby.link);
    return 0;
}
