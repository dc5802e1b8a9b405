// links: src/booking/presence.c src/booking/presence_file.c src/booking/slot.c src/base/config.c src/base/file.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lcyaml -lyaml
#include "base/day.h"
#include "booking/presence.h"
#include "fuzz.h"

#include "base/banned.h"

#define ROOM 4096

// Slots of a day come sorted, on that day, and inside it.
static void use(const struct presence *presence)
{
    static struct slot slots[ROOM];
    int32_t first = day_from_civil(2026, 3, 23);
    for (int32_t day = first; day < first + 21; day++) { // over the change to summer time
        unsigned count = presence_slots(presence, day, slots, ROOM);
        for (unsigned i = 0; i < count && i < ROOM; i++) {
            FUZZ_REQUIRE(slots[i].start.day == day);
            FUZZ_REQUIRE(slots[i].start.minute >= 0 && slots[i].start.minute < DAY_MINUTES);
            FUZZ_REQUIRE(presence_guide(presence, slots[i].guide) != NULL);
            FUZZ_REQUIRE(i == 0 || moment_compare(slots[i - 1].start, slots[i].start) <= 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct presence *presence = NULL;
    struct error error = ERROR_NONE;
    char *text = fuzz_text(bytes, size);
    int result = presence_parse(&presence, "hours.yaml", text, size, &error);
    FUZZ_REQUIRE((result == 0) == (presence != NULL));
    FUZZ_REQUIRE(result == 0 || strncmp(error.text, "hours.yaml:", 11) == 0);
    if (result == 0)
        use(presence);
    presence_free(presence);
    free(text);
    return 0;
}
