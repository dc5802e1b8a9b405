// Working a booking: its states, moving it, following up. Guide's role only. Each call is one transaction and
// leaves an event.
//
//   booked ──→ arrived ──→ done          wrong order (done before its day, arrived after done, anything after
//     │ │ │        └──────→ (done)       cancelled) is ERROR_REFUSED unless forced
//     │ │ └──→ no-show ──→ arrived       (came late after all)
//     │ └────→ excused ──→ cancelled     both free its slots at once
//     └──────→ cancelled
#ifndef WEGWIJS_AGENDA_WORK_H
#define WEGWIJS_AGENDA_WORK_H

#include "agenda/agenda.h"

// A booking by the guide, with a fresh id and code; ERROR_TAKEN when a slot has an owner.
int agenda_book(struct agenda *agenda, struct booking *booking, struct error *error);
// Somebody walks in: takes the guide's free slot of this moment, or makes one outside the presence as soon as
// the guide has a moment of at least 5 minutes. booking->slot needs the guide only, and is filled in.
int agenda_walk_in(struct agenda *agenda, struct booking *booking, struct moment now, struct error *error);
// ERROR_INVALID when it is in that state already.
int agenda_set_state(struct agenda *agenda, const char *code, const char *state, bool force,
                     struct moment now, struct error *error);
// Moves to `slots` consecutive slots from `first` (its own count when 0).
int agenda_move(struct agenda *agenda, const char *code, const struct slot *first, unsigned slots,
                struct error *error);
int agenda_join(struct agenda *agenda, const char *code, const char *with, struct error *error); // one person

// Blocks or frees the guide's slots that touch the range. Booked and leased ones stay with their owner, but
// are not offered again when that ends; unblocking offers those again that the presence has.
int agenda_block(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                 const char *reason, unsigned *blocked, struct error *error);
int agenda_unblock(struct agenda *agenda, const char *guide, struct moment from, struct moment to,
                   unsigned *freed, struct error *error);

struct agenda_kiosk {
    char name[48], first_contact[21], last_contact[21], version[32], revoked[21];
    char status[2048]; // JSON, flat
    unsigned leases, bookings_today;
};
unsigned agenda_kiosks(struct agenda *agenda, int64_t since, struct agenda_kiosk *kiosks, unsigned room);
int agenda_revoke(struct agenda *agenda, const char *kiosk, unsigned *ended, struct error *error);

int agenda_refer(struct agenda *agenda, const char *code, const char *topic, const char *partner,
                 int32_t today, int32_t due, struct error *error); // due 0: none
int agenda_outcome(struct agenda *agenda, const char *code, const char *partner, const char *outcome,
                   struct error *error);
int agenda_signal(struct agenda *agenda, const char *code, const char *topic, const char *kind,
                  const char *label, int32_t today, struct error *error);

struct agenda_referral {
    char due[DAY_TEXT_SIZE], made[DAY_TEXT_SIZE], code[CODE_SIZE];
    char first_name[BOOKING_NAME_SIZE], last_name[BOOKING_NAME_SIZE], phone[PHONE_SIZE];
    char topic[BOOKING_WORD_SIZE], partner[BOOKING_WORD_SIZE], language[BOOKING_WORD_SIZE], outcome[24];
};
// What is due up to a day; the caller frees. Returns the count or negative.
int agenda_due(struct agenda *agenda, int32_t until, struct agenda_referral **referrals, struct error *error);
int agenda_referrals(struct agenda *agenda, const char *code, struct agenda_referral **referrals,
                     struct error *error); // of one booking

#endif
