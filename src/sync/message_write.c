#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "sync/message.h"

#include "base/banned.h"

// jansson gives NULL for text that is not UTF-8 and for a full memory; its setters pass a NULL value on as a
// failure, so `bad` collects them and one check at the end is enough.
struct writer {
    json_t *root;
    bool bad;
};

static void add(struct writer *writer, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        writer->bad = true;
}

static void append(struct writer *writer, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        writer->bad = true;
}

static json_t *add_array(struct writer *writer, const char *key)
{
    json_t *array = json_array();
    add(writer, writer->root, key, array);
    return array;
}

static json_t *append_object(struct writer *writer, json_t *array)
{
    json_t *object = json_object();
    append(writer, array, object);
    return object;
}

static struct writer begin(const char *kind, const char *name)
{
    struct writer writer = {json_object(), false};
    if (kind)
        add(&writer, writer.root, kind, json_string(name));
    return writer;
}

static int finish(struct writer *writer, struct text_buffer *out, struct error *error)
{
    text_buffer_clear(out);
    char *text = writer->bad ? NULL : json_dumps(writer->root, JSON_COMPACT);
    json_decref(writer->root);
    if (!text)
        return error_set(error, ERROR_INVALID, "a message holds text that is not UTF-8");
    size_t size = strlen(text);
    if (size + 1 > MESSAGE_LINE_MAX) {
        free(text);
        return error_set(error, ERROR_FULL, "a message of %zu bytes is longer than %d", size + 1,
                         MESSAGE_LINE_MAX);
    }
    text_buffer_add_bytes(out, text, size);
    text_buffer_add(out, "\n");
    free(text);
    return 0;
}

static void add_start(struct writer *writer, json_t *object, struct moment start)
{
    char text[MOMENT_TEXT_SIZE];
    moment_format(start, text);
    add(writer, object, "start", json_string(text));
}

static void add_place(struct writer *writer, json_t *object, const struct slot *slot)
{
    add(writer, object, "guide", json_string(slot->guide));
    add_start(writer, object, slot->start);
}

static void append_slot(struct writer *writer, json_t *array, const struct slot *slot, bool minutes)
{
    json_t *object = append_object(writer, array);
    add_place(writer, object, slot);
    if (minutes)
        add(writer, object, "minutes", json_integer(slot->minutes));
}

static void append_lease(struct writer *writer, json_t *array, const struct lease *lease, bool minutes)
{
    json_t *object = append_object(writer, array);
    add_place(writer, object, &lease->slot);
    if (minutes)
        add(writer, object, "minutes", json_integer(lease->slot.minutes));
    add(writer, object, "code", json_string(lease->code));
}

int message_write_hello(struct text_buffer *out, const struct hello_request *request, struct error *error)
{
    struct writer writer = begin("request", "hello");
    add(&writer, writer.root, "protocol", json_integer(request->protocol));
    add(&writer, writer.root, "kiosk", json_string(request->kiosk));
    add(&writer, writer.root, "version", json_string(request->version));
    if (request->store[0])
        add(&writer, writer.root, "store", json_string(request->store));
    if (request->replaces[0])
        add(&writer, writer.root, "replaces", json_string(request->replaces));
    return finish(&writer, out, error);
}

static void add_receipts(struct writer *writer, const struct sync_request *request)
{
    json_t *array = add_array(writer, "receipts");
    for (unsigned i = 0; i < request->receipt_count; i++) {
        const struct message_receipt *receipt = &request->receipts[i];
        json_t *object = append_object(writer, array);
        add(writer, object, "id", json_string(receipt->id));
        add(writer, object, "code", json_string(receipt->code));
        if (receipt->slots > 0)
            add_place(writer, object, &receipt->slot);
        add(writer, object, "slots", json_integer(receipt->slots));
    }
}

static void add_bookings(struct writer *writer, const struct sync_request *request)
{
    json_t *array = add_array(writer, "bookings");
    for (unsigned i = 0; i < request->booking_count; i++) {
        json_t *object = append_object(writer, array);
        add(writer, object, "id", json_string(request->bookings[i].id));
        add(writer, object, "sealed", json_string(request->bookings[i].text));
    }
}

static void add_want(struct writer *writer, const struct sync_request *request)
{
    json_t *want = json_object();
    add(writer, writer->root, "want", want);
    add(writer, want, "leases", json_integer(request->want_leases));
    add(writer, want, "codes", json_integer(request->want_codes));
    add(writer, want, "days", json_integer(request->want_days));
}

int message_write_sync(struct text_buffer *out, const struct sync_request *request, struct error *error)
{
    struct writer writer = begin("request", "sync");
    add_receipts(&writer, request);
    json_t *array = add_array(&writer, "holds");
    for (unsigned i = 0; i < request->hold_count; i++)
        append_slot(&writer, array, &request->holds[i], false);
    array = add_array(&writer, "returned");
    for (unsigned i = 0; i < request->returned_count; i++)
        append_lease(&writer, array, &request->returned[i], false);
    add_bookings(&writer, request);
    if (!request->brief)
        add_want(&writer, request);
    json_t *status = json_object();
    add(&writer, writer.root, "status", status);
    for (unsigned i = 0; i < request->status_count; i++)
        add(&writer, status, request->status[i].key, json_string(request->status[i].value));
    return finish(&writer, out, error);
}

int message_write_lease(struct text_buffer *out, const struct lease_request *request, struct error *error)
{
    struct writer writer = begin("request", "lease");
    json_t *array = add_array(&writer, "slots");
    for (unsigned i = 0; i < request->count; i++)
        append_slot(&writer, array, &request->slots[i], false);
    return finish(&writer, out, error);
}

int message_write_check(struct text_buffer *out, const struct check_request *request, struct error *error)
{
    struct writer writer = begin("request", "check");
    add(&writer, writer.root, "code", json_string(request->code));
    return finish(&writer, out, error);
}

int message_write_hello_answer(struct text_buffer *out, const struct hello_answer *answer,
                               struct error *error)
{
    struct writer writer = begin("answer", "hello");
    add(&writer, writer.root, "protocol", json_integer(answer->protocol));
    add(&writer, writer.root, "agenda", json_string(answer->agenda));
    char key[SEAL_KEY_TEXT_SIZE];
    seal_public_text(&answer->public_key, key);
    add(&writer, writer.root, "public_key", json_string(key));
    if (answer->now != 0) {
        char now[INSTANT_TEXT_SIZE];
        instant_format(answer->now, now);
        add(&writer, writer.root, "now", json_string(now));
    }
    json_t *array = add_array(&writer, "guides");
    for (unsigned i = 0; i < answer->guide_count; i++) {
        const struct message_guide *guide = &answer->guides[i];
        json_t *object = append_object(&writer, array);
        add(&writer, object, "id", json_string(guide->id));
        add(&writer, object, "name", json_string(guide->name));
        json_t *languages = json_array();
        add(&writer, object, "languages", languages);
        for (unsigned j = 0; j < guide->language_count; j++)
            append(&writer, languages, json_string(guide->languages[j]));
    }
    return finish(&writer, out, error);
}

static const char *const result_names[] = {"stored", "known", "kept", "refused"};

static void add_acknowledged(struct writer *writer, const struct sync_answer *answer)
{
    json_t *array = add_array(writer, "acknowledged");
    for (unsigned i = 0; i < answer->acknowledged_count; i++) {
        const struct message_acknowledgement *one = &answer->acknowledged[i];
        json_t *object = append_object(writer, array);
        add(writer, object, "id", json_string(one->id));
        add(writer, object, "result", json_string(result_names[one->result]));
        if (one->reason[0])
            add(writer, object, "reason", json_string(one->reason));
    }
}

static void add_lists(struct writer *writer, const struct sync_answer *answer)
{
    json_t *array = add_array(writer, "leases");
    for (unsigned i = 0; i < answer->lease_count; i++)
        append_lease(writer, array, &answer->leases[i], true);
    array = add_array(writer, "free");
    for (unsigned i = 0; i < answer->free_count; i++)
        append_slot(writer, array, &answer->free_slots[i], true);
    array = add_array(writer, "codes");
    for (unsigned i = 0; i < answer->code_count; i++)
        append(writer, array, json_string(answer->codes[i]));
}

int message_write_sync_answer(struct text_buffer *out, const struct sync_answer *answer, struct error *error)
{
    struct writer writer = begin("answer", "sync");
    add_acknowledged(&writer, answer);
    if (!answer->brief)
        add_lists(&writer, answer);
    json_t *array = add_array(&writer, "receipts_missing");
    for (unsigned i = 0; i < answer->missing_count; i++)
        append(&writer, array, json_string(answer->missing[i]));
    if (answer->full)
        add(&writer, writer.root, "full", json_true());
    return finish(&writer, out, error);
}

int message_write_lease_answer(struct text_buffer *out, const struct lease_answer *answer,
                               struct error *error)
{
    struct writer writer = begin("answer", answer->taken ? "taken" : "lease");
    if (!answer->taken) {
        json_t *array = add_array(&writer, "leases");
        for (unsigned i = 0; i < answer->count; i++)
            append_lease(&writer, array, &answer->leases[i], true);
    }
    return finish(&writer, out, error);
}

int message_write_check_answer(struct text_buffer *out, const struct check_answer *answer,
                               struct error *error)
{
    struct writer writer = begin("answer", "check");
    add(&writer, writer.root, "exists", json_boolean(answer->exists));
    if (answer->exists && answer->slot.guide[0])
        add_place(&writer, writer.root, &answer->slot);
    if (answer->exists)
        add(&writer, writer.root, "state", json_string(answer->state));
    return finish(&writer, out, error);
}

int message_write_error(struct text_buffer *out, enum message_fault fault, const char *text,
                        struct error *error)
{
    static const char *const names[] = {"version", "request", "limit", "internal"};
    struct writer writer = begin("answer", "error");
    add(&writer, writer.root, "code", json_string(names[fault]));
    add(&writer, writer.root, "text", json_string(text));
    return finish(&writer, out, error);
}
