// links: src/base/catalog.c src/base/file.c src/base/utf8.c src/base/memory.c src/base/error.c
// libs: -lgettextpo
#include "base/catalog.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "fuzz.h"

#include "base/banned.h"

// libgettextpo itself loses a little memory on broken files.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libgettextpo\nleak:po_file_read";
}

static void use(const struct catalog *catalog)
{
    static const char *const fills[] = {"name", "{name}", "hour", "9.30", NULL};
    for (size_t i = 0; i < catalog_count(catalog); i++) {
        char out[32];
        const char *key = catalog_key(catalog, i), *text = catalog_get(catalog, key);
        FUZZ_REQUIRE(catalog_has(catalog, key) && *text != 0);
        FUZZ_REQUIRE(utf8_valid(text, strlen(text)));
        catalog_fill(out, sizeof(out), text, fills);
        FUZZ_REQUIRE(strlen(out) < sizeof(out) && utf8_valid(out, strlen(out)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct catalog *catalog = NULL;
    struct error error = ERROR_NONE;
    char path[64];
    int descriptor = memfd_create("nl.po", MFD_CLOEXEC);
    FUZZ_REQUIRE(descriptor >= 0 && write(descriptor, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
    int result = catalog_open(&catalog, path, &error);
    FUZZ_REQUIRE((result == 0) == (catalog != NULL));
    FUZZ_REQUIRE(result == 0 || (error.code == result && *error.text != 0));
    if (result == 0)
        use(catalog);
    catalog_free(catalog);
    close(descriptor);
    return 0;
}
