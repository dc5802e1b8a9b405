// ESC/POS printers: asks before, during and after a job, and says no more than the printer has said.
#include <string.h>

#include "base/file.h"
#include "slip/escpos.h"
#include "slip/port.h"
#include "slip/printer_kind.h"

#include "base/banned.h"

#define ANSWER_MS 500  // for a real-time answer
#define FIRST_MS 1500  // for the first: a printer on a wireless network may sleep
#define STATE_MS 3000  // for all of an idle printer: a slip may be waiting
#define UNASKED_MS 100 // between the bytes of what is sent unasked, at most
#define CANCEL_MS 100
#define POLL_MS 200 // between two questions while waiting for the end

struct job {
    struct port port;
    const struct printer_options *options;
    int64_t deadline;
    bool whole;               // every row was taken: from here on the slip may be there
    bool silent;              // the last question was not answered
    bool paused;              // too hot: it goes on by itself
    int answer_ms;            // for the next answer
    bool asked;               // GS r was sent
    bool fenced;              // and answered: all before it is printed
    int unasked;              // bytes still to come of what the printer sends by itself
    enum printer_state state; // last known
    char *detail;             // the printer's
};

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static bool put(struct job *job, const void *bytes, size_t size, struct error *error)
{
    size_t written;
    return port_write(&job->port, bytes, size, &written, job->deadline, error) == 0;
}

// A byte that means something: what is sent unasked is passed over. A fence counts only once it was asked
// for.
static int read_byte(struct job *job, int64_t limit)
{
    for (;;) {
        int64_t rest = printer_now_ms() + UNASKED_MS;
        int byte = port_read(&job->port, job->unasked > 0 && limit < rest ? rest : limit);
        if (byte < 0) {
            job->unasked = 0;
            return byte;
        }
        if (job->unasked > 0) {
            job->unasked--;
        } else if (escpos_is_unasked((uint8_t)byte)) {
            job->unasked = ESCPOS_UNASKED_MORE;
        } else {
            job->fenced = job->fenced || (job->asked && escpos_is_fence((uint8_t)byte));
            return byte;
        }
    }
}

// Waits for a status byte; a fence's answer may come first.
static int read_status(struct job *job)
{
    int64_t limit = sooner(job->deadline, printer_now_ms() + job->answer_ms);
    int byte = read_byte(job, limit);
    while (byte >= 0 && !escpos_is_status((uint8_t)byte)) {
        byte = read_byte(job, limit);
    }
    job->answer_ms = ANSWER_MS;
    return byte;
}

// Answers to what was asked before, by whomever, must not be taken for the next one's.
static void clear_line(struct job *job)
{
    while (read_byte(job, 0) >= 0) {
    }
}

// One answer, or -1.
static int question(struct job *job, enum escpos_question which)
{
    return put(job, ESCPOS_ASK[which], sizeof ESCPOS_ASK[which], NULL) ? read_status(job) : -1;
}

// All answers. False: it does not say. *again: an error was gone before it could be named.
static bool ask_all(struct job *job, uint8_t answers[ESCPOS_QUESTIONS], bool *again)
{
    *again = false;
    memset(answers, ESCPOS_WELL, ESCPOS_QUESTIONS);
    for (int i = ESCPOS_LINE; i < ESCPOS_FAULT; i++) {
        int answer = question(job, (enum escpos_question)i);
        if (answer < 0) {
            return false;
        }
        answers[i] = (uint8_t)answer;
    }
    if (escpos_has_error(answers[ESCPOS_CAUSE])) {
        int answer = question(job, ESCPOS_FAULT);
        *again = answer == ESCPOS_WELL;
        answers[ESCPOS_FAULT] = answer < 0 ? ESCPOS_WELL : (uint8_t)answer; // not all models know it
    }
    return !job->port.ended;
}

// Asks the printer how it is; SILENT when it does not say, OFFLINE when the line ended.
static enum printer_state ask(struct job *job)
{
    uint8_t answers[ESCPOS_QUESTIONS];
    bool again = false;
    job->paused = false;
    *job->detail = '\0';
    clear_line(job);
    job->silent = !ask_all(job, answers, &again) || (again && !ask_all(job, answers, &again));
    if (job->silent) {
        return job->port.ended ? PRINTER_OFFLINE : PRINTER_SILENT;
    }
    job->paused = escpos_pauses(answers);
    escpos_reasons(answers, job->detail, PRINTER_DETAIL);
    return escpos_state(answers);
}

static bool prints(enum printer_state state)
{
    return state == PRINTER_READY || state == PRINTER_PAPER_LOW;
}

static int start(struct job *job, struct printer *printer, int limit_ms, struct error *error)
{
    *job = (struct job){.options = &printer->options,
                        .state = PRINTER_READY,
                        .detail = printer->detail,
                        .answer_ms = FIRST_MS};
    printer->detail[0] = '\0';
    job->deadline = printer_now_ms() + limit_ms;
    return port_open(&job->port, printer->target, job->deadline, error);
}

static enum printer_state escpos_printer_state(struct printer *printer, struct error *error)
{
    struct job job;
    enum printer_state state = PRINTER_READY;
    int limit_ms = printer->options.limit_ms < STATE_MS ? printer->options.limit_ms : STATE_MS;
    if (start(&job, printer, limit_ms, error) != 0) {
        return PRINTER_OFFLINE;
    }
    if (!job.port.file && printer->options.status) {
        state = ask(&job);
    }
    port_close(&job.port);
    return state;
}

// One piece of the job, then a question. False: it went wrong; job->state says how.
static bool send_piece(struct job *job, struct text_buffer *bytes, bool last, struct error *error)
{
    bool sent = put(job, bytes->text, bytes->length, error);
    text_buffer_clear(bytes);
    if (!sent) {
        job->state = PRINTER_OFFLINE;
        return false;
    }
    job->whole = last;
    if (job->options->status) {
        job->state = ask(job);
    }
    // busy printers may be slow to answer: only what they say stops a job, or a line that broke
    if (job->port.ended || (!prints(job->state) && !job->silent)) {
        job->state = prints(job->state) ? PRINTER_OFFLINE : job->state;
        error_set(error, ERROR_UNAVAILABLE, "printer stopped during the slip: %s",
                  printer_state_name(job->state));
        return false;
    }
    return true;
}

static bool send_raster(struct job *job, const struct raster *raster, struct error *error)
{
    struct text_buffer bytes = {0};
    bool sent = true;
    if (job->options->unsure) {
        escpos_fill(&bytes, raster->stride, job->options->band_rows);
    }
    escpos_start(&bytes);
    for (unsigned row = 0; sent && row < raster->height; row += job->options->band_rows) {
        unsigned left = raster->height - row;
        escpos_band(&bytes, raster, row, left < job->options->band_rows ? left : job->options->band_rows);
        sent = send_piece(job, &bytes, left <= job->options->band_rows, error);
    }
    text_buffer_release(&bytes);
    return sent;
}

// Everything was sent: what became of it?
static enum printer_state wait_for_end(struct job *job, struct error *error)
{
    int64_t settled = printer_now_ms() + job->options->settle_ms;
    while (printer_now_ms() < job->deadline && !job->port.ended) {
        job->state = ask(job);
        if (job->fenced) { // it is out; what comes after is the next slip's matter
            return job->state == PRINTER_READY ? PRINTER_READY : PRINTER_PAPER_LOW;
        }
        if (!prints(job->state) && !job->silent) {
            error_set(error, ERROR_UNAVAILABLE, "printer stopped before the end of the slip: %s",
                      printer_state_name(job->state));
            // the knife comes after the last row: what hangs in it may be a whole slip
            return job->state == PRINTER_CUTTER ? PRINTER_UNKNOWN : job->state;
        }
        if (job->paused) {
            settled = printer_now_ms() + job->options->settle_ms;
        }
        if (job->options->no_fence && prints(job->state) && printer_now_ms() >= settled) {
            return job->state;
        }
        (void)read_byte(job, sooner(job->deadline, printer_now_ms() + POLL_MS));
    }
    error_set(error, ERROR_TIMEOUT, "the printer took the slip and did not say that it is out");
    return PRINTER_UNKNOWN;
}

static enum printer_state finish(struct job *job, struct error *error)
{
    struct text_buffer bytes = {0};
    escpos_end(&bytes, job->options->cutter);
    if (job->options->status && !job->options->no_fence) {
        text_buffer_add_bytes(&bytes, ESCPOS_FENCE, sizeof ESCPOS_FENCE);
        clear_line(job);
        job->asked = true;
    }
    bool sent = put(job, bytes.text, bytes.length, error);
    text_buffer_release(&bytes);
    if (!sent) {
        return PRINTER_UNKNOWN; // all that can be read was sent
    }
    if (!job->options->status) {
        if (port_drain(&job->port, job->deadline)) {
            error_set(error, ERROR_UNAVAILABLE, "the printer answers no status");
        } else {
            port_drop(&job->port);
            error_set(error, ERROR_TIMEOUT, "the printer did not take the slip in time");
        }
        return PRINTER_UNKNOWN;
    }
    return wait_for_end(job, error);
}

static enum printer_state print_file(const struct printer *printer, const struct raster *raster,
                                     struct error *error)
{
    struct text_buffer bytes = {0};
    escpos_encode(&bytes, raster, printer->options.band_rows, printer->options.cutter);
    int result = file_write(printer->target, bytes.text, bytes.length, 0600, error);
    text_buffer_release(&bytes);
    return result == 0 ? PRINTER_READY : PRINTER_ERROR;
}

// What the printer or the line still holds must not come out behind somebody else's back when the paper is
// there again.
static void take_back(struct port *port)
{
    size_t written;
    int64_t until = printer_now_ms() + CANCEL_MS;
    if (port_write(port, ESCPOS_CANCEL, sizeof ESCPOS_CANCEL, &written, until, NULL) != 0 ||
        !port_drain(port, until)) {
        port_drop(port);
    }
}

static enum printer_state print_job(struct job *job, const struct raster *raster, struct error *error)
{
    if (job->options->status) {
        job->state = ask(job);
        if (!prints(job->state)) {
            error_set(error, ERROR_UNAVAILABLE, "printer before the slip: %s",
                      printer_state_name(job->state));
            return job->state;
        }
    }
    if (send_raster(job, raster, error)) {
        job->state = finish(job, error);
    } else if (job->whole && job->port.ended) {
        job->state = PRINTER_UNKNOWN;
    }
    if (!prints(job->state) && job->state != PRINTER_UNKNOWN) {
        take_back(&job->port);
    }
    return job->state;
}

static enum printer_state escpos_print(struct printer *printer, const struct raster *raster, const char *name,
                                       struct error *error)
{
    struct job job;
    enum printer_state state;
    (void)name; // nowhere to say it
    if (start(&job, printer, printer->options.limit_ms, error) != 0) {
        return PRINTER_OFFLINE;
    }
    state = job.port.file ? print_file(printer, raster, error) : print_job(&job, raster, error);
    printer->options.unsure = !prints(state);
    port_close(&job.port);
    return state;
}

static bool escpos_sheets(struct printer *printer)
{
    (void)printer;
    return false;
}

static void escpos_close(struct printer *printer)
{
    (void)printer;
}

const struct printer_ops ESCPOS_OPS = {escpos_printer_state, escpos_print, escpos_sheets, escpos_close};
