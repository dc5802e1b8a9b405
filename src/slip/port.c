#include "slip/port.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "slip/printer_kind.h"

#include "base/banned.h"

#define RAW_PORT "9100"
#define CONNECT_MS 3000 // a printer in the house answers in a few; the screen waits for it
#define DRAIN_STEP_NS 20000000L

static bool wait_for(int fd, short events, int64_t deadline)
{
    struct pollfd poller = {.fd = fd, .events = events};
    for (;;) {
        int64_t left = deadline - printer_now_ms();
        int ready = poll(&poller, 1, left < 0 ? 0 : (int)left);
        if (ready > 0) {
            return true;
        }
        if (ready == 0 || errno != EINTR) {
            return false;
        }
    }
}

// ---- TCP

static int connect_one(const struct addrinfo *address, int64_t deadline)
{
    int failure = 0, now = 1;
    socklen_t size = sizeof failure;
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now); // questions of 3 bytes must not wait
    if (connect(fd, address->ai_addr, address->ai_addrlen) == 0) {
        return fd;
    }
    if (errno == EINPROGRESS && wait_for(fd, POLLOUT, deadline) &&
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0) {
        return fd;
    }
    errno = failure != 0 ? failure : ETIMEDOUT;
    close(fd);
    return -1;
}

// A name server that is silent would cost half a minute: it is asked once, for a second.
static int look_up(const char *host, const char *service, struct addrinfo **list)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    if (res_init() == 0) {
        _res.retrans = 1;
        _res.retry = 1;
    }
    return getaddrinfo(host, service, &hints, list);
}

static int open_network(struct port *port, const char *target, int64_t deadline, struct error *error)
{
    struct addrinfo *list = NULL;
    char *host = memory_copy_text(target), *colon = strrchr(host, ':');
    bool bare_ipv6 = colon != NULL && strchr(host, ':') != colon && host[0] != '[';
    const char *service = RAW_PORT;
    if (colon != NULL && !bare_ipv6 && colon[1] != '\0' && strchr(colon, ']') == NULL) {
        *colon = '\0';
        service = colon + 1;
    }
    size_t length = strlen(host);
    bool brackets = length > 2 && host[0] == '[' && host[length - 1] == ']';
    if (brackets) {
        host[length - 1] = '\0';
    }
    int failure = look_up(host + brackets, service, &list);
    int64_t soon = printer_now_ms() + CONNECT_MS;
    deadline = soon < deadline ? soon : deadline;
    for (const struct addrinfo *one = list; failure == 0 && one != NULL && port->fd < 0; one = one->ai_next) {
        port->fd = connect_one(one, deadline);
    }
    if (port->fd < 0) {
        error_set(error, ERROR_UNAVAILABLE, "printer \"%s\": %s", target,
                  failure != 0 ? gai_strerror(failure) : strerror(errno));
    }
    if (list != NULL) {
        freeaddrinfo(list);
    }
    free(host);
    return port->fd < 0 ? ERROR_UNAVAILABLE : 0;
}

// ---- devices and files

static const struct {
    const char *text;
    speed_t speed;
} SPEEDS[] = {{"9600", B9600}, {"19200", B19200}, {"38400", B38400}, {"57600", B57600}, {"115200", B115200}};

static void make_raw(int fd, const char *speed)
{
    struct termios line;
    if (tcgetattr(fd, &line) != 0) {
        return;
    }
    cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    for (size_t i = 0; speed != NULL && i < sizeof SPEEDS / sizeof *SPEEDS; i++) {
        if (strcmp(speed, SPEEDS[i].text) == 0) {
            cfsetspeed(&line, SPEEDS[i].speed);
        }
    }
    tcsetattr(fd, TCSANOW, &line);
}

// The speed behind a device's name; the name ends there. NULL: none.
static const char *cut_speed(char *path)
{
    char *colon = strrchr(path, ':');
    if (colon == NULL || strncmp(path, "/dev/", 5) != 0) {
        return NULL;
    }
    *colon = '\0';
    return colon + 1;
}

int port_check(const char *target, struct error *error)
{
    char *path = memory_copy_text(target), known[80] = "";
    const char *speed = cut_speed(path);
    bool found = speed == NULL;
    for (size_t i = 0; i < sizeof SPEEDS / sizeof *SPEEDS; i++) {
        size_t used = strlen(known);
        found = found || strcmp(speed, SPEEDS[i].text) == 0;
        text_print(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "", SPEEDS[i].text);
    }
    int result = found ? 0
                       : error_set(error, ERROR_INVALID, "speed of \"%s\" must be one of %s, found \"%s\"",
                                   path, known, speed);
    free(path);
    return result;
}

static int open_path(struct port *port, const char *target, struct error *error)
{
    struct stat info;
    char *path = memory_copy_text(target);
    const char *speed = cut_speed(path);
    int result = 0;
    int found = stat(path, &info);
    if (found != 0 && strncmp(path, "/dev/", 5) == 0) {
        result = error_set(error, ERROR_UNAVAILABLE, "printer \"%s\" is not there", path);
    } else if (found != 0 || S_ISREG(info.st_mode)) {
        port->file = true;
    } else {
        port->fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (port->fd < 0) {
            result = error_set(error, ERROR_UNAVAILABLE, "printer \"%s\": %s", path, strerror(errno));
        } else if (isatty(port->fd)) {
            make_raw(port->fd, speed);
        }
    }
    free(path);
    return result;
}

int port_open(struct port *port, const char *target, int64_t deadline, struct error *error)
{
    *port = (struct port){.fd = -1};
    return strchr(target, '/') != NULL ? open_path(port, target, error)
                                       : open_network(port, target, deadline, error);
}

void port_close(struct port *port)
{
    if (port->fd >= 0) {
        close(port->fd);
    }
    port->fd = -1;
}

static ssize_t write_some(const struct port *port, const void *bytes, size_t size)
{
    ssize_t count = send(port->fd, bytes, size, MSG_NOSIGNAL);
    return count < 0 && errno == ENOTSOCK ? write(port->fd, bytes, size) : count;
}

int port_write(struct port *port, const void *bytes, size_t size, size_t *written, int64_t deadline,
               struct error *error)
{
    *written = 0;
    while (*written < size) {
        if (!wait_for(port->fd, POLLOUT, deadline)) {
            return error_set(error, ERROR_TIMEOUT, "the printer takes no more bytes");
        }
        ssize_t count = write_some(port, (const char *)bytes + *written, size - *written);
        if (count < 0 && errno != EAGAIN && errno != EINTR) {
            port->ended = true;
            return error_set(error, ERROR_IO, "the printer cannot be written: %s", strerror(errno));
        }
        *written += count > 0 ? (size_t)count : 0;
    }
    return 0;
}

int port_read(struct port *port, int64_t deadline)
{
    uint8_t byte;
    while (!port->ended && wait_for(port->fd, POLLIN, deadline)) {
        ssize_t count = read(port->fd, &byte, 1);
        if (count == 1) {
            return byte;
        }
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            port->ended = true;
        }
    }
    return -1;
}

bool port_drain(const struct port *port, int64_t deadline)
{
    int left = 0;
    while (ioctl(port->fd, TIOCOUTQ, &left) == 0 && left > 0) {
        if (printer_now_ms() >= deadline) {
            return false;
        }
        nanosleep(&(struct timespec){.tv_nsec = DRAIN_STEP_NS}, NULL);
    }
    return true;
}

void port_drop(struct port *port)
{
    const struct linger at_once = {.l_onoff = 1};
    if (setsockopt(port->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) != 0) {
        tcflush(port->fd, TCOFLUSH);
    }
}
