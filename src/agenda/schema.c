#include "agenda/schema.h"

#include "agenda/sql.h"
#include "base/memory.h"

#include "base/banned.h"

// Version 1. Comments inside stay in the file: `sqlite3 agenda.db .schema` shows them.
static const char *const version_1[] = {
    "CREATE TABLE setting ( -- agenda_id, slot_minutes, public_holidays, horizon_days, slots_until, limits\n"
    "  name TEXT PRIMARY KEY,\n"
    "  value TEXT NOT NULL\n"
    ") WITHOUT ROWID;\n"

    "CREATE TABLE guide ( -- toeleider\n"
    "  id TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'),\n"
    "  name TEXT NOT NULL,\n"
    "  languages TEXT NOT NULL DEFAULT '', -- codes with spaces between\n"
    "  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))\n"
    ");\n"

    "CREATE TABLE presence ( -- aanwezigheid: the source of the slots\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  guide TEXT NOT NULL REFERENCES guide (id),\n"
    "  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 is Monday\n"
    "  from_minute INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1440), -- since midnight\n"
    "  to_minute INTEGER NOT NULL CHECK (to_minute BETWEEN from_minute AND 1440),\n"
    "  first_day TEXT, -- NULL: always\n"
    "  last_day TEXT,\n"
    "  walk_in INTEGER NOT NULL DEFAULT 0 CHECK (walk_in IN (0, 1)) -- permanentie: no slots\n"
    ");\n"

    "CREATE TABLE closure (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  guide TEXT REFERENCES guide (id), -- NULL: the whole town hall\n"
    "  first_day TEXT NOT NULL,\n"
    "  last_day TEXT NOT NULL CHECK (last_day >= first_day),\n"
    "  from_minute INTEGER NOT NULL DEFAULT 0,\n"
    "  to_minute INTEGER NOT NULL DEFAULT 1440,\n"
    "  reason TEXT\n"
    ");\n"

    "CREATE TABLE slot ( -- made ahead from presence and closure\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  guide TEXT NOT NULL REFERENCES guide (id),\n"
    "  start TEXT NOT NULL CHECK (start GLOB "
    "'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),\n"
    "  ends TEXT NOT NULL CHECK (ends > start AND substr(ends, 1, 10) = substr(start, 1, 10)),\n"
    "  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 480),\n"
    "  offered INTEGER NOT NULL DEFAULT 1 CHECK (offered IN (0, 1)), -- 0: outside the presence, but owned\n"
    "  UNIQUE (guide, start)\n"
    ");\n"
    "CREATE INDEX slot_start ON slot (start, guide, minutes, offered);\n"
    "CREATE TRIGGER slot_overlap BEFORE INSERT ON slot WHEN EXISTS (SELECT 1 FROM slot s WHERE s.guide = "
    "NEW.guide\n"
    "    AND s.start >= substr(NEW.start, 1, 10) AND s.start < NEW.ends AND s.ends > NEW.start\n"
    "    AND s.start <> NEW.start)\n"
    "  BEGIN SELECT RAISE(ABORT, 'slot overlaps another'); END;\n",

    "CREATE TABLE kiosk (\n"
    "  name TEXT PRIMARY KEY,\n"
    "  first_contact TEXT NOT NULL,\n"
    "  last_contact TEXT NOT NULL,\n"
    "  version TEXT NOT NULL DEFAULT '',\n"
    "  status TEXT NOT NULL DEFAULT '{}', -- JSON, flat\n"
    "  revoked TEXT -- when its leases were last taken back by hand\n"
    ");\n"

    "CREATE TABLE code ( -- every code ever given out: with a lease, as a spare, to a booking\n"
    "  code TEXT PRIMARY KEY CHECK (length(code) = 6),\n"
    "  kiosk TEXT, -- NULL: the guide's\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('lease', 'spare', 'booking')),\n"
    "  given TEXT NOT NULL\n"
    ") WITHOUT ROWID;\n"
    "CREATE INDEX code_spare ON code (kiosk, code) WHERE kind = 'spare';\n"

    "CREATE TABLE lease ( -- a kiosk may give this slot away\n"
    "  slot INTEGER PRIMARY KEY REFERENCES slot (id),\n"
    "  kiosk TEXT NOT NULL REFERENCES kiosk (name),\n"
    "  code TEXT NOT NULL UNIQUE REFERENCES code (code),\n"
    "  given TEXT NOT NULL\n"
    ");\n"
    "CREATE INDEX lease_kiosk ON lease (kiosk, slot);\n"

    "CREATE TABLE block ( -- the guide keeps this slot for something else\n"
    "  slot INTEGER PRIMARY KEY REFERENCES slot (id),\n"
    "  reason TEXT NOT NULL DEFAULT '',\n"
    "  code TEXT, -- of a booking that was lost, for reason 'lost'\n"
    "  made TEXT NOT NULL\n"
    ");\n"

    "CREATE TABLE person (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  first_name TEXT NOT NULL,\n"
    "  last_name TEXT NOT NULL,\n"
    "  phone TEXT NOT NULL -- E.164, '' for none\n"
    ");\n"
    "CREATE INDEX person_phone ON person (phone) WHERE phone <> '';\n"

    "CREATE TABLE booking ( -- afspraak\n"
    "  id TEXT PRIMARY KEY CHECK (length(id) = 32),\n"
    "  code TEXT NOT NULL UNIQUE REFERENCES code (code),\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('slot', 'callback')), -- callback: no moment suited, the guide "
    "calls\n"
    "  person INTEGER REFERENCES person (id), -- NULL: erased\n"
    "  guide TEXT REFERENCES guide (id),\n"
    "  start TEXT, -- local wall clock; NULL for a callback\n"
    "  minutes INTEGER NOT NULL DEFAULT 0, -- of the whole talk\n"
    "  slots INTEGER NOT NULL DEFAULT 0,\n"
    "  language TEXT NOT NULL DEFAULT '',\n"
    "  referred TEXT NOT NULL DEFAULT '',\n"
    "  channel TEXT NOT NULL,\n"
    "  kiosk TEXT,\n"
    "  state TEXT NOT NULL DEFAULT 'booked'\n"
    "    CHECK (state IN ('booked', 'arrived', 'done', 'no-show', 'excused', 'cancelled')),\n"
    "  attention TEXT CHECK (attention IN ('taken', 'code')), -- confirmed, but without what it was "
    "promised\n"
    "  sequence INTEGER NOT NULL DEFAULT 0, -- iCalendar SEQUENCE: counts its changes\n"
    "  made TEXT NOT NULL, -- UTC\n"
    "  stored TEXT NOT NULL, -- UTC\n"
    "  seen TEXT, -- UTC, when it first stood in a day list\n"
    "  CHECK ((kind = 'slot') = (start IS NOT NULL))\n"
    ");\n"
    "CREATE INDEX booking_start ON booking (start, guide, state, channel, language, made, id); -- also for "
    "reports\n"
    "CREATE INDEX booking_person ON booking (person);\n"
    "CREATE INDEX booking_kiosk ON booking (kiosk, made) WHERE kiosk IS NOT NULL;\n"
    "CREATE INDEX booking_attention ON booking (attention) WHERE attention IS NOT NULL AND state = "
    "'booked';\n"
    "CREATE INDEX booking_callback ON booking (made) WHERE kind = 'callback' AND state = 'booked';\n"

    "CREATE TABLE booking_slot (\n"
    "  slot INTEGER PRIMARY KEY REFERENCES slot (id), -- a slot has one booking\n"
    "  booking TEXT NOT NULL REFERENCES booking (id)\n"
    ");\n"
    "CREATE INDEX booking_slot_booking ON booking_slot (booking);\n"

    "CREATE TABLE booking_topic (\n"
    "  booking TEXT NOT NULL REFERENCES booking (id),\n"
    "  place INTEGER NOT NULL, -- in the order chosen\n"
    "  topic TEXT NOT NULL,\n"
    "  PRIMARY KEY (booking, place)\n"
    ") WITHOUT ROWID;\n"

    "CREATE TABLE indicator (\n"
    "  booking TEXT NOT NULL REFERENCES booking (id),\n"
    "  indicator TEXT NOT NULL,\n"
    "  answer TEXT NOT NULL,\n"
    "  PRIMARY KEY (booking, indicator)\n"
    ") WITHOUT ROWID;\n",

    "CREATE TABLE talk ( -- onthaalgesprek that took place\n"
    "  booking TEXT PRIMARY KEY REFERENCES booking (id),\n"
    "  guide TEXT REFERENCES guide (id),\n"
    "  began TEXT NOT NULL,\n"
    "  ended TEXT\n"
    ");\n"

    "CREATE TABLE referral ( -- doorverwijzing\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  booking TEXT NOT NULL REFERENCES booking (id),\n"
    "  topic TEXT NOT NULL,\n"
    "  partner TEXT NOT NULL,\n"
    "  made TEXT NOT NULL, -- day\n"
    "  due TEXT, -- day to follow up\n"
    "  outcome TEXT -- NULL: open\n"
    ");\n"
    "CREATE INDEX referral_booking ON referral (booking);\n"
    "CREATE INDEX referral_due ON referral (due) WHERE outcome IS NULL;\n"

    "CREATE TABLE signal ( -- signaal: counted, about no person\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  booking TEXT REFERENCES booking (id),\n"
    "  topic TEXT NOT NULL,\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('need', 'obstacle', 'gap')),\n"
    "  label TEXT NOT NULL DEFAULT '',\n"
    "  made TEXT NOT NULL -- day\n"
    ");\n"
    "CREATE INDEX signal_booking ON signal (booking);\n"
    "CREATE INDEX signal_made ON signal (made);\n"

    "CREATE TABLE count ( -- what was imported, and what remains after a purge\n"
    "  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),\n"
    "  what TEXT NOT NULL,\n"
    "  item TEXT NOT NULL DEFAULT '', -- topic, language, 'indicator answer', 'partner outcome'\n"
    "  channel TEXT NOT NULL DEFAULT '',\n"
    "  source TEXT NOT NULL CHECK (source IN ('import', 'purge')),\n"
    "  count INTEGER NOT NULL CHECK (count >= 0),\n"
    "  PRIMARY KEY (month, what, item, channel, source)\n"
    ") WITHOUT ROWID;\n"
    "CREATE TABLE import (digest TEXT PRIMARY KEY, rows INTEGER NOT NULL, at TEXT NOT NULL);\n"

    "CREATE TABLE forgotten ( -- identifiers of purged bookings: a late resend must not make them again\n"
    "  id TEXT PRIMARY KEY,\n"
    "  code TEXT NOT NULL\n"
    ") WITHOUT ROWID;\n"

    "CREATE TABLE lost ( -- a kiosk was told these are stored, but a restored agenda has them no more\n"
    "  id TEXT PRIMARY KEY,\n"
    "  code TEXT NOT NULL,\n"
    "  guide TEXT,\n"
    "  start TEXT,\n"
    "  slots INTEGER NOT NULL,\n"
    "  kiosk TEXT NOT NULL,\n"
    "  noted TEXT NOT NULL,\n"
    "  settled TEXT -- when the guide has dealt with it\n"
    ") WITHOUT ROWID;\n"
    "CREATE INDEX lost_code ON lost (code);\n"

    "CREATE TABLE event ( -- append-only: when, who, what; never personal data\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL, -- UTC\n"
    "  who TEXT NOT NULL, -- 'kiosk lobby-1', 'guide els'\n"
    "  what TEXT NOT NULL, -- 'booking stored'\n"
    "  subject TEXT NOT NULL DEFAULT '', -- a code, a kiosk, a file's digest\n"
    "  detail TEXT NOT NULL DEFAULT ''\n"
    ");\n"
    "CREATE INDEX event_subject ON event (subject);\n"
    "CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;\n"
    "CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;\n",

    // Invariant 1: a slot has at most one owner.
    "CREATE TRIGGER lease_owner BEFORE INSERT ON lease WHEN EXISTS (SELECT 1 FROM booking_slot WHERE slot = "
    "NEW.slot)\n"
    "    OR EXISTS (SELECT 1 FROM block WHERE slot = NEW.slot)\n"
    "  BEGIN SELECT RAISE(ABORT, 'slot has another owner'); END;\n"
    "CREATE TRIGGER booking_slot_owner BEFORE INSERT ON booking_slot\n"
    "    WHEN EXISTS (SELECT 1 FROM lease WHERE slot = NEW.slot) OR EXISTS (SELECT 1 FROM block WHERE slot = "
    "NEW.slot)\n"
    "  BEGIN SELECT RAISE(ABORT, 'slot has another owner'); END;\n"
    "CREATE TRIGGER block_owner BEFORE INSERT ON block WHEN EXISTS (SELECT 1 FROM booking_slot WHERE slot = "
    "NEW.slot)\n"
    "    OR EXISTS (SELECT 1 FROM lease WHERE slot = NEW.slot)\n"
    "  BEGIN SELECT RAISE(ABORT, 'slot has another owner'); END;\n"
    "CREATE TRIGGER lease_move BEFORE UPDATE OF slot ON lease\n"
    "  BEGIN SELECT RAISE(ABORT, 'a lease stays with its slot'); END;\n"
    "CREATE TRIGGER booking_slot_move BEFORE UPDATE OF slot ON booking_slot\n"
    "  BEGIN SELECT RAISE(ABORT, 'a booked slot is freed, then taken'); END;\n"
    "CREATE TRIGGER block_move BEFORE UPDATE OF slot ON block\n"
    "  BEGIN SELECT RAISE(ABORT, 'a block stays with its slot'); END;\n",

    "CREATE VIEW day AS -- who comes: SELECT * FROM day WHERE start LIKE '2026-11-24%'\n"
    "  SELECT b.start, b.minutes, g.name AS guide, b.code, b.state, p.first_name, p.last_name, p.phone, "
    "b.language,\n"
    "    (SELECT group_concat(i.indicator || ' ' || i.answer, ', ') FROM indicator i WHERE i.booking = b.id) "
    "AS answers,\n"
    "    (SELECT group_concat(t.topic, ', ') FROM booking_topic t WHERE t.booking = b.id) AS topics,\n"
    "    b.referred, b.channel, b.attention\n"
    "  FROM booking b LEFT JOIN guide g ON g.id = b.guide LEFT JOIN person p ON p.id = b.person\n"
    "  ORDER BY b.start;\n"
    "CREATE VIEW month AS -- how many, by month and channel\n"
    "  SELECT substr(coalesce(start, made), 1, 7) AS month, channel, count(*) AS bookings,\n"
    "    sum(state IN ('arrived', 'done')) AS reached, sum(state = 'done') AS talks,\n"
    "    sum(state = 'no-show') AS no_shows, sum(state = 'cancelled') AS cancelled\n"
    "  FROM booking GROUP BY 1, 2 ORDER BY 1, 2;\n"
    "CREATE VIEW slot_owner AS -- every slot and who owns it\n"
    "  SELECT s.id, s.guide, s.start, s.minutes, s.offered,\n"
    "    CASE WHEN bs.slot IS NOT NULL THEN 'booked' WHEN l.slot IS NOT NULL THEN 'leased'\n"
    "      WHEN k.slot IS NOT NULL THEN 'blocked' WHEN s.offered THEN 'free' ELSE 'withdrawn' END AS state,\n"
    "    l.kiosk, b.code, k.reason\n"
    "  FROM slot s LEFT JOIN booking_slot bs ON bs.slot = s.id LEFT JOIN booking b ON b.id = bs.booking\n"
    "    LEFT JOIN lease l ON l.slot = s.id LEFT JOIN block k ON k.slot = s.id;\n",
    NULL};

// Version 2: what a report counts of a booking stands in its row, and one index holds all of it in the order
// of time: ten years are read in one pass. The tables stay the source; `check` compares.
static const char *const version_2[] = {
    "ALTER TABLE booking ADD COLUMN answers TEXT NOT NULL DEFAULT '';\n"   // 'dutch none,work yes'
    "ALTER TABLE booking ADD COLUMN topics TEXT NOT NULL DEFAULT '';\n"    // 'dutch,work'
    "ALTER TABLE booking ADD COLUMN referrals TEXT NOT NULL DEFAULT '';\n" // 'ligo open dutch'
    "UPDATE booking SET answers = " SQL_ANSWERS_OF("booking.id") ", topics = " SQL_TOPICS_OF(
        "booking.id") ",\n"
                      "  referrals = " SQL_REFERRALS_OF(
                          "booking.id") ";\n"
                                        "DROP INDEX booking_start;\n"
                                        "CREATE INDEX booking_start ON booking (start, guide, state, "
                                        "channel, language, made, answers, topics, "
                                        "referrals);\n"
                                        "DROP INDEX signal_made;\n"
                                        "CREATE INDEX signal_made ON signal (made, topic, kind);\n",

    "CREATE TRIGGER referral_added AFTER INSERT ON referral BEGIN\n"
    "  UPDATE booking SET referrals = " SQL_REFERRALS_OF(
        "NEW.booking") " WHERE id = NEW.booking;\n"
                       "END;\n"
                       "CREATE TRIGGER referral_changed AFTER UPDATE ON referral BEGIN\n"
                       "  UPDATE booking SET referrals = " SQL_REFERRALS_OF(
                           "NEW.booking") " WHERE id = NEW.booking;\n"
                                          "END;\n",
    NULL};

// Version 3: who says beforehand that they do not come give their slots to others; and a booking was made no
// later than it was stored, whatever the kiosk's clock said.
static const char *const version_3[] = {
    "DELETE FROM booking_slot WHERE booking IN (SELECT id FROM booking WHERE state = 'excused');\n"
    "UPDATE booking SET made = stored WHERE made > stored OR made < '1900';\n",
    NULL};

// steps[n] leads from version n to n + 1.
static const char *const *const steps[AGENDA_VERSION] = {version_1, version_2, version_3};

static int run_step(struct database *database, const char *const *parts, struct error *error)
{
    for (; *parts != NULL; parts++) {
        int code = database_run(database, *parts, error);
        if (code < 0)
            return code;
    }
    return 0;
}

int schema_migrate(struct database *database, int32_t version, struct error *error)
{
    char stamp[96];
    int code = 0;
    for (int32_t at = version; at < AGENDA_VERSION && code == 0; at++)
        code = run_step(database, steps[at], error);
    text_print(stamp, sizeof(stamp), "PRAGMA application_id = %d; PRAGMA user_version = %d;",
               AGENDA_APPLICATION_ID, AGENDA_VERSION);
    return code == 0 ? database_run(database, stamp, error) : code;
}
