// The PIN of the counter staff: 4 to 8 digits, kept in the configuration only as a hash (Argon2id,
// libsodium's crypto_pwhash_str). So short a number can be guessed by who has the hash: it keeps visitors
// out, no burglar. Pure but for the hash's random salt; hashing takes about 0.1 s and 32 MiB.
#ifndef WEGWIJS_KIOSK_PIN_H
#define WEGWIJS_KIOSK_PIN_H

#include <stdbool.h>

#include "base/error.h"

#define PIN_LEAST 4
#define PIN_MOST 8
#define PIN_SIZE (PIN_MOST + 1)
#define PIN_HASH_SIZE 128 // crypto_pwhash_STRBYTES

bool pin_well_formed(const char *pin); // 4 to 8 digits and nothing else
int pin_hash(const char *pin, char out[PIN_HASH_SIZE], struct error *error);
bool pin_matches(const char *hash, const char *pin);

// --pin: reads a PIN (twice and unseen on a terminal, else a line of standard input) and prints the line for
// kiosk.yaml. Exit status.
int pin_command(void);

#endif
