#include "booking/seal.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define VARIANT sodium_base64_VARIANT_ORIGINAL
#define FILE_HEAD "wegwijs-key 1"
#define FILE_LIMIT 512 // bytes

_Static_assert(SEAL_KEY_BYTES == crypto_box_PUBLICKEYBYTES, "an X25519 public key");
_Static_assert(sizeof((struct seal_pair){0}.secret) == crypto_box_SECRETKEYBYTES, "an X25519 secret key");
_Static_assert(SEAL_KEY_TEXT_SIZE == sodium_base64_ENCODED_LEN(SEAL_KEY_BYTES, VARIANT), "base64 of a key");

int seal_ready(struct error *error)
{
    if (sodium_init() < 0)
        return error_set(error, ERROR_UNAVAILABLE, "libsodium does not start: no random numbers");
    return 0;
}

void seal_new_pair(struct seal_pair *pair)
{
    crypto_box_keypair(pair->open.key, pair->secret);
}

void seal_wipe_pair(struct seal_pair *pair)
{
    memory_wipe(pair, sizeof *pair);
}

static void key_text(const unsigned char key[SEAL_KEY_BYTES], char out[SEAL_KEY_TEXT_SIZE])
{
    sodium_bin2base64(out, SEAL_KEY_TEXT_SIZE, key, SEAL_KEY_BYTES, VARIANT);
}

static int key_parse(const char *text, unsigned char key[SEAL_KEY_BYTES])
{
    size_t size = 0;
    char again[SEAL_KEY_TEXT_SIZE];
    int failed = sodium_base642bin(key, SEAL_KEY_BYTES, text, strnlen(text, SEAL_KEY_TEXT_SIZE), NULL, &size,
                                   NULL, VARIANT);
    if (failed != 0 || size != SEAL_KEY_BYTES)
        return ERROR_INVALID;
    key_text(key, again); // libsodium takes some bytes beyond ASCII for digits
    int result = strcmp(text, again) == 0 ? 0 : ERROR_INVALID;
    memory_wipe(again, sizeof again);
    return result;
}

void seal_public_text(const struct seal_public *key, char out[SEAL_KEY_TEXT_SIZE])
{
    key_text(key->key, out);
}

int seal_public_parse(const char *text, struct seal_public *key, struct error *error)
{
    *key = (struct seal_public){0};
    if (key_parse(text, key->key) == 0)
        return 0;
    *key = (struct seal_public){0};
    return error_set(error, ERROR_INVALID, "the public key is not 32 bytes in base64");
}

int seal_close(const struct seal_public *key, const void *bytes, size_t size, char **out, struct error *error)
{
    *out = NULL;
    size_t sealed_size = size + crypto_box_SEALBYTES;
    unsigned char *sealed = memory_new(sealed_size, 1);
    int result = 0;
    if (crypto_box_seal(sealed, bytes, size, key->key) != 0) {
        result = error_set(error, ERROR_INVALID, "the public key cannot seal: it is not a point of X25519");
        goto cleanup;
    }
    size_t text_size = sodium_base64_encoded_len(sealed_size, VARIANT);
    *out = memory_new(text_size, 1);
    sodium_bin2base64(*out, text_size, sealed, sealed_size, VARIANT);
cleanup:
    free(sealed);
    return result;
}

// The value of a base64 digit, 64 for anything else. Sealed bytes are no secret, so the time may depend on
// them: libsodium's decoder, made for keys, takes as long as opening the seal does.
static unsigned digit_of(unsigned char c)
{
    static const unsigned char values[128] = {
        ['A'] = 1, 2,  3,  4,  5,  6,  7,  8,  9,          10,        11, 12, 13, 14, 15, 16, 17,         18,
        19,        20, 21, 22, 23, 24, 25, 26, ['a'] = 27, 28,        29, 30, 31, 32, 33, 34, 35,         36,
        37,        38, 39, 40, 41, 42, 43, 44, 45,         46,        47, 48, 49, 50, 51, 52, ['0'] = 53, 54,
        55,        56, 57, 58, 59, 60, 61, 62, ['+'] = 63, ['/'] = 64};
    return c < 128 && values[c] != 0 ? values[c] - 1U : 64U;
}

// RFC 4648, 4: groups of four, padded, no stray bits. `out` has room for 3 bytes a group.
static int base64_read(const char *text, size_t length, unsigned char *out, size_t *size)
{
    *size = 0;
    if (length == 0 || length % 4 != 0)
        return ERROR_CORRUPT;
    size_t padding = text[length - 1] != '=' ? 0 : text[length - 2] != '=' ? 1 : 2;
    uint32_t group = 0;
    for (size_t i = 0; i < length - padding; i++) {
        unsigned digit = digit_of((unsigned char)text[i]);
        if (digit > 63)
            return ERROR_CORRUPT;
        group = group << 6 | digit;
        if (i % 4 != 0) // the second digit of a group completes its first byte, and so on
            out[(*size)++] = (unsigned char)(group >> (6 - 2 * (i % 4)));
    }
    return (padding == 1 && (group & 3) != 0) || (padding == 2 && (group & 15) != 0) ? ERROR_CORRUPT : 0;
}

int seal_open(const struct seal_pair *pair, const char *text, char **out, size_t *size, struct error *error)
{
    *out = NULL;
    *size = 0;
    size_t text_length = strlen(text), sealed_size = 0;
    unsigned char *sealed = memory_new(text_length / 4 * 3 + 3, 1);
    char *bytes = NULL;
    int result = 0;
    if (base64_read(text, text_length, sealed, &sealed_size) != 0 || sealed_size < crypto_box_SEALBYTES) {
        result = error_set(error, ERROR_CORRUPT, "a sealed booking is not whole base64");
        goto cleanup;
    }
    size_t open_size = sealed_size - crypto_box_SEALBYTES;
    bytes = memory_new(open_size + 1, 1);
    if (crypto_box_seal_open((unsigned char *)bytes, sealed, sealed_size, pair->open.key, pair->secret) !=
        0) {
        result =
            error_set(error, ERROR_CORRUPT, "a sealed booking was changed, or is for another agenda's key");
        goto cleanup;
    }
    *out = bytes;
    *size = open_size;
    bytes = NULL;
cleanup:
    free(bytes);
    free(sealed);
    return result;
}

int seal_save(const struct seal_pair *pair, const char *path, struct error *error)
{
    char open[SEAL_KEY_TEXT_SIZE], secret[SEAL_KEY_TEXT_SIZE], text[FILE_LIMIT];
    key_text(pair->open.key, open);
    key_text(pair->secret, secret);
    (void)text_print(text, sizeof text, FILE_HEAD "\npublic %s\nsecret %s\n", open, secret);
    int result = file_write(path, text, strlen(text), 0600, error);
    memory_wipe(secret, sizeof secret);
    memory_wipe(text, sizeof text);
    return result;
}

static int check_private(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set(error, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO,
                         "cannot read the key file \"%s\": %s", path, strerror(errno));
    if ((status.st_mode & 077) != 0)
        return error_set(error, ERROR_REFUSED,
                         "the key file \"%s\" can be read by others (mode %03o); use chmod 600", path,
                         (unsigned)(status.st_mode & 0777));
    return 0;
}

// Reads the text of the file into the pair; the public key must be the one that belongs to the secret.
static int parse_pair(struct seal_pair *pair, const char *text)
{
    char open[SEAL_KEY_TEXT_SIZE] = "", secret[SEAL_KEY_TEXT_SIZE] = "";
    unsigned char derived[SEAL_KEY_BYTES];
    int result = ERROR_CORRUPT;
    if (sscanf(text, FILE_HEAD " public %44s secret %44s", open, secret) == 2 &&
        key_parse(open, pair->open.key) == 0 && key_parse(secret, pair->secret) == 0 &&
        crypto_scalarmult_base(derived, pair->secret) == 0 &&
        sodium_memcmp(derived, pair->open.key, sizeof derived) == 0)
        result = 0;
    memory_wipe(secret, sizeof secret);
    return result;
}

int seal_load(struct seal_pair *pair, const char *path, struct error *error)
{
    *pair = (struct seal_pair){0};
    char *text = NULL;
    size_t size = 0;
    int result = check_private(path, error);
    if (result == 0)
        result = file_read(path, FILE_LIMIT, &text, &size, error);
    if (result != 0)
        return result;
    if (parse_pair(pair, text) != 0) {
        seal_wipe_pair(pair);
        result = error_set(error, ERROR_CORRUPT, "\"%s\" is not a whole key file", path);
    }
    memory_wipe(text, size);
    free(text);
    return result;
}
