// links: src/draw/shape.c src/draw/sign.c src/draw/canvas.c src/draw/clockface.c src/draw/calendar.c
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/calendar.h"
#include "draw/clockface.h"
#include "draw/shape.h"

#define SIDE 120

static uint32_t pixels[SIDE * SIDE];
static struct canvas canvas;

static void setup(void)
{
    canvas_wrap(&canvas, pixels, SIDE, SIDE, SIDE * 4);
    canvas_clear(&canvas, 0xFFFFFF);
}

static uint32_t at(int x, int y)
{
    return pixels[y * SIDE + x] & 0xFFFFFF;
}

// Black ink in whole pixels: how much of the canvas is covered.
static double ink(void)
{
    double sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        sum += (255 - (double)(pixels[i] & 255)) / 255;
    }
    return sum;
}

START_TEST(test_mix_is_exact_at_the_ends)
{
    ck_assert_uint_eq(canvas_mix(0x123456, 0xFEDCBA, 0) & 0xFFFFFF, 0x123456);
    ck_assert_uint_eq(canvas_mix(0x123456, 0xFEDCBA, 255) & 0xFFFFFF, 0xFEDCBA);
    for (unsigned a = 0; a < 256; a++) {
        unsigned grey = canvas_mix(0x000000, 0xFFFFFF, a) & 255;
        ck_assert_int_le(abs((int)grey - (int)a), 1);
    }
}
END_TEST

START_TEST(test_disc_has_its_area)
{
    for (float radius = 2; radius < 50; radius += 3.3f) {
        setup();
        shape_disc(&canvas, 60.3f, 59.8f, radius, 0x000000);
        double area = 3.14159265 * (double)radius * (double)radius;
        ck_assert_double_le(fabs(ink() - area), 0.01 * area + 1);
    }
}
END_TEST

START_TEST(test_ring_and_arcs_have_their_area)
{
    shape_ring(&canvas, 60, 60, 40, 6, 0x000000);
    double whole = 2 * 3.14159265 * 40 * 6;
    ck_assert_double_le(fabs(ink() - whole), 0.01 * whole);
    ck_assert_uint_eq(at(60, 60), 0xFFFFFF);
    setup();
    for (int i = 0; i < 20; i++) {
        shape_arc(&canvas, 60, 60, 40, 6, (float)i * 18, (float)i * 18 + 9, 0x000000);
    }
    ck_assert_double_le(fabs(ink() - whole / 2), 0.02 * whole);
    ck_assert_uint_lt(at(63, 20), 0x202020); // the first begins at the top, clockwise
    ck_assert_uint_gt(at(57, 20), 0xE0E0E0);
}
END_TEST

START_TEST(test_rounded_on_whole_pixels_is_crisp)
{
    shape_rounded(&canvas, (struct shape_box){10, 20, 50, 30}, 6, 0x000000);
    ck_assert_uint_eq(at(10, 35), 0x000000);
    ck_assert_uint_eq(at(9, 35), 0xFFFFFF);
    ck_assert_uint_eq(at(59, 35), 0x000000);
    ck_assert_uint_eq(at(60, 35), 0xFFFFFF);
    ck_assert_uint_eq(at(30, 20), 0x000000);
    ck_assert_uint_eq(at(30, 19), 0xFFFFFF);
    ck_assert_uint_eq(at(10, 20), 0xFFFFFF); // the corner is round
    double area = 50 * 30 - (4 - 3.14159265) * 36;
    ck_assert_double_le(fabs(ink() - area), 4);
}
END_TEST

START_TEST(test_rounded_corners_are_each_their_own)
{
    shape_rounded_corners(&canvas, (struct shape_box){10, 10, 40, 40}, (struct shape_corners){0, 15, 0, 15},
                          0x000000);
    ck_assert_uint_eq(at(10, 10), 0x000000);
    ck_assert_uint_eq(at(49, 10), 0xFFFFFF);
    ck_assert_uint_eq(at(49, 49), 0x000000);
    ck_assert_uint_eq(at(10, 49), 0xFFFFFF);
}
END_TEST

START_TEST(test_bordered_has_a_thick_lower_edge)
{
    shape_bordered(&canvas, (struct shape_box){10, 10, 80, 60}, 12, (struct shape_border){2, 2, 2, 6},
                   0x71829A, 0xE1F0EE);
    ck_assert_uint_eq(at(50, 11), 0x71829A);
    ck_assert_uint_eq(at(50, 12), 0xE1F0EE);
    ck_assert_uint_eq(at(50, 63), 0xE1F0EE);
    ck_assert_uint_eq(at(50, 64), 0x71829A);
    ck_assert_uint_eq(at(50, 69), 0x71829A);
    ck_assert_uint_eq(at(50, 70), 0xFFFFFF);
    ck_assert_uint_eq(at(11, 40), 0x71829A);
    ck_assert_uint_eq(at(12, 40), 0xE1F0EE);
}
END_TEST

// What lies behind a front of the same radius costs its edge only, and no pixel is another for it.
START_TEST(test_rounded_behind_shows_the_same)
{
    static uint32_t all[SIDE * SIDE];
    const struct shape_box box = {10, 10, 80, 60}, front = {10, 10, 80, 52};
    shape_rounded(&canvas, box, 12, 0xF2A33A);
    shape_rounded(&canvas, front, 12, 0xE1F0EE);
    memcpy(all, pixels, sizeof all);
    setup();
    shape_rounded_behind(&canvas, box, 12, front, 0xF2A33A);
    ck_assert_uint_eq(at(50, 40), 0xFFFFFF);
    ck_assert_uint_eq(at(50, 66), 0xF2A33A);
    shape_rounded(&canvas, front, 12, 0xE1F0EE);
    ck_assert_mem_eq(all, pixels, sizeof all);
}
END_TEST

START_TEST(test_frame_leaves_the_inside)
{
    shape_frame(&canvas, (struct shape_box){30, 30, 50, 40}, 8, 4, 5, 0x000000);
    ck_assert_uint_eq(at(55, 50), 0xFFFFFF);
    ck_assert_uint_eq(at(55, 28), 0xFFFFFF); // the gap
    ck_assert_uint_eq(at(55, 25), 0x000000);
    ck_assert_uint_eq(at(55, 21), 0x000000);
    ck_assert_uint_eq(at(55, 20), 0xFFFFFF);
}
END_TEST

START_TEST(test_dashed_stays_inside)
{
    shape_dashed(&canvas, (struct shape_box){20, 20, 60, 40}, 10, 3, 6, 4, 0x000000);
    double covered = ink();
    double perimeter = 2 * (57 + 37) - 8 * 8.5 + 2 * 3.14159265 * 8.5;
    ck_assert_double_gt(covered, 0.4 * perimeter * 3);
    ck_assert_double_lt(covered, 0.95 * perimeter * 3);
    for (int i = 0; i < SIDE; i++) {
        ck_assert_uint_eq(at(i, 19), 0xFFFFFF);
        ck_assert_uint_eq(at(i, 60), 0xFFFFFF);
        ck_assert_uint_eq(at(19, i), 0xFFFFFF);
        ck_assert_uint_eq(at(80, i), 0xFFFFFF);
    }
    ck_assert_uint_eq(at(50, 40), 0xFFFFFF);
}
END_TEST

// What a pixel gets from the distance of its middle, without any of the short cuts along a row.
static uint32_t by_distance(float distance)
{
    unsigned alpha = distance >= 0.5f    ? 0
                     : distance <= -0.5f ? 255
                                         : (unsigned)((0.5f - distance) * 255 + 0.5f);
    return canvas_mix(0xFFFFFF, 0x000000, alpha) & 0xFFFFFF;
}

static float some(float low, float high)
{
    return low + (high - low) * (float)rand() / (float)RAND_MAX;
}

static float corner_distance(struct shape_box box, struct shape_corners corners, float x, float y)
{
    float dx = x - box.x - box.width / 2, dy = y - box.y - box.height / 2;
    float radius = dx < 0 ? (dy < 0 ? corners.top_left : corners.bottom_left)
                          : (dy < 0 ? corners.top_right : corners.bottom_right);
    float qx = fabsf(dx) - box.width / 2 + radius, qy = fabsf(dy) - box.height / 2 + radius;
    return (qx > 0 && qy > 0 ? hypotf(qx, qy) : fmaxf(qx, qy)) - radius;
}

struct some_shape {
    bool disc;
    struct shape_box box;
    struct shape_corners corners;
    float x, y, radius;
};

static unsigned wrong_pixels(const struct some_shape *shape)
{
    unsigned wrong = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        float x = (float)(i % SIDE) + 0.5f, y = (float)(i / SIDE) + 0.5f;
        float distance = shape->disc ? hypotf(x - shape->x, y - shape->y) - shape->radius
                                     : corner_distance(shape->box, shape->corners, x, y);
        wrong += abs((int)(pixels[i] & 255) - (int)(by_distance(distance) & 255)) > 1;
    }
    return wrong;
}

START_TEST(test_each_pixel_of_a_row_follows_its_distance)
{
    srand(20);
    for (int turn = 0; turn < 200; turn++) {
        struct shape_box box = {some(-20, 90), some(-20, 90), some(0.2f, 90), some(0.2f, 90)};
        if (turn % 3 == 0)
            box = (struct shape_box){floorf(box.x), floorf(box.y), ceilf(box.width), ceilf(box.height)};
        float most = fminf(box.width, box.height) / 2;
        struct some_shape shape = {
            .box = box, .x = some(-10, 130), .y = some(-10, 130), .radius = some(0.1f, 60)};
        shape.corners = (struct shape_corners){some(0, most), some(0, most), turn % 2 ? 0 : some(0, most), 0};
        setup();
        shape_rounded_corners(&canvas, box, shape.corners, 0x000000);
        ck_assert_uint_eq(wrong_pixels(&shape), 0);
        shape.disc = true;
        setup();
        shape_disc(&canvas, shape.x, shape.y, shape.radius, 0x000000);
        ck_assert_uint_eq(wrong_pixels(&shape), 0);
    }
}
END_TEST

START_TEST(test_clip_holds)
{
    canvas_clip(&canvas, 40, 40, 20, 20);
    shape_disc(&canvas, 50, 50, 200, 0x000000);
    shape_line(&canvas, -1000, 50, 1000, 50, 30, 0x000000);
    canvas_fill(&canvas, -50, -50, 1000, 1000, 0x000000);
    canvas_blend(&canvas, -5, -5, 1000, 1000, 0x000000, 200);
    ck_assert_double_eq(ink(), 400);
}
END_TEST

START_TEST(test_clip_outside_is_empty)
{
    canvas_clip(&canvas, 500, -20, 40, 30);
    canvas_fill(&canvas, 0, 0, 1000, 1000, 0x000000);
    shape_disc(&canvas, 50, 50, 200, 0x000000);
    ck_assert_double_eq(ink(), 0);
    canvas_clip(&canvas, 10, 10, -40, -30);
    canvas_fill(&canvas, 0, 0, 1000, 1000, 0x000000);
    ck_assert_double_eq(ink(), 0);
}
END_TEST

START_TEST(test_nonsense_does_not_crash)
{
    struct shape_box nothing = {10, 10, 0, -5};
    shape_rounded(&canvas, nothing, 6, 0);
    shape_dashed(&canvas, nothing, 6, 2, 3, 3, 0);
    shape_dashed(&canvas, (struct shape_box){0, 0, 50, 50}, 6, 2, 0, 0, 0);
    shape_dashed_ring(&canvas, 50, 50, 20, 2, 0, 0);
    shape_strokes(&canvas, NULL, 0, 3, 0);
    shape_disc(&canvas, NAN, 1e30f, 1e30f, 0);
    shape_rounded(&canvas, (struct shape_box){-1e9f, -1e9f, 2e9f, 2e9f}, 1e8f, 0);
}
END_TEST

START_TEST(test_triangle_either_way_round)
{
    struct shape_point a = {20, 20}, b = {80, 20}, c = {20, 80};
    shape_triangle(&canvas, a, b, c, 0x000000);
    double one = ink();
    ck_assert_double_le(fabs(one - 1800), 20);
    setup();
    shape_triangle(&canvas, a, c, b, 0x000000);
    ck_assert_double_eq(one, ink());
}
END_TEST

START_TEST(test_clockface_hands)
{
    struct clockface_colours colours = {0xFFFFFF, 0x000000, 0x0000FF, 0xFF0000};
    clockface_draw(&canvas, 0, 0, 96, 15 * 60, &colours); // three o'clock
    ck_assert_uint_eq(at(60, 48), 0x0000FF);              // hour hand to the right
    ck_assert_uint_eq(at(48, 25), 0xFF0000);              // minute hand up
    ck_assert_uint_eq(at(30, 48), 0xFFFFFF);
    setup();
    clockface_draw(&canvas, 0, 0, 96, 9 * 60 + 30, &colours);
    ck_assert_uint_eq(at(48, 71), 0xFF0000); // minute hand down
    ck_assert_uint_eq(at(33, 44), 0x0000FF); // hour hand between nine and ten
}
END_TEST

START_TEST(test_calendar_fills_the_day)
{
    struct calendar_style style = {.box_width = 12,
                                   .box_height = 12,
                                   .gap = 4,
                                   .radius = 2,
                                   .border = 1,
                                   .border_today = 2,
                                   .edge = 0x71829A,
                                   .fill = 0xFFFFFF,
                                   .weekend_fill = 0xDCE5EE,
                                   .today_edge = 0x1B2A41,
                                   .today_fill = 0xF2A33A};
    ck_assert_float_eq(calendar_week_width(&style), 7 * 12 + 6 * 4);
    calendar_week_draw(&canvas, 2, 2, 3, &style);
    for (int day = 1; day <= 7; day++) {
        uint32_t wanted = day == 3 ? 0xF2A33A : day >= 6 ? 0xDCE5EE : 0xFFFFFF;
        ck_assert_uint_eq(at(2 + (day - 1) * 16 + 6, 8), wanted);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shape");
    TCase *tests = tcase_create("shape");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, test_mix_is_exact_at_the_ends);
    tcase_add_test(tests, test_disc_has_its_area);
    tcase_add_test(tests, test_ring_and_arcs_have_their_area);
    tcase_add_test(tests, test_rounded_on_whole_pixels_is_crisp);
    tcase_add_test(tests, test_rounded_corners_are_each_their_own);
    tcase_add_test(tests, test_bordered_has_a_thick_lower_edge);
    tcase_add_test(tests, test_rounded_behind_shows_the_same);
    tcase_add_test(tests, test_frame_leaves_the_inside);
    tcase_add_test(tests, test_dashed_stays_inside);
    tcase_add_test(tests, test_each_pixel_of_a_row_follows_its_distance);
    tcase_add_test(tests, test_clip_holds);
    tcase_add_test(tests, test_clip_outside_is_empty);
    tcase_add_test(tests, test_nonsense_does_not_crash);
    tcase_add_test(tests, test_triangle_either_way_round);
    tcase_add_test(tests, test_clockface_hands);
    tcase_add_test(tests, test_calendar_fills_the_day);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
