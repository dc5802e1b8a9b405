// Pages to print or to put in slides: HTML that needs nothing else.
#ifndef WEGWIJS_CLI_PAGE_H
#define WEGWIJS_CLI_PAGE_H

#include "cli/cli.h"

void page_begin(const struct cli *cli, const char *title); // with our print style
void page_end(void);
void page_text(const char *text); // escaped
void page_cell(const char *tag, const char *text);

#endif
