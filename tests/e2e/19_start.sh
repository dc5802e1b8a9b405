#!/bin/bash
# The start: several threads draw while the window opens, and each of them reads its surroundings. Who changes
# those then moves them under a reader, which crashes once in some thousand starts.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
cat >surroundings.c <<'C'
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
static void told(const char *what, const char *name)
{
    int threads = -2; // . and ..
    DIR *tasks = opendir("/proc/self/task");
    while (tasks && readdir(tasks))
        threads++;
    if (tasks)
        closedir(tasks);
    FILE *file = strcmp(program_invocation_short_name, "wegwijs-kiosk") == 0 ? fopen("surroundings.txt", "a") : NULL;
    if (file && (fprintf(file, "%s %s %s\n", threads > 1 ? "late" : "early", what, name) < 0 || fclose(file) != 0))
        perror("surroundings.txt");
}
int setenv(const char *name, const char *value, int overwrite)
{
    int (*real)(const char *, const char *, int);
    *(void **)&real = dlsym(RTLD_NEXT, "setenv");
    told("setenv", name);
    return real(name, value, overwrite);
}
int unsetenv(const char *name)
{
    int (*real)(const char *);
    *(void **)&real = dlsym(RTLD_NEXT, "unsetenv");
    told("unsetenv", name);
    return real(name);
}
int putenv(char *text)
{
    int (*real)(char *);
    *(void **)&real = dlsym(RTLD_NEXT, "putenv");
    told("putenv", text);
    return real(text);
}
C
${CC:-gcc} -D_GNU_SOURCE -shared -fPIC -o surroundings.so surroundings.c -ldl || exit 1
printf 'wait start.begin\ntap start.begin\nwait language\n' >start.script
start() { # start DRIVER
    rm -f surroundings.txt
    SDL_VIDEODRIVER=$1 LD_PRELOAD=$folder/surroundings.so kiosk --script start.script &&
        grep -q "^early setenv" surroundings.txt && ! grep "^late" surroundings.txt
}
check "nothing changes the surroundings once a second thread runs" start dummy
if command -v Xvfb >/dev/null; then
    Xvfb -displayfd 3 -noreset -screen 0 1080x1920x24 -nolisten tcp 3>display >xvfb.log 2>&1 &
    trap 'kill %1; rm -rf "$folder"' EXIT
    until [ -s display ]; do kill -0 %1 || exit 1; sleep .05; done
    DISPLAY=:$(cat display)
    export DISPLAY
    check "nor under X11" start x11
fi
echo "1..$number"
