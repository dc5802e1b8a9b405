// links: src/slip/escpos.c src/slip/raster.c src/base/memory.c src/base/error.c src/base/utf8.c
// The bytes as Epson's reference has them: these tests are the specification of what goes to a printer.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "slip/escpos.h"

static struct raster stripes(unsigned width, unsigned height)
{
    struct raster raster = {.width = width, .height = height, .stride = (width + 7) / 8};
    raster.bits = memory_new((size_t)raster.stride * height, 1);
    for (unsigned i = 0; i < raster.stride * height; i++) {
        raster.bits[i] = (uint8_t)(i + 1);
    }
    return raster;
}

START_TEST(test_encode_golden_bytes)
{
    static const uint8_t WANTED[] = {
        0x1B, 0x40,                                     // initialise
        0x1D, 0x76, 0x30, 0x00, 0x02, 0x00, 0x02, 0x00, // raster: 2 bytes wide, 2 rows
        0x01, 0x02, 0x03, 0x04,                         // 2 rows
        0x1D, 0x76, 0x30, 0x00, 0x02, 0x00, 0x01, 0x00, // raster: the row that is left
        0x05, 0x06,                                     //
        0x1D, 0x56, 0x42, 0x18,                         // feed 24 dots and cut
    };
    struct raster raster = stripes(16, 3);
    struct text_buffer out = {0};
    escpos_encode(&out, &raster, 2, true);
    ck_assert_uint_eq(out.length, sizeof WANTED);
    ck_assert_mem_eq(out.text, WANTED, sizeof WANTED);
    text_buffer_release(&out);
    raster_release(&raster);
}
END_TEST

START_TEST(test_encode_without_cutter_feeds)
{
    struct raster raster = stripes(8, 1);
    struct text_buffer out = {0};
    escpos_encode(&out, &raster, 255, false);
    ck_assert_uint_eq(out.length, 2 + 8 + 1 + 3);
    ck_assert_mem_eq(out.text + 11, "\x1B\x4A\xFF", 3);
    text_buffer_release(&out);
    raster_release(&raster);
}
END_TEST

START_TEST(test_encode_bands_hold_every_row)
{
    static const unsigned BANDS[] = {1, 7, 24, 254, 255};
    struct raster raster = stripes(72 * 8, 600);
    for (size_t i = 0; i < sizeof BANDS / sizeof *BANDS; i++) {
        struct text_buffer out = {0};
        size_t at = 2, copied = 0;
        escpos_encode(&out, &raster, BANDS[i], true);
        while (copied < (size_t)raster.stride * raster.height) {
            const uint8_t *head = (const uint8_t *)out.text + at;
            ck_assert_mem_eq(head, "\x1D\x76\x30\x00\x48\x00", 6);
            unsigned rows = head[6] + 256U * head[7];
            ck_assert_uint_ge(rows, 1);
            ck_assert_uint_le(rows, BANDS[i]);
            ck_assert_mem_eq(head + 8, raster.bits + copied, (size_t)rows * raster.stride);
            copied += (size_t)rows * raster.stride;
            at += 8 + (size_t)rows * raster.stride;
        }
        ck_assert_uint_eq(at + 4, out.length);
        text_buffer_release(&out);
    }
    raster_release(&raster);
}
END_TEST

static const struct {
    uint8_t answers[ESCPOS_QUESTIONS]; // on line, why not, paper, which error
    enum printer_state state;
} STATES[] = {
    {{0x12, 0x12, 0x12, 0x12}, PRINTER_READY},
    {{0x16, 0x12, 0x12, 0x12}, PRINTER_READY}, // drawer pin is nothing to us
    {{0x12, 0x12, 0x1E, 0x12}, PRINTER_PAPER_LOW},
    {{0x12, 0x12, 0x16, 0x12}, PRINTER_PAPER_LOW}, // models that set one bit of the two
    {{0x12, 0x12, 0x1A, 0x12}, PRINTER_PAPER_LOW},
    {{0x1A, 0x32, 0x7E, 0x12}, PRINTER_NO_PAPER},
    {{0x12, 0x12, 0x72, 0x12}, PRINTER_NO_PAPER},
    {{0x1A, 0x16, 0x12, 0x12}, PRINTER_COVER_OPEN},
    {{0x1A, 0x36, 0x72, 0x12}, PRINTER_COVER_OPEN}, // an open cover hides the paper: close it first
    {{0x1A, 0x56, 0x12, 0x52}, PRINTER_COVER_OPEN}, // some call that an error that goes by
    {{0x1A, 0x52, 0x12, 0x12}, PRINTER_ERROR},      // it does not say which
    {{0x1A, 0x52, 0x12, 0x1A}, PRINTER_CUTTER},
    {{0x1A, 0x52, 0x12, 0x32}, PRINTER_ERROR},
    {{0x1A, 0x52, 0x12, 0x72}, PRINTER_ERROR}, // too hot and broken
    {{0x1A, 0x52, 0x12, 0x5A}, PRINTER_CUTTER},
    {{0x1A, 0x52, 0x12, 0x52}, PRINTER_READY}, // too hot alone: it goes on by itself
    {{0x1A, 0x52, 0x1E, 0x52}, PRINTER_PAPER_LOW},
    {{0x1A, 0x12, 0x12, 0x12}, PRINTER_OFFLINE},
    {{0x1A, 0x12, 0x12, 0x52}, PRINTER_OFFLINE}, // no error, so the fourth answer says nothing
    {{0x00, 0x12, 0x12, 0x12}, PRINTER_OFFLINE},
    {{0x12, 0xFF, 0x12, 0x12}, PRINTER_OFFLINE}, // not status bytes
    {{0x12, 0x12, 0x92, 0x12}, PRINTER_OFFLINE},
    {{0x1A, 0x52, 0x12, 0x00}, PRINTER_OFFLINE},
};

START_TEST(test_state_table)
{
    ck_assert_int_eq(escpos_state(STATES[_i].answers), STATES[_i].state);
}
END_TEST

static const struct {
    uint8_t answers[ESCPOS_QUESTIONS];
    const char *reasons;
} REASONS[] = {
    {{0x12, 0x12, 0x12, 0x12}, ""},
    {{0x16, 0x12, 0x12, 0x12}, ""}, // the drawer
    {{0x12, 0x12, 0x1E, 0x12}, "media-low"},
    {{0x1A, 0x32, 0x7E, 0x12}, "media-empty offline"},
    {{0x1A, 0x36, 0x1E, 0x12}, "cover-open media-empty offline"},
    {{0x1A, 0x16, 0x1E, 0x12}, "cover-open media-low offline"},
    {{0x1A, 0x52, 0x12, 0x12}, "error offline"},
    {{0x1A, 0x52, 0x12, 0x1A}, "cutter-stuck offline"},
    {{0x1A, 0x52, 0x12, 0x72}, "unrecoverable-error too-hot offline"},
    {{0x12, 0x12, 0x12, 0x1A}, ""}, // no error, so the fourth answer says nothing
};

START_TEST(test_reasons_are_all_told)
{
    char said[PRINTER_DETAIL], little[8];
    escpos_reasons(REASONS[_i].answers, said, sizeof said);
    ck_assert_str_eq(said, REASONS[_i].reasons);
    escpos_reasons(REASONS[_i].answers, little, sizeof little);
    ck_assert_uint_lt(strlen(little), sizeof little);
}
END_TEST

START_TEST(test_pauses_only_when_too_hot)
{
    static const uint8_t HOT[] = {0x1A, 0x52, 0x12, 0x52}, STUCK[] = {0x1A, 0x52, 0x12, 0x5A},
                         WELL[] = {0x12, 0x12, 0x12, 0x12};
    ck_assert(escpos_pauses(HOT));
    ck_assert(!escpos_pauses(STUCK) && !escpos_pauses(WELL));
    ck_assert(escpos_has_error(0x52) && !escpos_has_error(0x12));
}
END_TEST

START_TEST(test_answers_are_told_apart)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        ck_assert(!(escpos_is_status((uint8_t)byte) && escpos_is_fence((uint8_t)byte)));
    }
    ck_assert(!escpos_is_status(0x11) && !escpos_is_fence(0x11)); // XON
    ck_assert(!escpos_is_status(0x13) && !escpos_is_fence(0x13)); // XOFF
    ck_assert(escpos_is_fence(0x00) && escpos_is_fence(0x0F));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("escpos");
    TCase *tests = tcase_create("escpos");
    tcase_add_test(tests, test_encode_golden_bytes);
    tcase_add_test(tests, test_encode_without_cutter_feeds);
    tcase_add_test(tests, test_encode_bands_hold_every_row);
    tcase_add_loop_test(tests, test_state_table, 0, sizeof STATES / sizeof *STATES);
    tcase_add_loop_test(tests, test_reasons_are_all_told, 0, sizeof REASONS / sizeof *REASONS);
    tcase_add_test(tests, test_pauses_only_when_too_hot);
    tcase_add_test(tests, test_answers_are_told_apart);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
