// The day list for calendars and for paper: ics and html.
#include <stdlib.h>
#include <string.h>

#include "booking/vevent.h"
#include "cli/day.h"

#include "base/banned.h"

int day_ics(struct cli *cli, const struct day_sheet *sheet)
{
    (void)sheet;
    return cli_wrong_use(cli, "ics");
}

int day_html(struct cli *cli, const struct day_sheet *sheet)
{
    (void)sheet;
    return cli_wrong_use(cli, "html");
}
