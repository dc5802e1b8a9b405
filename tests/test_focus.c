// links: src/ui/focus.c src/ui/press.c src/ui/element.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/focus.h"
#include "ui/press.h"

static struct element_list list;
static struct focus focus;
static struct press press;

static struct element *add(const char *id, enum element_role role, float x)
{
    struct element *element = element_add(&list, id, role, LOOK_TILE);
    element->box = (struct box){x, 0, 20, 20};
    return element;
}

// A title, two answers, one that is disabled, a tool.
static void screen(const char *name)
{
    element_list_clear(&list, name);
    add("question", ROLE_TITLE, 0);
    add("yes", ROLE_CHOICE, 0);
    add("off", ROLE_CHOICE, 30)->disabled = true;
    add("no", ROLE_CHOICE, 60);
    add("bar.back", ROLE_TOOL, 90);
}

static void begin(void)
{
    screen("work");
    focus_clear(&focus);
    press_clear(&press);
    focus_follow(&focus, &list);
}

START_TEST(test_focus_press_wraps)
{
    static const char *const forward[] = {"yes", "no", "bar.back", "yes"}, *const backward[] = {"bar.back",
                                                                                                "no", "yes"};
    begin();
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(focus_press(&focus, &list, FOCUS_NEXT), FOCUS_MOVED);
        ck_assert_str_eq(focus_element(&focus, &list)->id, forward[i]);
    }
    begin();
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(focus_press(&focus, &list, FOCUS_PREVIOUS), FOCUS_MOVED);
        ck_assert_str_eq(focus_element(&focus, &list)->id, backward[i]);
    }
}
END_TEST

START_TEST(test_focus_press_choose)
{
    begin();
    ck_assert_int_eq(focus_press(&focus, &list, FOCUS_CHOOSE), FOCUS_NOTHING);
    focus_press(&focus, &list, FOCUS_NEXT);
    ck_assert_int_eq(focus_press(&focus, &list, FOCUS_CHOOSE), FOCUS_CHOSEN);
    ck_assert_int_eq(focus_press(&focus, &list, FOCUS_BACK), FOCUS_LEFT);
}
END_TEST

START_TEST(test_focus_follow_screen)
{
    begin();
    focus_press(&focus, &list, FOCUS_NEXT);
    focus.title = false;
    screen("work"); // the same screen again: the focus stays
    focus_follow(&focus, &list);
    ck_assert_str_eq(focus.id, "yes");
    ck_assert(!focus.title);
    screen("children"); // another: it starts before the first answer, and the title is due
    focus_follow(&focus, &list);
    ck_assert_ptr_null(focus_element(&focus, &list));
    ck_assert(focus.title);
}
END_TEST

START_TEST(test_focus_follow_gone)
{
    begin();
    focus_press(&focus, &list, FOCUS_NEXT);
    list.elements[1].disabled = true;
    focus_follow(&focus, &list);
    ck_assert_ptr_null(focus_element(&focus, &list));
    ck_assert_int_eq(focus_press(&focus, &list, FOCUS_NEXT), FOCUS_MOVED);
    ck_assert_str_eq(focus.id, "no");
}
END_TEST

START_TEST(test_focus_press_veil)
{
    begin();
    element_add(&list, "veil", ROLE_PICTURE, LOOK_VEIL);
    add("idle.go", ROLE_BUTTON, 0);
    for (int i = 0; i < 3; i++) {
        focus_press(&focus, &list, FOCUS_NEXT);
        ck_assert_str_eq(focus.id, "idle.go");
    }
}
END_TEST

START_TEST(test_focus_press_empty)
{
    element_list_clear(&list, "empty");
    focus_clear(&focus);
    ck_assert_int_eq(focus_press(&focus, &list, FOCUS_NEXT), FOCUS_NOTHING);
    add("question", ROLE_TITLE, 0);
    ck_assert_int_eq(focus_press(&focus, &list, FOCUS_PREVIOUS), FOCUS_NOTHING);
}
END_TEST

// ---- a finger
static char id[ELEMENT_ID_SIZE];

START_TEST(test_press_up_activates)
{
    begin();
    press_down(&press, &list, 5, 5, 1000);
    ck_assert_str_eq(press.id, "yes");
    ck_assert(press.inside);
    ck_assert(press_up(&press, &list, 15, 15, id));
    ck_assert_str_eq(id, "yes");
}
END_TEST

START_TEST(test_press_move_cancels)
{
    begin();
    press_down(&press, &list, 5, 5, 1000);
    press_move(&press, &list, 65, 5); // over another one: neither is chosen
    ck_assert(!press.inside);
    ck_assert(!press_up(&press, &list, 65, 5, id));
    press_down(&press, &list, 5, 5, 2000);
    press_move(&press, &list, 65, 5);
    press_move(&press, &list, 6, 6); // and back
    ck_assert(press_up(&press, &list, 6, 6, id));
    ck_assert_str_eq(id, "yes");
}
END_TEST

START_TEST(test_press_down_nothing)
{
    begin();
    press_down(&press, &list, 200, 200, 1000);
    ck_assert(!press_up(&press, &list, 5, 5, id));
    press_down(&press, &list, 35, 5, 1000); // disabled
    ck_assert(!press_up(&press, &list, 35, 5, id));
    ck_assert(!press_up(&press, &list, 5, 5, id)); // never down
}
END_TEST

START_TEST(test_press_down_double_strike)
{
    begin();
    press_down(&press, &list, 5, 5, 1000);
    ck_assert(press_up(&press, &list, 5, 5, id));
    screen("children");
    press_screen_changed(&press, 1050);
    press_down(&press, &list, 6, 6, 1549); // the same place, too soon
    ck_assert(!press_up(&press, &list, 6, 6, id));
    press_down(&press, &list, 65, 5, 1549); // another place
    ck_assert(press_up(&press, &list, 65, 5, id));
    press_clear(&press);
    press_screen_changed(&press, 1050);
    press_down(&press, &list, 6, 6, 1550); // later
    ck_assert(press_up(&press, &list, 6, 6, id));
}
END_TEST

START_TEST(test_press_screen_changed_down)
{
    begin();
    press_down(&press, &list, 5, 5, 1000);
    press_screen_changed(&press, 1100); // the idle question came under the finger
    ck_assert(!press_up(&press, &list, 5, 5, id));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("focus");
    TCase *tcase = tcase_create("focus");
    tcase_add_test(tcase, test_focus_press_wraps);
    tcase_add_test(tcase, test_focus_press_choose);
    tcase_add_test(tcase, test_focus_follow_screen);
    tcase_add_test(tcase, test_focus_follow_gone);
    tcase_add_test(tcase, test_focus_press_veil);
    tcase_add_test(tcase, test_focus_press_empty);
    tcase_add_test(tcase, test_press_up_activates);
    tcase_add_test(tcase, test_press_move_cancels);
    tcase_add_test(tcase, test_press_down_nothing);
    tcase_add_test(tcase, test_press_down_double_strike);
    tcase_add_test(tcase, test_press_screen_changed_down);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
