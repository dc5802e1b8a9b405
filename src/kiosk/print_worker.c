#include "kiosk/print_worker.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/memory.h"
#include "slip/slip.h"

#include "base/banned.h"

struct job {
    bool waiting, test;
    uint32_t request;
    struct booking booking;
    char guide_name[64];
    char help_language[12], help_text[160]; // the last line; empty for none
};

struct print_worker {
    struct print_options options; // immutable
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; // protected by lock, as all below
    struct job job;
    bool busy, ends;
    enum printer_state fault;
    // worker only
    struct printer *printer;
    enum printer_state state;
    char reasons[PRINTER_DETAIL];
};

static struct timespec after(int ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += (long)(ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static enum printer_state faulted(struct print_worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    enum printer_state fault = worker->fault;
    pthread_mutex_unlock(&worker->lock);
    return fault;
}

// A printer that could not be opened is tried again with each question and each slip.
static enum printer_state reach(struct print_worker *worker, struct error *error)
{
    enum printer_state fault = faulted(worker);
    if (fault != PRINTER_READY)
        return fault;
    if (worker->printer == NULL) {
        int result = printer_open(&worker->printer, &worker->options.setup->printer, error);
        if (result != 0)
            return PRINTER_OFFLINE;
    }
    return PRINTER_READY;
}

// `reasons`: the printer's own, or why it cannot be asked.
static void log_state(enum printer_state state, const char *reasons)
{
    const char *name = printer_state_name(state);
    const char *before = *reasons != '\0' ? " (" : "", *behind = *reasons != '\0' ? ")" : "";
    if (state == PRINTER_READY)
        log_info("printer: %s%s%s%s", name, before, reasons, behind);
    else
        log_warning("printer: %s%s%s%s", name, before, reasons, behind);
}

// Once for each change, also of why.
static void tell_state(struct print_worker *worker, enum printer_state state, const struct error *why)
{
    bool asked = worker->printer != NULL && faulted(worker) == PRINTER_READY;
    const char *reasons = asked ? printer_detail(worker->printer) : "";
    if (state == worker->state && strcmp(reasons, worker->reasons) == 0)
        return;
    worker->state = state;
    text_copy(worker->reasons, sizeof worker->reasons, reasons);
    log_state(state, *reasons == '\0' && why->code != 0 ? why->text : reasons);
    struct print_answer answer = {.state = state};
    text_copy(answer.reasons, sizeof answer.reasons, reasons);
    worker->options.notify(worker->options.context, &answer);
}

static void ask(struct print_worker *worker)
{
    struct error error = ERROR_NONE;
    enum printer_state state = reach(worker, &error);
    if (state == PRINTER_READY)
        state = printer_status(worker->printer, &error);
    tell_state(worker, state, &error);
}

static enum printer_state print(struct print_worker *worker, const struct job *job, struct raster *raster,
                                struct error *error)
{
    const struct print_options *options = &worker->options;
    enum printer_state state = reach(worker, error);
    if (state != PRINTER_READY)
        return state;
    if (job->test)
        return print_test_slip(worker->printer, options->setup, options->kiosk, options->town, options->texts,
                               raster, error);
    struct slip_options slip = print_setup_slip(options->setup, worker->printer);
    slip.help_language = job->help_language[0] != '\0' ? job->help_language : NULL;
    slip.help_text = job->help_text[0] != '\0' ? job->help_text : NULL;
    int result =
        slip_paint(&job->booking, job->guide_name, options->town, options->texts, &slip, raster, error);
    state = result != 0 ? PRINTER_ERROR : printer_print(worker->printer, raster, job->booking.code, error);
    return state;
}

static void do_job(struct print_worker *worker, struct job *job)
{
    struct error error = ERROR_NONE;
    struct print_answer answer = {.job = true, .request = job->request};
    answer.state = print(worker, job, &answer.raster, &error);
    if (error.code != 0)
        log_error("slip: %s", error.text);
    if (job->test)
        raster_release(&answer.raster);
    enum printer_state state = answer.state;
    memory_wipe(job, sizeof *job);
    worker->options.notify(worker->options.context, &answer);
    if (state != PRINTER_UNKNOWN)
        tell_state(worker, state, &error);
    else
        ask(worker); // staff want to know why, now
}

// Takes the next job; false when it is time to ask the printer, or to end.
static bool take(struct print_worker *worker, struct job *job, bool *ends)
{
    struct timespec until = after(worker->options.ask_ms);
    pthread_mutex_lock(&worker->lock);
    worker->busy = false;
    pthread_cond_broadcast(&worker->changed);
    int result = 0;
    bool sleeps = worker->options.steady && worker->state == PRINTER_READY;
    while (!worker->job.waiting && !worker->ends && result != ETIMEDOUT)
        result = sleeps ? pthread_cond_wait(&worker->changed, &worker->lock)
                        : pthread_cond_timedwait(&worker->changed, &worker->lock, &until);
    bool taken = worker->job.waiting;
    if (taken) {
        *job = worker->job;
        memory_wipe(&worker->job, sizeof worker->job);
        worker->busy = true;
    }
    *ends = worker->ends && !taken;
    pthread_mutex_unlock(&worker->lock);
    return taken;
}

static void *work(void *context)
{
    struct print_worker *worker = context;
    struct job job;
    bool ends = false;
    ask(worker);
    while (!ends)
        if (take(worker, &job, &ends))
            do_job(worker, &job);
        else if (!ends)
            ask(worker);
    return NULL;
}

int print_worker_start(struct print_worker **out, const struct print_options *options, struct error *error)
{
    *out = NULL;
    struct print_worker *worker = memory_new(1, sizeof *worker);
    worker->options = *options;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&worker->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&worker->lock, NULL);
    worker->state = PRINTER_READY;
    if (pthread_create(&worker->thread, NULL, work, worker) != 0) {
        pthread_cond_destroy(&worker->changed);
        pthread_mutex_destroy(&worker->lock);
        free(worker);
        return error_set(error, ERROR_UNAVAILABLE, "no thread for the printer");
    }
    *out = worker;
    return 0;
}

void print_worker_stop(struct print_worker *worker)
{
    if (worker == NULL)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->ends = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    if (worker->printer != NULL)
        printer_close(worker->printer);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    memory_wipe(worker, sizeof *worker);
    free(worker);
}

static void post(struct print_worker *worker, const struct job *job)
{
    pthread_mutex_lock(&worker->lock);
    worker->job = *job;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

void print_worker_print(struct print_worker *worker, uint32_t request, const struct booking *booking,
                        const char *guide_name, const char *help_language, const char *help_text)
{
    struct job job = {.waiting = true, .request = request, .booking = *booking};
    text_copy(job.guide_name, sizeof job.guide_name, guide_name);
    text_copy(job.help_language, sizeof job.help_language, help_language != NULL ? help_language : "");
    text_copy(job.help_text, sizeof job.help_text, help_text != NULL ? help_text : "");
    post(worker, &job);
    memory_wipe(&job, sizeof job);
}

void print_worker_test(struct print_worker *worker, uint32_t request)
{
    post(worker, &(struct job){.waiting = true, .test = true, .request = request});
}

void print_worker_fault(struct print_worker *worker, enum printer_state state)
{
    pthread_mutex_lock(&worker->lock);
    worker->fault = state;
    pthread_mutex_unlock(&worker->lock);
}

void print_worker_flush(struct print_worker *worker, int limit_ms)
{
    struct timespec until = after(limit_ms);
    int result = 0;
    pthread_mutex_lock(&worker->lock);
    while ((worker->job.waiting || worker->busy) && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&worker->changed, &worker->lock, &until);
    pthread_mutex_unlock(&worker->lock);
}
