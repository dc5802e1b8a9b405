// links: src/kiosk/visit.c src/kiosk/visit_flow.c src/kiosk/visit_answer.c src/kiosk/visit_staff.c src/ui/keyboard.c src/booking/town.c src/booking/town_check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/config.c src/base/catalog.c src/base/file.c src/base/day.c src/base/utf8.c src/base/memory.c src/base/error.c src/base/log.c src/base/clock.c
// libs: -lcyaml -lyaml -lgettextpo -ljansson -lsodium
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/visit.h"

#include "base/banned.h"

static struct visit_world world;
static struct visit visit;
static struct visit_effects effects;
static struct town *town;
static int64_t now = 1000000;
static struct slot slots[6];

static void setup(void)
{
    struct error error = ERROR_NONE;
    ck_assert_msg(town_load(&town, "kiosk-config/town.yaml", &error) == 0, "%s", error.text);
    world = (struct visit_world){.town = town,
                                 .idle_ms = 60000,
                                 .countdown_ms = 20000,
                                 .goodbye_ms = 20000,
                                 .print_ms = 10000,
                                 .printer_works = true};
    for (unsigned i = 0; i < 6; i++)
        slots[i] =
            (struct slot){.guide = "els", .start = {20781, (int16_t)(540 + 30 * (int)i)}, .minutes = 30};
    visit_begin(&visit, &world, now);
}

static void teardown(void)
{
    town_free(town);
}

static void step(struct visit_event event)
{
    visit_step(&world, &visit, &event, now, &effects);
}

static void touch(const char *id)
{
    step((struct visit_event){.kind = VISIT_TOUCH, .id = id});
}

static void touch_all(const char *const *ids)
{
    for (; *ids != NULL; ids++)
        touch(*ids);
}

static const char *screen(void)
{
    static char name[64];
    visit_screen_name(&world, &visit, name, sizeof name);
    return name;
}

static void offer(unsigned count)
{
    step((struct visit_event){.kind = VISIT_OFFER, .slots = slots, .count = count});
}

static void leased(void)
{
    step((struct visit_event){
        .kind = VISIT_LEASED, .request = visit.request, .slot = visit.wanted, .code = "K7M4QX"});
}

static void to_slot(void)
{
    touch_all((const char *const[]){"start.begin",
                                    "language.ro",
                                    "explanation.go",
                                    "indicator.dutch.some",
                                    "indicator.interpreter.none",
                                    "indicator.work.yes",
                                    "indicator.children.yes",
                                    "topic.dutch",
                                    "topic.childcare-school",
                                    "topics.next",
                                    "referred.counter",
                                    "privacy.go",
                                    "key.a",
                                    "key.n",
                                    "name.next",
                                    "key.p",
                                    "name.next",
                                    "key.0",
                                    "key.4",
                                    "key.7",
                                    "key.0",
                                    "key.1",
                                    "key.2",
                                    "key.3",
                                    "key.4",
                                    "key.5",
                                    "key.6",
                                    "phone.next",
                                    NULL});
    ck_assert_str_eq(screen(), "slot");
    offer(6);
}

static void to_check(void)
{
    to_slot();
    touch("slot.2026-11-24T09:00");
    leased();
    ck_assert_str_eq(screen(), "check");
}

START_TEST(test_step_whole_visit)
{
    to_slot();
    touch("slot.2026-11-24T09:30");
    ck_assert(effects.lease);
    ck_assert_uint_eq(effects.slots, 1);
    leased();
    ck_assert_str_eq(screen(), "check");
    touch("check.confirm");
    ck_assert(effects.book);
    ck_assert(!effects.print);
    step((struct visit_event){.kind = VISIT_BOOKED, .request = visit.request});
    ck_assert(effects.print);
    ck_assert_str_eq(screen(), "slip");
    ck_assert_str_eq(visit.booking.first_name, "An");
    ck_assert_str_eq(visit.booking.last_name, "P");
    ck_assert_str_eq(visit.booking.phone, "+32470123456");
    step((struct visit_event){.kind = VISIT_PRINTED, .slip = SLIP_PRINTED});
    touch("slip.done");
    ck_assert_str_eq(screen(), "goodbye");
    touch("goodbye.done");
    ck_assert(effects.wipe);
    ck_assert(!effects.release);
    ck_assert_str_eq(screen(), "start");
    ck_assert_str_eq(visit.booking.first_name, "");
}
END_TEST

START_TEST(test_step_not_asked_when_dutch_is_good)
{
    touch_all(
        (const char *const[]){"start.begin", "language.nl", "explanation.go", "indicator.dutch.well", NULL});
    ck_assert_str_eq(screen(), "indicator.work");
    touch("bar.back");
    ck_assert_str_eq(screen(), "indicator.dutch");
}
END_TEST

START_TEST(test_step_topics_at_most_five)
{
    touch_all((const char *const[]){"start.begin", "language.ro", "explanation.go", "indicator.dutch.well",
                                    "indicator.work.no", "indicator.children.no", NULL});
    ck_assert_str_eq(screen(), "topics");
    touch("topics.next");
    ck_assert_str_eq(screen(), "topics");
    touch("topic.childcare-school"); // not offered without children
    ck_assert_uint_eq(visit.booking.topic_count, 0);
    touch_all((const char *const[]){"topic.dutch", "topic.papers", "topic.work", "topic.leisure",
                                    "topic.money", "topic.housing", NULL});
    ck_assert_uint_eq(visit.booking.topic_count, 5);
    touch("topic.papers");
    ck_assert_uint_eq(visit.booking.topic_count, 4);
    ck_assert_str_eq(visit.booking.topics[1], "work");
}
END_TEST

START_TEST(test_step_correction_returns_to_check)
{
    to_check();
    touch("check.referred");
    ck_assert_str_eq(screen(), "referred");
    touch("referred.skip");
    ck_assert_str_eq(screen(), "check");
    ck_assert_str_eq(visit.booking.referred, "");
    touch("check.name");
    touch("key.x");
    touch("bar.back");
    ck_assert_str_eq(screen(), "check");
    ck_assert_str_eq(visit.booking.first_name, "An");
}
END_TEST

START_TEST(test_step_correction_drops_what_no_longer_holds)
{
    to_check();
    touch("check.children");
    touch("indicator.children.no");
    ck_assert_str_eq(screen(), "check");
    ck_assert_uint_eq(visit.booking.topic_count, 1);
    touch("check.dutch");
    touch("indicator.dutch.well");
    ck_assert_str_eq(screen(), "check");
    ck_assert_str_eq(booking_answer(&visit.booking, "interpreter"), "");
    ck_assert(visit.leased);
}
END_TEST

START_TEST(test_step_correction_asks_what_is_missing)
{
    to_check();
    touch("check.dutch");
    touch("indicator.dutch.well");
    touch("check.dutch");
    touch("indicator.dutch.none"); // the interpreter was dropped: it is asked again
    ck_assert_str_eq(screen(), "indicator.interpreter");
    touch("indicator.interpreter.arrange"); // two slots now: the moment is given back and chosen again
    ck_assert(effects.release);
    ck_assert_uint_eq(effects.offer, 2);
    ck_assert_str_eq(screen(), "slot");
    offer(3);
    touch("slot.2026-11-24T09:00");
    ck_assert_uint_eq(effects.slots, 2);
    leased();
    ck_assert_str_eq(screen(), "check");
    ck_assert_uint_eq(visit.booking.slots, 2);
}
END_TEST

START_TEST(test_step_taken_says_so_and_asks_again)
{
    to_slot();
    touch("slot.2026-11-24T09:00");
    step((struct visit_event){.kind = VISIT_TAKEN, .request = visit.request});
    ck_assert_str_eq(screen(), "slot");
    ck_assert(visit.taken);
    ck_assert_uint_eq(effects.offer, 1);
    offer(2);
    ck_assert_uint_eq(visit.offer_count, 2);
}
END_TEST

START_TEST(test_step_late_answers_are_ignored)
{
    to_slot();
    touch("slot.2026-11-24T09:00");
    uint32_t old = visit.request;
    touch("bar.stop");
    touch("stop.go");
    ck_assert(effects.release);
    ck_assert(effects.wipe);
    step((struct visit_event){.kind = VISIT_LEASED, .request = old, .slot = slots[0], .code = "K7M4QX"});
    ck_assert_str_eq(screen(), "start");
    ck_assert(!visit.leased);
}
END_TEST

START_TEST(test_step_callback_needs_a_phone)
{
    touch_all((const char *const[]){"start.begin", "language.ro", "explanation.go", "indicator.dutch.well",
                                    "indicator.work.no", "indicator.children.no", "topic.dutch",
                                    "topics.next", "referred.skip", "privacy.go", "key.a", "name.next",
                                    "name.next", "phone.none", NULL});
    ck_assert_str_eq(screen(), "slot");
    offer(0);
    touch("slot.none");
    ck_assert_str_eq(screen(), "callback");
    touch("callback.go");
    ck_assert_str_eq(screen(), "callback");
    touch_all((const char *const[]){"callback.phone", "key.0", "key.2", "key.3", "key.7", "key.1", "key.2",
                                    "key.2", "key.1", "key.1", "phone.next", NULL});
    ck_assert_str_eq(screen(), "callback");
    touch("callback.go");
    ck_assert_str_eq(screen(), "check");
    touch("check.confirm");
    ck_assert(effects.book);
    ck_assert_int_eq(visit.booking.kind, BOOKING_CALLBACK);
    step((struct visit_event){.kind = VISIT_BOOKED, .request = visit.request, .code = "K7M4QX"});
    ck_assert_str_eq(visit.booking.code, "K7M4QX");
}
END_TEST

START_TEST(test_step_odd_phone_is_asked_not_refused)
{
    touch_all((const char *const[]){"start.begin", "language.ro", "explanation.go", "indicator.dutch.well",
                                    "indicator.work.no", "indicator.children.no", "topic.dutch",
                                    "topics.next", "referred.skip", "privacy.go", "key.a", "name.next",
                                    "name.next", "key.1", "key.2", "phone.next", NULL});
    ck_assert_str_eq(screen(), "phone-check");
    touch("phone.sure");
    ck_assert_str_eq(screen(), "slot");
}
END_TEST

// Who needs the whole day may take it.
START_TEST(test_step_idle_is_extended_without_limit)
{
    to_check();
    for (int times = 0; times < 1000; times++) {
        now += 60000;
        step((struct visit_event){.kind = VISIT_TICK});
        ck_assert_str_eq(screen(), "idle");
        now += 19000;
        touch("idle.stay");
        ck_assert_str_eq(screen(), "check");
    }
}
END_TEST

START_TEST(test_step_idle_asks_counts_and_wipes)
{
    to_check();
    ck_assert_int_eq(visit_next_ms(&world, &visit, now), 60000);
    now += 60000;
    step((struct visit_event){.kind = VISIT_TICK});
    ck_assert_str_eq(screen(), "idle");
    ck_assert_uint_eq(visit_seconds_left(&world, &visit, now), 20);
    touch("idle.stay");
    ck_assert_str_eq(screen(), "check");
    now += 60000;
    step((struct visit_event){.kind = VISIT_TICK});
    now += 19999;
    step((struct visit_event){.kind = VISIT_TICK});
    ck_assert_str_eq(screen(), "idle");
    now += 1;
    step((struct visit_event){.kind = VISIT_TICK});
    ck_assert_str_eq(screen(), "start");
    ck_assert(effects.wipe);
    ck_assert(effects.release);
}
END_TEST

START_TEST(test_step_wipe_leaves_nothing)
{
    static const char zero[sizeof visit.booking.first_name];
    to_check();
    touch("bar.stop");
    touch("stop.go");
    ck_assert_mem_eq(visit.booking.first_name, zero, sizeof zero);
    ck_assert_mem_eq(visit.before.first_name, zero, sizeof zero);
    ck_assert_mem_eq(visit.phone, zero, sizeof visit.phone);
    ck_assert_int_eq(visit_next_ms(&world, &visit, now), -1);
}
END_TEST

START_TEST(test_step_no_paper_and_unknown)
{
    to_check();
    touch("check.confirm");
    step((struct visit_event){.kind = VISIT_BOOKED, .request = visit.request});
    touch("slip.done"); // not before the printer has said something
    ck_assert_str_eq(screen(), "slip");
    now += 10000;
    step((struct visit_event){.kind = VISIT_TICK});
    ck_assert_int_eq(visit.slip, SLIP_UNKNOWN);
    touch("slip.no");
    ck_assert_int_eq(visit.slip, SLIP_NO_PAPER);
    ck_assert(!effects.print); // no slip prints twice
    step((struct visit_event){.kind = VISIT_PRINTED, .slip = SLIP_PRINTED});
    ck_assert_int_eq(visit.slip, SLIP_NO_PAPER);
    touch("slip.done");
    ck_assert_str_eq(screen(), "goodbye");
}
END_TEST

START_TEST(test_step_booking_that_failed_can_be_tried_again)
{
    to_check();
    touch("check.confirm");
    touch("bar.stop"); // nothing stops a booking in the making
    ck_assert_str_eq(screen(), "check");
    step((struct visit_event){.kind = VISIT_BOOK_FAILED, .request = visit.request});
    ck_assert_str_eq(screen(), "failed");
    ck_assert(!effects.print);
    touch("failed.again");
    touch("check.confirm");
    ck_assert(effects.book);
}
END_TEST

// The agenda's own limit: before a visit, and in the middle of one; what was chosen goes back.
START_TEST(test_step_limit_of_the_agenda)
{
    world.full = true;
    touch("start.begin");
    ck_assert_str_eq(screen(), "busy");
    touch("busy.done");
    world.full = false;
    to_slot();
    touch("slot.2026-11-24T09:00");
    step((struct visit_event){.kind = VISIT_FULL, .request = visit.request});
    ck_assert_str_eq(screen(), "busy");
    ck_assert(!effects.book);
    touch("busy.done");
    ck_assert_str_eq(screen(), "start");
    ck_assert(effects.wipe);
}
END_TEST

START_TEST(test_step_limit_of_an_hour)
{
    world.limit_hour = 3;
    world.booked_hour = 3;
    touch("start.begin");
    ck_assert_str_eq(screen(), "busy");
    touch("busy.done");
    world.booked_hour = 2;
    touch("start.begin");
    ck_assert_str_eq(screen(), "language");
}
END_TEST

START_TEST(test_step_check_in_by_scanner_and_keys)
{
    char code[CODE_SIZE];
    code_new(code);
    step((struct visit_event){.kind = VISIT_SCAN, .text = code});
    ck_assert(effects.check);
    ck_assert_str_eq(visit.code, code);
    step((struct visit_event){.kind = VISIT_CHECKED,
                              .request = visit.request,
                              .found = FOUND_TALK,
                              .start = {20781, 540},
                              .guide = "els"});
    ck_assert_int_eq(visit.found, FOUND_TALK);
    touch("checkin.done");
    ck_assert_str_eq(screen(), "start");
    step((struct visit_event){.kind = VISIT_SCAN, .text = "\x01 not a code"});
    ck_assert_int_eq(visit.found, FOUND_UNKNOWN);
    touch("checkin.again");
    for (unsigned i = 0; i < CODE_LENGTH; i++) {
        char key[] = "key.?";
        touch("checkin.next"); // not before it is whole
        ck_assert(!effects.check);
        key[4] = (char)(code[i] >= 'A' ? code[i] + 'a' - 'A' : code[i]);
        touch(key);
    }
    touch("checkin.next");
    ck_assert(effects.check);
    ck_assert_str_eq(visit.code, code);
}
END_TEST

START_TEST(test_step_check_in_mistyped_asks_nobody)
{
    char code[CODE_SIZE];
    code_new(code);
    touch("start.checkin");
    for (unsigned i = 0; i < CODE_LENGTH; i++) {
        char key[] = "key.?", typed = i == 0 ? (char)(code[0] == '2' ? '3' : '2') : code[i];
        key[4] = (char)(typed >= 'A' ? typed + 'a' - 'A' : typed);
        touch(key);
    }
    touch("checkin.next");
    ck_assert(!effects.check);
    ck_assert_int_eq(visit.found, FOUND_UNKNOWN);
}
END_TEST

START_TEST(test_step_scan_does_not_disturb_a_visit)
{
    to_check();
    step((struct visit_event){.kind = VISIT_SCAN, .text = "K7M4QX"});
    ck_assert_str_eq(screen(), "check");
    ck_assert(visit.leased);
}
END_TEST

START_TEST(test_step_modes_reset_with_the_visit)
{
    touch_all((const char *const[]){"bar.text", "bar.contrast", "bar.reach", "bar.speak", NULL});
    ck_assert(visit.contrast && visit.reach && visit.speaking && visit.text == 1);
    now += 60000;
    step((struct visit_event){.kind = VISIT_TICK});
    ck_assert(!visit.contrast && !visit.reach && !visit.speaking && visit.text == 0);
}
END_TEST

START_TEST(test_step_back_walks_to_the_start)
{
    to_slot();
    for (unsigned i = 0; i < 20 && strcmp(screen(), "start") != 0; i++)
        touch("bar.back");
    ck_assert_str_eq(screen(), "start");
    ck_assert_str_eq(visit.booking.first_name, "");
}
END_TEST

// Any id at any time: nothing but the screens' own ids changes a thing, and nothing crashes.
START_TEST(test_step_random_touches)
{
    static const char *const ids[] = {"start.begin",
                                      "start.checkin",
                                      "language.ro",
                                      "language.other",
                                      "language.xx",
                                      "explanation.go",
                                      "indicator.dutch.none",
                                      "indicator.dutch.well",
                                      "indicator.dutch.",
                                      "indicator.interpreter.arrange",
                                      "indicator.work.yes",
                                      "indicator.children.no",
                                      "topic.dutch",
                                      "topic.childcare-school",
                                      "topics.next",
                                      "referred.skip",
                                      "referred.school",
                                      "privacy.go",
                                      "privacy.more",
                                      "privacy.back",
                                      "key.a",
                                      "key.1",
                                      "key.delete",
                                      "key.variant.3",
                                      "name.next",
                                      "name.last",
                                      "phone.next",
                                      "phone.none",
                                      "phone.sure",
                                      "phone.change",
                                      "slot.2026-11-24T09:00",
                                      "slot.more",
                                      "slot.none",
                                      "slot.x",
                                      "callback.go",
                                      "callback.back",
                                      "callback.phone",
                                      "check.confirm",
                                      "check.slot",
                                      "check.dutch",
                                      "check.children",
                                      "check.topics",
                                      "check.topics.1",
                                      "check.name",
                                      "check.phone",
                                      "slip.done",
                                      "slip.problem",
                                      "slip.no",
                                      "goodbye.done",
                                      "bar.back",
                                      "bar.text",
                                      "bar.help",
                                      "help.close",
                                      "idle.stay",
                                      "list.more",
                                      "list.back",
                                      "",
                                      "failed.again",
                                      "checkin.next",
                                      "checkin.again",
                                      "voice.off",
                                      "bar.speak"};
    // half of the touches are what leads on
    static const char *const on[SCREENS][3] = {
        [SCREEN_START] = {"start.begin", "start.begin", "start.begin"},
        [SCREEN_CHECKIN] = {"checkin.done", "bar.back", "bar.stop"},
        [SCREEN_LANGUAGE] = {"language.ro", "language.other", "language.fr"},
        [SCREEN_EXPLANATION] = {"explanation.go", "explanation.go", "explanation.go"},
        [SCREEN_TOPICS] = {"topic.dutch", "topics.next", "topic.childcare-school"},
        [SCREEN_REFERRED] = {"referred.skip", "referred.school", "referred.counter"},
        [SCREEN_PRIVACY] = {"privacy.go", "privacy.more", "privacy.go"},
        [SCREEN_NAME] = {"key.a", "name.next", "name.next"},
        [SCREEN_PHONE] = {"key.1", "phone.next", "phone.none"},
        [SCREEN_PHONE_CHECK] = {"phone.sure", "phone.change", "phone.sure"},
        [SCREEN_SLOT] = {"slot.2026-11-24T09:00", "slot.2026-11-24T09:30", "slot.none"},
        [SCREEN_CALLBACK] = {"callback.go", "callback.phone", "callback.back"},
        [SCREEN_CHECK] = {"check.confirm", "check.dutch", "check.phone"},
        [SCREEN_SLIP] = {"slip.done", "slip.no", "slip.problem"},
        [SCREEN_GOODBYE] = {"goodbye.done", "goodbye.done", "bar.help"},
        [SCREEN_FAILED] = {"failed.again", "failed.done", "failed.again"}};
    static const char *const answers[] = {"indicator.dutch.none",       "indicator.dutch.well",
                                          "indicator.interpreter.none", "indicator.interpreter.arrange",
                                          "indicator.work.yes",         "indicator.children.yes",
                                          "indicator.children.no"};
    unsigned booked = 0;
    srand(1); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same walk each time
    for (unsigned i = 0; i < 200000; i++) {
        int pick = rand() % 70;                          // NOLINT(cert-msc30-c,cert-msc50-cpp)
        const char *lead = on[visit.screen][rand() % 3]; // NOLINT(cert-msc30-c,cert-msc50-cpp)
        if (visit.screen == SCREEN_INDICATOR)
            lead = answers[rand() % 7]; // NOLINT(cert-msc30-c,cert-msc50-cpp)
        now += 100;
        if (i % 4 != 0 && lead != NULL)
            touch(lead);
        else if (i % 4 != 0)
            continue;
        else if (pick < (int)(sizeof ids / sizeof ids[0]))
            touch(ids[pick]);
        else if (pick == 63)
            offer((unsigned)rand() % 6); // NOLINT(cert-msc30-c,cert-msc50-cpp)
        else if (pick == 64)
            leased();
        else if (pick == 65)
            step((struct visit_event){.kind = VISIT_TAKEN, .request = visit.request});
        else if (pick == 66)
            step((struct visit_event){.kind = VISIT_BOOKED, .request = visit.request, .code = "K7M4QX"});
        else if (pick == 67)
            step((struct visit_event){.kind = VISIT_PRINTED, .slip = SLIP_PRINTED});
        else if (pick == 68)
            step((struct visit_event){.kind = VISIT_BACK});
        else
            step((struct visit_event){.kind = VISIT_TICK});
        if (effects.book) {
            booked++;
            ck_assert(visit.booking.kind == BOOKING_CALLBACK ? visit.booking.phone[0] != '\0' : visit.leased);
            ck_assert(visit.booking.topic_count > 0);
            ck_assert(town_check_booking(town, &visit.booking, NULL) == 0);
        }
        ck_assert(!(effects.print && effects.book));
    }
    ck_assert_uint_gt(booked, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visit");
    TCase *tests = tcase_create("visit");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_step_whole_visit);
    tcase_add_test(tests, test_step_not_asked_when_dutch_is_good);
    tcase_add_test(tests, test_step_topics_at_most_five);
    tcase_add_test(tests, test_step_correction_returns_to_check);
    tcase_add_test(tests, test_step_correction_drops_what_no_longer_holds);
    tcase_add_test(tests, test_step_correction_asks_what_is_missing);
    tcase_add_test(tests, test_step_taken_says_so_and_asks_again);
    tcase_add_test(tests, test_step_late_answers_are_ignored);
    tcase_add_test(tests, test_step_callback_needs_a_phone);
    tcase_add_test(tests, test_step_odd_phone_is_asked_not_refused);
    tcase_add_test(tests, test_step_idle_asks_counts_and_wipes);
    tcase_add_test(tests, test_step_idle_is_extended_without_limit);
    tcase_add_test(tests, test_step_wipe_leaves_nothing);
    tcase_add_test(tests, test_step_no_paper_and_unknown);
    tcase_add_test(tests, test_step_booking_that_failed_can_be_tried_again);
    tcase_add_test(tests, test_step_limit_of_the_agenda);
    tcase_add_test(tests, test_step_limit_of_an_hour);
    tcase_add_test(tests, test_step_check_in_by_scanner_and_keys);
    tcase_add_test(tests, test_step_check_in_mistyped_asks_nobody);
    tcase_add_test(tests, test_step_scan_does_not_disturb_a_visit);
    tcase_add_test(tests, test_step_modes_reset_with_the_visit);
    tcase_add_test(tests, test_step_back_walks_to_the_start);
    tcase_add_test(tests, test_step_random_touches);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
