#include "kiosk/pin.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/memory.h"
#include "booking/seal.h"

#include "base/banned.h"

#define ROUNDS 3
#define MEMORY_BYTES (32 * 1024 * 1024)
#define LINE_SIZE 64

_Static_assert(PIN_HASH_SIZE == crypto_pwhash_STRBYTES, "the size of libsodium's password strings");

bool pin_well_formed(const char *pin)
{
    size_t length = strlen(pin);
    return length >= PIN_LEAST && length <= PIN_MOST && strspn(pin, "0123456789") == length;
}

int pin_hash(const char *pin, char out[PIN_HASH_SIZE], struct error *error)
{
    out[0] = '\0';
    if (!pin_well_formed(pin))
        return error_set(error, ERROR_INVALID, "a pin is %d to %d digits", PIN_LEAST, PIN_MOST);
    if (crypto_pwhash_str_alg(out, pin, strlen(pin), ROUNDS, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return error_set(error, ERROR_UNAVAILABLE, "no memory to hash the pin");
    return 0;
}

bool pin_matches(const char *hash, const char *pin)
{
    char padded[PIN_HASH_SIZE] = ""; // libsodium wants the whole size
    return text_copy(padded, sizeof padded, hash) == 0 &&
           crypto_pwhash_str_verify(padded, pin, strlen(pin)) == 0;
}

// ---- --pin

static bool read_pin(const char *question, char *pin, size_t size)
{
    struct termios seen, unseen;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &seen) == 0;
    if (terminal) {
        unseen = seen;
        unseen.c_lflag &= ~(tcflag_t)ECHO;
        fputs(question, stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
    }
    bool got = fgets(pin, (int)size, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &seen);
        fputc('\n', stderr);
    }
    pin[got ? strcspn(pin, "\r\n") : 0] = '\0';
    return got;
}

int pin_command(void)
{
    char pin[LINE_SIZE] = "", again[LINE_SIZE] = "", hash[PIN_HASH_SIZE];
    struct error error = ERROR_NONE;
    int result = seal_ready(&error);
    if (!read_pin("pincode: ", pin, sizeof pin))
        result = error_set(&error, ERROR_INVALID, "no pin was given");
    if (result == 0 && isatty(STDIN_FILENO) &&
        (!read_pin("nog eens: ", again, sizeof again) || strcmp(pin, again) != 0))
        result = error_set(&error, ERROR_INVALID, "the two are not the same");
    if (result == 0)
        result = pin_hash(pin, hash, &error);
    memory_wipe(pin, sizeof pin);
    memory_wipe(again, sizeof again);
    if (result == 0)
        printf("staff-pin: \"%s\"\n", hash);
    else
        fprintf(stderr, "wegwijs-kiosk: %s\n", error.text);
    return result == 0 ? 0 : 1;
}
