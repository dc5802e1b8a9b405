#include "kiosk/check.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "draw/font.h"
#include "draw/pictogram.h"
#include "kiosk/check_norms.h"
#include "kiosk/check_screens.h"
#include "kiosk/contact.h"
#include "kiosk/print_setup.h"
#include "kiosk/secrets.h"
#include "sync/client.h"

#include "base/banned.h"

// ---- texts

static int need(const struct catalog *texts, const char *key, struct error *error)
{
    if (catalog_has(texts, key))
        return 0;
    return error_set(error, ERROR_NOT_FOUND, "%s: the text \"%s\" is missing", catalog_path(texts), key);
}

static const char *const fixed_texts[] = {
    "title.start",  "start.begin",   "start.checkin", "title.language", "language.other", "title.explanation",
    "title.topics", "title.privacy", "title.name",    "title.phone",    "title.slot",     "title.check",
    "title.idle",   "idle.stay",     "idle.stop",     "title.stop",     "title.help",     "bar.back",
    "bar.stop",     "bar.help",      "check.confirm", "slip.done",      "goodbye.done",   "time.hour",
    "time.day",     "day.1",         "day.7",         "month.1",        "month.12"};

static int need_indicator(const struct catalog *texts, const struct town_indicator *indicator,
                          struct error *error)
{
    char key[96];
    text_print(key, sizeof key, "indicator.%s", indicator->id);
    int result = need(texts, key, error);
    for (unsigned i = 0; result == 0 && i < indicator->answers_count; i++) {
        text_print(key, sizeof key, "indicator.%s.%s", indicator->id, indicator->answers[i].id);
        result = need(texts, key, error);
        text_print(key, sizeof key, "check.%s.%s", indicator->id, indicator->answers[i].id);
        result = result == 0 ? need(texts, key, error) : result;
    }
    return result;
}

static int need_named(const struct catalog *texts, const char *family, const char *id, struct error *error)
{
    char key[96];
    text_print(key, sizeof key, "%s.%s", family, id);
    return need(texts, key, error);
}

int check_texts(const struct town *town, const struct catalog *texts, struct error *error)
{
    int result = 0;
    for (size_t i = 0; result == 0 && i < sizeof fixed_texts / sizeof fixed_texts[0]; i++)
        result = need(texts, fixed_texts[i], error);
    for (unsigned i = 0; result == 0 && i < town->indicators_count; i++)
        result = need_indicator(texts, &town->indicators[i], error);
    for (unsigned i = 0; result == 0 && i < town->topics_count; i++)
        result = need_named(texts, "topic", town->topics[i].id, error);
    for (unsigned i = 0; result == 0 && i < town->referrers_count; i++)
        result = need_named(texts, "referred", town->referrers[i].id, error);
    for (unsigned i = 0; result == 0 && i < town->bring_count; i++)
        result = need_named(texts, "bring", town->bring[i].id, error);
    return result;
}

// ---- pictograms

static const char *const fixed_pictograms[] = {"back",
                                               "bring-letter",
                                               "calendar",
                                               "callback",
                                               "check",
                                               "checkin",
                                               "delete",
                                               "explain-free",
                                               "explain-person",
                                               "explain-talk",
                                               "go",
                                               "goodbye",
                                               "guide",
                                               "help",
                                               "language",
                                               "language-other",
                                               "language-question",
                                               "list-back",
                                               "list-more",
                                               "name",
                                               "no",
                                               "no-slots",
                                               "offline",
                                               "paper-question",
                                               "pencil",
                                               "phone",
                                               "phone-none",
                                               "printer-empty",
                                               "privacy",
                                               "privacy-long",
                                               "privacy-what",
                                               "privacy-who",
                                               "reach",
                                               "referred",
                                               "referred-counter",
                                               "room",
                                               "scan",
                                               "slip",
                                               "speak",
                                               "stop",
                                               "appointment",
                                               "afternoon",
                                               "morning",
                                               "talk",
                                               "text-size",
                                               "thumbs-up",
                                               "touch",
                                               "town-hall",
                                               "welcome",
                                               "contrast",
                                               "voice-again",
                                               "voice-faster",
                                               "voice-louder",
                                               "voice-off",
                                               "voice-slower",
                                               "voice-softer",
                                               "wiped"};

static int town_pictograms(const struct town *town, int (*look)(const char *name, struct error *error),
                           struct error *error)
{
    int result = 0;
    for (unsigned i = 0; result == 0 && i < town->indicators_count; i++) {
        result = look(town->indicators[i].pictogram, error);
        for (unsigned a = 0; result == 0 && a < town->indicators[i].answers_count; a++)
            result = look(town->indicators[i].answers[a].pictogram, error);
    }
    for (unsigned i = 0; result == 0 && i < town->topics_count; i++)
        result = look(town->topics[i].pictogram, error);
    for (unsigned i = 0; result == 0 && i < town->referrers_count; i++)
        result = look(town->referrers[i].pictogram, error);
    for (unsigned i = 0; result == 0 && i < town->bring_count; i++)
        result = look(town->bring[i].pictogram, error);
    return result;
}

static int all_pictograms(const struct town *town, int (*look)(const char *name, struct error *error),
                          struct error *error)
{
    int result = 0;
    for (size_t i = 0; result == 0 && i < sizeof fixed_pictograms / sizeof fixed_pictograms[0]; i++)
        result = look(fixed_pictograms[i], error);
    if (result == 0 && town->shield != NULL)
        result = look(PICTOGRAM_OWN, error);
    return result == 0 ? town_pictograms(town, look, error) : result;
}

static int look_quickly(const char *name, struct error *error)
{
    if (pictogram_exists(name))
        return 0;
    if (strcmp(name, PICTOGRAM_OWN) == 0)
        return pictogram_check(name, error); // which names the file
    return error_set(error, ERROR_NOT_FOUND, "the pictogram \"%s\" is missing", name);
}

int check_pictograms(const struct town *town, struct error *error)
{
    return all_pictograms(town, look_quickly, error);
}

// ---- the rest

static int check_fonts(const struct town *town, struct error *error)
{
    int result = font_check(error);
    for (unsigned i = 0; result == 0 && i < town->languages_count; i++)
        result = font_check_script(town->languages[i].script, error);
    return result;
}

// Reads only: a store is made, mended and set aside by the kiosk itself.
static int check_store(const char *data, char *said, size_t size, struct error *error)
{
    char *path = file_join(data, "store.db");
    int result = 0;
    text_print(said, size, "%s", path);
    if (!file_exists(path)) {
        text_print(said, size, "%s: none yet, the first start makes it", path);
    } else {
        sqlite3 *handle = NULL;
        result =
            sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                    sqlite3_exec(handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK
                ? 0
                : error_set(error, ERROR_CORRUPT, "\"%s\" cannot be read: %s", path, sqlite3_errmsg(handle));
        sqlite3_close(handle);
    }
    free(path);
    return result;
}

static int check_agenda(const struct check_options *options, char *said, size_t size, struct error *error)
{
    const struct client_options wanted = {.command = options->agenda,
                                          .kiosk = options->settings->name,
                                          .version = WEGWIJS_VERSION,
                                          .connect_ms = (int)options->settings->link.connect,
                                          .answer_ms = (int)options->settings->link.answer};
    struct client *client = client_new(&wanted);
    struct hello_answer answer = {0};
    int result = client_hello(client, &answer, error);
    if (result == 0) {
        text_print(said, size, "%s: answers", options->agenda);
        hello_answer_release(&answer);
    }
    client_free(client);
    return result;
}

static int check_printer(const struct check_options *options, char *said, size_t size, struct error *error)
{
    struct print_setup setup;
    struct printer *opened = NULL;
    print_setup_init(&setup, options->settings, options->data);
    int result = printer_open(&opened, &setup.printer, error);
    if (result == 0) {
        struct error why = ERROR_NONE;
        // a folder that is not there yet is the kiosk's to make: made by root, it would not be the kiosk's
        bool later = setup.pictures != NULL && access(setup.pictures, F_OK) != 0 && errno == ENOENT;
        enum printer_state state = later ? PRINTER_READY : printer_status(opened, &why);
        bool well = state == PRINTER_READY || state == PRINTER_PAPER_LOW;
        if (setup.pictures != NULL)
            text_print(said, size, "pictures in the folder \"%s\"", setup.pictures);
        else
            text_print(said, size, "%s: %s", setup.facts, printer_state_name(state));
        if (!well && why.code != 0)
            result = error_set(error, ERROR_UNAVAILABLE, "%s", why.text);
        else if (!well)
            result =
                error_set(error, ERROR_UNAVAILABLE, "%s says %s%s%s", setup.facts, printer_state_name(state),
                          *printer_detail(opened) != '\0' ? ": " : "", printer_detail(opened));
        printer_close(opened);
    }
    print_setup_release(&setup);
    return result;
}

static bool line(const char *what, int result, const char *said, const struct error *error)
{
    if (result == 0)
        printf("ok      %-14s %s\n", what, said);
    else
        printf("FAULT   %-14s %s\n", what, error->text);
    return result == 0;
}

static bool print_slip(const struct check_options *options)
{
    char said[ERROR_TEXT_SIZE];
    struct error error = ERROR_NONE;
    int result = print_test_now(options->settings, options->town, options->texts, options->data, said,
                                sizeof said, &error);
    return line("slip", result, said, &error);
}

// Help in a contact language: what is on, until when and why, and what ended.
static bool check_contact(const struct town *town)
{
    struct contact *contact = NULL;
    struct error error = ERROR_NONE;
    char said[ERROR_TEXT_SIZE];
    if (contact_open(&contact, town, NULL, &error) != 0)
        return line("contact", error.code, "", &error);
    for (unsigned i = 0; i < town->help_count; i++) {
        const struct town_help *help = &town->help[i];
        bool on = contact_is_on(help, clock_moment().day);
        text_print(said, sizeof said, "%s: %s %s (%s)", help->language,
                   on ? "on until" : "off, it ended after", help->until, help->reason);
        line("contact", 0, said, &error);
    }
    contact_free(contact);
    return true;
}

int check_all(const struct check_options *options)
{
    struct error error = ERROR_NONE;
    char said[ERROR_TEXT_SIZE];
    bool good = line("settings", options->settings == NULL, options->folder, options->settings_error);
    good &= line("town", options->town == NULL, options->town != NULL ? options->town->name : "",
                 options->town_error);
    good &= line("texts", options->texts == NULL, options->texts != NULL ? catalog_path(options->texts) : "",
                 options->texts_error);
    if (options->settings == NULL || options->town == NULL || options->texts == NULL)
        return 1;
    good &=
        line("words", check_texts(options->town, options->texts, &error), "every name has its text", &error);
    good &= line("pictograms", all_pictograms(options->town, pictogram_check, &error),
                 "all there and drawable", &error);
    good &= line("fonts", check_fonts(options->town, &error), "a letter for every language", &error);
    good &= check_contact(options->town);
    good &= line("store", check_store(options->data, said, sizeof said, &error), said, &error);
    good &= line("secrets", secrets_check(options->data, options->agenda, &error),
                 "for the kiosk's user only", &error);
    good &= line("agenda", check_agenda(options, said, sizeof said, &error), said, &error);
    good &= line("printer", check_printer(options, said, sizeof said, &error), said, &error);
    if (options->slip)
        good &= print_slip(options);
    good &= check_norms(options->settings, options->town);
    good &= check_screens(options->settings, options->town, options->texts);
    return good ? 0 : 1;
}
