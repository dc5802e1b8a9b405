// links: src/ui/layout.c src/ui/layout_answers.c src/ui/layout_points.c src/ui/layout_days.c src/ui/layout_check.c src/ui/layout_keys.c src/ui/layout_start.c src/ui/layout_text.c src/ui/parts.c src/ui/theme.c src/ui/element.c src/ui/keyboard.c src/ui/measure.c src/ui/paint_colours.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/utf8.c
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "screens_ui.h"
#include "ui/measure.h"

struct panel {
    const char *name;
    int width_px, height_px;
    float width_mm;
};
static const struct panel panels[] = {
    {"27 inch portrait", 1080, 1920, 0},
    {"27 inch landscape", 1920, 1080, 0},
    {"15 inch landscape", 1280, 800, 331},
    {"15 inch portrait", 768, 1366, 194},
};
#define PANELS 4

static void answers2(struct element_list *list, const struct theme *theme)
{
    sample_answers(list, theme, 2, true);
}
static void answers3(struct element_list *list, const struct theme *theme)
{
    sample_answers(list, theme, 3, true);
}
static void answers4(struct element_list *list, const struct theme *theme)
{
    sample_answers(list, theme, 4, true);
}
static void answers6(struct element_list *list, const struct theme *theme)
{
    sample_answers(list, theme, 6, false);
}
static void answers9(struct element_list *list, const struct theme *theme)
{
    sample_answers(list, theme, 9, false);
}
static void answers12(struct element_list *list, const struct theme *theme)
{
    sample_answers(list, theme, 12, false);
}

static const struct {
    const char *name;
    void (*make)(struct element_list *list, const struct theme *theme);
} screens[] = {
    {"start", sample_start},   {"topics", sample_topics},     {"2 answers", answers2},
    {"3 answers", answers3},   {"4 answers", answers4},       {"6 answers", answers6},
    {"9 answers", answers9},   {"12 answers", answers12},     {"name", sample_name},
    {"phone", sample_phone},   {"slots", sample_slots},       {"check", sample_check},
    {"points", sample_points}, {"no paper", sample_no_paper}, {"goodbye", sample_goodbye},
    {"idle", sample_idle},
};
#define SCREENS (int)(sizeof screens / sizeof screens[0])

static void make_theme(struct theme *theme, int panel, enum text_step text, bool contrast, bool reach)
{
    struct theme_options options = {.width_px = panels[panel].width_px,
                                    .height_px = panels[panel].height_px,
                                    .width_mm = panels[panel].width_mm,
                                    .text = text,
                                    .contrast = contrast,
                                    .reach = reach};
    theme_make(theme, &options);
}

// Every screen on every panel in every mode keeps the norms: nothing overlaps, leaves the screen, is cut, too
// small, too close, or (in reach mode) too high.
START_TEST(test_layout_norms)
{
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    struct measure measure;
    const char *what = NULL;
    for (int mode = 0; mode < TEXT_STEPS * 4; mode++) {
        make_theme(&theme, _i % PANELS, (enum text_step)(mode % TEXT_STEPS), mode / TEXT_STEPS & 1,
                   mode / TEXT_STEPS & 2);
        measure_start(&measure);
        screens[_i / PANELS].make(list, &theme);
        measure_add(&measure, list, &theme);
        ck_assert_msg(
            measure_passes(&measure, &theme, &what),
            "%s, %s, text %d, contrast %d, reach %d: %s (target %.2f %s, gap %.2f %s, capital %.2f %s, key "
            "%.1f, overlap \"%s\", cut \"%s\", reach \"%s\", contrast %.1f)",
            screens[_i / PANELS].name, panels[_i % PANELS].name, mode % TEXT_STEPS, theme.options.contrast,
            theme.options.reach, what, (double)measure.target_mm, measure.target_id, (double)measure.gap_mm,
            measure.gap_id, (double)measure.capital_mm, measure.capital_id, (double)measure.key_mm,
            measure.overlap_id, measure.cut_id, measure.reach_id, (double)measure.contrast);
    }
    free(list);
}
END_TEST

// On the reference panels large and largest letters keep their capitals of 7.3 and 9.0 mm outside the bar.
START_TEST(test_layout_steps)
{
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    struct measure measure;
    for (int mode = 0; mode < TEXT_STEPS * 2; mode++) {
        make_theme(&theme, _i % 2, (enum text_step)(mode / 2), false, mode % 2);
        measure_start(&measure);
        screens[_i / 2].make(list, &theme);
        measure_add(&measure, list, &theme);
        ck_assert_msg(measure.outside_mm >= theme.floor - 0.01F,
                      "%s, %s, text %d, reach %d: %s has %.2f mm, floor %.2f", screens[_i / 2].name,
                      panels[_i % 2].name, mode / 2, theme.options.reach, measure.outside_id,
                      (double)measure.outside_mm, (double)theme.floor);
    }
    free(list);
}
END_TEST

static const struct element *find(struct element_list *list, const char *id)
{
    const struct element *element = element_find(list, id);
    ck_assert_msg(element != NULL, "no element \"%s\"", id);
    return element;
}

static void near(float value, float expected, const char *what)
{
    ck_assert_msg(fabsf(value - expected) < 0.15F, "%s is %.2f, expected %.2f", what, (double)value,
                  (double)expected);
}

// The look's own numbers on the 27 inch panel.
START_TEST(test_layout_reference_portrait)
{
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    make_theme(&theme, 0, TEXT_NORMAL, false, false);
    sample_topics(list, &theme);
    const struct element *panel = find(list, "question.panel"), *tile = find(list, "topic.dutch");
    near(panel->box.height, 94, "panel");
    near(tile->box.x, 12, "first tile's x");
    near(tile->box.y, 104, "first tile's y");
    near(tile->box.width, 153.75F, "tile width");
    near(tile->box.height, 95, "tile height");
    ck_assert_int_eq(tile->look, LOOK_TILE_COLUMN);
    near(find(list, "topic.papers")->box.x - tile->box.x - tile->box.width, 6, "gap");
    near(find(list, "topics.next")->box.width, 150, "primary width");
    near(find(list, "topics.next")->box.height, 36, "primary height");
    near(find(list, "bar.back")->box.width, 38.5F, "tool width");
    near(find(list, "bar.back")->box.height, 36, "tool height");
    near(find(list, "bar.help")->box.x, 107, "help's x");
    near(find(list, "question.picture")->box.width, 46, "plate");
    near(find(list, "question.picture")->box.y, 39, "plate's y");
    free(list);
}
END_TEST

START_TEST(test_layout_reference_landscape)
{
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    make_theme(&theme, 1, TEXT_NORMAL, false, false);
    sample_topics(list, &theme);
    near(find(list, "question.panel")->box.width, 152, "panel");
    near(find(list, "topic.dutch")->box.width, 101.5F, "tile width");
    near(find(list, "topic.dutch")->box.height, 111.7F, "tile height");
    near(find(list, "bar.back")->box.width, 71.4F, "tool width");
    near(find(list, "question.picture")->box.height, 112, "plate");
    sample_answers(list, &theme, 2, true);
    near(find(list, "answer.0")->box.width, 209, "answer width");
    near(find(list, "answer.0")->box.height, 271.5F, "answer height");
    ck_assert_int_eq(find(list, "answer.0")->look, LOOK_ANSWER_COLUMN);
    free(list);
}
END_TEST

// In a grid all pictograms are equally large, and all words.
START_TEST(test_layout_equal_tiles)
{
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    make_theme(&theme, _i, TEXT_LARGE, false, false);
    sample_topics(list, &theme);
    const struct element *first = find(list, "topic.dutch");
    for (unsigned i = 0; i < list->count; i++) {
        const struct element *tile = &list->elements[i];
        if (tile->role != ROLE_CHOICE)
            continue;
        ck_assert_float_eq_tol(tile->picture_mm, first->picture_mm, 0.001F);
        ck_assert_float_eq_tol(tile->size_mm, first->size_mm, 0.001F);
    }
    free(list);
}
END_TEST

// The tools stand in the same place on every screen, also where the town replaces the first two.
START_TEST(test_layout_bar_stays)
{
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    make_theme(&theme, _i, TEXT_NORMAL, false, false);
    sample_topics(list, &theme);
    struct box help = find(list, "bar.help")->box, reach = find(list, "bar.reach")->box;
    for (int i = 0; i < SCREENS; i++) {
        screens[i].make(list, &theme);
        ck_assert_mem_eq(&find(list, "bar.help")->box, &help, sizeof help);
        ck_assert_mem_eq(&find(list, "bar.reach")->box, &reach, sizeof reach);
    }
    free(list);
}
END_TEST

// Tools that are not offered leave no hole: those that are fill their row, with a gap between them.
START_TEST(test_layout_bar_is_full)
{
    static const struct panel small[] = {{"5 inch wide", 800, 1280, 136},
                                         {"27 inch", 1080, 1920, 0},
                                         {"10 inch lying", 1280, 800, 217},
                                         {"27 inch lying", 1920, 1080, 0}};
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    struct theme_options options = {
        .width_px = small[_i].width_px, .height_px = small[_i].height_px, .width_mm = small[_i].width_mm};
    theme_make(&theme, &options);
    ck_assert_int_eq(theme.bar_rows, _i == 0 ? 2 : 1);
    struct bar bar = sample_bar;
    for (int without = 0; without < 4; without++) {
        bar.text = without & 1 ? NULL : sample_bar.text;
        bar.reach = without & 2 ? NULL : sample_bar.reach;
        element_list_clear(list, "sample");
        layout_bar(list, &theme, &bar);
        float end = 0, row = 0;
        for (unsigned i = 0; i < list->count; i++) {
            const struct box *box = &list->elements[i].box;
            if (list->elements[i].role != ROLE_TOOL)
                continue;
            if (box->y != row) { // the first of a row
                ck_assert_float_eq_tol(box->x, theme.bar_margin, 0.01F);
                ck_assert(row == 0 || fabsf(end - (theme.width_mm - theme.bar_margin)) < 0.01F);
            } else {
                ck_assert_float_ge_tol(box->x - end, theme.tool_gap, 0.01F);
                ck_assert_float_le_tol(box->x - end, theme.group_gap, 0.01F);
            }
            row = box->y;
            end = box->x + box->width;
        }
        ck_assert_float_eq_tol(end, theme.width_mm - theme.bar_margin, 0.01F);
    }
    free(list);
}
END_TEST

// A panel that is nearly square: answers are no towers with a small picture, and the start's words stand
// where there is room for them.
START_TEST(test_layout_nearly_square)
{
    static const struct panel square[] = {{"17 inch lying", 1280, 1024, 338},
                                          {"15 inch lying", 1024, 768, 304},
                                          {"17 inch", 1024, 1280, 270},
                                          {"15 inch", 768, 1024, 228}};
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    struct theme_options options = {
        .width_px = square[_i].width_px, .height_px = square[_i].height_px, .width_mm = square[_i].width_mm};
    theme_make(&theme, &options);
    for (unsigned count = 2; count < 10; count++) {
        sample_answers(list, &theme, count, count < 5);
        for (unsigned i = 0; i < list->count; i++) {
            const struct element *tile = &list->elements[i];
            if (tile->role != ROLE_CHOICE)
                continue;
            ck_assert_msg(count > 4 || tile->box.height < 1.4F * tile->box.width, "%s: %u answers are towers",
                          square[_i].name, count);
            ck_assert_msg(tile->picture_mm > 0.4F * fminf(tile->box.width, tile->box.height),
                          "%s: %u answers have small pictures", square[_i].name, count);
        }
    }
    sample_start(list, &theme);
    const struct element *welcome = find(list, "start"), *scene = find(list, "start.scene");
    float below = welcome->box.y + welcome->box.height, picture = scene->box.y + scene->box.height;
    if (!layout_welcome_on_panel(&theme)) // over the flag
        picture -= 0.8F * LAYOUT_SCENE_TALL * scene->box.width;
    ck_assert_msg(layout_welcome_on_panel(&theme) ? _i < 2 || welcome->box.y > picture : below < picture,
                  "%s: the words lie over the picture", square[_i].name);
    ck_assert_float_gt(welcome->size_mm, 2 * theme.floor);
    free(list);
}
END_TEST

// Pages hold every item once, in order, and never more than the table's twelve.
START_TEST(test_layout_page_covers)
{
    struct theme theme;
    make_theme(&theme, _i, TEXT_NORMAL, false, false);
    for (unsigned total = 1; total <= 60; total++) {
        unsigned next = 0;
        struct page page = layout_page(&theme, total, 0, false);
        for (unsigned p = 0; p < page.pages; p++) {
            struct page one = layout_page(&theme, total, p, false);
            ck_assert_uint_eq(one.first, next);
            ck_assert_uint_eq(one.pages, page.pages);
            ck_assert(one.has_back == (p > 0) && one.has_more == (p + 1 < page.pages));
            ck_assert_uint_le(one.count + one.has_back + one.has_more, 12);
            next += one.count;
        }
        ck_assert_uint_eq(next, total);
        ck_assert_uint_eq(layout_page(&theme, total, 99, false).page, page.pages - 1);
    }
}
END_TEST

static unsigned broken(const char *text, float width, unsigned most, char *joined, size_t size)
{
    struct theme theme;
    unsigned short starts[LAYOUT_LINES_MAX], ends[LAYOUT_LINES_MAX];
    make_theme(&theme, 0, TEXT_NORMAL, false, false);
    unsigned lines = layout_break(&theme, text, 12, true, "", width, most, starts, ends);
    joined[0] = '\0';
    for (unsigned i = 0; i < lines; i++) {
        size_t length = strlen(joined);
        (void)text_print(joined + length, size - length, "%s%.*s", i ? "|" : "", ends[i] - starts[i],
                         text + starts[i]);
    }
    return lines;
}

START_TEST(test_layout_break_between_words)
{
    char lines[256];
    ck_assert_uint_eq(broken("Kinderen en school", 500, 2, lines, sizeof lines), 1);
    ck_assert_uint_eq(broken("Kinderen en school", 90, 2, lines, sizeof lines), 2);
    ck_assert_str_eq(lines, "Kinderen|en school");
    ck_assert_uint_eq(broken("Gezondheid", 20, 2, lines, sizeof lines), 0);
    ck_assert_uint_eq(broken("een twee drie vier", 30, 2, lines, sizeof lines), 0);
    ck_assert_uint_eq(broken("", 30, 2, lines, sizeof lines), 0);
    ck_assert_uint_eq(broken("   ", 30, 2, lines, sizeof lines), 0);
}
END_TEST

START_TEST(test_layout_break_hyphen)
{
    char lines[256];
    ck_assert_uint_eq(broken("Sint-Pieters-Leeuw", 90, 2, lines, sizeof lines), 2);
    ck_assert_str_eq(lines, "Sint-Pieters-|Leeuw");
    ck_assert_uint_eq(broken("e-mail", 30, 2, lines, sizeof lines), 0);
}
END_TEST

// Nothing of an odd or hostile size crashes, and every box stays finite.
START_TEST(test_layout_odd_panels)
{
    static const struct panel odd[] = {{"tiny", 320, 200, 90},      {"square", 1000, 1000, 300},
                                       {"strip", 3000, 300, 900},   {"none", 0, 0, 0},
                                       {"large", 3840, 2160, 1200}, {"tower", 300, 3000, 90}};
    struct element_list *list = calloc(1, sizeof *list);
    struct theme theme;
    struct theme_options options = {.width_px = odd[_i].width_px,
                                    .height_px = odd[_i].height_px,
                                    .width_mm = odd[_i].width_mm,
                                    .reach = _i % 2,
                                    .lower_edge_mm = 1300};
    theme_make(&theme, &options);
    for (int i = 0; i < SCREENS; i++) {
        screens[i].make(list, &theme);
        for (unsigned e = 0; e < list->count; e++)
            ck_assert_msg(
                isfinite(list->elements[e].box.x + list->elements[e].box.height + list->elements[e].size_mm),
                "%s on %s", list->elements[e].id, odd[_i].name);
    }
    free(list);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout");
    TCase *tcase = tcase_create("layout");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, test_layout_norms, 0, PANELS * SCREENS);
    tcase_add_loop_test(tcase, test_layout_steps, 0, 2 * SCREENS);
    tcase_add_test(tcase, test_layout_reference_portrait);
    tcase_add_test(tcase, test_layout_reference_landscape);
    tcase_add_loop_test(tcase, test_layout_equal_tiles, 0, PANELS);
    tcase_add_loop_test(tcase, test_layout_bar_stays, 0, PANELS);
    tcase_add_loop_test(tcase, test_layout_bar_is_full, 0, 4);
    tcase_add_loop_test(tcase, test_layout_nearly_square, 0, 4);
    tcase_add_loop_test(tcase, test_layout_page_covers, 0, PANELS);
    tcase_add_test(tcase, test_layout_break_between_words);
    tcase_add_test(tcase, test_layout_break_hyphen);
    tcase_add_loop_test(tcase, test_layout_odd_panels, 0, 6);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
