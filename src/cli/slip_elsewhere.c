// slip CODE in the program that does not draw: all the other commands, and above all `serve`, which runs as
// long as the kiosk, need not load what draws. The command is run by wegwijs-slip, which is this program with
// the drawing in it (src/cli/slip.c in the place of this file). It stands beside this one in the build
// folder, in
// ../libexec/wegwijs once installed.
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"

#include "base/banned.h"

#define PROGRAM "wegwijs-slip"

// The caller frees it.
static char *find_program(void)
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    own[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(own, '/');
    if (slash == NULL)
        return memory_copy_text(PROGRAM);
    *slash = '\0';
    char *beside = file_join(own, PROGRAM);
    if (file_exists(beside))
        return beside;
    free(beside);
    return file_join(own, "../libexec/wegwijs/" PROGRAM);
}

int cli_slip(struct cli *cli)
{
    char *program = find_program(), *share = file_share("");
    const char **argv = memory_new((size_t)cli->argc + 9, sizeof *argv);
    unsigned count = 0;
    argv[count++] = program;
    argv[count++] = "--config";
    argv[count++] = cli->config_folder;
    argv[count++] = "--lang";
    argv[count++] = cli->language;
    if (cli->by != NULL) {
        argv[count++] = "--by";
        argv[count++] = cli->by;
    }
    argv[count++] = cli->command->name;
    memcpy(argv + count, cli->argv, (size_t)cli->argc * sizeof *argv);
    if (setenv("WEGWIJS_AGENDA", cli->agenda_path, 1) == 0 && setenv("WEGWIJS_SHARE", share, 1) == 0)
        execv(program, (char *const *)(void *)argv);
    int result =
        cli_refuse(cli, "slip.no-program", "program", program, "fault", strerrordesc_np(errno), NULL);
    free(argv);
    free(share);
    free(program);
    return result;
}
