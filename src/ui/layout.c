#include "ui/layout.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "ui/layout_inner.h"
#include "ui/parts.h"

#include "base/banned.h"

#define WAY_HEIGHT 16.0F

struct box layout_area(const struct theme *theme)
{
    float x = theme->margin + (theme->panel_beside ? theme->panel : 0);
    float y = theme->pad_y + (theme->panel_beside ? 0 : theme->panel);
    return (struct box){x, y, theme->width_mm - x - theme->margin,
                        theme->height_mm - theme->bar - theme->pad_y - y};
}

// Title and second line into `room`: the title gives way before the second line.
static float fit_title(struct element *title, const struct theme *theme, struct box room, unsigned most)
{
    struct parts parts;
    parts_of(title, theme, &parts);
    float second = 0;
    if (*title->second) {
        unsigned lines = 0;
        struct fit fit = {theme->body, theme->least, room.width, 0, LINE_BODY, most, false};
        title->second_mm = parts_fit(theme, title->second, title->script, &fit, &lines);
        title->second_lines = (int16_t)lines;
        second = parts.second_gap + (float)lines * LINE_BODY * title->second_mm;
    }
    unsigned lines = 0;
    bool reach = theme->touch_top > 0 && !theme->landscape;
    float want = reach ? fmaxf(theme->title, theme_mm(theme, 26, 0)) : theme->title;
    struct fit fit = {want, theme->floor, room.width, room.height - second, LINE_TITLE, most, true};
    title->size_mm = parts_fit(theme, title->label, title->script, &fit, &lines);
    if (lines == 0) { // a long word on a small panel: under this step's floor, not under the norm's
        fit.want = fit.least;
        fit.least = theme->least;
        fit.height = 0;
        title->size_mm = parts_fit(theme, title->label, title->script, &fit, &lines);
    }
    title->lines = (int16_t)lines;
    return second + (float)lines * LINE_TITLE * title->size_mm;
}

static void place_above(struct element *plate, struct element *title, const struct theme *theme,
                        float way_end)
{
    bool reach = theme->touch_top > 0;
    float bottom = theme->panel - theme_mm(theme, 9, 4);
    float room = bottom - way_end - theme_mm(theme, reach ? 8 : 4, 2);
    bool large = theme->options.text != TEXT_NORMAL;
    float side = theme_mm(theme, reach ? 132 : large ? 56 : 46, 18);
    side = fminf(side, fminf(room, theme->width_mm * 0.4F));
    float x = theme->margin;
    float gap = theme_mm(theme, reach ? 12 : 9, 4);
    if (plate) {
        plate->picture_mm = side - 2 * side * (reach ? 10.0F / 132 : 4.0F / 46);
        x += side + gap;
    }
    struct box text = {x, 0, theme->width_mm - x - theme->margin, room};
    float height = fit_title(title, theme, text, reach ? 4 : 2);
    float block = fmaxf(plate ? side : 0, height);
    float centre = reach ? way_end + (bottom - way_end) / 2 : bottom - block / 2;
    if (plate)
        plate->box = (struct box){theme->margin, centre - side / 2, side, side};
    text.y = centre - height / 2;
    text.height = height;
    title->box = text;
}

static void place_beside(struct element *plate, struct element *title, const struct theme *theme,
                         float way_end)
{
    float x = theme->panel_pad, width = theme->panel - 2 * x, gap = theme_mm(theme, 9, 4);
    float top = way_end + theme_mm(theme, 6, 3);
    float bottom = theme->height_mm - theme->bar - theme_mm(theme, 12, 4);
    float side = plate ? theme_mm(theme, 112, 24) : 0;
    float least = plate ? side * 0.45F : 0;
    struct box room = {x, 0, width, bottom - top - least - gap};
    float height = fit_title(title, theme, room, 5);
    side = fminf(side, bottom - top - gap - height);
    float y = top + (bottom - top - side - (plate ? gap : 0) - height) / 2;
    if (plate) {
        plate->box = (struct box){x, y, width, side};
        plate->picture_mm = fminf(side * 98 / 112, width - 8);
        y += side + gap;
    }
    title->box = (struct box){x, y, width, height};
}

void layout_question(struct element_list *list, const struct theme *theme, const struct question *question)
{
    struct element *panel = element_add(list, "question.panel", ROLE_PICTURE, LOOK_PANEL);
    float panel_width = theme->panel_beside ? theme->panel : theme->width_mm;
    float panel_height = theme->panel_beside ? theme->height_mm - theme->bar : theme->panel;
    panel->box = (struct box){0, 0, panel_width, panel_height};
    float way_y = theme_mm(theme, theme->panel_beside ? 12 : 10, 4), way_end = way_y;
    if (question->stops > 0) {
        struct element *way = element_add(list, "question.way", ROLE_PROGRESS, LOOK_WAY);
        way->box = (struct box){theme->panel_pad, way_y, panel_width - 2 * theme->panel_pad,
                                theme_mm(theme, WAY_HEIGHT, 8)};
        way->value = (int16_t)question->stop;
        way->of = (int16_t)question->stops;
        way_end = way_y + way->box.height;
    }
    bool picture = question->pictogram && *question->pictogram;
    unsigned at = list->count;
    if (picture) {
        struct element *plate = element_add(list, "question.picture", ROLE_PICTURE, LOOK_PLATE);
        (void)text_copy(plate->pictogram, sizeof plate->pictogram, question->pictogram);
    }
    struct element *title = element_add(list, "question", ROLE_TITLE, LOOK_TITLE);
    (void)text_copy(title->label, sizeof title->label, question->title);
    (void)text_copy(title->second, sizeof title->second, question->second ? question->second : "");
    (void)text_copy(title->spoken, sizeof title->spoken, question->spoken ? question->spoken : "");
    (void)text_copy(title->voice, sizeof title->voice, question->voice ? question->voice : "");
    struct element *plate = picture ? &list->elements[at] : NULL;
    if (theme->panel_beside)
        place_beside(plate, title, theme, way_end);
    else
        place_above(plate, title, theme, way_end);
}

// ---- the bar
enum place {
    PLACE_BACK,
    PLACE_STOP,
    PLACE_HELP,
    PLACE_SPEAK,
    PLACE_TEXT,
    PLACE_CONTRAST,
    PLACE_REACH,
    PLACES
};

static const struct {
    const char *id, *pictogram;
    int group; // groups stand apart
} tools[PLACES] = {
    [PLACE_BACK] = {"bar.back", "back", 0},      [PLACE_STOP] = {"bar.stop", "stop", 0},
    [PLACE_HELP] = {"bar.help", "help", 1},      [PLACE_SPEAK] = {"bar.speak", "speak", 1},
    [PLACE_TEXT] = {"bar.text", "text-size", 2}, [PLACE_CONTRAST] = {"bar.contrast", "contrast", 2},
    [PLACE_REACH] = {"bar.reach", "reach", 2},
};

#define FIRST_ROW 4 // tools in the first of two rows

// A tool that this panel does not offer leaves no hole: the others share its row. Back and stop keep their
// place also where the town stands in it.
static struct box tool_box(const struct theme *theme, const char *const words[PLACES], int place)
{
    bool two = theme->bar_rows == 2;
    int first = two && place >= FIRST_ROW ? FIRST_ROW : 0, end = two && first == 0 ? FIRST_ROW : PLACES;
    int count = 0, before = 0, groups = 0, group = 0;
    for (int i = first; i < end; i++) {
        if (words[i] == NULL && i > PLACE_STOP)
            continue;
        count++;
        before += i < place;
        groups = two ? 0 : tools[i].group;
        group = two ? 0 : tools[place].group;
    }
    float apart = theme->group_gap - theme->tool_gap;
    float room = theme->width_mm - 2 * theme->bar_margin - (float)groups * apart;
    float width = (room - (float)(count - 1) * theme->tool_gap) / (float)count;
    float y = theme->height_mm - theme->bar + theme->bar_pad;
    return (struct box){theme->bar_margin + (float)before * (width + theme->tool_gap) + (float)group * apart,
                        y + (first > 0 ? theme->tool_height + theme->tool_gap : 0), width,
                        theme->tool_height};
}

static void add_tool(struct element_list *list, const struct theme *theme, const char *const words[PLACES],
                     int place, bool chosen)
{
    const char *word = words[place];
    if (!word)
        return;
    struct element *tool = element_add(list, tools[place].id, ROLE_TOOL, LOOK_TOOL);
    (void)text_copy(tool->label, sizeof tool->label, word);
    (void)text_copy(tool->pictogram, sizeof tool->pictogram, tools[place].pictogram);
    (void)text_print(tool->voice, sizeof tool->voice, "%s", tools[place].id);
    tool->box = tool_box(theme, words, place);
    tool->chosen = chosen;
    tool->picture_mm = theme->tool_picture;
    float side = theme->tool_beside ? theme->tool_picture + theme_mm(theme, 4, 2) + 2 : 0;
    struct fit fit = {
        theme->label, theme->least, tool->box.width - 2 * theme->border - side, 0, LINE_LABEL, 1, true};
    unsigned lines = 0;
    tool->size_mm = parts_fit(theme, word, "", &fit, &lines);
    tool->lines = 1;
}

static void add_town(struct element_list *list, const struct theme *theme, const char *const words[PLACES],
                     const char *name, const char *shield)
{
    struct element *town = element_add(list, "bar.town", ROLE_TEXT, LOOK_TOWN);
    (void)text_copy(town->label, sizeof town->label, name);
    (void)text_copy(town->pictogram, sizeof town->pictogram, shield != NULL ? shield : "");
    struct box first = tool_box(theme, words, PLACE_BACK), second = tool_box(theme, words, PLACE_STOP);
    town->box = (struct box){first.x, first.y, second.x + second.width - first.x, first.height};
    town->picture_mm = fminf(theme_mm(theme, 25, 12), first.height - 2);
    struct parts parts;
    parts_of(town, theme, &parts);
    unsigned most = theme->options.text == TEXT_NORMAL ? 2 : 3; // larger letters keep their size
    struct fit fit = {theme->label, theme->least, parts.text.width, first.height, 1.2F, most, true};
    unsigned lines = 0;
    town->size_mm = parts_fit(theme, name, "", &fit, &lines);
    while (lines == 0 && town->picture_mm > 5) { // the name before the shield
        town->picture_mm *= 0.7F;
        parts_of(town, theme, &parts);
        fit.width = parts.text.width;
        town->size_mm = parts_fit(theme, name, "", &fit, &lines);
    }
    town->lines = (int16_t)lines;
}

void layout_bar(struct element_list *list, const struct theme *theme, const struct bar *bar)
{
    const struct theme_options *on = &theme->options;
    struct element *ground = element_add(list, "bar", ROLE_PICTURE, LOOK_BAR);
    ground->box = (struct box){0, theme->height_mm - theme->bar, theme->width_mm, theme->bar};
    const char *const words[PLACES] = {bar->back, bar->stop,     bar->help, bar->speak,
                                       bar->text, bar->contrast, bar->reach};
    if (!bar->back && !bar->stop && bar->town)
        add_town(list, theme, words, bar->town, bar->shield);
    const bool chosen[PLACES] = {[PLACE_SPEAK] = bar->speaking,
                                 [PLACE_TEXT] = on->text != TEXT_NORMAL,
                                 [PLACE_CONTRAST] = on->contrast,
                                 [PLACE_REACH] = on->reach};
    for (int place = 0; place < PLACES; place++)
        add_tool(list, theme, words, place, chosen[place]);
}
