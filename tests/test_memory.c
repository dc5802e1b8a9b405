// links: src/base/memory.c
#include "base/memory.h"

#include <check.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

START_TEST(test_new_is_zeroed)
{
    unsigned char *block = memory_new(3, 100);
    for (size_t i = 0; i < 300; i++)
        ck_assert_uint_eq(block[i], 0);
    free(block);
    block = memory_new(0, 8); // nothing asked for is not nothing given
    ck_assert_ptr_nonnull(block);
    free(block);
}
END_TEST

START_TEST(test_grow_keeps_content)
{
    int *numbers = memory_grow(NULL, 2, sizeof(int));
    numbers[0] = 1;
    numbers[1] = 2;
    numbers = memory_grow(numbers, 2000, sizeof(int));
    ck_assert_int_eq(numbers[0] + numbers[1], 3);
    free(numbers);
}
END_TEST

START_TEST(test_grow_overflow_aborts)
{
    free(memory_grow(NULL, SIZE_MAX / 2, 4));
}
END_TEST

START_TEST(test_copy_text)
{
    char *copy = memory_copy_text("één");
    ck_assert_str_eq(copy, "één");
    free(copy);
    ck_assert_ptr_null(memory_copy_text(NULL));
}
END_TEST

START_TEST(test_format)
{
    char *text = memory_format("%s-%03d", "a", 7);
    ck_assert_str_eq(text, "a-007");
    free(text);
}
END_TEST

START_TEST(test_wipe)
{
    char secret[8] = "secret";
    memory_wipe(secret, sizeof(secret));
    for (size_t i = 0; i < sizeof(secret); i++)
        ck_assert_int_eq(secret[i], 0);
    memory_wipe(NULL, 5);
}
END_TEST

static const struct {
    size_t size;
    const char *text, *out;
    int result;
} copies[] = {
    {5, "abcd", "abcd", 0},
    {4, "abcd", "abc", ERROR_FULL},
    {1, "", "", 0},
    {1, "a", "", ERROR_FULL},
    {4, "aéb", "aé", ERROR_FULL},
    {3, "aéb", "a", ERROR_FULL},
    {5, "aéb", "aéb", 0},
    {4, "€€", "€", ERROR_FULL},
    {6, "€€", "€", ERROR_FULL},
    {3, "😀", "", ERROR_FULL},
    {5, "😀", "😀", 0},
};

START_TEST(test_text_copy)
{
    char out[16] = "before";
    ck_assert_int_eq(text_copy(out, copies[_i].size, copies[_i].text), copies[_i].result);
    ck_assert_str_eq(out, copies[_i].out);
    memset(out, 'x', sizeof(out));
    ck_assert_int_eq(text_print(out, copies[_i].size, "%s", copies[_i].text), copies[_i].result);
    ck_assert_str_eq(out, copies[_i].out);
}
END_TEST

START_TEST(test_text_copy_within_itself)
{
    char text[16] = "0123456789";
    ck_assert_int_eq(text_copy(text, sizeof(text), text + 3), 0);
    ck_assert_str_eq(text, "3456789");
}
END_TEST

START_TEST(test_buffer_grows)
{
    struct text_buffer buffer = {0};
    for (int i = 0; i < 1000; i++)
        text_buffer_addf(&buffer, "%d,", i % 10);
    ck_assert_uint_eq(buffer.length, 2000);
    ck_assert_uint_eq(strlen(buffer.text), 2000);
    ck_assert_int_eq(strncmp(buffer.text, "0,1,2,", 6), 0);
    text_buffer_clear(&buffer);
    ck_assert_str_eq(buffer.text, "");
    text_buffer_add(&buffer, "één");
    text_buffer_add_bytes(&buffer, "a\0b", 3);
    ck_assert_uint_eq(buffer.length, strlen("één") + 3);
    text_buffer_wipe(&buffer);
    ck_assert_ptr_null(buffer.text);
    ck_assert_uint_eq(buffer.length, 0);
    text_buffer_release(&buffer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *cases = tcase_create("memory");
    tcase_add_test(cases, test_new_is_zeroed);
    tcase_add_test(cases, test_grow_keeps_content);
    tcase_add_test_raise_signal(cases, test_grow_overflow_aborts, SIGABRT);
    tcase_add_test(cases, test_copy_text);
    tcase_add_test(cases, test_format);
    tcase_add_test(cases, test_wipe);
    tcase_add_loop_test(cases, test_text_copy, 0, COUNT(copies));
    tcase_add_test(cases, test_text_copy_within_itself);
    tcase_add_test(cases, test_buffer_grows);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
