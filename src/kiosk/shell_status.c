// What monitoring and the agenda's list of kiosks are told.
#include "base/clock.h"
#include "base/day.h"
#include "base/log.h"
#include "base/memory.h"
#include "kiosk/shell_inner.h"
#include "kiosk/visit_flow.h"

#include "base/banned.h"

void shell_start_status(struct shell *shell)
{
    struct error error = ERROR_NONE;
    shell->facts.started = clock_instant();
    shell->facts.printer = printer_state_name(PRINTER_READY); // its worker tells when it is not so
    link_status(shell->link, "printer", shell->facts.printer);
    if (status_start(&shell->status, shell->options->data, &error) != 0)
        log_warning("status: %s", error.text); // a kiosk without monitoring is still a kiosk
    shell_report(shell);
}

static void tell_time(struct shell *shell, const char *key, int64_t instant)
{
    char text[MOMENT_TEXT_SIZE];
    if (instant == 0)
        return;
    moment_format(moment_from_instant(instant), text);
    link_status(shell->link, key, text);
}

// The same facts go with each sync. The agenda itself knows how many leases we hold, and when we were silent.
static void tell_agenda(struct shell *shell)
{
    int64_t disk_mb = status_disk_mb(shell->status);
    char text[32];
    tell_time(shell, "started", shell->facts.started);
    tell_time(shell, "last-visit", shell->facts.last_visit);
    text_print(text, sizeof text, "%u", shell->facts.queue);
    link_status(shell->link, "queue", text);
    text_print(text, sizeof text, "%lld", (long long)disk_mb);
    if (disk_mb >= 0)
        link_status(shell->link, "disk-free-mb", text);
}

static void gather(struct shell *shell)
{
    struct status_facts *facts = &shell->facts;
    bool visiting = shell->visit.screen != SCREEN_START && !staff_is(shell->visit.screen);
    facts->refused = shell->world.refused;
    if (visiting && !shell->visited)
        facts->last_visit = clock_instant();
    shell->visited = visiting;
    facts->online = shell->world.link;
    facts->offline_since = shell->world.offline_since;
    facts->queue = link_queue(shell->link);
    facts->leases = link_leases(shell->link);
}

void shell_report(struct shell *shell)
{
    if (shell->status == NULL)
        return;
    gather(shell);
    if (status_set(shell->status, &shell->facts))
        tell_agenda(shell);
}
