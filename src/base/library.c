#include "base/library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

static bool find(void *library, const struct library_function *function)
{
    void *symbol = dlsym(library, function->name);
    memcpy(function->place, &symbol, sizeof symbol); // a function's address out of an object's: POSIX's way
    return symbol != NULL;
}

int library_open(void **library, const char *file, const char *package,
                 const struct library_function *functions, size_t count, struct error *error)
{
    *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (*library == NULL)
        return error_set(error, ERROR_UNAVAILABLE, "%s is missing: install the package %s", file, package);
    for (size_t i = 0; i < count; i++)
        if (!find(*library, &functions[i])) {
            library_close(*library);
            *library = NULL;
            return error_set(error, ERROR_UNAVAILABLE, "%s is too old", file);
        }
    return 0;
}

void library_close(void *library)
{
    if (library != NULL)
        (void)dlclose(library);
}
