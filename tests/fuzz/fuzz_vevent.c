// links: src/booking/vevent.c src/booking/code.c src/booking/slot.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lsodium
#include "booking/vevent.h"

#include "base/utf8.h"
#include "fuzz.h"

#include "base/banned.h"

static const struct booking talk = {
    .id = "0123456789abcdef0123456789abcdef",
    .code = "K7M4QX",
    .kind = BOOKING_SLOT,
    .slot = {.guide = "els", .start = {20781, 570}, .minutes = 30},
    .slots = 1,
};

static void check_lines(const char *out, size_t limit)
{
    size_t length = strlen(out);
    FUZZ_REQUIRE(length <= limit);
    FUZZ_REQUIRE(length > 2 && strcmp(out + length - 2, "\r\n") == 0);
    for (const char *at = out; (at = strchr(at, '\n')) != NULL; at++)
        FUZZ_REQUIRE(at > out && at[-1] == '\r');
}

// A town's texts: the first half is the summary, the second the place.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct error error = ERROR_NONE;
    char out[VEVENT_MAX + 1], escaped[64];
    char *summary = fuzz_text(bytes, size / 2), *location = fuzz_text(bytes + size / 2, size - size / 2);
    int valid = utf8_valid(summary, strlen(summary)) && utf8_valid(location, strlen(location));
    for (size_t limit = 180; limit <= VEVENT_MAX; limit += 50) {
        if (vevent_write(&talk, summary, location, limit, out, sizeof(out), &error) == 0) {
            check_lines(out, limit);
            FUZZ_REQUIRE(!valid || utf8_valid(out, strlen(out)));
        }
    }
    vevent_escape(summary, escaped, sizeof(escaped));
    FUZZ_REQUIRE(strlen(escaped) < sizeof(escaped) && strchr(escaped, '\n') == NULL);
    FUZZ_REQUIRE(!valid || utf8_valid(escaped, strlen(escaped)));
    free(summary);
    free(location);
    return 0;
}
