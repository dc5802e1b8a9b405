// A screen that nobody uses is black at the hours that the configuration names; any input wakes it.
#include "base/clock.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

bool shell_dark_hours(const struct shell *shell)
{
    const struct settings_screen *screen = &shell->options->settings->screen;
    return screen->dark_from_minute != screen->dark_to_minute;
}

static bool is_hour(const struct settings_screen *screen, int minute)
{
    int from = screen->dark_from_minute, to = screen->dark_to_minute;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

void shell_darken(struct shell *shell)
{
    int64_t now = clock_steady_ms();
    bool alone = shell->visit.screen == SCREEN_START && shell->visit.overlay == OVERLAY_NONE;
    if (!alone)
        shell->stirred_ms = now;
    bool dark = shell_dark_hours(shell) && alone && now - shell->stirred_ms >= shell->world.idle_ms &&
                is_hour(&shell->options->settings->screen, clock_moment().minute);
    shell->dirty |= dark != shell->dark;
    shell->dark = dark;
}

bool shell_wake(struct shell *shell)
{
    bool was_dark = shell->dark;
    shell->stirred_ms = clock_steady_ms();
    shell->dark = false;
    shell->dirty |= was_dark;
    return was_dark;
}
