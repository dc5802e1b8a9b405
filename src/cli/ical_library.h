// libical, opened only when a calendar is written: it brings the tables of all the world's letters with it,
// and `serve` and the day's list need none of them. One thread. For src/cli itself.
#ifndef WEGWIJS_CLI_ICAL_LIBRARY_H
#define WEGWIJS_CLI_ICAL_LIBRARY_H

#include <libical/ical.h>

#include "base/error.h"

// Each function with its own type, so that the compiler checks the calls.
#define ICAL_FUNCTIONS(X)                                                                                    \
    X(icalcomponent_add_component)                                                                           \
    X(icalcomponent_add_property)                                                                            \
    X(icalcomponent_as_ical_string_r)                                                                        \
    X(icalcomponent_free)                                                                                    \
    X(icalcomponent_new)                                                                                     \
    X(icalmemory_free_buffer)                                                                                \
    X(icalproperty_new_class)                                                                                \
    X(icalproperty_new_description)                                                                          \
    X(icalproperty_new_dtend)                                                                                \
    X(icalproperty_new_dtstamp)                                                                              \
    X(icalproperty_new_dtstart)                                                                              \
    X(icalproperty_new_method)                                                                               \
    X(icalproperty_new_prodid)                                                                               \
    X(icalproperty_new_sequence)                                                                             \
    X(icalproperty_new_status)                                                                               \
    X(icalproperty_new_summary)                                                                              \
    X(icalproperty_new_uid)                                                                                  \
    X(icalproperty_new_version)                                                                              \
    X(icalproperty_new_x)                                                                                    \
    X(icalproperty_set_x_name)                                                                               \
    X(icaltime_from_timet_with_zone)                                                                         \
    X(icaltimezone_get_utc_timezone)

struct ical_library {
#define ICAL_FIELD(name) __typeof__(&(name)) name##_;
    ICAL_FUNCTIONS(ICAL_FIELD)
#undef ICAL_FIELD
};

// NULL and ERROR_UNAVAILABLE when libical is not installed.
const struct ical_library *ical_library(struct error *error);
#endif
