// The start, and sheets that lie over a screen.
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

#define SKY_PART 0.2F              // of the picture: above the flag, free for words
#define SCENE_WIDE (933.0F / 1160) // of start-wide.svg
#define SQUAT 0.8F                 // a picture lower than this has no sky for words

static struct element *find_from(struct element_list *list, unsigned first, enum element_look look)
{
    for (unsigned i = first; i < list->count; i++)
        if (list->elements[i].look == look)
            return &list->elements[i];
    return NULL;
}

static void start_button(struct element *button, const struct theme *theme, struct box box, float picture,
                         float size)
{
    button->box = box;
    float inside = box.height - theme->border - theme_mm(theme, 3, 1.6F);
    button->picture_mm = fminf(picture, fminf(inside * 0.86F, box.width * 0.34F));
    float gap = theme_mm(theme, theme->landscape ? 9 : 12, 3);
    struct fit fit = {
        size,   theme->floor, box.width - 2 * theme_mm(theme, 6, 2) - button->picture_mm - gap - 1,
        inside, LINE_WORD,    2,
        true};
    parts_fit_label(theme, button, &fit);
}

static void place_buttons(struct element *begin, struct element *second, const struct theme *theme,
                          struct box area)
{
    float gap = theme_mm(theme, 8, THEME_MIN_GAP_MM);
    float part = second ? (area.height - gap) * 1.9F / 2.9F : area.height;
    bool large = theme->options.text != TEXT_NORMAL;
    if (begin)
        start_button(begin, theme, (struct box){area.x, area.y, area.width, part},
                     theme_mm(theme, theme->landscape && part < 0.8F * area.width ? 66 : 90, 18),
                     theme_mm(theme, large ? 38 : 34, theme->floor));
    if (second)
        start_button(second, theme,
                     (struct box){area.x, area.y + part + gap, area.width, area.height - part - gap},
                     theme_mm(theme, 38, 14), theme_mm(theme, large ? 17 : 14.5F, theme->floor));
}

static float place_welcome(struct element *welcome, const struct theme *theme, struct box box)
{
    if (!welcome)
        return 0;
    bool large = theme->options.text != TEXT_NORMAL;
    welcome->box = box;
    layout_words(welcome, theme, theme_mm(theme, 38, theme->floor),
                 theme_mm(theme, large ? 18 : 15.5F, theme->floor), 1, 3);
    struct parts parts;
    parts_of(welcome, theme, &parts);
    welcome->box.height = parts_text_height(welcome, &parts);
    return welcome->box.height;
}

// As large as its words, in the middle of the area's lower edge.
static void place_sign(struct element *sign, const struct theme *theme, struct box area)
{
    bool for_all = sign->value > 0;
    float frame = 2 * theme_mm(theme, 5, 2) + theme_mm(theme, 4, 2);
    sign->picture_mm = for_all ? theme_mm(theme, 24, 11) : theme_mm(theme, 12, 7);
    float room = area.width - frame - sign->picture_mm;
    struct fit fit = {fminf(theme->label, 1.13F * theme->least), theme->least, room, 0, LINE_WORD, 2, false};
    if (for_all)
        fit = (struct fit){theme->word, theme->floor, room, 0, LINE_WORD, 2, false};
    parts_fit_label(theme, sign, &fit);
    float words = theme_text_width(theme, sign->label, sign->size_mm, false, sign->script) + 0.2F;
    float width = sign->lines > 1 ? area.width : fminf(area.width, words + frame + sign->picture_mm);
    float height =
        fmaxf(sign->picture_mm, (float)sign->lines * LINE_WORD * sign->size_mm) + theme_mm(theme, 6, 2);
    sign->box = (struct box){area.x + (area.width - width) / 2, area.y + area.height - height, width, height};
}

// How much of an upright screen the picture takes; above a high bar it needs more.
static float upright_part(const struct theme *theme)
{
    return theme->bar_rows > 1 ? 0.66F : 344.0F / 554;
}

// How wide the picture of a lying screen is.
static float lying_width(const struct theme *theme)
{
    float pad = theme_mm(theme, 14, THEME_MIN_GAP_MM);
    return fminf(theme_mm(theme, 362, 0),
                 theme->width_mm - fmaxf(theme_mm(theme, 238, 0), 9.4F * theme->floor + 2 * pad));
}

bool layout_welcome_on_panel(const struct theme *theme)
{
    float bottom = theme->height_mm - theme->bar;
    if (!theme->landscape)
        return upright_part(theme) * bottom < SQUAT * theme->width_mm;
    return bottom - (1 - SKY_PART) * LAYOUT_SCENE_TALL * lying_width(theme) < 0.28F * bottom;
}

// The drawing that loses least to this place.
static void choose_scene(struct element *scene, const struct theme *theme)
{
    char name[ELEMENT_LABEL_SIZE];
    bool wide = scene->box.height * scene->box.height <
                scene->box.width * scene->box.width * LAYOUT_SCENE_TALL * SCENE_WIDE;
    (void)text_copy(name, sizeof name, scene->pictogram);
    (void)text_print(scene->pictogram, sizeof scene->pictogram, "%s-%s%s", name, wide ? "wide" : "tall",
                     theme->options.contrast ? "-contrast" : "");
}

void layout_start(struct element_list *list, const struct theme *theme, unsigned first)
{
    float bottom = theme->height_mm - theme->bar;
    struct element *panel = element_insert(list, first, "start.panel", ROLE_PICTURE, LOOK_PANEL);
    struct element *scene = find_from(list, first, LOOK_SCENE),
                   *welcome = find_from(list, first, LOOK_WELCOME);
    struct element *begin = find_from(list, first, LOOK_START_BEGIN);
    struct element *second = find_from(list, first, LOOK_START_SECOND),
                   *staff = find_from(list, first, LOOK_STAFF);
    struct box act;
    bool on_panel = layout_welcome_on_panel(theme);
    float pad = theme_mm(theme, theme->landscape ? 14 : 12, THEME_MIN_GAP_MM);
    if (theme->landscape) {
        float wide = lying_width(theme);
        act = (struct box){wide, 0, theme->width_mm - wide, bottom};
        if (scene)
            scene->box = (struct box){0, 0, wide, bottom};
    } else {
        float part = on_panel ? 0.58F : upright_part(theme);
        float tall = fmaxf(bottom * part, theme->touch_top);
        act = (struct box){0, tall, theme->width_mm, bottom - tall};
        if (scene)
            scene->box = (struct box){0, 0, theme->width_mm, tall};
    }
    if (scene)
        choose_scene(scene, theme);
    panel->box = act;
    struct box inside = box_inset(act, pad, pad);
    if (staff && scene) // over the picture's lower edge
        place_sign(staff, theme, box_inset(scene->box, pad, theme_mm(theme, 8, 2)));
    if (on_panel) {
        float used = place_welcome(welcome, theme, inside);
        float gap = used > 0 ? theme_mm(theme, 12, 4) : 0;
        inside.y += used + gap;
        inside.height -= used + gap;
    } else if (welcome && scene) {
        // A lower place shows less of the picture, as much above as below; a higher one more of the sky.
        float y = theme_mm(theme, 11, 4), drawn = scene->box.width * LAYOUT_SCENE_TALL;
        float more = scene->box.height - drawn;
        float sky = SKY_PART * drawn + (more > 0 ? more : more / 2) - y;
        place_welcome(welcome, theme,
                      (struct box){theme->margin, y, scene->box.width - 2 * theme->margin, sky});
    }
    place_buttons(begin, second, theme, inside);
}

// ---- sheets
static float place_sheet_buttons(struct element_list *list, const struct theme *theme, unsigned first,
                                 struct box inside)
{
    float gap = theme_mm(theme, 8, THEME_MIN_GAP_MM), y = inside.y + inside.height;
    bool low = inside.height < theme_mm(theme, 300, 100);
    unsigned plain = 0;
    for (unsigned i = first; i < list->count; i++)
        plain += list->elements[i].look == LOOK_PLAIN;
    struct element *dark = find_from(list, first, LOOK_PRIMARY);
    bool beside = theme->landscape && plain == 1 && dark;
    float width = beside ? (inside.width - gap) / 2 : inside.width;
    float plain_height = theme_mm(theme, low ? 42 : 50, theme->target);
    float dark_height = theme_mm(theme, low ? 46 : 76, theme->target);
    if (beside)
        plain_height = dark_height;
    if (!dark)
        dark_height = -gap;
    float top = y - dark_height - (beside ? 0 : (float)plain * (plain_height + gap));
    float at = top + dark_height + gap;
    for (unsigned i = first; i < list->count; i++) {
        struct element *button = &list->elements[i];
        if (button->look == LOOK_PRIMARY)
            layout_button(button, theme,
                          (struct box){inside.x + (beside ? width + gap : 0), top, width, dark_height});
        if (button->look == LOOK_PLAIN) {
            layout_button(button, theme, (struct box){inside.x, beside ? top : at, width, plain_height});
            at += plain_height + gap;
        }
    }
    return y - top + gap;
}

static float place_sheet_title(struct element *title, const struct theme *theme, struct box inside)
{
    if (!title)
        return 0;
    title->box = inside;
    float want = theme_mm(theme, theme->options.text == TEXT_NORMAL ? 27 : 31, theme->floor);
    if (theme->height_mm < 160)
        want = fminf(want, fmaxf(theme->floor, 1.2F * theme->least)); // low: the answers need the height
    layout_words(title, theme, want, theme->body, 2, 3);
    struct parts parts;
    parts_of(title, theme, &parts);
    title->box.height = parts_text_height(title, &parts);
    return title->box.height + theme_mm(theme, 8, 3);
}

// Body texts one under the other, each as high as its words.
static void place_bodies(struct element_list *list, const struct theme *theme, unsigned first,
                         struct box area)
{
    unsigned count = 0;
    for (unsigned i = first; i < list->count; i++)
        count += list->elements[i].look == LOOK_BODY;
    if (!count)
        return;
    float each = (area.height - (float)(count - 1) * theme->gap) / (float)count, y = area.y;
    for (unsigned i = first; i < list->count; i++) {
        struct element *body = &list->elements[i];
        if (body->look != LOOK_BODY)
            continue;
        body->box = (struct box){area.x, y, area.width, each};
        layout_words(body, theme, theme->word * 1.2F, theme->body, 4, 6);
        struct parts parts;
        parts_of(body, theme, &parts);
        body->box.height = fminf(each, parts_text_height(body, &parts));
        y += body->box.height + theme->gap;
    }
}

// A body beside points or a ring is a note: one small line at the bottom.
static void place_note(struct element_list *list, const struct theme *theme, unsigned first,
                       struct box *inside)
{
    struct element *note = find_from(list, first, LOOK_BODY);
    if (!note || (!find_from(list, first, LOOK_POINT) && !find_from(list, first, LOOK_RING)))
        return;
    unsigned lines = 0;
    struct fit fit = {theme_mm(theme, 8, theme->least), theme->least, inside->width, 0, LINE_WORD, 1, true};
    note->size_mm = parts_fit(theme, note->label, "", &fit, &lines);
    note->lines = 1;
    float height = LINE_WORD * note->size_mm;
    note->box = (struct box){inside->x, inside->y + inside->height - height, inside->width, height};
    inside->height -= height + theme_mm(theme, 4, 1.5F);
}

unsigned layout_sheet_room(const struct theme *theme)
{
    float each = (LINE_WORD + 2 * LINE_BODY) * theme->floor + theme_mm(theme, 8, 3) + theme->gap;
    float part = theme->height_mm < 160 ? 0.4F : theme->touch_top > 0 ? 0.36F : 0.52F;
    unsigned rows = (unsigned)(part * theme->height_mm / each);
    unsigned columns = theme->width_mm > 36 * theme->floor ? 2 : 1, room = rows * columns;
    return room < 1 ? 1 : room > 10 ? 10 : room;
}

void layout_sheet(struct element_list *list, const struct theme *theme, unsigned first)
{
    struct element *veil = element_insert(list, first, "sheet.veil", ROLE_PICTURE, LOOK_VEIL);
    veil->box = (struct box){0, 0, theme->width_mm, theme->height_mm};
    struct element *sheet = element_insert(list, first + 1, "sheet", ROLE_PICTURE, LOOK_SHEET);
    bool wide = theme->landscape;
    float side = theme_mm(theme, wide ? 66 : 22, 5), top = theme_mm(theme, wide ? 22 : 66, 5);
    top = fmaxf(top, theme->touch_top * 0.45F);
    sheet->box = (struct box){side, top, theme->width_mm - 2 * side,
                              theme->height_mm - top - theme_mm(theme, wide ? 22 : 66, 5)};
    float pad_x = theme_mm(theme, 16, 5), pad_y = theme_mm(theme, 14, 4);
    struct box inside = {sheet->box.x + pad_x, sheet->box.y + pad_y, sheet->box.width - 2 * pad_x,
                         sheet->box.height - pad_y - pad_x};
    float used = place_sheet_title(find_from(list, first, LOOK_SHEET_TITLE), theme, inside);
    inside.y += used;
    inside.height -= used;
    inside.height -= place_sheet_buttons(list, theme, first, inside);
    place_note(list, theme, first, &inside);
    struct element *ring = find_from(list, first, LOOK_RING);
    if (ring) {
        float round = fminf(inside.width, inside.height);
        ring->box = (struct box){inside.x + (inside.width - round) / 2, inside.y, round, round};
    }
    if (!ring && !find_from(list, first, LOOK_POINT))
        place_bodies(list, theme, first, inside);
    layout_points_in(list, theme, first, inside);
}
