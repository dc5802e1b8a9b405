// libcups, opened only when a printer of that kind is used: a kiosk without one neither needs nor loads it.
// For src/slip itself.
#ifndef WEGWIJS_SLIP_CUPS_LIBRARY_H
#define WEGWIJS_SLIP_CUPS_LIBRARY_H

#include <cups/cups.h>
#include <cups/pwg.h>
#include <cups/raster.h>

#include "base/error.h"

// Each function with its own type, so that the compiler checks the calls.
#define CUPS_FUNCTIONS(X)                                                                                    \
    X(httpConnect2)                                                                                          \
    X(httpClose)                                                                                             \
    X(httpSetTimeout)                                                                                        \
    X(httpSeparateURI)                                                                                       \
    X(cupsServer)                                                                                            \
    X(ippPort)                                                                                               \
    X(ippNewRequest)                                                                                         \
    X(ippAddString)                                                                                          \
    X(ippAddStrings)                                                                                         \
    X(ippAddInteger)                                                                                         \
    X(ippFindAttribute)                                                                                      \
    X(ippGetCount)                                                                                           \
    X(ippGetString)                                                                                          \
    X(ippGetInteger)                                                                                         \
    X(ippGetBoolean)                                                                                         \
    X(ippGetResolution)                                                                                      \
    X(ippGetStatusCode)                                                                                      \
    X(ippLength)                                                                                             \
    X(ippDelete)                                                                                             \
    X(cupsDoRequest)                                                                                         \
    X(cupsSendRequest)                                                                                       \
    X(cupsWriteRequestData)                                                                                  \
    X(cupsGetResponse)                                                                                       \
    X(cupsLastErrorString)                                                                                   \
    X(pwgMediaForPWG)                                                                                        \
    X(cupsRasterOpenIO)                                                                                      \
    X(cupsRasterInitPWGHeader)                                                                               \
    X(cupsRasterWriteHeader2)                                                                                \
    X(cupsRasterWritePixels)                                                                                 \
    X(cupsRasterClose)

struct cups_library {
#define CUPS_FIELD(name) __typeof__(&(name)) name##_;
    CUPS_FUNCTIONS(CUPS_FIELD)
#undef CUPS_FIELD
};

// NULL and ERROR_UNAVAILABLE when libcups is not installed.
const struct cups_library *cups_library(struct error *error);
#endif
