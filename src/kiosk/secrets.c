#include "kiosk/secrets.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/process.h"

#include "base/banned.h"

#define OTHERS (S_IRWXG | S_IRWXO)

static bool open_to_others(const char *path, mode_t *mode)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    *mode = status.st_mode & 07777;
    return (status.st_mode & OTHERS) != 0;
}

static void close_own(const char *folder, const char *name)
{
    char *path = file_join(folder, name);
    mode_t mode;
    if (open_to_others(path, &mode)) {
        log_warning("\"%s\" could be read by others (mode %03o): closed", path, (unsigned)mode);
        if (chmod(path, mode & ~(mode_t)OTHERS) != 0)
            log_error("\"%s\" cannot be closed to others", path);
    }
    free(path);
}

static int check_key(const char *path, struct error *error)
{
    mode_t mode;
    if (!open_to_others(path, &mode))
        return 0;
    return error_set(error, ERROR_REFUSED,
                     "the ssh key \"%s\" can be read by others (mode %03o); use chmod 600", path,
                     (unsigned)mode);
}

// The file that an argument of ssh names as a key, NULL for none: -i FILE, -o IdentityFile=FILE,
// -oIdentityFile=FILE
static const char *key_of(char *const *argv, unsigned at)
{
    static const char option[] = "IdentityFile=";
    const char *argument = argv[at];
    if (at > 0 && strcmp(argv[at - 1], "-i") == 0)
        return argument;
    if (strncmp(argument, "-i", 2) == 0 && argument[2] != '\0')
        return argument + 2;
    if (strncmp(argument, "-o", 2) == 0)
        argument += 2;
    else if (at == 0 || strcmp(argv[at - 1], "-o") != 0)
        return NULL;
    return strncmp(argument, option, sizeof option - 1) == 0 ? argument + sizeof option - 1 : NULL;
}

// What ssh takes by itself from the user's own folder.
static int check_usual_keys(struct error *error)
{
    static const char *const names[] = {"id_ed25519", "id_ecdsa", "id_rsa"};
    const char *home = getenv("HOME");
    int result = 0;
    for (size_t i = 0; home != NULL && result == 0 && i < sizeof names / sizeof names[0]; i++) {
        char *path = memory_format("%s/.ssh/%s", home, names[i]);
        result = check_key(path, error);
        free(path);
    }
    return result;
}

static bool is_ssh(const char *program)
{
    const char *slash = strrchr(program, '/');
    return strcmp(slash != NULL ? slash + 1 : program, "ssh") == 0;
}

int secrets_check(const char *data_folder, const char *agenda_command, struct error *error)
{
    static const char *const own[] = {"store.db", "store.db-wal", "store.db-shm", "store.id"};
    char **argv = NULL;
    int result = 0;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        close_own(data_folder, own[i]);
    if (agenda_command == NULL || process_split(agenda_command, &argv, NULL) != 0)
        return 0; // a command that cannot be read is said when it is used
    if (argv[0] != NULL && is_ssh(argv[0])) {
        for (unsigned i = 1; argv[i] != NULL && result == 0; i++) {
            const char *key = key_of(argv, i);
            result = key != NULL ? check_key(key, error) : 0;
        }
        if (result == 0)
            result = check_usual_keys(error);
    }
    free(argv);
    return result;
}
