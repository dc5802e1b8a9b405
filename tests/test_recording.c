// links: src/ui/recording.c src/ui/stretch.c src/base/library.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/file.c
// libs: -lSDL2 -ldl
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SDL.h>

#include "ui/recording.h"
#include "ui/stretch.h"

#define RATE 22050

static char folder[] = "/tmp/wegwijs-recording-XXXXXX";

static void put_u32(FILE *file, unsigned value)
{
    for (int i = 0; i < 4; i++)
        (void)fputc((int)(value >> (8 * i) & 255U), file);
}

// One second of a 440 Hz tone, mono, 16 bits, 44100 a second.
static void write_tone(const char *path)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    unsigned size = 44100 * 2;
    (void)fputs("RIFF", file);
    put_u32(file, 36 + size);
    (void)fputs("WAVEfmt ", file);
    put_u32(file, 16);
    put_u32(file, 1 | 1U << 16);
    put_u32(file, 44100);
    put_u32(file, 88200);
    put_u32(file, 2 | 16U << 16);
    (void)fputs("data", file);
    put_u32(file, size);
    for (int i = 0; i < 44100; i++) {
        int sample = (int)(12000 * sin(2 * 3.14159265 * 440 * i / 44100));
        (void)fputc(sample & 255, file);
        (void)fputc(sample >> 8 & 255, file);
    }
    ck_assert_int_eq(fclose(file), 0);
}

static void begin(void)
{
    char command[512];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(setenv("WEGWIJS_SHARE", folder, 1), 0);
    ck_assert_int_eq(snprintf(command, sizeof command, "mkdir -p %s/assets/voice", folder) > 0, 1);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(chdir(folder), 0);
    write_tone("assets/voice/topic.work.wav");
    ck_assert_int_eq(system("oggenc -Q -o assets/voice/topic.health.ogg assets/voice/topic.work.wav"), 0);
    ck_assert_int_eq(system("printf OggS > assets/voice/topic.money.ogg; : > assets/voice/stop.wav"), 0);
}

static void end(void)
{
    char command[512];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    (void)chdir("/");
    (void)system(command);
}

static int count_crossings(const short *samples, size_t count)
{
    int crossings = 0;
    for (size_t i = 1; i < count; i++)
        crossings += samples[i - 1] < 0 && samples[i] >= 0;
    return crossings;
}

// The tone crosses zero upwards 440 times, whatever the form of the file and the rate.
static void heard(const char *key)
{
    size_t count = 0;
    short *samples = recording_read(key, RATE, &count);
    ck_assert_ptr_nonnull(samples);
    ck_assert_int_ge((int)count, RATE - 600); // the resampler keeps up to 25 ms at the end
    ck_assert_int_le((int)count, RATE + 200);
    int crossings = count_crossings(samples, count);
    ck_assert_int_ge(crossings, 425);
    ck_assert_int_le(crossings, 445);
    free(samples);
}

START_TEST(test_recording_read_wav)
{
    heard("topic.work");
}
END_TEST

START_TEST(test_recording_read_ogg)
{
    heard("topic.health");
}
END_TEST

START_TEST(test_recording_read_none)
{
    const char *const keys[] = {"", "topic.housing", "../voice/topic.work", "topic.money", "stop"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t count = 1;
        ck_assert_ptr_null(recording_read(keys[i], RATE, &count));
        ck_assert_uint_eq(count, 0);
    }
}
END_TEST

// Twice as fast is half as long, and crosses zero as often in a second: the pitch stays.
START_TEST(test_stretch_samples_pitch)
{
    static const int percents[] = {50, 75, 150, 200};
    size_t plain = 0, count = 0;
    short *samples = recording_read("topic.work", RATE, &plain);
    free(samples);
    samples = recording_read("topic.work", RATE, &count);
    stretch_samples(&samples, &count, RATE, percents[_i]);
    double longer = (double)count / (double)plain, wanted = 100.0 / percents[_i];
    double tone = count_crossings(samples, count) / ((double)count / RATE);
    free(samples);
    ck_assert_double_ge(longer, wanted * 0.93);
    ck_assert_double_le(longer, wanted * 1.07);
    ck_assert_double_ge(tone, 425);
    ck_assert_double_le(tone, 455);
}
END_TEST

START_TEST(test_stretch_samples_unchanged)
{
    static const int percents[] = {100, 0, -50, 1000};
    size_t count = 0;
    short *samples = recording_read("topic.work", RATE, &count), *before = samples;
    size_t plain = count;
    stretch_samples(&samples, &count, RATE, percents[_i]);
    ck_assert_ptr_eq(samples, before);
    ck_assert_uint_eq(count, plain);
    free(samples);
    samples = NULL;
    count = 0;
    stretch_samples(&samples, &count, RATE, 50);
    ck_assert_ptr_null(samples);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recording");
    TCase *tcase = tcase_create("recording");
    tcase_add_unchecked_fixture(tcase, begin, end);
    tcase_add_test(tcase, test_recording_read_wav);
    tcase_add_test(tcase, test_recording_read_ogg);
    tcase_add_test(tcase, test_recording_read_none);
    tcase_add_loop_test(tcase, test_stretch_samples_pitch, 0, 4);
    tcase_add_loop_test(tcase, test_stretch_samples_unchanged, 0, 4);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
