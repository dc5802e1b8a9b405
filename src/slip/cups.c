// IPP printers (RFC 8010, 8011) and CUPS queues, spoken to directly: no print server is needed.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "slip/cups_library.h"
#include "slip/page.h"
#include "slip/printer_kind.h"

#include "base/banned.h"

#define POLL_MS 250
#define CONNECT_MS 3000
#define ANSWER_SECONDS 3.0

struct ipp { // one connection
    const struct cups_library *cups;
    http_t *http;
    char uri[512], host[256], resource[256];
};

struct abilities { // what the printer says of itself
    enum printer_state state;
    bool pwg, pdf, png;
    struct page page;
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
    if (state == NULL) {
        return PRINTER_OFFLINE;
    }
    return ipp->cups->ippGetInteger_(state, 0) == IPP_PSTATE_STOPPED ? PRINTER_ERROR : PRINTER_READY;
}

// The paper in the printer: A5 or A4 when it has them, else the first it names.
static const char *find_media(const struct ipp *ipp, ipp_t *answer)
{
    static const char *const LIKED[] = {"iso_a5_148x210mm", "iso_a4_210x297mm"};
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

static void read_media(const struct ipp *ipp, ipp_t *answer, struct page *page)
{
    text_copy(page->media, sizeof page->media, find_media(ipp, answer));
    const pwg_media_t *size = ipp->cups->pwgMediaForPWG_(page->media);
    page->width_um = size != NULL && size->width > 0 ? (unsigned)size->width * 10U : 210000U;
    page->height_um = size != NULL && size->length > 0 ? (unsigned)size->length * 10U : 297000U;
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

static int ask_printer(const struct ipp *ipp, struct abilities *able, struct error *error)
{
    static const char *const WANTED[] = {"printer-state",
                                         "printer-state-reasons",
                                         "document-format-supported",
                                         "pwg-raster-document-resolution-supported",
                                         "pwg-raster-document-type-supported",
                                         "media-ready",
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
    able->pwg = has_string(ipp, answer, "document-format-supported", "image/pwg-raster");
    able->pdf = has_string(ipp, answer, "document-format-supported", "application/pdf");
    able->png = has_string(ipp, answer, "document-format-supported", "image/png");
    read_media(ipp, answer, &able->page);
    read_resolution(ipp, answer, &able->page);
    ipp->cups->ippDelete_(answer);
    return 0;
}

static enum printer_state cups_state(struct printer *printer)
{
    struct ipp ipp;
    struct abilities able = {.state = PRINTER_OFFLINE};
    if (ipp_open(&ipp, printer->target, NULL) == 0) {
        (void)ask_printer(&ipp, &able, NULL);
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

static int make_document(const struct ipp *ipp, const struct abilities *able, const struct raster *raster,
                         unsigned dpi, struct text_buffer *out, const char **format, struct error *error)
{
    void *bytes = NULL;
    size_t size = 0;
    if (able->pwg) {
        *format = "image/pwg-raster";
        return make_pwg(ipp->cups, out, &able->page, raster, dpi, error);
    }
    if (able->pdf || !able->png) { // CUPS's own queues take PDF whatever they say
        *format = "application/pdf";
        page_pdf(out, &able->page, raster, dpi);
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
                    const struct page *page, const char *name, bool *uncertain, struct error *error)
{
    int job = 0;
    ipp_t *request = new_request(ipp, IPP_OP_PRINT_JOB, 0);
    ipp->cups->ippAddString_(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
    ipp->cups->ippAddString_(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, format);
    ipp->cups->ippAddString_(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, page->media);
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

static int job_state(const struct ipp *ipp, int job)
{
    static const char *const WANTED[] = {"job-state", "job-state-reasons"};
    ipp_t *request = new_request(ipp, IPP_OP_GET_JOB_ATTRIBUTES, job);
    ipp->cups->ippAddStrings_(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 2, NULL,
                              WANTED);
    ipp_t *answer = ipp->cups->cupsDoRequest_(ipp->http, request, ipp->resource);
    ipp_attribute_t *state = ipp->cups->ippFindAttribute_(answer, "job-state", IPP_TAG_ENUM);
    int result = state != NULL ? ipp->cups->ippGetInteger_(state, 0) : 0;
    ipp->cups->ippDelete_(answer);
    return result;
}

// Takes the job back, so that nothing comes out later. Says what became of it.
static enum printer_state take_back(const struct ipp *ipp, int job, enum printer_state why)
{
    ipp->cups->ippDelete_(
        ipp->cups->cupsDoRequest_(ipp->http, new_request(ipp, IPP_OP_CANCEL_JOB, job), ipp->resource));
    for (int i = 0; i < 12; i++) {
        int state = job_state(ipp, job);
        if (state == IPP_JSTATE_COMPLETED) {
            return PRINTER_PAPER_LOW; // it came out after all
        }
        if (state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED) {
            return why;
        }
        nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
    return PRINTER_UNKNOWN;
}

static enum printer_state follow(const struct ipp *ipp, int job, int64_t deadline, struct error *error)
{
    struct abilities able = {.state = PRINTER_READY};
    while (printer_now_ms() < deadline) {
        int state = job_state(ipp, job);
        bool known = ask_printer(ipp, &able, NULL) == 0;
        if (state == IPP_JSTATE_COMPLETED) {
            return known && able.state == PRINTER_READY ? PRINTER_READY : PRINTER_PAPER_LOW;
        }
        if (state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED) {
            error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" gave the slip up", ipp->uri);
            return known && able.state != PRINTER_READY && able.state != PRINTER_PAPER_LOW ? able.state
                                                                                           : PRINTER_ERROR;
        }
        if (known && able.state != PRINTER_READY && able.state != PRINTER_PAPER_LOW) {
            error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" stopped: %s", ipp->uri,
                      printer_state_name(able.state));
            return take_back(ipp, job, able.state);
        }
        nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
    error_set(error, ERROR_TIMEOUT, "printer \"%s\" did not finish the slip in time", ipp->uri);
    return take_back(ipp, job, PRINTER_ERROR);
}

static enum printer_state print_on(const struct ipp *ipp, const struct printer *printer,
                                   const struct raster *raster, const char *name, struct error *error)
{
    struct abilities able;
    struct text_buffer document = {0};
    const char *format = "";
    bool uncertain = false;
    int job = 0, result;
    if (ask_printer(ipp, &able, error) != 0) {
        return PRINTER_OFFLINE;
    }
    if (able.state != PRINTER_READY && able.state != PRINTER_PAPER_LOW) {
        error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" before the slip: %s", ipp->uri,
                  printer_state_name(able.state));
        return able.state;
    }
    result = make_document(ipp, &able, raster, printer->options.dpi, &document, &format, error);
    if (result == 0) {
        job = send_job(ipp, &document, format, &able.page, name, &uncertain, error);
    }
    text_buffer_release(&document);
    if (job <= 0) {
        return uncertain ? PRINTER_UNKNOWN : PRINTER_ERROR;
    }
    return follow(ipp, job, printer_now_ms() + printer->options.limit_ms, error);
}

static enum printer_state cups_print(struct printer *printer, const struct raster *raster, const char *name,
                                     struct error *error)
{
    struct ipp ipp;
    enum printer_state state = PRINTER_OFFLINE;
    if (ipp_open(&ipp, printer->target, error) == 0) {
        state = print_on(&ipp, printer, raster, name != NULL ? name : "strookje", error);
    }
    ipp_close(&ipp);
    return state;
}

static void cups_close(struct printer *printer)
{
    (void)printer;
}

const struct printer_ops CUPS_OPS = {cups_state, cups_print, cups_close};
