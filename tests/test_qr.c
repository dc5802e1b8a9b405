// links: src/draw/qr.c src/draw/canvas.c src/base/error.c src/base/memory.c src/base/utf8.c
// libs: -lqrencode
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "draw/qr.h"

static struct qr qr;

START_TEST(test_encode_sides)
{
    // bytes that each version holds at level M, byte mode: ISO/IEC 18004, table 7
    static const struct {
        size_t bytes;
        unsigned side;
    } SIZES[] = {{1, 21},   {14, 21},  {15, 25},  {26, 25}, {180, 53},
                 {181, 57}, {213, 57}, {214, 61}, {331, 69}};
    char text[400];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        ck_assert_int_eq(qr_encode(&qr, text, SIZES[i].bytes, QR_SIDE_MAX, NULL), 0);
        ck_assert_uint_eq(qr.side, SIZES[i].side);
    }
}
END_TEST

START_TEST(test_encode_refuses)
{
    struct error error = ERROR_NONE;
    char text[3000];
    memset(text, 'a', sizeof text);
    ck_assert_int_eq(qr_encode(&qr, "", 0, QR_SIDE_MAX, &error), ERROR_INVALID);
    ck_assert_uint_eq(qr.side, 0);
    ck_assert_int_eq(qr_encode(&qr, text, sizeof text, QR_SIDE_MAX, &error), ERROR_FULL);
    ck_assert_int_eq(qr_encode(&qr, text, 214, 57, &error), ERROR_FULL);
    ck_assert_uint_eq(qr.side, 0);
    ck_assert_uint_eq(qr_module_px(&qr, 400), 0);
}
END_TEST

START_TEST(test_encode_holds_zero_bytes)
{
    ck_assert_int_eq(qr_encode(&qr, "a\0b", 3, QR_SIDE_MAX, NULL), 0);
    ck_assert_uint_eq(qr.side, 21);
}
END_TEST

START_TEST(test_draw_whole_pixels_and_quiet_zone)
{
    static uint32_t pixels[200 * 200];
    struct canvas canvas;
    canvas_wrap(&canvas, pixels, 200, 200, 200 * 4);
    canvas_clear(&canvas, 0x808080);
    ck_assert_int_eq(qr_encode(&qr, "K7M4QX", 6, 57, NULL), 0);
    unsigned px = qr_module_px(&qr, 190);
    ck_assert_uint_eq(px, 6);
    qr_draw(&canvas, &qr, 5, 5, px, 0x000000, 0xFFFFFF);
    for (unsigned y = 0; y < (21 + 8) * px; y++) {
        for (unsigned x = 0; x < (21 + 8) * px; x++) {
            unsigned column = x / px, row = y / px;
            bool inside = column >= 4 && row >= 4 && column < 25 && row < 25;
            bool dark = inside && qr.modules[(row - 4) * 21 + column - 4];
            ck_assert_uint_eq(pixels[(y + 5) * 200 + x + 5] & 0xFFFFFF, dark ? 0 : 0xFFFFFF);
        }
    }
    ck_assert_uint_eq(pixels[0] & 0xFFFFFF, 0x808080);
    ck_assert_uint_eq(pixels[(5 + 29 * px) * 200 + 10] & 0xFFFFFF, 0x808080);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("qr");
    TCase *tests = tcase_create("qr");
    tcase_add_test(tests, test_encode_sides);
    tcase_add_test(tests, test_encode_refuses);
    tcase_add_test(tests, test_encode_holds_zero_bytes);
    tcase_add_test(tests, test_draw_whole_pixels_and_quiet_zone);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
