// A changed configuration: taken over between two visits, or refused while the old one stays.
#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

static void tell(const struct configuration_news *news)
{
    struct configuration_news *copy = memory_new(1, sizeof *copy);
    *copy = *news;
    if (!window_post(POST_CONFIGURATION, copy)) {
        log_error("a changed configuration was not heard of: the event queue is full");
        free(copy);
    }
}

void shell_start_watch(struct shell *shell)
{
    const struct shell_options *options = shell->options;
    struct error error = ERROR_NONE;
    const struct watch_options watch = {.program = options->program,
                                        .folder = options->folder,
                                        .shield = options->town->shield,
                                        .data = options->data,
                                        .mark = options->mark,
                                        .keep = !options->refused,
                                        .told = tell};
    if (options->program == NULL || options->program[0] == '\0')
        return;
    if (watch_start(&shell->watch, &watch, &error) != 0)
        log_warning("%s", error.text);
}

void shell_on_configuration(struct shell *shell, const struct configuration_news *news)
{
    bool same = news->mark == shell->options->mark && !shell->options->refused;
    bool refused = !news->good;
    if (refused)
        log_error("configuration: refused, the old one stays: %s", news->text);
    else if (same)
        log_info("configuration: as it was");
    else
        log_info("configuration: changed and good, taken over between two visits");
    shell->changed = news->good && !same;
    // until it is taken over, the one that runs is still not the one in the folder
    shell->world.refused = refused || (shell->options->refused && !shell->changed);
    shell->dirty = true;
}

// A script in a file would begin from its first line again.
static bool can_start_anew(const struct shell *shell)
{
    return !shell->script.on || shell->script.file == 0;
}

void shell_take_over(struct shell *shell)
{
    const struct visit *visit = &shell->visit;
    if (!shell->changed || visit->screen != SCREEN_START || visit->overlay != OVERLAY_NONE ||
        visit->wait != WAIT_NOTHING || shell->done || !can_start_anew(shell))
        return;
    log_info("configuration: taken over");
    shell->again = shell->done = true;
}
