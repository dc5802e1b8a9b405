// Two kiosks and a guide book the same slot at the same moment, again and again:
//   race FOLDER AGENDA-FILE ROUNDS
// Prints one line a round: how many of the three won. FOLDER gets the kiosks' data.
#include <sodium.h>
#include <spawn.h>
#include <sys/wait.h>

#include "lobby.h"

#include "base/banned.h"

extern char **environ;
static struct slot slot;
static pthread_barrier_t together;
static const char *agenda_file;
static int rounds;

struct racer {
    struct lobby lobby;
    int wins;
    bool won;
};
static struct racer racers[2];
static int guide_wins;
static bool guide_won;

static void wait_a_little(void)
{
    nanosleep(&(struct timespec){0, (long)randombytes_uniform(40000000)}, NULL);
}

static void *run_kiosk(void *context)
{
    struct racer *racer = context;
    for (int i = 0; i < rounds; i++) {
        pthread_barrier_wait(&together);
        wait_a_little(); // the guide's command takes some milliseconds to start: let it win at times
        struct link_event leased = lobby_lease(&racer->lobby, &slot, 1);
        racer->won =
            leased.kind == LINK_LEASED && lobby_book(&racer->lobby, &leased.lease, 1).kind == LINK_BOOKED;
        link_release(racer->lobby.link);
        link_flush(racer->lobby.link, 20000);
        pthread_barrier_wait(&together);
    }
    return NULL;
}

static void *run_guide(void *unused)
{
    (void)unused;
    for (int i = 0; i < rounds; i++) {
        char start[MOMENT_TEXT_SIZE], place[64];
        pid_t pid;
        int status = -1;
        pthread_barrier_wait(&together);
        moment_format(slot.start, start);
        text_print(place, sizeof place, "%s@%s", slot.guide, start);
        char *const command[] = {"wegwijs-agenda", "--agenda",  (char *)agenda_file,
                                 "book",           "--slot",    place,
                                 "--first",        "Gids",      "--last",
                                 "Gids",           "--channel", "counter",
                                 "--phone",        LOBBY_PHONE, NULL};
        posix_spawn_file_actions_t quiet;
        posix_spawn_file_actions_init(&quiet);
        posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", 1, 0);
        posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", 1, 0);
        if (posix_spawnp(&pid, command[0], &quiet, NULL, command, environ) == 0)
            waitpid(pid, &status, 0);
        posix_spawn_file_actions_destroy(&quiet);
        guide_won = status == 0;
        pthread_barrier_wait(&together);
    }
    return NULL;
}

// The last slot before the one of the round before: never the same twice, because what a kiosk shows may be a
// second old.
static bool choose_slot(void)
{
    static struct slot offer[4096];
    static bool chosen;
    unsigned count = link_offer(racers[0].lobby.link, 1, NULL, offer, 4096);
    while (count > 0 && chosen && slot_compare(&offer[count - 1], &slot) >= 0)
        count--;
    if (count == 0)
        return false;
    slot = offer[count - 1];
    return chosen = true;
}

static bool start_racers(const char *folder, struct error *error)
{
    for (int i = 0; i < 2; i++) {
        char *data = memory_format("%s/kiosk-%d", folder, i + 1), *name = memory_format("lobby-%d", i + 1);
        char *command = memory_format("wegwijs-agenda --agenda '%s' serve --kiosk %s", agenda_file, name);
        int code = lobby_start(&racers[i].lobby, data, command, name, 0, error);
        free(data);
        free(name);
        free(command);
        if (code != 0 || !lobby_wait_online(&racers[i].lobby, 10000))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct error error = ERROR_NONE;
    pthread_t threads[3];
    if (argc < 4)
        return 2;
    agenda_file = argv[2];
    rounds = (int)strtol(argv[3], NULL, 10);
    log_quiet(true);
    if (seal_ready(&error) != 0 || !start_racers(argv[1], &error)) {
        fprintf(stderr, "cannot start: %s\n", error.text);
        return 1;
    }
    pthread_barrier_init(&together, NULL, 4);
    pthread_create(&threads[0], NULL, run_kiosk, &racers[0]);
    pthread_create(&threads[1], NULL, run_kiosk, &racers[1]);
    pthread_create(&threads[2], NULL, run_guide, NULL);
    for (int i = 0; i < rounds; i++) {
        if (!choose_slot()) {
            fprintf(stderr, "no slot left at round %d\n", i);
            return 1;
        }
        pthread_barrier_wait(&together);
        pthread_barrier_wait(&together);
        printf("winners %d\n", racers[0].won + racers[1].won + guide_won);
        racers[0].wins += racers[0].won;
        racers[1].wins += racers[1].won;
        guide_wins += guide_won;
    }
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    printf("won lobby-1 %d lobby-2 %d guide %d\n", racers[0].wins, racers[1].wins, guide_wins);
    link_stop(racers[0].lobby.link);
    link_stop(racers[1].lobby.link);
    return 0;
}
