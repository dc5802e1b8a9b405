// UTF-8 as in RFC 3629: no overlong forms, no surrogates, up to U+10FFFF. Any thread, pure.
#ifndef WEGWIJS_BASE_UTF8_H
#define WEGWIJS_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_MAX 4 // bytes of one character

// Decodes the character at *text and moves *text behind it. At the end: 0 and no move. A broken byte gives
// U+FFFD and moves one byte.
uint32_t utf8_next(const char **text);
size_t utf8_encode(uint32_t character,
                   char out[UTF8_MAX + 1]);     // bytes written without the zero; 0 if invalid
bool utf8_valid(const char *text, size_t size); // no NUL inside either
size_t utf8_length(const char *text);           // characters
void utf8_drop_last(char *text);                // removes the last character, in place
// One character to its capital or small letter: ASCII, Latin-1, Latin Extended-A/B and Additional, with
// Turkish i left to the caller. Others come back unchanged.
uint32_t utf8_upper(uint32_t character);
uint32_t utf8_lower(uint32_t character);
bool utf8_is_letter(uint32_t character); // a letter of a Latin alphabet

#endif
