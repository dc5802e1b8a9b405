// links: src/base/error.c
#include "base/error.h"

#include <check.h>
#include <string.h>

#include "base/banned.h"

START_TEST(test_set_records_code_and_text)
{
    struct error error = ERROR_NONE;
    ck_assert_int_eq(error_set(&error, ERROR_TAKEN, "slot \"%s\" has an owner", "x"), ERROR_TAKEN);
    ck_assert_int_eq(error.code, ERROR_TAKEN);
    ck_assert_str_eq(error.text, "slot \"x\" has an owner");
    ck_assert_int_eq(error_set(&error, ERROR_IO, "%d", 7), ERROR_IO);
    ck_assert_str_eq(error.text, "7");
}
END_TEST

START_TEST(test_set_without_error)
{
    ck_assert_int_eq(error_set(NULL, ERROR_FULL, "nobody reads \"%s\"", "this"), ERROR_FULL);
    ck_assert_int_eq(error_prefix(NULL, "nor this"), 0);
}
END_TEST

START_TEST(test_set_from_its_own_text)
{
    struct error error = ERROR_NONE;
    error_set(&error, ERROR_IO, "inner");
    error_set(&error, ERROR_INVALID, "outer (%s)", error.text);
    ck_assert_str_eq(error.text, "outer (inner)");
}
END_TEST

START_TEST(test_prefix_adds_context)
{
    struct error error = ERROR_NONE;
    error_set(&error, ERROR_NOT_FOUND, "no file");
    ck_assert_int_eq(error_prefix(&error, "town %d", 3), ERROR_NOT_FOUND);
    ck_assert_str_eq(error.text, "town 3: no file");
}
END_TEST

// A text of `lead` ASCII bytes, then characters of two to four bytes, is cut between two of them.
START_TEST(test_set_cuts_between_characters)
{
    static const char *const characters[] = {"é", "€", "😀"};
    for (size_t i = 0; i < 3; i++) {
        for (size_t lead = 0; lead < 8; lead++) {
            char text[ERROR_TEXT_SIZE * 2] = "";
            size_t length = strlen(characters[i]), used = lead;
            memset(text, 'a', lead);
            while (used + length < sizeof(text)) {
                memcpy(text + used, characters[i], length);
                used += length;
            }
            struct error error = ERROR_NONE;
            error_set(&error, ERROR_IO, "%s", text);
            size_t kept = strlen(error.text);
            ck_assert_uint_lt(kept, ERROR_TEXT_SIZE);
            ck_assert_uint_eq((kept - lead) % length, 0);
            ck_assert_uint_gt(kept + length, ERROR_TEXT_SIZE - 1);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error");
    TCase *cases = tcase_create("error");
    tcase_add_test(cases, test_set_records_code_and_text);
    tcase_add_test(cases, test_set_without_error);
    tcase_add_test(cases, test_set_from_its_own_text);
    tcase_add_test(cases, test_prefix_adds_context);
    tcase_add_test(cases, test_set_cuts_between_characters);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
