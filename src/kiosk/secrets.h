// Files that nobody but the kiosk's user may read, looked at once at start: the store with its log, and the
// private keys that the agenda's command gives to ssh.
#ifndef WEGWIJS_KIOSK_SECRETS_H
#define WEGWIJS_KIOSK_SECRETS_H

#include "base/error.h"

// Takes others' rights off our own files. ERROR_REFUSED for a key of ssh that others can read: one sentence
// that names it and what to do; ssh itself would not use it, and say so only where nobody reads it.
int secrets_check(const char *data_folder, const char *agenda_command, struct error *error);

#endif
