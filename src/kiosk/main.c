// wegwijs-kiosk: reads its options and configuration, and starts the shell.
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "booking/seal.h"
#include "draw/pictogram.h"
#include "kiosk/check.h"
#include "kiosk/configuration.h"
#include "kiosk/pin.h"
#include "kiosk/secrets.h"
#include "kiosk/shell.h"
#include "kiosk/signals.h"
#include "kiosk/status.h"

#include "base/banned.h"

#define EXIT_USE 2

struct kiosk {
    const char *config, *data_option, *script;
    int width_px, height_px;
    bool fullscreen, check, no_words, status, pin, slip, trial, last_good;
    char *folder, *data, *agenda; // the configuration's, the data's; the agenda's command
    char *kept;                   // the last good copy, when that is what runs; NULL: what is in `folder`
    uint64_t mark;                // of the configuration before it was read
    char program[PATH_MAX];       // where it was at the start: after an upgrade a newer one stands there
    char **arguments;
    struct settings *settings;
    struct town *town;
    struct catalog *texts;
    struct contact *contact;
    struct error settings_error, town_error, texts_error;
};

static const char usage[] =
    "use: wegwijs-kiosk [--config DIR] [--data DIR] [--window WIDTHxHEIGHT] [--fullscreen]\n"
    "                   [--last-good] [--script FILE] [--no-words]\n"
    "                   [--check [--slip]] [--status] [--pin] [--version]\n";

static int read_size(const char *text, struct kiosk *kiosk)
{
    char *end = NULL;
    long width = strtol(text, &end, 10), height = *end == 'x' ? strtol(end + 1, &end, 10) : 0;
    if (*end != '\0' || width < 320 || height < 320 || width > 16384 || height > 16384) {
        fprintf(stderr, "wegwijs-kiosk: \"%s\" is not a size like 1080x1920\n", text);
        return EXIT_USE;
    }
    kiosk->width_px = (int)width;
    kiosk->height_px = (int)height;
    return 0;
}

static const struct option long_options[] = {{"config", required_argument, NULL, 'c'},
                                             {"data", required_argument, NULL, 'd'},
                                             {"window", required_argument, NULL, 'w'},
                                             {"fullscreen", no_argument, NULL, 'f'},
                                             {"script", required_argument, NULL, 's'},
                                             {"no-words", no_argument, NULL, 'n'},
                                             {"check", no_argument, NULL, 'k'},
                                             {"status", no_argument, NULL, 't'},
                                             {"pin", no_argument, NULL, 'p'},
                                             {"slip", no_argument, NULL, 'l'},
                                             {"last-good", no_argument, NULL, 'g'},
                                             {"try", no_argument, NULL, 'y'}, // for the kiosk itself
                                             {"version", no_argument, NULL, 'v'},
                                             {"help", no_argument, NULL, 'h'},
                                             {NULL, 0, NULL, 0}};

// Returns -1 to go on, else the exit status.
static int read_options(struct kiosk *kiosk, int argc, char **argv)
{
    int option = 0;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'w' && read_size(optarg, kiosk) != 0)
            return EXIT_USE;
        kiosk->config = option == 'c' ? optarg : kiosk->config;
        kiosk->data_option = option == 'd' ? optarg : kiosk->data_option;
        kiosk->script = option == 's' ? optarg : kiosk->script;
        kiosk->fullscreen |= option == 'f';
        kiosk->no_words |= option == 'n';
        kiosk->check |= option == 'k';
        kiosk->slip |= option == 'l';
        kiosk->status |= option == 't';
        kiosk->pin |= option == 'p';
        kiosk->trial |= option == 'y';
        kiosk->last_good |= option == 'g';
        if (option == 'v' || option == 'h') {
            fputs(option == 'v' ? "wegwijs-kiosk " WEGWIJS_VERSION "\n" : usage, stdout);
            return 0;
        }
        if (option == '?') {
            fputs(usage, stderr);
            return EXIT_USE;
        }
    }
    if (kiosk->slip && !kiosk->check) {
        fprintf(stderr, "wegwijs-kiosk: \"--slip\" goes with --check\n%s", usage);
        return EXIT_USE;
    }
    if (optind < argc) {
        fprintf(stderr, "wegwijs-kiosk: unexpected \"%s\"\n%s", argv[optind], usage);
        return EXIT_USE;
    }
    return -1;
}

// Personal data is in this process: no core dump, no debugger of another user, no file for others.
static void protect(void)
{
    const struct rlimit none = {0, 0};
    if (prctl(PR_SET_DUMPABLE, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
        log_warning("core dumps could not be turned off: %s", strerrorname_np(errno));
    umask(S_IRWXG | S_IRWXO);
    signal(SIGPIPE, SIG_IGN);
}

static char *find_config(const char *option)
{
    if (option != NULL)
        return memory_copy_text(option);
    if (file_exists(WEGWIJS_SYSCONF "/kiosk.yaml"))
        return memory_copy_text(WEGWIJS_SYSCONF);
    return file_share("kiosk-config");
}

static int load_texts(struct kiosk *kiosk, struct error *error)
{
    char *path = kiosk->kept != NULL ? file_join(kiosk->kept, "lang/nl.po") : file_share("lang/nl.po");
    int result = catalog_open(&kiosk->texts, path, error);
    free(path);
    return result;
}

static void load_files(struct kiosk *kiosk)
{
    const char *folder = kiosk->kept != NULL ? kiosk->kept : kiosk->folder;
    char *town = file_join(folder, "town.yaml");
    settings_load(&kiosk->settings, folder, &kiosk->settings_error);
    town_load(&kiosk->town, town, &kiosk->town_error);
    load_texts(kiosk, &kiosk->texts_error);
    free(town);
    char *shield =
        kiosk->town != NULL && kiosk->town->shield != NULL ? file_join(folder, kiosk->town->shield) : NULL;
    pictogram_own(shield);
    free(shield);
    if (kiosk->town != NULL && kiosk->texts != NULL)
        town_apply_texts(kiosk->town, kiosk->texts);
}

static void name_places(struct kiosk *kiosk)
{
    const struct settings *settings = kiosk->settings;
    free(kiosk->data);
    free(kiosk->agenda);
    kiosk->agenda = NULL;
    if (kiosk->data_option != NULL)
        kiosk->data = memory_copy_text(kiosk->data_option);
    else if (settings != NULL && settings->data != NULL && settings->data[0] != '\0')
        kiosk->data = memory_copy_text(settings->data);
    else
        kiosk->data = file_user_data("kiosk");
    if (settings != NULL && settings->agenda != NULL && settings->agenda[0] != '\0')
        kiosk->agenda = memory_copy_text(settings->agenda);
    else if (settings != NULL)
        kiosk->agenda = memory_format("wegwijs-agenda serve --kiosk %s", settings->name);
}

static void load(struct kiosk *kiosk)
{
    kiosk->folder = find_config(kiosk->config);
    kiosk->mark = configuration_mark(kiosk->folder);
    load_files(kiosk);
    name_places(kiosk);
}

static void unload(struct kiosk *kiosk)
{
    settings_free(kiosk->settings);
    contact_free(kiosk->contact);
    town_free(kiosk->town);
    catalog_free(kiosk->texts);
    kiosk->settings = NULL;
    kiosk->contact = NULL;
    kiosk->town = NULL;
    kiosk->texts = NULL;
}

// What the configuration must be before it is taken.
static int judge(struct kiosk *kiosk, struct error *error)
{
    *error = kiosk->settings == NULL ? kiosk->settings_error
             : kiosk->town == NULL   ? kiosk->town_error
             : kiosk->texts == NULL  ? kiosk->texts_error
                                     : ERROR_NONE;
    int result = error->code;
    char *lang = kiosk->kept != NULL ? file_join(kiosk->kept, "lang") : NULL;
    if (result == 0)
        result = check_texts(kiosk->town, kiosk->texts, error);
    if (result == 0)
        result = check_pictograms(kiosk->town, error);
    if (result == 0)
        result = contact_open(&kiosk->contact, kiosk->town, lang, error);
    free(lang);
    return result;
}

// With --last-good a wrong configuration does not keep the kiosk from starting where it has run before: staff
// see that it is refused, newcomers see nothing of it.
static int judge_or_keep(struct kiosk *kiosk, struct error *error)
{
    int result = judge(kiosk, error);
    char *kept = result != 0 && kiosk->last_good ? configuration_kept(kiosk->data) : NULL;
    struct error last = ERROR_NONE;
    if (kept == NULL)
        return result;
    log_error("configuration: refused, the last good one is used: %s", error->text);
    unload(kiosk);
    kiosk->kept = kept;
    load_files(kiosk);
    name_places(kiosk);
    if (judge(kiosk, &last) == 0)
        return 0;
    log_error("configuration: the last good one cannot be used: %s", last.text);
    return result;
}

// Everything that must be right before the first screen.
static int prepare(struct kiosk *kiosk, struct error *error)
{
    int result = judge_or_keep(kiosk, error);
    if (result == 0 && kiosk->script != NULL && kiosk->settings->production)
        result = error_set(error, ERROR_REFUSED, "\"%s/kiosk.yaml\" is for production: no --script",
                           kiosk->folder);
    if (result == 0)
        result = file_make_folder(kiosk->data, S_IRWXU, error);
    if (result == 0)
        result = secrets_check(kiosk->data, kiosk->agenda, error);
    if (result == 0)
        result = seal_ready(error);
    return result;
}

// The same process from anew: the compositor and the service manager see the same child. Everything is closed
// and durable by now; what a library left open does not come along. Returns only when it fails.
static void start_anew(const struct kiosk *kiosk, struct error *error)
{
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    signal(SIGHUP, SIG_IGN); // until the new program listens
    execv(kiosk->program, kiosk->arguments);
    error_set(error, ERROR_UNAVAILABLE, "\"%s\" could not be started anew: %s", kiosk->program,
              strerrorname_np(errno));
}

static int run(struct kiosk *kiosk)
{
    struct error error = ERROR_NONE;
    struct shell_options options = {.script = kiosk->script,
                                    .width_px = kiosk->width_px,
                                    .height_px = kiosk->height_px,
                                    .fullscreen = kiosk->fullscreen,
                                    .no_words = kiosk->no_words,
                                    .program = kiosk->program,
                                    .folder = kiosk->folder,
                                    .mark = kiosk->mark};
    int result = prepare(kiosk, &error);
    options.settings = kiosk->settings;
    options.town = kiosk->town;
    options.texts = kiosk->texts;
    options.data = kiosk->data;
    options.agenda = kiosk->agenda;
    options.contact = kiosk->contact;
    options.refused = kiosk->kept != NULL;
    if (result == 0)
        result = shell_run(&options, &error);
    if (result == SHELL_AGAIN && signals_end_asked())
        result = 0; // while it was on its way to start anew
    if (result == 0)
        return EXIT_SUCCESS;
    if (result == SHELL_AGAIN)
        start_anew(kiosk, &error);
    fprintf(stderr, "wegwijs-kiosk: %s\n", error.text);
    return EXIT_FAILURE;
}

static int check(struct kiosk *kiosk)
{
    const struct check_options options = {.folder = kiosk->folder,
                                          .settings = kiosk->settings,
                                          .town = kiosk->town,
                                          .texts = kiosk->texts,
                                          .settings_error = &kiosk->settings_error,
                                          .town_error = &kiosk->town_error,
                                          .texts_error = &kiosk->texts_error,
                                          .data = kiosk->data,
                                          .agenda = kiosk->agenda,
                                          .slip = kiosk->slip};
    return check_all(&options);
}

// For the running kiosk, which asks before it takes a changed configuration over: silence is consent.
static int trial(struct kiosk *kiosk)
{
    struct error error = ERROR_NONE;
    if (judge(kiosk, &error) == 0)
        return EXIT_SUCCESS;
    puts(error.text);
    return EXIT_FAILURE;
}

static int status(const struct kiosk *kiosk)
{
    struct error error = ERROR_NONE;
    if (status_print(kiosk->data, clock_instant(), stdout, &error) == 0)
        return EXIT_SUCCESS;
    fprintf(stderr, "wegwijs-kiosk: %s\n", error.text);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct kiosk kiosk = {.arguments = argv};
    int result = read_options(&kiosk, argc, argv);
    if (result >= 0)
        return result;
    if (readlink("/proc/self/exe", kiosk.program, sizeof kiosk.program - 1) < 0)
        log_warning("the program's own place is not known: it cannot start anew");
    protect();
    if (kiosk.pin)
        return pin_command();
    load(&kiosk);
    result = kiosk.status  ? status(&kiosk)
             : kiosk.check ? check(&kiosk)
             : kiosk.trial ? trial(&kiosk)
                           : run(&kiosk);
    unload(&kiosk);
    free(kiosk.folder);
    free(kiosk.kept);
    free(kiosk.data);
    free(kiosk.agenda);
    return result;
}
