// The exchange between a kiosk and the agenda: JSON objects, one a line, at most 1 MiB, request then answer.
// The kiosk asks, the agenda answers; nobody speaks unasked. This header and tests/test_message.c are the
// specification. Unknown fields are ignored; an unknown request gets an "error" answer; another protocol
// version is refused with a sentence that names both. Pure: bytes ↔ structs, any thread.
//
//   hello   {"request":"hello","protocol":1,"kiosk":"lobby-1","version":"0.1.0"}
//        →  {"answer":"hello","protocol":1,"agenda":"<32
//        hex>","public_key":"<base64>","guides":[{"id":"els","name":"Els","languages":["nl","ro"]}]}
//   sync    {"request":"sync","bookings":[{"id":"<32 hex>","sealed":"<base64>"}],
//            "receipts":[{"id","code","guide","start","slots"}],        ids acknowledged before (lost after a
//            restore?) "returned":[{"guide":"els","start":"2026-11-24T09:30"}],   leases no longer wanted
//            "want":{"leases":12,"codes":4,"days":14},                   how much it wants to hold in all
//            "holds":[{"guide","start"}],                                what it believes it holds
//            "status":{…}}                                               one flat object for `wegwijs-agenda
//            kiosks`
//        →  {"answer":"sync","acknowledged":[{"id":"…","result":"stored"|"known"|"refused","reason":"…"}],
//            "leases":[{"guide","start","minutes","code"}],              all that it holds now
//            "free":[{"guide","start","minutes"}],                       what could be leased now
//            "codes":["K7M4QX"],                                          spare codes for call-backs
//            "receipts_missing":["<id>"]}                                the agenda had lost these: now
//            blocked, for the guide
//   lease   {"request":"lease","slots":[{"guide","start"},…]}            all of them or none
//        →  {"answer":"lease","leases":[{"guide","start","minutes","code"},…]}   or  {"answer":"taken"}
//   check   {"request":"check","code":"K7M4QX"}
//        →  {"answer":"check","exists":true,"start":"…","guide":"els","state":"booked"}   never a name
//   error   {"answer":"error","code":"version"|"request"|"limit"|"internal","text":"…"}
#ifndef WEGWIJS_SYNC_MESSAGE_H
#define WEGWIJS_SYNC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "booking/booking.h"
#include "booking/seal.h"

#define MESSAGE_PROTOCOL 1
#define MESSAGE_LINE_MAX (1024 * 1024) // bytes with the newline
#define MESSAGE_SEALED_MAX 16384       // bytes of one sealed booking
#define MESSAGE_LEASES_MAX 512
#define MESSAGE_FREE_MAX 2048
#define MESSAGE_BOOKINGS_MAX 40 // in one sync; more go in the next
#define MESSAGE_KIOSK_SIZE 32   // the kiosk's name: a-z 0-9 -, with the zero

struct lease {
    struct slot slot;
    char code[CODE_SIZE]; // given out with the lease: for a booking that begins with this slot
};

// The owner of this file (sync) completes the request and answer structs below as the code needs.
#endif
