// The visit: a pure state machine. No SDL, no file, no clock: visit_step takes an event and the time and
// gives effects; the shell performs them, and their results return as events. Screen thread only.
//
//            start.begin                                                     start.checkin, scan
//   START ─────────────> LANGUAGE                                    START ─────────────────────> CHECKIN
//     │ too many bookings    │ language.*                                          checkin.next, scan │ ↺
//     v                      v                                              VISIT_CHECKED: found, unknown,
//   BUSY                 EXPLANATION ─ explanation.go                       off line; checkin.done ──> START
//                            v
//      ┌──> INDICATOR 0 … n (those that town_asks) ─ indicator.*.*
//      │                     v
//      │                  TOPICS ─ topics.next ─> REFERRED ─ referred.* ─> PRIVACY ─ privacy.go ─> NAME
//      │                                                          privacy.more ⇅                    │
//      name.next │                                                         PRIVACY_MORE v │   CALLBACK <─
//      slot.none ─ SLOT <──────────────────── looks right ── PHONE ─ phone.next, phone.none │      │
//      callback.go         │ slot.*: LEASE                            └ odd number ─> PHONE_CHECK ─> SLOT │
//      v                     │ VISIT_TAKEN: stays, list asked again └─── CHECK <─────────────────┘
//      VISIT_LEASED
//   check.<line>│ ^               check.confirm: BOOK
//   (correcting)│ └ the answer; asks what the change makes missing, first
//               v
//         VISIT_BOOKED: PRINT ─> SLIP(printing ─> printed | no paper | unknown) ─ slip.done ─> GOODBYE ─>
//         wiped VISIT_BOOK_FAILED ─> FAILED ─ failed.again ─> CHECK
//
// Staff, only where world.staff: five touches on bar.town within 5 s
//   START ──> PIN ─ pin.open: PIN, VISIT_PIN good ──> STAFF ─ staff.status ─> STAFF_STATUS
//              │ pin.close, bar.back ──> START           │ staff.test: TEST_SLIP, VISIT_PRINTED: stays
//   START <── wiped ── staff.close, staff.restart ────┘ │ staff.reprint, scan ─> REPRINT ─ found,
//                                                       <──────────────────────── reprint.print: REPRINT
//
// Over every screen but START: STOP? (bar.stop), HELP, VOICE, and after world.idle_ms without a touch IDLE?
// for world.countdown_ms; then, or by idle.stop and stop.go: wiped, a lease given back. A visit is booked
// when VISIT_BOOKED came; from there on nothing is given back.
#ifndef WEGWIJS_KIOSK_VISIT_H
#define WEGWIJS_KIOSK_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "booking/booking.h"
#include "booking/town.h"
#include "ui/keyboard.h"

#define VISIT_OFFER_MAX 192 // slots offered at once
#define VISIT_TYPED_SIZE 24 // bytes of a typed phone number or code
#define VISIT_ID_SIZE 48    // an element's id (ELEMENT_ID_SIZE)
#define VISIT_NAME_MAX 40   // characters of a name
#define VISIT_VOICE_STEPS 5
#define VISIT_PIN_SIZE 9    // bytes of a typed PIN
#define VISIT_KNOCKS 5      // touches on the town's name that open the staff page's door,
#define VISIT_KNOCK_MS 5000 // within this time

enum visit_screen {
    SCREEN_START,
    SCREEN_CHECKIN,
    SCREEN_LANGUAGE,
    SCREEN_EXPLANATION,
    SCREEN_INDICATOR, // which one: visit.indicator
    SCREEN_TOPICS,
    SCREEN_REFERRED,
    SCREEN_PRIVACY,
    SCREEN_PRIVACY_MORE,
    SCREEN_NAME,
    SCREEN_PHONE,
    SCREEN_PHONE_CHECK,
    SCREEN_SLOT,
    SCREEN_CALLBACK,
    SCREEN_CHECK,
    SCREEN_SLIP,
    SCREEN_GOODBYE,
    SCREEN_BUSY,   // the limit of an hour or a day is reached
    SCREEN_FAILED, // nothing was booked
    SCREEN_PIN,    // the door of the staff page
    SCREEN_STAFF,
    SCREEN_STAFF_STATUS,
    SCREEN_REPRINT, // a slip again, by its code
    SCREENS
};

enum visit_overlay { OVERLAY_NONE, OVERLAY_IDLE, OVERLAY_HELP, OVERLAY_STOP, OVERLAY_VOICE };
enum visit_wait { WAIT_NOTHING, WAIT_LEASE, WAIT_BOOK, WAIT_CHECK, WAIT_PIN };
enum visit_slip { SLIP_PRINTING, SLIP_PRINTED, SLIP_NO_PAPER, SLIP_UNKNOWN };
enum visit_pin { PIN_ASKED, PIN_WRONG, PIN_PAUSE };
enum visit_staff_slip { STAFF_SLIP_NONE, STAFF_SLIP_PRINTING, STAFF_SLIP_PRINTED, STAFF_SLIP_FAILED };
enum visit_found { FOUND_NOTHING, FOUND_TALK, FOUND_UNKNOWN, FOUND_OFFLINE };

// What the visit may know of the world around it. Set by the shell before each step.
struct visit_world {
    const struct town *town;
    struct moment now;                   // the wall clock
    int64_t idle_ms, countdown_ms;       // 60 000, 20 000
    unsigned text_steps;                 // that this screen can hold, 1 to 3; 0: all
    bool no_reach;                       // all of this screen is within reach, or too little of it
    int64_t goodbye_ms;                  // how long the last screen stays: 20 000
    int64_t print_ms;                    // after this without an answer the outcome is unknown: 10 000
    unsigned booked_hour, booked_day;    // confirmed here
    unsigned limit_hour, limit_day;      // 0: no limit
    bool full;                           // the agenda gives this kiosk no more for now
    bool abc;                            // order of the keyboard at the beginning
    bool printer_works, paper_low, link; // for the start screen and for words
    int64_t offline_since;               // UTC, 0 when on line
    bool staff;                          // there is a PIN, so there is a staff page
    bool refused;                        // a changed configuration was refused: the old one stays
};

struct visit {
    enum visit_screen screen;
    enum visit_overlay overlay;
    enum visit_wait wait;
    unsigned indicator;      // of town->indicators, on SCREEN_INDICATOR
    unsigned page;           // of lists; screens wrap it to what there is
    bool correcting;         // came from the check; before is what back restores
    bool seen[SCREENS];      // answered at least once, also by skipping
    bool booked;             // durable: nothing is given back from here on
    bool taken;              // says that the chosen moment was just given away
    bool leased;             // booking.slot is ours
    bool last_name;          // the second name field is active
    bool phone_for_callback; // the phone screen leads back to the call-back question
    struct booking booking, before;
    struct keyboard keyboard;
    char phone[VISIT_TYPED_SIZE]; // as typed
    char code[VISIT_TYPED_SIZE];  // check-in, as typed
    struct slot offer[VISIT_OFFER_MAX];
    unsigned offer_count;
    bool offered; // an answer came, even if empty
    struct slot wanted;
    uint32_t request; // of the last lease, book or check
    enum visit_slip slip;
    enum visit_found found;
    struct moment found_start;
    char found_guide[SLOT_GUIDE_SIZE];
    unsigned knocks; // on the start screen
    int64_t knock_ms;
    char pin[VISIT_PIN_SIZE]; // as typed
    enum visit_pin pin_state;
    unsigned pin_wait_s;
    enum visit_staff_slip staff_slip;                   // of the last slip that staff asked for
    int64_t touched_ms, waiting_ms, screen_ms, idle_ms; // since when
    // how the screen is shown; back to these zeros with every visit
    unsigned text; // enum text_step
    bool contrast, reach, speaking;
    int speed, volume; // steps from the default
};

enum visit_event_kind {
    VISIT_TOUCH,  // id
    VISIT_BACK,   // the keypad's back key
    VISIT_AWAKE,  // somebody is there, but chose nothing; id: what the finger is on, "" for nothing
    VISIT_SCAN,   // text
    VISIT_TICK,   // time passed
    VISIT_OFFER,  // answer to an offer effect, slots sorted by slot_compare
    VISIT_MOVED,  // what can be offered changed
    VISIT_LEASED, // slot (with minutes) and code
    VISIT_TAKEN,
    VISIT_FULL,   // as TAKEN, but for every moment: the limit is reached
    VISIT_BOOKED, // code
    VISIT_BOOK_FAILED,
    VISIT_CHECKED, // found, start, guide
    VISIT_PRINTED, // slip
    VISIT_PIN,     // good, wait_s
};

struct visit_event {
    enum visit_event_kind kind;
    uint32_t request; // of LEASED, TAKEN, BOOKED, BOOK_FAILED, CHECKED
    const char *id;   // borrowed for the step
    const char *text;
    const struct slot *slots;
    unsigned count;
    struct slot slot;
    const char *code;
    enum visit_slip slip;
    enum visit_found found;
    struct moment start;
    const char *guide;
    bool good;
    unsigned wait_s;
};

// What the shell must do, in this order.
struct visit_effects {
    bool release;        // give back what is leased for this visit
    unsigned offer;      // ask what can be offered for a talk of so many slots; 0: nothing
    bool lease;          // reserve visit.wanted for `slots`, with visit.request
    unsigned slots;      // of lease
    bool book;           // visit.booking, with visit.request; id, time and a call-back's code are the shell's
    bool check;          // visit.code, with visit.request
    bool print;          // visit.booking
    bool pin;            // try visit.pin, with visit.request
    bool test_slip;      // with visit.request
    bool reprint;        // visit.booking, which holds no person: code, moment and guide; with visit.request
    bool restart;        // the program, from anew
    bool read;           // read the screen aloud
    bool read_private;   // with what is private: asked for
    bool voice;          // speed, volume or speaking changed
    bool wipe;           // the visit is over: forget everything outside this struct too
    bool changed;        // something to show changed
    bool screen_changed; // another screen or overlay
};

void visit_begin(struct visit *visit, const struct visit_world *world, int64_t now_ms); // wipes it
void visit_step(const struct visit_world *world, struct visit *visit, const struct visit_event *event,
                int64_t now_ms, struct visit_effects *effects);
// How long until a tick is needed, in ms; -1 when the visit can sleep.
int64_t visit_next_ms(const struct visit_world *world, const struct visit *visit, int64_t now_ms);

// "topics", "indicator.dutch", "idle" …: what scripts and dumps call it.
void visit_screen_name(const struct visit_world *world, const struct visit *visit, char *out, size_t size);
const char *visit_phase_name(const struct visit *visit); // without an indicator's name: for the log
// Where on the way, 0 to visit_stops - 1: each question is a stop of its own, so that each answer moves it.
// visit_stops: at its end, with the guide.
unsigned visit_stop(const struct visit_world *world, const struct visit *visit);
unsigned visit_stops(const struct visit_world *world);
// Seconds left of the idle question.
unsigned visit_seconds_left(const struct visit_world *world, const struct visit *visit, int64_t now_ms);
// Whether everything that a booking needs is answered.
bool visit_complete(const struct visit_world *world, const struct visit *visit);

#endif
