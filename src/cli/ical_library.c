#include "cli/ical_library.h"

#include <stdbool.h>

#include "base/library.h"

#include "base/banned.h"

const struct ical_library *ical_library(struct error *error)
{
    static struct ical_library loaded;
    static bool ready;
#define ICAL_FIND(name) {#name, &loaded.name##_},
    const struct library_function functions[] = {ICAL_FUNCTIONS(ICAL_FIND)};
#undef ICAL_FIND
    void *library = NULL; // kept for good
    if (!ready && library_open(&library, "libical.so.3", "libical3", functions,
                               sizeof functions / sizeof functions[0], error) == 0)
        ready = true;
    return ready ? &loaded : NULL;
}
