#include "sync/server.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#include "base/banned.h"

#define CHUNK_BYTES 65536

struct server {
    const struct server_options *options;
    const struct server_ops *ops;
    void *context;
    struct text_buffer line; // what has come of the present line
    bool skipping;           // the present line is longer than allowed: wait for its end
    bool greeted;            // a hello of our protocol has come
    char version[MESSAGE_VERSION_SIZE];
    struct text_buffer out;
    int64_t heard_ms; // when the last whole line came
};

// ---- answers

static int send_all(struct server *server, struct error *error)
{
    size_t done = 0;
    while (done < server->out.length) {
        ssize_t n = write(server->options->out_fd, server->out.text + done, server->out.length - done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            struct pollfd ready = {server->options->out_fd, POLLOUT, 0};
            int limit = server->options->idle_ms > 0 ? server->options->idle_ms : -1;
            if (poll(&ready, 1, limit) == 0)
                return error_set(error, ERROR_TIMEOUT, "the kiosk does not read its answer");
        } else if (n < 0 && errno == EPIPE) {
            return error_set(error, ERROR_UNAVAILABLE, "the kiosk went away before its answer");
        } else if (n == 0 || errno != EINTR) {
            return error_set(error, ERROR_IO, "cannot write an answer: %s", strerror(errno));
        }
    }
    return 0;
}

static int send_fault(struct server *server, enum message_fault fault, const char *text, struct error *error)
{
    char cut[MESSAGE_TEXT_SIZE];
    text_copy(cut, sizeof cut, text);
    int code = message_write_error(&server->out, fault, cut, error);
    return code != 0 ? code : send_all(server, error);
}

// What an operation's failure becomes on the wire.
static int send_trouble(struct server *server, const struct error *trouble, struct error *error)
{
    log_warning("kiosk \"%s\": %s", server->options->kiosk, trouble->text);
    enum message_fault fault = trouble->code == ERROR_FULL      ? MESSAGE_FAULT_LIMIT
                               : trouble->code == ERROR_REFUSED ? MESSAGE_FAULT_REQUEST
                                                                : MESSAGE_FAULT_INTERNAL;
    return send_fault(server, fault, trouble->text, error);
}

static int answer_hello(struct server *server, const struct hello_request *hello, struct error *error)
{
    struct hello_answer answer = {0};
    struct error trouble = ERROR_NONE;
    if (strcmp(hello->kiosk, server->options->kiosk) != 0) {
        char text[MESSAGE_TEXT_SIZE];
        text_print(text, sizeof text, "this door is for kiosk \"%s\", not for \"%s\"", server->options->kiosk,
                   hello->kiosk);
        return send_fault(server, MESSAGE_FAULT_REQUEST, text, error);
    }
    int code = server->ops->admit(server->context, hello, &trouble);
    if (code == 0)
        code = server->ops->describe(server->context, &answer, &trouble);
    if (code == 0) {
        answer.protocol = MESSAGE_PROTOCOL;
        answer.now = clock_instant();
        code = message_write_hello_answer(&server->out, &answer, &trouble);
    }
    hello_answer_release(&answer);
    if (code != 0)
        return send_trouble(server, &trouble, error);
    text_copy(server->version, sizeof server->version, hello->version);
    server->greeted = true;
    return send_all(server, error);
}

static int pass_contact(struct server *server, const struct sync_request *sync, struct error *trouble)
{
    json_t *object = json_object();
    for (unsigned i = 0; i < sync->status_count; i++)
        json_object_set_new(object, sync->status[i].key, json_string(sync->status[i].value));
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    int code = server->ops->contact(server->context, server->version, text ? text : "{}", trouble);
    free(text);
    return code;
}

static int pass_receipts(struct server *server, const struct sync_request *sync, struct sync_answer *answer,
                         struct error *trouble)
{
    answer->missing = memory_new(sync->receipt_count, sizeof *answer->missing);
    for (unsigned i = 0; i < sync->receipt_count; i++) {
        bool missing = false;
        int code = server->ops->receipt(server->context, &sync->receipts[i], &missing, trouble);
        if (code != 0)
            return code;
        if (missing)
            text_copy(answer->missing[answer->missing_count++], BOOKING_ID_SIZE, sync->receipts[i].id);
    }
    return 0;
}

// A slot promised to a visitor that the agenda no longer knows as this kiosk's lease (it was restored from a
// backup) is leased again while it is free. One that somebody else has by now stays theirs.
static int pass_holds(struct server *server, const struct sync_request *sync, struct error *trouble)
{
    for (unsigned i = 0; i < sync->hold_count; i++) {
        struct lease lease;
        int code = server->ops->hold(server->context, &sync->holds[i], &lease, trouble);
        if (code != 0 && code != ERROR_TAKEN)
            return code;
    }
    return 0;
}

static int pass_bookings(struct server *server, const struct sync_request *sync, struct sync_answer *answer,
                         struct error *trouble)
{
    answer->acknowledged = memory_new(sync->booking_count, sizeof *answer->acknowledged);
    for (unsigned i = 0; i < sync->booking_count; i++) {
        struct message_acknowledgement *one = &answer->acknowledged[i];
        int code = server->ops->accept(server->context, sync->bookings[i].id, sync->bookings[i].text,
                                       &one->result, one->reason, trouble);
        if (code != 0)
            return code;
        text_copy(one->id, sizeof one->id, sync->bookings[i].id);
        answer->acknowledged_count++;
    }
    return 0;
}

static int count_or_code(int result, unsigned *count)
{
    *count = result > 0 ? (unsigned)result : 0;
    return result < 0 ? result : 0;
}

static int collect_lists(struct server *server, const struct sync_request *sync, struct sync_answer *answer,
                         struct error *trouble)
{
    answer->leases = memory_new(MESSAGE_LEASES_MAX, sizeof *answer->leases);
    answer->free_slots = memory_new(MESSAGE_FREE_MAX, sizeof *answer->free_slots);
    answer->codes = memory_new(MESSAGE_CODES_MAX, sizeof *answer->codes);
    int code = server->ops->top_up(server->context, sync->want_leases, sync->want_days, trouble);
    if (code == 0)
        code =
            count_or_code(server->ops->leases(server->context, answer->leases, MESSAGE_LEASES_MAX, trouble),
                          &answer->lease_count);
    if (code == 0)
        code = count_or_code(server->ops->free_slots(server->context, sync->want_days, answer->free_slots,
                                                     MESSAGE_FREE_MAX, trouble),
                             &answer->free_count);
    if (code == 0)
        code = count_or_code(server->ops->spare_codes(server->context, sync->want_codes, answer->codes,
                                                      MESSAGE_CODES_MAX, trouble),
                             &answer->code_count);
    if (code == 0)
        code = server->ops->full(server->context, &answer->full, trouble);
    return code;
}

static int work_through(struct server *server, const struct sync_request *sync, struct sync_answer *answer,
                        struct error *trouble)
{
    int code = pass_contact(server, sync, trouble);
    if (code == 0)
        code = pass_receipts(server, sync, answer, trouble);
    if (code == 0)
        code = pass_holds(server, sync, trouble);
    if (code == 0 && sync->returned_count > 0)
        code = server->ops->give_back(server->context, sync->returned, sync->returned_count, trouble);
    if (code == 0)
        code = pass_bookings(server, sync, answer, trouble);
    answer->brief = sync->brief;
    return code == 0 && !sync->brief ? collect_lists(server, sync, answer, trouble) : code;
}

static int answer_sync(struct server *server, const struct sync_request *sync, struct error *error)
{
    struct sync_answer answer = {0};
    struct error trouble = ERROR_NONE;
    int code = server->ops->begin(server->context, sync, &trouble);
    if (code == 0)
        code = server->ops->end(server->context, work_through(server, sync, &answer, &trouble), &trouble);
    if (code == 0)
        code = message_write_sync_answer(&server->out, &answer, &trouble);
    sync_answer_release(&answer);
    return code != 0 ? send_trouble(server, &trouble, error) : send_all(server, error);
}

static int answer_lease(struct server *server, const struct lease_request *request, struct error *error)
{
    struct lease_answer answer = {.count = request->count};
    struct error trouble = ERROR_NONE;
    int code = server->ops->lease(server->context, request->slots, request->count, answer.leases, &trouble);
    answer.taken = code == ERROR_TAKEN;
    if (code == 0 || answer.taken)
        code = message_write_lease_answer(&server->out, &answer, &trouble);
    return code != 0 ? send_trouble(server, &trouble, error) : send_all(server, error);
}

static int answer_check(struct server *server, const struct check_request *request, struct error *error)
{
    struct check_answer answer = {0};
    struct error trouble = ERROR_NONE;
    int code = server->ops->check(server->context, request->code, &answer, &trouble);
    if (code == 0)
        code = message_write_check_answer(&server->out, &answer, &trouble);
    return code != 0 ? send_trouble(server, &trouble, error) : send_all(server, error);
}

static int answer_request(struct server *server, const struct request *request, struct error *error)
{
    if (request->kind != REQUEST_HELLO && !server->greeted)
        return send_fault(server, MESSAGE_FAULT_REQUEST, "a hello comes first", error);
    switch (request->kind) {
    case REQUEST_HELLO:
        return answer_hello(server, &request->hello, error);
    case REQUEST_SYNC:
        return answer_sync(server, &request->sync, error);
    case REQUEST_LEASE:
        return answer_lease(server, &request->lease, error);
    case REQUEST_CHECK:
        return answer_check(server, &request->check, error);
    }
    return 0;
}

static int answer_line(struct server *server, struct error *error)
{
    struct request request;
    struct error fault = ERROR_NONE;
    int code = message_read_request(server->line.text ? server->line.text : "", server->line.length, &request,
                                    &fault);
    if (code == ERROR_VERSION)
        return send_fault(server, MESSAGE_FAULT_VERSION, fault.text, error);
    if (code != 0)
        return send_fault(server, MESSAGE_FAULT_REQUEST, fault.text, error);
    code = answer_request(server, &request, error);
    request_release(&request);
    return code;
}

// ---- lines

static int end_line(struct server *server, struct error *error)
{
    int code;
    if (server->skipping)
        code = send_fault(server, MESSAGE_FAULT_LIMIT, "a line is longer than 1 MiB", error);
    else
        code = answer_line(server, error);
    server->skipping = false;
    text_buffer_clear(&server->line);
    server->heard_ms = clock_steady_ms();
    return code;
}

// Adds bytes of the present line; past the limit they are only counted away, so that a line without end costs
// no memory.
static void add_bytes(struct server *server, const char *bytes, size_t size)
{
    if (server->skipping || server->line.length + size >= MESSAGE_LINE_MAX) {
        server->skipping = true;
        text_buffer_clear(&server->line);
        return;
    }
    text_buffer_add_bytes(&server->line, bytes, size);
}

static int take_bytes(struct server *server, const char *bytes, size_t size, struct error *error)
{
    const char *end;
    while (size > 0 && (end = memchr(bytes, '\n', size))) {
        size_t length = (size_t)(end - bytes);
        add_bytes(server, bytes, length);
        int code = end_line(server, error);
        if (code != 0)
            return code;
        bytes += length + 1;
        size -= length + 1;
    }
    if (size > 0)
        add_bytes(server, bytes, size);
    return 0;
}

// Waits until there is something to read. The limit counts from the last whole line, so that bytes which drip
// do not hold the server for ever.
static int wait_input(const struct server *server, struct error *error)
{
    int limit = -1;
    if (server->options->idle_ms > 0) {
        int64_t left = server->heard_ms + server->options->idle_ms - clock_steady_ms();
        limit = left < 0 ? 0 : (int)left;
    }
    struct pollfd ready = {server->options->in_fd, POLLIN, 0};
    if (poll(&ready, 1, limit) == 0)
        return error_set(error, ERROR_TIMEOUT, "no request for %d seconds", server->options->idle_ms / 1000);
    return 0;
}

int server_run(const struct server_options *options, const struct server_ops *ops, void *context,
               struct error *error)
{
    struct server server = {
        .options = options, .ops = ops, .context = context, .heard_ms = clock_steady_ms()};
    char *chunk = memory_new(1, CHUNK_BYTES);
    int code = 0;
    for (;;) {
        code = wait_input(&server, error);
        if (code != 0)
            break;
        ssize_t n = read(options->in_fd, chunk, CHUNK_BYTES);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            code = error_set(error, ERROR_IO, "cannot read a request: %s", strerror(errno));
        if (n > 0)
            code = take_bytes(&server, chunk, (size_t)n, error);
        if (code != 0)
            break;
    }
    free(chunk);
    text_buffer_release(&server.line);
    text_buffer_release(&server.out);
    return code;
}
