// A shared library that only one feature needs: opened when that feature is met first, so that a machine
// without it lacks the feature and nothing else, and a start pays nothing for it. Any thread.
#ifndef WEGWIJS_BASE_LIBRARY_H
#define WEGWIJS_BASE_LIBRARY_H

#include <stddef.h>

#include "base/error.h"

struct library_function {
    const char *name;
    void *place; // of the pointer to that function
};

// Opens `file` and finds all functions. The handle is the caller's (library_close, or kept for good).
// ERROR_UNAVAILABLE when the library is missing (names `package`, Debian's) or lacks a function: then
// *library is NULL and nothing is open.
int library_open(void **library, const char *file, const char *package,
                 const struct library_function *functions, size_t count, struct error *error);
void library_close(void *library); // NULL is nothing

#endif
