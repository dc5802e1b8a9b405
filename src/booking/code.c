#include "booking/code.h"

#include <sodium.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"

#include "base/banned.h"

#define ALPHABET "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
#define BASE 31

_Static_assert(sizeof ALPHABET - 1 == BASE, "a prime number of characters");

// The weights 6, 5 … 1 are different and not 0 modulo the prime 31: one wrong character changes the sum, and
// so do two swapped ones, whether they stand together or not.
static unsigned weighted_sum(const char *code, unsigned length)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < length; i++)
        sum += (CODE_LENGTH - i) * (unsigned)(strchr(ALPHABET, code[i]) - ALPHABET);
    return sum % BASE;
}

void code_new(char out[CODE_SIZE])
{
    for (unsigned i = 0; i < CODE_LENGTH - 1; i++)
        out[i] = ALPHABET[randombytes_uniform(BASE)];
    out[CODE_LENGTH - 1] = ALPHABET[(BASE - weighted_sum(out, CODE_LENGTH - 1)) % BASE];
    out[CODE_LENGTH] = '\0';
}

bool code_valid(const char *code)
{
    return strspn(code, ALPHABET) == CODE_LENGTH && code[CODE_LENGTH] == '\0' &&
           weighted_sum(code, CODE_LENGTH) == 0;
}

// Where the code begins in the text of a calendar entry; NULL when it names none. Scanners drop or change
// line ends, so "UID:" is looked for anywhere.
static const char *find_uid(const char *text)
{
    for (; *text != '\0'; text++)
        if (strncasecmp(text, "UID:", 4) == 0)
            return text + 4;
    return NULL;
}

static char capital(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

// Takes the characters of one code; what separates people's groups is skipped. Returns what follows, or NULL.
static const char *take_code(const char *text, char out[CODE_SIZE])
{
    unsigned length = 0;
    for (; *text != '\0' && length < CODE_LENGTH; text++) {
        if (strchr(" -.\t\r\n", *text) != NULL)
            continue;
        char letter = capital(*text);
        if (strchr(ALPHABET, letter) == NULL)
            return NULL;
        out[length++] = letter;
    }
    out[length] = '\0';
    return text;
}

int code_read(const char *text, char out[CODE_SIZE])
{
    const char *begin = strncasecmp(text, "BEGIN:", 6) == 0 ? find_uid(text) : text;
    const char *rest = begin != NULL ? take_code(begin, out) : NULL;
    bool alone = rest != NULL && (begin != text || rest[strspn(rest, " -.\t\r\n")] == '\0');
    if (alone && code_valid(out))
        return 0;
    out[0] = '\0';
    return ERROR_INVALID;
}

void code_group(const char *code, char out[CODE_GROUPED_SIZE])
{
    size_t length = strnlen(code, CODE_LENGTH);
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        if (i == CODE_LENGTH / 2)
            out[written++] = ' ';
        out[written++] = code[i];
    }
    out[written] = '\0';
}
