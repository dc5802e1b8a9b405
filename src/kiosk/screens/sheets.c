// The questions over a screen: are you still there, help, stop, the voice.
#include "base/memory.h"
#include "kiosk/screens/common.h"

#include "base/banned.h"

void sheet_idle(const struct view *view, struct element_list *list)
{
    unsigned first = list->count;
    put(view, list, "idle.title", ROLE_TITLE, LOOK_SHEET_TITLE, "title.idle");
    struct element *ring = element_add(list, "idle.ring", ROLE_PICTURE, LOOK_RING);
    ring->value = (int16_t)visit_seconds_left(view->world, view->visit, view->now_ms);
    ring->of = (int16_t)(view->world->countdown_ms / 1000);
    text_copy(ring->pictogram, sizeof ring->pictogram, "touch");
    put_primary(view, list, "idle.stay", "idle.stay", MARK_GO, true);
    put_plain(view, list, "idle.stop", "idle.stop", "stop");
    layout_sheet(list, view->theme, first);
}

void sheet_help(const struct view *view, struct element_list *list)
{
    unsigned first = list->count;
    put(view, list, "help.title", ROLE_TITLE, LOOK_SHEET_TITLE, "title.help");
    put_picture(view, list, "help.touch", ROLE_TEXT, LOOK_POINT, "help.touch", "touch");
    put_picture(view, list, "help.back", ROLE_TEXT, LOOK_POINT, "help.back", "back");
    if (view->voice)
        put_picture(view, list, "help.speak", ROLE_TEXT, LOOK_POINT, "help.speak", "speak");
    put_picture(view, list, "help.counter", ROLE_TEXT, LOOK_POINT, "help.counter", "referred-counter");
    put_primary(view, list, "help.close", "help.close", MARK_GO, true);
    layout_sheet(list, view->theme, first);
}

void sheet_stop(const struct view *view, struct element_list *list)
{
    unsigned first = list->count;
    put(view, list, "stop.title", ROLE_TITLE, LOOK_SHEET_TITLE, "title.stop");
    put_picture(view, list, "stop.wiped", ROLE_TEXT, LOOK_POINT, "second.stop", "wiped");
    put_primary(view, list, "stop.stay", "stop.stay", MARK_GO, true);
    put_plain(view, list, "stop.go", "stop.go", "stop");
    layout_sheet(list, view->theme, first);
}

static void step(const struct view *view, struct element_list *list, const char *id, const char *pictogram,
                 bool enabled)
{
    put_picture(view, list, id, ROLE_BUTTON, LOOK_TILE, id, pictogram)->disabled = !enabled;
}

// As many buttons as a screen: it stands in the place of the one it is about.
void sheet_voice(const struct view *view, struct element_list *list)
{
    const struct visit *visit = view->visit;
    const int most = VISIT_VOICE_STEPS / 2;
    ask(view, list, "voice", "speak");
    unsigned first = list->count;
    step(view, list, "voice.again", "voice-again", true);
    step(view, list, "voice.off", "voice-off", true);
    step(view, list, "voice.slower", "voice-slower", visit->speed > -most);
    step(view, list, "voice.faster", "voice-faster", visit->speed < most);
    step(view, list, "voice.softer", "voice-softer", visit->volume > -most);
    step(view, list, "voice.louder", "voice-louder", visit->volume < most);
    put_primary(view, list, "voice.close", "voice.close", MARK_GO, true);
    layout_answers(list, view->theme, first);
}
