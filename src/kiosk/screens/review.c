// Is everything right? Each line a touch away from correction.
#include "base/memory.h"
#include "base/utf8.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

#define LINES_MAX 24
#define NAME_LONG 20 // characters

struct line {
    char id[ELEMENT_ID_SIZE], label[ELEMENT_LABEL_SIZE], second[ELEMENT_LABEL_SIZE];
    const char *pictogram, *pictogram_second, *glyph, *language, *script;
    bool is_private;
};
struct lines {
    struct line all[LINES_MAX];
    unsigned count;
};

static struct line *add(struct lines *lines, const char *id, const char *label, const char *pictogram)
{
    if (lines->count == LINES_MAX)
        return &lines->all[LINES_MAX - 1];
    struct line *line = &lines->all[lines->count++];
    *line = (struct line){.pictogram = pictogram};
    text_copy(line->id, sizeof line->id, id);
    text_copy(line->label, sizeof line->label, label);
    return line;
}

static void add_person(const struct view *view, struct lines *lines)
{
    const struct booking *booking = &view->visit->booking;
    struct line *name = add(lines, "check.name", "", "name-first");
    text_print(name->label, sizeof name->label, "%s%s%s", booking->first_name,
               booking->first_name[0] != '\0' && booking->last_name[0] != '\0' ? " " : "",
               booking->last_name);
    name->is_private = true;
    char grouped[PHONE_GROUPED_SIZE];
    phone_group(booking->phone, grouped);
    bool phone = booking->phone[0] != '\0';
    add(lines, "check.phone", phone ? grouped : say(view, "check.phone.none"), phone ? "phone" : "phone-none")
        ->is_private = phone;
    memory_wipe(grouped, sizeof grouped);
}

static void add_language(const struct view *view, struct lines *lines)
{
    const struct town_language *language = town_language(view->world->town, view->visit->booking.language);
    struct line *line =
        add(lines, "check.language", language != NULL ? language->endonym : say(view, "language.other"),
            language != NULL ? "language" : "language-other");
    if (language != NULL) {
        line->glyph = language->letter;
        line->language = language->voice != NULL ? language->voice : language->code;
        line->script = language->script;
    }
}

static void add_answers(const struct view *view, struct lines *lines)
{
    const struct town *town = view->world->town;
    const struct booking *booking = &view->visit->booking;
    for (unsigned i = 0; i < town->indicators_count; i++) {
        const struct town_indicator *indicator = &town->indicators[i];
        const char *given = booking_answer(booking, indicator->id);
        const struct town_answer *answer = town_answer(indicator, given);
        if (answer == NULL || !town_asks(town, indicator, booking))
            continue;
        char id[ELEMENT_ID_SIZE];
        text_print(id, sizeof id, "check.%s", indicator->id);
        add(lines, id, catalog_getf(view->texts, "check.%s.%s", indicator->id, given), answer->pictogram);
    }
}

static void add_referred(const struct view *view, struct lines *lines)
{
    const char *given = view->visit->booking.referred;
    const struct town_referrer *referrer = town_referrer(view->world->town, given);
    add(lines, "check.referred",
        referrer != NULL ? catalog_getf(view->texts, "referred.%s", given) : say(view, "check.referred.none"),
        referrer != NULL ? referrer->pictogram : "referred");
}

// Two topics a line.
static void add_topics(const struct view *view, struct lines *lines)
{
    const struct booking *booking = &view->visit->booking;
    for (unsigned i = 0; i < booking->topic_count; i += 2) {
        char id[ELEMENT_ID_SIZE];
        text_copy(id, sizeof id, "check.topics");
        if (i > 0)
            text_print(id, sizeof id, "check.topics.%u", i / 2);
        const struct town_topic *one = town_topic(view->world->town, booking->topics[i]);
        const struct town_topic *two =
            i + 1 < booking->topic_count ? town_topic(view->world->town, booking->topics[i + 1]) : NULL;
        struct line *line = add(lines, id, catalog_getf(view->texts, "topic.%s", booking->topics[i]),
                                one != NULL ? one->pictogram : "talk");
        if (two == NULL)
            continue;
        text_copy(line->second, sizeof line->second, catalog_getf(view->texts, "topic.%s", two->id));
        line->pictogram_second = two->pictogram;
    }
}

static void put_line(struct element_list *list, const struct line *line)
{
    struct element *element = element_add(list, line->id, ROLE_BUTTON, LOOK_LINE);
    text_copy(element->label, sizeof element->label, line->label);
    text_copy(element->second, sizeof element->second, line->second);
    text_copy(element->pictogram, sizeof element->pictogram, line->pictogram);
    text_copy(element->pictogram_second, sizeof element->pictogram_second,
              line->pictogram_second != NULL ? line->pictogram_second : "");
    text_copy(element->glyph, sizeof element->glyph, line->glyph != NULL ? line->glyph : "");
    text_copy(element->language, sizeof element->language, line->language != NULL ? line->language : "");
    text_copy(element->script, sizeof element->script, line->script != NULL ? line->script : "");
    element->is_private = line->is_private;
}

static void put_hero(const struct view *view, struct element_list *list)
{
    const struct booking *booking = &view->visit->booking;
    struct moment start = booking->slot.start;
    struct element *hero = element_add(list, "check.slot", ROLE_BUTTON, LOOK_HERO);
    hero->day = start.day;
    hero->minute = start.minute;
    text_copy(hero->label, sizeof hero->label, catalog_getf(view->texts, "day.%d", day_weekday(start.day)));
    text_copy(hero->second, sizeof hero->second,
              catalog_getf(view->texts, "month.%d", day_civil(start.day).month));
    hour_text(view, start.minute, hero->hour_text, sizeof hero->hour_text);
    catalog_fill(hero->third, sizeof hero->third, view->guide_name[0] != '\0' ? say(view, "check.with") : "",
                 (const char *const[]){"guide", view->guide_name, NULL});
    text_copy(hero->pictogram, sizeof hero->pictogram, "guide");
    char day[64], hour[32];
    day_text(view, start.day, day, sizeof day);
    hour_spoken(view, start.minute, hour, sizeof hour);
    text_print(hero->spoken, sizeof hero->spoken, "%s, %s %s", day, hour, hero->third);
}

// ---- pages: about equally many rows on each; a line of two topics takes a whole row

struct pages {
    unsigned first[LINES_MAX + 1], count; // first line of each page, and the end
};

// Cuts into pages of so many rows. Returns the rows in all.
static unsigned cut_rows(const struct lines *lines, unsigned rows, unsigned columns, struct pages *pages)
{
    unsigned row = 0, column = 0, all = 0;
    pages->count = 0;
    pages->first[0] = 0;
    for (unsigned i = 0; i < lines->count; i++) {
        bool whole = lines->all[i].pictogram_second != NULL;
        if (column == 0 || column == columns || whole) { // a new row
            if (row == rows) {
                pages->first[++pages->count] = i;
                row = 0;
            }
            row++;
            all++;
            column = 0;
        }
        column = whole ? columns : column + 1;
    }
    pages->first[++pages->count] = lines->count;
    return all;
}

static struct pages cut_pages(const struct view *view, const struct lines *lines, bool slot)
{
    struct pages pages;
    unsigned rows = 1, columns = 1;
    layout_check_room(view->theme, slot, &rows, &columns);
    unsigned all = cut_rows(lines, rows, columns, &pages);
    if (pages.count > 1)
        (void)cut_rows(lines, (all + pages.count - 1) / pages.count, columns, &pages);
    return pages;
}

void screen_check(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    bool wait = visit->wait == WAIT_BOOK, slot = visit->booking.kind == BOOKING_SLOT;
    struct lines lines = {.count = 0};
    if (!slot)
        add(&lines, "check.slot", say(view, "check.callback"), "callback");
    add_person(view, &lines);
    add_language(view, &lines);
    add_answers(view, &lines);
    add_referred(view, &lines);
    add_topics(view, &lines);
    struct pages pages = cut_pages(view, &lines, slot);
    unsigned page = visit->page % pages.count;
    ask(view, list, "check", "check");
    unsigned first = list->count;
    if (slot)
        put_hero(view, list);
    for (unsigned i = pages.first[page]; i < pages.first[page + 1]; i++)
        put_line(list, &lines.all[i]);
    if (pages.count > 1)
        put_plain(view, list, "list.more", "button.more", "list-more");
    put_primary(view, list, "check.confirm", wait ? "check.wait" : "check.confirm",
                wait ? MARK_BUSY : MARK_DONE, !wait);
    layout_check(list, view->theme, first);
    memory_wipe(&lines, sizeof lines);
}
