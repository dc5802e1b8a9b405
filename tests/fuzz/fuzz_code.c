// links: src/booking/code.c src/base/error.c
// libs: -lsodium
#include "booking/code.h"

#include "base/error.h"
#include "fuzz.h"

#include "base/banned.h"

// What a scanner reads or a person types.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char code[CODE_SIZE] = "x", again[CODE_SIZE], grouped[CODE_GROUPED_SIZE];
    char *text = fuzz_text(bytes, size);
    int result = code_read(text, code);
    FUZZ_REQUIRE(result == 0 || (result == ERROR_INVALID && *code == 0));
    FUZZ_REQUIRE(code_valid(code) == (result == 0));
    if (result == 0) {
        code_group(code, grouped);
        FUZZ_REQUIRE(code_read(grouped, again) == 0 && strcmp(code, again) == 0);
    }
    code_valid(text);
    code_group(text, grouped);
    FUZZ_REQUIRE(strlen(grouped) < sizeof(grouped));
    free(text);
    return 0;
}
