// The agenda's end of the exchange: reads request lines, calls the agenda through server_ops, writes answers.
// It knows no SQL and no seal: src/cli/serve.c fills the callbacks. One thread, one kiosk. It survives
// anything on its input: garbage, lines without end, silence, bytes that drip, half a line at the end.
#ifndef WEGWIJS_SYNC_SERVER_H
#define WEGWIJS_SYNC_SERVER_H

#include "base/error.h"
#include "sync/message.h"

// Each callback is its own durable transaction (within a sync they are one together) and returns 0, a count,
// or a negative code with error set. All are mandatory. They act for one kiosk, which the context knows. What
// they put in an error text goes to the kiosk and into its log: never personal data.
struct server_ops {
    // Whether the store that says hello may speak for this kiosk: ERROR_REFUSED when another one does.
    int (*admit)(void *context, const struct hello_request *hello, struct error *error);
    // Agenda id, public key and guides (guides: memory_new, freed by the server). protocol and now are filled
    // in by the server.
    int (*describe)(void *context, struct hello_answer *answer, struct error *error);
    // All slots or none; what the kiosk already holds counts as given, with the code it had. Slots come
    // without minutes. ERROR_TAKEN when one has another owner or is no slot, ERROR_FULL beyond the kiosk's
    // limit.
    int (*lease)(void *context, const struct slot *slots, unsigned count, struct lease *leases,
                 struct error *error);
    // The same for one slot that is promised already: no limit counts.
    int (*hold)(void *context, const struct slot *slot, struct lease *lease, struct error *error);
    // Ends a lease only when this kiosk holds it under this very code; anything else is left alone, without
    // error.
    int (*give_back)(void *context, const struct lease *leases, unsigned count, struct error *error);
    int (*top_up)(void *context, unsigned want, unsigned days, struct error *error); // also ends past ones
    int (*leases)(void *context, struct lease *leases, unsigned room, struct error *error); // all it holds
    int (*free_slots)(void *context, unsigned days, struct slot *slots, unsigned room, struct error *error);
    // Around all that one sync asks; its bookings come to `accept` one by one, in their order. Nothing of it
    // is answered before `end` has made it durable; with a negative `code` it undoes everything and returns
    // `code`.
    int (*begin)(void *context, const struct sync_request *sync, struct error *error);
    int (*end)(void *context, int code, struct error *error);
    // Opens the seal, if `begin` has not yet, and takes the booking in. A seal that does not open, an id
    // inside that differs from `id`, a booking the agenda cannot take: *result MESSAGE_REFUSED with a short
    // reason. A negative return is for the agenda's own trouble (busy, full disk): nothing is acknowledged
    // and the kiosk tries again.
    int (*accept)(void *context, const char *id, const char *sealed, enum message_result *result,
                  char reason[MESSAGE_TEXT_SIZE], struct error *error);
    int (*check)(void *context, const char *code, struct check_answer *answer, struct error *error);
    int (*spare_codes)(void *context, unsigned want, char (*codes)[CODE_SIZE], unsigned room,
                       struct error *error); // all spare codes it holds afterwards, at most `room`
    int (*receipt)(void *context, const struct message_receipt *receipt, bool *missing, struct error *error);
    int (*full)(void *context, bool *full, struct error *error); // beyond the kiosk's limit
    // Once a sync: the version from hello and the status as one flat JSON object.
    int (*contact)(void *context, const char *version, const char *status_json, struct error *error);
};

struct server_options {
    int in_fd, out_fd; // blocking or not
    const char *kiosk; // the name on the command line; a hello with another name is refused
    int idle_ms;       // ends after so long without a whole request; 0: never
};

// Serves until end of input. 0 at end of input, ERROR_TIMEOUT after idle_ms, ERROR_IO when the input or
// output fails. SIGPIPE should be ignored by the caller.
int server_run(const struct server_options *options, const struct server_ops *ops, void *context,
               struct error *error);

#endif
