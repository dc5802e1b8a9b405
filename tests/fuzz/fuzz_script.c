// links: src/ui/script.c src/base/memory.c src/base/error.c src/base/utf8.c
#include "ui/script.h"

#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct script_step step;
    struct error error = ERROR_NONE;
    char *text = fuzz_text(bytes, size);
    unsigned number = 1;
    for (char *line = text; line != NULL; number++) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end++ = 0;
        int result = script_parse(&step, "script", number, line, &error);
        FUZZ_REQUIRE(result == 0 || (result == ERROR_INVALID && strncmp(error.text, "script:", 7) == 0));
        FUZZ_REQUIRE(strlen(step.argument) < SCRIPT_LINE_MAX && strlen(step.text) < SCRIPT_LINE_MAX);
        if (result == 0)
            FUZZ_REQUIRE(step.ms >= 0);
        line = end;
    }
    free(text);
    return 0;
}
