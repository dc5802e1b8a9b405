// links: src/ui/speech.c src/ui/recording.c src/ui/stretch.c src/base/library.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/file.c
// libs: -lSDL2 -ldl -lespeak-ng
#include <check.h>
#include <espeak-ng/speak_lib.h>
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

// Until the log holds this; the test's own time-out ends it.
static void wait_for(const char *expected)
{
    char text[512];
    for (;;) {
        FILE *file = fopen(path, "r");
        ck_assert_ptr_nonnull(file);
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        (void)fclose(file);
        if (strstr(text, expected) != NULL)
            return;
        (void)usleep(1000);
    }
}

START_TEST(test_speech_say_log)
{
    struct speech *speech = begin();
    ck_assert(speech_available(speech));
    speech_say(speech, "topic.work", "Werk", NULL);
    speech_add(speech, NULL, "Română", "ro");
    wait_for("Română");
    speech_stop(speech);
    speech_free(speech);
    said("nl\tWerk\nro\tRomână\n");
}
END_TEST

// Each saying would last an hour: a new one, or a touch, ends it and what waited behind it.
START_TEST(test_speech_say_interrupts)
{
    setenv("WEGWIJS_SPEECH_PACE", "3600", 1);
    struct speech *speech = begin();
    speech_say(speech, NULL, "een", NULL);
    speech_add(speech, NULL, "twee", NULL);
    wait_for("een");
    speech_say(speech, NULL, "drie", NULL);
    wait_for("drie");
    speech_stop(speech);
    wait_for("drie\n#\tinterrupted");
    speech_free(speech);
    said("nl\teen\n#\tinterrupted\nnl\tdrie\n#\tinterrupted\n");
}
END_TEST

START_TEST(test_speech_set_speed_is_heard)
{
    struct speech *speech = begin();
    speech_set_speed(speech, 0);
    speech_say(speech, NULL, "traag", NULL);
    wait_for("traag");
    speech_reset(speech);
    speech_say(speech, NULL, "gewoon", NULL);
    wait_for("gewoon");
    speech_free(speech);
    said("#\tspeed 0, volume 2\nnl\ttraag\n#\tspeed 2, volume 2\nnl\tgewoon\n");
}
END_TEST

// ---- how fast the voice really is

static long samples;
static int count_samples(short *wav, int count, espeak_EVENT *events)
{
    (void)wav;
    (void)events;
    samples += count;
    return 0;
}

static const char sentences[] = "Wij schrijven uw antwoorden op. Alleen uw begeleider leest ze. "
                                "Uw afspraak is maandag drieentwintig november om negen uur.";

// Length of the sentences at a step, in samples; 0 when there is no voice here.
static long spoken_samples(int step)
{
    int rate = 0, gap = 0;
    speech_pace(step, &rate, &gap);
    samples = 0;
    espeak_SetParameter(espeakRATE, rate, 0);
    espeak_SetParameter(espeakWORDGAP, gap, 0);
    espeak_Synth(sentences, sizeof sentences, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
    return samples;
}

START_TEST(test_speech_pace_is_true)
{
    static const int percent[SPEECH_STEPS] = {50, 75, 100, 150, 200};
    int hertz = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 100, NULL, espeakINITIALIZE_DONT_EXIT);
    ck_assert_int_gt(hertz, 0);
    espeak_SetSynthCallback(count_samples);
    ck_assert_int_eq(espeak_SetVoiceByName("nl"), EE_OK);
    long normal = spoken_samples(SPEECH_STEP_DEFAULT);
    double words_a_minute = 19.0 * 60 * hertz / (double)normal;
    ck_assert_msg(words_a_minute > 105 && words_a_minute < 140, "%.0f words a minute", words_a_minute);
    for (int step = 0; step < SPEECH_STEPS; step++) {
        double really = 100.0 * (double)normal / (double)spoken_samples(step);
        ck_assert_msg(really > 0.85 * percent[step] && really < 1.15 * percent[step],
                      "step %d: %.0f %%, not %d", step, really, percent[step]);
    }
    espeak_Terminate();
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
    tcase_add_test(tcase, test_speech_say_interrupts);
    tcase_add_test(tcase, test_speech_set_speed_is_heard);
    tcase_add_test(tcase, test_speech_pace_is_true);
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
