// Phone numbers: forgiving, never blocking. Pure.
// Strips spaces, dots, slashes, dashes, brackets; 00 → +; drops the 0 in +32(0); a leading 0 → +32; nine bare
// digits that start with 4 → +324…; any other + number of 8 to 15 digits (ITU-T E.164) is kept.
#ifndef WEGWIJS_BOOKING_PHONE_H
#define WEGWIJS_BOOKING_PHONE_H

#include <stddef.h>

#define PHONE_SIZE 17         // "+" and 15 digits and the zero
#define PHONE_GROUPED_SIZE 32 // "0470 12 34 56", "+40 712 345 678"

enum phone_kind {
    PHONE_NONE,       // nothing typed
    PHONE_MOBILE,     // Belgian mobile: +32 4[5-9] and 7 digits
    PHONE_LANDLINE,   // Belgian landline: +32 and 8 digits
    PHONE_FOREIGN,    // another country's
    PHONE_SUSPICIOUS, // could be wrong: ask "klopt dit?", never refuse
};

// Reads what was typed. The number in E.164; a suspicious one as it was typed, without what was stripped (at
// most 16 characters of it). Letters are ignored.
enum phone_kind phone_read(const char *typed, char out[PHONE_SIZE]);
// As people read it back in Belgium: "0470 12 34 56", "02 371 22 11", "+40 712 345 678". Takes what
// phone_read gave, and also a number that is still being typed.
void phone_group(const char *phone, char out[PHONE_GROUPED_SIZE]);
#endif
