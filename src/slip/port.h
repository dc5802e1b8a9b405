// The way to a printer: a device, a serial line, TCP, or a file; every wait has an end. For src/slip itself.
#ifndef WEGWIJS_SLIP_PORT_H
#define WEGWIJS_SLIP_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct port {
    int fd;
    bool file;  // a regular file, or a path where nothing is yet: to be written whole; fd is -1
    bool ended; // the far end has closed
};
// `deadline` as printer_now_ms. ERROR_UNAVAILABLE: not there, refused, or no answer in time.
int port_open(struct port *port, const char *target, int64_t deadline, struct error *error);
void port_close(struct port *port);
// All bytes, or a fault: ERROR_TIMEOUT, ERROR_IO. *written says how many were taken.
int port_write(struct port *port, const void *bytes, size_t size, size_t *written, int64_t deadline,
               struct error *error);
int port_read(struct port *port,
              int64_t deadline); // one byte; -1 when none came in time or the far end closed
// Until all that was written has left this machine, or the deadline. False: not all has.
bool port_drain(const struct port *port, int64_t deadline);
// What has not left yet never will, so that nothing of a slip that was given up comes out later.
void port_drop(struct port *port);
// Whether `target` can be one: a known speed of a serial line ("/dev/ttyS0:19200").
int port_check(const char *target, struct error *error);
#endif
