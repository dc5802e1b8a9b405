// A booking: a promised talk. A pure value: no allocation inside, copied by assignment, wiped with
// booking_wipe because it holds personal data. Any thread.
// Its JSON form is what is sealed in the kiosk's outbox and opened by the agenda: keys as the fields here.
#ifndef WEGWIJS_BOOKING_BOOKING_H
#define WEGWIJS_BOOKING_BOOKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/error.h"
#include "booking/code.h"
#include "booking/phone.h"
#include "booking/slot.h"

#define BOOKING_ID_SIZE 33   // 32 hexadecimal digits (128 random bits) and the zero
#define BOOKING_NAME_SIZE 81 // bytes of a first or last name with the zero: 40 Latin letters
#define BOOKING_WORD_SIZE 24 // an identifier of the configuration: indicator, answer, topic, channel
#define BOOKING_ANSWERS_MAX 12
#define BOOKING_TOPICS_MAX 5
#define BOOKING_JSON_MAX 8192 // bytes of the JSON form

struct booking_answer {
    char indicator[BOOKING_WORD_SIZE]; // "dutch"
    char answer[BOOKING_WORD_SIZE];    // "none"
};

enum booking_kind {
    BOOKING_SLOT,     // has a slot
    BOOKING_CALLBACK, // no moment suits: the guide calls back
};

struct booking {
    char id[BOOKING_ID_SIZE]; // made once, by whoever takes the booking; sending is idempotent by it
    char code[CODE_SIZE];     // what the visitor carries
    enum booking_kind kind;
    struct slot slot; // first slot; meaningless for a callback
    unsigned slots;   // how many consecutive slots: 1 or 2 …; 0 for a callback
    char first_name[BOOKING_NAME_SIZE];
    char last_name[BOOKING_NAME_SIZE];
    char phone[PHONE_SIZE];           // E.164, or "" for no phone
    char language[BOOKING_WORD_SIZE]; // "ro"; "other"
    struct booking_answer answers[BOOKING_ANSWERS_MAX];
    unsigned answer_count;
    char topics[BOOKING_TOPICS_MAX][BOOKING_WORD_SIZE];
    unsigned topic_count;
    char referred[BOOKING_WORD_SIZE]; // "counter"; "" when skipped
    char channel[BOOKING_WORD_SIZE];  // "kiosk", "phone", "letter", "counter", "walk-in", "partner"
    int64_t made;                     // UTC seconds
};

void booking_new_id(char out[BOOKING_ID_SIZE]); // random (libsodium)
bool booking_id_valid(const char *id);
const char *booking_answer(const struct booking *booking, const char *indicator); // "" when not asked
bool booking_has_topic(const struct booking *booking, const char *topic);

// Checks every field against its limits and form (not against a town's lists). The message never holds the
// value.
int booking_check(const struct booking *booking, struct error *error);

// JSON, one line. The caller wipes and frees *out. Parsing ignores unknown fields, refuses missing ones, and
// leaves *booking cleared on failure.
int booking_to_json(const struct booking *booking, char **out, struct error *error);
int booking_from_json(const char *json, size_t size, struct booking *booking, struct error *error);

void booking_wipe(struct booking *booking);

#endif
