#include "booking/booking.h"

#include <jansson.h>
#include <malloc.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#include "base/banned.h"

#define SLOTS_MAX 8 // consecutive slots of one talk
#define WORD_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"
#define DIGITS "0123456789"

// What jansson frees may have held a name or a number: it is overwritten first. Set before main, thus before
// any thread.
static void free_wiped(void *block)
{
    if (block != NULL)
        memory_wipe(block, malloc_usable_size(block));
    free(block);
}
__attribute__((constructor)) static void guard_json_memory(void)
{
    json_set_alloc_funcs(malloc, free_wiped);
}

void booking_new_id(char out[BOOKING_ID_SIZE])
{
    unsigned char bytes[(BOOKING_ID_SIZE - 1) / 2];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(out, BOOKING_ID_SIZE, bytes, sizeof bytes);
}

bool booking_id_valid(const char *id)
{
    return strspn(id, DIGITS "abcdef") == BOOKING_ID_SIZE - 1 && id[BOOKING_ID_SIZE - 1] == '\0';
}

const char *booking_answer(const struct booking *booking, const char *indicator)
{
    for (unsigned i = 0; i < booking->answer_count; i++)
        if (strcmp(booking->answers[i].indicator, indicator) == 0)
            return booking->answers[i].answer;
    return "";
}

bool booking_has_topic(const struct booking *booking, const char *topic)
{
    for (unsigned i = 0; i < booking->topic_count; i++)
        if (strcmp(booking->topics[i], topic) == 0)
            return true;
    return false;
}

void booking_wipe(struct booking *booking)
{
    memory_wipe(booking, sizeof *booking);
}

// ---- checks

static bool word_valid(const char *word)
{
    size_t length = strspn(word, WORD_LETTERS);
    return length > 0 && length < BOOKING_WORD_SIZE && word[length] == '\0';
}

// Text of one line: UTF-8 without control characters, of at most BOOKING_NAME_SIZE - 1 bytes.
static bool name_valid(const char *name)
{
    size_t length = strnlen(name, BOOKING_NAME_SIZE);
    if (length == BOOKING_NAME_SIZE || !utf8_valid(name, length))
        return false;
    while (*name != '\0') {
        uint32_t character = utf8_next(&name);
        if (character < 0x20 || (character >= 0x7f && character < 0xa0))
            return false;
    }
    return true;
}

// "", or an optional plus and at most 15 digits; a number that may be wrong is kept too, so no more is asked.
static bool phone_valid(const char *phone)
{
    if (phone[0] == '\0')
        return true;
    const char *digits = phone[0] == '+' ? phone + 1 : phone;
    size_t length = strspn(digits, DIGITS);
    return length > 0 && digits[length] == '\0' && strnlen(phone, PHONE_SIZE) < PHONE_SIZE;
}

static bool slot_valid(const struct booking *booking)
{
    if (booking->kind == BOOKING_CALLBACK)
        return booking->slots == 0;
    const struct slot *slot = &booking->slot;
    return booking->kind == BOOKING_SLOT && booking->slots >= 1 && booking->slots <= SLOTS_MAX &&
           slot_guide_valid(slot->guide) && slot->minutes > 0 && slot->minutes <= SLOT_MINUTES_MAX &&
           slot->start.minute >= 0 && slot->start.minute < DAY_MINUTES &&
           slot->start.day >= day_from_civil(1900, 1, 1) && slot->start.day <= day_from_civil(2999, 12, 31);
}

static bool answers_valid(const struct booking *booking)
{
    if (booking->answer_count > BOOKING_ANSWERS_MAX)
        return false;
    for (unsigned i = 0; i < booking->answer_count; i++) {
        const struct booking_answer *answer = &booking->answers[i];
        if (!word_valid(answer->indicator) || !word_valid(answer->answer))
            return false;
        for (unsigned j = 0; j < i; j++)
            if (strcmp(booking->answers[j].indicator, answer->indicator) == 0)
                return false;
    }
    return true;
}

static bool topics_valid(const struct booking *booking)
{
    if (booking->topic_count > BOOKING_TOPICS_MAX)
        return false;
    for (unsigned i = 0; i < booking->topic_count; i++) {
        if (!word_valid(booking->topics[i]))
            return false;
        for (unsigned j = 0; j < i; j++)
            if (strcmp(booking->topics[j], booking->topics[i]) == 0)
                return false;
    }
    return true;
}

int booking_check(const struct booking *booking, struct error *error)
{
    bool named = booking->first_name[0] != '\0' || booking->last_name[0] != '\0';
    const struct {
        const char *field;
        bool good;
    } checks[] = {
        {"id", booking_id_valid(booking->id)},
        {"code", code_valid(booking->code)},
        {"slot", slot_valid(booking)},
        {"first_name", named && name_valid(booking->first_name)},
        {"last_name", name_valid(booking->last_name)},
        {"phone", phone_valid(booking->phone)},
        {"language", booking->language[0] == '\0' || word_valid(booking->language)},
        {"answers", answers_valid(booking)},
        {"topics", topics_valid(booking)},
        {"referred", booking->referred[0] == '\0' || word_valid(booking->referred)},
        {"channel", word_valid(booking->channel)},
        {"made", booking->made >= 0},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (!checks[i].good)
            return error_set(error, ERROR_INVALID, "\"%s\" of a booking is not in its form", checks[i].field);
    return 0;
}

// ---- JSON out

static json_t *slot_to_json(const struct booking *booking)
{
    char start[MOMENT_TEXT_SIZE];
    moment_format(booking->slot.start, start);
    return json_pack("{s:s, s:s, s:i}", "guide", booking->slot.guide, "start", start, "minutes",
                     booking->slot.minutes);
}

static json_t *answers_to_json(const struct booking *booking)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < booking->answer_count; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "indicator", booking->answers[i].indicator,
                                              "answer", booking->answers[i].answer));
    return list;
}

static json_t *topics_to_json(const struct booking *booking)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < booking->topic_count; i++)
        json_array_append_new(list, json_string(booking->topics[i]));
    return list;
}

static json_t *to_json(const struct booking *booking)
{
    bool with_slot = booking->kind == BOOKING_SLOT;
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:I}", "id", booking->id, "code",
                  booking->code, "kind", with_slot ? "slot" : "callback", "slots", (json_int_t)booking->slots,
                  "first_name", booking->first_name, "last_name", booking->last_name, "phone", booking->phone,
                  "language", booking->language, "referred", booking->referred, "channel", booking->channel,
                  "made", (json_int_t)booking->made);
    if (with_slot)
        json_object_set_new(root, "slot", slot_to_json(booking));
    json_object_set_new(root, "answers", answers_to_json(booking));
    json_object_set_new(root, "topics", topics_to_json(booking));
    return root;
}

int booking_to_json(const struct booking *booking, char **out, struct error *error)
{
    *out = NULL;
    int result = booking_check(booking, error);
    if (result != 0)
        return result;
    json_t *root = to_json(booking);
    char *text = memory_new(BOOKING_JSON_MAX + 1, 1);
    size_t size = json_dumpb(root, text, BOOKING_JSON_MAX, JSON_COMPACT);
    json_decref(root);
    if (size == 0 || size > BOOKING_JSON_MAX) {
        memory_wipe(text, BOOKING_JSON_MAX);
        free(text);
        return error_set(error, ERROR_FULL, "a booking does not fit %d bytes of json", BOOKING_JSON_MAX);
    }
    *out = text;
    return 0;
}

// ---- JSON in

// Copies the text member `key` when it is there, fits, and holds no zero byte.
static bool take_text(const json_t *object, const char *key, char *out, size_t size)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value) || json_string_length(value) >= size)
        return false;
    memcpy(out, json_string_value(value), json_string_length(value) + 1);
    return strlen(out) == json_string_length(value);
}

static bool take_integer(const json_t *object, const char *key, int64_t least, int64_t most, int64_t *out)
{
    const json_t *value = json_object_get(object, key);
    *out = json_integer_value(value);
    return json_is_integer(value) && *out >= least && *out <= most;
}

static bool take_slot(const json_t *root, struct booking *booking)
{
    char kind[BOOKING_WORD_SIZE];
    int64_t slots = 0, minutes = 0;
    if (!take_text(root, "kind", kind, sizeof kind) || !take_integer(root, "slots", 0, SLOTS_MAX, &slots))
        return false;
    booking->slots = (unsigned)slots;
    booking->kind = strcmp(kind, "slot") == 0 ? BOOKING_SLOT : BOOKING_CALLBACK;
    if (booking->kind == BOOKING_CALLBACK)
        return strcmp(kind, "callback") == 0;
    const json_t *slot = json_object_get(root, "slot");
    char start[MOMENT_TEXT_SIZE];
    if (!take_text(slot, "guide", booking->slot.guide, sizeof booking->slot.guide) ||
        !take_text(slot, "start", start, sizeof start) ||
        !take_integer(slot, "minutes", 1, SLOT_MINUTES_MAX, &minutes))
        return false;
    booking->slot.minutes = (int)minutes;
    return moment_parse(start, &booking->slot.start) == 0;
}

static bool take_answers(const json_t *root, struct booking *booking)
{
    const json_t *list = json_object_get(root, "answers");
    if (!json_is_array(list) || json_array_size(list) > BOOKING_ANSWERS_MAX)
        return false;
    booking->answer_count = (unsigned)json_array_size(list);
    for (unsigned i = 0; i < booking->answer_count; i++) {
        const json_t *entry = json_array_get(list, i);
        struct booking_answer *answer = &booking->answers[i];
        if (!take_text(entry, "indicator", answer->indicator, sizeof answer->indicator) ||
            !take_text(entry, "answer", answer->answer, sizeof answer->answer))
            return false;
    }
    return true;
}

static bool take_topics(const json_t *root, struct booking *booking)
{
    const json_t *list = json_object_get(root, "topics");
    if (!json_is_array(list) || json_array_size(list) > BOOKING_TOPICS_MAX)
        return false;
    booking->topic_count = (unsigned)json_array_size(list);
    for (unsigned i = 0; i < booking->topic_count; i++) {
        const json_t *topic = json_array_get(list, i);
        if (!json_is_string(topic) ||
            text_copy(booking->topics[i], BOOKING_WORD_SIZE, json_string_value(topic)) != 0)
            return false;
    }
    return true;
}

// The first member that is missing or of another form, or NULL.
static const char *take_booking(const json_t *root, struct booking *booking)
{
    const struct {
        const char *key;
        char *out;
        size_t size;
    } texts[] = {
        {"id", booking->id, sizeof booking->id},
        {"code", booking->code, sizeof booking->code},
        {"first_name", booking->first_name, sizeof booking->first_name},
        {"last_name", booking->last_name, sizeof booking->last_name},
        {"phone", booking->phone, sizeof booking->phone},
        {"language", booking->language, sizeof booking->language},
        {"referred", booking->referred, sizeof booking->referred},
        {"channel", booking->channel, sizeof booking->channel},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!take_text(root, texts[i].key, texts[i].out, texts[i].size))
            return texts[i].key;
    if (!take_integer(root, "made", 0, INT64_MAX, &booking->made))
        return "made";
    if (!take_slot(root, booking))
        return "slot";
    if (!take_answers(root, booking))
        return "answers";
    return take_topics(root, booking) ? NULL : "topics";
}

int booking_from_json(const char *json, size_t size, struct booking *booking, struct error *error)
{
    booking_wipe(booking);
    if (size > BOOKING_JSON_MAX)
        return error_set(error, ERROR_INVALID, "a booking is longer than %d bytes", BOOKING_JSON_MAX);
    // jansson's own message could quote the text, so it is not used
    json_t *root = json_loadb(json, size, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(root)) {
        json_decref(root);
        return error_set(error, ERROR_INVALID, "a booking is not a json object");
    }
    const char *fault = take_booking(root, booking);
    json_decref(root);
    int result = fault == NULL ? booking_check(booking, error)
                               : error_set(error, ERROR_INVALID,
                                           "\"%s\" of a booking is missing or not in its form", fault);
    if (result != 0)
        booking_wipe(booking);
    return result;
}
