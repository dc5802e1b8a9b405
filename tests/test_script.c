// links: src/ui/script.c src/base/error.c src/base/memory.c src/base/utf8.c
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/script.h"

START_TEST(test_script_parse_lines)
{
    static const struct {
        const char *line;
        enum script_verb verb;
        const char *argument, *text;
        int64_t ms;
    } cases[] = {
        {"", SCRIPT_NOTHING, "", "", 0},
        {"   # a comment", SCRIPT_NOTHING, "", "", 0},
        {"tap language.ro", SCRIPT_TAP, "language.ro", "", 0},
        {"  tap\tslot.2026-11-24T09:30  \r\n", SCRIPT_TAP, "slot.2026-11-24T09:30", "", 0},
        {"type Anne-Marie Dragoș", SCRIPT_TYPE, "Anne-Marie Dragoș", "", 0},
        {"key next", SCRIPT_KEY, "next", "", 0},
        {"key scan K7M4QX", SCRIPT_SCAN, "K7M4QX", "", 0},
        {"wait slip.done", SCRIPT_WAIT, "slip.done", "", 10000},
        {"wait slip.done 2.5", SCRIPT_WAIT, "slip.done", "", 2500},
        {"expect question Klopt alles?", SCRIPT_EXPECT, "question", "Klopt alles?", 0},
        {"expect question", SCRIPT_EXPECT, "question", "", 0},
        {"sleep 60", SCRIPT_SLEEP, "", "", 60000},
        {"sleep 0", SCRIPT_SLEEP, "", "", 0},
        {"shot a picture.png", SCRIPT_SHOT, "a picture.png", "", 0},
        {"dump", SCRIPT_DUMP, "", "", 0},
        {"dump out.json", SCRIPT_DUMP, "out.json", "", 0},
        {"fault printer-no-paper", SCRIPT_FAULT, "printer-no-paper", "", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct script_step step;
        struct error error = ERROR_NONE;
        ck_assert_msg(script_parse(&step, "s", 1, cases[i].line, &error) == 0, "%s: %s", cases[i].line,
                      error.text);
        ck_assert_int_eq(step.verb, cases[i].verb);
        if (step.verb != SCRIPT_SLEEP)
            ck_assert_str_eq(step.argument, cases[i].argument);
        ck_assert_str_eq(step.text, cases[i].text);
        ck_assert_int_eq(step.ms, cases[i].ms);
    }
}
END_TEST

START_TEST(test_script_parse_faults)
{
    static const struct {
        const char *line, *expected;
    } cases[] = {
        {"tap", "visit.txt:7: expected \"tap ID\""},
        {"tap one two", "visit.txt:7: expected \"tap ID\""},
        {"sleep", "visit.txt:7: expected \"sleep SECONDS\""},
        {"sleep soon", "visit.txt:7: expected \"sleep SECONDS\""},
        {"sleep -1", "visit.txt:7: expected \"sleep SECONDS\""},
        {"sleep 1e99", "visit.txt:7: expected \"sleep SECONDS\""},
        {"sleep nan", "visit.txt:7: expected \"sleep SECONDS\""},
        {"wait x y", "visit.txt:7: expected \"wait ID [SECONDS]\""},
        {"key up", "visit.txt:7: expected \"key previous|next|choose|back, or key scan TEXT\""},
        {"key scan ", "visit.txt:7: expected \"key previous|next|choose|back, or key scan TEXT\""},
        {"type", "visit.txt:7: expected \"type TEXT\""},
        {"expect", "visit.txt:7: expected \"expect ID [TEXT]\""},
        {"tap \xff", "visit.txt:7: not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct script_step step;
        struct error error = ERROR_NONE;
        ck_assert_int_eq(script_parse(&step, "visit.txt", 7, cases[i].line, &error), ERROR_INVALID);
        ck_assert_str_eq(error.text, cases[i].expected);
    }
    struct script_step step;
    struct error error = ERROR_NONE;
    ck_assert_int_lt(script_parse(&step, "visit.txt", 7, "jump high", &error), 0);
    ck_assert_ptr_nonnull(strstr(error.text, "unknown word \"jump\""));
}
END_TEST

START_TEST(test_script_parse_long)
{
    char line[3000];
    struct script_step step;
    struct error error = ERROR_NONE;
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\0';
    ck_assert_int_eq(script_parse(&step, "s", 1, line, &error), ERROR_INVALID);
    line[SCRIPT_LINE_MAX - 1] = '\0';
    memcpy(line, "type ", 5);
    ck_assert_int_eq(script_parse(&step, "s", 1, line, &error), 0);
}
END_TEST

// ---- running: a kiosk that records what is done to it
struct recorder {
    char done[512];
    char present[64]; // the one element that is there
    char label[64];
    int busy; // how many times it says so
    bool fails;
};

static void record(struct recorder *recorder, const char *what, const char *argument)
{
    size_t length = strlen(recorder->done);
    (void)text_print(recorder->done + length, sizeof recorder->done - length, "%s %s;", what, argument);
}

static int present(void *context, const char *id)
{
    const struct recorder *recorder = context;
    return strcmp(recorder->present, id) == 0;
}

static int label(void *context, const char *id, char *out, unsigned size)
{
    const struct recorder *recorder = context;
    (void)text_copy(out, size, recorder->label);
    return present(context, id) ? 0 : ERROR_NOT_FOUND;
}

static int tap(void *context, const char *id, struct error *error)
{
    struct recorder *recorder = context;
    if (recorder->fails)
        return error_set(error, ERROR_NOT_FOUND, "\"%s\" is not on the screen", id);
    record(recorder, "tap", id);
    return 0;
}

static int type(void *context, const char *text, unsigned *used, struct error *error)
{
    (void)error;
    char one[2] = {text[0], '\0'};
    record(context, "type", one);
    *used = 1;
    return 0;
}

static int key(void *context, const char *name, struct error *error)
{
    (void)error;
    record(context, "key", name);
    return 0;
}

static int scan(void *context, const char *text, struct error *error)
{
    (void)error;
    record(context, "scan", text);
    return 0;
}

static int rest(void *context, int64_t ms)
{
    char text[24];
    (void)text_print(text, sizeof text, "%lld", (long long)ms);
    record(context, "sleep", text);
    return 0;
}

static int with_path(void *context, const char *path, struct error *error)
{
    (void)error;
    record(context, "path", path);
    return 0;
}

static int busy(void *context)
{
    struct recorder *recorder = context;
    return recorder->busy > 0 ? recorder->busy-- : 0;
}

static const struct script_ops ops = {present, label,     tap,       type,      key, scan,
                                      rest,    with_path, with_path, with_path, busy};

static enum script_state run(struct recorder *recorder, const char *line, int64_t *now_ms,
                             struct error *error)
{
    struct script_runner runner;
    struct script_step step;
    int64_t wait = 0;
    script_begin(&runner, &ops, recorder);
    ck_assert_int_eq(script_parse(&step, "s", 3, line, error), 0);
    ck_assert_int_eq(script_advance(&runner, *now_ms, &wait, error), SCRIPT_NEEDS_LINE);
    script_give(&runner, &step);
    enum script_state state = SCRIPT_RUNNING;
    for (int i = 0; i < 10000 && state == SCRIPT_RUNNING; i++) {
        state = script_advance(&runner, *now_ms, &wait, error);
        *now_ms += wait;
    }
    return state;
}

START_TEST(test_script_advance_steps)
{
    static const struct {
        const char *line, *done;
    } cases[] = {
        {"", ""},
        {"tap start.begin", "tap start.begin;"},
        {"type Jo", "type J;type o;"},
        {"key next", "key next;"},
        {"key scan K7M4QX", "scan K7M4QX;"},
        {"sleep 2", "sleep 2000;"},
        {"shot a.png", "path a.png;"},
        {"dump", "path ;"},
        {"expect here", ""},
        {"wait here", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct recorder recorder = {.present = "here"};
        struct error error = ERROR_NONE;
        int64_t now = 0;
        ck_assert_int_eq(run(&recorder, cases[i].line, &now, &error), SCRIPT_NEEDS_LINE);
        ck_assert_str_eq(recorder.done, cases[i].done);
    }
}
END_TEST

START_TEST(test_script_advance_faults)
{
    struct error error = ERROR_NONE;
    struct recorder recorder = {.present = "here", .label = "Klopt alles?", .fails = true};
    int64_t now = 0;
    ck_assert_int_eq(run(&recorder, "tap nowhere", &now, &error), SCRIPT_FAILED);
    ck_assert_str_eq(error.text, "line 3: \"nowhere\" is not on the screen");
    ck_assert_int_eq(run(&recorder, "expect nowhere", &now, &error), SCRIPT_FAILED);
    ck_assert_int_eq(run(&recorder, "expect here Nee", &now, &error), SCRIPT_FAILED);
    ck_assert_str_eq(error.text, "line 3: \"here\" does not say \"Nee\"");
    ck_assert_int_eq(run(&recorder, "expect here alles", &now, &error), SCRIPT_NEEDS_LINE);
}
END_TEST

START_TEST(test_script_advance_wait_ends)
{
    struct recorder recorder = {.present = "other"};
    struct error error = ERROR_NONE;
    int64_t now = 500;
    ck_assert_int_eq(run(&recorder, "wait slip.done 3", &now, &error), SCRIPT_FAILED);
    ck_assert_str_eq(error.text, "line 3: \"slip.done\" did not come within 3.0 s");
    ck_assert_int_ge(now, 3500);
    ck_assert_int_lt(now, 3600);
}
END_TEST

// An input that is still on its way is waited for, before and after a step.
START_TEST(test_script_advance_busy)
{
    struct recorder recorder = {.present = "here"};
    struct error error = ERROR_NONE;
    struct script_runner runner;
    struct script_step step;
    int64_t wait = 0;
    script_begin(&runner, &ops, &recorder);
    script_parse(&step, "s", 1, "tap a", &error);
    script_give(&runner, &step);
    recorder.busy = 1;
    ck_assert_int_eq(script_advance(&runner, 0, &wait, &error), SCRIPT_RUNNING);
    ck_assert_str_eq(recorder.done, "");
    ck_assert_int_gt(wait, 0);
    ck_assert_int_eq(script_advance(&runner, 0, &wait, &error), SCRIPT_NEEDS_LINE);
    ck_assert_str_eq(recorder.done, "tap a;");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("script");
    TCase *tcase = tcase_create("script");
    tcase_add_test(tcase, test_script_parse_lines);
    tcase_add_test(tcase, test_script_parse_faults);
    tcase_add_test(tcase, test_script_parse_long);
    tcase_add_test(tcase, test_script_advance_steps);
    tcase_add_test(tcase, test_script_advance_faults);
    tcase_add_test(tcase, test_script_advance_wait_ends);
    tcase_add_test(tcase, test_script_advance_busy);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
