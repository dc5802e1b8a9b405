// links: src/booking/town.c src/booking/town_check.c src/booking/booking.c src/booking/code.c src/booking/slot.c src/base/catalog.c src/base/config.c src/base/file.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lcyaml -lyaml -lgettextpo -lsodium -ljansson
#include "booking/town.h"

#include "booking/booking.h"
#include "fuzz.h"

#include "base/banned.h"

// What passed the check is safe to ask about.
static void use(const struct town *town)
{
    struct booking booking = {0};
    struct error error = ERROR_NONE;
    for (unsigned i = 0; i < town->indicators_count; i++) {
        const struct town_indicator *indicator = &town->indicators[i];
        FUZZ_REQUIRE(town_indicator(town, indicator->id) == indicator);
        town_asks(town, indicator, &booking);
        for (unsigned k = 0; k < indicator->answers_count; k++)
            FUZZ_REQUIRE(town_answer(indicator, indicator->answers[k].id) == &indicator->answers[k]);
    }
    for (unsigned i = 0; i < town->topics_count; i++) {
        FUZZ_REQUIRE(town_topic(town, town->topics[i].id) == &town->topics[i]);
        town_offers(town, &town->topics[i], &booking);
    }
    FUZZ_REQUIRE(town_slots_needed(town, &booking) >= 1);
    town_check_booking(town, &booking, &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct town *town = NULL;
    struct error error = ERROR_NONE;
    char *text = fuzz_text(bytes, size);
    int result = town_parse(&town, "town.yaml", text, size, &error);
    FUZZ_REQUIRE((result == 0) == (town != NULL));
    FUZZ_REQUIRE(result == 0 || strncmp(error.text, "town.yaml:", 10) == 0);
    if (result == 0)
        use(town);
    town_free(town);
    free(text);
    return 0;
}
