// links: src/ui/window.c src/ui/window_input.c src/ui/window_script.c src/ui/wayland.c src/ui/press.c src/ui/focus.c src/ui/paint.c src/ui/paint_looks.c src/ui/paint_keys.c src/ui/paint_days.c src/ui/paint_start.c src/ui/brush.c src/ui/layout.c src/ui/layout_answers.c src/ui/layout_points.c src/ui/layout_days.c src/ui/layout_check.c src/ui/layout_keys.c src/ui/layout_start.c src/ui/layout_text.c src/ui/parts.c src/ui/theme.c src/ui/element.c src/ui/keyboard.c src/draw/calendar.c src/draw/canvas.c src/draw/clockface.c src/draw/font.c src/draw/stream.c src/draw/pictogram.c src/draw/qr.c src/draw/run.c src/draw/script.c src/draw/shape.c src/draw/sign.c src/draw/text.c src/draw/wrap.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/utf8.c src/base/file.c
// libs: -lSDL2_image -lSDL2_ttf -lSDL2 -lfribidi -lqrencode -lwayland-client
#include <SDL.h>
#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "screens_ui.h"
#include "ui/paint.h"
#include "ui/window.h"

static struct window *window;
static struct theme theme;
static struct element_list *list;

static void begin(int rotate, bool kiosk)
{
    struct error error = ERROR_NONE;
    struct window_options options = {
        .title = "test", .width_px = 540, .height_px = 960, .rotate = rotate, .kiosk = kiosk};
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    window_prepare();
    ck_assert_msg(window_open(&window, &options, &error) == 0, "%s", error.text);
    struct theme_options wanted = {.text_width = paint_text_width};
    window_size(window, &wanted.width_px, &wanted.height_px);
    theme_make(&theme, &wanted);
    list = calloc(1, sizeof *list);
    sample_topics(list, &theme);
    window_show(window, list, &theme);
}

static void end(void)
{
    window_close(window);
    free(list);
}

static struct ui_event next(void)
{
    struct ui_event event;
    window_wait(window, 300, &event);
    return event;
}

static void expect(enum ui_event_kind kind, const char *id)
{
    struct ui_event event = next();
    ck_assert_int_eq(event.kind, kind);
    ck_assert_str_eq(event.id, id);
}

// Turned in any way, a touch meets what is seen there.
START_TEST(test_window_push_tap)
{
    begin(_i * 90, false);
    int width = 0, height = 0;
    window_size(window, &width, &height);
    ck_assert_int_eq(width, _i % 2 ? 960 : 540);
    static const char *const ids[] = {"topic.dutch", "topic.money", "bar.reach", "topics.next"};
    for (int i = 0; i < 4; i++) {
        ck_assert(window_push_tap(window, ids[i]));
        ck_assert(window_busy(window));
        expect(UI_TOUCHED, ids[i]);
        expect(UI_ACTIVATED, ids[i]);
        ck_assert(!window_busy(window));
    }
    ck_assert(!window_push_tap(window, "nowhere"));
    end();
}
END_TEST

static void finger(Uint32 type, SDL_FingerID id, const char *over, float dx)
{
    const struct element *element = element_find(list, over);
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.tfinger.type = type;
    raw.tfinger.fingerId = id;
    raw.tfinger.x = (element->box.x + element->box.width / 2 + dx) / theme.width_mm;
    raw.tfinger.y = (element->box.y + element->box.height / 2) / theme.height_mm;
    SDL_PushEvent(&raw);
}

START_TEST(test_window_wait_first_finger)
{
    begin(0, false);
    finger(SDL_FINGERDOWN, 1, "topic.work", 0);
    finger(SDL_FINGERDOWN, 2, "topic.money", 0); // a hand that rests on the screen
    finger(SDL_FINGERUP, 2, "topic.money", 0);
    finger(SDL_FINGERMOTION, 1, "topic.work", 5);
    finger(SDL_FINGERUP, 1, "topic.work", 5);
    expect(UI_TOUCHED, "topic.work");
    expect(UI_ACTIVATED, "topic.work");
    expect(UI_NONE, "");
    end();
}
END_TEST

// A hand that leans on the screen, on nothing or for long, does not make it deaf to the finger that comes.
START_TEST(test_window_wait_palm)
{
    begin(0, false);
    const char *const under = _i == 0 ? "question" : "topic.work";
    finger(SDL_FINGERDOWN, 1, under, 0);
    expect(UI_TOUCHED, _i == 0 ? "" : under);
    if (_i == 1)
        clock_advance_ms(2000);
    finger(SDL_FINGERDOWN, 2, "topic.money", 0);
    finger(SDL_FINGERMOTION, 1, "topic.money", 0);
    finger(SDL_FINGERUP, 1, "topic.work", 0); // leaves in between, and chooses nothing
    finger(SDL_FINGERUP, 2, "topic.money", 0);
    expect(UI_TOUCHED, "topic.money");
    expect(UI_ACTIVATED, "topic.money");
    expect(UI_NONE, "");
    end();
}
END_TEST

// The keypad's back struck twice goes one screen back.
START_TEST(test_window_push_key_double_strike)
{
    begin(0, false);
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.key.type = SDL_KEYDOWN;
    raw.key.keysym.scancode = SDL_SCANCODE_ESCAPE;
    SDL_PushEvent(&raw);
    ck_assert_int_eq(next().kind, UI_BACK);
    (void)text_copy(list->screen, sizeof list->screen, "another");
    window_show(window, list, &theme);
    SDL_PushEvent(&raw);
    expect(UI_NONE, "");
    clock_advance_ms(600);
    SDL_PushEvent(&raw);
    ck_assert_int_eq(next().kind, UI_BACK);
    end();
}
END_TEST

START_TEST(test_window_wait_slide_off)
{
    begin(0, false);
    finger(SDL_FINGERDOWN, 1, "topic.work", 0);
    expect(UI_TOUCHED, "topic.work");
    ck_assert(element_find((struct element_list *)window_list(window), "topic.work")->touched);
    finger(SDL_FINGERMOTION, 1, "topic.money", 0);
    finger(SDL_FINGERUP, 1, "topic.money", 0);
    expect(UI_NONE, "");
    ck_assert(!element_find((struct element_list *)window_list(window), "topic.work")->touched);
    end();
}
END_TEST

// A second touch of the same place, right after the screen changed under it, is not another answer.
START_TEST(test_window_show_double_strike)
{
    begin(0, false);
    finger(SDL_FINGERDOWN, 1, "topic.work", 0);
    finger(SDL_FINGERUP, 1, "topic.work", 0);
    expect(UI_TOUCHED, "topic.work");
    expect(UI_ACTIVATED, "topic.work");
    (void)text_copy(list->screen, sizeof list->screen, "another");
    window_show(window, list, &theme);
    finger(SDL_FINGERDOWN, 1, "topic.work", 0);
    finger(SDL_FINGERUP, 1, "topic.work", 0);
    expect(UI_TOUCHED, "");
    expect(UI_NONE, "");
    clock_advance_ms(600);
    finger(SDL_FINGERDOWN, 1, "topic.work", 0);
    finger(SDL_FINGERUP, 1, "topic.work", 0);
    expect(UI_TOUCHED, "topic.work");
    expect(UI_ACTIVATED, "topic.work");
    end();
}
END_TEST

START_TEST(test_window_push_key)
{
    begin(0, false);
    window_push_key(window, FOCUS_NEXT);
    expect(UI_FOCUSED, "topic.dutch");
    window_push_key(window, FOCUS_NEXT);
    expect(UI_FOCUSED, "topic.papers");
    window_push_key(window, FOCUS_PREVIOUS);
    expect(UI_FOCUSED, "topic.dutch");
    window_push_key(window, FOCUS_CHOOSE);
    expect(UI_ACTIVATED, "topic.dutch");
    window_push_key(window, FOCUS_BACK);
    ck_assert_int_eq(next().kind, UI_BACK);
    end();
}
END_TEST

START_TEST(test_window_push_scan)
{
    begin(0, false);
    window_push_scan(window, "BEGIN:VEVENT\nUID:K7M4QX\nEND:VEVENT");
    ck_assert(window_push_key(window, FOCUS_NEXT)); // a key while it lasts is a key
    struct ui_event event = next();
    ck_assert_int_eq(event.kind, UI_FOCUSED);
    event = next();
    ck_assert_int_eq(event.kind, UI_SCANNED);
    ck_assert_str_eq(event.text, "BEGIN:VEVENT\nUID:K7M4QX\nEND:VEVENT");
    char endless[2000];
    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    window_push_scan(window, endless);
    ck_assert_int_eq(next().kind, UI_SCANNED); // cut, not crashed
    end();
}
END_TEST

static void key(SDL_Scancode code, Uint16 modifier)
{
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.key.type = SDL_KEYDOWN;
    raw.key.keysym.scancode = code;
    raw.key.keysym.mod = modifier;
    SDL_PushEvent(&raw);
}

// The attacker at the keyboard: nothing but the four keys does anything, and closing is swallowed.
START_TEST(test_window_wait_ignores)
{
    begin(0, true);
    key(SDL_SCANCODE_F4, KMOD_ALT);
    key(SDL_SCANCODE_F1, KMOD_CTRL | KMOD_ALT);
    key(SDL_SCANCODE_C, KMOD_CTRL);
    key(SDL_SCANCODE_LGUI, 0);
    key(SDL_SCANCODE_PRINTSCREEN, 0);
    SDL_Event raw;
    memset(&raw, 0, sizeof raw);
    raw.window.type = SDL_WINDOWEVENT;
    raw.window.event = SDL_WINDOWEVENT_CLOSE;
    SDL_PushEvent(&raw);
    memset(&raw, 0, sizeof raw);
    raw.button.type = SDL_MOUSEBUTTONDOWN;
    raw.button.button = SDL_BUTTON_RIGHT;
    SDL_PushEvent(&raw);
    memset(&raw, 0, sizeof raw);
    raw.type = SDL_DROPFILE;
    SDL_PushEvent(&raw);
    expect(UI_NONE, "");
    memset(&raw, 0, sizeof raw);
    raw.type = SDL_QUIT; // a signal: the supervisor may end it
    SDL_PushEvent(&raw);
    expect(UI_CLOSE, "");
    end();
}
END_TEST

static void *post(void *context)
{
    ck_assert(window_post(42, context));
    return NULL;
}

START_TEST(test_window_post_wakes)
{
    begin(0, false);
    pthread_t thread;
    int value = 7;
    pthread_create(&thread, NULL, post, &value);
    struct ui_event event;
    ck_assert(window_wait(window, 10000, &event));
    pthread_join(thread, NULL);
    ck_assert_int_eq(event.kind, UI_POSTED);
    ck_assert_int_eq(event.code, 42);
    ck_assert_ptr_eq(event.data, &value);
    end();
}
END_TEST

START_TEST(test_window_shot_png)
{
    char path[] = "/tmp/wegwijs-shot-XXXXXX";
    struct error error = ERROR_NONE;
    int file = mkstemp(path);
    begin(0, false);
    ck_assert_int_eq(window_shot(window, path, &error), 0);
    unsigned char head[8] = {0};
    FILE *png = fdopen(file, "r");
    ck_assert_uint_eq(fread(head, 1, sizeof head, png), sizeof head);
    ck_assert_mem_eq(head, "\x89PNG\r\n\x1a\n", 8);
    (void)fclose(png);
    (void)remove(path);
    ck_assert_int_eq(window_shot(window, "/nowhere/at/all.png", &error), ERROR_IO);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("window");
    TCase *tcase = tcase_create("window");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, test_window_push_tap, 0, 4);
    tcase_add_test(tcase, test_window_wait_first_finger);
    tcase_add_loop_test(tcase, test_window_wait_palm, 0, 2);
    tcase_add_test(tcase, test_window_push_key_double_strike);
    tcase_add_test(tcase, test_window_wait_slide_off);
    tcase_add_test(tcase, test_window_show_double_strike);
    tcase_add_test(tcase, test_window_push_key);
    tcase_add_test(tcase, test_window_push_scan);
    tcase_add_test(tcase, test_window_wait_ignores);
    tcase_add_test(tcase, test_window_post_wakes);
    tcase_add_test(tcase, test_window_shot_png);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
