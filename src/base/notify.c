#include "base/notify.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/banned.h"

static void notify_send(const char *message)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = path ? strlen(path) : 0;
    if (length < 2 || length >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@')
        address.sun_path[0] = '\0'; // an abstract socket
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    // a manager that does not listen is not our trouble
    (void)!sendto(fd, message, strlen(message), MSG_NOSIGNAL, (struct sockaddr *)&address, size);
    close(fd);
}

void notify_ready(const char *status)
{
    char message[256];
    snprintf(message, sizeof message, "READY=1\nSTATUS=%s\n", status ? status : "");
    notify_send(message);
}

void notify_alive(void)
{
    notify_send("WATCHDOG=1\n");
}

void notify_reloading(void)
{
    notify_send("RELOADING=1\n");
}

void notify_stopping(void)
{
    notify_send("STOPPING=1\n");
}

int notify_interval_ms(void)
{
    const char *usec = getenv("WATCHDOG_USEC");
    if (!usec || !getenv("NOTIFY_SOCKET"))
        return 0;
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(usec, &end, 10);
    if (errno || end == usec || *end || value == 0)
        return 0;
    value /= 2000;
    return value > 3600000 ? 3600000 : value < 1 ? 1 : (int)value;
}
