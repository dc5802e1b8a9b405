// The visit: a pure state machine. No SDL, no file, no clock: visit_step takes an event and the time and
// gives effects back; the shell performs them, and their results return as events. (The owner of this file
// draws the state chart here and completes it.)
#ifndef WEGWIJS_KIOSK_VISIT_H
#define WEGWIJS_KIOSK_VISIT_H

#include "booking/booking.h"
#include "booking/town.h"

#endif
