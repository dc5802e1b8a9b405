// links: src/booking/seal.c src/base/file.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lsodium
#include <check.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "booking/seal.h"

static char folder[64], path[128];
static struct seal_pair pair;
static struct error error;

static void set_up(void)
{
    (void)text_copy(folder, sizeof folder, "/tmp/wegwijs-seal-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)text_print(path, sizeof path, "%s/agenda.key", folder);
    ck_assert_int_eq(seal_ready(&error), 0);
    seal_new_pair(&pair);
}

static void tear_down(void)
{
    unlink(path);
    rmdir(folder);
}

START_TEST(test_close_and_open)
{
    static const char message[] = "een regel met \xc3\xa9n";
    char *sealed, *opened;
    size_t size;
    ck_assert_int_eq(seal_close(&pair.open, message, sizeof message - 1, &sealed, &error), 0);
    ck_assert_ptr_null(strstr(sealed, "regel"));
    ck_assert_int_eq(seal_open(&pair, sealed, &opened, &size, &error), 0);
    ck_assert_uint_eq(size, sizeof message - 1);
    ck_assert_str_eq(opened, message);
    free(sealed);
    free(opened);
}
END_TEST

START_TEST(test_close_twice_differs)
{
    char *first, *second;
    ck_assert_int_eq(seal_close(&pair.open, "a", 1, &first, &error), 0);
    ck_assert_int_eq(seal_close(&pair.open, "a", 1, &second, &error), 0);
    ck_assert_str_ne(first, second);
    free(first);
    free(second);
}
END_TEST

START_TEST(test_close_nothing)
{
    char *sealed, *opened;
    size_t size;
    ck_assert_int_eq(seal_close(&pair.open, "", 0, &sealed, &error), 0);
    ck_assert_int_eq(seal_open(&pair, sealed, &opened, &size, &error), 0);
    ck_assert_uint_eq(size, 0);
    ck_assert_str_eq(opened, "");
    free(sealed);
    free(opened);
}
END_TEST

START_TEST(test_open_other_pair_corrupt)
{
    struct seal_pair other;
    char *sealed, *opened;
    size_t size;
    seal_new_pair(&other);
    ck_assert_int_eq(seal_close(&pair.open, "geheim", 6, &sealed, &error), 0);
    ck_assert_int_eq(seal_open(&other, sealed, &opened, &size, &error), ERROR_CORRUPT);
    ck_assert_ptr_null(opened);
    free(sealed);
}
END_TEST

START_TEST(test_open_every_changed_character_corrupt)
{
    char *sealed, *opened;
    size_t size;
    ck_assert_int_eq(seal_close(&pair.open, "geheim!", 7, &sealed, &error), 0);
    size_t length = strlen(sealed);
    for (size_t i = 0; i < length; i++) {
        char good = sealed[i];
        sealed[i] = good == 'A' ? 'B' : 'A';
        int result = seal_open(&pair, sealed, &opened, &size, &error);
        if (result == 0) // the bits of the last character that mean nothing are refused by libsodium too
            free(opened);
        ck_assert_msg(result == ERROR_CORRUPT, "character %zu", i);
        sealed[i] = good;
    }
    sealed[length - 4] = '\0';
    ck_assert_int_eq(seal_open(&pair, sealed, &opened, &size, &error), ERROR_CORRUPT);
    ck_assert_int_eq(seal_open(&pair, "", &opened, &size, &error), ERROR_CORRUPT);
    ck_assert_int_eq(seal_open(&pair, "geen base64 \xff", &opened, &size, &error), ERROR_CORRUPT);
    free(sealed);
}
END_TEST

START_TEST(test_public_text_and_parse)
{
    char text[SEAL_KEY_TEXT_SIZE];
    struct seal_public key;
    seal_public_text(&pair.open, text);
    ck_assert_uint_eq(strlen(text), 44);
    ck_assert_int_eq(seal_public_parse(text, &key, &error), 0);
    ck_assert_mem_eq(key.key, pair.open.key, SEAL_KEY_BYTES);
    static const char *const wrong[] = {"", "AAAA", "not base64!!",
                                        "////////////////////////////////////////////////"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_int_eq(seal_public_parse(wrong[i], &key, &error), ERROR_INVALID);
}
END_TEST

START_TEST(test_close_for_a_point_that_is_none)
{
    struct seal_public zero = {0};
    char *sealed;
    ck_assert_int_eq(seal_close(&zero, "a", 1, &sealed, &error), ERROR_INVALID);
    ck_assert_ptr_null(sealed);
}
END_TEST

START_TEST(test_save_and_load)
{
    struct seal_pair loaded;
    struct stat status;
    ck_assert_int_eq(seal_save(&pair, path, &error), 0);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    ck_assert_int_eq(seal_load(&loaded, path, &error), 0);
    ck_assert_mem_eq(&loaded, &pair, sizeof pair);
}
END_TEST

START_TEST(test_load_readable_by_others_refused)
{
    struct seal_pair loaded;
    ck_assert_int_eq(seal_save(&pair, path, &error), 0);
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert_int_eq(seal_load(&loaded, path, &error), ERROR_REFUSED);
    ck_assert_ptr_nonnull(strstr(error.text, "mode 640"));
}
END_TEST

START_TEST(test_load_missing)
{
    struct seal_pair loaded;
    ck_assert_int_eq(seal_load(&loaded, path, &error), ERROR_NOT_FOUND);
}
END_TEST

static void write_text(const char *text)
{
    ck_assert_int_eq(file_write(path, text, strlen(text), 0600, &error), 0);
}

START_TEST(test_load_corrupt)
{
    struct seal_pair loaded, zero = {0};
    char open[SEAL_KEY_TEXT_SIZE], secret[SEAL_KEY_TEXT_SIZE], text[400];
    struct seal_pair other;
    seal_new_pair(&other);
    seal_public_text(&pair.open, open);
    seal_public_text((const struct seal_public *)other.secret, secret);
    (void)text_print(text, sizeof text, "wegwijs-key 1\npublic %s\nsecret %s\n", open, secret);
    const char *const wrong[] = {"", "niets", "wegwijs-key 1\npublic AAAA\nsecret AAAA\n", text};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        write_text(wrong[i]);
        ck_assert_int_eq(seal_load(&loaded, path, &error), ERROR_CORRUPT);
        ck_assert_mem_eq(&loaded, &zero, sizeof zero);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seal");
    TCase *tests = tcase_create("seal");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_close_and_open);
    tcase_add_test(tests, test_close_twice_differs);
    tcase_add_test(tests, test_close_nothing);
    tcase_add_test(tests, test_open_other_pair_corrupt);
    tcase_add_test(tests, test_open_every_changed_character_corrupt);
    tcase_add_test(tests, test_public_text_and_parse);
    tcase_add_test(tests, test_close_for_a_point_that_is_none);
    tcase_add_test(tests, test_save_and_load);
    tcase_add_test(tests, test_load_readable_by_others_refused);
    tcase_add_test(tests, test_load_missing);
    tcase_add_test(tests, test_load_corrupt);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
