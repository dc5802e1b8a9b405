// links: src/kiosk/settings.c src/base/config.c src/base/file.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lcyaml -lyaml
#include "kiosk/settings.h"

#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct settings *settings = NULL;
    struct error error = ERROR_NONE;
    char *text = fuzz_text(bytes, size);
    int result = settings_parse(&settings, "kiosk.yaml", text, size, &error);
    FUZZ_REQUIRE((result == 0) == (settings != NULL));
    FUZZ_REQUIRE(result == 0 || strncmp(error.text, "kiosk.yaml:", 11) == 0);
    if (result == 0)
        FUZZ_REQUIRE(settings->name != NULL && *settings->name != 0);
    settings_free(settings);
    free(text);
    return 0;
}
