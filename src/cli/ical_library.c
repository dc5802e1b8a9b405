#include "cli/ical_library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

#define LIBRARY "libical.so.3"

static bool find(void *library, const char *name, void *place)
{
    void *symbol = dlsym(library, name);
    memcpy(place, &symbol, sizeof symbol); // a function's address out of an object's: POSIX's own way
    return symbol != NULL;
}

const struct ical_library *ical_library(struct error *error)
{
    static struct ical_library loaded;
    static bool ready;
    if (ready)
        return &loaded;
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        error_set(error, ERROR_UNAVAILABLE, "%s is missing: install the package libical3", LIBRARY);
        return NULL;
    }
    bool all = true;
#define ICAL_FIND(name) all = find(library, #name, &loaded.name##_) && all;
    ICAL_FUNCTIONS(ICAL_FIND)
#undef ICAL_FIND
    if (!all) {
        dlclose(library);
        error_set(error, ERROR_UNAVAILABLE, "%s is too old", LIBRARY);
        return NULL;
    }
    ready = true;
    return &loaded;
}
