// links: src/base/utf8.c
#include "base/utf8.h"

#include <check.h>
#include <locale.h>
#include <string.h>
#include <wctype.h>

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const struct {
    const char *bytes;
    size_t size;
    bool valid;
} texts[] = {
    {"", 0, true},
    {"abc", 3, true},
    {"é", 2, true},
    {"€", 3, true},
    {"😀", 4, true},
    {"\xF4\x8F\xBF\xBF", 4, true},  // U+10FFFF
    {"\xF4\x90\x80\x80", 4, false}, // one beyond
    {"\xED\x9F\xBF", 3, true},      // U+D7FF
    {"\xED\xA0\x80", 3, false},     // a surrogate
    {"\xEE\x80\x80", 3, true},      // U+E000
    {"\xC0\x80", 2, false},         // overlong
    {"\xC1\xBF", 2, false},
    {"\xE0\x80\x80", 3, false},
    {"\xE0\x9F\xBF", 3, false},
    {"\xF0\x80\x80\x80", 4, false},
    {"\xF0\x8F\xBF\xBF", 4, false},
    {"\xF5\x80\x80\x80", 4, false},
    {"\x80", 1, false}, // a continuation alone
    {"\xC3", 1, false}, // cut
    {"\xE2\x82", 2, false},
    {"\xF0\x9F\x98", 3, false},
    {"\xC3g", 2, false},
    {"\xFF", 1, false},
    {"a\0b", 3, false},
};

START_TEST(test_valid_table)
{
    ck_assert_int_eq(utf8_valid(texts[_i].bytes, texts[_i].size), texts[_i].valid);
}
END_TEST

START_TEST(test_next_walks)
{
    const char *at = "aé€😀";
    ck_assert_uint_eq(utf8_next(&at), 'a');
    ck_assert_uint_eq(utf8_next(&at), 0xE9);
    ck_assert_uint_eq(utf8_next(&at), 0x20AC);
    ck_assert_uint_eq(utf8_next(&at), 0x1F600);
    const char *end = at;
    ck_assert_uint_eq(utf8_next(&at), 0);
    ck_assert_ptr_eq(at, end);
}
END_TEST

START_TEST(test_next_broken_moves_one_byte)
{
    const char *at = "\xE2\x82z\xF0\x9F\x98";
    for (int i = 0; i < 2; i++)
        ck_assert_uint_eq(utf8_next(&at), 0xFFFD);
    ck_assert_uint_eq(utf8_next(&at), 'z');
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(utf8_next(&at), 0xFFFD);
    ck_assert_uint_eq(utf8_next(&at), 0);
}
END_TEST

START_TEST(test_encode_every_character)
{
    for (uint32_t character = 1; character <= 0x110010; character++) {
        char out[UTF8_MAX + 1];
        const char *at = out;
        bool scalar = character <= 0x10FFFF && (character < 0xD800 || character > 0xDFFF);
        size_t length = utf8_encode(character, out);
        ck_assert_uint_eq(length, strlen(out));
        ck_assert_int_eq(length > 0, scalar);
        if (scalar && (utf8_next(&at) != character || at != out + length || !utf8_valid(out, length)))
            ck_abort_msg("U+%04X does not come back", character);
    }
    char out[UTF8_MAX + 1];
    ck_assert_uint_eq(utf8_encode(0, out), 0);
}
END_TEST

START_TEST(test_length)
{
    ck_assert_uint_eq(utf8_length(""), 0);
    ck_assert_uint_eq(utf8_length("Română"), 6);
    ck_assert_uint_eq(utf8_length("\xFFz"), 2);
}
END_TEST

START_TEST(test_drop_last)
{
    char text[] = "aé€";
    utf8_drop_last(text);
    ck_assert_str_eq(text, "aé");
    utf8_drop_last(text);
    ck_assert_str_eq(text, "a");
    utf8_drop_last(text);
    ck_assert_str_eq(text, "");
    utf8_drop_last(text);
    ck_assert_str_eq(text, "");
}
END_TEST

// The C library's table is the witness, but for what the header leaves out.
START_TEST(test_case_agrees_with_libc)
{
    ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
    for (uint32_t c = 1; c <= 0x1EFF; c++) {
        bool ours = c < 0x250 || c >= 0x1E00;
        bool left_out = c == 0x130 || c == 0x131 || c == 0xB5 || c == 0x17F || c == 0x1E9B || // i, µ, long s
                        (c >= 0x1C4 && c <= 0x1CC) || (c >= 0x1F1 && c <= 0x1F3); // capital with small: ǅ
        if (!ours || left_out)
            continue;
        if (towupper((wint_t)c) <
            0x2C00) // capitals that came later stand far away: ɐ is below, ƛ has one new
            ck_assert_msg(utf8_upper(c) == towupper((wint_t)c), "upper U+%04X is U+%04X", c, utf8_upper(c));
        ck_assert_msg(utf8_lower(c) == towlower((wint_t)c), "lower U+%04X is U+%04X", c, utf8_lower(c));
    }
}
END_TEST

START_TEST(test_case_of_others)
{
    ck_assert_uint_eq(utf8_upper(0x131), 0x131);
    ck_assert_uint_eq(utf8_lower(0x130), 0x130);
    ck_assert_uint_eq(utf8_upper(0xDF), 0xDF);
    ck_assert_uint_eq(utf8_upper(0x436), 0x436); // Cyrillic is not ours
    ck_assert_uint_eq(utf8_lower(0x1C4), 0x1C6);
    ck_assert_uint_eq(utf8_upper('1'), '1');
}
END_TEST

START_TEST(test_is_letter)
{
    static const uint32_t letters[] = {'a', 'Z', 0xE9, 0xD8, 0xFF, 0x131, 0x218, 0x259, 0x1EBF};
    static const uint32_t others[] = {'0', '-',  ' ',  '\'', '@',    '[',  '`',
                                      '{', 0xD7, 0xF7, 0xA0, 0x2019, 0x436};
    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
        ck_assert_msg(utf8_is_letter(letters[i]), "U+%04X", letters[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        ck_assert_msg(!utf8_is_letter(others[i]), "U+%04X", others[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("utf8");
    TCase *cases = tcase_create("utf8");
    tcase_add_loop_test(cases, test_valid_table, 0, COUNT(texts));
    tcase_add_test(cases, test_next_walks);
    tcase_add_test(cases, test_next_broken_moves_one_byte);
    tcase_add_test(cases, test_encode_every_character);
    tcase_add_test(cases, test_length);
    tcase_add_test(cases, test_drop_last);
    tcase_add_test(cases, test_case_agrees_with_libc);
    tcase_add_test(cases, test_case_of_others);
    tcase_add_test(cases, test_is_letter);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
