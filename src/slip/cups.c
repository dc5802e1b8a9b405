// IPP printers (RFC 8010, 8011) and CUPS queues, spoken to directly: no print server is needed.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "slip/cups_library.h"
#include "slip/escpos.h"
#include "slip/page.h"
#include "slip/printer_kind.h"

#include "base/banned.h"

#define POLL_MS 250
#define CONNECT_MS 3000
#define ANSWER_SECONDS 3.0
#define RAW_MODEL "Local Raw Printer" // what CUPS calls a queue without driver

struct ipp { // one connection
    const struct cups_library *cups;
    http_t *http;
    char uri[512], host[256], resource[256];
    int64_t deadline; // of the job: all that is waited for ends before it
    char *detail;     // the printer's own words, as last heard; may be NULL
};

struct abilities { // what the printer says of itself
    enum printer_state state;
    bool pwg, pdf, png;
    bool raw;      // a queue of CUPS without driver: hands on what it gets
    bool has_page; // of the paper that is asked for; true when none is
    struct page page;
    char reasons[PRINTER_DETAIL]; // as it says them, but for "none"
};

static int give_up(http_t *http, void *context)
{
    (void)http;
    (void)context;
    return 0;
}

// A URI as it is, or a queue's name on the local CUPS.
static int ipp_open(struct ipp *ipp, const char *target, struct error *error)
{
    char scheme[32], user[64];
    int port = 0;
    *ipp = (struct ipp){.cups = cups_library(error)};
    if (ipp->cups == NULL) {
        return ERROR_UNAVAILABLE;
    }
    bool queue = strstr(target, "://") == NULL;
    text_print(ipp->uri, sizeof ipp->uri, queue ? "ipp://localhost/printers/%s" : "%s", target);
    if (ipp->cups->httpSeparateURI_(HTTP_URI_CODING_ALL, ipp->uri, scheme, sizeof scheme, user, sizeof user,
                                    ipp->host, sizeof ipp->host, &port, ipp->resource,
                                    sizeof ipp->resource) < HTTP_URI_STATUS_OK) {
        return error_set(error, ERROR_INVALID, "printer \"%s\" is not a URI", target);
    }
    bool secure = strcmp(scheme, "ipps") == 0 || strcmp(scheme, "https") == 0;
    ipp->http = ipp->cups->httpConnect2_(
        queue ? ipp->cups->cupsServer_() : ipp->host, queue ? ipp->cups->ippPort_() : port, NULL, AF_UNSPEC,
        secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1, CONNECT_MS, NULL);
    if (ipp->http == NULL) {
        return error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" does not answer", target);
    }
    ipp->cups->httpSetTimeout_(ipp->http, ANSWER_SECONDS, give_up, NULL);
    return 0;
}

static void ipp_close(struct ipp *ipp)
{
    if (ipp->http != NULL) {
        ipp->cups->httpClose_(ipp->http);
    }
    ipp->http = NULL;
}

static ipp_t *new_request(const struct ipp *ipp, ipp_op_t operation, int job)
{
    ipp_t *request = ipp->cups->ippNewRequest_(operation);
    ipp->cups->ippAddString_(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, ipp->uri);
    if (job > 0) {
        ipp->cups->ippAddInteger_(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    }
    ipp->cups->ippAddString_(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                             "wegwijs");
    return request;
}

static const char *string_at(const struct ipp *ipp, ipp_attribute_t *attribute, int index)
{
    const char *text = ipp->cups->ippGetString_(attribute, index, NULL);
    return text != NULL ? text : "";
}

static bool has_string(const struct ipp *ipp, ipp_t *answer, const char *name, const char *wanted)
{
    ipp_attribute_t *attribute = ipp->cups->ippFindAttribute_(answer, name, IPP_TAG_ZERO);
    for (int i = 0; i < ipp->cups->ippGetCount_(attribute); i++) {
        if (strcmp(string_at(ipp, attribute, i), wanted) == 0) {
            return true;
        }
    }
    return false;
}

// ---- state: reasons by prefix, because printers add -error, -warning or -report (RFC 8011 5.4.12)

static const struct {
    const char *prefix;
    enum printer_state state;
} REASONS[] = {
    // the first that is found counts
    {"media-empty", PRINTER_NO_PAPER},      {"media-needed", PRINTER_NO_PAPER},
    {"cover-open", PRINTER_COVER_OPEN},     {"door-open", PRINTER_COVER_OPEN},
    {"interlock-open", PRINTER_COVER_OPEN}, {"media-jam", PRINTER_ERROR},
    {"output-area-full", PRINTER_ERROR},    {"marker-supply-empty", PRINTER_ERROR},
    {"toner-empty", PRINTER_ERROR},         {"cutter-", PRINTER_CUTTER},
    {"offline", PRINTER_OFFLINE},           {"shutdown", PRINTER_OFFLINE},
    {"timed-out", PRINTER_OFFLINE},         {"connecting-to-device", PRINTER_OFFLINE},
    {"media-low", PRINTER_PAPER_LOW},
};

static const char KEYWORD[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";

static void read_reasons(const struct ipp *ipp, ipp_t *answer, char *out, size_t size)
{
    ipp_attribute_t *reasons = ipp->cups->ippFindAttribute_(answer, "printer-state-reasons", IPP_TAG_KEYWORD);
    *out = '\0';
    for (int i = 0; i < ipp->cups->ippGetCount_(reasons); i++) {
        const char *reason = string_at(ipp, reasons, i);
        size_t used = strlen(out);
        // a keyword of RFC 8011 5.1.4, or it has no business in a log
        if (strcmp(reason, "none") != 0 && strspn(reason, KEYWORD) == strlen(reason)) {
            text_print(out + used, size - used, "%s%s", used > 0 ? " " : "", reason);
        }
    }
}

static enum printer_state read_state(const struct ipp *ipp, ipp_t *answer)
{
    ipp_attribute_t *reasons = ipp->cups->ippFindAttribute_(answer, "printer-state-reasons", IPP_TAG_KEYWORD);
    ipp_attribute_t *state = ipp->cups->ippFindAttribute_(answer, "printer-state", IPP_TAG_ENUM);
    for (size_t k = 0; k < sizeof REASONS / sizeof *REASONS; k++) {
        for (int i = 0; i < ipp->cups->ippGetCount_(reasons); i++) {
            if (strncmp(string_at(ipp, reasons, i), REASONS[k].prefix, strlen(REASONS[k].prefix)) == 0) {
                return REASONS[k].state;
            }
        }
    }
    ipp_attribute_t *accepts =
        ipp->cups->ippFindAttribute_(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    if (state == NULL || (accepts != NULL && !ipp->cups->ippGetBoolean_(accepts, 0))) {
        return PRINTER_OFFLINE;
    }
    return ipp->cups->ippGetInteger_(state, 0) == IPP_PSTATE_STOPPED ? PRINTER_ERROR : PRINTER_READY;
}

static const char *const LIKED[] = {"iso_a5_148x210mm", "iso_a4_210x297mm"};

// The paper in the printer: A5 or A4 when it has them, else the first it names.
static const char *find_media(const struct ipp *ipp, ipp_t *answer)
{
    static const char *const NAMES[] = {"media-ready", "media-default"};
    for (int i = 0; i < 2; i++) {
        if (has_string(ipp, answer, "media-ready", LIKED[i])) {
            return LIKED[i];
        }
    }
    for (int i = 0; i < 2; i++) {
        ipp_attribute_t *media = ipp->cups->ippFindAttribute_(answer, NAMES[i], IPP_TAG_ZERO);
        const char *name = media != NULL ? string_at(ipp, media, 0) : "";
        if (*name != '\0' && ipp->cups->pwgMediaForPWG_(name) != NULL) {
            return name;
        }
    }
    return LIKED[1];
}

// False: a page of `wanted` was asked for, and the printer knows no such paper.
static bool read_media(const struct ipp *ipp, ipp_t *answer, const char *wanted, struct page *page)
{
    ipp_attribute_t *known = ipp->cups->ippFindAttribute_(answer, "media-supported", IPP_TAG_ZERO);
    if (wanted != NULL && page_named(page, wanted)) {
        return known == NULL || has_string(ipp, answer, "media-supported", page->media);
    }
    text_copy(page->media, sizeof page->media, find_media(ipp, answer));
    const pwg_media_t *size = ipp->cups->pwgMediaForPWG_(page->media);
    page->width_um = size != NULL && size->width > 0 ? (unsigned)size->width * 10U : 210000U;
    page->height_um = size != NULL && size->length > 0 ? (unsigned)size->length * 10U : 297000U;
    return true;
}

static void read_resolution(const struct ipp *ipp, ipp_t *answer, struct page *page)
{
    ipp_res_t units;
    int across, down = 0;
    ipp_attribute_t *list =
        ipp->cups->ippFindAttribute_(answer, "pwg-raster-document-resolution-supported", IPP_TAG_RESOLUTION);
    page->dpi = 300;
    for (int i = 0; i < ipp->cups->ippGetCount_(list); i++) {
        across = ipp->cups->ippGetResolution_(list, i, &down, &units);
        bool usable = across == down && units == IPP_RES_PER_INCH && across >= 150 && across <= 600;
        if (usable && (i == 0 || across == 300)) {
            page->dpi = (unsigned)across;
        }
    }
    page->grey = !has_string(ipp, answer, "pwg-raster-document-type-supported", "black_1");
}

static int ask_printer(const struct ipp *ipp, const char *page, struct abilities *able, struct error *error)
{
    static const char *const WANTED[] = {"printer-state",
                                         "printer-state-reasons",
                                         "printer-is-accepting-jobs",
                                         "document-format-supported",
                                         "pwg-raster-document-resolution-supported",
                                         "pwg-raster-document-type-supported",
                                         "media-ready",
                                         "media-supported",
                                         "printer-make-and-model",
                                         "media-default"};
    *able = (struct abilities){.state = PRINTER_OFFLINE};
    ipp_t *request = new_request(ipp, IPP_OP_GET_PRINTER_ATTRIBUTES, 0);
    ipp->cups->ippAddStrings_(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                              sizeof WANTED / sizeof *WANTED, NULL, WANTED);
    ipp_t *answer = ipp->cups->cupsDoRequest_(ipp->http, request, ipp->resource);
    if (answer == NULL || ipp->cups->ippGetStatusCode_(answer) >= IPP_STATUS_ERROR_BAD_REQUEST) {
        error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" does not say how it is: %s", ipp->uri,
                  ipp->cups->cupsLastErrorString_());
        ipp->cups->ippDelete_(answer);
        return ERROR_UNAVAILABLE;
    }
    able->state = read_state(ipp, answer);
    read_reasons(ipp, answer, able->reasons, sizeof able->reasons);
    if (ipp->detail != NULL) {
        text_copy(ipp->detail, PRINTER_DETAIL, able->reasons);
    }
    ipp_attribute_t *model = ipp->cups->ippFindAttribute_(answer, "printer-make-and-model", IPP_TAG_TEXT);
    able->raw = model != NULL && strcmp(string_at(ipp, model, 0), RAW_MODEL) == 0;
    able->pwg = has_string(ipp, answer, "document-format-supported", "image/pwg-raster");
    able->pdf = has_string(ipp, answer, "document-format-supported", "application/pdf");
    able->png = has_string(ipp, answer, "document-format-supported", "image/png");
    able->has_page = read_media(ipp, answer, page, &able->page);
    read_resolution(ipp, answer, &able->page);
    ipp->cups->ippDelete_(answer);
    return 0;
}

static void recall_stray(const struct ipp *ipp, struct printer *printer);

static enum printer_state cups_state(struct printer *printer, struct error *error)
{
    struct ipp ipp;
    struct abilities able = {.state = PRINTER_OFFLINE};
    printer->detail[0] = '\0';
    if (ipp_open(&ipp, printer->target, error) == 0) {
        ipp.detail = printer->detail;
        if (ask_printer(&ipp, NULL, &able, error) == 0) {
            recall_stray(&ipp, printer);
        }
    }
    ipp_close(&ipp);
    return able.state;
}

// ---- the document

static ssize_t collect(void *context, unsigned char *bytes, size_t size)
{
    text_buffer_add_bytes(context, bytes, size);
    return (ssize_t)size;
}

static void pack_row(uint8_t *out, const uint8_t *row, unsigned width)
{
    memset(out, 0, (width + 7) / 8);
    for (unsigned x = 0; x < width; x++) {
        out[x / 8] |= (uint8_t)((row[x] == 0) << (7 - x % 8));
    }
}

static int make_pwg(const struct cups_library *cups, struct text_buffer *out, const struct page *page,
                    const struct raster *raster, unsigned dpi, struct error *error)
{
    unsigned width, height;
    cups_page_header2_t header;
    pwg_media_t *media = cups->pwgMediaForPWG_(page->media);
    cups_raster_t *stream = cups->cupsRasterOpenIO_(collect, out, CUPS_RASTER_WRITE_PWG);
    uint8_t *dots = page_dots(page, raster, dpi, &width, &height);
    uint8_t *packed = memory_new(width, 1);
    memset(&header, 0, sizeof header);
    bool good = stream != NULL && media != NULL &&
                cups->cupsRasterInitPWGHeader_(&header, media, page->grey ? "sgray_8" : "black_1",
                                               (int)page->dpi, (int)page->dpi, NULL, NULL);
    header.cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = 1;
    good = good && header.cupsWidth <= width && cups->cupsRasterWriteHeader2_(stream, &header);
    for (unsigned y = 0; good && y < header.cupsHeight; y++) {
        uint8_t *row = dots + (size_t)(y < height ? y : height - 1) * width;
        if (!page->grey) {
            pack_row(packed, row, header.cupsWidth);
        }
        good = cups->cupsRasterWritePixels_(stream, page->grey ? row : packed, header.cupsBytesPerLine) > 0;
    }
    free(packed);
    free(dots);
    if (stream != NULL) {
        cups->cupsRasterClose_(stream);
    }
    return good ? 0 : error_set(error, ERROR_UNAVAILABLE, "raster for \"%s\" cannot be made", page->media);
}

static int make_document(const struct ipp *ipp, const struct abilities *able,
                         const struct printer_options *options, const struct raster *raster,
                         struct text_buffer *out, const char **format, struct error *error)
{
    void *bytes = NULL;
    size_t size = 0;
    if (able->raw && options->page == NULL) { // behind it is the paper roll, with nobody to translate
        *format = "application/vnd.cups-raw";
        escpos_encode(out, raster, options->band_rows, options->cutter);
        return 0;
    }
    if (able->pwg && !able->raw) {
        *format = "image/pwg-raster";
        return make_pwg(ipp->cups, out, &able->page, raster, options->dpi, error);
    }
    if (able->pdf || !able->png) { // CUPS's own queues take PDF whatever they say
        *format = "application/pdf";
        page_pdf(out, &able->page, raster, options->dpi);
        return 0;
    }
    *format = "image/png";
    int result = picture_encode(raster, &bytes, &size, error);
    text_buffer_add_bytes(out, bytes, size);
    free(bytes);
    return result;
}

// ---- the job

static int send_job(const struct ipp *ipp, const struct text_buffer *document, const char *format,
                    const struct abilities *able, const char *name, bool *uncertain, struct error *error)
{
    int job = 0;
    ipp_t *request = new_request(ipp, IPP_OP_PRINT_JOB, 0);
    ipp->cups->ippAddString_(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
    ipp->cups->ippAddString_(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, format);
    if (!able->raw) {
        ipp->cups->ippAddString_(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, able->page.media);
    }
    size_t length = ipp->cups->ippLength_(request) + document->length; // of both: it becomes Content-Length
    http_status_t status = ipp->cups->cupsSendRequest_(ipp->http, request, ipp->resource, length);
    if (status == HTTP_STATUS_CONTINUE) {
        status = ipp->cups->cupsWriteRequestData_(ipp->http, document->text, document->length);
        *uncertain = status == HTTP_STATUS_CONTINUE;
    }
    ipp_t *answer = status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK
                        ? ipp->cups->cupsGetResponse_(ipp->http, ipp->resource)
                        : NULL;
    ipp_attribute_t *id = ipp->cups->ippFindAttribute_(answer, "job-id", IPP_TAG_INTEGER);
    if (id != NULL) {
        job = ipp->cups->ippGetInteger_(id, 0);
    }
    *uncertain = *uncertain && answer == NULL; // an answer without a job is a refusal
    if (job <= 0) {
        error_set(error, ERROR_REFUSED, "printer \"%s\" did not take the slip as %s: %s", ipp->uri, format,
                  ipp->cups->cupsLastErrorString_());
    }
    ipp->cups->ippDelete_(answer);
    ipp->cups->ippDelete_(request);
    return job;
}

// 0: it does not say. *errors: it ended, but not without faults (RFC 8011 5.3.8).
static int job_state(const struct ipp *ipp, int job, bool *errors)
{
    static const char *const WANTED[] = {"job-state", "job-state-reasons"};
    ipp_t *request = new_request(ipp, IPP_OP_GET_JOB_ATTRIBUTES, job);
    ipp->cups->ippAddStrings_(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 2, NULL,
                              WANTED);
    ipp_t *answer = ipp->cups->cupsDoRequest_(ipp->http, request, ipp->resource);
    ipp_attribute_t *state = ipp->cups->ippFindAttribute_(answer, "job-state", IPP_TAG_ENUM);
    int result = state != NULL ? ipp->cups->ippGetInteger_(state, 0) : 0;
    *errors = has_string(ipp, answer, "job-state-reasons", "job-completed-with-errors");
    ipp->cups->ippDelete_(answer);
    return result;
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

static void cancel_job(const struct ipp *ipp, int job)
{
    ipp->cups->ippDelete_(
        ipp->cups->cupsDoRequest_(ipp->http, new_request(ipp, IPP_OP_CANCEL_JOB, job), ipp->resource));
}

// A print server that went away with a job takes it up again when it is back: the visitor is gone by then.
static void recall_stray(const struct ipp *ipp, struct printer *printer)
{
    bool errors;
    if (printer->stray > 0) {
        cancel_job(ipp, printer->stray);
        int state = job_state(ipp, printer->stray, &errors);
        bool lives = state == IPP_JSTATE_PENDING || state == IPP_JSTATE_HELD ||
                     state == IPP_JSTATE_PROCESSING || state == IPP_JSTATE_STOPPED;
        printer->stray = lives ? printer->stray : 0;
    }
}

// Takes the job back, so that nothing comes out later. Says what became of it.
static enum printer_state take_back(const struct ipp *ipp, int job, enum printer_state why)
{
    bool errors;
    cancel_job(ipp, job);
    do {
        int state = job_state(ipp, job, &errors);
        if (state == IPP_JSTATE_COMPLETED) {
            return errors ? PRINTER_UNKNOWN : PRINTER_PAPER_LOW; // it came out after all
        }
        if (state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED) {
            return why;
        }
        pause_ms(POLL_MS);
    } while (printer_now_ms() < ipp->deadline);
    return PRINTER_UNKNOWN;
}

static bool prints(enum printer_state state)
{
    return state == PRINTER_READY || state == PRINTER_PAPER_LOW;
}

static enum printer_state ended(const struct ipp *ipp, const struct abilities *able, int state, bool errors,
                                struct error *error)
{
    if (state != IPP_JSTATE_COMPLETED) {
        error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" gave the slip up (%s)", ipp->uri, able->reasons);
        return prints(able->state) ? PRINTER_ERROR : able->state;
    }
    if (errors) {
        error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" ended the slip with errors (%s)", ipp->uri,
                  able->reasons);
        return PRINTER_UNKNOWN;
    }
    return able->state == PRINTER_READY ? PRINTER_READY : PRINTER_PAPER_LOW;
}

// To the job's end, or until there is just time left to take it back.
static enum printer_state follow(const struct ipp *ipp, int job, int64_t until, struct error *error)
{
    struct abilities able = {.state = PRINTER_READY};
    while (printer_now_ms() < until) {
        bool errors;
        int state = job_state(ipp, job, &errors);
        bool known = ask_printer(ipp, NULL, &able, NULL) == 0;
        if (state == IPP_JSTATE_COMPLETED || state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED) {
            able.state = known ? able.state : PRINTER_PAPER_LOW;
            return ended(ipp, &able, state, errors, error);
        }
        if (known && !prints(able.state)) {
            error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" stopped: %s (%s)", ipp->uri,
                      printer_state_name(able.state), able.reasons);
            return take_back(ipp, job, able.state);
        }
        pause_ms(POLL_MS);
    }
    error_set(error, ERROR_TIMEOUT, "printer \"%s\" did not finish the slip in time", ipp->uri);
    return take_back(ipp, job, PRINTER_ERROR);
}

// Before the job. False: `able` says why not.
static bool may_print(const struct ipp *ipp, const struct printer_options *options, struct abilities *able,
                      struct error *error)
{
    if (ask_printer(ipp, options->page, able, error) != 0) {
        able->state = PRINTER_OFFLINE;
        return false;
    }
    if (!prints(able->state)) {
        error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" before the slip: %s (%s)", ipp->uri,
                  printer_state_name(able->state), able->reasons);
        return false;
    }
    if (!able->has_page) {
        error_set(error, ERROR_INVALID, "printer \"%s\" knows no paper \"%s\"", ipp->uri, options->page);
        able->state = PRINTER_ERROR;
        return false;
    }
    return true;
}

static enum printer_state print_on(const struct ipp *ipp, struct printer *printer,
                                   const struct raster *raster, const char *name, struct error *error)
{
    struct abilities able;
    struct text_buffer document = {0};
    const char *format = "";
    bool uncertain = false;
    int job = 0;
    if (!may_print(ipp, &printer->options, &able, error)) {
        return able.state;
    }
    recall_stray(ipp, printer);
    if (make_document(ipp, &able, &printer->options, raster, &document, &format, error) == 0) {
        job = send_job(ipp, &document, format, &able, name, &uncertain, error);
    }
    text_buffer_release(&document);
    if (job <= 0) {
        return uncertain ? PRINTER_UNKNOWN : PRINTER_ERROR;
    }
    enum printer_state state = follow(ipp, job, ipp->deadline - printer->options.limit_ms / 4, error);
    printer->stray = state == PRINTER_UNKNOWN ? job : 0;
    return state;
}

static enum printer_state cups_print(struct printer *printer, const struct raster *raster, const char *name,
                                     struct error *error)
{
    struct ipp ipp;
    enum printer_state state = PRINTER_OFFLINE;
    int64_t deadline = printer_now_ms() + printer->options.limit_ms;
    printer->detail[0] = '\0';
    if (ipp_open(&ipp, printer->target, error) == 0) {
        ipp.deadline = deadline;
        ipp.detail = printer->detail;
        state = print_on(&ipp, printer, raster, name != NULL ? name : "strookje", error);
    }
    ipp_close(&ipp);
    return state;
}

static bool cups_sheets(struct printer *printer)
{
    struct ipp ipp;
    struct abilities able = {.raw = true};
    if (printer->page != NULL) {
        return true;
    }
    if (ipp_open(&ipp, printer->target, NULL) == 0) {
        (void)ask_printer(&ipp, NULL, &able, NULL);
    }
    ipp_close(&ipp);
    const char *media = able.page.media;
    return !able.raw && (strcmp(media, LIKED[0]) == 0 || strcmp(media, LIKED[1]) == 0);
}

static void cups_close(struct printer *printer)
{
    (void)printer;
}

const struct printer_ops CUPS_OPS = {cups_state, cups_print, cups_sheets, cups_close};
