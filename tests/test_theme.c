// links: src/ui/theme.c
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "ui/theme.h"

static struct theme theme;

static void make(int width_px, int height_px, float width_mm, enum text_step text, bool contrast, bool reach)
{
    struct theme_options options = {.width_px = width_px,
                                    .height_px = height_px,
                                    .width_mm = width_mm,
                                    .text = text,
                                    .contrast = contrast,
                                    .reach = reach};
    theme_make(&theme, &options);
}

START_TEST(test_theme_make_reference)
{
    make(1080, 1920, 0, TEXT_NORMAL, false, false);
    ck_assert_float_eq_tol(theme.px_per_mm, 3.2F, 0.001F);
    ck_assert_float_eq_tol(theme.scale, 1, 0.001F);
    ck_assert_float_eq_tol(theme.height_mm, 600, 0.01F);
    ck_assert_float_eq_tol(theme.word, 12, 0.001F);
    ck_assert_float_eq_tol(theme.label, 7.2F, 0.001F);
    ck_assert_float_eq_tol(theme.bar, 46, 0.03F);
    ck_assert_float_eq_tol(theme.panel, 94, 0.001F);
    ck_assert(!theme.landscape && !theme.panel_beside);
}
END_TEST

START_TEST(test_theme_make_landscape)
{
    make(1920, 1080, 0, TEXT_NORMAL, false, false);
    ck_assert(theme.landscape && theme.panel_beside && theme.tool_beside);
    ck_assert_float_eq_tol(theme.title, 23, 0.001F);
    ck_assert_float_eq_tol(theme.panel, 152, 0.001F);
    ck_assert_float_eq_tol(theme.label, 8.6F, 0.001F);
}
END_TEST

START_TEST(test_theme_make_steps)
{
    static const float words[TEXT_STEPS] = {12, 15.5F, 18}, titles[TEXT_STEPS] = {20, 23, 26};
    for (int step = 0; step < TEXT_STEPS; step++) {
        make(1080, 1920, 0, (enum text_step)step, false, false);
        ck_assert_float_eq_tol(theme.word, words[step], 0.001F);
        ck_assert_float_eq_tol(theme.title, titles[step], 0.001F);
    }
    make(1080, 1920, 0, (enum text_step)77, false, false);
    ck_assert_int_eq(theme.options.text, TEXT_NORMAL);
}
END_TEST

// Text steps of the norm: capitals of 4.8, 7.3 and 9.0 mm, on any panel and after rounding to pixels.
START_TEST(test_theme_make_minima)
{
    static const float capitals[TEXT_STEPS] = {4.8F, 7.3F, 9.0F};
    static const struct {
        int width_px, height_px;
        float width_mm;
    } panels[] = {{1080, 1920, 0}, {1280, 800, 331}, {768, 1366, 194}, {1280, 800, 217}, {800, 480, 154}};
    for (size_t i = 0; i < sizeof panels / sizeof panels[0]; i++)
        for (int step = 0; step < TEXT_STEPS; step++) {
            make(panels[i].width_px, panels[i].height_px, panels[i].width_mm, (enum text_step)step, false,
                 false);
            const float sizes[] = {theme.floor, theme.word, theme.body, theme.title, theme.answer, theme.key};
            for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
                float drawn = (float)theme_size_px(&theme, sizes[s]) / theme.px_per_mm * THEME_CAPITAL;
                ck_assert_float_ge(drawn, capitals[step] - 0.001F);
            }
            ck_assert_float_ge((float)theme_size_px(&theme, theme.label) / theme.px_per_mm * THEME_CAPITAL,
                               4.799F);
            ck_assert_float_ge(theme.tool_height, THEME_MIN_TARGET_MM);
            ck_assert_float_ge(theme.gap, THEME_MIN_GAP_MM);
        }
}
END_TEST

START_TEST(test_theme_make_reach)
{
    make(1080, 1920, 0, TEXT_NORMAL, false, true);
    ck_assert_float_eq_tol(theme.touch_top, 236, 0.1F);
    ck_assert_float_eq_tol(theme.panel, 236, 0.1F);
    struct theme_options options = {.width_px = 1080, .height_px = 1920, .reach = true, .lower_edge_mm = 700};
    theme_make(&theme, &options); // 600 mm high from 700: only the top 80 mm are out of reach
    ck_assert_float_eq_tol(theme.touch_top, 80, 0.1F);
    options.lower_edge_mm = 400;
    theme_make(&theme, &options);
    ck_assert_float_eq_tol(theme.touch_top, 0, 0.1F);
}
END_TEST

START_TEST(test_theme_motion_ms_is_short)
{
    for (int motion = 0; motion < MOTIONS; motion++) {
        ck_assert_int_gt(theme_motion_ms((enum motion)motion), 0);
        ck_assert_int_le(theme_motion_ms((enum motion)motion), THEME_MOTION_MOST_MS);
    }
    ck_assert_int_le(THEME_MOTION_MOST_MS, 200);
}
END_TEST

// WCAG's own figures, and those of the look.
START_TEST(test_theme_contrast_known)
{
    ck_assert_float_eq_tol(theme_contrast(0x000000, 0xFFFFFF), 21, 0.01F);
    ck_assert_float_eq_tol(theme_contrast(0xFFFFFF, 0x000000), 21, 0.01F);
    ck_assert_float_eq_tol(theme_contrast(0x777777, 0xFFFFFF), 4.48F, 0.02F);
    ck_assert_float_eq_tol(theme_contrast(0x1B2A41, 0xFFFFFF), 14.4F, 0.1F);
    ck_assert_float_eq_tol(theme_contrast(0xFFE000, 0x000000), 16, 0.4F);
    ck_assert_float_eq_tol(theme_contrast(0x123456, 0x123456), 1, 0.001F);
}
END_TEST

// Shapes that carry meaning keep 3:1 against what they stand on; words 10:1, in high contrast 15:1.
START_TEST(test_theme_contrast_colours)
{
    static const struct {
        enum colour shape, ground;
        float normal, high;
    } pairs[] = {{COLOUR_EDGE, COLOUR_TILE, 3, 3},
                 {COLOUR_EDGE, COLOUR_PAPER, 3, 3},
                 {COLOUR_EDGE, COLOUR_LIGHT, 3, 3},
                 {COLOUR_CHOSEN, COLOUR_PAPER, 3, 3},
                 {COLOUR_CHOSEN, COLOUR_SOFT, 3, 3},
                 {COLOUR_AHEAD, COLOUR_PANEL, 3, 3},
                 {COLOUR_WALKED, COLOUR_PANEL, 3, 3},
                 {COLOUR_DISC, COLOUR_PRIMARY, 3, 3},
                 {COLOUR_INK, COLOUR_PAPER, 10, 15},
                 {COLOUR_ON_TILE, COLOUR_TILE, 10, 15},
                 {COLOUR_ON_PANEL, COLOUR_PANEL, 10, 15},
                 {COLOUR_INK, COLOUR_LIGHT, 10, 15},
                 {COLOUR_ON_PRIMARY, COLOUR_PRIMARY, 10, 15},
                 {COLOUR_CHOSEN_WORD, COLOUR_SOFT, 10, 15},
                 {COLOUR_ON_TILE, COLOUR_VARIANT, 10, 15},
                 {COLOUR_ON_TILE, COLOUR_CREAM, 10, 15},
                 {COLOUR_OFF_WORD, COLOUR_PAPER, 4.5F, 15},
                 {COLOUR_FOCUS_OUT, COLOUR_PAPER, 3, 3}};
    for (int high = 0; high < 2; high++) {
        make(1080, 1920, 0, TEXT_NORMAL, high, false);
        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
            float contrast = theme_contrast(theme.colours[pairs[i].shape], theme.colours[pairs[i].ground]);
            ck_assert_msg(contrast >= (high ? pairs[i].high : pairs[i].normal), "pair %zu, high %d: %.2f", i,
                          high, (double)contrast);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("theme");
    TCase *tcase = tcase_create("theme");
    tcase_add_test(tcase, test_theme_make_reference);
    tcase_add_test(tcase, test_theme_make_landscape);
    tcase_add_test(tcase, test_theme_make_steps);
    tcase_add_test(tcase, test_theme_make_minima);
    tcase_add_test(tcase, test_theme_make_reach);
    tcase_add_test(tcase, test_theme_motion_ms_is_short);
    tcase_add_test(tcase, test_theme_contrast_known);
    tcase_add_test(tcase, test_theme_contrast_colours);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
