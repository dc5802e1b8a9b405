// links: src/kiosk/settings.c src/base/config.c src/base/file.c src/base/memory.c src/base/error.c src/base/utf8.c src/base/day.c
// libs: -lcyaml -lyaml
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/settings.h"

#include "base/banned.h"

static struct settings *settings;
static struct error error;

static int parse(const char *text)
{
    return settings_parse(&settings, "kiosk.yaml", text, strlen(text), &error);
}

START_TEST(test_load_sample)
{
    ck_assert_msg(settings_load(&settings, "kiosk-config", &error) == 0, "%s", error.text);
    ck_assert_str_eq(settings->name, "lobby-1");
    ck_assert(!settings->production);
    ck_assert_uint_eq(settings->printer.width, 576);
    ck_assert_uint_eq(settings->limits.hour, 20);
    settings_free(settings);
}
END_TEST

START_TEST(test_parse_fills_in)
{
    ck_assert_msg(parse("name: lobby-2\nprinter: { paper: 58 }\n") == 0, "%s", error.text);
    ck_assert_uint_eq(settings->printer.width, 384);
    ck_assert_uint_eq(settings->printer.dpi, 203);
    ck_assert_uint_eq(settings->idle.seconds, 60);
    ck_assert_uint_eq(settings->idle.countdown, 20);
    ck_assert_uint_eq(settings->leases.count, 12);
    ck_assert_uint_eq(settings->link.connect, 10000);
    ck_assert_uint_eq(settings->link.answer, 5000);
    ck_assert_uint_eq(settings->link.idle, 0);
    ck_assert_uint_eq(settings->link.interval, 60000);
    ck_assert_uint_eq(settings->link.pause_first, 1000);
    ck_assert_uint_eq(settings->link.pause_most, 60000);
    ck_assert_ptr_null(settings->agenda);
    ck_assert(!settings->still && !settings->silent && !settings->abc);
    settings_free(settings);
}
END_TEST

START_TEST(test_parse_dark)
{
    ck_assert_msg(parse("name: a\nscreen: { dark-from: \"19:30\", dark-to: \"7:05\" }\n") == 0, "%s",
                  error.text);
    ck_assert_int_eq(settings->screen.dark_from_minute, 19 * 60 + 30);
    ck_assert_int_eq(settings->screen.dark_to_minute, 7 * 60 + 5);
    settings_free(settings);
    ck_assert_msg(parse("name: a\n") == 0, "%s", error.text);
    ck_assert_int_eq(settings->screen.dark_from_minute, settings->screen.dark_to_minute);
    settings_free(settings);
}
END_TEST

START_TEST(test_parse_choices)
{
    ck_assert_msg(parse("name: a\nkeyboard: abc\nmotion: nee\nvoice: no\nproduction: ja\n") == 0, "%s",
                  error.text);
    ck_assert(settings->still && settings->silent && settings->abc && settings->production);
    settings_free(settings);
}
END_TEST

static const char models[] =
    "printer-models:\n"
    "  - { name: old, paper: 58, width: 340, dpi: 180, cutter: nee, status: nee, band-rows: 24 }\n"
    "  - { name: clone, width: 560, fence: nee, settle-ms: 4000 }\n";

static const struct settings_printer *parse_printer(const char *printer)
{
    char text[512];
    (void)snprintf(text, sizeof text, "name: a\nprinter: { %s }\n%s", printer, models);
    ck_assert_msg(parse(text) == 0, "%s", error.text);
    return &settings->printer;
}

// The printer's own word, then its model's, then the usual.
START_TEST(test_parse_printer_model)
{
    const struct settings_printer *printer = parse_printer("model: old");
    ck_assert_uint_eq(printer->width, 340);
    ck_assert_uint_eq(printer->dpi, 180);
    ck_assert_uint_eq(printer->paper, 58);
    ck_assert_uint_eq(printer->band_rows, 24);
    ck_assert_uint_eq(printer->settle_ms, 3000);
    ck_assert(!printer->cutter && !printer->status && !printer->no_fence && !printer->large);
    settings_free(settings);
    printer = parse_printer("model: clone, large: ja, band-rows: 100");
    ck_assert_uint_eq(printer->width, 560);
    ck_assert_uint_eq(printer->band_rows, 100);
    ck_assert_uint_eq(printer->settle_ms, 4000);
    ck_assert(printer->cutter && printer->status && printer->no_fence && printer->large);
    settings_free(settings);
    printer = parse_printer("model: old, cutter: ja, status: ja, fence: nee, settle-ms: 500, paper: 80");
    ck_assert(printer->cutter && printer->status && printer->no_fence);
    ck_assert_uint_eq(printer->settle_ms, 500);
    ck_assert_uint_eq(printer->width, 576); // not the narrow model's
    settings_free(settings);
    printer = parse_printer("kind: picture");
    ck_assert(printer->cutter && printer->status && !printer->no_fence);
    settings_free(settings);
}
END_TEST

START_TEST(test_load_sample_models)
{
    ck_assert_msg(settings_load(&settings, "kiosk-config", &error) == 0, "%s", error.text);
    ck_assert_uint_ge(settings->models_count, 5);
    for (unsigned i = 0; i < settings->models_count; i++)
        ck_assert(settings->models[i].width >= 300 && settings->models[i].dpi >= 180);
    settings_free(settings);
}
END_TEST

static const struct {
    const char *text, *said;
} wrong[] = {
    {"name: a\nprinter: { model: none }\n", "none"},
    {"name: a\nprinter: { band-rows: 256 }\n", "band-rows"},
    {"name: a\nprinter: { dpi: 20 }\n", "dpi"},
    {"name: a\nprinter: { settle-ms: 60000 }\n", "settle-ms"},
    {"name: a\nprinter-models:\n  - { width: 576 }\n", "name"},
    {"name: a\nprinter: { cutter: maybe }\n", "maybe"},
    {"name: Lobby 1\n", "\"name\""},
    {"name: a\nprnter: {}\n", "kiosk.yaml:2"},
    {"name: a\nprinter: { kind: laser }\n", "laser"},
    {"name: a\nprinter: { kind: escpos }\n", "target"},
    {"name: a\nprinter: { paper: 70 }\n", "70"},
    {"name: a\nprinter: { width: 10 }\n", "10"},
    {"name: a\nscreen: { rotate: 45 }\n", "kiosk.yaml:2:11: \"screen: rotate\" must be 0, 90"},
    {"name: a\nscreen: { dark-from: \"19:00\" }\n", "\"dark-to\" is missing"},
    {"name: a\nscreen: { dark-to: \"7:00\" }\n", "\"dark-from\" is missing"},
    {"name: a\nscreen: { dark-from: \"19:60\", dark-to: \"7:00\" }\n",
     "must be an hour like 20:00, found \"19:60\""},
    {"name: a\nscreen: { dark-from: \"19:00\", dark-to: \"7:0\" }\n",
     "must be an hour like 7:00, found \"7:0\""},
    {"name: a\nscreen: { dark-from: \"7:00\", dark-to: \"07:00\" }\n", "are the same hour"},
    {"name: a\nleases: { count: 100000 }\n", "kiosk.yaml:2:11: \"leases: count\" must be 1 to 512"},
    {"name: a\nleases: { days: 366 }\n", "\"leases: days\" must be 1 to 365, found 366"},
    {"name: a\nidle: { seconds: 99999 }\n", "kiosk.yaml:2:9: \"idle: seconds\""},
    {"name: a\nlink:\n  answer-ms: 5000\n  connect-ms: 5\n",
     "kiosk.yaml:4:3: \"link: connect-ms\" must be 100 to"},
    {"name: a\nlink: { interval-ms: 900000 }\n", "\"link: interval-ms\" must be 1000 to 600000"},
    {"name: a\nlink: { pause-first-ms: 5000, pause-most-ms: 2000 }\n", "must not be more than"},
    {"name: a\nlink: { answer-ms: soon }\n", "kiosk.yaml:2:"},
    {"name: a\nlink: { answer: 5 }\n", "unexpected key \"answer\""},
    {"name: a\nkeyboard: dvorak\n", "keyboard"},
    {"name: [\n", "kiosk.yaml"},
    {"", "kiosk.yaml"},
    {"agenda: x\n", "name"},
};

START_TEST(test_parse_faults)
{
    error = ERROR_NONE;
    ck_assert_int_lt(parse(wrong[_i].text), 0);
    ck_assert_ptr_null(settings);
    ck_assert_msg(strstr(error.text, wrong[_i].said) != NULL, "\"%s\" lacks \"%s\"", error.text,
                  wrong[_i].said);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings");
    TCase *tests = tcase_create("settings");
    tcase_add_test(tests, test_load_sample);
    tcase_add_test(tests, test_parse_fills_in);
    tcase_add_test(tests, test_parse_choices);
    tcase_add_test(tests, test_parse_dark);
    tcase_add_test(tests, test_parse_dark);
    tcase_add_test(tests, test_parse_printer_model);
    tcase_add_test(tests, test_load_sample_models);
    tcase_add_loop_test(tests, test_parse_faults, 0, (int)(sizeof wrong / sizeof wrong[0]));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
