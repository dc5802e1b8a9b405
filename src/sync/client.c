#include "sync/client.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"

#include "base/banned.h"

#define CHUNK_BYTES 65536
#define GRACE_MS 200 // what a command gets to end by itself once its input is closed

struct client {
    char *command;
    struct hello_request hello;
    int connect_ms, answer_ms;
    struct process process;
    bool connected;
    int wake; // eventfd of client_interrupt
    struct text_buffer out, in;
    char *chunk;
};

struct client *client_new(const struct client_options *options)
{
    struct client *client = memory_new(1, sizeof *client);
    client->command = memory_copy_text(options->command);
    client->hello.protocol = MESSAGE_PROTOCOL;
    text_copy(client->hello.kiosk, sizeof client->hello.kiosk, options->kiosk);
    text_copy(client->hello.version, sizeof client->hello.version, options->version);
    client->connect_ms = options->connect_ms;
    client->answer_ms = options->answer_ms;
    client->process = PROCESS_NONE;
    client->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    client->chunk = memory_new(1, CHUNK_BYTES);
    signal(SIGPIPE, SIG_IGN);
    return client;
}

void client_identify(struct client *client, const char *store, const char *replaces)
{
    text_copy(client->hello.store, sizeof client->hello.store, store);
    text_copy(client->hello.replaces, sizeof client->hello.replaces, replaces);
}

void client_free(struct client *client)
{
    if (!client)
        return;
    client_hang_up(client);
    close(client->wake);
    text_buffer_release(&client->out);
    text_buffer_release(&client->in);
    free(client->chunk);
    free(client->command);
    free(client);
}

static void end_command(struct client *client)
{
    if (client->process.pid != 0)
        process_stop(&client->process, GRACE_MS);
    client->process = PROCESS_NONE;
    client->connected = false;
    text_buffer_clear(&client->in);
}

static void drain_wake(struct client *client)
{
    uint64_t drained;
    ssize_t ignored = read(client->wake, &drained, sizeof drained);
    (void)ignored;
}

void client_hang_up(struct client *client)
{
    end_command(client);
    drain_wake(client);
}

bool client_connected(const struct client *client)
{
    return client->connected;
}

void client_interrupt(struct client *client)
{
    uint64_t one = 1;
    ssize_t ignored = write(client->wake, &one, sizeof one);
    (void)ignored;
}

static int start_command(struct client *client, struct error *error)
{
    char **argv;
    if (process_split(client->command, &argv, error) != 0)
        return ERROR_INVALID;
    struct error trouble = ERROR_NONE;
    int code = process_start(&client->process, argv, &trouble);
    free(argv);
    if (code != 0)
        return error_set(error, ERROR_UNAVAILABLE, "%s", trouble.text);
    return 0;
}

// Waits for `events` on the descriptor, for an interruption, or for the deadline.
static int wait_ready(struct client *client, int fd, short events, int64_t deadline_ms, struct error *error)
{
    for (;;) {
        struct pollfd ready[2] = {{fd, events, 0}, {client->wake, POLLIN, 0}};
        int64_t left = deadline_ms - clock_steady_ms();
        int count = poll(ready, 2, left > 0 ? (int)left : 0);
        if (count < 0 && errno != EINTR)
            return error_set(error, ERROR_UNAVAILABLE, "cannot wait for the agenda: %s", strerror(errno));
        if (count > 0 && ready[1].revents) {
            drain_wake(client);
            return error_set(error, ERROR_UNAVAILABLE, "the exchange was broken off");
        }
        if (count > 0)
            return 0;
        if (left <= 0)
            return error_set(error, ERROR_TIMEOUT, "the agenda does not answer in time");
    }
}

static int send_request(struct client *client, int64_t deadline_ms, struct error *error)
{
    size_t done = 0;
    while (done < client->out.length) {
        ssize_t n = write(client->process.input, client->out.text + done, client->out.length - done);
        if (n >= 0) {
            done += (size_t)n;
        } else if (errno == EAGAIN) {
            int code = wait_ready(client, client->process.input, POLLOUT, deadline_ms, error);
            if (code != 0)
                return code;
        } else if (errno != EINTR) {
            return error_set(error, ERROR_UNAVAILABLE, "the agenda's command has ended");
        }
    }
    return 0;
}

// Reads until one whole line stands in client->in. What follows the line is nobody's: we ask one thing at a
// time, so it means that the other end is not an agenda.
static int receive_line(struct client *client, int64_t deadline_ms, struct error *error)
{
    text_buffer_clear(&client->in);
    for (;;) {
        int code = wait_ready(client, client->process.output, POLLIN, deadline_ms, error);
        if (code != 0)
            return code;
        ssize_t n = read(client->process.output, client->chunk, CHUNK_BYTES);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (n <= 0)
            return error_set(error, ERROR_UNAVAILABLE, "the agenda's command has ended");
        if (client->in.length + (size_t)n > MESSAGE_LINE_MAX)
            return error_set(error, ERROR_INVALID, "an answer is longer than 1 MiB");
        text_buffer_add_bytes(&client->in, client->chunk, (size_t)n);
        if (client->chunk[n - 1] == '\n')
            break;
    }
    if (memchr(client->in.text, '\n', client->in.length - 1))
        return error_set(error, ERROR_INVALID, "more than one line came as an answer");
    return 0;
}

static int exchange(struct client *client, int limit_ms, struct error *error)
{
    int64_t deadline_ms = clock_steady_ms() + limit_ms;
    int code = send_request(client, deadline_ms, error);
    if (code == 0)
        code = receive_line(client, deadline_ms, error);
    return code;
}

// A request needs a connection, and after any failure there is none.
static int ask(struct client *client, int written, struct error *error)
{
    if (!client->connected)
        return error_set(error, ERROR_UNAVAILABLE, "no connection with the agenda");
    return written != 0 ? written : exchange(client, client->answer_ms, error);
}

static int settle(struct client *client, int code)
{
    if (code != 0 && code != ERROR_FULL) // a limit is an answer as good as any
        end_command(client);
    return code;
}

int client_hello(struct client *client, struct hello_answer *answer, struct error *error)
{
    *answer = (struct hello_answer){0};
    end_command(client);
    int code = start_command(client, error);
    if (code == 0)
        code = message_write_hello(&client->out, &client->hello, error);
    if (code == 0)
        code = exchange(client, client->connect_ms, error);
    if (code == 0)
        code = message_read_hello_answer(client->in.text, client->in.length, answer, error);
    client->connected = code == 0;
    return settle(client, code);
}

int client_sync(struct client *client, const struct sync_request *request, struct sync_answer *answer,
                struct error *error)
{
    *answer = (struct sync_answer){0};
    int code = ask(client, message_write_sync(&client->out, request, error), error);
    if (code == 0)
        code = message_read_sync_answer(client->in.text, client->in.length, answer, error);
    return settle(client, code);
}

int client_lease(struct client *client, const struct lease_request *request, struct lease_answer *answer,
                 struct error *error)
{
    *answer = (struct lease_answer){0};
    int code = ask(client, message_write_lease(&client->out, request, error), error);
    if (code == 0)
        code = message_read_lease_answer(client->in.text, client->in.length, answer, error);
    return settle(client, code);
}

int client_check(struct client *client, const struct check_request *request, struct check_answer *answer,
                 struct error *error)
{
    *answer = (struct check_answer){0};
    int code = ask(client, message_write_check(&client->out, request, error), error);
    if (code == 0)
        code = message_read_check_answer(client->in.text, client->in.length, answer, error);
    return settle(client, code);
}
