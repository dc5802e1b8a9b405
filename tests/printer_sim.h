// A printer that is only a socket: answers real-time status and the fence as the documents say, counts rows,
// and fails at the byte it was told to. One thread a connection after the other.
#ifndef TESTS_PRINTER_SIM_H
#define TESTS_PRINTER_SIM_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum sim_fault {
    SIM_WELL,
    SIM_PAPER_LOW,
    SIM_NO_PAPER,
    SIM_COVER,
    SIM_CUTTER,
    SIM_BROKEN, // an error that no waiting mends
    SIM_OFF_LINE,
    SIM_SILENT,
    SIM_CLOSE,
    SIM_HOT // the head is too hot: prints on after `hot` more questions; keeps all bytes
};

struct sim {
    int listener, port, spare;
    pthread_t thread;
    enum sim_fault fault;
    long fail_at;           // bytes of the job (not questions) after which the fault is there; 0: at once
    bool no_fence;          // does not know GS r
    bool no_cause;          // does not know DLE EOT 3
    bool asb;               // sends its status unasked: 4 bytes at a connection's begin and with the fault
    bool stale;             // what was meant for who printed before comes first: an answer, and a fence's
    unsigned hot;           // questions until the head has cooled
    atomic_long bytes;      // of jobs, taken
    atomic_uint rows, cuts; // printed before the fault
    atomic_uint cancels;    // DLE ENQ 2
    atomic_bool stop;
    bool fenced;     // GS r came
    bool asb_said;   // that the fault is there
    uint8_t head[8]; // parser: of the command being read
    unsigned head_size, width;
    unsigned long data_left;
    unsigned band_rows;
};

static inline bool sim_failed(const struct sim *sim)
{
    return sim->fault > SIM_PAPER_LOW && sim->fault != SIM_HOT && sim->bytes >= sim->fail_at;
}

static inline bool sim_low(const struct sim *sim)
{
    return sim->fault == SIM_PAPER_LOW && sim->bytes >= sim->fail_at;
}

static inline bool sim_hot(const struct sim *sim)
{
    return sim->fault == SIM_HOT && sim->bytes >= sim->fail_at && sim->hot > 0;
}

static inline uint8_t sim_status(const struct sim *sim, int which)
{
    bool failed = sim_failed(sim), hot = sim_hot(sim);
    bool error = hot || (failed && (sim->fault == SIM_CUTTER || sim->fault == SIM_BROKEN));
    bool paper = failed && sim->fault == SIM_NO_PAPER;
    if (which == 1) {
        return (uint8_t)(0x12 | (failed || hot ? 0x08 : 0));
    }
    if (which == 2) {
        return (uint8_t)(0x12 | (failed && sim->fault == SIM_COVER ? 0x04 : 0) | (paper ? 0x20 : 0) |
                         (error ? 0x40 : 0));
    }
    if (which == 3) {
        return (uint8_t)(0x12 | (failed && sim->fault == SIM_CUTTER ? 0x08 : 0) |
                         (failed && sim->fault == SIM_BROKEN ? 0x20 : 0) | (hot ? 0x40 : 0));
    }
    return (uint8_t)(0x12 | (sim_low(sim) || paper ? 0x0C : 0) | (paper ? 0x60 : 0));
}

static inline void sim_say(int fd, uint8_t byte)
{
    if (send(fd, &byte, 1, MSG_NOSIGNAL) != 1 && write(fd, &byte, 1) != 1) {
        perror("simulator");
    }
}

// Automatic status back: only the first byte has bit 4 (Epson's reference, GS a).
static inline void sim_say_all(struct sim *sim, int fd)
{
    bool failed = sim_failed(sim), paper = failed && sim->fault == SIM_NO_PAPER;
    const uint8_t bytes[] = {(uint8_t)(0x10 | (failed ? 0x08 : 0)), 0, (uint8_t)(paper ? 0x0C : 0), 0x0F};
    for (size_t i = 0; sim->asb && i < sizeof bytes; i++) {
        sim_say(fd, bytes[i]);
    }
}

// The fence is answered when all before it is printed: not before the head has cooled.
static inline void sim_fence(struct sim *sim, int fd)
{
    if (sim->fenced && !sim_failed(sim) && !sim_hot(sim) && !sim->no_fence) {
        sim_say(fd, sim_low(sim) ? 0x03 : 0x00);
        sim->fenced = false;
    }
}

// A command is whole: questions are answered at once, the rest only while well.
static inline bool sim_command(struct sim *sim, int fd)
{
    const uint8_t *head = sim->head;
    unsigned size = sim->head_size;
    if (head[0] == 0x10 && size == 3) {
        if (head[1] == 0x04) {
            if (head[2] != 3 || !sim->no_cause) {
                sim_say(fd, sim_status(sim, head[2]));
            }
            sim->hot -= sim_hot(sim) && head[2] == 4; // cools from one round of questions to the next
        } else {
            sim->cancels++;
        }
        sim_fence(sim, fd); // what was kept while it was hot is printed now
        return true;
    }
    if (head[0] == 0x1B && size == 2 && head[1] == 0x40) {
        return true;
    }
    if (head[0] == 0x1B && size == 3) {
        return true;
    }
    if (head[0] == 0x1D && head[1] == 0x72 && size == 3) {
        sim->fenced = true;
        sim_fence(sim, fd);
        return true;
    }
    if (head[0] == 0x1D && head[1] == 0x56 && size == 4) {
        sim->cuts += !sim_failed(sim);
        return true;
    }
    if (head[0] == 0x1D && head[1] == 0x76 && size == 8) {
        sim->width = head[4] + 256U * head[5];
        sim->band_rows = head[6] + 256U * head[7];
        sim->data_left = (unsigned long)sim->width * sim->band_rows;
        return true;
    }
    return size == 8;
}

static inline void sim_byte(struct sim *sim, int fd, uint8_t byte)
{
    if (sim->data_left == 0 && sim->head_size == 0 && byte == 0) {
        return; // no command begins so
    }
    if (sim->data_left == 0) {
        sim->head[sim->head_size++] = byte;
    }
    bool question = sim->data_left == 0 && sim->head[0] == 0x10;
    sim->bytes += !question;
    if (sim_failed(sim) && !sim->asb_said) {
        sim->asb_said = true;
        sim_say_all(sim, fd);
    }
    if (sim->data_left > 0) {
        if (--sim->data_left == 0 && !sim_failed(sim)) {
            sim->rows += sim->band_rows;
        }
    } else if (sim_command(sim, fd)) {
        sim->head_size = 0;
    }
}

static inline void sim_serve(struct sim *sim, int fd)
{
    uint8_t byte;
    sim->head_size = 0;
    sim->data_left = 0;
    sim_say_all(sim, fd);
    if (sim->stale) {
        sim_say(fd, 0x12);
        sim_say(fd, 0x00);
    }
    for (;;) {
        if (sim_failed(sim) && sim->fault == SIM_CLOSE) {
            return;
        }
        struct pollfd poller = {.fd = fd, .events = POLLIN};
        if (poll(&poller, 1, 20) <= 0) {
            if (sim->stop) {
                return; // what was sent before is read
            }
            continue;
        }
        ssize_t count = read(fd, &byte, 1);
        if (count != 1) {
            return;
        }
        if (!(sim_failed(sim) && sim->fault == SIM_SILENT)) {
            sim_byte(sim, fd, byte);
        }
    }
}

static inline void *sim_run(void *context)
{
    struct sim *sim = context;
    while (!sim->stop) {
        struct pollfd poller = {.fd = sim->listener, .events = POLLIN};
        if (poll(&poller, 1, 20) <= 0) {
            continue;
        }
        int fd = accept(sim->listener, NULL, NULL);
        if (fd >= 0) {
            sim_serve(sim, fd);
            close(fd);
        }
    }
    return NULL;
}

// Listens on a free port of loopback; `target` (at least 32 bytes) becomes "127.0.0.1:port".
static inline void sim_start(struct sim *sim, char *target, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    sim->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(sim->listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(sim->listener, 4) != 0 ||
        getsockname(sim->listener, (struct sockaddr *)&address, &length) != 0) {
        perror("simulator");
        exit(2);
    }
    sim->port = ntohs(address.sin_port);
    snprintf(target, size, "127.0.0.1:%d", sim->port);
    pthread_create(&sim->thread, NULL, sim_run, sim);
}

static inline void *sim_run_line(void *context)
{
    struct sim *sim = context;
    sim_serve(sim, sim->listener);
    return NULL;
}

// The same printer at the end of a serial line; `target` becomes its device.
static inline void sim_start_line(struct sim *sim, char *target, size_t size)
{
    sim->listener = posix_openpt(O_RDWR | O_NOCTTY);
    if (sim->listener < 0 || grantpt(sim->listener) != 0 || unlockpt(sim->listener) != 0 ||
        ptsname_r(sim->listener, target, size) != 0) {
        perror("simulator");
        exit(2);
    }
    sim->spare = open(target, O_RDWR | O_NOCTTY); // else the line ends whenever the program closes it
    pthread_create(&sim->thread, NULL, sim_run_line, sim);
}

static inline void sim_stop(struct sim *sim)
{
    sim->stop = true;
    pthread_join(sim->thread, NULL);
    close(sim->listener);
    if (sim->spare > 0) {
        close(sim->spare);
    }
}
#endif
