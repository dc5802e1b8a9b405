// What screens share: texts into elements, the question, days and hours in words. Screen thread only.
#ifndef WEGWIJS_KIOSK_SCREENS_COMMON_H
#define WEGWIJS_KIOSK_SCREENS_COMMON_H

#include "kiosk/screens/screens.h"
#include "ui/layout.h"

const char *say(const struct view *view, const char *key); // the text of lang/nl.po

// An element whose label is the text `key`, spoken by "spoken.<key>" when that exists, recorded as `key`.
struct element *put(const struct view *view, struct element_list *list, const char *id,
                    enum element_role role, enum element_look look, const char *key);
// The same with a pictogram.
struct element *put_picture(const struct view *view, struct element_list *list, const char *id,
                            enum element_role role, enum element_look look, const char *key,
                            const char *pictogram);
void put_primary(const struct view *view, struct element_list *list, const char *id, const char *key,
                 enum element_mark mark, bool enabled);
void put_plain(const struct view *view, struct element_list *list, const char *id, const char *key,
               const char *pictogram);

// The panel with the question "title.<name>", its second line "second.<name>" when that exists.
void ask(const struct view *view, struct element_list *list, const char *name, const char *pictogram);
// The same with texts that are filled already. `second` may be NULL.
void ask_text(const struct view *view, struct element_list *list, const char *key, const char *title,
              const char *second, const char *pictogram);

// "9.30 uur", "dinsdag 24 november", and how they are said.
void hour_text(const struct view *view, int minute, char *out, size_t size);
void hour_spoken(const struct view *view, int minute, char *out, size_t size);
void day_text(const struct view *view, int32_t day, char *out, size_t size);

// The three facts of an appointment: leaf, clock, and place.
void put_leaf(const struct view *view, struct element_list *list, const char *id, int32_t day);
void put_clock(const struct view *view, struct element_list *list, const char *id, int minute);
void put_place(const struct view *view, struct element_list *list);

// The screens, by family.
void screen_start(const struct view *view, struct element_list *list);
void screen_checkin(const struct view *view, struct element_list *list);
void screen_language(const struct view *view, struct element_list *list);
void screen_explanation(const struct view *view, struct element_list *list);
void screen_indicator(const struct view *view, struct element_list *list);
void screen_topics(const struct view *view, struct element_list *list);
void screen_referred(const struct view *view, struct element_list *list);
void screen_privacy(const struct view *view, struct element_list *list);
void screen_privacy_more(const struct view *view, struct element_list *list);
void screen_name(const struct view *view, struct element_list *list);
void screen_phone(const struct view *view, struct element_list *list);
void screen_phone_check(const struct view *view, struct element_list *list);
void screen_slot(const struct view *view, struct element_list *list);
void screen_callback(const struct view *view, struct element_list *list);
void screen_check(const struct view *view, struct element_list *list);
void screen_slip(const struct view *view, struct element_list *list);
void screen_goodbye(const struct view *view, struct element_list *list);
void screen_busy(const struct view *view, struct element_list *list);
void screen_failed(const struct view *view, struct element_list *list);
void screen_pin(const struct view *view, struct element_list *list);
void screen_staff(const struct view *view, struct element_list *list);
void screen_staff_status(const struct view *view, struct element_list *list);
void screen_reprint(const struct view *view, struct element_list *list);

// The code that is typed, its keys, and checkin.next; what a code that is not found says.
void code_keys(const struct view *view, struct element_list *list, const char *name);
void code_lost(const struct view *view, struct element_list *list);

// The question over a screen.
void sheet_idle(const struct view *view, struct element_list *list);
void sheet_help(const struct view *view, struct element_list *list);
void sheet_stop(const struct view *view, struct element_list *list);
void sheet_voice(const struct view *view, struct element_list *list);

#endif
