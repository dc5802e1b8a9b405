// What the parts of the shell share. Included by shell*.c only. Screen thread, but for the two functions that
// hand answers over.
#ifndef WEGWIJS_KIOSK_SHELL_INNER_H
#define WEGWIJS_KIOSK_SHELL_INNER_H

#include "booking/vevent.h"
#include "kiosk/configuration.h"
#include "kiosk/link.h"
#include "kiosk/print_setup.h"
#include "kiosk/print_worker.h"
#include "kiosk/screens/screens.h"
#include "kiosk/shell.h"
#include "kiosk/staff.h"
#include "kiosk/status.h"
#include "kiosk/visit.h"
#include "ui/element.h"
#include "ui/script.h"
#include "ui/speech.h"
#include "ui/theme.h"
#include "ui/window.h"

enum shell_post {
    POST_LINK,
    POST_PRINT,
    POST_VOICE,
    POST_STAFF,
    POST_CONFIGURATION,
    POST_OFFER,
    POST_QUIT
}; // codes of window_post

#define SHELL_HISTORY 1024 // confirmations remembered for the limits
#define SHELL_READ_SIZE 4096

struct shell_script {
    bool on, ended;
    int file;
    const char *name;
    unsigned line;
    char buffer[SHELL_READ_SIZE];
    size_t length;
    bool eof;
    struct script_runner runner;
};

// What is made ready for the screens that may come next.
struct shell_warm {
    struct element_list list;  // of one of them; empty between two
    unsigned at, way, screens; // the next element of the list; the next of this screen; how many screens
    bool wanted;
    int64_t from_ms; // not before
};

struct shell {
    const struct shell_options *options;
    struct window *window;
    struct link *link;
    struct print_worker *printer;
    struct speech *speech;
    struct staff *staff;   // NULL: no staff page
    struct status *status; // NULL when it could not be started
    struct status_facts facts;
    bool visited;       // the present visit is counted as the last
    bool dark;          // nobody is here, and it is an hour at which the screen is off
    int64_t stirred_ms; // when somebody was here last
    struct visit_world world;
    struct visit visit;
    struct theme theme;
    struct element_list list;
    struct shell_script script;
    bool dirty, done, shown, keypad;
    bool again;          // done, to start anew
    struct watch *watch; // of the configuration; NULL: none
    bool changed;        // a good configuration waits for the end of this visit
    struct print_setup printer_setup;
    struct raster slip; // as painted last; stays until the next one, for a list may still show it
    struct element_raster slip_view;
    bool slip_shown;
    int64_t silent_ms; // when an agenda that never answered counts as off line
    int64_t screen_ms; // since when this screen is shown
    char payload[VEVENT_MAX + 1], guide_name[64], spare_code[CODE_SIZE];
    int64_t booked_ms[SHELL_HISTORY]; // a ring
    unsigned booked_count;
    struct shell_warm warm;
    struct shell_ahead *ahead;     // while the window opens; else NULL
    struct shell_measure *measure; // until it is known what may be offered; else NULL
    struct error error;            // why it ended, code 0 when well
};

// shell.c
void shell_step(struct shell *shell, const struct visit_event *event); // with its effects
void shell_refresh(struct shell *shell);
struct theme_options shell_theme_options(const struct shell *shell); // but for the window's size
void shell_view(const struct shell *shell, const struct visit *visit, struct view *view);
void shell_drain(struct shell *shell); // every input that waits in the queue

// shell_dark.c: the hours at which a screen that nobody uses is black.
bool shell_dark_hours(const struct shell *shell); // the configuration names some
void shell_darken(struct shell *shell);           // when it is time, or no longer
bool shell_wake(struct shell *shell);             // by any input; true: it was dark, the input only woke it

// shell_effects.c
int shell_start_workers(struct shell *shell, struct error *error);
void shell_stop_workers(struct shell *shell);
void shell_perform(struct shell *shell, const struct visit_effects *effects);
void shell_posted(struct shell *shell, int code, void *data);
void shell_count_bookings(struct shell *shell);

// shell_staff.c
int shell_start_staff(struct shell *shell, struct error *error);
void shell_perform_staff(struct shell *shell, const struct visit_effects *effects);
void shell_on_staff(struct shell *shell, const struct staff_answer *answer);

// shell_change.c
void shell_start_watch(struct shell *shell);
void shell_on_configuration(struct shell *shell, const struct configuration_news *news);
void shell_take_over(struct shell *shell); // when a new configuration waits and nobody is here

// shell_status.c
void shell_start_status(struct shell *shell);
void shell_report(struct shell *shell); // for monitoring and the agenda, when something changed

// shell_voice.c
void shell_say_element(struct shell *shell, const char *id);
void shell_say_screen(struct shell *shell, bool with_private);
void shell_add_element(struct shell *shell, const char *id); // after what is being said
void shell_say_moment(struct shell *shell); // day and hour of the booking: what a slip would have told
void shell_say_keys(struct shell *shell);   // how the four keys work
// What the question said, and, when a choice left the screen as it was, what is different now.
void shell_keep_title(const struct shell *shell, char *out, size_t size);
void shell_say_change(struct shell *shell, const char *id, const char *title_before);

// shell_warm.c
// What the first picture takes to draw is drawn while the window opens; over before it is painted.
void shell_draw_ahead(struct shell *shell);
void shell_drawn_ahead(struct shell *shell);
// Larger letters and reach mode only where this screen holds them: measured behind the first picture, beside
// the loop; a script, which would see the difference, waits for it.
void shell_measure(struct shell *shell);
void shell_measured(struct shell *shell);              // waits for it, and takes it
void shell_warm_again(struct shell *shell);            // another screen is shown
int64_t shell_warm_next_ms(const struct shell *shell); // until the next step; -1: all is warm
bool shell_warm_step(struct shell *shell);             // one element of a list that may come

// shell_script.c
int shell_script_open(struct shell *shell, const char *path, struct error *error);
void shell_script_close(struct shell *shell);
int64_t shell_script_advance(struct shell *shell); // ms until it wants to go on; -1: not at all

#endif
