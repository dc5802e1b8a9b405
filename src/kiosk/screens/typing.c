// Screens with keys: name, phone, and whether an odd number is right.
#include <math.h>

#include "base/memory.h"
#include "kiosk/screens/common.h"
#include "ui/parts.h"

#include "base/banned.h"

static struct keyboard_words words(const struct view *view)
{
    return (struct keyboard_words){
        .order = say(view, view->visit->keyboard.abc ? "key.order.azerty" : "key.order.abc"),
        .delete_word = say(view, "spoken.key.delete"),
        .space_word = say(view, "spoken.key.space"),
        .order_word = say(view, "spoken.key.order")};
}

static void put_field(const struct view *view, struct element_list *list, const char *id,
                      const char *pictogram, const char *value, bool active)
{
    struct element *field = put(view, list, id, ROLE_FIELD, LOOK_FIELD, id);
    text_copy(field->pictogram, sizeof field->pictogram, pictogram);
    text_copy(field->second, sizeof field->second, value);
    field->active = active;
    field->is_private = true;
}

void screen_name(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    const struct booking *booking = &visit->booking;
    ask(view, list, "name", "name");
    unsigned first = list->count;
    put_field(view, list, "name.first", "name-first", booking->first_name, !visit->last_name);
    put_field(view, list, "name.last", "name-last", booking->last_name, visit->last_name);
    put_primary(view, list, "name.next", "name.next", MARK_GO,
                booking->first_name[0] != '\0' || booking->last_name[0] != '\0');
    struct keyboard_words spoken = words(view);
    layout_keyboard(list, view->theme, first, &visit->keyboard, &spoken);
}

// As it grows: a Belgian mobile in groups of 4 2 2 2, others as they are.
static void group_typed(const char *typed, char *out, size_t size)
{
    bool mobile = typed[0] == '0' && typed[1] == '4';
    size_t used = 0;
    for (size_t i = 0; typed[i] != '\0' && used + 2 < size; i++) {
        if (mobile && i >= 4 && i <= 8 && i % 2 == 0)
            out[used++] = ' ';
        out[used++] = typed[i];
    }
    out[used] = '\0';
}

void screen_phone(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    ask(view, list, "phone", "phone");
    unsigned first = list->count;
    struct element *digits = put(view, list, "phone.number", ROLE_FIELD, LOOK_DIGITS, "phone.number");
    group_typed(visit->phone, digits->second, sizeof digits->second);
    digits->of = visit->phone[0] == '\0' || (visit->phone[0] == '0' && visit->phone[1] != '0') ? 10 : 0;
    digits->is_private = digits->active = true;
    put_plain(view, list, "phone.none", "phone.none", "phone-none");
    put_primary(view, list, "phone.next", "phone.next", MARK_GO, visit->phone[0] != '\0');
    struct keyboard_words spoken = words(view);
    layout_pad(list, view->theme, first, &spoken);
}

// The number is what it is about: as large as it fits beside its picture.
static void enlarge(const struct view *view, struct element *number)
{
    const struct theme *theme = view->theme;
    struct parts parts;
    parts_of(number, theme, &parts);
    float width = theme_text_width(theme, number->label, 1, true, "");
    float most = fminf(theme->answer, width > 0 ? 0.94F * parts.text.width / width : theme->field);
    if (number->lines != 1 || most <= number->size_mm)
        return;
    number->size_mm = most;
    if (parts.text.y <= parts.field.y) // beside the picture, which keeps its place
        return;
    parts_of(number, theme, &parts);
    number->picture_mm = 0.9F * fminf(parts.field.height, 0.84F * parts.field.width);
}

void screen_phone_check(const struct view *view, struct element_list *list)
{
    char grouped[PHONE_GROUPED_SIZE];
    phone_group(view->visit->booking.phone, grouped);
    ask(view, list, "phone-check", "phone");
    unsigned first = list->count;
    struct element *number = element_add(list, "phone.number", ROLE_TEXT, LOOK_POINT);
    text_copy(number->label, sizeof number->label, grouped);
    text_copy(number->pictogram, sizeof number->pictogram, "phone");
    number->is_private = true;
    memory_wipe(grouped, sizeof grouped);
    put_plain(view, list, "phone.change", "phone.change", "pencil");
    put_primary(view, list, "phone.sure", "phone.sure", MARK_DONE, true);
    layout_points(list, view->theme, first);
    enlarge(view, &list->elements[first]);
}
