// links: src/booking/town.c src/booking/town_check.c src/booking/booking.c src/booking/code.c src/booking/slot.c src/base/catalog.c src/base/config.c src/base/file.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lcyaml -lyaml -lgettextpo -lsodium -ljansson
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "booking/booking.h"
#include "booking/town.h"

static struct error error;
static struct town *town;
static char *sample;
static size_t sample_size;

static void set_up(void)
{
    char *path = file_share("kiosk-config/town.yaml");
    ck_assert_msg(town_load(&town, path, &error) == 0, "%s", error.text);
    ck_assert_int_eq(file_read(path, 100000, &sample, &sample_size, &error), 0);
    free(path);
}

static void tear_down(void)
{
    town_free(town);
    free(sample);
}

static struct booking answered(const char *indicator, const char *answer)
{
    struct booking booking = {.answer_count = 1, .language = "ro"};
    (void)text_copy(booking.answers[0].indicator, BOOKING_WORD_SIZE, indicator);
    (void)text_copy(booking.answers[0].answer, BOOKING_WORD_SIZE, answer);
    return booking;
}

START_TEST(test_load_sample)
{
    ck_assert_str_eq(town->building, "Gemeentehuis");
    ck_assert_uint_eq(town->languages_count, 30);
    ck_assert_uint_eq(town->topics_max, 5);
    ck_assert_ptr_null(town->shield);
    ck_assert_str_eq(town_language(town, "ro")->endonym, "Română");
    ck_assert_str_eq(town_language(town, "ary")->script, "Arab");
    ck_assert_ptr_null(town_language(town, "ti")->voice);
    ck_assert_ptr_null(town_language(town, "xx"));
    ck_assert_str_eq(town_answer(town_indicator(town, "interpreter"), "arrange")->pictogram,
                     "interpreter-arrange");
    ck_assert_ptr_null(town_answer(town_indicator(town, "work"), "maybe"));
    ck_assert_ptr_null(town_indicator(town, "age"));
    ck_assert(town_topic(town, "health")->on_request);
    ck_assert(!town_topic(town, "work")->on_request);
    ck_assert_str_eq(town_referrer(town, "social-house")->pictogram, "referred-social-house");
}
END_TEST

// Each name of a pictogram in the sample is a file of ours.
START_TEST(test_load_sample_pictograms)
{
    const char *names[100];
    unsigned count = 0;
    for (unsigned i = 0; i < town->indicators_count; i++) {
        names[count++] = town->indicators[i].pictogram;
        for (unsigned j = 0; j < town->indicators[i].answers_count; j++)
            names[count++] = town->indicators[i].answers[j].pictogram;
    }
    for (unsigned i = 0; i < town->topics_count; i++)
        names[count++] = town->topics[i].pictogram;
    for (unsigned i = 0; i < town->referrers_count; i++)
        names[count++] = town->referrers[i].pictogram;
    for (unsigned i = 0; i < town->bring_count; i++)
        names[count++] = town->bring[i].pictogram;
    for (unsigned i = 0; i < count; i++) {
        char name[80];
        (void)text_print(name, sizeof name, "assets/pictograms/%s.svg", names[i]);
        char *path = file_share(name);
        ck_assert_msg(file_exists(path), "%s", name);
        free(path);
    }
}
END_TEST

START_TEST(test_asks_unless)
{
    struct booking some = answered("dutch", "some"), well = answered("dutch", "well"), empty = {0};
    const struct town_indicator *interpreter = town_indicator(town, "interpreter");
    ck_assert(town_asks(town, interpreter, &some));
    ck_assert(town_asks(town, interpreter, &empty));
    ck_assert(!town_asks(town, interpreter, &well));
    ck_assert(town_asks(town, town_indicator(town, "work"), &well));
}
END_TEST

START_TEST(test_offers_when)
{
    struct booking with = answered("children", "yes"), without = answered("children", "no"), empty = {0};
    const struct town_topic *topic = town_topic(town, "childcare-school");
    ck_assert(town_offers(town, topic, &with));
    ck_assert(!town_offers(town, topic, &without));
    ck_assert(!town_offers(town, topic, &empty));
    ck_assert(town_offers(town, town_topic(town, "health"), &empty));
    ck_assert(!town_condition_holds(NULL, &with));
}
END_TEST

START_TEST(test_slots_needed)
{
    static const struct {
        const char *answer;
        unsigned slots;
    } cases[] = {{"brings", 2}, {"arrange", 2}, {"none", 1}, {"unknown", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct booking booking = answered("interpreter", cases[i].answer);
        ck_assert_uint_eq(town_slots_needed(town, &booking), cases[i].slots);
    }
    struct booking empty = {0};
    ck_assert_uint_eq(town_slots_needed(town, &empty), 1);
    // an answer from before somebody went back and said to speak Dutch well counts no more
    struct booking changed = answered("interpreter", "brings");
    changed.answers[1] = (struct booking_answer){"dutch", "well"};
    changed.answer_count = 2;
    ck_assert_uint_eq(town_slots_needed(town, &changed), 1);
}
END_TEST

START_TEST(test_check_booking)
{
    struct booking good = answered("dutch", "some");
    memcpy(good.topics[0], "work", 5);
    good.topic_count = 1;
    memcpy(good.referred, "friend", 7);
    ck_assert_int_eq(town_check_booking(town, &good, &error), 0);
    struct booking other = good;
    memcpy(other.language, "other", 6);
    ck_assert_int_eq(town_check_booking(town, &other, &error), 0);
    struct booking wrong = good;
    memcpy(wrong.language, "xx", 3);
    ck_assert_int_eq(town_check_booking(town, &wrong, &error), ERROR_REFUSED);
    wrong = answered("age", "young");
    ck_assert_int_eq(town_check_booking(town, &wrong, &error), ERROR_REFUSED);
    wrong = answered("dutch", "perfect");
    ck_assert_int_eq(town_check_booking(town, &wrong, &error), ERROR_REFUSED);
    wrong = good;
    memcpy(wrong.topics[0], "religion", 9);
    ck_assert_int_eq(town_check_booking(town, &wrong, &error), ERROR_REFUSED);
    wrong = good;
    memcpy(wrong.referred, "mother", 7);
    ck_assert_int_eq(town_check_booking(town, &wrong, &error), ERROR_REFUSED);
}
END_TEST

// The sample with `from` replaced by `to`.
static char *changed(const char *from, const char *to)
{
    const char *place = strstr(sample, from);
    ck_assert_msg(place != NULL, "\"%s\" is not in the sample", from);
    return memory_format("%.*s%s%s", (int)(place - sample), sample, to, place + strlen(from));
}

START_TEST(test_parse_faults)
{
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        {"building: Gemeentehuis", "bulding: Gemeentehuis", "bulding"},
        {"name: Sint-Pieters-Leeuw", "name: [a, b]", "name"},
        {"building: Gemeentehuis\n", "", "building"},
        {"topics-max: 5", "topics-max: 6", "town.yaml: \"topics-max\" is 6, at most 5"},
        {"topics-max: 5", "topics-max: veel", "veel"},
        {"retention-days: 30", "retention-days: 0", "\"retention-days\" is 0, not 1 to 3650"},
        {"id: papers", "id: dutch", "topic \"dutch\" stands there twice"},
        {"id: papers", "id: Papieren", "topic \"Papieren\": an identifier has only a-z"},
        {"{ id: some,", "{ id: none,", "answer \"none\" stands there twice"},
        {"code: ro", "code: fr", "language \"fr\" stands there twice"},
        {"code: ro", "code: other", "language \"other\" is always there"},
        {"script: Tfng", "script: Xxxx", "\"Xxxx\" is no script that can be drawn"},
        {"indicator: dutch,", "indicator: children,",
         "indicator \"interpreter\": the condition names the indicator \"children\", which is not asked "
         "before"},
        {"indicator: dutch,", "indicator: interpreter,", "\"interpreter\", which is not asked before"},
        {"slots: 2", "slots: 9", "answer \"brings\": a talk takes at most 8 slots"},
        {"id: papers", "id: abcdefghijklmnopqrstuvwx", "id"},
        {"pictogram: topic-money", "pictogram: \"\"", "pictogram"},
        {"answers: [well]", "answers: [good]",
         "the condition names \"good\", which is no answer to \"dutch\""},
        {"indicator: children,", "indicator: kinderen,",
         "topic \"childcare-school\": the condition names the indicator \"kinderen\""},
        {"pictogram: topic-money", "pictogram: ../etc/passwd", "is no name of a pictogram"},
        {"slots: 2", "slots: 20", "answer \"brings\": a talk takes at most 8 slots"},
        {"topics: [dutch, papers]", "topics: [dutch, paspoort]", "\"paspoort\" is no topic of this town"},
        {"on-request: ja", "on-request: soms", "on-request"},
        {"help: []", "help:\n  - { language: xx, reason: r, until: 2027-06-30 }", "not in \"languages\""},
        {"help: []", "help:\n  - { language: uk, reason: r, until: juni }", "\"juni\" is no day such as"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *text = changed(cases[i].from, cases[i].to);
        struct town *wrong;
        ck_assert_msg(town_parse(&wrong, "town.yaml", text, strlen(text), &error) == ERROR_INVALID,
                      "case %zu", i);
        ck_assert_ptr_null(wrong);
        ck_assert_msg(strstr(error.text, cases[i].says) != NULL, "case %zu says: %s", i, error.text);
        ck_assert(strncmp(error.text, "town.yaml:", 10) == 0);
        free(text);
    }
}
END_TEST

START_TEST(test_parse_line_of_unknown_key)
{
    char *text = changed("building: Gemeentehuis", "bulding: Gemeentehuis");
    struct town *wrong;
    unsigned line = 1;
    for (const char *at = text; at < strstr(text, "bulding"); at++)
        line += *at == '\n';
    char place[40];
    (void)text_print(place, sizeof place, "town.yaml:%u:1: ", line);
    ck_assert_int_eq(town_parse(&wrong, "town.yaml", text, strlen(text), &error), ERROR_INVALID);
    ck_assert_msg(strncmp(error.text, place, strlen(place)) == 0, "%s", error.text);
    free(text);
}
END_TEST

START_TEST(test_parse_own_texts_and_help)
{
    char *first = changed("texts: []", "texts:\n  - { key: topic.leisure, dutch: Sport }");
    free(sample);
    sample = first;
    char *text = changed("help: []", "help:\n  - { language: uk, reason: opvang, until: 2027-06-30 }");
    struct town *own;
    ck_assert_msg(town_parse(&own, "town.yaml", text, strlen(text), &error) == 0, "%s", error.text);
    ck_assert_str_eq(own->help[0].until, "2027-06-30");
    struct catalog *catalog;
    char *path = file_share("lang/nl.po");
    ck_assert_msg(catalog_open(&catalog, path, &error) == 0, "%s", error.text);
    ck_assert_str_ne(catalog_get(catalog, "topic.leisure"), "Sport");
    town_apply_texts(own, catalog);
    ck_assert_str_eq(catalog_get(catalog, "topic.leisure"), "Sport");
    catalog_free(catalog);
    town_free(own);
    free(path);
    free(text);
}
END_TEST

START_TEST(test_load_missing)
{
    struct town *none;
    ck_assert_int_eq(town_load(&none, "/nonexistent/town.yaml", &error), ERROR_NOT_FOUND);
    ck_assert_ptr_null(none);
    town_free(NULL);
}
END_TEST

START_TEST(test_parse_damaged_corrupt)
{
    char *copy = memory_new(sample_size + 1, 1);
    srandom(20261124);
    for (int round = 0; round < 2000; round++) {
        memcpy(copy, sample, sample_size + 1);
        size_t length = round % 4 == 0 ? (size_t)random() % sample_size : sample_size;
        for (long n = random() % 4; n >= 0 && length > 0; n--)
            copy[(size_t)random() % length] = "abcdefgh{}[]:,-\"' \n#&*!|>%@"[random() % 27];
        struct town *damaged;
        error = ERROR_NONE;
        if (town_parse(&damaged, "town.yaml", copy, length, &error) != 0)
            ck_assert(damaged == NULL && strncmp(error.text, "town.yaml", 9) == 0);
        town_free(damaged);
    }
    free(copy);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("town");
    TCase *tests = tcase_create("town");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_load_sample);
    tcase_add_test(tests, test_load_sample_pictograms);
    tcase_add_test(tests, test_asks_unless);
    tcase_add_test(tests, test_offers_when);
    tcase_add_test(tests, test_slots_needed);
    tcase_add_test(tests, test_check_booking);
    tcase_add_test(tests, test_parse_faults);
    tcase_add_test(tests, test_parse_line_of_unknown_key);
    tcase_add_test(tests, test_parse_own_texts_and_help);
    tcase_add_test(tests, test_load_missing);
    tcase_add_test(tests, test_parse_damaged_corrupt);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
