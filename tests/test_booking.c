// links: src/booking/booking.c src/booking/code.c src/booking/slot.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lsodium -ljansson
#include <check.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "booking/booking.h"

static struct error error;

static struct booking sample(void)
{
    struct booking booking = {
        .id = "0123456789abcdef0123456789abcdef",
        .kind = BOOKING_SLOT,
        .slot = {.guide = "els", .minutes = 30},
        .slots = 2,
        .first_name = "Vasile",
        .last_name = "P\xc4\x83un \"de Tweede\"",
        .phone = "+40712345678",
        .language = "ro",
        .answers = {{"dutch", "none"}, {"interpreter", "brings"}, {"children", "yes"}},
        .answer_count = 3,
        .topics = {"dutch", "childcare-school"},
        .topic_count = 2,
        .referred = "school",
        .channel = "kiosk",
        .made = 1795680000,
    };
    code_new(booking.code);
    ck_assert_int_eq(moment_parse("2026-11-24T09:30", &booking.slot.start), 0);
    return booking;
}

static void ck_assert_same(const struct booking *a, const struct booking *b)
{
    char *first, *second;
    ck_assert_int_eq(booking_to_json(a, &first, &error), 0);
    ck_assert_int_eq(booking_to_json(b, &second, &error), 0);
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
}

START_TEST(test_new_id)
{
    char a[BOOKING_ID_SIZE], b[BOOKING_ID_SIZE];
    booking_new_id(a);
    booking_new_id(b);
    ck_assert(booking_id_valid(a));
    ck_assert_str_ne(a, b);
    ck_assert(!booking_id_valid(""));
    ck_assert(!booking_id_valid("0123456789ABCDEF0123456789ABCDEF"));
    ck_assert(!booking_id_valid("0123456789abcdef0123456789abcde"));
    ck_assert(!booking_id_valid("0123456789abcdef0123456789abcdef0"));
}
END_TEST

START_TEST(test_answer_and_topic)
{
    struct booking booking = sample();
    ck_assert_str_eq(booking_answer(&booking, "dutch"), "none");
    ck_assert_str_eq(booking_answer(&booking, "work"), "");
    ck_assert(booking_has_topic(&booking, "childcare-school"));
    ck_assert(!booking_has_topic(&booking, "work"));
}
END_TEST

// The form that lies sealed in every kiosk's outbox: a change of it needs a new protocol version.
START_TEST(test_to_json_form)
{
    struct booking booking = sample();
    memcpy(booking.code, "222222", CODE_SIZE);
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    ck_assert_str_eq(json,
                     "{\"id\":\"0123456789abcdef0123456789abcdef\",\"code\":\"222222\",\"kind\":\"slot\","
                     "\"slots\":2,\"first_name\":\"Vasile\",\"last_name\":\"P\xc4\x83un \\\"de Tweede\\\"\","
                     "\"phone\":\"+40712345678\",\"language\":\"ro\",\"referred\":\"school\","
                     "\"channel\":\"kiosk\",\"made\":1795680000,"
                     "\"slot\":{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\",\"minutes\":30},"
                     "\"answers\":[{\"indicator\":\"dutch\",\"answer\":\"none\"},"
                     "{\"indicator\":\"interpreter\",\"answer\":\"brings\"},"
                     "{\"indicator\":\"children\",\"answer\":\"yes\"}],"
                     "\"topics\":[\"dutch\",\"childcare-school\"]}");
    struct booking back;
    ck_assert_int_eq(booking_from_json(json, strlen(json), &back, &error), 0);
    ck_assert_same(&booking, &back);
    ck_assert_int_eq(moment_compare(back.slot.start, booking.slot.start), 0);
    free(json);
}
END_TEST

START_TEST(test_to_json_callback)
{
    struct booking booking = sample(), back;
    booking.kind = BOOKING_CALLBACK;
    booking.slots = 0;
    booking.answer_count = booking.topic_count = 0;
    booking.phone[0] = booking.referred[0] = '\0';
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    ck_assert_ptr_null(strstr(json, "\"slot\":"));
    ck_assert_int_eq(booking_from_json(json, strlen(json), &back, &error), 0);
    ck_assert_int_eq(back.kind, BOOKING_CALLBACK);
    ck_assert_same(&booking, &back);
    free(json);
}
END_TEST

// The largest booking that the struct can hold fits, even when every character of the names needs an escape.
START_TEST(test_to_json_largest)
{
    struct booking booking = sample();
    memset(booking.first_name, '"', BOOKING_NAME_SIZE - 1);
    memset(booking.last_name, '\\', BOOKING_NAME_SIZE - 1);
    booking.answer_count = BOOKING_ANSWERS_MAX;
    booking.topic_count = BOOKING_TOPICS_MAX;
    for (unsigned i = 0; i < BOOKING_ANSWERS_MAX; i++) {
        memset(booking.answers[i].indicator, (int)('a' + i), BOOKING_WORD_SIZE - 1);
        memset(booking.answers[i].answer, 'z', BOOKING_WORD_SIZE - 1);
    }
    for (unsigned i = 0; i < BOOKING_TOPICS_MAX; i++)
        memset(booking.topics[i], (int)('a' + i), BOOKING_WORD_SIZE - 1);
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    struct booking back;
    ck_assert_int_eq(booking_from_json(json, strlen(json), &back, &error), 0);
    ck_assert_same(&booking, &back);
    free(json);
}
END_TEST

static void spoil_id(struct booking *b)
{
    b->id[3] = 'x';
}
static void spoil_code(struct booking *b)
{
    b->code[0] = 'O';
}
static void spoil_slots(struct booking *b)
{
    b->slots = 0;
}
static void spoil_guide(struct booking *b)
{
    b->slot.guide[0] = '\0';
}
static void spoil_minutes(struct booking *b)
{
    b->slot.minutes = -5;
}
static void spoil_start(struct booking *b)
{
    b->slot.start.minute = 1440;
}
static void spoil_kind(struct booking *b)
{
    b->kind = BOOKING_CALLBACK;
}
static void spoil_name(struct booking *b)
{
    b->first_name[0] = b->last_name[0] = '\0';
}
static void spoil_utf8(struct booking *b)
{
    b->last_name[0] = '\xff';
}
static void spoil_line(struct booking *b)
{
    b->last_name[0] = '\n';
}
static void spoil_phone(struct booking *b)
{
    b->phone[4] = 'x';
}
static void spoil_answer(struct booking *b)
{
    b->answers[1] = b->answers[0];
}
static void spoil_answer_count(struct booking *b)
{
    b->answer_count = BOOKING_ANSWERS_MAX + 1;
}
static void spoil_topic(struct booking *b)
{
    memcpy(b->topics[1], b->topics[0], BOOKING_WORD_SIZE);
}
static void spoil_topic_word(struct booking *b)
{
    b->topics[0][0] = ' ';
}
static void spoil_channel(struct booking *b)
{
    b->channel[0] = '\0';
}
static void spoil_language(struct booking *b)
{
    b->language[0] = 'R';
}
static void spoil_made(struct booking *b)
{
    b->made = -1;
}

START_TEST(test_check_each_field)
{
    static const struct {
        void (*spoil)(struct booking *);
        const char *field;
    } cases[] = {
        {spoil_id, "\"id\""},          {spoil_code, "\"code\""},         {spoil_slots, "\"slot\""},
        {spoil_guide, "\"slot\""},     {spoil_minutes, "\"slot\""},      {spoil_start, "\"slot\""},
        {spoil_kind, "\"slot\""},      {spoil_name, "\"first_name\""},   {spoil_utf8, "\"last_name\""},
        {spoil_line, "\"last_name\""}, {spoil_phone, "\"phone\""},       {spoil_answer, "\"answers\""},
        {spoil_topic, "\"topics\""},   {spoil_topic_word, "\"topics\""}, {spoil_channel, "\"channel\""},
        {spoil_made, "\"made\""},      {spoil_language, "\"language\""}, {spoil_answer_count, "\"answers\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct booking booking = sample();
        ck_assert_int_eq(booking_check(&booking, &error), 0);
        cases[i].spoil(&booking);
        ck_assert_int_eq(booking_check(&booking, &error), ERROR_INVALID);
        ck_assert_msg(strstr(error.text, cases[i].field) != NULL, "case %zu says %s", i, error.text);
        ck_assert_ptr_null(strstr(error.text, "Vasile"));
        char *json;
        ck_assert_int_eq(booking_to_json(&booking, &json, &error), ERROR_INVALID);
        ck_assert_ptr_null(json);
    }
}
END_TEST

START_TEST(test_from_json_ignores_unknown)
{
    struct booking booking = sample(), back;
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    struct text_buffer more = {0};
    text_buffer_addf(&more, "{\"mood\":[1,{\"x\":null}],%s", json + 1);
    ck_assert_int_eq(booking_from_json(more.text, more.length, &back, &error), 0);
    ck_assert_same(&booking, &back);
    text_buffer_release(&more);
    free(json);
}
END_TEST

// Takes each member out in turn by giving it another name.
START_TEST(test_from_json_missing_member)
{
    static const char *const members[] = {
        "id",      "code", "kind", "slots",   "first_name", "last_name", "phone", "language", "referred",
        "channel", "made", "slot", "answers", "topics",     "guide",     "start", "minutes",  "indicator"};
    struct booking booking = sample(), back, empty = {0};
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        char name[40];
        (void)text_print(name, sizeof name, "\"%s\":", members[i]);
        char *place = strstr(json, name);
        ck_assert_ptr_nonnull(place);
        char first = place[1];
        place[1] = '_';
        ck_assert_msg(booking_from_json(json, strlen(json), &back, &error) == ERROR_INVALID, "without %s",
                      members[i]);
        ck_assert_mem_eq(&back, &empty, sizeof empty);
        place[1] = first;
    }
    ck_assert_int_eq(booking_from_json(json, strlen(json), &back, &error), 0);
    free(json);
}
END_TEST

// Each text of exactly the room it has is taken, one byte more is refused, and never cut.
START_TEST(test_from_json_too_long)
{
    static const struct {
        const char *member;
        size_t size;
        char letter;
    } cases[] = {
        {"first_name", BOOKING_NAME_SIZE, 'a'},
        {"last_name", BOOKING_NAME_SIZE, 'b'},
        {"phone", PHONE_SIZE, '1'},
        {"language", BOOKING_WORD_SIZE, 'c'},
        {"referred", BOOKING_WORD_SIZE, 'd'},
        {"channel", BOOKING_WORD_SIZE, 'e'},
        {"guide", SLOT_GUIDE_SIZE, 'f'},
        {"answer", BOOKING_WORD_SIZE, 'g'},
    };
    struct booking booking = sample(), back;
    memcpy(booking.last_name, "P\xc4\x83un", 6);
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char name[40], value[BOOKING_NAME_SIZE + 1];
        (void)text_print(name, sizeof name, "\"%s\":\"", cases[i].member);
        const char *place = strstr(json, name);
        ck_assert_ptr_nonnull(place);
        place += strlen(name);
        for (size_t length = cases[i].size - 1; length <= cases[i].size; length++) {
            memset(value, cases[i].letter, length);
            value[length] = '\0';
            struct text_buffer longer = {0};
            text_buffer_add_bytes(&longer, json, (size_t)(place - json));
            text_buffer_addf(&longer, "%s%s", value, strchr(place, '"'));
            int result = booking_from_json(longer.text, longer.length, &back, &error);
            ck_assert_msg((result == 0) == (length < cases[i].size), "%s of %zu bytes", cases[i].member,
                          length);
            text_buffer_release(&longer);
        }
    }
    free(json);
}
END_TEST

START_TEST(test_check_first_and_last_day)
{
    static const struct {
        const char *start;
        int days, result;
    } cases[] = {{"1900-01-01T00:00", 0, 0},
                 {"1900-01-01T00:00", -1, ERROR_INVALID},
                 {"2999-12-31T23:59", 0, 0},
                 {"2999-12-31T23:59", 1, ERROR_INVALID}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct booking booking = sample();
        ck_assert_int_eq(moment_parse(cases[i].start, &booking.slot.start), 0);
        booking.slot.start.day += cases[i].days;
        ck_assert_int_eq(booking_check(&booking, &error), cases[i].result);
    }
}
END_TEST

START_TEST(test_from_json_wrong_text)
{
    static const char *const wrong[] = {"", "{}", "[]", "null", "{\"id\":", "{\"id\":1}", "\xff", "nonsense"};
    struct booking back, empty = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_int_eq(booking_from_json(wrong[i], strlen(wrong[i]), &back, &error), ERROR_INVALID);
        ck_assert_mem_eq(&back, &empty, sizeof empty);
    }
    char *deep = memory_new(BOOKING_JSON_MAX + 2, 1);
    memset(deep, '[', BOOKING_JSON_MAX + 1);
    ck_assert_int_eq(booking_from_json(deep, BOOKING_JSON_MAX, &back, &error), ERROR_INVALID);
    ck_assert_int_eq(booking_from_json(deep, BOOKING_JSON_MAX + 1, &back, &error), ERROR_INVALID);
    free(deep);
}
END_TEST

// Random damage never crashes, and what is still taken is a booking that passes its own check.
START_TEST(test_from_json_damaged_corrupt)
{
    struct booking booking = sample(), back;
    char *json;
    ck_assert_int_eq(booking_to_json(&booking, &json, &error), 0);
    size_t size = strlen(json);
    for (int round = 0; round < 20000; round++) {
        char *copy = memory_new(size + 1, 1);
        memcpy(copy, json, size);
        for (unsigned n = 1 + randombytes_uniform(3); n > 0; n--)
            copy[randombytes_uniform((uint32_t)size)] = (char)randombytes_uniform(256);
        if (booking_from_json(copy, size - randombytes_uniform(2), &back, &error) == 0)
            ck_assert_int_eq(booking_check(&back, &error), 0);
        free(copy);
    }
    free(json);
}
END_TEST

START_TEST(test_wipe)
{
    struct booking booking = sample(), empty = {0};
    booking_wipe(&booking);
    ck_assert_mem_eq(&booking, &empty, sizeof empty);
}
END_TEST

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    Suite *suite = suite_create("booking");
    TCase *tests = tcase_create("booking");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_new_id);
    tcase_add_test(tests, test_answer_and_topic);
    tcase_add_test(tests, test_to_json_form);
    tcase_add_test(tests, test_to_json_callback);
    tcase_add_test(tests, test_to_json_largest);
    tcase_add_test(tests, test_check_each_field);
    tcase_add_test(tests, test_from_json_ignores_unknown);
    tcase_add_test(tests, test_from_json_missing_member);
    tcase_add_test(tests, test_from_json_too_long);
    tcase_add_test(tests, test_check_first_and_last_day);
    tcase_add_test(tests, test_from_json_wrong_text);
    tcase_add_test(tests, test_from_json_damaged_corrupt);
    tcase_add_test(tests, test_wipe);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
