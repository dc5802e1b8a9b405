// links: src/booking/code.c src/base/error.c
// libs: -lsodium
#include <check.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "booking/code.h"

#define ALPHABET "23456789ABCDEFGHJKLMNPQRSTVWXYZ"

START_TEST(test_new_valid_and_different)
{
    char codes[200][CODE_SIZE];
    for (int i = 0; i < 200; i++) {
        code_new(codes[i]);
        ck_assert_uint_eq(strlen(codes[i]), CODE_LENGTH);
        ck_assert(code_valid(codes[i]));
    }
    unsigned same = 0;
    for (int i = 0; i < 200; i++)
        for (int j = 0; j < i; j++)
            same += strcmp(codes[i], codes[j]) == 0;
    ck_assert_uint_le(same, 1); // 28 million codes: two equal pairs among 200 do not happen
}
END_TEST

START_TEST(test_valid_notices_every_wrong_character)
{
    for (int round = 0; round < 50; round++) {
        char code[CODE_SIZE], wrong[CODE_SIZE];
        code_new(code);
        for (int place = 0; place < CODE_LENGTH; place++)
            for (const char *letter = ALPHABET; *letter != '\0'; letter++) {
                memcpy(wrong, code, sizeof wrong);
                wrong[place] = *letter;
                ck_assert(code_valid(wrong) == (*letter == code[place]));
            }
    }
}
END_TEST

START_TEST(test_valid_notices_every_swap)
{
    for (int round = 0; round < 200; round++) {
        char code[CODE_SIZE], wrong[CODE_SIZE];
        code_new(code);
        for (int a = 0; a < CODE_LENGTH; a++)
            for (int b = 0; b < a; b++) {
                memcpy(wrong, code, sizeof wrong);
                wrong[a] = code[b];
                wrong[b] = code[a];
                ck_assert(code_valid(wrong) == (code[a] == code[b]));
            }
    }
}
END_TEST

START_TEST(test_valid_form)
{
    char code[CODE_SIZE];
    code_new(code);
    ck_assert(!code_valid(""));
    ck_assert(!code_valid("222"));
    ck_assert(!code_valid("OOOOOO"));
    ck_assert(code_valid("222222")); // each 2 counts 0
    char longer[CODE_SIZE + 1];
    memcpy(longer, code, CODE_LENGTH);
    memcpy(longer + CODE_LENGTH, "2", 2);
    ck_assert(!code_valid(longer));
}
END_TEST

// Writes `pattern` with the next character of the code for each *, and as a small letter for each !.
static void put_code(char *out, size_t size, const char *pattern, const char *code)
{
    size_t length = 0;
    const char *next = code;
    for (; *pattern != '\0' && length + 1 < size; pattern++)
        out[length++] = *pattern == '*' ? *next++ : *pattern == '!' ? (char)(*next++ | 0x20) : *pattern;
    out[length] = '\0';
}

START_TEST(test_read_forgives)
{
    static const char *const forms[] = {
        "******",
        "*** ***",
        " ***-*** ",
        "!!!!!!",
        "***.***\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:******\r\nDTSTAMP:20261124T080000Z\r\n",
        "BEGIN:VCALENDARVERSION:2.0BEGIN:VEVENTUID:******DTSTAMP:20261124T080000ZEND:VEVENT",
        "begin:vcalendar\nuid:!!!!!!\nend:vcalendar",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        char code[CODE_SIZE], text[200], out[CODE_SIZE];
        code_new(code);
        put_code(text, sizeof text, forms[i], code);
        ck_assert_msg(code_read(text, out) == 0, "form %zu", i);
        ck_assert_str_eq(out, code);
    }
}
END_TEST

START_TEST(test_read_refuses)
{
    char code[CODE_SIZE], out[CODE_SIZE], text[200];
    code_new(code);
    static const char *const forms[] = {
        "",
        "*",
        "*****",
        "******2",
        "****** ******",
        "x******",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nUID:",
        "BEGIN:VCALENDAR\r\nUID:abc@example",
        "https://example.org/******",
        "\xff\xfe",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        char twice[2 * CODE_SIZE];
        memcpy(twice, code, CODE_LENGTH);
        memcpy(twice + CODE_LENGTH, code, CODE_SIZE);
        put_code(text, sizeof text, forms[i], twice);
        ck_assert_msg(code_read(text, out) == ERROR_INVALID, "form %zu", i);
        ck_assert_str_eq(out, "");
    }
}
END_TEST

START_TEST(test_read_never_crashes)
{
    for (int round = 0; round < 20000; round++) {
        char text[40], out[CODE_SIZE];
        size_t length = randombytes_uniform(sizeof text);
        randombytes_buf(text, sizeof text);
        if (round % 2 == 0)
            memcpy(text, "BEGIN:UID:", 10);
        text[length] = '\0';
        if (code_read(text, out) == 0)
            ck_assert(code_valid(out));
        else
            ck_assert_str_eq(out, "");
    }
}
END_TEST

START_TEST(test_group)
{
    char out[CODE_GROUPED_SIZE];
    code_group("K7M4QV", out);
    ck_assert_str_eq(out, "K7M 4QV");
    code_group("", out);
    ck_assert_str_eq(out, "");
    code_group("K7", out);
    ck_assert_str_eq(out, "K7");
}
END_TEST

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    Suite *suite = suite_create("code");
    TCase *tests = tcase_create("code");
    tcase_add_test(tests, test_new_valid_and_different);
    tcase_add_test(tests, test_valid_notices_every_wrong_character);
    tcase_add_test(tests, test_valid_notices_every_swap);
    tcase_add_test(tests, test_valid_form);
    tcase_add_test(tests, test_read_forgives);
    tcase_add_test(tests, test_read_refuses);
    tcase_add_test(tests, test_read_never_crashes);
    tcase_add_test(tests, test_group);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
