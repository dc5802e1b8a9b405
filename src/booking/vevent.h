// One appointment as an iCalendar text (RFC 5545), for the QR code: times in UTC, the code in UID, no name,
// no phone number, no language.
#ifndef WEGWIJS_BOOKING_VEVENT_H
#define WEGWIJS_BOOKING_VEVENT_H

#include <stddef.h>

#include "base/error.h"
#include "booking/booking.h"

// Bytes that byte mode holds at error correction M (ISO/IEC 18004 table 7).
#define VEVENT_57_MODULES 213 // version 10: with 4 dots a module and its quiet zone it fits 58 mm paper
#define VEVENT_61_MODULES 251 // version 11
#define VEVENT_MAX 331        // version 13, 69 modules: the largest that prints on 58 mm

// summary ("Afspraak toeleider") and location ("Gemeentehuis, Marktplein 1") are shortened when the whole
// would not fit `limit` bytes: the street goes first, then words from the end. The talk lasts all its slots;
// its day and hour are those of the wall clock, its instants are made with the summer time of that day.
// ERROR_INVALID for a call-back, ERROR_FULL when even without texts it does not fit (190 bytes). CRLF line
// ends, escaped as in RFC 5545 3.3.11.
int vevent_write(const struct booking *booking, const char *summary, const char *location, size_t limit,
                 char *out, size_t size, struct error *error);
void vevent_escape(const char *text, char *out, size_t size); // backslash, semicolon, comma, line ends
#endif
