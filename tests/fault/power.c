// One booking, from the reservation to the acknowledgement, with a fault of the disk at its nth step:
//   power TEMPLATE WORK store|agenda once|full|broken|power SEEDS
// TEMPLATE holds agenda.db, agenda.db.key and store/ (a kiosk that holds leases). For all n until no step is
// left; with `power` each n is tried SEEDS times with other luck. Afterwards the kiosk and the agenda are
// opened again without faults, a second visitor asks for the same slot, everything is delivered, and the
// promises are counted. Prints the table's line.
#include <sys/wait.h>

#include "agenda/agenda.h"
#include "kiosk/store.h"
#include "lobby.h"
#include "vfs_fault.h"

#include "base/banned.h"

static const char *template_folder, *work;
static char agenda_path[512], store_path[512];
static struct seal_pair pair;

static void run_shell(const char *command)
{
    FILE *shell = fopen("/dev/null", "r");
    if (shell)
        fclose(shell);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status;
    waitpid(pid, &status, 0);
}

static void lay_out(void)
{
    char *command = memory_format("rm -rf '%s' && cp -r '%s' '%s'", work, template_folder, work);
    run_shell(command);
    free(command);
}

// ---- the agenda's end, as serve does it but in this process

static int receive(struct agenda *agenda, const struct sync_request *request, struct sync_answer *answer,
                   struct error *error)
{
    int code = agenda_contact(agenda, "lobby-1", "test", "{}", error);
    answer->missing = memory_new(MESSAGE_RECEIPTS_MAX, sizeof *answer->missing);
    answer->acknowledged = memory_new(MESSAGE_BOOKINGS_MAX, sizeof *answer->acknowledged);
    answer->leases = memory_new(MESSAGE_LEASES_MAX, sizeof *answer->leases);
    for (unsigned i = 0; i < request->receipt_count && code == 0; i++) {
        const struct message_receipt *one = &request->receipts[i];
        bool missing = false;
        code = agenda_receipt(agenda, "lobby-1", one->id, one->code, &one->slot, one->slots, &missing, error);
        if (missing)
            text_copy(answer->missing[answer->missing_count++], BOOKING_ID_SIZE, one->id);
    }
    for (unsigned i = 0; i < request->booking_count && code == 0; i++) {
        static const enum message_result results[] = {MESSAGE_STORED, MESSAGE_KNOWN, MESSAGE_KEPT};
        struct message_acknowledgement *one = &answer->acknowledged[i];
        struct booking booking;
        enum agenda_result result;
        char *json;
        size_t size;
        code = seal_open(&pair, request->bookings[i].text, &json, &size, error);
        if (code == 0)
            code = booking_from_json(json, size, &booking, error);
        if (code == 0)
            code = agenda_accept(agenda, "lobby-1", &booking, &result, error);
        free(json);
        if (code != 0)
            break;
        text_copy(one->id, BOOKING_ID_SIZE, request->bookings[i].id);
        one->result = results[result];
        answer->acknowledged_count++;
    }
    if (code == 0)
        code =
            agenda_top_up(agenda, "lobby-1", request->want_leases, request->want_days, clock_moment(), error);
    struct agenda_lease *held = memory_new(MESSAGE_LEASES_MAX, sizeof *held);
    if (code == 0)
        answer->lease_count = agenda_leases(agenda, "lobby-1", held, MESSAGE_LEASES_MAX);
    for (unsigned i = 0; i < answer->lease_count; i++) {
        answer->leases[i].slot = held[i].slot;
        text_copy(answer->leases[i].code, CODE_SIZE, held[i].code);
    }
    free(held);
    return code;
}

static int exchange(struct store *store, struct error *error)
{
    const struct store_want want = {.leases = 12, .days = 14, .refused_too = true};
    struct agenda *agenda;
    struct sync_request request;
    struct sync_answer answer = {0};
    struct store_news news;
    int code = agenda_open(&agenda, agenda_path, AGENDA_SERVE, error);
    if (code != 0)
        return code;
    code = store_prepare(store, &want, &request, error);
    if (code == 0) {
        code = receive(agenda, &request, &answer, error);
        if (code == 0)
            code = store_apply(store, &request, &answer, &news, error);
        sync_answer_release(&answer);
        sync_request_release(&request);
    }
    agenda_close(agenda);
    return code;
}

// ---- the kiosk's end

// Books one free slot: `at`, or any when it is NULL. True when it is durable: then a slip would be printed.
static bool promise(struct store *store, struct slot *at, bool any, char id[BOOKING_ID_SIZE])
{
    struct store_lease held[64];
    struct lease lease;
    struct error error = ERROR_NONE;
    unsigned count = 0, i = 0;
    char *json, *sealed;
    store_recheck(store, NULL);
    if (any) {
        if (store_leases(store, held, 64, &count, &error) != 0)
            return false;
        while (i < count && held[i].state != STORE_FREE)
            i++;
        if (i == count)
            return false;
        *at = held[i].lease.slot;
    }
    if (store_reserve(store, at, 1, &lease, &error) != 0)
        return false;
    struct booking booking = {.kind = BOOKING_SLOT,
                              .slot = lease.slot,
                              .slots = 1,
                              .first_name = LOBBY_FIRST_NAME,
                              .last_name = LOBBY_LAST_NAME,
                              .phone = LOBBY_PHONE,
                              .language = "ro",
                              .channel = "kiosk",
                              .made = clock_instant()};
    booking_new_id(booking.id);
    text_copy(booking.code, CODE_SIZE, lease.code);
    text_copy(id, BOOKING_ID_SIZE, booking.id);
    if (booking_to_json(&booking, &json, &error) != 0 ||
        seal_close(&pair.open, json, strlen(json), &sealed, &error) != 0)
        return false;
    struct store_booking kept = {.id = booking.id,
                                 .code = booking.code,
                                 .slot = booking.slot,
                                 .slots = 1,
                                 .sealed = sealed,
                                 .made = booking.made};
    bool durable = store_confirm(store, &kept, &error) == 0;
    free(json);
    free(sealed);
    return durable;
}

static unsigned ask_count(const char *sql)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *statement = NULL;
    unsigned count = 999;
    if (sqlite3_open_v2(agenda_path, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        count = (unsigned)sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return count;
}

static bool in_agenda(const char *id)
{
    char *sql = memory_format("SELECT count(*) FROM booking WHERE id = '%s' AND attention IS NULL", id);
    unsigned count = ask_count(sql);
    free(sql);
    return count == 1;
}

static unsigned readable(void)
{
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm"};
    static const char *const needles[] = {LOBBY_FIRST_NAME, LOBBY_LAST_NAME, LOBBY_PHONE};
    unsigned found = 0;
    for (int i = 0; i < 3; i++) {
        char *path = memory_format("%s/%s", store_path, names[i]), *bytes;
        size_t size;
        if (file_read(path, 1 << 26, &bytes, &size, NULL) == 0)
            for (int j = 0; j < 3; j++)
                found += memmem(bytes, size, needles[j], strlen(needles[j])) != NULL;
        free(bytes);
        free(path);
    }
    return found;
}

struct result {
    unsigned runs, confirmed, lost, doubled, readable;
};

static void run_one(enum fault_mode mode, const char *target, unsigned at, unsigned seed,
                    struct result *result)
{
    struct error error = ERROR_NONE;
    struct store *store = NULL;
    struct slot slot = {0}, other;
    char id[3][BOOKING_ID_SIZE] = {"", "", ""};
    bool promised[3] = {false, false, false}, aside;
    lay_out();
    fault_begin(mode, target, at, seed);
    if (store_open(&store, store_path, &aside, &error) == 0) {
        promised[0] = promise(store, &slot, true, id[0]);
        exchange(store, &error);
        exchange(store, &error);
    }
    store_close(store);
    result->readable += readable();
    if (mode == FAULT_POWER && fault.tripped)
        fault_reboot();
    unsigned steps = fault.steps;
    fault_begin(FAULT_NONE, NULL, 0, 0);
    fault.steps = steps;
    // another day: no fault
    if (store_open(&store, store_path, &aside, &error) != 0 || aside) {
        fprintf(stderr, "step %u: the store does not open again: %s\n", at, error.text);
        result->lost += promised[0];
        result->runs++;
        store_close(store);
        return;
    }
    promised[1] = slot.minutes > 0 && promise(store, &slot, false, id[1]); // the same slot
    promised[2] = promise(store, &other, true, id[2]);
    for (int i = 0; i < 4; i++)
        if (exchange(store, &error) != 0)
            fprintf(stderr, "step %u: %s\n", at, error.text);
    if (store_queue(store) > 0)
        fprintf(stderr, "step %u: not delivered\n", at);
    result->readable += readable();
    store_close(store);
    for (int i = 0; i < 3; i++) {
        result->confirmed += promised[i];
        if (promised[i] && !in_agenda(id[i])) {
            fprintf(stderr, "step %u seed %u: booking %d is lost\n", at, seed, i);
            result->lost++;
        }
    }
    result->doubled += promised[0] && promised[1];
    result->doubled += ask_count("SELECT count(*) - count(DISTINCT guide || start) FROM booking"
                                 " WHERE kind = 'slot' AND attention IS NULL");
    result->doubled += ask_count("SELECT count(*) FROM booking_slot JOIN lease USING (slot)");
    result->runs++;
}

int main(int argc, char **argv)
{
    static const char *const modes[] = {"none", "once", "full", "broken", "power"};
    static const char *const says[] = {"", "one write or sync fails", "disk full from there on",
                                       "no write works from there on", "power cut, unsynced lost or torn"};
    struct error error = ERROR_NONE;
    struct result result = {0};
    int mode = 0;
    if (argc < 6)
        return 2;
    template_folder = argv[1];
    work = argv[2];
    text_print(agenda_path, sizeof agenda_path, "%s/agenda.db", work);
    text_print(store_path, sizeof store_path, "%s/store", work);
    while (mode < 5 && strcmp(argv[4], modes[mode]) != 0)
        mode++;
    if (mode == 5)
        return 2;
    bool of_store = strcmp(argv[3], "store") == 0;
    fault_install();
    log_quiet(true);
    lay_out();
    char *key = memory_format("%s.key", agenda_path);
    if (seal_ready(&error) != 0 || seal_load(&pair, key, &error) != 0) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    free(key);
    unsigned seeds = mode == FAULT_POWER ? (unsigned)strtol(argv[5], NULL, 10) : 1, at = 1;
    for (;; at++) {
        for (unsigned seed = 0; seed < seeds; seed++)
            run_one((enum fault_mode)mode, of_store ? "store.db" : "agenda.db", at, seed, &result);
        if (fault.steps < at)
            break;
    }
    printf("%s: %s, at step 1 to %u|%u|%u|%u|%u|%u\n", of_store ? "kiosk" : "agenda", says[mode], at - 1,
           result.runs, result.confirmed, result.lost, result.doubled, result.readable);
    return 0;
}
