// links: src/ui/paint.c src/ui/paint_looks.c src/ui/paint_keys.c src/ui/paint_days.c src/ui/paint_start.c src/ui/brush.c src/ui/layout.c src/ui/layout_answers.c src/ui/layout_points.c src/ui/layout_days.c src/ui/layout_check.c src/ui/layout_keys.c src/ui/layout_start.c src/ui/layout_text.c src/ui/parts.c src/ui/theme.c src/ui/element.c src/ui/keyboard.c src/draw/calendar.c src/draw/canvas.c src/draw/clockface.c src/draw/font.c src/draw/stream.c src/draw/pictogram.c src/draw/qr.c src/draw/run.c src/draw/script.c src/draw/shape.c src/draw/sign.c src/draw/text.c src/draw/wrap.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/utf8.c src/base/file.c
// libs: -lSDL2_image -lSDL2_ttf -lSDL2 -lfribidi -lqrencode
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/canvas.h"
#include "draw/font.h"
#include "screens_ui.h"
#include "ui/paint.h"

#define WIDTH 540
#define HEIGHT 960
static uint32_t pixels[WIDTH * HEIGHT], whole[WIDTH * HEIGHT];
static struct theme theme;
static struct element_list *list, *other;
static struct painter *painter;

static void begin(bool contrast)
{
    struct theme_options options = {
        .width_px = WIDTH, .height_px = HEIGHT, .contrast = contrast, .text_width = paint_text_width};
    theme_make(&theme, &options);
    list = calloc(1, sizeof *list);
    other = calloc(1, sizeof *other);
    painter = painter_new();
}

static void end(void)
{
    painter_free(painter);
    free(list);
    free(other);
    font_close_all();
}

static unsigned paint(struct painter *with, uint32_t *onto, const struct element_list *what,
                      struct paint_rect *rects)
{
    struct canvas canvas;
    canvas_wrap(&canvas, onto, WIDTH, HEIGHT, WIDTH * (int)sizeof *onto);
    return painter_paint(with, &canvas, what, &theme, 5000, rects);
}

static void paint_whole(const struct element_list *what)
{
    struct paint_rect rects[PAINT_RECTS];
    struct painter *fresh = painter_new();
    memset(whole, 0x5A, sizeof whole); // nothing of what was there shines through
    paint(fresh, whole, what, rects);
    painter_free(fresh);
}

static void same_pixels(const char *when)
{
    int at = 0;
    while (at < WIDTH * HEIGHT && (pixels[at] & 0xFFFFFF) == (whole[at] & 0xFFFFFF))
        at++;
    ck_assert_msg(at == WIDTH * HEIGHT, "%s: pixel %d,%d differs", when, at % WIDTH, at / WIDTH);
}

// After any change the repainted parts make the same picture as painting everything.
START_TEST(test_painter_paint_partial)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(_i & 1);
    sample_topics(list, &theme);
    paint(painter, pixels, list, rects);
    static const char *const ids[] = {"topic.work", "topic.money", "bar.text", "topics.next"};
    for (int step = 0; step < 16; step++) {
        struct element *element = element_find(list, ids[step % 4]);
        if (step < 4)
            element->chosen = element->role == ROLE_CHOICE;
        else if (step < 8)
            element->touched = true;
        else if (step < 12)
            element->focused = true;
        else
            element->disabled = element->touched = element->focused = step % 2;
        paint(painter, pixels, list, rects);
        paint_whole(list);
        same_pixels(ids[step % 4]);
    }
    end();
}
END_TEST

static void sample_three(struct element_list *onto, const struct theme *with)
{
    sample_answers(onto, with, 3, true);
}

START_TEST(test_painter_paint_screens)
{
    static void (*const make[])(struct element_list *, const struct theme *) = {
        sample_start, sample_three, sample_topics, sample_name,     sample_phone,  sample_slots,
        sample_check, sample_idle,  sample_points, sample_no_paper, sample_goodbye};
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    for (size_t i = 0; i < sizeof make / sizeof make[0]; i++) {
        make[i](list, &theme);
        paint(painter, pixels, list, rects);
        paint_whole(list);
        same_pixels(list->screen);
    }
    end();
}
END_TEST

// Whatever was there before, nothing of it shines through: neither between tiles nor at their corners.
START_TEST(test_painter_paint_covers_all)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(_i & 1);
    static const struct {
        void (*make)(struct element_list *, const struct theme *);
        const char *touched;
    } screens[] = {{sample_topics, "topic.work"}, {sample_slots, "bar.text"}, {sample_start, "start.begin"}};
    for (size_t i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        screens[i].make(list, &theme);
        element_find(list, screens[i].touched)->touched = _i & 2;
        paint_whole(list);
        memset(pixels, 0xA5, sizeof pixels);
        painter_forget(painter);
        paint(painter, pixels, list, rects);
        same_pixels(list->screen);
    }
    end();
}
END_TEST

// A touch repaints little more than the tile; nothing changed repaints nothing.
START_TEST(test_painter_paint_little)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    sample_topics(list, &theme);
    ck_assert_uint_eq(paint(painter, pixels, list, rects), 1);
    ck_assert_int_eq(rects[0].width * rects[0].height, WIDTH * HEIGHT);
    ck_assert_uint_eq(paint(painter, pixels, list, rects), 0);
    struct element *tile = element_find(list, "topic.work");
    tile->touched = true;
    ck_assert_uint_eq(paint(painter, pixels, list, rects), 1);
    float area = tile->box.width * tile->box.height * theme.px_per_mm * theme.px_per_mm;
    ck_assert_int_lt(rects[0].width * rects[0].height, (int)(area * 1.15F));
    end();
}
END_TEST

static void paint_at(uint32_t *onto, struct painter *with, int64_t now_ms, unsigned *area)
{
    struct canvas canvas;
    struct paint_rect rects[PAINT_RECTS];
    canvas_wrap(&canvas, onto, WIDTH, HEIGHT, WIDTH * (int)sizeof *onto);
    unsigned count = painter_paint(with, &canvas, list, &theme, now_ms, rects);
    for (*area = 0; count-- > 0;)
        *area += (unsigned)(rects[count].width * rects[count].height);
}

// What moves on the start screen all day: Begin's hand, of which no more is painted than its picture and the
// way down, and the start picture, that has no other place than its own.
START_TEST(test_painter_paint_start_moves)
{
    unsigned area;
    begin(_i);
    theme.options.motion = true;
    sample_start(list, &theme);
    paint_at(pixels, painter, 41000, &area);
    const struct element *begin_button = element_find(list, "start.begin");
    float side = begin_button->picture_mm * theme.px_per_mm;
    float down = theme_mm(&theme, 4, 2) * theme.px_per_mm;
    for (int step = 0; step < 4; step++) {
        int64_t now_ms = 42000 + step / 2 * 6000 + step % 2 * 1000; // down, and up again
        element_find(list, "start.scene")->value = step == 3 ? 150 : 0;
        paint_at(pixels, painter, now_ms, &area);
        if (step < 3)
            ck_assert_uint_le(area, (unsigned)((side + 4) * (side + down + 4)));
        struct painter *fresh = painter_new();
        memset(whole, 0x5A, sizeof whole);
        paint_at(whole, fresh, now_ms, &area);
        painter_free(fresh);
        same_pixels(step % 2 ? "up" : "down");
    }
    end();
}
END_TEST

// A picture that is not there leaves no hole.
START_TEST(test_painter_paint_without_scene)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    sample_start(list, &theme);
    (void)text_copy(element_find(list, "start.scene")->pictogram, ELEMENT_ID_SIZE / 2, "start-none");
    paint_whole(list);
    memset(pixels, 0xA5, sizeof pixels);
    paint(painter, pixels, list, rects);
    same_pixels("no scene");
    end();
}
END_TEST

// The rectangles cover everything that changed: outside of them no pixel differs.
START_TEST(test_painter_paint_rects_cover)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    sample_topics(list, &theme);
    paint(painter, pixels, list, rects);
    memcpy(whole, pixels, sizeof whole);
    element_find(list, "topic.work")->chosen = true;
    element_find(list, "bar.stop")->focused = true;
    unsigned count = paint(painter, pixels, list, rects);
    ck_assert_uint_ge(count, 2);
    int outside = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            bool inside = false;
            for (unsigned r = 0; r < count; r++)
                inside = inside || (x >= rects[r].x && y >= rects[r].y && x < rects[r].x + rects[r].width &&
                                    y < rects[r].y + rects[r].height);
            outside += !inside && pixels[y * WIDTH + x] != whole[y * WIDTH + x];
        }
    ck_assert_int_eq(outside, 0);
    end();
}
END_TEST

// Without words: blocks of another shape, but every picture is the same.
START_TEST(test_painter_paint_no_words)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    sample_topics(list, &theme);
    paint_whole(list);
    theme.options.no_words = true;
    paint(painter, pixels, list, rects);
    int differ = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        differ += (pixels[i] & 0xFFFFFF) != (whole[i] & 0xFFFFFF);
    ck_assert_int_gt(differ, 2000);
    ck_assert_int_lt(differ, WIDTH * HEIGHT / 10);
    end();
}
END_TEST

// The hour's word is a block too, whatever it says; its digits stay.
START_TEST(test_painter_paint_no_words_hero)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    theme.options.no_words = true;
    sample_check(list, &theme);
    struct element *hero = element_find(list, "check.slot");
    (void)text_copy(hero->hour_text, sizeof hero->hour_text, "9.30 uuu"); // as wide as nnn
    paint_whole(list);
    (void)text_copy(hero->hour_text, sizeof hero->hour_text, "9.30 nnn");
    paint(painter, pixels, list, rects);
    same_pixels("another word");
    (void)text_copy(hero->hour_text, sizeof hero->hour_text, "9.50 nnn");
    paint(painter, pixels, list, rects);
    ck_assert_int_ne(memcmp(pixels, whole, sizeof pixels), 0);
    end();
}
END_TEST

static uint32_t at_mm(float x_mm, float y_mm)
{
    return whole[(int)(y_mm * theme.px_per_mm) * WIDTH + (int)(x_mm * theme.px_per_mm)] & 0xFFFFFF;
}

// On the start's dark panel the ring of the keys ends in a colour that is seen on it.
START_TEST(test_painter_paint_focus_on_panel)
{
    static const char *const buttons[] = {"start.begin", "start.checkin"};
    begin(_i >= 2);
    sample_start(list, &theme);
    struct element *button = element_find(list, buttons[_i % 2]);
    button->focused = true;
    paint_whole(list);
    float best = 1, middle = button->box.y + button->box.height / 2;
    for (float out = 1.6F; out < 2.8F; out += 0.2F) // past the inner ring
        best = fmaxf(best, theme_contrast(at_mm(button->box.x - out, middle), theme.colours[COLOUR_PANEL]));
    ck_assert_float_gt(best, 7);
    end();
}
END_TEST

// In high contrast nothing glares: drawings stand on black, also those of big answers and of the question.
START_TEST(test_painter_paint_contrast_is_dark)
{
    begin(true);
    if (_i == 0)
        sample_answers(list, &theme, 3, true);
    else
        sample_points(list, &theme);
    paint_whole(list);
    long light = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        light += theme_contrast(whole[i] & 0xFFFFFF, 0) > 3;
    ck_assert_int_lt(light, WIDTH * HEIGHT / 5);
    end();
}
END_TEST

START_TEST(test_painter_next_ms_still)
{
    struct paint_rect rects[PAINT_RECTS];
    begin(false);
    sample_topics(list, &theme);
    paint(painter, pixels, list, rects);
    ck_assert_int_lt(painter_next_ms(painter, 5000), 0); // nothing moves: sleep for ever
    element_find(list, "topics.next")->mark = MARK_BUSY;
    paint(painter, pixels, list, rects);
    ck_assert_int_lt(painter_next_ms(painter, 5000), 0); // its dots stand still too
    theme.options.motion = true;
    paint(painter, pixels, list, rects);
    ck_assert_int_gt(painter_next_ms(painter, 5000), 0);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("paint");
    TCase *tcase = tcase_create("paint");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, test_painter_paint_partial, 0, 2);
    tcase_add_test(tcase, test_painter_paint_screens);
    tcase_add_loop_test(tcase, test_painter_paint_covers_all, 0, 4);
    tcase_add_test(tcase, test_painter_paint_little);
    tcase_add_loop_test(tcase, test_painter_paint_start_moves, 0, 2);
    tcase_add_test(tcase, test_painter_paint_without_scene);
    tcase_add_test(tcase, test_painter_paint_rects_cover);
    tcase_add_test(tcase, test_painter_paint_no_words);
    tcase_add_test(tcase, test_painter_paint_no_words_hero);
    tcase_add_loop_test(tcase, test_painter_paint_focus_on_panel, 0, 4);
    tcase_add_loop_test(tcase, test_painter_paint_contrast_is_dark, 0, 2);
    tcase_add_test(tcase, test_painter_next_ms_still);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
