// The thread that sees a change of the configuration, waits until it has settled, and has it tried.
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/process.h"
#include "kiosk/configuration.h"

#include "base/banned.h"

#define SETTLE_MS 2000 // editors write twice, package managers file after file
#define TRY_MS 30000
#define LOOK 1U
#define STOP 0x100000000U // more looks than anybody can ask for

struct watch {
    struct watch_options options;
    pthread_t thread;
    int changes, asked; // inotify, eventfd
    uint64_t tried;     // the mark of what was tried last
};

static int wait_for(int file, int ms)
{
    struct pollfd ready = {.fd = file, .events = POLLIN};
    return poll(&ready, 1, ms);
}

static void swallow(int file)
{
    char bytes[4096] __attribute__((aligned(8)));
    while (file >= 0 && read(file, bytes, sizeof bytes) > 0)
        continue;
}

// What `--try` says on its standard output: nothing when all is well, else one sentence.
static void read_sentence(int file, char *out, size_t size)
{
    size_t length = 0;
    while (length + 1 < size && wait_for(file, TRY_MS) > 0) {
        ssize_t got = read(file, out + length, size - 1 - length);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    out[length] = '\0';
    out[strcspn(out, "\n")] = '\0';
}

static void try_it(const struct watch_options *options, struct configuration_news *news)
{
    char *const arguments[] = {(char *)options->program,
                               (char *)"--config",
                               (char *)options->folder,
                               (char *)"--data",
                               (char *)options->data,
                               (char *)"--try",
                               NULL};
    struct process process = PROCESS_NONE;
    struct error error = ERROR_NONE;
    if (process_start(&process, arguments, &error) != 0) {
        text_copy(news->text, sizeof news->text, error.text);
        return;
    }
    read_sentence(process.output, news->text, sizeof news->text);
    int status = process_stop(&process, TRY_MS);
    news->good = status == 0 && news->text[0] == '\0';
    if (!news->good && news->text[0] == '\0')
        text_print(news->text, sizeof news->text, "the program that tried it ended with %d", status);
}

static void look(struct watch *watch, bool asked)
{
    struct configuration_news news = {.mark = configuration_mark(watch->options.folder)};
    if (news.mark == watch->tried && !asked)
        return;
    watch->tried = news.mark;
    try_it(&watch->options, &news);
    watch->options.told(&news);
}

// Until nothing has changed for a while, or somebody asks.
static void settle(struct watch *watch)
{
    struct pollfd ready[] = {{.fd = watch->asked, .events = POLLIN},
                             {.fd = watch->changes, .events = POLLIN}};
    while (poll(ready, 2, SETTLE_MS) > 0) {
        if (ready[0].revents != 0)
            return;
        swallow(watch->changes);
    }
}

// Behind the first picture, for each file is synced. Not when something has changed meanwhile.
static void keep(const struct watch_options *options)
{
    struct error error = ERROR_NONE;
    if (options->keep && configuration_mark(options->folder) == options->mark &&
        configuration_keep(options->folder, options->shield, options->data, &error) != 0)
        log_warning("configuration: no copy is kept: %s", error.text);
}

static void *run(void *context)
{
    struct watch *watch = context;
    keep(&watch->options);
    struct pollfd ready[] = {{.fd = watch->asked, .events = POLLIN},
                             {.fd = watch->changes, .events = POLLIN}};
    for (;;) {
        uint64_t count = 0;
        if (poll(ready, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (ready[1].revents != 0) {
            swallow(watch->changes);
            settle(watch);
        }
        bool asked = read(watch->asked, &count, sizeof count) == (ssize_t)sizeof count;
        if (asked && count >= STOP)
            return NULL;
        look(watch, asked);
    }
}

static void watch_folder(const struct watch *watch, const char *folder)
{
    const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ATTRIB;
    if (inotify_add_watch(watch->changes, folder, events | IN_ONLYDIR) < 0 && errno != ENOENT)
        log_warning("changes in \"%s\" are not seen: %s", folder, strerrorname_np(errno));
}

static void watch_shared(const struct watch *watch, const char *name)
{
    char *folder = file_share(name);
    watch_folder(watch, folder);
    free(folder);
}

int watch_start(struct watch **watch, const struct watch_options *options, struct error *error)
{
    struct watch *made = memory_new(1, sizeof *made);
    made->options = *options;
    made->tried = options->mark;
    made->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    made->asked = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (made->changes < 0)
        log_warning("a changed configuration is not seen by itself: %s", strerrorname_np(errno));
    else {
        watch_folder(made, options->folder);
        watch_shared(made, "lang");
        watch_shared(made, "assets/pictograms");
        watch_shared(made, "assets/voice");
    }
    // a change between the mark and the watch
    if (made->asked >= 0 && configuration_mark(options->folder) != options->mark)
        watch_look(made);
    if (made->asked < 0 || pthread_create(&made->thread, NULL, run, made) != 0) {
        close(made->changes);
        close(made->asked);
        free(made);
        *watch = NULL;
        return error_set(error, ERROR_UNAVAILABLE, "a changed configuration cannot be watched");
    }
    *watch = made;
    return 0;
}

void watch_look(struct watch *watch)
{
    const uint64_t one = LOOK;
    if (watch != NULL && write(watch->asked, &one, sizeof one) < 0)
        return; // it has been asked already, as often as can be
}

void watch_stop(struct watch *watch)
{
    const uint64_t stop = STOP;
    if (watch == NULL)
        return;
    (void)!write(watch->asked, &stop, sizeof stop);
    pthread_join(watch->thread, NULL);
    close(watch->changes);
    close(watch->asked);
    free(watch);
}
