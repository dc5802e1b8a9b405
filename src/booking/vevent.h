// One appointment as an iCalendar text (RFC 5545), for the QR code: times in UTC, the code in UID, no name,
// no phone number, no language. At most 220 bytes for the texts of facts, so that it stays at 57 modules.
#ifndef WEGWIJS_BOOKING_VEVENT_H
#define WEGWIJS_BOOKING_VEVENT_H

#include <stddef.h>

#include "base/error.h"
#include "booking/booking.h"

#define VEVENT_MAX                                                                                           \
    331 // bytes that version 13-M byte mode holds (ISO/IEC 18004), the largest that prints on 58 mm

// summary ("Afspraak toeleider") and location ("Gemeentehuis, Marktplein 1") are shortened when the whole
// would not fit `limit` bytes. CRLF line ends, escaped as in RFC 5545 3.3.11.
int vevent_write(const struct booking *booking, const char *summary, const char *location, size_t limit,
                 char *out, size_t size, struct error *error);
void vevent_escape(const char *text, char *out, size_t size); // backslash, semicolon, comma, line ends
#endif
