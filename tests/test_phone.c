// links: src/booking/phone.c src/base/memory.c src/base/error.c src/base/utf8.c
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "booking/phone.h"

START_TEST(test_read_table)
{
    static const struct {
        const char *typed, *phone;
        enum phone_kind kind;
    } cases[] = {
        {"", "", PHONE_NONE},
        {" - ", "", PHONE_NONE},
        {"+", "", PHONE_NONE},
        {"0470123456", "+32470123456", PHONE_MOBILE},
        {"0470 12 34 56", "+32470123456", PHONE_MOBILE},
        {"0470/12.34.56", "+32470123456", PHONE_MOBILE},
        {"470123456", "+32470123456", PHONE_MOBILE},
        {"+32 470 12 34 56", "+32470123456", PHONE_MOBILE},
        {"0032470123456", "+32470123456", PHONE_MOBILE},
        {"+32(0)470-12-34-56", "+32470123456", PHONE_MOBILE},
        {"0032 (0)470 12 34 56", "+32470123456", PHONE_MOBILE},
        {"0455 12 34 56", "+32455123456", PHONE_MOBILE},
        {"0479 12 34 5", "047912345", PHONE_SUSPICIOUS},
        {"0499 12 34 56", "+32499123456", PHONE_MOBILE},
        {"02/371.22.11", "+3223712211", PHONE_LANDLINE},
        {"016 12 34 56", "+3216123456", PHONE_LANDLINE},
        {"04 222 33 44", "+3242223344", PHONE_LANDLINE},
        {"+32 2 371 22 11", "+3223712211", PHONE_LANDLINE},
        {"+40 712 345 678", "+40712345678", PHONE_FOREIGN},
        {"0040712345678", "+40712345678", PHONE_FOREIGN},
        {"+48 601 234 567", "+48601234567", PHONE_FOREIGN},
        {"+12345678", "+12345678", PHONE_FOREIGN},
        {"+123456789012345", "+123456789012345", PHONE_FOREIGN},
        {"+1234567", "+1234567", PHONE_SUSPICIOUS},
        {"+1234567890123456", "+123456789012345", PHONE_SUSPICIOUS},
        {"+0470123456", "+0470123456", PHONE_SUSPICIOUS},
        {"0440123456", "0440123456", PHONE_SUSPICIOUS},
        {"047012345", "047012345", PHONE_SUSPICIOUS},
        {"04701234567", "04701234567", PHONE_SUSPICIOUS},
        {"12345", "12345", PHONE_SUSPICIOUS},
        {"112", "112", PHONE_SUSPICIOUS},
        {"+32 470 12 34 5", "+3247012345", PHONE_SUSPICIOUS},
        {"412345678", "412345678", PHONE_SUSPICIOUS},
        {"+32 470 12 34 5678", "+3247012345678", PHONE_SUSPICIOUS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[PHONE_SIZE];
        enum phone_kind kind = phone_read(cases[i].typed, out);
        ck_assert_msg(strcmp(out, cases[i].phone) == 0, "\"%s\" gives \"%s\"", cases[i].typed, out);
        ck_assert_msg(kind == cases[i].kind, "\"%s\" is kind %d", cases[i].typed, (int)kind);
    }
}
END_TEST

START_TEST(test_group_table)
{
    static const struct {
        const char *phone, *grouped;
    } cases[] = {
        {"", ""},
        {"+32470123456", "0470 12 34 56"},
        {"+32455123456", "0455 12 34 56"},
        {"+3223712211", "02 371 22 11"},
        {"+3216123456", "016 12 34 56"},
        {"+3242223344", "04 222 33 44"},
        {"+40712345678", "+40 712 345 678"},
        {"+12025550123", "+1 202 555 0123"},
        {"+212612345678", "+212 612 345 678"},
        {"+79123456789", "+7 912 345 6789"},
        {"+123456789012345", "+1 234 567 890 123 45"},
        {"047012345", "0470 12 345"},
        {"04701", "04701"},
        {"047012", "0470 12"},
        {"0470", "0470"},
        {"0", "0"},
        {"12345", "123 45"},
        {"112", "112"},
        {"+", "+"},
        {"+4", "+4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[PHONE_GROUPED_SIZE];
        phone_group(cases[i].phone, out);
        ck_assert_msg(strcmp(out, cases[i].grouped) == 0, "\"%s\" is read \"%s\"", cases[i].phone, out);
    }
}
END_TEST

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static void strip_blanks(const char *from, char *to)
{
    for (; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
}

// Whatever is typed: the answer is empty or digits with at most one plus in front; reading it again changes
// nothing; and what is read back has the same digits.
START_TEST(test_read_properties)
{
    static const char letters[] = "0123456789012345678900+44 ./-()x\xc3\xa9";
    unsigned state = 20261124;
    for (int round = 0; round < 100000; round++) {
        char typed[60], first[PHONE_SIZE], second[PHONE_SIZE], grouped[PHONE_GROUPED_SIZE],
            bare[PHONE_GROUPED_SIZE];
        unsigned length = next_random(&state) % (sizeof typed - 1);
        for (unsigned i = 0; i < length; i++)
            typed[i] = letters[next_random(&state) % (sizeof letters - 1)];
        typed[length] = '\0';
        enum phone_kind kind = phone_read(typed, first);
        ck_assert((kind == PHONE_NONE) == (first[0] == '\0'));
        ck_assert_uint_eq(strspn(first + (first[0] == '+'), "0123456789"), strlen(first + (first[0] == '+')));
        if (kind != PHONE_SUSPICIOUS) { // these are in their final form
            ck_assert(phone_read(first, second) == kind);
            ck_assert_str_eq(first, second);
        }
        phone_group(first, grouped);
        strip_blanks(grouped, bare);
        bool national = kind == PHONE_MOBILE || kind == PHONE_LANDLINE;
        ck_assert_str_eq(bare + (national ? 1 : 0), first + (national ? 3 : 0));
    }
}
END_TEST

// Every real Belgian number survives however people write it.
START_TEST(test_read_every_writing)
{
    static const char *const writings[] = {"0%c%c%c%c%c%c%c%c%c", "+32%c%c%c%c%c%c%c%c%c",
                                           "0032%c%c%c%c%c%c%c%c%c", "+32 (0)%c%c%c/%c%c.%c%c.%c%c",
                                           "%c%c%c %c%c %c%c %c%c"};
    unsigned state = 7;
    for (int round = 0; round < 5000; round++) {
        char digits[10] = "4", expected[PHONE_SIZE] = "+32";
        digits[1] = (char)('5' + next_random(&state) % 5);
        for (int i = 2; i < 9; i++)
            digits[i] = (char)('0' + next_random(&state) % 10);
        memcpy(expected + 3, digits, 10);
        const char *writing = writings[next_random(&state) % 5];
        char typed[40];
        size_t length = 0;
        for (const char *digit = digits; *writing != '\0'; writing++) {
            bool place = *writing == '%';
            typed[length++] = place ? *digit++ : *writing;
            writing += place ? 1 : 0;
        }
        typed[length] = '\0';
        char out[PHONE_SIZE];
        ck_assert_int_eq(phone_read(typed, out), PHONE_MOBILE);
        ck_assert_str_eq(out, expected);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("phone");
    TCase *tests = tcase_create("phone");
    tcase_add_test(tests, test_read_table);
    tcase_add_test(tests, test_group_table);
    tcase_add_test(tests, test_read_properties);
    tcase_add_test(tests, test_read_every_writing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
