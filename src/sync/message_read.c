#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "sync/message.h"

#include "base/banned.h"

bool message_kiosk_valid(const char *kiosk)
{
    size_t length = strlen(kiosk);
    return length > 0 && length < MESSAGE_KIOSK_SIZE &&
           strspn(kiosk, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static int malformed(struct error *error, const char *key)
{
    return error_set(error, ERROR_INVALID, "a message has a wrong \"%s\"", key);
}

// ---- single fields

static int read_text(const json_t *object, const char *key, char *out, size_t size, struct error *error)
{
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);
    out[0] = 0;
    if (!text || json_string_length(value) >= size || strlen(text) != json_string_length(value))
        return malformed(error, key);
    return text_copy(out, size, text);
}

static int read_number(const json_t *object, const char *key, unsigned limit, unsigned *out,
                       struct error *error)
{
    const json_t *value = json_object_get(object, key);
    json_int_t number = json_integer_value(value);
    *out = 0;
    if (!json_is_integer(value) || number < 0 || number > (json_int_t)limit)
        return malformed(error, key);
    *out = (unsigned)number;
    return 0;
}

// An array of at most `limit`; a missing one is empty when `optional`.
static int read_array(const json_t *object, const char *key, unsigned limit, bool optional,
                      const json_t **array, unsigned *count, struct error *error)
{
    *array = json_object_get(object, key);
    *count = 0;
    if (!*array && optional)
        return 0;
    if (!json_is_array(*array) || json_array_size(*array) > limit)
        return malformed(error, key);
    *count = (unsigned)json_array_size(*array);
    return 0;
}

static int read_id(const json_t *object, const char *key, char out[BOOKING_ID_SIZE], struct error *error)
{
    int code = read_text(object, key, out, BOOKING_ID_SIZE, error);
    if (code == 0 && !booking_id_valid(out))
        code = malformed(error, key);
    return code;
}

static int read_code(const json_t *object, char out[CODE_SIZE], struct error *error)
{
    int code = read_text(object, "code", out, CODE_SIZE, error);
    if (code == 0 && !code_valid(out))
        code = malformed(error, "code");
    return code;
}

static int read_place(const json_t *object, struct slot *slot, struct error *error)
{
    char start[MOMENT_TEXT_SIZE];
    *slot = (struct slot){0};
    int code = read_text(object, "guide", slot->guide, sizeof slot->guide, error);
    if (code == 0 && !slot_guide_valid(slot->guide))
        code = malformed(error, "guide");
    if (code == 0)
        code = read_text(object, "start", start, sizeof start, error);
    if (code == 0 && moment_parse(start, &slot->start) != 0)
        code = malformed(error, "start");
    return code;
}

static int read_slot(const json_t *object, struct slot *slot, struct error *error)
{
    unsigned minutes = 0;
    int code = read_place(object, slot, error);
    if (code == 0)
        code = read_number(object, "minutes", SLOT_MINUTES_MAX, &minutes, error);
    if (code == 0 && minutes == 0)
        code = malformed(error, "minutes");
    slot->minutes = (int)minutes;
    return code;
}

// ---- requests

static int read_hello(const json_t *root, struct hello_request *hello, struct error *error)
{
    unsigned protocol = 0;
    int code = read_number(root, "protocol", 1000000, &protocol, error);
    hello->protocol = (int)protocol;
    if (code == 0 && protocol != MESSAGE_PROTOCOL)
        return error_set(error, ERROR_VERSION, "the kiosk speaks protocol %u, the agenda protocol %d",
                         protocol, MESSAGE_PROTOCOL);
    if (code == 0)
        code = read_text(root, "kiosk", hello->kiosk, sizeof hello->kiosk, error);
    if (code == 0 && !message_kiosk_valid(hello->kiosk))
        code = malformed(error, "kiosk");
    if (code == 0)
        code = read_text(root, "version", hello->version, sizeof hello->version, error);
    if (code == 0 && json_object_get(root, "store"))
        code = read_id(root, "store", hello->store, error);
    if (code == 0 && json_object_get(root, "replaces"))
        code = read_id(root, "replaces", hello->replaces, error);
    return code;
}

static int read_receipt(const json_t *object, struct message_receipt *receipt, struct error *error)
{
    int code = read_id(object, "id", receipt->id, error);
    if (code == 0)
        code = read_code(object, receipt->code, error);
    if (code == 0)
        code = read_number(object, "slots", MESSAGE_RUN_MAX, &receipt->slots, error);
    if (code == 0 && receipt->slots > 0)
        code = read_place(object, &receipt->slot, error);
    return code;
}

static int read_receipts(const json_t *root, struct sync_request *sync, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "receipts", MESSAGE_RECEIPTS_MAX, true, &array, &count, error);
    sync->receipts = memory_new(count + 1, sizeof *sync->receipts);
    for (unsigned i = 0; i < count && code == 0; i++) {
        code = read_receipt(json_array_get(array, i), &sync->receipts[i], error);
        sync->receipt_count += code == 0;
    }
    return code;
}

static int read_places(const json_t *root, struct sync_request *sync, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "holds", MESSAGE_LEASES_MAX, true, &array, &count, error);
    sync->holds = memory_new(count + 1, sizeof *sync->holds);
    for (unsigned i = 0; i < count && code == 0; i++) {
        code = read_place(json_array_get(array, i), &sync->holds[i], error);
        sync->hold_count += code == 0;
    }
    return code;
}

static int read_returned(const json_t *root, struct sync_request *sync, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "returned", MESSAGE_LEASES_MAX, true, &array, &count, error);
    sync->returned = memory_new(count + 1, sizeof *sync->returned);
    for (unsigned i = 0; i < count && code == 0; i++) {
        const json_t *object = json_array_get(array, i);
        code = read_place(object, &sync->returned[i].slot, error);
        if (code == 0)
            code = read_code(object, sync->returned[i].code, error);
        sync->returned_count += code == 0;
    }
    return code;
}

static int read_bookings(const json_t *root, struct sync_request *sync, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "bookings", MESSAGE_BOOKINGS_MAX, true, &array, &count, error);
    sync->bookings = memory_new(count + 1, sizeof *sync->bookings);
    for (unsigned i = 0; i < count && code == 0; i++) {
        const json_t *object = json_array_get(array, i);
        const json_t *sealed = json_object_get(object, "sealed");
        code = read_id(object, "id", sync->bookings[i].id, error);
        if (code == 0 && (!json_is_string(sealed) || json_string_length(sealed) > MESSAGE_SEALED_MAX))
            code = malformed(error, "sealed");
        if (code == 0) {
            sync->bookings[i].text = memory_copy_text(json_string_value(sealed));
            sync->booking_count++;
        }
    }
    return code;
}

// A status that is too long or not text is left out: it is for reading only, and must not stop a booking.
static void read_status(const json_t *root, struct sync_request *sync)
{
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(root, "status"), key, value)
    {
        struct message_status *status = &sync->status[sync->status_count];
        if (json_is_string(value) && text_copy(status->key, sizeof status->key, key) == 0 &&
            text_copy(status->value, sizeof status->value, json_string_value(value)) == 0 &&
            ++sync->status_count == MESSAGE_STATUS_MAX)
            break;
    }
}

static int read_want(const json_t *root, struct sync_request *sync, struct error *error)
{
    const json_t *want = json_object_get(root, "want");
    sync->brief = want == NULL;
    if (sync->brief)
        return 0;
    int code = read_number(want, "leases", MESSAGE_LEASES_MAX, &sync->want_leases, error);
    if (code == 0)
        code = read_number(want, "codes", MESSAGE_CODES_MAX, &sync->want_codes, error);
    if (code == 0)
        code = read_number(want, "days", MESSAGE_DAYS_MAX, &sync->want_days, error);
    return code;
}

static int read_sync(const json_t *root, struct sync_request *sync, struct error *error)
{
    int code = read_receipts(root, sync, error);
    if (code == 0)
        code = read_places(root, sync, error);
    if (code == 0)
        code = read_returned(root, sync, error);
    if (code == 0)
        code = read_bookings(root, sync, error);
    if (code == 0)
        code = read_want(root, sync, error);
    if (code == 0)
        read_status(root, sync);
    return code;
}

static int read_lease_request(const json_t *root, struct lease_request *lease, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "slots", MESSAGE_RUN_MAX, false, &array, &count, error);
    if (code == 0 && count == 0)
        code = malformed(error, "slots");
    for (unsigned i = 0; i < count && code == 0; i++)
        code = read_place(json_array_get(array, i), &lease->slots[i], error);
    lease->count = code == 0 ? count : 0;
    return code;
}

static int parse(const char *line, size_t size, json_t **root, struct error *error)
{
    // JSON_DISABLE_EOF_CHECK is off: what follows the object on its line is a fault
    *root = size > MESSAGE_LINE_MAX ? NULL : json_loadb(line, size, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(*root)) {
        json_decref(*root);
        *root = NULL;
        return error_set(error, ERROR_INVALID, "a message is not a JSON object");
    }
    return 0;
}

static int read_request(const json_t *root, struct request *request, struct error *error)
{
    const char *name = json_string_value(json_object_get(root, "request"));
    if (!name)
        return malformed(error, "request");
    static const char *const names[] = {"hello", "sync", "lease", "check"};
    for (unsigned i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0) {
            request->kind = (enum request_kind)i;
            switch (request->kind) {
            case REQUEST_HELLO:
                return read_hello(root, &request->hello, error);
            case REQUEST_SYNC:
                return read_sync(root, &request->sync, error);
            case REQUEST_LEASE:
                return read_lease_request(root, &request->lease, error);
            case REQUEST_CHECK:
                return read_code(root, request->check.code, error);
            }
        }
    return error_set(error, ERROR_NOT_FOUND, "a message has an unknown request");
}

int message_read_request(const char *line, size_t size, struct request *request, struct error *error)
{
    json_t *root;
    *request = (struct request){0};
    int code = parse(line, size, &root, error);
    if (code == 0)
        code = read_request(root, request, error);
    if (code != 0) {
        request_release(request);
        *request = (struct request){0};
    }
    json_decref(root);
    return code;
}

void request_release(struct request *request)
{
    if (request->kind == REQUEST_SYNC)
        sync_request_release(&request->sync);
}

void sync_request_release(struct sync_request *request)
{
    for (unsigned i = 0; i < request->booking_count; i++)
        free(request->bookings[i].text);
    free(request->receipts);
    free(request->holds);
    free(request->returned);
    free(request->bookings);
    *request = (struct sync_request){0};
}

// ---- answers

// An "error" answer as an error of ours.
static int read_fault(const json_t *root, struct error *error)
{
    char code[MESSAGE_STATE_SIZE], text[MESSAGE_TEXT_SIZE];
    if (read_text(root, "code", code, sizeof code, error) != 0)
        code[0] = 0;
    if (read_text(root, "text", text, sizeof text, error) != 0)
        text_copy(text, sizeof text, "no reason given");
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    int kind = strcmp(code, "version") == 0    ? ERROR_VERSION
               : strcmp(code, "limit") == 0    ? ERROR_FULL
               : strcmp(code, "internal") == 0 ? ERROR_UNAVAILABLE
                                               : ERROR_REFUSED;
    return error_set(error, kind, "the agenda answers: %s", text);
}

static int parse_answer(const char *line, size_t size, const char *wanted, json_t **root, struct error *error)
{
    int code = parse(line, size, root, error);
    if (code != 0)
        return code;
    const char *name = json_string_value(json_object_get(*root, "answer"));
    if (name && strcmp(name, wanted) == 0)
        return 0;
    if (name && strcmp(name, "error") == 0)
        return read_fault(*root, error);
    return malformed(error, "answer");
}

static int read_guide(const json_t *object, struct message_guide *guide, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_text(object, "id", guide->id, sizeof guide->id, error);
    if (code == 0 && !slot_guide_valid(guide->id))
        code = malformed(error, "id");
    if (code == 0)
        code = read_text(object, "name", guide->name, sizeof guide->name, error);
    if (code == 0)
        code = read_array(object, "languages", MESSAGE_LANGUAGES_MAX, true, &array, &count, error);
    for (unsigned i = 0; code == 0 && i < count; i++) {
        const char *language = json_string_value(json_array_get(array, i));
        if (!language ||
            text_copy(guide->languages[guide->language_count++], BOOKING_WORD_SIZE, language) != 0)
            code = malformed(error, "languages");
    }
    return code;
}

static int read_guides(const json_t *root, struct hello_answer *answer, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "guides", MESSAGE_GUIDES_MAX, false, &array, &count, error);
    answer->guides = memory_new(count + 1, sizeof *answer->guides);
    for (unsigned i = 0; i < count && code == 0; i++) {
        code = read_guide(json_array_get(array, i), &answer->guides[i], error);
        answer->guide_count += code == 0;
    }
    return code;
}

static int read_hello_answer(const json_t *root, struct hello_answer *answer, struct error *error)
{
    unsigned protocol = 0;
    char text[SEAL_KEY_TEXT_SIZE];
    int code = read_number(root, "protocol", 1000000, &protocol, error);
    answer->protocol = (int)protocol;
    if (code == 0 && protocol != MESSAGE_PROTOCOL)
        return error_set(error, ERROR_VERSION, "the agenda speaks protocol %u, the kiosk protocol %d",
                         protocol, MESSAGE_PROTOCOL);
    if (code == 0)
        code = read_id(root, "agenda", answer->agenda, error);
    if (code == 0)
        code = read_text(root, "public_key", text, sizeof text, error);
    if (code == 0 && seal_public_parse(text, &answer->public_key, NULL) != 0)
        code = malformed(error, "public_key");
    if (code == 0 && json_object_get(root, "now"))
        code = read_text(root, "now", text, sizeof text, error) != 0 || instant_parse(text, &answer->now) != 0
                   ? malformed(error, "now")
                   : 0;
    if (code == 0)
        code = read_guides(root, answer, error);
    return code;
}

int message_read_hello_answer(const char *line, size_t size, struct hello_answer *answer, struct error *error)
{
    json_t *root;
    *answer = (struct hello_answer){0};
    int code = parse_answer(line, size, "hello", &root, error);
    if (code == 0)
        code = read_hello_answer(root, answer, error);
    if (code != 0)
        hello_answer_release(answer);
    json_decref(root);
    return code;
}

void hello_answer_release(struct hello_answer *answer)
{
    free(answer->guides);
    *answer = (struct hello_answer){0};
}

static int read_acknowledgement(const json_t *object, struct message_acknowledgement *one,
                                struct error *error)
{
    static const char *const names[] = {"stored", "known", "kept", "refused"};
    char result[MESSAGE_STATE_SIZE];
    int code = read_id(object, "id", one->id, error);
    if (code == 0)
        code = read_text(object, "result", result, sizeof result, error);
    if (code != 0)
        return code;
    unsigned i = 0;
    while (i < 4 && strcmp(result, names[i]) != 0)
        i++;
    if (i == 4)
        return malformed(error, "result");
    one->result = (enum message_result)i;
    if (json_object_get(object, "reason"))
        code = read_text(object, "reason", one->reason, sizeof one->reason, error);
    return code;
}

static int read_acknowledged(const json_t *root, struct sync_answer *answer, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "acknowledged", MESSAGE_BOOKINGS_MAX, false, &array, &count, error);
    answer->acknowledged = memory_new(count + 1, sizeof *answer->acknowledged);
    for (unsigned i = 0; i < count && code == 0; i++) {
        code = read_acknowledgement(json_array_get(array, i), &answer->acknowledged[i], error);
        answer->acknowledged_count += code == 0;
    }
    return code;
}

static int read_leases(const json_t *root, unsigned limit, struct lease *leases, unsigned *count,
                       struct error *error)
{
    const json_t *array;
    int code = read_array(root, "leases", limit, false, &array, count, error);
    for (unsigned i = 0; i < *count && code == 0; i++) {
        const json_t *object = json_array_get(array, i);
        code = read_slot(object, &leases[i].slot, error);
        if (code == 0)
            code = read_code(object, leases[i].code, error);
    }
    if (code != 0)
        *count = 0;
    return code;
}

static int read_free(const json_t *root, struct sync_answer *answer, struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, "free", MESSAGE_FREE_MAX, false, &array, &count, error);
    answer->free_slots = memory_new(count + 1, sizeof *answer->free_slots);
    for (unsigned i = 0; i < count && code == 0; i++) {
        code = read_slot(json_array_get(array, i), &answer->free_slots[i], error);
        answer->free_count += code == 0;
    }
    return code;
}

static int read_names(const json_t *root, const char *key, unsigned limit, size_t size, char *names,
                      unsigned *names_count, bool (*valid)(const char *name), struct error *error)
{
    const json_t *array;
    unsigned count;
    int code = read_array(root, key, limit, true, &array, &count, error);
    for (unsigned i = 0; i < count && code == 0; i++) {
        const char *name = json_string_value(json_array_get(array, i));
        if (!name || !valid(name) || text_copy(names + i * size, size, name) != 0)
            code = malformed(error, key);
        *names_count += code == 0;
    }
    return code;
}

static int read_lists(const json_t *root, struct sync_answer *answer, struct error *error)
{
    answer->leases = memory_new(MESSAGE_LEASES_MAX, sizeof *answer->leases);
    answer->codes = memory_new(MESSAGE_CODES_MAX, sizeof *answer->codes);
    int code = read_leases(root, MESSAGE_LEASES_MAX, answer->leases, &answer->lease_count, error);
    if (code == 0)
        code = read_free(root, answer, error);
    if (code == 0)
        code = read_names(root, "codes", MESSAGE_CODES_MAX, CODE_SIZE, answer->codes[0], &answer->code_count,
                          code_valid, error);
    return code;
}

static int read_sync_answer(const json_t *root, struct sync_answer *answer, struct error *error)
{
    int code = read_acknowledged(root, answer, error);
    answer->missing = memory_new(MESSAGE_RECEIPTS_MAX, sizeof *answer->missing);
    answer->brief = json_object_get(root, "leases") == NULL && json_object_get(root, "free") == NULL;
    if (code == 0 && !answer->brief)
        code = read_lists(root, answer, error);
    if (code == 0)
        code = read_names(root, "receipts_missing", MESSAGE_RECEIPTS_MAX, BOOKING_ID_SIZE, answer->missing[0],
                          &answer->missing_count, booking_id_valid, error);
    answer->full = json_is_true(json_object_get(root, "full"));
    return code;
}

int message_read_sync_answer(const char *line, size_t size, struct sync_answer *answer, struct error *error)
{
    json_t *root;
    *answer = (struct sync_answer){0};
    int code = parse_answer(line, size, "sync", &root, error);
    if (code == 0)
        code = read_sync_answer(root, answer, error);
    if (code != 0)
        sync_answer_release(answer);
    json_decref(root);
    return code;
}

void sync_answer_release(struct sync_answer *answer)
{
    free(answer->acknowledged);
    free(answer->leases);
    free(answer->free_slots);
    free(answer->codes);
    free(answer->missing);
    *answer = (struct sync_answer){0};
}

static bool says_taken(const char *line, size_t size)
{
    json_t *root;
    bool taken = parse_answer(line, size, "taken", &root, NULL) == 0;
    json_decref(root);
    return taken;
}

int message_read_lease_answer(const char *line, size_t size, struct lease_answer *answer, struct error *error)
{
    json_t *root;
    *answer = (struct lease_answer){.taken = says_taken(line, size)};
    if (answer->taken)
        return 0;
    int code = parse_answer(line, size, "lease", &root, error);
    if (code == 0)
        code = read_leases(root, MESSAGE_RUN_MAX, answer->leases, &answer->count, error);
    json_decref(root);
    return code;
}

int message_read_check_answer(const char *line, size_t size, struct check_answer *answer, struct error *error)
{
    json_t *root;
    *answer = (struct check_answer){0};
    int code = parse_answer(line, size, "check", &root, error);
    if (code == 0 && !json_is_boolean(json_object_get(root, "exists")))
        code = malformed(error, "exists");
    bool exists = code == 0 && json_is_true(json_object_get(root, "exists"));
    if (exists && json_object_get(root, "guide"))
        code = read_place(root, &answer->slot, error);
    if (exists && code == 0)
        code = read_text(root, "state", answer->state, sizeof answer->state, error);
    answer->exists = exists;
    if (code != 0)
        *answer = (struct check_answer){0};
    json_decref(root);
    return code;
}
