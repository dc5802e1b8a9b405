#include "slip/cups_library.h"

#include <stdbool.h>

#include "base/library.h"

#include "base/banned.h"

const struct cups_library *cups_library(struct error *error)
{
    static struct cups_library loaded; // printer's worker only
    static bool ready;
#define CUPS_FIND(name) {#name, &loaded.name##_},
    const struct library_function functions[] = {CUPS_FUNCTIONS(CUPS_FIND)};
#undef CUPS_FIND
    void *library = NULL; // kept for good
    if (!ready && library_open(&library, "libcups.so.2", "libcups2", functions,
                               sizeof functions / sizeof functions[0], error) == 0)
        ready = true;
    return ready ? &loaded : NULL;
}
