// Pages to print or to put in slides: HTML that needs nothing else. And cells of a csv.
#ifndef WEGWIJS_CLI_PAGE_H
#define WEGWIJS_CLI_PAGE_H

#include "cli/cli.h"

void page_begin(const struct cli *cli, const char *title); // with our print style
void page_end(void);
void page_text(const char *text); // escaped
void page_cell(const char *tag, const char *text);

// A cell of a csv that opens right in a Dutch Excel: semicolons between, CRLF after the last one. What a
// spreadsheet would run as a formula gets an apostrophe before it.
void page_csv(const char *text, bool last);

#endif
