// links: src/booking/presence.c src/booking/presence_file.c src/booking/slot.c src/base/config.c src/base/file.c src/base/day.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lcyaml -lyaml
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "booking/presence.h"

#define ROOM 200
#define GUIDES                                                                                               \
    "guides:\n"                                                                                              \
    "  - { id: els, name: Els, languages: [nl, fr, ro] }\n"                                                  \
    "  - { id: karim, name: Karim, languages: [nl, ar] }\n"

static struct error error;
static struct slot slots[ROOM];

static struct presence *parse(const char *text)
{
    struct presence *presence;
    ck_assert_msg(presence_parse(&presence, "hours.yaml", text, strlen(text), &error) == 0, "%s", error.text);
    return presence;
}

static int32_t day(const char *text)
{
    int32_t number;
    ck_assert_int_eq(day_parse(text, &number), 0);
    return number;
}

// The day's slots as one text: "els 09:00, karim 09:30".
static const char *told(const struct presence *presence, const char *date)
{
    static char text[4000];
    unsigned count = presence_slots(presence, day(date), slots, ROOM);
    text[0] = '\0';
    for (unsigned i = 0; i < count; i++) {
        char start[MOMENT_TEXT_SIZE];
        moment_format(slots[i].start, start);
        ck_assert(strncmp(start, date, 10) == 0);
        size_t length = strlen(text);
        (void)text_print(text + length, sizeof text - length, "%s%s %s", i > 0 ? ", " : "", slots[i].guide,
                         start + 11);
    }
    return text;
}

START_TEST(test_slots_of_two_guides)
{
    struct presence *presence =
        parse(GUIDES "hours:\n"
                     "  - { guide: karim, day: maandag, from: \"09:00\", to: \"10:30\" }\n"
                     "  - { guide: els, day: maandag, from: 9:30, to: \"10.45\" }\n");
    ck_assert_str_eq(told(presence, "2026-11-23"),
                     "karim 09:00, els 09:30, karim 09:30, els 10:00, karim 10:00");
    ck_assert_str_eq(told(presence, "2026-11-24"), "");
    ck_assert_int_eq(slots[0].minutes, 30);
    struct slot few[2];
    ck_assert_uint_eq(presence_slots(presence, day("2026-11-23"), few, 2), 5);
    ck_assert_str_eq(few[1].guide, "els");
    ck_assert_uint_eq(presence_slots(presence, day("2026-11-23"), NULL, 0), 5);
    presence_free(presence);
}
END_TEST

START_TEST(test_slots_walk_in_has_none)
{
    struct presence *presence =
        parse(GUIDES "hours:\n"
                     "  - { guide: els, day: maandag, from: \"09:00\", to: \"10:00\", walk-in: ja }\n"
                     "  - { guide: els, day: maandag, from: \"10:00\", to: \"11:00\", walk-in: nee }\n");
    ck_assert_str_eq(told(presence, "2026-11-23"), "els 10:00, els 10:30");
    presence_free(presence);
}
END_TEST

START_TEST(test_slots_range_replaces_open_ended)
{
    struct presence *presence =
        parse(GUIDES "slot-minutes: 60\n"
                     "hours:\n"
                     "  - { guide: els, day: maandag, from: \"09:00\", to: \"11:00\" }\n"
                     "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"11:00\" }\n"
                     "  - { guide: karim, day: maandag, from: \"14:00\", to: \"15:00\" }\n"
                     "  - { guide: els, day: maandag, from: \"08:00\", to: \"09:00\", first: 2027-07-01, "
                     "last: 2027-08-31 }\n"
                     "  - { guide: els, day: dinsdag, from: \"20:00\", to: \"21:00\", first: 2027-09-01 }\n");
    ck_assert_str_eq(told(presence, "2027-06-28"), "els 09:00, els 10:00, karim 14:00");
    ck_assert_str_eq(told(presence, "2027-07-05"), "els 08:00, karim 14:00"); // karim has no summer hours
    ck_assert_str_eq(told(presence, "2027-07-06"), ""); // els has, and none on this weekday
    ck_assert_str_eq(told(presence, "2027-08-30"), "els 08:00, karim 14:00");
    ck_assert_str_eq(told(presence, "2027-08-31"), "");
    ck_assert_str_eq(told(presence, "2027-09-07"),
                     "els 09:00, els 10:00, els 20:00"); // begins, replaces nothing
    presence_free(presence);
}
END_TEST

START_TEST(test_slots_closures)
{
    struct presence *presence =
        parse(GUIDES "hours:\n"
                     "  - { guide: els, day: maandag, from: \"09:00\", to: \"11:00\" }\n"
                     "  - { guide: karim, day: maandag, from: \"09:00\", to: \"10:00\" }\n"
                     "closures:\n"
                     "  - { first: 2026-11-30, reason: brugdag }\n"
                     "  - { first: 2026-12-01, last: 2026-12-10, guide: els }\n"
                     "  - { first: 2026-12-14, from: \"09:45\", to: \"10:10\" }\n"
                     "  - { first: 2026-12-21, from: \"09:30\", to: \"10:00\", guide: karim }\n"
                     "  - { first: 2026-12-28, from: \"09:30\", to: \"10:00\" }\n");
    ck_assert_str_eq(told(presence, "2026-11-30"), "");
    ck_assert_str_eq(told(presence, "2026-12-07"), "karim 09:00, karim 09:30");
    ck_assert_str_eq(told(presence, "2026-12-14"), "els 09:00, karim 09:00, els 10:30");
    ck_assert_str_eq(told(presence, "2026-12-21"), "els 09:00, karim 09:00, els 09:30, els 10:00, els 10:30");
    ck_assert_str_eq(told(presence, "2026-12-28"), "els 09:00, karim 09:00, els 10:00, els 10:30");
    presence_free(presence);
}
END_TEST

// A range begins on its first day and ends with its last.
START_TEST(test_slots_first_and_last_day)
{
    struct presence *presence = parse(
        GUIDES "hours:\n"
               "  - { guide: els, day: maandag, from: \"09:00\", to: \"09:30\" }\n"
               "  - { guide: els, day: maandag, from: \"08:00\", to: \"08:30\", first: 2027-07-05, last: "
               "2027-07-12 }\n"
               "  - { guide: karim, day: maandag, from: \"09:00\", to: \"09:30\", first: 2027-07-05 }\n"
               "  - { guide: karim, day: maandag, from: \"10:00\", to: \"10:30\", last: 2027-07-05 }\n");
    ck_assert_str_eq(told(presence, "2027-06-28"), "els 09:00, karim 10:00");
    ck_assert_str_eq(told(presence, "2027-07-05"), "els 08:00, karim 09:00, karim 10:00");
    ck_assert_str_eq(told(presence, "2027-07-12"), "els 08:00, karim 09:00");
    ck_assert_str_eq(told(presence, "2027-07-19"), "els 09:00, karim 09:00");
    presence_free(presence);
}
END_TEST

START_TEST(test_slots_public_holidays)
{
    const char *hours = GUIDES "hours:\n  - { guide: els, day: maandag, from: \"09:00\", to: \"09:30\" }\n";
    struct presence *open = parse(hours);
    char text[600];
    (void)text_print(text, sizeof text, "public-holidays: ja\n%s", hours);
    struct presence *kept = parse(text);
    ck_assert_str_eq(told(open, "2027-03-29"), "els 09:00"); // Easter Monday
    ck_assert_str_eq(told(kept, "2027-03-29"), "");
    ck_assert_str_eq(told(kept, "2027-04-05"), "els 09:00");
    presence_free(open);
    presence_free(kept);
}
END_TEST

// Nobody can come in the hour that the spring night skips; in the autumn night the hour is given once.
START_TEST(test_slots_nights_of_summer_time)
{
    struct presence *presence =
        parse(GUIDES "hours:\n  - { guide: els, day: zondag, from: \"01:15\", to: \"04:15\" }\n");
    ck_assert_str_eq(told(presence, "2027-03-21"),
                     "els 01:15, els 01:45, els 02:15, els 02:45, els 03:15, els 03:45");
    ck_assert_str_eq(told(presence, "2027-03-28"), "els 01:15, els 03:15, els 03:45");
    ck_assert_str_eq(told(presence, "2027-10-31"),
                     "els 01:15, els 01:45, els 02:15, els 02:45, els 03:15, els 03:45");
    presence_free(presence);
    presence = parse(GUIDES "hours:\n  - { guide: els, day: zondag, from: \"01:30\", to: \"03:30\" }\n");
    ck_assert_str_eq(told(presence, "2027-03-28"),
                     "els 01:30, els 03:00"); // one ends as the skipped hour begins
    presence_free(presence);
}
END_TEST

// Sorted, never the same twice, never over one another, and each start is an hour that exists.
static bool day_is_sound(int32_t date, unsigned count)
{
    bool sound = count == 0 || presence_holiday(date) == NULL;
    for (unsigned i = 0; i < count && sound; i++) {
        int64_t instant = moment_to_instant(slots[i].start);
        sound = slots[i].start.day == date && (i == 0 || slot_compare(&slots[i - 1], &slots[i]) < 0) &&
                moment_compare(moment_from_instant(instant), slots[i].start) == 0;
        for (unsigned j = 0; j < i && sound; j++)
            sound = strcmp(slots[i].guide, slots[j].guide) != 0 ||
                    slots[j].start.minute + slots[j].minutes <= slots[i].start.minute;
    }
    return sound;
}

START_TEST(test_slots_every_day_property)
{
    struct presence *presence = parse(
        GUIDES "public-holidays: ja\nslot-minutes: 20\nhours:\n"
               "  - { guide: els, day: maandag, from: \"09:00\", to: \"12:10\" }\n"
               "  - { guide: els, day: maandag, from: \"12:10\", to: \"16:00\" }\n"
               "  - { guide: els, day: zondag, from: \"00:00\", to: \"24:00\" }\n"
               "  - { guide: karim, day: maandag, from: \"10:05\", to: \"12:00\" }\n"
               "  - { guide: els, day: maandag, from: \"08:00\", to: \"10:00\", first: 2027-07-01, last: "
               "2030-08-31 }\n"
               "closures:\n  - { first: 2025-01-01, last: 2025-12-31, from: \"11:00\", to: \"11:01\" }\n");
    for (int32_t date = day("2020-01-01"), last = day("2040-12-31"); date <= last; date++) {
        unsigned count = presence_slots(presence, date, slots, ROOM);
        ck_assert_uint_lt(count, ROOM);
        ck_assert_msg(day_is_sound(date, count), "day %d", date);
    }
    presence_free(presence);
}
END_TEST

START_TEST(test_slot_minutes_least_and_most)
{
    static const struct {
        unsigned minutes, count;
    } cases[] = {{5, 288}, {480, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        (void)text_print(text, sizeof text,
                         GUIDES "slot-minutes: %u\nhours:\n"
                                "  - { guide: els, day: maandag, from: \"00:00\", to: \"24:00\" }\n",
                         cases[i].minutes);
        struct presence *presence = parse(text);
        ck_assert_uint_eq(presence_slots(presence, day("2026-11-23"), NULL, 0), cases[i].count);
        presence_free(presence);
    }
}
END_TEST

START_TEST(test_guides)
{
    struct presence *presence = parse(GUIDES "hours: []\n");
    ck_assert_str_eq(presence_guide(presence, "karim")->name, "Karim");
    ck_assert_ptr_null(presence_guide(presence, "jan"));
    ck_assert(presence_speaks(presence, "els", "ro"));
    ck_assert(!presence_speaks(presence, "karim", "ro"));
    ck_assert(!presence_speaks(presence, "jan", "nl"));
    presence_free(presence);
}
END_TEST

START_TEST(test_holiday_table)
{
    static const struct {
        const char *date, *key;
    } cases[] = {
        {"2026-01-01", "holiday.new-year"},      {"2026-04-06", "holiday.easter-monday"},
        {"2026-05-01", "holiday.labour-day"},    {"2026-05-14", "holiday.ascension"},
        {"2026-05-25", "holiday.whit-monday"},   {"2026-07-11", "holiday.flemish-day"},
        {"2026-07-21", "holiday.national-day"},  {"2026-08-15", "holiday.assumption"},
        {"2026-11-01", "holiday.all-saints"},    {"2026-11-11", "holiday.armistice"},
        {"2026-12-25", "holiday.christmas"},     {"2024-04-01", "holiday.easter-monday"},
        {"2025-04-21", "holiday.easter-monday"}, {"2027-03-29", "holiday.easter-monday"},
        {"2025-05-29", "holiday.ascension"},     {"2027-05-17", "holiday.whit-monday"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *key = presence_holiday(day(cases[i].date));
        ck_assert_msg(key != NULL && strcmp(key, cases[i].key) == 0, "%s", cases[i].date);
    }
    for (int year = 2020; year <= 2040; year++) {
        unsigned count = 0;
        for (int32_t date = day_from_civil(year, 1, 1); date <= day_from_civil(year, 12, 31); date++)
            count += presence_holiday(date) != NULL;
        ck_assert_uint_ge(count, 10); // 11, unless two meet
        ck_assert_uint_le(count, 11);
    }
}
END_TEST

#define HOURS GUIDES "hours:\n  - { guide: els, day: maandag, from: \"09:00\", to: \"12:00\" }\n"

START_TEST(test_parse_faults)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "hours.yaml"},
        {"hours: []\n", "guides"},
        {GUIDES "hours:\n  - { guide: els, day: monday, from: \"09:00\", to: \"12:00\" }\n",
         "hours.yaml: hours entry 1 (\"monday\", guide \"els\"): \"monday\" is no weekday (maandag … "
         "zondag)"},
        {HOURS "  - { guide: jan, day: dinsdag, from: \"09:00\", to: \"12:00\" }\n",
         "hours.yaml: hours entry 2 (\"dinsdag\", guide \"jan\"): the guide \"jan\" is not under \"guides\""},
        {HOURS "  - { guide: els, day: dinsdag, from: \"12:00\", to: \"09:00\" }\n",
         "hours entry 2 (\"dinsdag\", guide \"els\"): \"from\" is not before \"to\""},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"09:00\" }\n",
         "\"from\" is not before \"to\""},
        {HOURS "  - { guide: els, day: maandag, from: \"09:00\", to: \"12:00\", last: 2026-12-31 }\n",
         "overlaps hours entry 1"},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"10:00\", last: 2026-12-31 }\n"
               "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"10:00\", first: 2026-12-31 }\n",
         "overlaps hours entry 2"},
        {HOURS "  - { guide: els, day: dinsdag, from: \"9u\", to: \"12:00\" }\n",
         "\"from\" is \"9u\", not an hour such as \"09:00\""},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:60\", to: \"12:00\" }\n", "\"from\" is \"09:60\""},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"24:30\" }\n", "\"to\" is \"24:30\""},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\", first: 1/7/2027 }\n",
         "\"first\" is \"1/7/2027\", not a day such as 2026-11-24"},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\", last: 2027-02-29 }\n",
         "\"last\" is \"2027-02-29\""},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\", first: 2027-02-02, last: "
               "2027-02-01 }\n",
         "\"first\" is after \"last\""},
        {HOURS "  - { guide: els, day: maandag, from: \"11:59\", to: \"13:00\" }\n",
         "overlaps hours entry 1"},
        {HOURS "  - { guide: els, day: maandag, from: \"09:00\", to: \"12:00\", walk-in: ja }\n",
         "overlaps hours entry 1"},
        {HOURS "  - { guide: els, day: maandag, from: \"11:00\", to: \"13:00\", first: 2030-01-01 }\n",
         "overlaps hours entry 1"},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\", walk-in: misschien }\n",
         "walk-in"},
        {HOURS "  - { guide: els, day: dinsdag, from: \"09:00\", to: \"12:00\", tot: \"13:00\" }\n", "tot"},
        {HOURS "closures:\n  - { first: morgen, reason: brugdag }\n",
         "hours.yaml: closures entry 1 (\"brugdag\"): \"first\" is \"morgen\", not a day"},
        {HOURS "closures:\n  - { first: 2027-01-02, guide: jan }\n",
         "the guide \"jan\" is not under \"guides\""},
        {HOURS "closures:\n  - { first: 2027-01-02, from: \"12:00\", to: \"11:00\" }\n",
         "\"from\" is not before \"to\""},
        {HOURS "slot-minutes: 0\n", "\"slot-minutes\" is 0, not 5 to 480"},
        {HOURS "slot-minutes: 3\n", "\"slot-minutes\" is 3, not 5 to 480"},
        {HOURS "slot-minutes: 500\n", "\"slot-minutes\" is 500"},
        {"guides:\n  - { id: Els, name: Els }\nhours: []\n", "guide \"Els\": an identifier has only a-z"},
        {"guides:\n  - { id: els, name: Els }\n  - { id: els, name: Els }\nhours: []\n",
         "guide \"els\" stands there twice"},
        {"guides:\n  - { id: els, name: \"\" }\nhours: []\n", "guide \"els\" has no name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct presence *presence;
        const char *text = cases[i].text;
        ck_assert_int_eq(presence_parse(&presence, "hours.yaml", text, strlen(text), &error), ERROR_INVALID);
        ck_assert_ptr_null(presence);
        ck_assert_msg(strstr(error.text, cases[i].says) != NULL, "case %zu says: %s", i, error.text);
        ck_assert_ptr_null(strchr(error.text, '\n'));
    }
}
END_TEST

// The same hours in two ranges that do not meet, or for another guide, are no overlap.
START_TEST(test_parse_no_overlap)
{
    struct presence *presence =
        parse(GUIDES "hours:\n"
                     "  - { guide: els, day: maandag, from: \"09:00\", to: \"12:00\", last: 2026-12-31 }\n"
                     "  - { guide: els, day: maandag, from: \"09:00\", to: \"12:00\", first: 2027-01-01 }\n"
                     "  - { guide: els, day: maandag, from: \"12:00\", to: \"13:00\" }\n"
                     "  - { guide: els, day: maandag, from: \"08:00\", to: \"09:00\" }\n"
                     "  - { guide: karim, day: maandag, from: \"09:00\", to: \"12:00\" }\n"
                     "  - { guide: els, day: maandag, from: \"09:00\", to: \"12:00\", first: 2027-07-01, "
                     "last: 2027-07-31 }\n");
    ck_assert_uint_eq(presence->blocks_count, 6);
    presence_free(presence);
}
END_TEST

static char *sample_file(size_t *size)
{
    char *path = file_share("kiosk-config/hours.yaml"), *bytes;
    ck_assert_msg(file_read(path, 100000, &bytes, size, &error) == 0, "%s", error.text);
    free(path);
    return bytes;
}

START_TEST(test_load_sample)
{
    char *path = file_share("kiosk-config/hours.yaml");
    struct presence *presence;
    ck_assert_msg(presence_load(&presence, path, &error) == 0, "%s", error.text);
    ck_assert_uint_eq(presence->slot_minutes, 30);
    ck_assert(presence->public_holidays);
    ck_assert_uint_eq(presence->guides_count, 2);
    presence_free(presence);
    free(path);
}
END_TEST

START_TEST(test_load_missing)
{
    struct presence *presence;
    ck_assert_int_eq(presence_load(&presence, "/nonexistent/hours.yaml", &error), ERROR_NOT_FOUND);
    ck_assert_ptr_null(presence);
    presence_free(NULL);
}
END_TEST

#define SUNDAY_FROM GUIDES "hours:\n  - { guide: els, day: zondag, from: \"%s\", to: \"24:00\" }\n"

START_TEST(test_parse_hours_of_every_form)
{
    static const struct {
        const char *written;
        int minutes;
    } cases[] = {{"00:00", 0}, {"0:05", 5}, {"09:59", 599}, {"9.09", 549}, {"19:30", 1170}, {"23:59", 1439}};
    static const char *const wrong[] = {"",       "9",     "09",    "0900",   "9:5",
                                        "009:00", "24:01", "09:60", "/9:00",  "0:/0",
                                        ":9:00",  "09-00", "09:0a", "09:00 ", "-1:00"};
    char text[400];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)text_print(text, sizeof text, SUNDAY_FROM, cases[i].written);
        struct presence *presence = parse(text);
        ck_assert_int_eq(presence->blocks[0].from, cases[i].minutes);
        ck_assert_int_eq(presence->blocks[0].to, 1440);
        ck_assert_int_eq(presence->blocks[0].weekday, 7);
        presence_free(presence);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct presence *presence;
        (void)text_print(text, sizeof text, SUNDAY_FROM, wrong[i]);
        ck_assert_msg(presence_parse(&presence, "hours.yaml", text, strlen(text), &error) == ERROR_INVALID,
                      "\"%s\" is taken", wrong[i]);
    }
}
END_TEST

// Random damage: refused with a sentence, or taken and then good for slots.
START_TEST(test_parse_damaged_corrupt)
{
    size_t size;
    char *bytes = sample_file(&size), *copy = memory_new(size + 1, 1);
    srandom(20261124);
    for (int round = 0; round < 3000; round++) {
        memcpy(copy, bytes, size + 1);
        size_t length = round % 3 == 0 ? (size_t)random() % size : size;
        for (long n = random() % 4; n >= 0 && length > 0; n--)
            copy[(size_t)random() % length] =
                random() % 2 ? "{}[]:,-\"' \n#&*!|>%@"[random() % 19] : (char)random();
        struct presence *presence;
        error = ERROR_NONE;
        if (presence_parse(&presence, "hours.yaml", copy, length, &error) != 0) {
            ck_assert_ptr_null(presence);
            ck_assert(strncmp(error.text, "hours.yaml", 10) == 0);
            continue;
        }
        for (int32_t date = 20780; date < 20790; date++)
            (void)presence_slots(presence, date, slots, ROOM);
        presence_free(presence);
    }
    free(copy);
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("presence");
    TCase *tests = tcase_create("presence");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_slots_of_two_guides);
    tcase_add_test(tests, test_slots_walk_in_has_none);
    tcase_add_test(tests, test_slots_range_replaces_open_ended);
    tcase_add_test(tests, test_slots_closures);
    tcase_add_test(tests, test_slots_first_and_last_day);
    tcase_add_test(tests, test_slots_public_holidays);
    tcase_add_test(tests, test_slots_nights_of_summer_time);
    tcase_add_test(tests, test_slots_every_day_property);
    tcase_add_test(tests, test_slot_minutes_least_and_most);
    tcase_add_test(tests, test_guides);
    tcase_add_test(tests, test_holiday_table);
    tcase_add_test(tests, test_parse_faults);
    tcase_add_test(tests, test_parse_no_overlap);
    tcase_add_test(tests, test_load_sample);
    tcase_add_test(tests, test_load_missing);
    tcase_add_test(tests, test_parse_hours_of_every_form);
    tcase_add_test(tests, test_parse_damaged_corrupt);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
