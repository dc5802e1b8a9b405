// links: src/ui/element.c src/base/memory.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/element.h"

static struct element_list list;

static struct element *add(const char *id, enum element_role role, float x, float y)
{
    struct element *element = element_add(&list, id, role, LOOK_TILE);
    element->box = (struct box){x, y, 20, 20};
    return element;
}

static void fresh(void)
{
    element_list_clear(&list, "topics");
}

START_TEST(test_element_add_clears)
{
    fresh();
    (void)text_copy(add("topic.work", ROLE_CHOICE, 0, 0)->label, ELEMENT_LABEL_SIZE, "Werk");
    fresh();
    struct element *element = add("topic.money", ROLE_CHOICE, 0, 0);
    ck_assert_str_eq(element->id, "topic.money");
    ck_assert_str_eq(element->label, "");
    ck_assert_str_eq(list.screen, "topics");
    ck_assert_uint_eq(list.count, 1);
}
END_TEST

START_TEST(test_element_insert_moves)
{
    fresh();
    add("a", ROLE_BUTTON, 0, 0);
    add("c", ROLE_BUTTON, 0, 0);
    element_insert(&list, 1, "b", ROLE_BUTTON, LOOK_PLAIN);
    ck_assert_str_eq(list.elements[1].id, "b");
    ck_assert_str_eq(list.elements[2].id, "c");
    ck_assert_ptr_eq(element_find(&list, "c"), &list.elements[2]);
    ck_assert_ptr_null(element_find(&list, "d"));
}
END_TEST

START_TEST(test_element_add_full)
{
    fresh();
    for (int i = 0; i <= ELEMENTS_MAX; i++)
        add("many", ROLE_TEXT, 0, 0);
}
END_TEST

START_TEST(test_element_at_edges)
{
    fresh();
    add("left", ROLE_CHOICE, 10, 10);
    ck_assert_ptr_null(element_at(&list, 9.9F, 15));
    ck_assert_ptr_nonnull(element_at(&list, 10, 10));
    ck_assert_ptr_nonnull(element_at(&list, 29.9F, 29.9F));
    ck_assert_ptr_null(element_at(&list, 30, 15));
}
END_TEST

START_TEST(test_element_at_topmost)
{
    fresh();
    add("below", ROLE_BUTTON, 0, 0);
    add("above", ROLE_BUTTON, 10, 10);
    ck_assert_str_eq(element_at(&list, 15, 15)->id, "above");
    ck_assert_str_eq(element_at(&list, 5, 5)->id, "below");
    list.elements[1].disabled = true;
    ck_assert_str_eq(element_at(&list, 15, 15)->id, "below");
}
END_TEST

// What a sheet covers cannot be touched, also where the sheet has nothing.
START_TEST(test_element_at_veil)
{
    fresh();
    add("below", ROLE_BUTTON, 0, 0);
    element_add(&list, "veil", ROLE_PICTURE, LOOK_VEIL);
    add("above", ROLE_BUTTON, 50, 50);
    ck_assert_ptr_null(element_at(&list, 5, 5));
    ck_assert_str_eq(element_at(&list, 55, 55)->id, "above");
    ck_assert_uint_eq(element_floor(&list), 2);
}
END_TEST

START_TEST(test_element_touchable_roles)
{
    static const struct {
        enum element_role role;
        bool touchable;
    } cases[] = {{ROLE_TITLE, false}, {ROLE_TEXT, false},  {ROLE_PICTURE, false},
                 {ROLE_BUTTON, true}, {ROLE_CHOICE, true}, {ROLE_KEY, true},
                 {ROLE_FIELD, true},  {ROLE_TOOL, true},   {ROLE_PROGRESS, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fresh();
        ck_assert_int_eq(element_touchable(add("x", cases[i].role, 0, 0)), cases[i].touchable);
        ck_assert_str_ne(element_role_name(cases[i].role), "");
    }
    fresh();
    ck_assert(!element_touchable(element_add(&list, "nowhere", ROLE_BUTTON, LOOK_PLAIN)));
}
END_TEST

static struct element *field(void)
{
    fresh();
    struct element *element = add("name.first", ROLE_FIELD, 0, 0);
    (void)text_copy(element->label, sizeof element->label, "Voornaam");
    (void)text_copy(element->second, sizeof element->second, "Test");
    element->is_private = true;
    return element;
}

START_TEST(test_element_speech_private)
{
    char said[256];
    element_speech(field(), "gekozen", false, said, sizeof said);
    ck_assert_str_eq(said, "Voornaam");
    element_speech(field(), "gekozen", true, said, sizeof said);
    ck_assert_str_eq(said, "Voornaam. Test");
}
END_TEST

// A line of the check has the private value in its label: nothing of it is said.
START_TEST(test_element_speech_private_label)
{
    char said[256];
    struct element *element = field();
    element->role = ROLE_BUTTON;
    element_speech(element, "", false, said, sizeof said);
    ck_assert_str_eq(said, "");
    (void)text_copy(element->spoken, sizeof element->spoken, "Test, uw naam");
    element_speech(element, "", false, said, sizeof said);
    ck_assert_str_eq(said, "");
    element_speech(element, "", true, said, sizeof said);
    ck_assert_str_eq(said, "Test, uw naam");
}
END_TEST

START_TEST(test_element_speech_state)
{
    char said[256];
    fresh();
    struct element *element = add("topic.work", ROLE_CHOICE, 0, 0);
    (void)text_copy(element->label, sizeof element->label, "Werk");
    (void)text_copy(element->second, sizeof element->second, "Ik zoek werk.");
    element->chosen = true;
    element_speech(element, "gekozen", false, said, sizeof said);
    ck_assert_str_eq(said, "Werk. Ik zoek werk. gekozen");
    element_speech(element, "gekozen", false, said, 8); // cut, but terminated
    ck_assert_uint_lt(strlen(said), 8);
}
END_TEST

START_TEST(test_element_state_words)
{
    char state[64];
    fresh();
    struct element *element = add("x", ROLE_CHOICE, 0, 0);
    ck_assert_str_eq(element_state(element, state, sizeof state), "");
    element->chosen = element->focused = true;
    ck_assert_str_eq(element_state(element, state, sizeof state), "chosen focused");
}
END_TEST

START_TEST(test_element_equal_differs)
{
    fresh();
    struct element a = *add("x", ROLE_CHOICE, 0, 0), b = a;
    ck_assert(element_equal(&a, &b));
    b.touched = true;
    ck_assert(!element_equal(&a, &b));
    b = a;
    b.box.x = 1;
    ck_assert(!element_equal(&a, &b));
    b = a;
    b.payload = "code";
    ck_assert(!element_equal(&a, &b));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("element");
    TCase *tcase = tcase_create("element");
    tcase_add_test(tcase, test_element_add_clears);
    tcase_add_test(tcase, test_element_insert_moves);
    tcase_add_test_raise_signal(tcase, test_element_add_full, 6); // SIGABRT: a programmer's mistake
    tcase_add_test(tcase, test_element_at_edges);
    tcase_add_test(tcase, test_element_at_topmost);
    tcase_add_test(tcase, test_element_at_veil);
    tcase_add_test(tcase, test_element_touchable_roles);
    tcase_add_test(tcase, test_element_speech_private);
    tcase_add_test(tcase, test_element_speech_private_label);
    tcase_add_test(tcase, test_element_speech_state);
    tcase_add_test(tcase, test_element_state_words);
    tcase_add_test(tcase, test_element_equal_differs);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}
