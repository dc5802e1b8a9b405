// links: src/booking/seal.c src/base/file.c src/booking/booking.c src/booking/code.c src/booking/slot.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lsodium -ljansson
#include "booking/seal.h"

#include <sodium.h>

#include "booking/booking.h"
#include "fuzz.h"

#include "base/banned.h"

// A pair that is the same in every run, so that the corpus holds sealed texts that open.
static const struct seal_pair *fixed_pair(void)
{
    static struct seal_pair pair;
    static const unsigned char seed[crypto_box_SEEDBYTES] = "fuzz";
    if (pair.secret[0] == 0 && pair.secret[1] == 0) {
        FUZZ_REQUIRE(seal_ready(NULL) == 0);
        crypto_box_seed_keypair(pair.open.key, pair.secret, seed);
    }
    return &pair;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct seal_pair *pair = fixed_pair();
    struct error error = ERROR_NONE;
    struct seal_public key;
    char *opened = NULL, *sealed = NULL, *text = fuzz_text(bytes, size), key_text[SEAL_KEY_TEXT_SIZE];
    size_t length = 7;
    int result = seal_open(pair, text, &opened, &length, &error);
    FUZZ_REQUIRE(result == 0 ? opened[length] == 0 : opened == NULL && length == 0);
    free(opened);
    if (seal_public_parse(text, &key, &error) == 0) {
        seal_public_text(&key, key_text);
        FUZZ_REQUIRE(strcmp(key_text, text) == 0);
    }
    if (seal_close(&pair->open, bytes, size, &sealed, &error) == 0) { // any bytes come back
        FUZZ_REQUIRE(seal_open(pair, sealed, &opened, &length, &error) == 0);
        FUZZ_REQUIRE(length == size && memcmp(opened, text, size) == 0);
        free(opened);
    }
    free(sealed);
    free(text);
    return 0;
}
