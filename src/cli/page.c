#include "cli/page.h"

#include <string.h>

#include "base/banned.h"

static const char style[] =
    "body{font:14pt/1.35 'Noto Sans',sans-serif;color:#1b1b1b;margin:12mm;max-width:190mm}"
    "h1{font-size:22pt;margin:0 0 4mm}h2{font-size:16pt;margin:8mm 0 2mm}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:1.5mm 2mm;"
    "border-bottom:.3mm solid #bbb}th{font-weight:600;border-bottom:.6mm solid #1b1b1b}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr.sum td{font-weight:600;border-top:.6mm "
    "solid #1b1b1b}.hour{font-size:20pt;font-weight:600;white-space:nowrap}.code{font-family:monospace;"
    "white-space:nowrap}.gone{text-decoration:line-through;color:#666}.warn{border:.6mm solid #1b1b1b;"
    "padding:2mm 3mm;margin-bottom:4mm}tr{break-inside:avoid}svg{max-width:100%;height:auto}"
    "svg.plot{display:block;margin:0 0 6mm;break-inside:avoid}table.wide{font-size:10pt}table.wide "
    "td,table.wide th{padding:1mm 1.2mm}table.wide td:first-child{white-space:nowrap}"
    "table.bars{table-layout:fixed}table.bars td:nth-child(2){width:64mm}table.bars td.n{width:18mm}"
    "table.bars svg{display:block;margin-top:1mm}p.small{font-size:11pt}p.over,h2{break-after:avoid}"
    "thead{display:table-header-group}"
    ".day{font-size:10.5pt;line-height:1.25;table-layout:fixed}.day td{padding:.8mm "
    "2mm;overflow-wrap:anywhere}"
    ".day th:nth-child(1){width:14mm}.day th:nth-child(2){width:28%}.day th:last-child{width:26mm}"
    ".day .hour{font-size:15pt;line-height:1.1}.day td>b{font-size:12pt}small{font-size:9pt;color:#444}"
    ".warn p{margin:0 0 1mm;font-size:11pt;font-weight:600}.warn .day tr:last-child td{border:0}"
    "@page{size:A4;margin:12mm}@media print{body{margin:0;max-width:none}}";

void page_text(const char *text)
{
    for (; *text != 0; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", stdout);
            break;
        case '<':
            fputs("&lt;", stdout);
            break;
        case '>':
            fputs("&gt;", stdout);
            break;
        case '"':
            fputs("&quot;", stdout);
            break;
        default:
            putchar(*text);
        }
    }
}

// The tag may bring a class: "td class=n".
void page_cell(const char *tag, const char *text)
{
    printf("<%s>", tag);
    page_text(text);
    printf("</%.*s>", (int)strcspn(tag, " "), tag);
}

void page_begin(const struct cli *cli, const char *title)
{
    printf("<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><title>", cli->language);
    page_text(title);
    printf("</title>\n<style>%s</style></head>\n<body>\n<h1>", style);
    page_text(title);
    puts("</h1>");
}

void page_end(void)
{
    puts("</body>\n</html>");
}

void page_csv(const char *text, bool last)
{
    bool formula = text[0] != 0 && strchr("=+-@\t\r\n", text[0]) != NULL;
    bool quote = formula || strpbrk(text, ";\"\t\r\n") != NULL;
    if (quote)
        putchar('"');
    if (formula)
        putchar('\'');
    for (const char *at = text; *at != 0; at++) {
        if (*at == '"')
            putchar('"');
        putchar(*at);
    }
    if (quote)
        putchar('"');
    fputs(last ? "\r\n" : ";", stdout);
}
