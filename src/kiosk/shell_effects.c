// Effects through workers, and their answers as events.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "draw/pictogram.h"
#include "draw/text.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

#define HOUR_MS (60 * 60 * (int64_t)1000)
#define DAY_S (24 * 60 * 60)
#define PRINTER_ASK_MS 15000 // an empty roll is known before the next visitor comes

// ---- answers, handed over by workers

static void hand_over(int code, const void *answer, size_t size)
{
    void *copy = memory_new(1, size);
    memcpy(copy, answer, size);
    if (!window_post(code, copy)) {
        log_error("an answer of a worker was lost: the event queue is full");
        free(copy);
    }
}

static void link_says(void *context, const struct link_event *event)
{
    (void)context;
    hand_over(POST_LINK, event, sizeof *event);
}

static void printer_says(void *context, const struct print_answer *answer)
{
    (void)context;
    hand_over(POST_PRINT, answer, sizeof *answer);
}

// ---- limits

void shell_count_bookings(struct shell *shell)
{
    int64_t now = clock_steady_ms();
    unsigned kept = shell->booked_count < SHELL_HISTORY ? shell->booked_count : SHELL_HISTORY;
    shell->world.booked_hour = shell->world.booked_day = 0;
    for (unsigned i = 0; i < kept; i++) {
        shell->world.booked_hour += now - shell->booked_ms[i] < HOUR_MS;
        shell->world.booked_day += now - shell->booked_ms[i] < 24 * HOUR_MS;
    }
}

// A restart does not forget: what was confirmed within a day counts on.
static void recall_bookings(struct shell *shell)
{
    int64_t *made = memory_new(SHELL_HISTORY, sizeof *made);
    int64_t now = clock_instant(), now_ms = clock_steady_ms();
    unsigned count = link_confirmed(shell->link, now - DAY_S, made, SHELL_HISTORY);
    for (unsigned i = count; i-- > 0;) { // the newest last
        int64_t age_ms = made[i] < now ? (now - made[i]) * 1000 : 0;
        shell->booked_ms[shell->booked_count++ % SHELL_HISTORY] = now_ms - age_ms;
    }
    free(made);
}

// ---- effects

static void offer(struct shell *shell, unsigned slots)
{
    struct slot offered[VISIT_OFFER_MAX];
    unsigned count = link_offer(shell->link, slots, shell->visit.booking.language, offered, VISIT_OFFER_MAX);
    shell_step(shell, &(struct visit_event){.kind = VISIT_OFFER, .slots = offered, .count = count});
}

static void book(struct shell *shell)
{
    const struct visit *visit = &shell->visit;
    struct booking booking = visit->booking;
    int result = 0;
    shell->spare_code[0] = '\0';
    if (booking.kind == BOOKING_CALLBACK) {
        result = link_spare_code(shell->link, shell->spare_code);
        text_copy(booking.code, sizeof booking.code, shell->spare_code);
    }
    if (result == 0) {
        booking_new_id(booking.id);
        booking.made = clock_instant();
        shell->visit.booking.made = booking.made; // the slip's entry says when it was made
        link_book(shell->link, visit->request, &booking);
    } else {
        log_warning("booking: no code left for a call-back");
        shell_step(shell, &(struct visit_event){.kind = VISIT_BOOK_FAILED, .request = visit->request});
    }
    booking_wipe(&booking);
}

static void make_payload(struct shell *shell)
{
    const struct town *town = shell->options->town;
    struct error error = ERROR_NONE;
    char location[256];
    text_print(location, sizeof location, "%s, %s", town->building, town->address);
    shell->payload[0] = '\0';
    if (shell->visit.booking.kind == BOOKING_SLOT &&
        vevent_write(&shell->visit.booking, catalog_get(shell->options->texts, "slip.summary"), location,
                     VEVENT_57_MODULES, shell->payload, sizeof shell->payload, &error) != 0)
        log_error("qr: %s", error.text);
}

static void print(struct shell *shell)
{
    const struct visit *visit = &shell->visit;
    make_payload(shell);
    shell->guide_name[0] = '\0';
    shell->slip_shown = false;
    if (visit->booking.kind == BOOKING_SLOT)
        link_guide_name(shell->link, visit->booking.slot.guide, shell->guide_name, sizeof shell->guide_name);
    const char *language = visit->booking.language;
    const struct catalog *contact = contact_texts(shell->options->contact, language, shell->world.now.day);
    bool help = contact != NULL && catalog_has(contact, "slip.help");
    print_worker_print(shell->printer, visit->request, &visit->booking, shell->guide_name,
                       help ? language : NULL, help ? catalog_get(contact, "slip.help") : NULL);
}

static void wipe(struct shell *shell)
{
    shell->keypad = false;
    speech_reset(shell->speech);
    window_focus_clear(shell->window);
    text_cache_wipe();
    pictogram_cache_clear(); // of screens that nobody looks at now: those of the next ones are made ready
                             // again
    memory_wipe(shell->payload, sizeof shell->payload);
    if (shell->slip.bits != NULL)
        memory_wipe(shell->slip.bits, (size_t)shell->slip.stride * shell->slip.height);
    shell->slip_shown = false;
    memory_wipe(shell->spare_code, sizeof shell->spare_code);
    element_list_clear(&shell->list, "");
    shell_warm_again(shell);
    shell->dirty = true;
}

static void set_voice(struct shell *shell)
{
    speech_set_speed(shell->speech, SPEECH_STEP_DEFAULT + shell->visit.speed);
    speech_set_volume(shell->speech, SPEECH_STEP_DEFAULT + shell->visit.volume);
    if (!shell->visit.speaking)
        speech_stop(shell->speech);
}

void shell_perform(struct shell *shell, const struct visit_effects *effects)
{
    const struct visit *visit = &shell->visit;
    if (effects->release)
        link_release(shell->link);
    if (effects->wipe)
        wipe(shell);
    if (effects->lease)
        link_lease(shell->link, visit->request, &visit->wanted, effects->slots);
    if (effects->check)
        link_check(shell->link, visit->request, visit->code);
    if (effects->print)
        print(shell);
    if (effects->voice)
        set_voice(shell);
    if (effects->book)
        book(shell);
    shell_perform_staff(shell, effects);
    if (effects->offer > 0)
        offer(shell, effects->offer);
}

// ---- answers, as events of the visit

static void on_checked(struct shell *shell, const struct link_event *event)
{
    enum visit_found found = event->exists                          ? FOUND_TALK
                             : event->error.code == 0               ? FOUND_UNKNOWN
                             : event->error.code == ERROR_NOT_FOUND ? FOUND_UNKNOWN
                                                                    : FOUND_OFFLINE;
    shell_step(shell, &(struct visit_event){.kind = VISIT_CHECKED,
                                            .request = event->request,
                                            .found = found,
                                            .start = event->start,
                                            .guide = event->guide});
}

static void on_line(struct shell *shell, bool online)
{
    shell->world.link = online;
    shell->world.offline_since = online ? 0 : clock_instant();
    shell->dirty = true;
    shell_step(shell, &(struct visit_event){.kind = VISIT_MOVED});
}

static void on_link(struct shell *shell, const struct link_event *event)
{
    struct visit_event answer = {.request = event->request};
    shell->world.full = link_full(shell->link);
    switch (event->kind) {
    case LINK_OFFER:
        answer.kind = VISIT_MOVED;
        break;
    case LINK_LEASED:
        answer.kind = VISIT_LEASED;
        answer.slot = event->lease.slot;
        answer.code = event->lease.code;
        break;
    case LINK_TAKEN:
        answer.kind = VISIT_TAKEN;
        break;
    case LINK_FULL:
        answer.kind = VISIT_FULL;
        break;
    case LINK_BOOKED:
        shell->booked_ms[shell->booked_count++ % SHELL_HISTORY] = clock_steady_ms();
        answer.kind = VISIT_BOOKED;
        answer.code = shell->spare_code;
        break;
    case LINK_BOOK_FAILED:
        log_error("booking: %s", event->error.text);
        answer.kind = VISIT_BOOK_FAILED;
        break;
    case LINK_CHECKED:
        on_checked(shell, event);
        return;
    case LINK_ONLINE:
    case LINK_OFFLINE:
        on_line(shell, event->kind == LINK_ONLINE);
        return;
    }
    shell_step(shell, &answer);
}

static enum visit_slip outcome(enum printer_state state)
{
    if (state == PRINTER_READY || state == PRINTER_PAPER_LOW)
        return SLIP_PRINTED;
    return state == PRINTER_UNKNOWN ? SLIP_UNKNOWN : SLIP_NO_PAPER;
}

static void take_slip(struct shell *shell, const struct raster *raster)
{
    if (raster->bits == NULL)
        return;
    raster_release(&shell->slip);
    shell->slip = *raster;
    shell->slip_view = (struct element_raster){raster->bits, raster->width, raster->height, raster->stride};
    shell->slip_shown = true;
}

static void on_printer(struct shell *shell, const struct print_answer *answer)
{
    struct raster raster = answer->raster;
    if (!answer->job) {
        shell->world.printer_works = outcome(answer->state) != SLIP_NO_PAPER;
        shell->world.paper_low = answer->state == PRINTER_PAPER_LOW;
        shell->dirty = true;
        shell->facts.printer = printer_state_name(answer->state);
        text_copy(shell->facts.printer_says, sizeof shell->facts.printer_says, answer->reasons);
        link_status(shell->link, "printer", printer_state_name(answer->state));
        link_status(shell->link, "printer-says", answer->reasons[0] != '\0' ? answer->reasons : "-");
    } else if (answer->request == shell->visit.request && shell->visit.staff_slip == STAFF_SLIP_PRINTING) {
        raster_release(&raster);
        shell_step(shell, &(struct visit_event){.kind = VISIT_PRINTED, .slip = outcome(answer->state)});
    } else if (answer->request == shell->visit.request && shell->visit.screen == SCREEN_SLIP) {
        take_slip(shell, &raster);
        shell_step(shell, &(struct visit_event){.kind = VISIT_PRINTED, .slip = outcome(answer->state)});
    } else {
        raster_release(&raster);
    }
}

void shell_posted(struct shell *shell, int code, void *data)
{
    if (code == POST_VOICE)
        shell->dirty = true; // the bar gets its tool
    else if (code == POST_QUIT)
        shell->done = true;
    else if (code == POST_OFFER)
        shell_measured(shell);
    else if (code == POST_CONFIGURATION)
        shell_on_configuration(shell, data);
    else if (code == POST_LINK)
        on_link(shell, data);
    else if (code == POST_PRINT)
        on_printer(shell, data);
    else if (code == POST_STAFF)
        shell_on_staff(shell, data);
    free(data);
}

// ---- workers

static int start_printer(struct shell *shell, struct error *error)
{
    const struct shell_options *options = shell->options;
    print_setup_init(&shell->printer_setup, options->settings, options->data);
    const struct print_options work = {.setup = &shell->printer_setup,
                                       .kiosk = options->settings->name,
                                       .town = options->town,
                                       .texts = options->texts,
                                       .ask_ms = PRINTER_ASK_MS,
                                       .steady = strcmp(shell->printer_setup.printer.kind, "picture") == 0,
                                       .notify = printer_says};
    return print_worker_start(&shell->printer, &work, error);
}

int shell_start_workers(struct shell *shell, struct error *error)
{
    const struct settings *settings = shell->options->settings;
    const struct link_options link = {.data_folder = shell->options->data,
                                      .agenda = shell->options->agenda,
                                      .kiosk = settings->name,
                                      .leases_wanted = settings->leases.count,
                                      .lease_days = settings->leases.days,
                                      .answer_ms = (int)settings->link.answer,
                                      .connect_ms = (int)settings->link.connect,
                                      .idle_ms = (int)settings->link.idle,
                                      .interval_ms = (int)settings->link.interval,
                                      .pause_first_ms = (int)settings->link.pause_first,
                                      .pause_most_ms = (int)settings->link.pause_most,
                                      .notify = link_says};
    int result = link_start(&shell->link, &link, error);
    if (result != 0)
        return result;
    shell->world.full = link_full(shell->link);
    recall_bookings(shell);
    link_status(shell->link, "version", WEGWIJS_VERSION);
    shell_start_status(shell);
    result = shell_start_staff(shell, error);
    return result == 0 ? start_printer(shell, error) : result;
}

void shell_stop_workers(struct shell *shell)
{
    if (shell->status != NULL)
        shell_report(shell);
    shell_measured(shell);
    print_worker_stop(shell->printer);
    staff_stop(shell->staff);
    status_stop(shell->status);
    if (shell->link != NULL)
        link_stop(shell->link);
    raster_release(&shell->slip);
    print_setup_release(&shell->printer_setup);
}
