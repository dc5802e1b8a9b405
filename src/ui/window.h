// The window: only window*.c see events of SDL. Translates touch (first finger, mouse), keypad, scanner and
// posted events; paints on the window surface and updates only changed rectangles; sleeps in the event queue.
// Screen thread only, but for window_post.
#ifndef WEGWIJS_UI_WINDOW_H
#define WEGWIJS_UI_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "ui/element.h"
#include "ui/focus.h"
#include "ui/theme.h"

#define UI_TEXT_SIZE 512

enum ui_event_kind {
    UI_NONE,      // time-out
    UI_ACTIVATED, // id: an element was touched and released, or chosen by key
    UI_FOCUSED,   // id: the four keys moved here; announce it
    UI_TOUCHED,   // id: a finger came down on it (speech on touch; any touch interrupts speech). id may be ""
    UI_BACK,      // the keypad's back key
    UI_SCANNED,   // text: what a scanner typed
    UI_POSTED,    // code, data: from window_post
    UI_RESIZED,   // the window has another size: make a new theme, show again
    UI_CLOSE      // asked to end (a signal, or the window's close button when that is allowed)
};

struct ui_event {
    enum ui_event_kind kind;
    char id[ELEMENT_ID_SIZE];
    char text[UI_TEXT_SIZE];
    int code;
    void *data;
};

struct window_options {
    const char *title;
    int width_px, height_px; // 0: the screen's size
    bool fullscreen;         // borderless, over the whole screen
    bool kiosk;              // close requests are swallowed, the pointer is hidden
    bool hide_pointer;
    int rotate;          // 0, 90, 180, 270 degrees clockwise
    const char *keys[4]; // SDL key names for previous, next, choose, back; NULL: F1 F2 F3 F4 / arrows
};

struct window;
// Tells SDL and Xlib how we want them, through the surroundings: before window_open, and before any other
// thread runs, for one that reads its surroundings while they change may find anything there, or crash.
void window_prepare(void);
// Starts SDL's video. ERROR_UNAVAILABLE without a display. *window is NULL on failure.
int window_open(struct window **window, const struct window_options *options, struct error *error);
void window_close(struct window *window);
void window_size(const struct window *window, int *width_px, int *height_px);
// Shows this list (copied, with payloads): applies touched and focused states of this window, paints what
// changed. Another `screen` name, or a veil that came or went, counts as a screen change for the
// double-strike guard.
void window_show(struct window *window, const struct element_list *list, const struct theme *theme);
// Makes ready what painting that element will need, and paints nothing: for a list that may be shown soon.
void window_warm(struct window *window, const struct element_list *list, const struct theme *theme,
                 unsigned index);
// Waits until there is an event for the program, at most timeout_ms (negative: forever), and repaints
// feedback by itself meanwhile. False on time-out (kind UI_NONE).
bool window_wait(struct window *window, int64_t timeout_ms, struct ui_event *event);
// From any thread: wakes window_wait with UI_POSTED. `data` is the receiver's. False when the queue is full.
bool window_post(int code, void *data);
void window_focus_clear(struct window *window); // a new visit: the keys' focus goes away

// ---- for scripts: real input events through SDL's queue
bool window_push_tap(struct window *window,
                     const char *id); // press and release in the middle; false: not there
bool window_push_key(struct window *window, enum focus_key key);
void window_push_scan(struct window *window, const char *text); // key by key, ending in Enter
// Whether input that was pushed is still on its way: a script's next step waits for it.
bool window_busy(const struct window *window);
const struct element_list *
window_list(const struct window *window); // what is shown; borrowed until next show
// What the screen shows, as PNG.
int window_shot(struct window *window, const char *path, struct error *error);
// Time stamps for benchmarks: SDL performance counter of the last input event and the end of the last update.
void window_latency(const struct window *window, uint64_t *input, uint64_t *shown);
#endif
