// links: src/booking/booking.c src/booking/code.c src/booking/slot.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lsodium -ljansson
#include "booking/booking.h"

#include "fuzz.h"

#include "base/banned.h"

static int is_blank(const void *block, size_t size)
{
    const unsigned char *byte = block;
    size_t i = 0;
    while (i < size && byte[i] == 0)
        i++;
    return i == size;
}

// A booking that was read passes its check, and is the same after writing and reading it again.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct booking booking, again;
    struct error error = ERROR_NONE;
    char *json = NULL, *json_again = NULL, *text = fuzz_text(bytes, size);
    memset(&booking, 'x', sizeof(booking));
    if (booking_from_json(text, size, &booking, &error) == 0) {
        FUZZ_REQUIRE(booking_check(&booking, &error) == 0);
        FUZZ_REQUIRE(booking_to_json(&booking, &json, &error) == 0);
        FUZZ_REQUIRE(strlen(json) < BOOKING_JSON_MAX && strchr(json, '\n') == NULL);
        FUZZ_REQUIRE(booking_from_json(json, strlen(json), &again, &error) == 0);
        FUZZ_REQUIRE(booking_to_json(&again, &json_again, &error) == 0);
        FUZZ_REQUIRE(strcmp(json, json_again) == 0);
        booking_wipe(&again);
    } else {
        FUZZ_REQUIRE(error.code < 0 && is_blank(&booking, sizeof(booking)));
    }
    free(json);
    free(json_again);
    free(text);
    return 0;
}
