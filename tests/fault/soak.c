// A month at two kiosks, as fast as it goes:
//   soak FOLDER AGENDA-FILE VISITS-A-DAY SEED FIRST-DAY
// Each day the clocks of the kiosks and of the agenda move on, visitors book at random, and now and then the
// link is cut, the agenda's command is killed, or a visitor walks away. Prints the confirmations, and each
// evening "day N memory N handles N queue N" (kB; open files).
#include <dirent.h>
#include <signal.h>

#include "lobby.h"

#include "base/banned.h"

#define KIOSKS 2
#define DAYS 30

static struct lobby lobbies[KIOSKS];
static const char *folder;
static unsigned luck;

static unsigned draw(unsigned below)
{
    luck = luck * 1664525u + 1013904223u;
    return (luck >> 16) % below;
}

static long memory_kb(void)
{
    long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &size, &resident) != 2)
        resident = -1;
    if (file)
        fclose(file);
    return resident * sysconf(_SC_PAGESIZE) / 1024;
}

static unsigned handles(void)
{
    unsigned count = 0;
    DIR *folder_of = opendir("/proc/self/fd");
    while (folder_of && readdir(folder_of))
        count++;
    if (folder_of)
        closedir(folder_of);
    return count;
}

static void kill_command(int kiosk)
{
    char *path = memory_format("%s/serve-%d", folder, kiosk);
    FILE *file = fopen(path, "r");
    int pid = 0;
    if (file && fscanf(file, "%d", &pid) == 1 && pid > 1)
        kill(pid, SIGKILL);
    if (file)
        fclose(file);
    free(path);
}

static void visit(struct lobby *lobby)
{
    static struct slot offer[4096];
    unsigned slots = draw(5) == 0 ? 2 : 1, count = link_offer(lobby->link, slots, NULL, offer, 4096);
    if (count == 0)
        return;
    struct link_event leased = lobby_lease(lobby, &offer[draw(count)], slots);
    if (leased.kind == LINK_LEASED && draw(10) != 0) // one in ten walks away
        lobby_book(lobby, &leased.lease, slots);
    link_release(lobby->link);
}

static void something_goes_wrong(void)
{
    int kiosk = (int)draw(KIOSKS);
    switch (draw(12)) {
    case 0:
        link_cut(lobbies[kiosk].link, true);
        break;
    case 1:
    case 2:
        link_cut(lobbies[kiosk].link, false);
        break;
    case 3:
        kill_command(kiosk);
        break;
    default:
        break;
    }
}

// The commands are started anew, because a command takes its clock from the environment when it starts.
static void begin_day(int32_t day)
{
    char start[MOMENT_TEXT_SIZE];
    moment_format((struct moment){day, 8 * 60}, start);
    for (int i = 0; i < KIOSKS; i++)
        link_cut(lobbies[i].link, true);
    for (int i = 0; i < KIOSKS; i++)
        for (int waited = 0; link_online(lobbies[i].link) && waited < 5000; waited++)
            nanosleep(&(struct timespec){0, 1000000}, NULL);
    setenv("WEGWIJS_CLOCK", start, 1);
    int64_t ahead = moment_to_instant((struct moment){day, 8 * 60}) - clock_instant();
    clock_advance_ms(ahead > 0 ? ahead * 1000 : 0);
    for (int i = 0; i < KIOSKS; i++)
        link_cut(lobbies[i].link, false);
    for (int i = 0; i < KIOSKS; i++)
        lobby_wait_online(&lobbies[i], 10000);
}

int main(int argc, char **argv)
{
    struct error error = ERROR_NONE;
    int32_t first;
    char start[MOMENT_TEXT_SIZE];
    if (argc < 6 || day_parse(argv[5], &first) != 0)
        return 2;
    folder = argv[1];
    luck = (unsigned)strtoul(argv[4], NULL, 10);
    long visits = strtol(argv[3], NULL, 10);
    moment_format((struct moment){first, 7 * 60}, start);
    setenv("WEGWIJS_CLOCK", start, 1);
    log_quiet(true);
    if (seal_ready(&error) != 0)
        return 1;
    for (int i = 0; i < KIOSKS; i++) {
        char *data = memory_format("%s/kiosk-%d", folder, i), *name = memory_format("lobby-%d", i);
        char *command =
            memory_format("sh -c 'echo $$ >%s/serve-%d; exec wegwijs-agenda --agenda %s serve --kiosk %s'",
                          folder, i, argv[2], name);
        if (lobby_start(&lobbies[i], data, command, name, 12, &error) != 0) {
            fprintf(stderr, "%s\n", error.text);
            return 1;
        }
        free(data);
        free(name);
        free(command);
    }
    for (int32_t day = 0; day < DAYS; day++) {
        begin_day(first + day);
        for (long i = 0; i < visits; i++) {
            something_goes_wrong();
            visit(&lobbies[draw(KIOSKS)]);
        }
        for (int i = 0; i < KIOSKS; i++)
            link_cut(lobbies[i].link, false);
        for (int i = 0; i < KIOSKS; i++)
            link_flush(lobbies[i].link, 20000);
        printf("day %d memory %ld handles %u queue %u\n", day + 1, memory_kb(), handles(),
               link_queue(lobbies[0].link) + link_queue(lobbies[1].link));
        fflush(stdout);
    }
    for (int i = 0; i < KIOSKS; i++)
        link_stop(lobbies[i].link);
    return 0;
}
