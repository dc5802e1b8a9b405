// links: src/base/process.c src/base/day.c src/base/utf8.c src/base/memory.c src/base/error.c
#include "base/day.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/utf8.h"
#include "fuzz.h"

#include "base/banned.h"

// Walking with utf8_next finds a broken byte exactly where utf8_valid says no; what was walked, encoded
// again, is the same text.
static void check_utf8(const char *text)
{
    struct text_buffer again = {0};
    uint32_t character = 0;
    text_buffer_add(&again, "");
    for (const char *at = text; (character = utf8_next(&at)) != 0;) {
        char one[UTF8_MAX + 1];
        FUZZ_REQUIRE(utf8_encode(character, one) > 0);
        FUZZ_REQUIRE(utf8_encode(utf8_upper(character), one) > 0);
        FUZZ_REQUIRE(utf8_encode(utf8_lower(character), one) > 0);
        utf8_encode(character, one);
        text_buffer_add(&again, one);
    }
    FUZZ_REQUIRE(utf8_valid(again.text, again.length));
    FUZZ_REQUIRE((strcmp(again.text, text) == 0) == utf8_valid(text, strlen(text)));
    FUZZ_REQUIRE(utf8_length(again.text) == utf8_length(text));
    text_buffer_release(&again);
}

static void check_copies(const char *text)
{
    char small[9], same[ERROR_TEXT_SIZE];
    struct error error;
    int cut = text_copy(small, sizeof(small), text);
    FUZZ_REQUIRE((cut == 0) == (strlen(text) < sizeof(small)));
    FUZZ_REQUIRE(!utf8_valid(text, strlen(text)) || utf8_valid(small, strlen(small)));
    error_set(&error, ERROR_IO, "%s", text);
    FUZZ_REQUIRE(!utf8_valid(text, strlen(text)) || utf8_valid(error.text, strlen(error.text)));
    text_copy(same, sizeof(same), text);
    FUZZ_REQUIRE(!utf8_valid(text, strlen(text)) || strcmp(same, error.text) == 0);
}

static void check_times(const char *text)
{
    char again[INSTANT_TEXT_SIZE];
    struct moment moment;
    int64_t instant = 0;
    int32_t day = 0;
    if (day_parse(text, &day) == 0) {
        day_format(day, again);
        FUZZ_REQUIRE(strcmp(text, again) == 0);
    }
    if (moment_parse(text, &moment) == 0) {
        moment_format(moment, again);
        FUZZ_REQUIRE(strcmp(text, again) == 0);
    }
    if (instant_parse(text, &instant) == 0) {
        instant_format(instant, again);
        FUZZ_REQUIRE(strcmp(text, again) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char **words = NULL, *text = fuzz_text(bytes, size);
    struct error error = ERROR_NONE;
    check_utf8(text);
    check_copies(text);
    check_times(text);
    if (process_split(text, &words, &error) == 0) {
        size_t total = 0;
        for (size_t i = 0; words[i] != NULL; i++)
            total += strlen(words[i]) + 1;
        FUZZ_REQUIRE(total <= strlen(text) + 1);
    }
    free(words);
    free(text);
    return 0;
}
