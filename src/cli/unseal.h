// Opens the seals of all bookings of one sync, on as many threads as there are processors, while the caller
// stores the first ones: it is most of the work when a month of bookings comes at once, and needs no agenda.
#ifndef WEGWIJS_CLI_UNSEAL_H
#define WEGWIJS_CLI_UNSEAL_H

#include "booking/booking.h"
#include "sync/message.h"

struct unsealed {
    struct booking booking;
    bool good;                      // else `reason` says why not; never personal data
    char reason[MESSAGE_TEXT_SIZE]; // "" when good
};

struct unseal;
// Borrows both until the end. NULL when there is nothing to open.
struct unseal *unseal_new(const struct seal_pair *pair, const struct message_sealed *bookings,
                          unsigned count);
// The next in their order, borrowed until the end; not more often than there are bookings. The caller's
// thread opens what is not open yet.
const struct unsealed *unseal_next(struct unseal *unseal);
void unseal_free(struct unseal *unseal); // stops early when it must, and wipes

#endif
