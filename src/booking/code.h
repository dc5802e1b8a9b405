// The code a visitor carries: six characters that are not mistaken for each other, read in two groups of
// three ("K7M 4QV"). The last is a check character, so one wrong or two swapped characters are noticed.
// The agenda gives a code out with each lease, so two kiosks off line can never make the same one.
// Alphabet (own): 23456789 and A-Z without I, O, U (31, a prime): check = ISO/IEC 7064 style weighted sum
// mod 31.
#ifndef WEGWIJS_BOOKING_CODE_H
#define WEGWIJS_BOOKING_CODE_H

#include <stdbool.h>

#define CODE_LENGTH 6
#define CODE_SIZE 7         // with the zero
#define CODE_GROUPED_SIZE 8 // "K7M 4QV"

void code_new(char out[CODE_SIZE]); // random (libsodium)
bool code_valid(const char *code);  // exact form, capital letters, right check character
// Forgiving reading of what a person types or a scanner reads: spaces, dashes and small letters are fine, a
// VCALENDAR text is searched for its UID. 0, or ERROR_INVALID with *out "".
int code_read(const char *text, char out[CODE_SIZE]);
void code_group(const char *code, char out[CODE_GROUPED_SIZE]);

#endif
