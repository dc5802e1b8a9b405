// links: src/ui/keyboard.c src/base/utf8.c src/base/memory.c
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/keyboard.h"

static struct keyboard keyboard;
static char text[64];

static void begin(void)
{
    memset(&keyboard, 0, sizeof keyboard);
    text[0] = '\0';
}

static void press(const char *id)
{
    ck_assert_msg(keyboard_apply(&keyboard, id, text, sizeof text, 30), "\"%s\" is no key", id);
}

// Types as a script does: key by key, a base letter first where a variant must show.
static void type(const char *wanted)
{
    char character[UTF8_MAX + 1], id[48];
    const char *at = wanted;
    while (*at) {
        const char *before = at;
        utf8_next(&at);
        memcpy(character, before, (size_t)(at - before));
        character[at - before] = '\0';
        bool more = true;
        for (int tries = 0; more && tries < 3; tries++) {
            ck_assert_msg(keyboard_id(&keyboard, character, id, sizeof id, &more), "no key for \"%s\"",
                          character);
            press(id);
        }
    }
}

START_TEST(test_keyboard_keys_complete)
{
    for (int abc = 0; abc < 2; abc++) {
        unsigned seen = 0;
        keyboard.abc = abc;
        for (int i = 0; i < 26; i++)
            seen |= 1U << (keyboard_keys(&keyboard)[i][0] - 'A');
        ck_assert_uint_eq(seen, (1U << 26) - 1);
        ck_assert_str_eq(keyboard_keys(&keyboard)[26], "'");
        ck_assert_str_eq(keyboard_keys(&keyboard)[27], "-");
    }
}
END_TEST

START_TEST(test_keyboard_apply_capitals)
{
    begin();
    type("mihaela");
    ck_assert_str_eq(text, "Mihaela");
    begin();
    type("VAN DEN BERGHE");
    ck_assert_str_eq(text, "Van Den Berghe");
    begin();
    type("anne-marie o'neill");
    ck_assert_str_eq(text, "Anne-Marie O'Neill");
}
END_TEST

// Names of the languages of the table: every letter can be typed.
START_TEST(test_keyboard_apply_diacritics)
{
    static const char *const names[] = {"Dragoș", "Ștefănescu", "Țîru",   "Łukasz",  "Żółkiewski",
                                        "Şükrü",  "Göğüş",      "Çelik",  "Årsjö",   "Muñoz",
                                        "João",   "Gonçalves",  "Hëna",   "Çarçani", "Ḥaddu",
                                        "Ɣanim",  "Ɛli",        "Dvořák", "Šešelj",  "Ľubomír"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        begin();
        type(names[i]);
        ck_assert_str_eq(text, names[i]);
    }
}
END_TEST

START_TEST(test_keyboard_variants_ten)
{
    char row[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE];
    for (char letter = 'A' - 1; letter <= 'Z'; letter++) {
        begin();
        if (letter >= 'A')
            keyboard.last[0] = letter;
        keyboard_variants(&keyboard, row);
        for (int i = 0; i < KEYBOARD_VARIANTS; i++) {
            ck_assert_uint_eq(utf8_length(row[i]), 1);
            for (int j = 0; j < i; j++)
                ck_assert_str_ne(row[i], row[j]);
        }
    }
    begin();
    keyboard.last[0] = 'S';
    keyboard_variants(&keyboard, row);
    ck_assert_str_eq(row[0], "Ș");
    ck_assert_str_eq(row[1], "Ş");
}
END_TEST

START_TEST(test_keyboard_apply_variant_replaces)
{
    begin();
    press("key.s");
    press("key.variant.0"); // Ș takes the place of S
    ck_assert_str_eq(text, "Ș");
    press("key.variant.2"); // and Š that of Ș
    ck_assert_str_eq(text, "Š");
    press("key.a");
    press("key.a");
    press("key.s");
    press("key.variant.6"); // É only fills the row: it is added
    ck_assert_str_eq(text, "Šaasé");
}
END_TEST

START_TEST(test_keyboard_apply_spaces)
{
    begin();
    press("key.space");
    press("key.hyphen");
    ck_assert_str_eq(text, "");
    press("key.a");
    press("key.space");
    press("key.space");
    press("key.apostrophe");
    ck_assert_str_eq(text, "A ");
}
END_TEST

START_TEST(test_keyboard_apply_delete)
{
    begin();
    type("Aș");
    press("key.delete");
    ck_assert_str_eq(text, "A");
    ck_assert_str_eq(keyboard.last, "A");
    press("key.delete");
    press("key.delete");
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(test_keyboard_apply_limits)
{
    begin();
    for (int i = 0; i < 100; i++)
        press("key.e");
    ck_assert_uint_eq(strlen(text), 30);
    char small[4] = "";
    for (int i = 0; i < 10; i++) {
        keyboard_apply(&keyboard, "key.e", small, sizeof small, 30);
        keyboard_apply(&keyboard, "key.variant.0", small, sizeof small, 30);
    }
    ck_assert_uint_lt(strlen(small), sizeof small);
    ck_assert(utf8_valid(small, strlen(small)));
}
END_TEST

START_TEST(test_keyboard_apply_unknown)
{
    begin();
    static const char *const others[] = {"bar.back",       "key.",      "key.aa", "key.variant.x",
                                         "key.variant.10", "name.next", ""};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert(!keyboard_apply(&keyboard, others[i], text, sizeof text, 30));
    char id[48];
    bool more = false;
    ck_assert(!keyboard_id(&keyboard, "ع", id, sizeof id, &more));
    ck_assert(!keyboard_id(&keyboard, "7", id, sizeof id, &more));
}
END_TEST

START_TEST(test_keyboard_apply_order)
{
    begin();
    press("key.order");
    ck_assert(keyboard.abc);
    ck_assert_str_eq(keyboard_keys(&keyboard)[0], "A");
    ck_assert_str_eq(keyboard_keys(&keyboard)[1], "B");
    press("key.order");
    ck_assert_str_eq(keyboard_keys(&keyboard)[1], "Z");
}
END_TEST

START_TEST(test_keyboard_pad_apply_digits)
{
    char number[8] = "";
    ck_assert(keyboard_pad_apply("key.plus", number, sizeof number, 15));
    ck_assert(keyboard_pad_apply("key.3", number, sizeof number, 15));
    ck_assert(keyboard_pad_apply("key.plus", number, sizeof number, 15)); // only first
    ck_assert_str_eq(number, "+3");
    for (int i = 0; i < 20; i++)
        keyboard_pad_apply("key.2", number, sizeof number, 15);
    ck_assert_str_eq(number, "+322222");
    keyboard_pad_apply("key.delete", number, sizeof number, 15);
    ck_assert_str_eq(number, "+32222");
    ck_assert(!keyboard_pad_apply("key.a", number, sizeof number, 15));
    ck_assert(!keyboard_pad_apply("phone.none", number, sizeof number, 15));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keyboard");
    TCase *tcase = tcase_create("keyboard");
    tcase_add_test(tcase, test_keyboard_keys_complete);
    tcase_add_test(tcase, test_keyboard_apply_capitals);
    tcase_add_test(tcase, test_keyboard_apply_diacritics);
    tcase_add_test(tcase, test_keyboard_variants_ten);
    tcase_add_test(tcase, test_keyboard_apply_variant_replaces);
    tcase_add_test(tcase, test_keyboard_apply_spaces);
    tcase_add_test(tcase, test_keyboard_apply_delete);
    tcase_add_test(tcase, test_keyboard_apply_limits);
    tcase_add_test(tcase, test_keyboard_apply_unknown);
    tcase_add_test(tcase, test_keyboard_apply_order);
    tcase_add_test(tcase, test_keyboard_pad_apply_digits);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
