// The staff page's effects: trying a PIN, a test slip, a slip again, a restart.
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

static void staff_says(void *context, const struct staff_answer *answer)
{
    (void)context;
    struct staff_answer *copy = memory_new(1, sizeof *copy);
    *copy = *answer;
    if (!window_post(POST_STAFF, copy)) {
        log_error("an answer of the staff page was lost: the event queue is full");
        free(copy);
    }
}

int shell_start_staff(struct shell *shell, struct error *error)
{
    const struct settings *settings = shell->options->settings;
    if (!shell->world.staff)
        return 0;
    return staff_start(&shell->staff, shell->options->data, settings->staff_pin, staff_says, NULL, error);
}

static void print(struct shell *shell, const struct booking *booking)
{
    shell->guide_name[0] = '\0';
    shell->slip_shown = false;
    if (booking->slot.guide[0] != '\0')
        link_guide_name(shell->link, booking->slot.guide, shell->guide_name, sizeof shell->guide_name);
    print_worker_print(shell->printer, shell->visit.request, booking, shell->guide_name, NULL, NULL);
}

void shell_perform_staff(struct shell *shell, const struct visit_effects *effects)
{
    const struct visit *visit = &shell->visit;
    if (effects->pin && shell->staff != NULL)
        staff_try(shell->staff, visit->request, visit->pin);
    if (effects->test_slip)
        print_worker_test(shell->printer, visit->request);
    if (effects->reprint) {
        struct booking booking = visit->booking;
        booking.made = clock_instant();
        print(shell, &booking);
        booking_wipe(&booking);
    }
    if (effects->restart) {
        log_info("restart: asked for on the staff page");
        shell->again = shell->done = true;
    }
}

void shell_on_staff(struct shell *shell, const struct staff_answer *answer)
{
    shell_step(shell, &(struct visit_event){.kind = VISIT_PIN,
                                            .request = answer->request,
                                            .good = answer->good,
                                            .wait_s = answer->wait_s});
}
