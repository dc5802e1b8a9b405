// The parts of the programs against bare references, in one process. Prints a JSON line for each: name, unit,
// samples for ours and for the reference.  parts RELEASE_FOLDER [SSH_COMMAND]
//
// - confirm: store_confirm, seal excluded; a bare WAL commit with synchronous=FULL of as many bytes.
//
// - accept: one booking in a sync as a kiosk sends it; a bare commit with insert and a pipe's round trip
// (cat).
//
// - lists: the sync that follows it, for leases, codes and free slots.
//
// - deliver: 10 000 bookings through `serve`; a bare insert of 10 000 rows in one transaction. deliver-store:
// the same bookings without messages and seals; deliver-unseal: only opening their seals.
//
// - lease-ssh: one lease over an open ssh connection; an echo of 1 KiB over ssh and a bare commit.
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
#include "booking/code.h"
#include "kiosk/store.h"
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

// ---- a sample agenda, with slots for weeks
static void make_agenda(const char *path, struct agenda **agenda, unsigned guides, const char *hours)
{
    static const char *const days[] = {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"};
    struct text_buffer yaml = {0};
    text_buffer_add(&yaml, "slot-minutes: 30\nguides:\n");
    for (unsigned i = 0; i < guides; i++)
        text_buffer_addf(&yaml, "  - {id: guide-%u, name: Gids %u, languages: [nl]}\n", i, i);
    text_buffer_add(&yaml, "hours:\n");
    for (unsigned i = 0; i < guides * 5; i++)
        text_buffer_addf(&yaml, "  - {guide: guide-%u, day: %s, %s}\n", i / 5, days[i % 5], hours);
    struct presence *presence = NULL;
    must(presence_parse(&presence, "bench", yaml.text, yaml.length, &error), "hours");
    must(agenda_init(path, &error), "init");
    must(agenda_open(agenda, path, AGENDA_GUIDE, &error), "open");
    struct hours_plan plan = {0};
    must(hours_apply(*agenda, presence, clock_moment().day, &plan, &error), "apply");
    must(agenda_set_limit(*agenda, false, 1000000, &error), "limit");
    must(agenda_set_limit(*agenda, true, 1000000, &error), "limit");
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

static struct client *connect_to(const char *command, const char *kiosk, struct hello_answer *hello)
{
    struct client_options options = {command, kiosk, "bench", 20000, 20000};
    struct client *client = client_new(&options);
    must(client_hello(client, hello, &error), "hello");
    return client;
}

static char *serve_command(const char *before, const char *release, const char *path)
{
    return memory_format("%s %s/wegwijs-agenda --agenda %s serve --kiosk bench", before, release, path);
}

// What a kiosk with the sample configuration asks for in each sync.
#define WANT .want_leases = 12, .want_codes = 4, .want_days = 14

static void must_store(const struct sync_answer *answer, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (i >= answer->acknowledged_count || answer->acknowledged[i].result != MESSAGE_STORED) {
            fprintf(stderr, "not stored: %s\n",
                    i < answer->acknowledged_count ? answer->acknowledged[i].reason : "no answer");
            exit(1);
        }
}

static void sync_must(struct client *client, const struct sync_request *request, struct sync_answer *answer)
{
    sync_answer_release(answer);
    must(client_sync(client, request, answer, &error), "sync");
    must_store(answer, request->booking_count);
}

// Each booking takes one of the leases that the last sync brought.
static void measure_accept(const char *release, unsigned count)
{
    struct samples ours = {0}, reference = {0}, lists = {0};
    struct agenda *agenda = NULL;
    char *path = at("accept-agenda.db"), *command = serve_command("env", release, path), note[96];
    make_agenda(path, &agenda, 2, "from: \"09:00\", to: \"17:00\"");
    agenda_close(agenda);
    struct hello_answer hello = {0};
    struct client *client = connect_to(command, "bench", &hello);
    struct process cat = PROCESS_NONE;
    must(process_start(&cat, (char *const[]){"cat", NULL}, &error), "cat");
    sqlite3 *db = bare_open("accept.db");
    sqlite3_stmt *insert = bare_statement(db);
    struct sync_answer answer = {0};
    sync_must(client, &(struct sync_request){WANT}, &answer);
    unsigned free_count = answer.free_count;
    for (unsigned i = 0; i < count && answer.lease_count > 0; i++) {
        struct booking booking = sample(&answer.leases[0]);
        struct message_sealed one = {.text = sealed(&booking, &hello.public_key)};
        text_copy(one.id, sizeof one.id, booking.id);
        double start = now_us();
        sync_must(client, &(struct sync_request){.bookings = &one, .booking_count = 1, .brief = true},
                  &answer);
        add(&ours, now_us() - start);
        start = now_us();
        sync_must(client, &(struct sync_request){WANT}, &answer);
        add(&lists, now_us() - start);
        add(&reference, echo(&cat, one.text, strlen(one.text)) + bare_commit(db, insert, one.text));
        free(one.text);
    }
    snprintf(note, sizeof note, "12 leases, 4 codes, %u free slots", free_count);
    print("accept", "µs", &ours, &reference, "acknowledged; what may be booked next comes after it");
    print("lists", "µs", &lists, &(struct samples){0}, note);
    sync_answer_release(&answer);
    process_stop(&cat, 1000);
    client_free(client);
    hello_answer_release(&hello);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    free(command);
    free(path);
}

// ---- a month off line
#define MANY 10000

static double bare_many(const struct message_sealed *many, unsigned round)
{
    char name[32];
    snprintf(name, sizeof name, "deliver-%u.db", round);
    sqlite3 *db = bare_open(name);
    sqlite3_stmt *insert = bare_statement(db);
    double start = now_us();
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    for (unsigned i = 0; i < MANY; i++)
        bare_insert(db, insert, many[i].text);
    if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        exit(1);
    double took = now_us() - start;
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return took;
}

// As many as a kiosk sends in one sync.
static unsigned one_line(const struct message_sealed *many, unsigned left)
{
    size_t bytes = 0;
    unsigned count = 0;
    while (count < left && count < MESSAGE_BOOKINGS_MAX &&
           (bytes += strlen(many[count].text)) <= MESSAGE_BOOKINGS_BYTES)
        count++;
    return count;
}

static double deliver(const char *command, struct message_sealed *many)
{
    struct hello_answer hello = {0};
    struct client *client = connect_to(command, "bench", &hello);
    struct sync_answer answer = {0};
    double start = now_us();
    for (unsigned done = 0, next; done < MANY; done += next) {
        next = one_line(many + done, MANY - done);
        sync_must(client,
                  &(struct sync_request){.bookings = many + done, .booking_count = next, .brief = true},
                  &answer);
    }
    sync_must(client, &(struct sync_request){WANT}, &answer);
    double took = now_us() - start;
    sync_answer_release(&answer);
    client_free(client);
    hello_answer_release(&hello);
    return took;
}

static double unseal(const char *agenda_path, const struct message_sealed *many)
{
    char key[4096];
    struct seal_pair pair;
    agenda_key_path(agenda_path, key, sizeof key);
    must(seal_load(&pair, key, &error), "key");
    double start = now_us();
    for (unsigned i = 0; i < MANY; i++) {
        char *json = NULL;
        size_t size = 0;
        must(seal_open(&pair, many[i].text, &json, &size, &error), "unseal");
        free(json);
    }
    return now_us() - start;
}

// The same bookings, unsealed already, into an agenda of their own: as many a durable commit as in one sync.
static double store_only(const struct booking *bookings, const struct message_sealed *many, unsigned round)
{
    char name[32], *path;
    snprintf(name, sizeof name, "store-agenda-%u.db", round);
    path = at(name);
    struct agenda *agenda = NULL;
    make_agenda(path, &agenda, 6, "from: \"06:00\", to: \"22:00\"");
    agenda_close(agenda);
    must(agenda_open(&agenda, path, AGENDA_SERVE, &error), "open");
    double start = now_us();
    for (unsigned done = 0, end; done < MANY; done = end) {
        end = done + one_line(many + done, MANY - done);
        must(agenda_sync_begin(agenda, &error), "begin");
        for (unsigned i = done; i < end; i++) {
            enum agenda_result result;
            must(agenda_accept(agenda, "bench", &bookings[i], &result, &error), "accept");
            if (result != AGENDA_STORED)
                exit(1);
        }
        must(agenda_sync_end(agenda, 0, &error), "end");
    }
    double took = now_us() - start;
    agenda_close(agenda);
    free(path);
    return took;
}

// What a round of the delivery measures, in milliseconds.
struct delivery {
    struct samples ours, reference, stored, unsealed;
};

// One agenda, one delivery: each booking on a free slot of its own, as after a month without a line.
static void deliver_once(const char *release, unsigned round, struct delivery *delivery)
{
    char name[32], *path, *command;
    snprintf(name, sizeof name, "deliver-agenda-%u.db", round);
    path = at(name);
    command = serve_command("env", release, path);
    struct agenda *agenda = NULL;
    make_agenda(path, &agenda, 6, "from: \"06:00\", to: \"22:00\"");
    struct slot *slots = memory_new(MANY, sizeof *slots);
    struct message_sealed *many = memory_new(MANY, sizeof *many);
    struct booking *bookings = memory_new(MANY, sizeof *bookings);
    struct moment tomorrow = clock_moment();
    tomorrow.day++;
    tomorrow.minute = 0;
    if (agenda_free(agenda, tomorrow, 150, slots, MANY) != MANY)
        exit(1);
    agenda_close(agenda);
    struct hello_answer hello = {0};
    client_free(connect_to(command, "bench", &hello));
    for (unsigned i = 0; i < MANY; i++) {
        struct lease lease = {.slot = slots[MANY - 1 - i]}; // the near ones stay for the top-up until the end
        code_new(lease.code);
        bookings[i] = sample(&lease);
        text_copy(many[i].id, sizeof many[i].id, bookings[i].id);
        many[i].text = sealed(&bookings[i], &hello.public_key);
    }
    hello_answer_release(&hello);
    add(&delivery->reference, bare_many(many, round) / 1e3);
    add(&delivery->ours, deliver(command, many) / 1e3);
    add(&delivery->unsealed, unseal(path, many) / 1e3);
    add(&delivery->stored, store_only(bookings, many, round) / 1e3);
    for (unsigned i = 0; i < MANY; i++)
        free(many[i].text);
    free(many);
    free(bookings);
    free(slots);
    free(command);
    free(path);
}

static void measure_deliver(const char *release)
{
    static struct delivery delivery;
    for (unsigned round = 0; round < 3; round++)
        deliver_once(release, round, &delivery);
    print("deliver", "ms", &delivery.ours, &delivery.reference, "");
    print("deliver-store", "ms", &delivery.stored, &delivery.reference,
          "no messages, no seals: only the agenda");
    print("deliver-unseal", "ms", &delivery.unsealed, &(struct samples){0}, "on one processor");
}

// ---- over ssh
static void measure_lease_ssh(const char *release, const char *ssh, unsigned count)
{
    struct samples ours = {0}, reference = {0};
    struct agenda *agenda = NULL;
    char *path = at("lease-agenda.db"), *command = serve_command(ssh, release, path), bytes[1024];
    char *echo_command = memory_format("%s cat", ssh), **words = NULL;
    make_agenda(path, &agenda, 2, "from: \"06:00\", to: \"22:00\"");
    struct slot *slots = memory_new(count, sizeof *slots);
    count = agenda_free(agenda, clock_moment(), 60, slots, count);
    agenda_close(agenda);
    struct hello_answer hello = {0};
    struct client *client = connect_to(command, "bench", &hello);
    struct process cat = PROCESS_NONE;
    must(process_split(echo_command, &words, &error), "words");
    must(process_start(&cat, words, &error), "ssh cat");
    sqlite3 *db = bare_open("lease.db");
    sqlite3_stmt *insert = bare_statement(db);
    memset(bytes, 'x', sizeof bytes);
    for (unsigned i = 0; i < count; i++) {
        struct lease_request request = {.slots = {slots[i]}, .count = 1};
        struct lease_answer answer;
        double start = now_us();
        must(client_lease(client, &request, &answer, &error), "lease");
        if (i > 0) // the first one opens the connections
            add(&ours, now_us() - start);
        double bare = echo(&cat, bytes, sizeof bytes) + bare_commit(db, insert, "x");
        if (i > 0)
            add(&reference, bare);
        if (answer.taken)
            exit(1);
    }
    print("lease-ssh", "µs", &ours, &reference, "");
    process_stop(&cat, 1000);
    client_free(client);
    hello_answer_release(&hello);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    free(words);
    free(slots);
    free(echo_command);
    free(command);
    free(path);
}

// BENCH_PART=deliver measures only that one, for a profile.
static bool wanted(const char *part)
{
    const char *only = getenv("BENCH_PART");
    return only == NULL || strcmp(only, part) == 0;
}

int main(int argc, char **argv)
{
    agenda_one_thread(); // as `serve` has it
    if (argc < 2 || !mkdtemp(folder))
        return 2;
    must(seal_ready(&error), "sodium");
    char *path = at("agenda.db");
    struct agenda *agenda = NULL;
    make_agenda(path, &agenda, 1, "from: \"06:00\", to: \"22:00\"");
    must(agenda_contact(agenda, "bench", "bench", "{}", &error), "contact");
    static struct agenda_lease granted[MESSAGE_LEASES_MAX];
    must(agenda_top_up(agenda, "bench", 400, 60, clock_moment(), &error), "top up");
    unsigned count = agenda_leases(agenda, "bench", granted, MESSAGE_LEASES_MAX);
    struct lease leases[MESSAGE_LEASES_MAX];
    for (unsigned i = 0; i < count; i++) {
        leases[i].slot = granted[i].slot;
        text_copy(leases[i].code, CODE_SIZE, granted[i].code);
    }
    agenda_close(agenda);
    struct seal_pair pair;
    seal_new_pair(&pair);
    if (wanted("confirm"))
        measure_confirm(leases, count < 200 ? count : 200, &pair.open);
    if (wanted("accept"))
        measure_accept(argv[1], 200);
    if (wanted("deliver"))
        measure_deliver(argv[1]);
    if (argc > 2 && wanted("lease-ssh"))
        measure_lease_ssh(argv[1], argv[2], 200);
    char *remove[] = {"rm", "-rf", folder, NULL};
    struct process gone = PROCESS_NONE;
    if (process_start(&gone, remove, NULL) == 0)
        process_stop(&gone, 5000);
    free(path);
    return 0;
}
