// The kiosk's end of the exchange: starts the agenda's command, asks, and waits for the answer with a limit.
// The connection is kept and used again; after a time-out or any fault the command is ended, so that a late
// answer can never be taken for the answer to another request. One thread, except client_interrupt.
#ifndef WEGWIJS_SYNC_CLIENT_H
#define WEGWIJS_SYNC_CLIENT_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/message.h"

struct client;

struct client_options {  // copied
    const char *command; // "wegwijs-agenda serve --kiosk lobby-1", "ssh wegwijs@toeleider-pc"
    const char *kiosk;
    const char *version;
    int connect_ms; // limit for the answer to hello, the start of the command included
    int answer_ms;  // limit for any other answer
};

// Ignores SIGPIPE in the whole process: a command that died is an error of ours, not a signal.
struct client *client_new(const struct client_options *options);
void client_free(struct client *client); // ends the command

// Which store speaks, and which one it follows ("" for none), from the next hello on.
void client_identify(struct client *client, const char *store, const char *replaces);

// Starts the command anew, and says hello. The caller releases the answer. Failures:
// ERROR_UNAVAILABLE (cannot start, ended, off), ERROR_TIMEOUT, ERROR_VERSION, ERROR_INVALID (what it answers
// is not ours), ERROR_REFUSED. After each of them the connection is gone.
int client_hello(struct client *client, struct hello_answer *answer, struct error *error);
bool client_connected(const struct client *client); // a hello was answered, and nothing went wrong since

// These need a connection; failures as above. ERROR_FULL ("limit") leaves the connection as it is.
int client_sync(struct client *client, const struct sync_request *request, struct sync_answer *answer,
                struct error *error);
int client_lease(struct client *client, const struct lease_request *request, struct lease_answer *answer,
                 struct error *error);
int client_check(struct client *client, const struct check_request *request, struct check_answer *answer,
                 struct error *error);

// Ends the command, and forgets an interruption; the next client_hello starts it anew.
void client_hang_up(struct client *client);

// From any thread: ends the wait that runs now, or else the next one, with ERROR_UNAVAILABLE.
void client_interrupt(struct client *client);

#endif
