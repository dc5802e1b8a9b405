// The window's inside, for window.c (surface, painting, waiting), window_input.c (fingers, keys, scanner) and
// window_script.c (input made by scripts). Screen thread only.
#ifndef WEGWIJS_UI_WINDOW_INNER_H
#define WEGWIJS_UI_WINDOW_INNER_H

#include <SDL.h>

#include "ui/paint.h"
#include "ui/press.h"
#include "ui/wayland.h"
#include "ui/window.h"

#define WINDOW_SCAN_GAP_MS 120 // a scanner types faster than this between two characters
#define WINDOW_PAYLOADS 4
#define WINDOW_PAYLOAD_SIZE 1024
#define WINDOW_KEY_NAMES 6

struct window {
    SDL_Window *handle;
    SDL_Surface *surface;    // the window's own
    struct wayland *wayland; // whose surface it is then; or NULL
    SDL_Surface *shadow;     // what is painted on, when the surface is turned or has another format; or NULL
    struct window_options options;
    struct painter *painter;
    struct element_list list;
    struct theme theme;
    char payloads[WINDOW_PAYLOADS][WINDOW_PAYLOAD_SIZE];
    bool has_list;
    struct press press;
    struct focus focus;
    SDL_FingerID finger; // the one that counts
    bool has_finger;
    int64_t finger_ms;       // since when it is down
    enum focus_key last_key; // of the keypad
    char scan[UI_TEXT_SIZE];
    size_t scan_length;
    Uint64 scan_ms; // last character
    bool scan_ended;
    SDL_Scancode keys[4][WINDOW_KEY_NAMES];
    Uint64 input, shown;
};

extern Uint32 window_posted_event; // SDL's number for window_post

SDL_Surface *window_painted(const struct window *window); // the surface to paint on
int window_take_surface(struct window *window, struct error *error);
void window_paint(struct window *window);
void window_apply_states(struct window *window);
// One event of SDL's as one of ours; false when it is not for the program.
bool window_translate(struct window *window, const SDL_Event *raw, struct ui_event *event);
bool window_take_scan(struct window *window, struct ui_event *event); // a scan that is complete

#endif
