// links: src/base/file.c src/base/memory.c src/base/error.c
#include "base/file.h"

#include <check.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static char folder[64];
static struct error error;

static void enter_folder(void)
{
    text_copy(folder, sizeof(folder), "/tmp/wegwijs-file-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void leave_folder(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_text(const char *path, const char *text)
{
    ck_assert_int_eq(file_write(path, text, strlen(text), 0600, &error), 0);
}

static void assert_text(const char *path, const char *wanted)
{
    char *out = NULL;
    size_t size = 0;
    ck_assert_int_eq(file_read(path, 100, &out, &size, &error), 0);
    ck_assert_str_eq(out, wanted);
    free(out);
}

START_TEST(test_publish)
{
    write_text("a.part", "new");
    ck_assert_int_eq(file_publish("a.part", "a", &error), 0);
    assert_text("a", "new");
    ck_assert(!file_exists("a.part"));
    write_text("b.part", "newer");
    ck_assert_int_eq(file_publish("b.part", "a", &error), ERROR_REFUSED);
    ck_assert_str_eq(error.text, "\"a\" is already there");
    assert_text("a", "new");
    assert_text("b.part", "newer");
    ck_assert_int_eq(symlink("nowhere", "link"), 0); // a name that leads to nothing is a name too
    ck_assert_int_eq(file_publish("b.part", "link", &error), ERROR_REFUSED);
    ck_assert_int_eq(file_publish("b.part", "none/a", &error), ERROR_NOT_FOUND);
    assert_text("b.part", "newer");
}
END_TEST

START_TEST(test_write_then_read)
{
    char *out = NULL;
    size_t size = 0;
    struct stat status;
    ck_assert_int_eq(file_write("a", "één\0x", 7, 0640, &error), 0);
    ck_assert_int_eq(file_read("a", 7, &out, &size, &error), 0);
    ck_assert_uint_eq(size, 7);
    ck_assert_mem_eq(out, "één\0x", 8); // with the final zero
    free(out);
    ck_assert_int_eq(stat("a", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0640);
}
END_TEST

START_TEST(test_write_replaces_and_leaves_no_other_file)
{
    char *out = NULL;
    size_t size = 0;
    write_text("a", "a longer text");
    write_text("a", "new");
    ck_assert_int_eq(file_read("a", 100, &out, &size, &error), 0);
    ck_assert_str_eq(out, "new");
    free(out);
    ck_assert_int_eq(unlink("a"), 0);
    ck_assert_int_eq(rmdir(folder), 0); // so nothing else was there
}
END_TEST

START_TEST(test_read_empty)
{
    char *out = NULL;
    size_t size = 9;
    write_text("a", "");
    ck_assert_int_eq(file_read("a", 0, &out, &size, &error), 0);
    ck_assert_uint_eq(size, 0);
    ck_assert_str_eq(out, "");
    free(out);
}
END_TEST

START_TEST(test_read_limit)
{
    char *out = folder;
    size_t size = 9;
    write_text("a", "12345");
    ck_assert_int_eq(file_read("a", 4, &out, &size, &error), ERROR_FULL);
    ck_assert_ptr_null(out);
    ck_assert_uint_eq(size, 0);
    ck_assert_int_eq(file_read("a", 5, &out, &size, &error), 0);
    free(out);
    ck_assert_int_eq(file_read("/dev/zero", 100000, &out, &size, &error), ERROR_FULL);
}
END_TEST

START_TEST(test_read_faults)
{
    char *out = NULL;
    size_t size = 0;
    ck_assert_int_eq(file_read("none", 10, &out, &size, &error), ERROR_NOT_FOUND);
    ck_assert_str_eq(error.text, "\"none\" cannot be opened: No such file or directory");
    write_text("a", "x");
    ck_assert_int_eq(file_read("a/b", 10, &out, &size, &error), ERROR_NOT_FOUND);
    ck_assert_int_eq(file_read(".", 10, &out, &size, &error), ERROR_IO);
    ck_assert_str_eq(error.text, "\".\" cannot be read: Is a directory");
}
END_TEST

// A limit on file size stands in for a full disk: the old file stays, and nothing beside it.
START_TEST(test_write_full_fault)
{
    char *out = NULL, big[8192];
    size_t size = 0;
    struct rlimit limit = {4096, 4096};
    memset(big, 'x', sizeof(big));
    write_text("a", "old");
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(file_write("a", big, sizeof(big), 0600, &error), ERROR_FULL);
    ck_assert_int_eq(file_read("a", 100, &out, &size, &error), 0);
    ck_assert_str_eq(out, "old");
    free(out);
    ck_assert_int_eq(unlink("a"), 0);
    ck_assert_int_eq(rmdir(folder), 0); // so nothing else was there
}
END_TEST

START_TEST(test_write_no_folder)
{
    ck_assert_int_eq(file_write("none/a", "x", 1, 0600, &error), ERROR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.text, "\"none/a\" cannot be written"));
}
END_TEST

START_TEST(test_make_folder)
{
    struct stat status;
    ck_assert_int_eq(file_make_folder("a/b/c", 0700, &error), 0);
    ck_assert_int_eq(file_make_folder("a/b/c/", 0700, &error), 0);
    ck_assert_int_eq(stat("a/b/c", &status), 0);
    ck_assert(S_ISDIR(status.st_mode));
    char *absolute = file_join(folder, "x//y");
    ck_assert_int_eq(file_make_folder(absolute, 0700, &error), 0);
    ck_assert(file_exists("x/y"));
    free(absolute);
}
END_TEST

START_TEST(test_make_folder_over_a_file)
{
    write_text("a", "x");
    ck_assert_int_eq(file_make_folder("a/b", 0700, &error), ERROR_IO);
    ck_assert_int_eq(error.code, ERROR_IO);
    ck_assert_int_eq(file_make_folder("a", 0700, &error), ERROR_IO);
    ck_assert_str_eq(error.text, "\"a\" cannot be made a folder: Not a directory");
}
END_TEST

static const struct {
    const char *folder, *name, *joined;
} joins[] = {
    {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"a", "/b", "/b"}, {"", "b", "b"},
};

START_TEST(test_join_table)
{
    char *joined = file_join(joins[_i].folder, joins[_i].name);
    ck_assert_str_eq(joined, joins[_i].joined);
    free(joined);
}
END_TEST

START_TEST(test_share_by_environment)
{
    setenv("WEGWIJS_SHARE", "/somewhere", 1);
    char *path = file_share("lang/nl.po");
    ck_assert_str_eq(path, "/somewhere/lang/nl.po");
    free(path);
}
END_TEST

// This program itself stands in <source tree>/build/test.
START_TEST(test_share_in_the_source_tree)
{
    unsetenv("WEGWIJS_SHARE");
    char *path = file_share("assets/pictograms/talk.svg");
    ck_assert_msg(file_exists(path), "%s", path);
    free(path);
}
END_TEST

START_TEST(test_user_data)
{
    setenv("XDG_DATA_HOME", "/data", 1);
    char *path = file_user_data("agenda.db");
    ck_assert_str_eq(path, "/data/wegwijs/agenda.db");
    free(path);
    setenv("XDG_DATA_HOME", "relative", 1);
    setenv("HOME", "/home/x", 1);
    path = file_user_data("agenda.db");
    ck_assert_str_eq(path, "/home/x/.local/share/wegwijs/agenda.db");
    free(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("file");
    TCase *cases = tcase_create("file");
    tcase_add_checked_fixture(cases, enter_folder, leave_folder);
    tcase_add_test(cases, test_write_then_read);
    tcase_add_test(cases, test_publish);
    tcase_add_test(cases, test_write_replaces_and_leaves_no_other_file);
    tcase_add_test(cases, test_read_empty);
    tcase_add_test(cases, test_read_limit);
    tcase_add_test(cases, test_read_faults);
    tcase_add_test(cases, test_write_full_fault);
    tcase_add_test(cases, test_write_no_folder);
    tcase_add_test(cases, test_make_folder);
    tcase_add_test(cases, test_make_folder_over_a_file);
    tcase_add_loop_test(cases, test_join_table, 0, COUNT(joins));
    tcase_add_test(cases, test_share_by_environment);
    tcase_add_test(cases, test_share_in_the_source_tree);
    tcase_add_test(cases, test_user_data);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
