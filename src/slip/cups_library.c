#include "slip/cups_library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

#define LIBRARY "libcups.so.2"

static struct cups_library loaded; // printer's worker only
static bool ready;

static bool find(void *library, const char *name, void *place)
{
    void *symbol = dlsym(library, name);
    memcpy(place, &symbol, sizeof symbol); // a function's address out of an object's: POSIX's own way
    return symbol != NULL;
}

const struct cups_library *cups_library(struct error *error)
{
    void *library;
    bool all = true;
    if (ready) {
        return &loaded;
    }
    library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        error_set(error, ERROR_UNAVAILABLE, "%s is missing: install the package libcups2", LIBRARY);
        return NULL;
    }
#define CUPS_FIND(name) all = find(library, #name, &loaded.name##_) && all;
    CUPS_FUNCTIONS(CUPS_FIND)
#undef CUPS_FIND
    if (!all) {
        dlclose(library);
        error_set(error, ERROR_UNAVAILABLE, "%s is too old", LIBRARY);
        return NULL;
    }
    ready = true;
    return &loaded;
}
