// links: src/kiosk/visit.c src/kiosk/visit_flow.c src/kiosk/visit_answer.c src/kiosk/visit_staff.c src/ui/keyboard.c src/booking/town.c src/booking/town_check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/config.c src/base/catalog.c src/base/file.c src/base/day.c src/base/utf8.c src/base/memory.c src/base/error.c src/base/log.c src/base/clock.c
// libs: -lcyaml -lyaml -lgettextpo -ljansson -lsodium
#include "base/memory.h"
#include "fuzz.h"
#include "kiosk/visit.h"

#include "base/banned.h"

#define IDS_MAX 200 // a byte below it is a touch, the others are answers of the world

static struct town *town;
static struct visit_world world;
static char ids[IDS_MAX][VISIT_ID_SIZE];
static unsigned ids_count;
static struct slot slots[6];

static void add_id(const char *kind, const char *id, const char *more)
{
    FUZZ_REQUIRE(ids_count < IDS_MAX);
    text_print(ids[ids_count++], VISIT_ID_SIZE, "%s%s%s%s", kind, id, *more == 0 ? "" : ".", more);
}

static void set_up(void)
{
    static const char *const fixed[] = {
        "start.begin",   "start.checkin",  "explanation.go", "topics.next",  "referred.skip", "privacy.go",
        "privacy.more",  "privacy.back",   "name.next",      "name.last",    "name.first",    "phone.next",
        "phone.none",    "phone.sure",     "phone.change",   "slot.more",    "slot.none",     "callback.go",
        "callback.back", "callback.phone", "check.confirm",  "check.slot",   "check.topics",  "check.name",
        "check.phone",   "check.language", "check.referred", "slip.done",    "slip.problem",  "slip.no",
        "slip.again",    "failed.again",   "checkin.next",   "checkin.done", "bar.back",      "bar.stop",
        "bar.help",      "bar.speak",      "bar.text",       "bar.contrast", "bar.reach",     "stop.go",
        "stop.back",     "idle.stop",      "idle.go",        "help.close",   "voice.close",   "voice.faster",
        "key.delete",    "key.space",      "key.shift",      "key.order",    "key.variant.0", "key.marks"};
    struct error error = ERROR_NONE;
    FUZZ_REQUIRE(town_load(&town, "kiosk-config/town.yaml", &error) == 0);
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        add_id("", fixed[i], "");
    for (unsigned i = 0; i < town->indicators_count; i++) {
        add_id("check.", town->indicators[i].id, "");
        for (unsigned k = 0; k < town->indicators[i].answers_count; k++)
            add_id("indicator.", town->indicators[i].id, town->indicators[i].answers[k].id);
    }
    for (unsigned i = 0; i < town->topics_count; i++)
        add_id("topic.", town->topics[i].id, "");
    for (unsigned i = 0; i < town->referrers_count; i++)
        add_id("referred.", town->referrers[i].id, "");
    for (unsigned i = 0; i < town->languages_count && i < 4; i++)
        add_id("language.", town->languages[i].code, "");
    for (const char *key = "aeqz'-0123456789"; *key != 0; key++)
        add_id("key.", (const char[]){*key, 0}, "");
    for (unsigned i = 0; i < 6; i++) {
        char start[MOMENT_TEXT_SIZE];
        slots[i] =
            (struct slot){.guide = "els", .start = {20781, (int16_t)(540 + 30 * (int)i)}, .minutes = 30};
        moment_format(slots[i].start, start);
        add_id("slot.", start, "");
    }
}

static struct visit_event event_of(const struct visit *visit, uint8_t byte)
{
    struct visit_event event = {.request = visit->request, .slot = visit->wanted, .code = "222222"};
    static const enum visit_event_kind kinds[] = {
        VISIT_BACK,  VISIT_AWAKE,  VISIT_TICK,        VISIT_OFFER,   VISIT_MOVED,   VISIT_LEASED,
        VISIT_TAKEN, VISIT_BOOKED, VISIT_BOOK_FAILED, VISIT_CHECKED, VISIT_PRINTED, VISIT_SCAN};
    if (byte < IDS_MAX) {
        event.kind = VISIT_TOUCH;
        event.id = ids[byte % ids_count];
        return event;
    }
    event.kind = kinds[byte % (sizeof(kinds) / sizeof(kinds[0]))];
    event.id = "";
    event.text = byte % 2 == 0 ? "222222" : "UID:\xff";
    event.guide = "els";
    event.slots = slots;
    event.count = byte % 7;
    event.slip = (enum visit_slip)(byte % 4);
    event.found = (enum visit_found)(byte % 4);
    event.start = slots[0].start;
    if (byte >= 250) // an answer to an older question
        event.request--;
    return event;
}

static void check_step(const struct visit *visit, const struct visit_effects *effects, bool *held)
{
    if (effects->release)
        *held = false;
    if (visit->leased)
        *held = true;
    if (visit->booked)
        *held = false;
    if (effects->book) {
        FUZZ_REQUIRE(visit_complete(&world, visit));
        FUZZ_REQUIRE(visit->booking.kind == BOOKING_CALLBACK ? *visit->booking.phone != 0 : visit->leased);
        FUZZ_REQUIRE(visit->booking.topic_count > 0);
        FUZZ_REQUIRE(town_check_booking(town, &visit->booking, NULL) == 0);
    }
    FUZZ_REQUIRE(!effects->print || visit->booked);
    if (visit->screen == SCREEN_START) { // forgotten, and no moment kept from others
        FUZZ_REQUIRE(!*held);
        FUZZ_REQUIRE(*visit->booking.first_name == 0 && *visit->booking.last_name == 0);
        FUZZ_REQUIRE(*visit->booking.phone == 0 && *visit->phone == 0 && *visit->code == 0);
    }
}

// One byte an event, 0.1 s apart.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct visit visit;
    struct visit_effects effects;
    int64_t now_ms = 1000000;
    bool held = false;
    char name[64];
    if (town == NULL)
        set_up();
    world = (struct visit_world){.town = town,
                                 .now = {20780, 600},
                                 .idle_ms = 60000,
                                 .countdown_ms = 20000,
                                 .goodbye_ms = 20000,
                                 .print_ms = 10000,
                                 .printer_works = true,
                                 .link = true};
    visit_begin(&visit, &world, now_ms);
    for (size_t i = 0; i < size; i++) {
        struct visit_event event = event_of(&visit, bytes[i]);
        now_ms += bytes[i] == 255 ? 60000 : 100;
        visit_step(&world, &visit, &event, now_ms, &effects);
        check_step(&visit, &effects, &held);
        visit_screen_name(&world, &visit, name, sizeof(name));
        FUZZ_REQUIRE(*name != 0 && visit_next_ms(&world, &visit, now_ms) >= -1);
        FUZZ_REQUIRE(visit_stop(&world, &visit) <= visit_stops(&world));
    }
    return 0;
}
