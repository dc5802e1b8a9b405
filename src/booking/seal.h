// The seal: what the kiosk writes down only the agenda can read (libsodium crypto_box_seal: X25519,
// XSalsa20-Poly1305). Keys travel as base64 (libsodium's original variant, with padding). Any thread.
#ifndef WEGWIJS_BOOKING_SEAL_H
#define WEGWIJS_BOOKING_SEAL_H

#include <stddef.h>

#include "base/error.h"

#define SEAL_KEY_BYTES 32
#define SEAL_KEY_TEXT_SIZE 45 // base64 with the zero

struct seal_public {
    unsigned char key[SEAL_KEY_BYTES];
};
struct seal_pair {
    struct seal_public open;
    unsigned char secret[SEAL_KEY_BYTES];
};

int seal_ready(struct error *error); // sodium_init; call once at start
void seal_new_pair(struct seal_pair *pair);
void seal_wipe_pair(struct seal_pair *pair);
void seal_public_text(const struct seal_public *key, char out[SEAL_KEY_TEXT_SIZE]);
int seal_public_parse(const char *text, struct seal_public *key, struct error *error);

// Seals `size` bytes into base64 text that the caller frees.
int seal_close(const struct seal_public *key, const void *bytes, size_t size, char **out,
               struct error *error);
// Opens base64 text; *out is terminated, the caller wipes and frees. ERROR_CORRUPT when it is not for this
// pair.
int seal_open(const struct seal_pair *pair, const char *text, char **out, size_t *size, struct error *error);

// The pair in a file of mode 0600 beside the agenda. Loading refuses a file that others may read
// (ERROR_REFUSED).
int seal_save(const struct seal_pair *pair, const char *path, struct error *error);
int seal_load(struct seal_pair *pair, const char *path, struct error *error);
#endif
