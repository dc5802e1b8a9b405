// The exchange between a kiosk and the agenda: JSON objects, one a line, at most 1 MiB, request then answer.
// The kiosk asks, the agenda answers; nobody speaks unasked. This header and tests/test_message.c are the
// specification. Unknown fields are ignored; an unknown request gets an "error" answer; another protocol
// version is refused with a sentence that names both. Pure: bytes ↔ structs, any thread.
//
//   hello   {"request":"hello","protocol":1,"kiosk":"lobby-1","version":"0.1.0",
//            "store":"<32 hex>","replaces":"<32 hex>"}           which store it is, and which one it follows
//        →  {"answer":"hello","protocol":1,"agenda":"<32 hex>","public_key":"<base64>",
//            "now":"2026-11-24T08:30:00Z","guides":[{"id":"els","name":"Els","languages":["nl","ro"]}]}
//   sync    {"request":"sync",
//            "receipts":[{"id","code","guide","start","slots"}],  acknowledged before (lost after a restore?)
//            "holds":[{"guide","start"}],                         promised to a visitor, not yet acknowledged
//            "returned":[{"guide","start","code"}],               leases no longer wanted
//            "bookings":[{"id":"<32 hex>","sealed":"<base64>"}],
//            "want":{"leases":12,"codes":4,"days":14},            how much it wants to hold in all; without
//                                                                 it the answer brings no lists
//            "status":{"version":"0.1.0"}}                        flat texts for `wegwijs-agenda kiosks`
//        →  {"answer":"sync",
//            "acknowledged":[{"id":"…","result":"stored"|"known"|"kept"|"refused","reason":"…"}],
//            "leases":[{"guide","start","minutes","code"}],       all that it holds now
//            "free":[{"guide","start","minutes"}],                what could be leased now
//            "codes":["K7M4QX"],                                  spare codes for call-backs
//            "receipts_missing":["<id>"],                         the agenda had lost these: it blocked the
//                                                                 slots
//            "full":true}                                         beyond its limit an hour or a day
//   lease   {"request":"lease","slots":[{"guide","start"},…]}     all of them or none
//        →  {"answer":"lease","leases":[{"guide","start","minutes","code"},…]}   or  {"answer":"taken"}
//   check   {"request":"check","code":"K7M4QX"}
//        →  {"answer":"check","exists":true,"guide":"els","start":"…","state":"booked"}   never a name
//   any  →  {"answer":"error","code":"version"|"request"|"limit"|"internal","text":"…"}
//
// "limit": a line too long, or a kiosk that has made all the bookings it may make in an hour or a day. What
// is promised already is never subject to a limit. What was booked goes first, without "want": it is durable
// before the lists are made, and a month of bookings does not wait for lists after every line. A second store
// under one kiosk's name is refused while the first is alive: both would give away the same leases.
//
// The agenda works through a sync in the order above: receipts first, so that a slot it had forgotten is
// blocked before anything can be given away; `holds` are leased again when it had forgotten them and they
// are free; `returned` counts only when the code is still the lease's, so that a message which arrives late
// cannot give back a lease that was taken anew.
#ifndef WEGWIJS_SYNC_MESSAGE_H
#define WEGWIJS_SYNC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"
#include "booking/booking.h"
#include "booking/seal.h"

#define MESSAGE_PROTOCOL 1
#define MESSAGE_LINE_MAX (1024 * 1024) // bytes with the newline
#define MESSAGE_SEALED_MAX 16384       // bytes of one sealed booking
#define MESSAGE_LEASES_MAX 512
#define MESSAGE_FREE_MAX 2048
#define MESSAGE_BOOKINGS_MAX 1024 // in one sync; more go in the next
#define MESSAGE_BOOKINGS_BYTES                                                                               \
    (768 * 1024)                 // of all that is sealed in one sync; the rest of its line has room
#define MESSAGE_RECEIPTS_MAX 256 // in one sync; more go in the next
#define MESSAGE_RUN_MAX 16       // slots of one lease request
#define MESSAGE_CODES_MAX 64
#define MESSAGE_GUIDES_MAX 64
#define MESSAGE_LANGUAGES_MAX 16
#define MESSAGE_STATUS_MAX 16
#define MESSAGE_KIOSK_SIZE 32 // the kiosk's name: a-z 0-9 -, with the zero
#define MESSAGE_NAME_SIZE 64  // a guide's name, with the zero
#define MESSAGE_TEXT_SIZE 160 // a reason, an error's text, a status value
#define MESSAGE_VERSION_SIZE 32
#define MESSAGE_STATE_SIZE 24
#define MESSAGE_DAYS_MAX 366

struct lease {
    struct slot slot;
    char code[CODE_SIZE]; // given out with the lease: for a booking that begins with this slot
};

struct message_guide {
    char id[SLOT_GUIDE_SIZE];
    char name[MESSAGE_NAME_SIZE];
    char languages[MESSAGE_LANGUAGES_MAX][BOOKING_WORD_SIZE];
    unsigned language_count;
};
struct message_sealed {
    char id[BOOKING_ID_SIZE];
    char *text; // base64, at most MESSAGE_SEALED_MAX
};
struct message_receipt {
    char id[BOOKING_ID_SIZE];
    char code[CODE_SIZE];
    struct slot slot; // the first; without minutes. A call-back has guide "" and no start
    unsigned slots;   // 0 for a call-back
};
enum message_result {
    MESSAGE_STORED,
    MESSAGE_KNOWN,  // was there already
    MESSAGE_KEPT,   // durable in the agenda, but its slot had another owner: the guide solves it
    MESSAGE_REFUSED // not in the agenda: the kiosk keeps it
};
struct message_acknowledgement {
    char id[BOOKING_ID_SIZE];
    enum message_result result;
    char reason[MESSAGE_TEXT_SIZE]; // why refused; never personal data
};
struct message_status { // one flat text for the list of kiosks
    char key[BOOKING_WORD_SIZE];
    char value[MESSAGE_TEXT_SIZE];
};

struct hello_request {
    int protocol;
    char kiosk[MESSAGE_KIOSK_SIZE];
    char version[MESSAGE_VERSION_SIZE];
    char store[BOOKING_ID_SIZE], replaces[BOOKING_ID_SIZE]; // "" when it does not say
};
struct sync_request { // all arrays are owned; sync_request_release frees them
    struct message_receipt *receipts;
    unsigned receipt_count;
    struct slot *holds;
    unsigned hold_count;
    struct lease *returned; // without minutes
    unsigned returned_count;
    struct message_sealed *bookings;
    unsigned booking_count;
    bool brief; // it wants no lists: only what became of the bookings and the receipts
    unsigned want_leases, want_codes, want_days;
    struct message_status status[MESSAGE_STATUS_MAX];
    unsigned status_count;
};
struct lease_request {
    struct slot slots[MESSAGE_RUN_MAX]; // without minutes
    unsigned count;
};
struct check_request {
    char code[CODE_SIZE];
};

enum request_kind { REQUEST_HELLO, REQUEST_SYNC, REQUEST_LEASE, REQUEST_CHECK };
struct request {
    enum request_kind kind;
    union {
        struct hello_request hello;
        struct sync_request sync;
        struct lease_request lease;
        struct check_request check;
    };
};

struct hello_answer {
    int protocol;
    char agenda[BOOKING_ID_SIZE]; // 32 hex digits
    struct seal_public public_key;
    int64_t now; // the agenda's clock, UTC seconds; 0 when it did not say
    struct message_guide *guides;
    unsigned guide_count;
};
struct sync_answer {
    struct message_acknowledgement *acknowledged;
    unsigned acknowledged_count;
    struct lease *leases;
    unsigned lease_count;
    struct slot *free_slots;
    unsigned free_count;
    char (*codes)[CODE_SIZE];
    unsigned code_count;
    char (*missing)[BOOKING_ID_SIZE]; // receipts_missing
    unsigned missing_count;
    bool brief; // without lists: leases, free slots and codes are not said
    bool full;  // the kiosk has made all the bookings that it may make for now
};
struct lease_answer {
    bool taken;
    struct lease leases[MESSAGE_RUN_MAX];
    unsigned count;
};
struct check_answer {
    bool exists;
    struct slot slot; // guide and start; guide "" for a call-back. Without minutes
    char state[MESSAGE_STATE_SIZE];
};

enum message_fault {
    MESSAGE_FAULT_VERSION,
    MESSAGE_FAULT_REQUEST,
    MESSAGE_FAULT_LIMIT,
    MESSAGE_FAULT_INTERNAL
};

bool message_kiosk_valid(const char *kiosk);

// Writing: `out` is emptied and gets one line with its newline. ERROR_FULL when it would pass
// MESSAGE_LINE_MAX, ERROR_INVALID for text that is not UTF-8.
int message_write_hello(struct text_buffer *out, const struct hello_request *request, struct error *error);
int message_write_sync(struct text_buffer *out, const struct sync_request *request, struct error *error);
int message_write_lease(struct text_buffer *out, const struct lease_request *request, struct error *error);
int message_write_check(struct text_buffer *out, const struct check_request *request, struct error *error);

int message_write_hello_answer(struct text_buffer *out, const struct hello_answer *answer,
                               struct error *error);
int message_write_sync_answer(struct text_buffer *out, const struct sync_answer *answer, struct error *error);
int message_write_lease_answer(struct text_buffer *out, const struct lease_answer *answer,
                               struct error *error);
int message_write_check_answer(struct text_buffer *out, const struct check_answer *answer,
                               struct error *error);
int message_write_error(struct text_buffer *out, enum message_fault fault, const char *text,
                        struct error *error);

// Reading: one line, with or without its newline. ERROR_INVALID for what is malformed, ERROR_NOT_FOUND for an
// unknown request, ERROR_VERSION for a hello of another protocol. The output is set on every path: empty on
// failure, so that releasing it is always right.
int message_read_request(const char *line, size_t size, struct request *request, struct error *error);
void request_release(struct request *request);
void sync_request_release(struct sync_request *request);

// An "error" answer comes back as an error with its text: ERROR_VERSION, ERROR_REFUSED, ERROR_FULL ("limit")
// or ERROR_UNAVAILABLE.
int message_read_hello_answer(const char *line, size_t size, struct hello_answer *answer,
                              struct error *error);
int message_read_sync_answer(const char *line, size_t size, struct sync_answer *answer, struct error *error);
int message_read_lease_answer(const char *line, size_t size, struct lease_answer *answer,
                              struct error *error);
int message_read_check_answer(const char *line, size_t size, struct check_answer *answer,
                              struct error *error);
void hello_answer_release(struct hello_answer *answer);
void sync_answer_release(struct sync_answer *answer);

#endif
