// links: src/slip/slip.c src/slip/sheet.c src/slip/proof.c src/slip/pen.c src/slip/raster.c src/draw/text.c src/draw/wrap.c src/draw/run.c src/draw/font.c src/draw/stream.c src/draw/script.c src/draw/canvas.c src/draw/shape.c src/draw/sign.c src/draw/clockface.c src/draw/calendar.c src/draw/qr.c src/draw/pictogram.c src/booking/code.c src/booking/vevent.c src/booking/booking.c src/booking/phone.c src/booking/slot.c src/booking/town.c src/booking/town_check.c src/base/catalog.c src/base/config.c src/base/memory.c src/base/error.c src/base/utf8.c src/base/file.c src/base/log.c src/base/clock.c src/base/day.c
// libs: -lSDL2_ttf -lSDL2_image -lSDL2 -lfribidi -lqrencode -lsodium -lcyaml -lyaml -lgettextpo -ljansson -lical
#include <check.h>
#include <string.h>

#include "base/log.h"
#include "booking/vevent.h"
#include "draw/canvas.h"
#include "draw/font.h"
#include "draw/pictogram.h"
#include "draw/qr.h"
#include "slip/pen.h"
#include "slip/proof.h"
#include "slip_fixture.h"

static struct slip_fixture fixture;

static void setup(void)
{
    char code[CODE_SIZE];
    code_new(code);
    pictogram_folder("assets");
    slip_fixture_open(&fixture, code);
}

static void teardown(void)
{
    slip_fixture_close(&fixture);
    pictogram_folder(NULL);
    font_close_all();
}

static struct raster paint(unsigned width, unsigned dpi, bool large)
{
    struct raster raster;
    struct error error = ERROR_NONE;
    struct slip_options options = {.width = width, .dpi = dpi, .large = large};
    int result =
        slip_paint(&fixture.booking, "Els", fixture.town, fixture.catalog, &options, &raster, &error);
    ck_assert_msg(result == 0, "%s", error.text);
    ck_assert_uint_eq(raster.width, width);
    ck_assert_uint_eq(raster.stride, (width + 7) / 8);
    ck_assert_uint_eq(raster.height % 8, 0);
    return raster;
}

static bool row_is(const struct raster *raster, unsigned y, unsigned from, unsigned to, bool dark)
{
    for (unsigned x = from; x < to; x++) {
        if (raster_dot(raster, x, y) != dark) {
            return false;
        }
    }
    return true;
}

// Finds the code on paper: a quiet zone, then exactly the wanted modules in whole dots.
static unsigned find_code(const struct raster *raster, const char *text, unsigned *module)
{
    static struct qr qr;
    ck_assert_int_eq(qr_encode(&qr, text, strlen(text), 69, NULL), 0);
    for (*module = 10; *module >= 4; (*module)--) {
        unsigned side = (qr.side + 8) * *module;
        if (side > raster->width) {
            continue;
        }
        unsigned left = (raster->width - side) / 2;
        for (unsigned top = 0; top + side <= raster->height; top++) {
            bool same = true;
            for (unsigned y = 0; same && y < side; y++) {
                for (unsigned x = 0; same && x < side; x++) {
                    unsigned column = x / *module, row = y / *module;
                    bool inside = column >= 4 && row >= 4 && column < qr.side + 4 && row < qr.side + 4;
                    // the outer quiet zone below may hold the next line's first dots
                    bool dark = inside && qr.modules[(row - 4) * qr.side + column - 4];
                    same = raster_dot(raster, left + x, top + y) == dark || row >= qr.side + 6;
                }
            }
            if (same) {
                return top;
            }
        }
    }
    return 0;
}

static const struct {
    unsigned width, dpi;
    bool large;
    unsigned module;
} PAPERS[] = {{576, 203, false, 6}, {576, 203, true, 8},  {384, 203, false, 5},
              {384, 203, true, 5},  {512, 180, false, 5}, {340, 180, false, 5}};

START_TEST(test_paint_holds_the_code_in_whole_dots)
{
    char text[VEVENT_MAX + 1];
    unsigned module;
    struct raster raster = paint(PAPERS[_i].width, PAPERS[_i].dpi, PAPERS[_i].large);
    ck_assert_int_eq(slip_qr_text(&fixture.booking, fixture.town, fixture.catalog, text, sizeof text, NULL),
                     0);
    ck_assert_uint_gt(find_code(&raster, text, &module), 0);
    ck_assert_uint_eq(module, PAPERS[_i].module);
    ck_assert_double_ge(module * 25.4 / PAPERS[_i].dpi, 0.5); // millimetres
    raster_release(&raster);
}
END_TEST

START_TEST(test_paint_has_band_and_margins)
{
    struct raster raster = paint(PAPERS[_i].width, PAPERS[_i].dpi, PAPERS[_i].large);
    unsigned margin = PAPERS[_i].width * 24 / 576 - 1;
    ck_assert(row_is(&raster, 0, 0, raster.width, true));
    unsigned band = 0;
    while (raster_dot(&raster, 2, band)) {
        band++;
    }
    ck_assert_uint_ge(band, 60);
    for (unsigned y = band; y < raster.height; y++) {
        ck_assert_msg(row_is(&raster, y, 0, margin * 2 / 3, false), "row %u", y);
        ck_assert_msg(row_is(&raster, y, raster.width - margin * 2 / 3, raster.width, false), "row %u", y);
    }
    ck_assert(row_is(&raster, raster.height - 1, 0, raster.width, false));
    raster_release(&raster);
}
END_TEST

START_TEST(test_qr_text_is_an_appointment_without_the_person)
{
    char text[VEVENT_MAX + 1], uid[32];
    ck_assert_int_eq(slip_qr_text(&fixture.booking, fixture.town, fixture.catalog, text, sizeof text, NULL),
                     0);
    snprintf(uid, sizeof uid, "UID:%s\r\n", fixture.booking.code);
    ck_assert_ptr_nonnull(strstr(text, uid));
    ck_assert_ptr_nonnull(strstr(text, "DTSTART:20261124T083000Z"));
    ck_assert_ptr_null(strstr(text, "Voornaam"));
    ck_assert_ptr_null(strstr(text, "Achternaam"));
    ck_assert_ptr_null(strstr(text, "470"));
    ck_assert_uint_le(strlen(text), 213);
}
END_TEST

static void check_same(struct raster *one, struct raster *other)
{
    ck_assert_uint_eq(one->height, other->height);
    ck_assert_mem_eq(one->bits, other->bits, (size_t)one->stride * one->height);
    raster_release(one);
    raster_release(other);
}

// The person's data must not change a single dot.
START_TEST(test_paint_never_shows_the_person)
{
    struct raster one = paint(576, 203, false), other;
    snprintf(fixture.booking.first_name, sizeof fixture.booking.first_name, "Andere");
    snprintf(fixture.booking.last_name, sizeof fixture.booking.last_name, "Naam");
    snprintf(fixture.booking.phone, sizeof fixture.booking.phone, "+32470999999");
    snprintf(fixture.booking.language, sizeof fixture.booking.language, "ro");
    other = paint(576, 203, false);
    check_same(&one, &other);
}
END_TEST

START_TEST(test_paint_callback)
{
    unsigned module;
    fixture.booking.kind = BOOKING_CALLBACK;
    fixture.booking.slots = 0;
    struct raster raster = paint(576, 203, false);
    ck_assert_uint_gt(find_code(&raster, fixture.booking.code, &module), 0);
    ck_assert_uint_eq(module, 8);
    raster_release(&raster);
    fixture.booking.phone[0] = '\0';
    raster = paint(384, 203, true);
    ck_assert_uint_gt(find_code(&raster, fixture.booking.code, &module), 0);
    raster_release(&raster);
}
END_TEST

START_TEST(test_paint_help_makes_it_longer)
{
    struct raster without = paint(576, 203, false), with;
    struct slip_options options = {.width = 576, .dpi = 203, .help_text = "Принесіть цей папір."};
    ck_assert_int_eq(slip_paint(&fixture.booking, NULL, fixture.town, fixture.catalog, &options, &with, NULL),
                     0);
    ck_assert_uint_gt(with.height, without.height + 30);
    raster_release(&without);
    raster_release(&with);
}
END_TEST

START_TEST(test_paint_refuses)
{
    struct raster raster;
    struct error error = ERROR_NONE;
    struct slip_options options = {.width = 200};
    ck_assert_int_eq(
        slip_paint(&fixture.booking, "Els", fixture.town, fixture.catalog, &options, &raster, &error),
        ERROR_INVALID);
    ck_assert_ptr_null(raster.bits);
    options.width = 576;
    fixture.booking.code[0] = '\0';
    ck_assert_int_eq(
        slip_paint(&fixture.booking, "Els", fixture.town, fixture.catalog, &options, &raster, &error),
        ERROR_INVALID);
    ck_assert_ptr_null(raster.bits);
}
END_TEST

START_TEST(test_paint_without_pictograms_is_still_a_promise_fault)
{
    char text[VEVENT_MAX + 1];
    unsigned module;
    log_quiet(true);
    pictogram_folder("/nowhere");
    struct raster raster = paint(576, 203, false);
    ck_assert_int_eq(slip_qr_text(&fixture.booking, fixture.town, fixture.catalog, text, sizeof text, NULL),
                     0);
    ck_assert_uint_gt(find_code(&raster, text, &module), 0);
    raster_release(&raster);
}
END_TEST

START_TEST(test_paint_long_names_stay_on_paper)
{
    char name[201];
    memset(name, 'W', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct raster raster;
    struct slip_options options = {.width = 384, .dpi = 203, .large = true, .help_text = name};
    free(fixture.town->name);
    fixture.town->name = strdup("Gemeente met een heel bijzonder lange naam aan de overkant van het water");
    free(fixture.town->address);
    fixture.town->address = strdup(name);
    ck_assert_int_eq(
        slip_paint(&fixture.booking, name, fixture.town, fixture.catalog, &options, &raster, NULL), 0);
    raster_release(&raster);
}
END_TEST

// However much is written, large print has larger letters.
START_TEST(test_large_print_is_larger_everywhere)
{
    static const char *const TEXTS[] = {
        "Gemeentehuis", "Gemeenschapscentrum en Administratief Centrum De Zandloper",
        "Burgemeester Van der Schuerenlaan 1234 bus 56, 1780 Wemmel-Hamme\nVergaderzaal Lentemorgenlicht, "
        "tweede verdieping links naast de lift"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct pen pens[2];
        struct text_block blocks[2];
        char room[PEN_TEXT];
        for (int large = 0; large < 2; large++) {
            pen_init(&pens[large], 576, 203, large == 1);
            pen_fit(&pens[large], &blocks[large], room, sizeof room, TEXTS[i],
                    pen_style(&pens[large], 30, false), 380, 4, 1.2f);
            pen_release(&pens[large]);
        }
        ck_assert_msg(blocks[1].style.size > blocks[0].style.size, "%d dots, usually %d: %s",
                      blocks[1].style.size, blocks[0].style.size, TEXTS[i]);
    }
}
END_TEST

START_TEST(test_hour_breaks_before_the_minutes)
{
    struct raster usual = paint(384, 203, true), broken;
    catalog_override(fixture.catalog, "spoken.time.hour", "{hour} uur\n{minute}");
    broken = paint(384, 203, true);
    check_same(&usual, &broken);
}
END_TEST

START_TEST(test_phone_number_is_never_broken)
{
    free(fixture.town->phone);
    fixture.town->phone = strdup("+32 2 555 01 00 12");
    struct raster usual = paint(340, 180, true), whole;
    free(fixture.town->phone);
    fixture.town->phone = strdup("+32\u00a02\u00a0555\u00a001\u00a000\u00a012");
    whole = paint(340, 180, true);
    check_same(&usual, &whole);
}
END_TEST

static struct raster paint_sheet(bool large)
{
    struct raster raster;
    struct error error = ERROR_NONE;
    struct slip_options options = {.large = large, .sheet = true};
    int result =
        slip_paint(&fixture.booking, "Els", fixture.town, fixture.catalog, &options, &raster, &error);
    ck_assert_msg(result == 0, "%s", error.text);
    ck_assert(raster.sheet);
    ck_assert_uint_eq(raster.width, SHEET_WIDTH);
    ck_assert_uint_eq(raster.height, SHEET_HEIGHT);
    return raster;
}

// Nothing in the margin that printers leave blank, both columns written down to the last sixth.
static void check_sheet(const struct raster *raster)
{
    unsigned left = 0, right = 0;
    for (unsigned y = 0; y < raster->height; y++) {
        ck_assert_msg(row_is(raster, y, 0, 83, false), "row %u", y);
        ck_assert_msg(row_is(raster, y, raster->width - 83, raster->width, false), "row %u", y);
        left = row_is(raster, y, 84, 1200, false) ? left : y;
        right = row_is(raster, y, 1300, 2390, false) ? right : y;
    }
    ck_assert_uint_gt(left, raster->height * 5 / 6);
    ck_assert_uint_gt(right, raster->height * 5 / 6);
    ck_assert_uint_lt(left, raster->height - 83);
    ck_assert_uint_lt(right, raster->height - 83);
}

// The clock's height: from the first rule of the left column to the second.
static unsigned hour_height(const struct raster *raster)
{
    unsigned first = 0, y = 400; // below the band
    for (; y < raster->height; y++) {
        if (row_is(raster, y, 90, 1150, true)) {
            if (first > 0 && y > first + 100) {
                return y - first;
            }
            first = first == 0 ? y : first;
        }
    }
    return 0;
}

START_TEST(test_sheet_fills_the_paper)
{
    struct raster raster = paint_sheet(_i == 1);
    check_sheet(&raster);
    raster_release(&raster);
}
END_TEST

START_TEST(test_sheet_in_large_print_is_larger)
{
    struct raster usual = paint_sheet(false), large = paint_sheet(true);
    ck_assert_uint_gt(hour_height(&usual), 200);
    ck_assert_uint_gt(hour_height(&large), hour_height(&usual) * 115 / 100);
    raster_release(&usual);
    raster_release(&large);
}
END_TEST

static bool sheet_holds(const struct raster *raster, const char *text, unsigned module)
{
    static struct qr qr;
    ck_assert_int_eq(qr_encode(&qr, text, strlen(text), 69, NULL), 0);
    unsigned side = qr.side * module;
    for (unsigned top = 0; top + side < raster->height; top++) {
        for (unsigned left = raster->width / 2; left + side < raster->width; left++) {
            unsigned i = 0;
            while (i < qr.side * qr.side &&
                   raster_dot(raster, left + (i % qr.side) * module + module / 2,
                              top + (i / qr.side) * module + module / 2) == (qr.modules[i] != 0)) {
                i++;
            }
            if (i == qr.side * qr.side) {
                return true;
            }
        }
    }
    return false;
}

// At least 0.5 mm a module on A5: 6 dots of 300 an inch.
START_TEST(test_sheet_holds_the_code)
{
    char text[VEVENT_MAX + 1];
    struct raster raster = paint_sheet(_i == 1);
    ck_assert_int_eq(slip_qr_text(&fixture.booking, fixture.town, fixture.catalog, text, sizeof text, NULL),
                     0);
    ck_assert(sheet_holds(&raster, text, _i == 1 ? 7 : 11));
    raster_release(&raster);
    fixture.booking.kind = BOOKING_CALLBACK;
    fixture.booking.slots = 0;
    raster = paint_sheet(_i == 1);
    ck_assert(sheet_holds(&raster, fixture.booking.code, 30));
    raster_release(&raster);
}
END_TEST

START_TEST(test_sheet_never_cuts_long_names)
{
    struct raster raster;
    char name[121];
    struct slip_options options = {.sheet = true, .large = _i == 1, .help_text = name};
    memset(name, 'W', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    free(fixture.town->name);
    fixture.town->name = strdup("Gemeente met een heel bijzonder lange naam aan de overkant van het water");
    free(fixture.town->address);
    fixture.town->address = strdup(name);
    ck_assert_int_eq(
        slip_paint(&fixture.booking, name, fixture.town, fixture.catalog, &options, &raster, NULL), 0);
    check_sheet(&raster);
    raster_release(&raster);
}
END_TEST

static int paint_proof(unsigned width, unsigned dpi, struct raster *raster)
{
    const struct proof proof = {{"lobby-1", "escpos /dev/usb/lp0", NULL}, fixture.booking.slot.start};
    struct slip_options options = {.width = width, .dpi = dpi};
    return proof_paint(&proof, fixture.town, fixture.catalog, &options, raster, NULL);
}

// Nobody checks in with a test slip: neither by its code nor by its QR.
START_TEST(test_proof_is_no_booking)
{
    static const char QR_TEXT[] = "WEGWIJS PROEF\nlobby-1\nescpos /dev/usb/lp0";
    char code[CODE_SIZE];
    unsigned module;
    struct raster raster;
    ck_assert_int_eq(paint_proof(PAPERS[_i].width, PAPERS[_i].dpi, &raster), 0);
    ck_assert_uint_gt(find_code(&raster, QR_TEXT, &module), 0);
    ck_assert_int_eq(code_read(QR_TEXT, code), ERROR_INVALID);
    ck_assert_int_eq(code_read(PROOF_CODE, code), ERROR_INVALID);
    ck_assert_uint_eq(raster.height % 8, 0);
    raster_release(&raster);
}
END_TEST

// Its line ends in the first and the last dot of the width: what the paper cuts off is seen.
START_TEST(test_proof_has_a_line_from_edge_to_edge)
{
    struct raster raster;
    ck_assert_int_eq(paint_proof(PAPERS[_i].width, PAPERS[_i].dpi, &raster), 0);
    unsigned row = 0, lines = 0;
    while (raster_dot(&raster, 2, row)) {
        row++; // the band
    }
    for (; row < raster.height; row++) {
        lines += row_is(&raster, row, 0, raster.width, true);
    }
    ck_assert_uint_ge(lines, 2);
    ck_assert_uint_le(lines, 5);
    raster_release(&raster);
    ck_assert_int_eq(paint_proof(100, 203, &raster), ERROR_INVALID);
}
END_TEST

// The longest row of black dots in a row of paper.
static unsigned longest_run(const struct raster *raster, unsigned row, unsigned from, unsigned to)
{
    unsigned longest = 0, run = 0;
    for (unsigned x = from; x < to; x++) {
        run = raster_dot(raster, x, row) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

// 5 cm on A5 and on A4, in the left column; a line that is some dots thicker at its ends.
static bool has_ruler(const struct raster *raster, unsigned dpi)
{
    unsigned length = dpi * 50 * 10 / 254;
    for (unsigned y = 0; y < raster->height; y++) {
        unsigned run = longest_run(raster, y, 90, 1200);
        if (run >= length && run < length + 12) {
            return true;
        }
    }
    return false;
}

START_TEST(test_proof_on_a_sheet)
{
    const struct proof proof = {{"lobby-1", "cups kantoor", NULL}, fixture.booking.slot.start};
    struct slip_options options = {.large = _i == 1, .sheet = true};
    struct raster raster;
    ck_assert_int_eq(proof_paint(&proof, fixture.town, fixture.catalog, &options, &raster, NULL), 0);
    ck_assert(raster.sheet);
    ck_assert_uint_eq(raster.width, SHEET_WIDTH);
    ck_assert_uint_eq(raster.height, SHEET_HEIGHT);
    check_sheet(&raster);
    bool held = false;
    for (unsigned module = 6; module < 20 && !held; module++) { // at least 0.5 mm on A5
        held = sheet_holds(&raster, "WEGWIJS PROEF\nlobby-1\ncups kantoor", module);
    }
    ck_assert(held);
    ck_assert(has_ruler(&raster, 300));
    ck_assert(has_ruler(&raster, 212));
    raster_release(&raster);
}
END_TEST

START_TEST(test_raster_threshold)
{
    static const struct {
        uint32_t colour;
        bool dark;
    } COLOURS[] = {{0x1B2A41, true},  {0x0B7A75, true},  {0xC8342B, true},
                   {0x000000, true},  {0xF2A33A, false}, {0xDCE5EE, false},
                   {0xFFFFFF, false}, {0x8E8E8E, true},  {0x8F8F8F, false}};
    uint32_t pixels[9];
    struct canvas canvas;
    struct raster raster;
    for (int i = 0; i < 9; i++) {
        pixels[i] = COLOURS[i].colour;
    }
    canvas_wrap(&canvas, pixels, 9, 1, 36);
    raster_from_canvas(&raster, &canvas, 1);
    ck_assert_uint_eq(raster.stride, 2);
    for (unsigned i = 0; i < 9; i++) {
        ck_assert_int_eq(raster_dot(&raster, i, 0), COLOURS[i].dark);
    }
    ck_assert_uint_eq(raster.bits[1] & 0x7F, 0); // padding is white
    raster_release(&raster);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("slip");
    TCase *tests = tcase_create("slip");
    int papers = sizeof PAPERS / sizeof *PAPERS;
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_paint_holds_the_code_in_whole_dots, 0, papers);
    tcase_add_loop_test(tests, test_paint_has_band_and_margins, 0, papers);
    tcase_add_test(tests, test_qr_text_is_an_appointment_without_the_person);
    tcase_add_test(tests, test_paint_never_shows_the_person);
    tcase_add_test(tests, test_paint_callback);
    tcase_add_test(tests, test_paint_help_makes_it_longer);
    tcase_add_test(tests, test_paint_refuses);
    tcase_add_test(tests, test_paint_without_pictograms_is_still_a_promise_fault);
    tcase_add_test(tests, test_paint_long_names_stay_on_paper);
    tcase_add_test(tests, test_large_print_is_larger_everywhere);
    tcase_add_test(tests, test_hour_breaks_before_the_minutes);
    tcase_add_test(tests, test_phone_number_is_never_broken);
    tcase_add_loop_test(tests, test_sheet_fills_the_paper, 0, 2);
    tcase_add_test(tests, test_sheet_in_large_print_is_larger);
    tcase_add_loop_test(tests, test_sheet_holds_the_code, 0, 2);
    tcase_add_loop_test(tests, test_sheet_never_cuts_long_names, 0, 2);
    tcase_add_loop_test(tests, test_proof_is_no_booking, 0, papers);
    tcase_add_loop_test(tests, test_proof_on_a_sheet, 0, 2);
    tcase_add_loop_test(tests, test_proof_has_a_line_from_edge_to_edge, 0, papers);
    tcase_add_test(tests, test_raster_threshold);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
