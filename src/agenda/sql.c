#include "agenda/sql.h"

#include <stddef.h>

#include "base/banned.h"

// The columns that list.c reads, in its order.
#define LIST_SELECT                                                                                          \
    "SELECT b.id, b.code, b.kind, b.guide, b.start, b.minutes, b.slots, p.first_name, p.last_name, p.phone," \
    " b.language, b.referred, b.channel, b.kiosk, b.state, b.attention, b.sequence, b.made, b.seen,"         \
    " b.person, g.name, t.began, t.ended, (SELECT count(*) FROM booking o WHERE o.person = b.person AND"     \
    " o.start < b.start AND o.state IN ('booked', 'arrived', 'done'))"                                       \
    " FROM booking b LEFT JOIN person p ON p.id = b.person LEFT JOIN guide g ON g.id = b.guide"              \
    " LEFT JOIN talk t ON t.booking = b.id "

#define SLOT_IS_FREE                                                                                         \
    " NOT EXISTS (SELECT 1 FROM booking_slot o WHERE o.slot = s.id)"                                         \
    " AND NOT EXISTS (SELECT 1 FROM lease o WHERE o.slot = s.id)"                                            \
    " AND NOT EXISTS (SELECT 1 FROM block o WHERE o.slot = s.id) "

// ---- for `check`

#define STATES "'booked', 'arrived', 'done', 'no-show', 'excused', 'cancelled'"
#define STATES_FREED "'excused', 'cancelled'" // have no slots
#define EVENTS_STORED "'booking stored', 'booking kept without its slot'"
#define EVENTS_OF_STATE EVENTS_STORED ", 'state', 'moved'"
// "booked to arrived"
#define STATE_AFTER                                                                                          \
    "CASE e.what WHEN 'state' THEN substr(e.detail, instr(e.detail, ' to ') + 4) ELSE 'booked' END"
// Somebody else had its slot when it came, and it was not moved since.
#define KEPT_WITHOUT                                                                                         \
    "EXISTS (SELECT 1 FROM event k WHERE k.subject = b.code AND k.what = 'booking kept without its slot' "   \
    "AND"                                                                                                    \
    " NOT EXISTS (SELECT 1 FROM event m WHERE m.subject = b.code AND m.what = 'moved' AND m.id > k.id))"
// Bookings whose own row does not say what the rows of a table say; both keys of it begin with the booking,
// so it is read once, in that order. Where all rows are said, a booking that says more shows in the numbers.
#define LINES_DIFFER(column, table, words)                                                                   \
    "SELECT b.code FROM (SELECT booking, group_concat(" words ", ',') AS line FROM " table                   \
    " GROUP BY booking) l CROSS JOIN booking b ON b.id = l.booking WHERE b." column                          \
    " <> l.line UNION SELECT b.code FROM booking b WHERE b." column " <> '' AND (SELECT count(*) FROM"       \
    " booking WHERE " column " <> '') > (SELECT count(*) FROM (SELECT DISTINCT booking FROM " table          \
    ")) AND NOT EXISTS (SELECT 1 FROM " table " o WHERE o.booking = b.id)"
// Bookings that have more or fewer rows in a table than events that tell of one.
#define ROWS_WITHOUT_EVENT(table, what)                                                                      \
    "SELECT code FROM (SELECT b.code AS code, 1 AS n FROM " table " r CROSS JOIN booking b ON b.id ="        \
    " r.booking UNION ALL SELECT e.subject, -1 FROM event e WHERE e.what = '" what                           \
    "' AND EXISTS (SELECT 1 FROM booking b WHERE b.code = e.subject)) GROUP BY code HAVING sum(n) <> 0"
#define FREE_TEXT "'*[^a-z0-9-]*'"

const char *const agenda_sql_text[SQL_COUNT] = {
    [SQL_STEP_BEGIN] = "SAVEPOINT step",
    [SQL_STEP_KEEP] = "RELEASE step",
    [SQL_STEP_UNDO] = "ROLLBACK TO step",
    [SQL_VERSION] = "PRAGMA user_version",
    [SQL_HISTORY] = "SELECT (SELECT value FROM setting WHERE name = 'agenda_id') || ' ' || count(*) || ' ' ||"
                    " coalesce(max(id), 0) FROM event",
    [SQL_EVENT] = "INSERT INTO event (at, who, what, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
    [SQL_SETTING_SET] =
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",

    [SQL_GUIDES] = "SELECT id, name, languages, active FROM guide ORDER BY id",
    [SQL_GUIDE_PUT] = "INSERT INTO guide (id, name, languages, active) VALUES (?1, ?2, ?3, 1)"
                      " ON CONFLICT (id) DO UPDATE SET name = ?2, languages = ?3, active = 1",
    [SQL_GUIDE_RETIRE_ALL] = "UPDATE guide SET active = 0",
    [SQL_PRESENCE_ALL] = "SELECT guide, weekday, from_minute, to_minute, first_day, last_day, walk_in"
                         " FROM presence ORDER BY guide, first_day, weekday, from_minute",
    [SQL_PRESENCE_CLEAR] = "DELETE FROM presence",
    [SQL_PRESENCE_ADD] = "INSERT INTO presence (guide, weekday, from_minute, to_minute, first_day, last_day,"
                         " walk_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_CLOSURE_ALL] = "SELECT guide, first_day, last_day, from_minute, to_minute, reason"
                        " FROM closure ORDER BY first_day, guide, from_minute",
    [SQL_CLOSURE_CLEAR] = "DELETE FROM closure",
    [SQL_CLOSURE_ADD] = "INSERT INTO closure (guide, first_day, last_day, from_minute, to_minute, reason)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",

    [SQL_SLOT_ADD] = "INSERT INTO slot (guide, start, ends, minutes, offered) VALUES (?1, ?2, ?3, ?4, ?5)"
                     " ON CONFLICT (guide, start) DO UPDATE SET offered = 1 WHERE minutes = excluded.minutes",
    [SQL_SLOT_OFFER] = "UPDATE slot SET offered = ?2 WHERE id = ?1",
    [SQL_SLOTS_WITHDRAW] = "UPDATE slot SET offered = 0 WHERE start >= ?1 AND offered",
    [SQL_SLOT_DELETE] = "DELETE FROM slot WHERE id = ?1",
    [SQL_SLOT_OWNER] =
        "SELECT s.id, s.minutes, s.offered, l.kiosk, l.code, bs.booking, k.slot IS NOT NULL FROM slot s"
        " LEFT JOIN lease l ON l.slot = s.id LEFT JOIN booking_slot bs ON bs.slot = s.id"
        " LEFT JOIN block k ON k.slot = s.id WHERE s.guide = ?1 AND s.start = ?2",
    [SQL_SLOTS_RANGE] =
        "SELECT s.id, s.guide, s.start, s.minutes, s.offered, l.kiosk, b.code, k.slot IS NOT NULL, k.reason"
        " FROM slot s LEFT JOIN lease l ON l.slot = s.id LEFT JOIN booking_slot bs ON bs.slot = s.id"
        " LEFT JOIN booking b ON b.id = bs.booking LEFT JOIN block k ON k.slot = s.id"
        " WHERE s.start >= ?1 AND s.start < ?2 ORDER BY s.start, s.guide",
    [SQL_SLOTS_FREE] = "SELECT s.guide, s.start, s.minutes FROM slot s WHERE s.start >= ?1 AND s.start < ?2"
                       " AND s.offered AND" SLOT_IS_FREE "ORDER BY s.start, s.guide LIMIT ?3",

    [SQL_KIOSK_PUT] = "INSERT INTO kiosk (name, first_contact, last_contact) VALUES (?1, ?2, ?2)"
                      " ON CONFLICT (name) DO NOTHING",
    [SQL_KIOSK_CONTACT] = "INSERT INTO kiosk (name, first_contact, last_contact, version, status)"
                          " VALUES (?1, ?2, ?2, ?3, ?4)"
                          " ON CONFLICT (name) DO UPDATE SET last_contact = ?2, version = ?3, status = ?4",
    [SQL_KIOSK_KNOWN] = "SELECT last_contact FROM kiosk WHERE name = ?1",
    [SQL_KIOSK_REVOKED] = "UPDATE kiosk SET revoked = ?2 WHERE name = ?1",
    [SQL_KIOSKS] = "SELECT k.name, k.first_contact, k.last_contact, k.version, k.status, k.revoked,"
                   " (SELECT count(*) FROM lease l WHERE l.kiosk = k.name),"
                   " (SELECT count(*) FROM booking b WHERE b.kiosk = k.name AND b.made >= ?1)"
                   " FROM kiosk k ORDER BY k.name",
    [SQL_KIOSK_BOOKINGS_SINCE] = "SELECT count(*) FROM booking WHERE kiosk = ?1 AND made >= ?2"
                                 " AND stored >= ?2",

    [SQL_CODE_ADD] = "INSERT INTO code (code, kiosk, kind, given) VALUES (?1, ?2, ?3, ?4)"
                     " ON CONFLICT (code) DO NOTHING",
    [SQL_CODE_TAKE] = "INSERT INTO code (code, kiosk, kind, given) VALUES (?1, ?2, 'booking', ?3)"
                      " ON CONFLICT (code) DO UPDATE SET kind = 'booking' WHERE kind <> 'booking'",
    [SQL_CODES_SPARE] = "SELECT code FROM code WHERE kind = 'spare' AND kiosk = ?1 ORDER BY code LIMIT ?2",
    [SQL_CODE_GIVEN] = "SELECT given FROM code WHERE code = ?1",

    [SQL_LEASE_ADD] = "INSERT INTO lease (slot, kiosk, code, given) VALUES (?1, ?2, ?3, ?4)",
    [SQL_LEASE_DELETE] = "DELETE FROM lease WHERE slot = ?1",
    [SQL_LEASE_RETURN] =
        "DELETE FROM lease WHERE kiosk = ?1 AND code = ?2 AND slot = (SELECT s.id FROM slot s"
        " WHERE s.guide = ?3 AND s.start = ?4)",
    // also what a store that was replaced still holds: "lobby-1~0123abcd"
    [SQL_LEASES_PAST] =
        "DELETE FROM lease WHERE slot IN (SELECT l.slot FROM lease l JOIN slot s ON s.id = l.slot"
        " WHERE l.kiosk = ?1 AND s.ends <= ?2 UNION ALL SELECT l.slot FROM lease l JOIN slot s ON"
        " s.id = l.slot WHERE l.kiosk > ?1 || '~' AND l.kiosk < ?1 || '~~' AND s.ends <= ?2)",
    [SQL_LEASES_KIOSK] =
        "SELECT s.guide, s.start, s.minutes, l.code FROM lease l JOIN slot s ON s.id = l.slot"
        " WHERE l.kiosk = ?1 ORDER BY s.start, s.guide",
    [SQL_LEASES_RENAME] = "UPDATE lease SET kiosk = ?2 WHERE kiosk = ?1",
    [SQL_LEASES_REVOKE] = "DELETE FROM lease WHERE kiosk = ?1",
    [SQL_BLOCK_ADD] = "INSERT INTO block (slot, reason, code, made) VALUES (?1, ?2, ?3, ?4)",
    [SQL_BLOCK_DELETE] = "DELETE FROM block WHERE slot = ?1",
    [SQL_BLOCK_DELETE_CODE] = "DELETE FROM block WHERE code = ?1",

    [SQL_PERSON_ADD] = "INSERT INTO person (first_name, last_name, phone) VALUES (?1, ?2, ?3)",
    [SQL_BOOKING_KNOWN] = "SELECT attention FROM booking WHERE id = ?1"
                          " UNION ALL SELECT NULL FROM forgotten WHERE id = ?1",
    [SQL_BOOKING_ADD] =
        "INSERT INTO booking (id, code, kind, person, guide, start, minutes, slots, language, referred,"
        " channel, kiosk, attention, made, stored, answers, topics)"
        " VALUES (?1, ?2, ?3, ?4, (SELECT id FROM guide WHERE id = ?5), ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
        " ?14, ?15, ?16, ?17)",
    [SQL_BOOKING_SLOT_ADD] = "INSERT INTO booking_slot (slot, booking) VALUES (?1, ?2)",
    [SQL_BOOKING_SLOTS_FREE] = "DELETE FROM booking_slot WHERE booking = ?1",
    [SQL_BOOKING_TOPIC_ADD] = "INSERT INTO booking_topic (booking, place, topic) VALUES (?1, ?2, ?3)",
    [SQL_INDICATOR_ADD] = "INSERT INTO indicator (booking, indicator, answer) VALUES (?1, ?2, ?3)",
    [SQL_BOOKING_BY_CODE] = "SELECT kind, guide, start, minutes, state, id FROM booking WHERE code = ?1",

    [SQL_LOST_ADD] = "INSERT INTO lost (id, code, guide, start, slots, kiosk, noted)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING",
    [SQL_LOST_KNOWN] = "SELECT 1 FROM lost WHERE id = ?1",
    [SQL_LOST_BY_CODE] = "SELECT guide, start, id FROM lost WHERE code = ?1 AND settled IS NULL",
    [SQL_LOST_OPEN] = "SELECT code, guide, start, slots, kiosk, noted FROM lost WHERE settled IS NULL"
                      " ORDER BY start",
    [SQL_LOST_SETTLE] = "UPDATE lost SET settled = ?2 WHERE id = ?1 AND settled IS NULL",

    [SQL_LIST_RANGE] = LIST_SELECT "WHERE b.start >= ?1 AND b.start < ?2 ORDER BY b.start, b.guide, b.code",
    [SQL_LIST_CODE] = LIST_SELECT "WHERE b.code = ?1",
    [SQL_LIST_ATTENTION] =
        LIST_SELECT "WHERE b.attention IS NOT NULL AND b.state = 'booked' ORDER BY b.start, b.code",
    [SQL_LIST_CALLBACKS] = LIST_SELECT "WHERE b.kind = 'callback' AND b.state = 'booked' ORDER BY b.made",
    [SQL_LIST_PERSON] = LIST_SELECT "WHERE b.person = ?1 ORDER BY b.start",
    [SQL_LIST_PHONE] = LIST_SELECT
    "WHERE b.person IN (SELECT id FROM person WHERE phone = ?1 AND phone <> '') ORDER BY b.start",
    [SQL_LIST_OUTSIDE] = LIST_SELECT
    "WHERE b.state = 'booked' AND b.id IN (SELECT x.booking FROM slot s CROSS JOIN booking_slot x"
    " ON x.slot = s.id WHERE s.start >= ?1 AND s.start < ?2 AND NOT s.offered) ORDER BY b.start",
    [SQL_SAME_PHONE] =
        "SELECT o.code, q.first_name, q.last_name FROM booking b JOIN person p ON p.id = b.person"
        " JOIN person q ON q.phone = p.phone AND q.id <> p.id AND q.phone <> ''"
        " JOIN booking o ON o.person = q.id WHERE b.code = ?1 LIMIT 1",
    [SQL_LIST_TOPICS] = "SELECT topic FROM booking_topic WHERE booking = ?1 ORDER BY place",
    [SQL_LIST_ANSWERS] = "SELECT indicator, answer FROM indicator WHERE booking = ?1 ORDER BY indicator",
    [SQL_BOOKING_SEEN] = "UPDATE booking SET seen = ?2 WHERE id = ?1 AND seen IS NULL",
    [SQL_BOOKING_STATE] = "UPDATE booking SET state = ?2, sequence = sequence + 1, seen = ?3,"
                          " attention = CASE WHEN ?2 = 'booked' THEN attention END WHERE id = ?1",
    [SQL_BOOKING_MOVE] = "UPDATE booking SET kind = 'slot', guide = ?2, start = ?3, minutes = ?4, slots = "
                         "?5, state = 'booked',"
                         " attention = NULL, sequence = sequence + 1, seen = ?6 WHERE id = ?1",
    [SQL_BOOKING_JOIN] = "UPDATE booking SET person = ?2 WHERE id = ?1",
    [SQL_TALK_BEGIN] = "INSERT INTO talk (booking, guide, began) VALUES (?1, ?2, ?3)"
                       " ON CONFLICT (booking) DO UPDATE SET began = min(began, ?3), ended = NULL",
    [SQL_TALK_END] = "UPDATE talk SET ended = ?2 WHERE booking = ?1",
    [SQL_TALK_DELETE] = "DELETE FROM talk WHERE booking = ?1",
    [SQL_EVENTS_SUBJECT] = "SELECT at, who, what, detail FROM event WHERE subject = ?1 ORDER BY id",

    [SQL_REFERRAL_ADD] =
        "INSERT INTO referral (booking, topic, partner, made, due) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_REFERRAL_OUTCOME] =
        "UPDATE referral SET outcome = ?3 WHERE booking = ?1 AND partner = ?2 AND outcome IS NULL",
    [SQL_REFERRALS_DUE] =
        "SELECT r.due, b.code, p.first_name, p.last_name, p.phone, r.topic, r.partner, r.made, b.language"
        " FROM referral r JOIN booking b ON b.id = r.booking LEFT JOIN person p ON p.id = b.person"
        " WHERE r.outcome IS NULL AND r.due <= ?1 ORDER BY r.due, b.code",
    [SQL_REFERRALS_BOOKING] =
        "SELECT topic, partner, made, due, outcome FROM referral WHERE booking = ?1 ORDER BY id",
    [SQL_SIGNAL_ADD] = "INSERT INTO signal (booking, topic, kind, label, made) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_SIGNALS_BOOKING] = "SELECT topic, kind, label, made FROM signal WHERE booking = ?1 ORDER BY id",

    // Reports. Ranges are half open, of months ("2026-01" sorts before "2026-01-01T…"); the index
    // booking_start holds all that is read of a booking, call-backs (no start) too.
    [SQL_REPORT_COUNTS] =
        "SELECT month, what, item, channel, sum(count) FROM count WHERE month >= ?1 AND month < ?2"
        " GROUP BY month, what, item, channel",
    [SQL_REPORT_BOOKINGS] = "SELECT start, state, channel, language, made, answers, topics, referrals"
                            " FROM booking WHERE start >= ?1 AND start < ?2 ORDER BY start",
    [SQL_REPORT_SIGNALS] = "SELECT made, topic, kind FROM signal WHERE made >= ?1 AND made < ?2",
    [SQL_REPORT_CALLBACKS] = "SELECT substr(made, 1, 7), '', channel, count(*) FROM booking"
                             " WHERE start IS NULL AND made >= ?1 AND made < ?2 GROUP BY 1, 3",
    [SQL_COUNT_ADD] =
        "INSERT INTO count (month, what, item, channel, source, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (month, what, item, channel, source) DO UPDATE SET count = count + ?6",
    [SQL_IMPORT_KNOWN] = "SELECT at FROM import WHERE digest = ?1",
    [SQL_IMPORT_ADD] = "INSERT INTO import (digest, rows, at) VALUES (?1, ?2, ?3)",

    // A care path ends with the last talk of its person; a booking without a person counts for itself.
    [SQL_PURGE_FIND] = LIST_SELECT
    "WHERE coalesce(b.start, b.made) < ?1 AND NOT EXISTS (SELECT 1 FROM booking o WHERE o.person = b.person"
    " AND coalesce(o.start, o.made) >= ?1) LIMIT 500",
    [SQL_FORGET_ID] = "INSERT INTO forgotten (id, code) SELECT id, code FROM booking WHERE id = ?1",
    [SQL_FORGET_TOPICS] = "DELETE FROM booking_topic WHERE booking = ?1",
    [SQL_FORGET_ANSWERS] = "DELETE FROM indicator WHERE booking = ?1",
    [SQL_FORGET_TALK] = "DELETE FROM talk WHERE booking = ?1",
    [SQL_FORGET_REFERRALS] = "DELETE FROM referral WHERE booking = ?1",
    [SQL_FORGET_SIGNALS] = "UPDATE signal SET booking = NULL WHERE booking = ?1",
    [SQL_FORGET_SLOTS] = "DELETE FROM booking_slot WHERE booking = ?1",
    [SQL_FORGET_BOOKING] = "DELETE FROM booking WHERE id = ?1",
    [SQL_FORGET_PERSON] =
        "DELETE FROM person WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.person = ?1)",
    [SQL_PERSON_ERASED] =
        "INSERT INTO event (at, who, what, subject) SELECT ?2, ?3, 'person erased', code FROM"
        " booking WHERE person = ?1",
    [SQL_PERSON_ERASE] = "UPDATE booking SET person = NULL, language = '' WHERE person = ?1",
    [SQL_PERSON_CORRECT] = "UPDATE person SET first_name = coalesce(?2, first_name),"
                           " last_name = coalesce(?3, last_name), phone = coalesce(?4, phone) WHERE id = ?1",

    // Each finds what must not be there: a subject a row, never personal data. code_ok, day_ok, moment_ok,
    // instant_ok and moment_plus are functions of check.c.
    [SQL_CHECK_REFERENCES] =
        "SELECT f.\"table\" || ' ' || CASE f.\"table\" WHEN 'booking' THEN (SELECT code FROM booking WHERE"
        " rowid = f.rowid) ELSE f.rowid END || ' → ' || f.parent FROM sqlite_schema s,"
        " pragma_foreign_key_check(s.name) f WHERE s.type = 'table' AND s.name NOT IN ('booking_topic',"
        " 'indicator')" // they have no rowid to be named by, and one look a booking is enough
        " UNION ALL SELECT 'booking_topic ' || booking || ' → booking' FROM (SELECT DISTINCT booking FROM"
        " booking_topic) t WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = t.booking)"
        " UNION ALL SELECT 'indicator ' || booking || ' → booking' FROM (SELECT DISTINCT booking FROM"
        " indicator) i WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = i.booking)",
    [SQL_CHECK_SCHEMA] = "SELECT type, name, sql FROM sqlite_schema WHERE name <> 'sqlite_sequence'",
    [SQL_CHECK_GUARD] = "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2",
    [SQL_CHECK_SETTINGS] =
        "SELECT name FROM setting WHERE CASE name"
        " WHEN 'agenda_id' THEN length(value) <> 32 OR value GLOB '*[^0-9a-f]*'"
        " WHEN 'slots_until' THEN NOT day_ok(value)"
        " WHEN 'slot_minutes' THEN value GLOB '*[^0-9]*' OR CAST(value AS INTEGER) NOT BETWEEN 5 AND 480"
        " WHEN 'horizon_days' THEN value GLOB '*[^0-9]*' OR CAST(value AS INTEGER) NOT BETWEEN 1 AND 730"
        " WHEN 'public_holidays' THEN value NOT IN ('0', '1')"
        " WHEN 'limit_hour' THEN value = '' OR value GLOB '*[^0-9]*'"
        " WHEN 'limit_day' THEN value = '' OR value GLOB '*[^0-9]*' ELSE 0 END",
    [SQL_CHECK_HOURS] =
        "SELECT guide || ' ' || weekday FROM presence WHERE (first_day IS NOT NULL AND NOT day_ok(first_day))"
        " OR (last_day IS NOT NULL AND NOT day_ok(last_day)) OR last_day < first_day OR weekday NOT BETWEEN 1"
        " AND 7 OR from_minute NOT BETWEEN 0 AND 1440 OR to_minute NOT BETWEEN from_minute AND 1440"
        " UNION ALL SELECT first_day || ' ' || last_day FROM closure WHERE NOT day_ok(first_day) OR NOT"
        " day_ok(last_day) OR last_day < first_day OR from_minute NOT BETWEEN 0 AND 1440 OR to_minute NOT"
        " BETWEEN from_minute AND 1440",

    [SQL_CHECK_HOURS_SINCE] = "SELECT max(at) FROM event WHERE what = 'hours changed'",

    [SQL_CHECK_SLOT_TIMES] = "SELECT guide || ' ' || start FROM slot WHERE NOT moment_ok(start)"
                             " OR minutes NOT BETWEEN 5 AND 480 OR moment_plus(start, minutes) IS NOT ends",
    [SQL_CHECK_SLOT_OVERLAP] =
        "SELECT b.guide || ' ' || a.start || ', ' || b.start FROM slot a JOIN slot b ON b.guide = a.guide AND"
        " b.start > a.start AND b.start < a.ends",
    [SQL_CHECK_SLOT_OWNERS] =
        "SELECT s.guide || ' ' || s.start FROM slot s WHERE (SELECT count(*) FROM booking_slot o WHERE"
        " o.slot = s.id) + (SELECT count(*) FROM lease o WHERE o.slot = s.id) + (SELECT count(*) FROM block o"
        " WHERE o.slot = s.id) > 1",
    [SQL_CHECK_SLOT_FIND] =
        "SELECT offered FROM slot WHERE guide = ?1 AND start >= ?2 AND start < ?4 AND ends > ?3",

    // A lease's code may be in nobody else's hands; it ends by use, return or revocation.
    [SQL_CHECK_LEASE_CODES] =
        "SELECT l.code FROM lease l WHERE EXISTS (SELECT 1 FROM booking b WHERE b.code ="
        " l.code) OR NOT EXISTS (SELECT 1 FROM code c WHERE c.code = l.code AND c.kind ="
        " 'lease')",
    [SQL_CHECK_LEASE_EVENTS] =
        "SELECT l.code FROM lease l JOIN slot s ON s.id = l.slot WHERE NOT EXISTS (SELECT 1 FROM event e"
        " WHERE e.subject = l.code AND e.what = 'slot leased' AND e.detail = s.start)",
    [SQL_CHECK_LEASE_ENDED] =
        "SELECT k.name || ' ' || s.start FROM lease l JOIN kiosk k ON k.name = l.kiosk JOIN slot s ON s.id ="
        " l.slot WHERE (s.ends < moment_plus(substr(k.last_contact, 1, 16), -1440) AND l.given <"
        " k.last_contact AND instr(k.name, '~') = 0)"
        " OR EXISTS (SELECT 1 FROM event r WHERE r.subject = k.name AND r.what = 'leases revoked' AND r.id >"
        " (SELECT max(e.id) FROM event e WHERE e.subject = l.code AND e.what = 'slot leased') AND NOT EXISTS"
        " (SELECT 1 FROM event b WHERE b.subject = k.name AND b.what = 'former leases are back' AND b.id >"
        " r.id))",
    [SQL_CHECK_BLOCKS] =
        "SELECT s.guide || ' ' || s.start FROM block k JOIN slot s ON s.id = k.slot WHERE k.code IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM lost o WHERE o.code = k.code AND o.settled IS NULL)",
    [SQL_CHECK_CODES] = "SELECT code FROM code WHERE NOT code_ok(code)",
    [SQL_CHECK_CODE_KINDS] =
        "SELECT b.code FROM booking b JOIN code c ON c.code = b.code WHERE c.kind <> 'booking'"
        " UNION ALL SELECT o.code FROM lost o WHERE NOT EXISTS (SELECT 1 FROM code c WHERE c.code = o.code "
        "AND"
        " c.kind = 'booking')",
    // What was promised is here, or was purged, or is known to be lost.
    [SQL_CHECK_PROMISES] =
        "SELECT code FROM code WHERE kind = 'booking' AND code NOT IN (SELECT code FROM booking)"
        " AND code NOT IN (SELECT code FROM forgotten) AND code NOT IN (SELECT code FROM lost)"
        " UNION SELECT subject FROM event WHERE what IN (" EVENTS_STORED ")"
        " AND subject NOT IN (SELECT code FROM booking) AND subject NOT IN (SELECT code FROM forgotten)",
    [SQL_CHECK_LOST] =
        "SELECT o.code FROM lost o WHERE (o.settled IS NULL AND (EXISTS (SELECT 1 FROM booking b WHERE b.id ="
        " o.id) OR EXISTS (SELECT 1 FROM forgotten f WHERE f.id = o.id))) OR NOT EXISTS (SELECT 1 FROM event "
        "e"
        " WHERE e.subject = o.code AND e.what = 'booking missing after a restore')",

    [SQL_CHECK_BOOKING_VALUES] =
        "SELECT b.code FROM booking b WHERE length(b.id) <> 32 OR b.id GLOB '*[^0-9a-f]*'"
        " OR b.kind NOT IN ('slot', 'callback') OR b.state NOT IN (" STATES ")"
        " OR (b.kind = 'slot') <> (b.start IS NOT NULL) OR NOT moment_ok(coalesce(b.start, "
        "'2000-01-01T00:00'))"
        " OR (b.kind = 'callback' AND (b.guide IS NOT NULL OR b.minutes <> 0 OR b.slots <> 0))"
        " OR (b.kind = 'slot' AND (b.slots < 1 OR b.minutes < 1 OR (b.guide IS NULL AND NOT " KEPT_WITHOUT
        ")))"
        " OR b.attention NOT IN ('taken', 'code') OR (b.attention IS NOT NULL AND b.state <> 'booked')",
    [SQL_CHECK_BOOKING_SLOTS] =
        "SELECT b.code FROM booking b WHERE b.kind = 'slot' AND b.state NOT IN (" STATES_FREED ")"
        " AND (b.slots, b.minutes, b.start, moment_plus(b.start, b.minutes), b.guide, b.guide) IS NOT"
        " (SELECT count(*), sum(s.minutes), min(s.start), max(s.ends), min(s.guide), max(s.guide)"
        " FROM booking_slot x CROSS JOIN slot s ON s.id = x.slot WHERE x.booking = b.id)"
        " AND NOT (" KEPT_WITHOUT " AND NOT EXISTS (SELECT 1 FROM booking_slot x WHERE x.booking = b.id))",
    [SQL_CHECK_BOOKING_FREED] =
        "SELECT b.code FROM booking b WHERE (b.state IN (" STATES_FREED ") OR b.kind = 'callback' OR"
        " b.attention = 'taken') AND EXISTS (SELECT 1 FROM booking_slot x WHERE x.booking = b.id)",
    [SQL_CHECK_BOOKING_KIOSKS] = "SELECT b.code FROM booking b WHERE b.kiosk IS NOT NULL AND NOT EXISTS"
                                 " (SELECT 1 FROM kiosk k WHERE k.name = b.kiosk)",
    // The last event of a booking says its state; all of them together say how often it changed.
    [SQL_CHECK_BOOKING_STATES] = "SELECT b.code FROM booking b WHERE b.state IS NOT (SELECT " STATE_AFTER
                                 " FROM event e WHERE e.subject"
                                 " = b.code AND e.what IN (" EVENTS_OF_STATE ") ORDER BY e.id DESC LIMIT 1)",
    [SQL_CHECK_BOOKING_STARTS] =
        "SELECT b.code FROM event e CROSS JOIN booking b ON b.code = e.subject WHERE e.what = 'moved' AND"
        " b.start <> e.detail AND NOT EXISTS (SELECT 1 FROM event l WHERE l.subject = e.subject AND l.what ="
        " 'moved' AND l.id > e.id)",
    [SQL_CHECK_BOOKING_CHANGES] =
        "SELECT b.code FROM booking b WHERE b.sequence <> (SELECT count(*) FROM event e WHERE e.subject ="
        " b.code AND e.what IN ('state', 'moved'))",
    [SQL_CHECK_BOOKING_LINES] = LINES_DIFFER("answers", "indicator", SQL_ANSWER_WORDS) " UNION " LINES_DIFFER(
        "topics", "booking_topic", "topic") " UNION " LINES_DIFFER("referrals", "referral",
                                                                   SQL_REFERRAL_WORDS),
    // A booking is stored first, and each state begins where the one before it ended.
    [SQL_CHECK_EVENT_ORDER] =
        "SELECT DISTINCT subject FROM (SELECT subject, what, detail, lag(" STATE_AFTER ") OVER (PARTITION BY"
        " subject ORDER BY id) AS before FROM event e WHERE what IN (" EVENTS_OF_STATE "))"
        " WHERE (before IS NULL) <> (what IN (" EVENTS_STORED "))"
        " OR (what = 'state' AND substr(detail, 1, instr(detail, ' to ') - 1) <> before)",
    [SQL_CHECK_EVENTS] =
        "SELECT id FROM event WHERE NOT instant_ok(at) OR who = '' OR what = '' OR (what <> 'counts imported'"
        " AND subject || ' ' || detail GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*')",

    [SQL_CHECK_TALKS] =
        "SELECT b.code FROM booking b LEFT JOIN talk t ON t.booking = b.id WHERE (t.booking IS NOT NULL) <>"
        " (b.state IN ('arrived', 'done')) OR (b.state = 'done' AND t.ended IS NULL)",
    [SQL_CHECK_REFERRALS] = "SELECT b.code FROM referral r JOIN booking b ON b.id = r.booking WHERE NOT"
                            " day_ok(r.made) OR (r.due IS NOT NULL AND NOT day_ok(r.due))",
    [SQL_CHECK_REFERRAL_EVENTS] =
        ROWS_WITHOUT_EVENT("referral", "referred") " UNION SELECT b.code FROM referral r CROSS JOIN booking "
                                                   "b ON b.id = r.booking WHERE r.outcome IS NOT"
                                                   " NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE "
                                                   "e.subject = b.code AND e.what = 'referral closed'"
                                                   " AND e.detail = r.partner || ' ' || r.outcome)",
    [SQL_CHECK_SIGNALS] = ROWS_WITHOUT_EVENT("signal", "signal"),
    // Words of the town's lists, no free text.
    [SQL_CHECK_WORDS] =
        "SELECT 'booking ' || code FROM booking WHERE language || referred || channel GLOB " FREE_TEXT
        " UNION ALL SELECT 'booking_topic ' || booking FROM booking_topic WHERE topic GLOB " FREE_TEXT
        " UNION ALL SELECT 'indicator ' || booking FROM indicator WHERE indicator || answer GLOB " FREE_TEXT
        " UNION ALL SELECT 'referral ' || id FROM referral WHERE topic || partner || coalesce(outcome, '')"
        " GLOB " FREE_TEXT
        " UNION ALL SELECT 'signal ' || id FROM signal WHERE topic || kind || label GLOB " FREE_TEXT
        " OR NOT day_ok(made)",

    [SQL_CHECK_PERSONS] = "SELECT p.id FROM person p WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.person"
                          " = p.id)",
    [SQL_CHECK_PERSON_VALUES] =
        "SELECT p.id FROM person p WHERE (p.first_name = '' AND p.last_name = '') OR length(p.phone) > 16"
        " OR ltrim(p.phone, '+') GLOB '*[^0-9]*' OR p.phone GLOB '++*' OR p.phone = '+'",
    [SQL_CHECK_ERASED] =
        "SELECT b.code FROM booking b WHERE b.person IS NULL AND (b.language <> '' OR NOT EXISTS (SELECT 1"
        " FROM event e WHERE e.subject = b.code AND e.what = 'person erased'))",
    [SQL_CHECK_FORGOTTEN] =
        "SELECT b.code FROM booking b WHERE EXISTS (SELECT 1 FROM forgotten f WHERE f.id ="
        " b.id) OR b.code IN (SELECT code FROM forgotten)",
    [SQL_CHECK_PURGED] =
        "SELECT gone || ' ≠ ' || counted FROM (SELECT (SELECT count(*) FROM forgotten) AS gone,"
        " (SELECT coalesce(sum(count), 0) FROM count WHERE source = 'purge' AND what IN ('bookings',"
        " 'callback')) AS counted) WHERE gone <> counted",
    [SQL_CHECK_COUNTS] =
        "SELECT month || ' ' || what || ' ' || item || ' ' || channel FROM count WHERE NOT day_ok(month ||"
        " '-01') OR count < 0 OR what = '' OR what || channel GLOB " FREE_TEXT
        " OR item GLOB '*[^a-z0-9 -]*'",
    [SQL_CHECK_IMPORTS] =
        "SELECT substr(digest, 1, 8) FROM import i WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.subject ="
        " i.digest AND e.what = 'counts imported' AND e.detail = i.rows || ' counts')"
        " OR i.rows > (SELECT count(*) FROM count WHERE source = 'import')"
        " UNION ALL SELECT substr(subject, 1, 8) FROM event WHERE what = 'counts imported' AND subject NOT IN"
        " (SELECT digest FROM import)"
        " UNION ALL SELECT found || ' > ' || rows FROM (SELECT (SELECT count(*) FROM count WHERE source ="
        " 'import') AS found, (SELECT coalesce(sum(rows), 0) FROM import) AS rows) WHERE found > rows",
    [SQL_CHECK_INSTANTS] =
        "SELECT 'booking ' || code FROM booking WHERE NOT instant_ok(made) OR NOT instant_ok(stored)"
        " OR NOT instant_ok(coalesce(seen, stored))"
        " UNION ALL SELECT 'talk ' || booking FROM talk WHERE NOT instant_ok(began)"
        " OR NOT instant_ok(coalesce(ended, began))"
        " UNION ALL SELECT 'code ' || code FROM code WHERE NOT instant_ok(given)"
        " UNION ALL SELECT 'lease ' || code FROM lease WHERE NOT instant_ok(given)"
        " UNION ALL SELECT 'kiosk ' || name FROM kiosk WHERE NOT instant_ok(first_contact) OR NOT"
        " instant_ok(last_contact) OR NOT instant_ok(coalesce(revoked, last_contact))"
        " UNION ALL SELECT 'block ' || slot FROM block WHERE NOT instant_ok(made)"
        " UNION ALL SELECT 'lost ' || code FROM lost WHERE NOT instant_ok(noted) OR NOT"
        " instant_ok(coalesce(settled, noted))"
        " UNION ALL SELECT 'import ' || substr(digest, 1, 8) FROM import WHERE NOT instant_ok(at)",
};

// What `serve` may run. None of it reads a person, a language, an answer or a topic; agenda.c's authorizer
// denies that besides.
static const enum agenda_sql serve_may[] = {
    SQL_STEP_BEGIN,        SQL_STEP_KEEP,       SQL_STEP_UNDO,        SQL_EVENT,
    SQL_SETTING_GET,       SQL_GUIDES,          SQL_SLOT_OWNER,       SQL_SLOTS_FREE,
    SQL_KIOSK_PUT,         SQL_KIOSK_CONTACT,   SQL_KIOSK_KNOWN,      SQL_KIOSK_BOOKINGS_SINCE,
    SQL_CODE_ADD,          SQL_CODE_GIVEN,      SQL_CODE_TAKE,        SQL_CODES_SPARE,
    SQL_LEASE_ADD,         SQL_LEASE_DELETE,    SQL_LEASE_RETURN,     SQL_LEASES_PAST,
    SQL_LEASES_KIOSK,      SQL_LEASES_RENAME,   SQL_BLOCK_ADD,        SQL_PERSON_ADD,
    SQL_BOOKING_KNOWN,     SQL_BOOKING_ADD,     SQL_BOOKING_SLOT_ADD, SQL_INDICATOR_ADD,
    SQL_BOOKING_TOPIC_ADD, SQL_BOOKING_BY_CODE, SQL_LOST_ADD,         SQL_LOST_BY_CODE,
    SQL_LOST_KNOWN,        SQL_SLOT_ADD,        SQL_LOST_SETTLE,      SQL_BLOCK_DELETE,
    SQL_PRESENCE_ALL,      SQL_CLOSURE_ALL,     SQL_SETTING_SET,      SQL_BLOCK_DELETE_CODE,
    SQL_SLOTS_WITHDRAW,
};

bool agenda_sql_serves(enum agenda_sql number)
{
    for (size_t i = 0; i < sizeof(serve_may) / sizeof(serve_may[0]); i++)
        if (serve_may[i] == number)
            return true;
    return false;
}
