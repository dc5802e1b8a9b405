// links: src/base/catalog.c src/base/file.c src/base/utf8.c src/base/memory.c src/base/error.c
// libs: -lgettextpo
#include "base/catalog.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define HEADER "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n" // 4 lines

// libgettextpo itself loses a little memory on broken files.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libgettextpo";
}

static char path[64];
static struct error error;

static int open_bytes(struct catalog **catalog, const char *bytes, size_t size)
{
    text_copy(path, sizeof(path), "/tmp/wegwijs-catalog-XXXXXX");
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, bytes, size), (ssize_t)size);
    close(descriptor);
    int result = catalog_open(catalog, path, &error);
    unlink(path);
    return result;
}

static struct catalog *open_good(const char *text)
{
    struct catalog *catalog;
    ck_assert_msg(open_bytes(&catalog, text, strlen(text)) == 0, "%s", error.text);
    return catalog;
}

START_TEST(test_open_texts)
{
    struct catalog *catalog =
        open_good(HEADER "# who\n#: screens.c:12\nmsgid \"b\"\nmsgstr \"één\\ntwee\"\n\n"
                         "msgid \"a\"\nmsgstr \"\"\n\"lang \"\n\"stuk\"\n"
                         "#~ msgid \"old\"\n#~ msgstr \"oud\"\n");
    ck_assert_uint_eq(catalog_count(catalog), 2);
    ck_assert_str_eq(catalog_key(catalog, 0), "b");
    ck_assert_uint_eq(catalog_line(catalog, 0), 7);
    ck_assert_str_eq(catalog_key(catalog, 1), "a");
    ck_assert_uint_eq(catalog_line(catalog, 1), 10);
    ck_assert_str_eq(catalog_get(catalog, "b"), "één\ntwee");
    ck_assert_str_eq(catalog_get(catalog, "a"), "lang stuk");
    ck_assert(catalog_has(catalog, "a"));
    ck_assert(!catalog_has(catalog, "old"));
    ck_assert(!catalog_has(catalog, ""));
    ck_assert_str_eq(catalog_get(catalog, "c"), "c");
    ck_assert_str_eq(catalog_path(catalog), path);
    catalog_free(catalog);
}
END_TEST

static const struct {
    const char *body, *message; // the message behind the file's name
} faults[] = {
    {HEADER "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n", ":7: duplicate message definition"},
    {HEADER "msgid \"a\"\nmsgstr \"b\nmsgid \"c\"\nmsgstr \"d\"\n", ":7: end-of-line within string"},
    {HEADER "msgid \"a\"\nmsgstr \"\xff b\"\n", ":6: invalid multibyte sequence"},
    {"msgid \"a\"\nmsgstr \"\xff b\"\n", ":1: \"a\" is not UTF-8"},
    {"msgid \"\xff\"\nmsgstr \"b\"\n", ":1: \"?\" is not UTF-8"},
    {HEADER "msgid \"a\"\n", ":5: missing 'msgstr' section"},
    {HEADER "msgid \"a\"\nmsgstr \"b\"\n\nnonsense\n", ":8: keyword \"nonsense\" unknown"},
    {HEADER "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"leeg\"\nmsgstr \"\"\n", ":8: \"leeg\" has no text"},
    {HEADER "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n",
     ":6: \"a\" is marked fuzzy: somebody must read it first"},
    {HEADER "msgctxt \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n", ":6: \"a\" has a msgctxt, which is not used here"},
    {HEADER "msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\nmsgstr[1] \"c\"\n",
     ":5: \"a\" has plural forms, which are not used here"},
    {"", ": holds no texts"},
    {HEADER, ": holds no texts"},
};

START_TEST(test_open_fault)
{
    struct catalog *catalog;
    ck_assert_int_eq(open_bytes(&catalog, faults[_i].body, strlen(faults[_i].body)), ERROR_INVALID);
    ck_assert_ptr_null(catalog);
    ck_assert_int_eq(strncmp(error.text, path, strlen(path)), 0);
    ck_assert_str_eq(error.text + strlen(path), faults[_i].message);
}
END_TEST

START_TEST(test_open_without_error)
{
    struct catalog *catalog;
    ck_assert_int_eq(catalog_open(&catalog, "/none/nl.po", NULL), ERROR_NOT_FOUND);
    ck_assert_int_eq(catalog_open(&catalog, "/etc", NULL), ERROR_IO);
    ck_assert_ptr_null(catalog);
}
END_TEST

// Every cut of a good file either opens or names a fault; it never ends us.
START_TEST(test_open_corrupt)
{
    static const char good[] =
        HEADER "#: x:1\nmsgid \"a\"\nmsgstr \"één\"\n#, c-format\nmsgid \"b\"\nmsgstr \"%s\"\n";
    for (size_t size = 0; size < strlen(good); size++) {
        char broken[sizeof(good)];
        struct catalog *catalog;
        memcpy(broken, good, sizeof(good));
        if (open_bytes(&catalog, broken, size) == 0)
            catalog_free(catalog);
        broken[size] = (char)(broken[size] ^ 0x80);
        if (open_bytes(&catalog, broken, strlen(good)) == 0)
            catalog_free(catalog);
    }
}
END_TEST

START_TEST(test_override)
{
    struct catalog *catalog = open_good(HEADER "msgid \"b\"\nmsgstr \"B\"\nmsgid \"d\"\nmsgstr \"D\"\n");
    catalog_override(catalog, "d", catalog_get(catalog, "d")); // its own text is no danger
    ck_assert_str_eq(catalog_get(catalog, "d"), "D");
    catalog_override(catalog, "b", "Bee");
    catalog_override(catalog, "a", "A");
    catalog_override(catalog, "c", "C");
    catalog_override(catalog, "e", "E");
    ck_assert_str_eq(catalog_get(catalog, "a"), "A");
    ck_assert_str_eq(catalog_get(catalog, "b"), "Bee");
    ck_assert_str_eq(catalog_get(catalog, "c"), "C");
    ck_assert_str_eq(catalog_get(catalog, "d"), "D");
    ck_assert_str_eq(catalog_get(catalog, "e"), "E");
    ck_assert_uint_eq(catalog_count(catalog), 5);
    ck_assert_uint_eq(catalog_line(catalog, 4), 0);
    catalog_free(catalog);
}
END_TEST

START_TEST(test_many_texts)
{
    struct text_buffer text = {0};
    text_buffer_add(&text, HEADER);
    for (int i = 999; i >= 0; i--)
        text_buffer_addf(&text, "msgid \"key.%d\"\nmsgstr \"text %d\"\n", i, i);
    struct catalog *catalog = open_good(text.text);
    ck_assert_uint_eq(catalog_count(catalog), 1000);
    for (int i = 0; i < 1000; i++) {
        char expected[32];
        text_print(expected, sizeof(expected), "text %d", i);
        ck_assert_str_eq(catalog_getf(catalog, "key.%d", i), expected);
    }
    ck_assert_uint_eq(catalog_line(catalog, 999), 5 + 2 * 999);
    catalog_free(catalog);
    text_buffer_release(&text);
}
END_TEST

START_TEST(test_getf_missing)
{
    struct catalog *catalog = open_good(HEADER "msgid \"a\"\nmsgstr \"b\"\n");
    const char *first = catalog_getf(catalog, "x.%d", 1);
    const char *second = catalog_getf(catalog, "x.%d", 2);
    ck_assert_str_eq(first, "x.1");
    ck_assert_str_eq(second, "x.2");
    catalog_free(catalog);
    catalog_free(NULL);
}
END_TEST

static const struct {
    size_t size;
    const char *text, *out;
} fills[] = {
    {64, "dag {name}, om {hour}", "dag Ana, om 9.30"},
    {64, "{name}{name}", "AnaAna"},
    {64, "{nobody} {name", "{nobody} {name"},
    {64, "{{name}}", "{Ana}"},
    {64, "{} {", "{} {"},
    {64, "", ""},
    {64, "{loop}", "{name}"}, // what was filled in is not filled again
    {4, "é{name}", "éA"},
    {5, "één", "éé"},
    {2, "één", ""},
};

START_TEST(test_fill_table)
{
    static const char *const values[] = {"name", "Ana", "hour", "9.30", "loop", "{name}", NULL};
    char out[64];
    catalog_fill(out, fills[_i].size, fills[_i].text, values);
    ck_assert_str_eq(out, fills[_i].out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog");
    TCase *cases = tcase_create("catalog");
    tcase_add_test(cases, test_open_texts);
    tcase_add_loop_test(cases, test_open_fault, 0, COUNT(faults));
    tcase_add_test(cases, test_open_without_error);
    tcase_add_test(cases, test_open_corrupt);
    tcase_add_test(cases, test_override);
    tcase_add_test(cases, test_many_texts);
    tcase_add_test(cases, test_getf_missing);
    tcase_add_loop_test(cases, test_fill_table, 0, COUNT(fills));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
