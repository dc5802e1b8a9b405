// links: src/sync/message_read.c src/sync/message_write.c src/booking/seal.c src/booking/phone.c src/base/file.c src/booking/booking.c src/booking/code.c src/booking/slot.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -ljansson -lsodium
#include "sync/message.h"

#include "fuzz.h"

#include "base/banned.h"

static int write_request(struct text_buffer *out, const struct request *request, struct error *error)
{
    switch (request->kind) {
    case REQUEST_HELLO:
        return message_write_hello(out, &request->hello, error);
    case REQUEST_SYNC:
        return message_write_sync(out, &request->sync, error);
    case REQUEST_LEASE:
        return message_write_lease(out, &request->lease, error);
    case REQUEST_CHECK:
        return message_write_check(out, &request->check, error);
    }
    return ERROR_INVALID;
}

// A request that was read can be written, and written twice it is the same line.
static void check_request(const char *line, size_t size)
{
    struct request request, again;
    struct text_buffer first = {0}, second = {0};
    struct error error = ERROR_NONE;
    if (message_read_request(line, size, &request, &error) == 0) {
        FUZZ_REQUIRE(write_request(&first, &request, &error) == 0);
        FUZZ_REQUIRE(message_read_request(first.text, first.length, &again, &error) == 0);
        FUZZ_REQUIRE(write_request(&second, &again, &error) == 0);
        FUZZ_REQUIRE(strcmp(first.text, second.text) == 0);
        FUZZ_REQUIRE(strchr(first.text, '\n') == first.text + first.length - 1);
        request_release(&again);
    } else {
        FUZZ_REQUIRE(error.code < 0 && *error.text != 0);
    }
    request_release(&request);
    text_buffer_release(&first);
    text_buffer_release(&second);
}

static void check_hello(const char *line, size_t size, struct text_buffer *out)
{
    struct hello_answer answer, again;
    struct error error = ERROR_NONE;
    if (message_read_hello_answer(line, size, &answer, &error) == 0) {
        FUZZ_REQUIRE(message_write_hello_answer(out, &answer, &error) == 0);
        FUZZ_REQUIRE(message_read_hello_answer(out->text, out->length, &again, &error) == 0);
        FUZZ_REQUIRE(again.guide_count == answer.guide_count && again.now == answer.now);
        hello_answer_release(&again);
    }
    hello_answer_release(&answer);
}

static void check_sync(const char *line, size_t size, struct text_buffer *out)
{
    struct sync_answer answer, again;
    struct error error = ERROR_NONE;
    if (message_read_sync_answer(line, size, &answer, &error) == 0) {
        FUZZ_REQUIRE(message_write_sync_answer(out, &answer, &error) == 0);
        FUZZ_REQUIRE(message_read_sync_answer(out->text, out->length, &again, &error) == 0);
        FUZZ_REQUIRE(again.lease_count == answer.lease_count && again.free_count == answer.free_count);
        sync_answer_release(&again);
    }
    sync_answer_release(&answer);
}

static void check_small(const char *line, size_t size, struct text_buffer *out)
{
    struct lease_answer lease, lease_again;
    struct check_answer check, check_again;
    struct error error = ERROR_NONE;
    if (message_read_lease_answer(line, size, &lease, &error) == 0) {
        FUZZ_REQUIRE(message_write_lease_answer(out, &lease, &error) == 0);
        FUZZ_REQUIRE(message_read_lease_answer(out->text, out->length, &lease_again, &error) == 0);
        FUZZ_REQUIRE(lease.taken == lease_again.taken && lease.count == lease_again.count);
    }
    if (message_read_check_answer(line, size, &check, &error) == 0) {
        FUZZ_REQUIRE(message_write_check_answer(out, &check, &error) == 0);
        FUZZ_REQUIRE(message_read_check_answer(out->text, out->length, &check_again, &error) == 0);
        FUZZ_REQUIRE(check.exists == check_again.exists && strcmp(check.state, check_again.state) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text_buffer out = {0};
    char *line = fuzz_text(bytes, size);
    check_request(line, size);
    check_hello(line, size, &out);
    check_sync(line, size, &out);
    check_small(line, size, &out);
    text_buffer_release(&out);
    free(line);
    return 0;
}
