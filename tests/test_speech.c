// links: src/ui/speech.c src/ui/recording.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/file.c
// libs: -lSDL2 -ldl
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/speech.h"

static char path[] = "/tmp/wegwijs-speech-XXXXXX";

static struct speech *begin(void)
{
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    (void)close(file);
    setenv("WEGWIJS_SPEECH_LOG", path, 1);
    return speech_new(true);
}

static void said(const char *expected)
{
    char text[512] = "";
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    (void)remove(path);
    ck_assert_str_eq(text, expected);
}

START_TEST(test_speech_say_log)
{
    struct speech *speech = begin();
    ck_assert(speech_available(speech));
    speech_say(speech, "topic.work", "Werk", NULL);
    speech_add(speech, NULL, "Română", "ro");
    speech_stop(speech);
    speech_free(speech);
    said("nl\tWerk\nro\tRomână\n");
}
END_TEST

START_TEST(test_speech_set_steps)
{
    struct speech *speech = begin();
    speech_set_speed(speech, 99);
    speech_set_volume(speech, -3);
    ck_assert_int_eq(speech_speed(speech), SPEECH_STEPS - 1);
    ck_assert_int_eq(speech_volume(speech), 0);
    speech_reset(speech); // a new visit
    ck_assert_int_eq(speech_speed(speech), SPEECH_STEP_DEFAULT);
    ck_assert_int_eq(speech_volume(speech), SPEECH_STEP_DEFAULT);
    ck_assert(speech_has_language(speech, "nl") && speech_has_language(speech, "tr"));
    ck_assert(!speech_has_language(speech, "ti") && !speech_has_language(speech, ""));
    speech_free(speech);
    said("");
}
END_TEST

// Without voice everything is silent, and nothing fails.
START_TEST(test_speech_new_disabled)
{
    unsetenv("WEGWIJS_SPEECH_LOG");
    struct speech *speech = speech_new(false);
    ck_assert(!speech_available(speech));
    speech_say(speech, "topic.work", "Werk", "nl");
    speech_stop(speech);
    speech_free(speech);
    speech_free(NULL);
}
END_TEST

static void ready(void *context)
{
    *(int *)context = 1;
}

START_TEST(test_speech_on_ready_now)
{
    struct speech *speech = begin();
    int called = 0;
    speech_on_ready(speech, ready, &called);
    ck_assert_int_eq(called, 1);
    speech_free(speech);
    said("");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("speech");
    TCase *tcase = tcase_create("speech");
    tcase_add_test(tcase, test_speech_say_log);
    tcase_add_test(tcase, test_speech_set_steps);
    tcase_add_test(tcase, test_speech_new_disabled);
    tcase_add_test(tcase, test_speech_on_ready_now);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
