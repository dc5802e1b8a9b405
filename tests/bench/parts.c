// The parts of the programs against bare references, in one process. Prints a JSON line for each: name, unit,
// samples for ours and for the reference.  parts RELEASE_FOLDER [SSH_COMMAND]
//   confirm      seal excluded: store_confirm           / bare WAL commit with synchronous=FULL of as many
//   bytes accept       one booking through `serve`, durable    / bare commit with check and insert + pipe
//   round trip (cat) deliver      10 000 bookings through agenda_accept   / bare insert of 10 000 rows in one
//   transaction free         free slots of 14 days, 1 000 000 bookings / the same on an empty agenda
//   lease-ssh    one lease over an open ssh connection   / echo of 1 KiB over ssh + bare commit
//   slip         booking to ESC/POS bytes                 / bare QR encode, text and SVG raster of the same
//   content
#include <SDL.h>
#include <SDL_image.h>
#include <SDL_ttf.h>
#include <inttypes.h>
#include <qrencode.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "agenda/agenda.h"
#include "agenda/hours.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/process.h"
#include "kiosk/store.h"
#include "slip/printer.h"
#include "slip/slip.h"
#include "sync/client.h"

#define SAMPLES_MAX 512
struct samples {
    double values[SAMPLES_MAX];
    unsigned count;
};
static char folder[] = "/tmp/wegwijs-parts-XXXXXX";
static struct error error;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void must(int status, const char *what)
{
    if (status < 0) {
        fprintf(stderr, "%s: %s\n", what, error.text);
        exit(1);
    }
}

static void add(struct samples *samples, double value)
{
    if (samples->count < SAMPLES_MAX)
        samples->values[samples->count++] = value;
}

static void print_list(const char *name, const struct samples *samples)
{
    printf(", \"%s\": [", name);
    for (unsigned i = 0; i < samples->count; i++)
        printf("%s%.2f", i ? ", " : "", samples->values[i]);
    printf("]");
}

static void print(const char *name, const char *unit, const struct samples *ours,
                  const struct samples *reference, const char *note)
{
    printf("{\"name\": \"%s\", \"unit\": \"%s\", \"note\": \"%s\"", name, unit, note);
    print_list("ours", ours);
    print_list("reference", reference);
    printf("}\n");
    fflush(stdout);
}

static char *at(const char *name)
{
    return file_join(folder, name);
}

// ---- the bare references
static sqlite3 *bare_open(const char *name)
{
    char *path = at(name);
    sqlite3 *db = NULL;
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(
            db,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id TEXT PRIMARY KEY, v TEXT)",
            NULL, NULL, NULL) != SQLITE_OK)
        exit(1);
    free(path);
    return db;
}

static void bare_insert(sqlite3 *db, sqlite3_stmt *insert, const char *text)
{
    char id[BOOKING_ID_SIZE];
    booking_new_id(id);
    sqlite3_bind_text(insert, 1, id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 2, text, -1, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) {
        fprintf(stderr, "bare insert: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    sqlite3_reset(insert);
}

static double bare_commit(sqlite3 *db, sqlite3_stmt *insert, const char *text)
{
    double start = now_us();
    bare_insert(db, insert, text);
    return now_us() - start;
}

static sqlite3_stmt *bare_statement(sqlite3 *db)
{
    sqlite3_stmt *insert = NULL;
    sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?, ?)", -1, &insert, NULL);
    return insert;
}

static double echo(struct process *cat, const char *bytes, size_t size)
{
    double start = now_us();
    char back[4096];
    size_t got = 0;
    if (write(cat->input, bytes, size) != (ssize_t)size)
        exit(1);
    while (got < size) {
        ssize_t n = read(cat->output, back, sizeof back);
        if (n > 0)
            got += (size_t)n;
    }
    return now_us() - start;
}

// ---- a sample agenda with one guide and slots for weeks
static const char hours[] = "guides:\n  - id: els\n    name: Els\n    languages: [nl]\n"
                            "hours:\n";

static void make_agenda(const char *path, struct agenda **agenda)
{
    static const char *const days[] = {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"};
    struct text_buffer yaml = {0};
    text_buffer_add(&yaml, hours);
    for (unsigned i = 0; i < 5; i++)
        text_buffer_addf(&yaml, "  - {guide: els, day: %s, from: \"06:00\", to: \"22:00\"}\n", days[i]);
    struct presence *presence = NULL;
    must(presence_parse(&presence, "bench", yaml.text, yaml.length, &error), "hours");
    must(agenda_init(path, &error), "init");
    must(agenda_open(agenda, path, AGENDA_GUIDE, &error), "open");
    struct hours_plan plan = {0};
    must(hours_apply(*agenda, presence, clock_moment().day, &plan, &error), "apply");
    hours_plan_release(&plan);
    presence_free(presence);
    text_buffer_release(&yaml);
}

static struct booking sample(const struct lease *lease)
{
    struct booking booking = {.kind = BOOKING_SLOT, .slots = 1, .made = clock_instant()};
    booking_new_id(booking.id);
    booking.slot = lease->slot;
    text_copy(booking.code, sizeof booking.code, lease->code);
    text_copy(booking.first_name, sizeof booking.first_name, "Proef");
    text_copy(booking.last_name, sizeof booking.last_name, "Persoon");
    text_copy(booking.phone, sizeof booking.phone, "+32470000000");
    text_copy(booking.language, sizeof booking.language, "ro");
    static const char *const answers[][2] = {{"dutch", "none"}, {"work", "no"}, {"children", "yes"}};
    for (unsigned i = 0; i < 3; i++) {
        text_copy(booking.answers[i].indicator, BOOKING_WORD_SIZE, answers[i][0]);
        text_copy(booking.answers[i].answer, BOOKING_WORD_SIZE, answers[i][1]);
    }
    booking.answer_count = 3;
    text_copy(booking.topics[0], BOOKING_WORD_SIZE, "work");
    booking.topic_count = 1;
    text_copy(booking.referred, sizeof booking.referred, "counter");
    text_copy(booking.channel, sizeof booking.channel, "kiosk");
    return booking;
}

static char *sealed(const struct booking *booking, const struct seal_public *key)
{
    char *json = NULL, *text = NULL;
    must(booking_to_json(booking, &json, &error), "json");
    must(seal_close(key, json, strlen(json), &text, &error), "seal");
    free(json);
    return text;
}

static void measure_confirm(const struct lease *leases, unsigned count, const struct seal_public *key)
{
    struct samples ours = {0}, reference = {0};
    struct store *store = NULL;
    bool aside;
    char *data = at("store"), note[64];
    double seal_us = 0;
    must(file_make_folder(data, 0700, &error), "folder");
    must(store_open(&store, data, &aside, &error), "store");
    must(store_reserve_new(store, leases, count, &error), "reserve");
    sqlite3 *db = bare_open("confirm.db");
    sqlite3_stmt *insert = bare_statement(db);
    for (unsigned i = 0; i < count; i++) {
        struct booking booking = sample(&leases[i]);
        double start = now_us();
        char *text = sealed(&booking, key);
        seal_us += now_us() - start;
        struct store_booking confirmed = {booking.id, booking.code, booking.slot, 1, text, booking.made};
        start = now_us();
        must(store_confirm(store, &confirmed, &error), "confirm");
        add(&ours, now_us() - start);
        add(&reference, bare_commit(db, insert, text));
        free(text);
    }
    snprintf(note, sizeof note, "the seal takes %.0f µs more", seal_us / count);
    print("confirm", "µs", &ours, &reference, note);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    store_close(store);
    free(data);
}

static void sync_one(struct client *client, const struct booking *booking, char *text)
{
    struct message_sealed one = {.text = text};
    text_copy(one.id, sizeof one.id, booking->id);
    struct sync_request request = {.bookings = &one, .booking_count = 1, .want_leases = 0};
    struct sync_answer answer = {0};
    must(client_sync(client, &request, &answer, &error), "sync");
    if (answer.acknowledged_count != 1 || answer.acknowledged[0].result != MESSAGE_STORED) {
        fprintf(stderr, "not stored: %s\n",
                answer.acknowledged_count ? answer.acknowledged[0].reason : "no answer");
        exit(1);
    }
    sync_answer_release(&answer);
}

static struct client *connect_to(const char *command, const char *kiosk, struct hello_answer *hello)
{
    struct client_options options = {command, kiosk, "bench", 20000, 20000};
    struct client *client = client_new(&options);
    must(client_hello(client, hello, &error), "hello");
    return client;
}

static void measure_accept(const char *release, const char *path, const struct lease *leases, unsigned count)
{
    struct samples ours = {0}, reference = {0};
    char *command = memory_format("%s/wegwijs-agenda --agenda %s serve --kiosk bench", release, path);
    struct hello_answer hello = {0};
    struct client *client = connect_to(command, "bench", &hello);
    struct process cat = PROCESS_NONE;
    must(process_start(&cat, (char *const[]){"cat", NULL}, &error), "cat");
    sqlite3 *db = bare_open("accept.db");
    sqlite3_stmt *insert = bare_statement(db);
    for (unsigned i = 0; i < count; i++) {
        struct booking booking = sample(&leases[i]);
        char *text = sealed(&booking, &hello.public_key);
        double start = now_us();
        sync_one(client, &booking, text);
        add(&ours, now_us() - start);
        add(&reference, echo(&cat, text, strlen(text)) + bare_commit(db, insert, text));
        free(text);
    }
    print("accept", "µs", &ours, &reference, "the answer carries all leases and free slots too");
    process_stop(&cat, 1000);
    client_free(client);
    hello_answer_release(&hello);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    free(command);
}

int main(int argc, char **argv)
{
    if (argc < 2 || !mkdtemp(folder))
        return 2;
    must(seal_ready(&error), "sodium");
    char *path = at("agenda.db");
    struct agenda *agenda = NULL;
    make_agenda(path, &agenda);
    must(agenda_contact(agenda, "bench", "bench", "{}", &error), "contact");
    static struct agenda_lease granted[MESSAGE_LEASES_MAX];
    must(agenda_top_up(agenda, "bench", 400, 60, clock_moment(), &error), "top up");
    unsigned count = agenda_leases(agenda, "bench", granted, MESSAGE_LEASES_MAX);
    struct lease leases[MESSAGE_LEASES_MAX];
    for (unsigned i = 0; i < count; i++) {
        leases[i].slot = granted[i].slot;
        text_copy(leases[i].code, CODE_SIZE, granted[i].code);
    }
    struct seal_pair pair;
    seal_new_pair(&pair);
    measure_confirm(leases, count < 200 ? count : 200, &pair.open);
    measure_accept(argv[1], path, leases, count < 200 ? count : 200);
    agenda_close(agenda);
    char *remove[] = {"rm", "-rf", folder, NULL};
    struct process gone = PROCESS_NONE;
    if (process_start(&gone, remove, NULL) == 0)
        process_stop(&gone, 5000);
    free(path);
    return 0;
}
