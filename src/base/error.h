// Errors: the policy of the whole house.
// A function that can fail returns int: 0, or a negative code of `enum error_code`.
// Its message is written once, where the fault is known: lower case, no full stop, the subject in
// double quotes, never personal data. A caller adds context only when it tells something new.
// Any thread; a struct error belongs to its caller.
#ifndef WEGWIJS_BASE_ERROR_H
#define WEGWIJS_BASE_ERROR_H

enum error_code {
    ERROR_INVALID = -1,     // bad input, bad configuration, wrong use
    ERROR_NOT_FOUND = -2,   // the named thing does not exist
    ERROR_IO = -3,          // reading or writing failed
    ERROR_FULL = -4,        // disk full, or a limit reached
    ERROR_TAKEN = -5,       // the slot has another owner
    ERROR_VERSION = -6,     // a file or a peer of another version
    ERROR_CORRUPT = -7,     // a damaged file
    ERROR_UNAVAILABLE = -8, // not now: off line, no printer, no voice
    ERROR_REFUSED = -9,     // a rule forbids it
    ERROR_TIMEOUT = -10,    // no answer in time
};

#define ERROR_TEXT_SIZE 512 // bytes, with the final zero

struct error {
    int code; // 0 or an enum error_code
    char text[ERROR_TEXT_SIZE];
};

#define ERROR_NONE ((struct error){0})

// Records a fault and returns `code`. `error` may be NULL. Overwrites what was there.
int error_set(struct error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Puts "context: " before the recorded message; returns the recorded code.
int error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
