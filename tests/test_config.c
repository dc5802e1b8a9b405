// links: src/base/config.c src/base/file.c src/base/memory.c src/base/error.c
// libs: -lcyaml -lyaml
#include "base/config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#include "base/banned.h"

struct item {
    char *id;
    unsigned number;
    bool shown;
};
struct root {
    char *name;
    struct item *items;
    unsigned items_count;
    unsigned colour;
    struct item *single;
};

static const cyaml_schema_field_t item_fields[] = {
    CYAML_FIELD_STRING_PTR("id", CYAML_FLAG_POINTER, struct item, id, 1, 20),
    CYAML_FIELD_UINT("number", CYAML_FLAG_OPTIONAL, struct item, number),
    CYAML_FIELD_BOOL("shown", CYAML_FLAG_OPTIONAL, struct item, shown),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t item_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct item, item_fields),
};
static const cyaml_strval_t colours[] = {{"red", 1}, {"blue", 2}};
static const cyaml_schema_field_t root_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct root, name, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("items", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct root, items, &item_schema,
                         1, 3),
    CYAML_FIELD_ENUM("colour", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, struct root, colour, colours, 2),
    CYAML_FIELD_MAPPING_PTR("single", CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER, struct root, single,
                            item_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t root_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct root, root_fields),
};

static struct error error;

static int parse(const char *text, size_t size, struct root **root)
{
    void *data = root;
    int result = config_parse("t.yaml", text, size, &root_schema, &data, &error);
    *root = data;
    return result;
}

START_TEST(test_parse_values)
{
    static const char text[] = "# a comment\nname: Stad\ncolour: blue\nitems:\n  - id: één\n    number: 7\n"
                               "    shown: true\n  - {id: b, shown: No}\nsingle: {id: c}\n";
    struct root *root;
    ck_assert_int_eq(parse(text, strlen(text), &root), 0);
    ck_assert_str_eq(root->name, "Stad");
    ck_assert_uint_eq(root->colour, 2);
    ck_assert_uint_eq(root->items_count, 2);
    ck_assert_str_eq(root->items[0].id, "één");
    ck_assert_uint_eq(root->items[0].number, 7);
    ck_assert(root->items[0].shown);
    ck_assert(!root->items[1].shown);
    ck_assert_str_eq(root->single->id, "c");
    config_free(&root_schema, root);
}
END_TEST

static const struct {
    const char *text, *message;
} faults[] = {
    {"name: x\nprnter: 2\n", "t.yaml:2:1: unexpected key \"prnter\", expected one of \"name\", \"items\", "
                             "\"colour\", \"single\""},
    {"prnter: 2\n",
     "t.yaml:1:1: unexpected key \"prnter\", expected one of \"name\", \"items\", \"colour\", \"single\""},
    {"name: x\nitems:\n  - id: a\n    z: 1\n",
     "t.yaml:4:5: unexpected key \"z\", expected one of \"id\", \"number\", \"shown\""},
    {"name: x\nitems:\n  - id: a\n    number: foo\n",
     "t.yaml:4:13: key \"number\": found \"foo\", expected a whole number, not negative"},
    {"name: x\nitems:\n  - id: a\n    number: -1\n",
     "t.yaml:4:13: key \"number\": found \"-1\", expected a whole number, not negative"},
    {"name: x\nitems:\n  - id: a\n    number: 99999999999999\n",
     "t.yaml:4:13: key \"number\": found \"99999999999999\", expected a whole number, not negative"},
    {"name: x\ncolour: green\n",
     "t.yaml:2:9: key \"colour\": found \"green\", expected one of \"red\", \"blue\""},
    {"name: x\ncolour:\n", "t.yaml:2:8: key \"colour\": found nothing, expected one of \"red\", \"blue\""},
    {"name: [a]\n", "t.yaml:1:7: key \"name\": found a list, expected a text"},
    {"name: x\nitems: abc\n", "t.yaml:2:8: key \"items\": found a single value, expected a list"},
    {"name: x\nsingle: [1]\n", "t.yaml:2:9: key \"single\": found a list, expected keys with values"},
    {"items: [1]\nname: x\n", "t.yaml:1:9: key \"items\": found a single value, expected keys with values"},
    {"name: x\nitems:\n  - number: 3\n", "t.yaml:3:5: missing key \"id\""},
    {"colour: red\n", "t.yaml: missing key \"name\""},
    {"{}\n", "t.yaml: missing key \"name\""},
    {"name: x\nitems: []\n", "t.yaml:2:8: key \"items\": too few entries (0 of 1 min)"},
    {"name: x\nitems: [{id: a}, {id: b}, {id: c}, {id: d}]\n",
     "t.yaml:2:36: key \"items\": too many entries (3 max)"},
    {"name: x\nname: y\n", "t.yaml:2:1: key \"name\" stands here twice"},
    {"name: x\nsingle: {id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\n",
     "t.yaml:2:14: key \"id\": longer than 20 bytes"},
    {"name: x\nsingle: {id: \"\"}\n", "t.yaml:2:14: key \"id\": shorter than 1 bytes"},
    {"name: x\nitems:\n  - id: a\n  - id: b\n    shown: flase\n",
     "t.yaml:5:12: key \"shown\": found \"flase\", expected true or false"},
    {"name: x\nsingle: {id: a, shown: off}\n",
     "t.yaml:2:24: key \"shown\": found \"off\", expected true or false"},
    {"name: x\nsingle: {id: a, shown: }\n", "t.yaml:2:24: key \"shown\": found \"\", expected true or false"},
    {"", "t.yaml: is empty"},
    {"# nothing\n", "t.yaml: is empty"},
    {"nme\n", "t.yaml: found a single value, expected keys with values"},
    {"- a\n", "t.yaml: found a list, expected keys with values"},
    {"name: &a x\ncolour: *a\n", "t.yaml:2:9: an alias (*name) is not used here"},
    {"name: x\n---\nname: y\n", "t.yaml:2:1: a second document (---) is not used here"},
    {"name: x\n\tcolour: red\n", "t.yaml:2:1: no YAML: found a tab character that violates indentation"},
    {"name: [\n", "t.yaml:2:1: no YAML: did not find expected node content"},
    {"size: 1\nname: \"x\n", "t.yaml:3:1: no YAML: found unexpected end of stream, while scanning a quoted "
                             "scalar that begins in line 2"},
    {"name: \"x\nsize: 1\ncolour: \"red\"\n",
     "t.yaml:3:10: no YAML: did not find expected key, while parsing a block mapping that begins in line 1"},
    {"name: x\ncolour: \"\xff\"\n", "t.yaml:2:10: no YAML: invalid leading UTF-8 octet"},
    {"name: \"a\\0b\"\n", "t.yaml:1:7: a text holds a zero byte"},
};

START_TEST(test_parse_fault)
{
    struct root *root;
    ck_assert_int_eq(parse(faults[_i].text, strlen(faults[_i].text), &root), ERROR_INVALID);
    ck_assert_str_eq(error.text, faults[_i].message);
    ck_assert_ptr_null(root);
}
END_TEST

START_TEST(test_parse_nested_too_deep)
{
    char text[600] = "name: ";
    struct root *root;
    memset(text + 6, '[', 500);
    ck_assert_int_eq(parse(text, 506, &root), ERROR_INVALID);
    ck_assert_str_eq(error.text, "t.yaml:1:39: nested too deep");
}
END_TEST

START_TEST(test_parse_too_large)
{
    size_t size = CONFIG_FILE_LIMIT + 1;
    char *text = malloc(size);
    struct root *root;
    memset(text, '#', size);
    ck_assert_int_eq(parse(text, size, &root), ERROR_FULL);
    free(text);
}
END_TEST

START_TEST(test_load_file)
{
    char folder[] = "/tmp/wegwijs-config-XXXXXX";
    void *data = &error;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *path = file_join(folder, "town.yaml");
    ck_assert_int_eq(config_load(path, &root_schema, &data, &error), ERROR_NOT_FOUND);
    ck_assert_ptr_null(data);
    ck_assert_ptr_nonnull(strstr(error.text, path));
    ck_assert_int_eq(file_write(path, "name: x\nzz: 1\n", 14, 0600, &error), 0);
    ck_assert_int_eq(config_load(path, &root_schema, &data, &error), ERROR_INVALID);
    ck_assert_int_eq(strncmp(error.text, path, strlen(path)), 0);
    ck_assert_ptr_nonnull(strstr(error.text, ":2:1: unexpected key \"zz\""));
    ck_assert_int_eq(file_write(path, "name: x\n", 8, 0600, &error), 0);
    ck_assert_int_eq(config_load(path, &root_schema, &data, &error), 0);
    config_free(&root_schema, data);
    unlink(path);
    rmdir(folder);
    free(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config");
    TCase *cases = tcase_create("config");
    tcase_add_test(cases, test_parse_values);
    tcase_add_loop_test(cases, test_parse_fault, 0, (int)(sizeof(faults) / sizeof(faults[0])));
    tcase_add_test(cases, test_parse_nested_too_deep);
    tcase_add_test(cases, test_parse_too_large);
    tcase_add_test(cases, test_load_file);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
