#include "agenda/sql.h"

#include <stddef.h>

#include "base/banned.h"

// The columns that list.c reads, in its order.
#define LIST_SELECT                                                                                          \
    "SELECT b.id, b.code, b.kind, b.guide, b.start, b.minutes, b.slots, p.first_name, p.last_name, p.phone," \
    " b.language, b.referred, b.channel, b.kiosk, b.state, b.attention, b.sequence, b.made, b.seen,"         \
    " b.person, g.name, t.began, t.ended"                                                                    \
    " FROM booking b LEFT JOIN person p ON p.id = b.person LEFT JOIN guide g ON g.id = b.guide"              \
    " LEFT JOIN talk t ON t.booking = b.id "

#define SLOT_IS_FREE                                                                                         \
    " NOT EXISTS (SELECT 1 FROM booking_slot o WHERE o.slot = s.id)"                                         \
    " AND NOT EXISTS (SELECT 1 FROM lease o WHERE o.slot = s.id)"                                            \
    " AND NOT EXISTS (SELECT 1 FROM block o WHERE o.slot = s.id) "

const char *const agenda_sql_text[SQL_COUNT] = {
    [SQL_STEP_BEGIN] = "SAVEPOINT step",
    [SQL_STEP_KEEP] = "RELEASE step",
    [SQL_STEP_UNDO] = "ROLLBACK TO step",
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
    [SQL_CODE_KIND] = "SELECT kind FROM code WHERE code = ?1",

    [SQL_LEASE_ADD] = "INSERT INTO lease (slot, kiosk, code, given) VALUES (?1, ?2, ?3, ?4)",
    [SQL_LEASE_DELETE] = "DELETE FROM lease WHERE slot = ?1",
    [SQL_LEASE_RETURN] =
        "DELETE FROM lease WHERE kiosk = ?1 AND code = ?2 AND slot = (SELECT s.id FROM slot s"
        " WHERE s.guide = ?3 AND s.start = ?4)",
    [SQL_LEASES_PAST] = "DELETE FROM lease WHERE kiosk = ?1 AND slot IN (SELECT l.slot FROM lease l"
                        " JOIN slot s ON s.id = l.slot WHERE l.kiosk = ?1 AND s.ends <= ?2)",
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
                       " ON CONFLICT (booking) DO UPDATE SET began = min(began, ?3)",
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
    [SQL_PERSON_ERASE] = "UPDATE booking SET person = NULL, language = '' WHERE person = ?1",
    [SQL_PERSON_CORRECT] = "UPDATE person SET first_name = coalesce(?2, first_name),"
                           " last_name = coalesce(?3, last_name), phone = coalesce(?4, phone) WHERE id = ?1",

    // Each finds what must not be there: a subject a row.
    [SQL_CHECK_DOUBLE] =
        "SELECT s.guide || ' ' || s.start FROM slot s WHERE (SELECT count(*) FROM booking_slot o WHERE "
        "o.slot ="
        " s.id) + (SELECT count(*) FROM lease o WHERE o.slot = s.id) + (SELECT count(*) FROM block o WHERE"
        " o.slot = s.id) > 1",
    [SQL_CHECK_SLOTS] =
        "SELECT b.code FROM booking b WHERE b.kind = 'slot' AND b.state IN ('booked', 'arrived', 'done')"
        " AND coalesce(b.attention, '') <> 'taken' AND b.slots <> (SELECT count(*) FROM booking_slot x CROSS "
        "JOIN "
        "slot s"
        " ON s.id = x.slot WHERE x.booking = b.id AND s.guide = b.guide"
        " AND substr(s.start, 1, 10) = substr(b.start, 1, 10) AND s.start >= b.start)",
    [SQL_CHECK_OVERLAP] =
        "SELECT a.guide || ' ' || a.start FROM slot a JOIN slot b ON b.guide = a.guide AND b.start > a.start"
        " AND b.start < a.ends",
    [SQL_CHECK_FREED] = "SELECT b.code FROM booking b JOIN booking_slot x ON x.booking = b.id"
                        " WHERE b.state = 'cancelled'",
    [SQL_CHECK_CODES] =
        "SELECT l.code FROM lease l WHERE EXISTS (SELECT 1 FROM booking b WHERE b.code = l.code)",
    [SQL_CHECK_STALE] = "SELECT p.id FROM person p WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.person ="
                        " p.id)",
    [SQL_CHECK_LINES] = "SELECT b.code FROM booking b WHERE b.answers <> " SQL_ANSWERS_OF(
        "b.id") " OR b.topics <> " SQL_TOPICS_OF("b.id") " OR b.referrals <> " SQL_REFERRALS_OF("b.id"),
};

// What `serve` may run. None of it reads a person, a language, an answer or a topic; agenda.c's authorizer
// denies that besides.
static const enum agenda_sql serve_may[] = {
    SQL_STEP_BEGIN,      SQL_STEP_KEEP,        SQL_STEP_UNDO,         SQL_EVENT,
    SQL_SETTING_GET,     SQL_GUIDES,           SQL_SLOT_OWNER,        SQL_SLOTS_FREE,
    SQL_KIOSK_PUT,       SQL_KIOSK_CONTACT,    SQL_KIOSK_KNOWN,       SQL_KIOSK_BOOKINGS_SINCE,
    SQL_CODE_ADD,        SQL_CODE_TAKE,        SQL_CODES_SPARE,       SQL_LEASE_ADD,
    SQL_LEASE_DELETE,    SQL_LEASE_RETURN,     SQL_LEASES_PAST,       SQL_LEASES_KIOSK,
    SQL_LEASES_RENAME,   SQL_BLOCK_ADD,        SQL_PERSON_ADD,        SQL_BOOKING_KNOWN,
    SQL_BOOKING_ADD,     SQL_BOOKING_SLOT_ADD, SQL_INDICATOR_ADD,     SQL_BOOKING_TOPIC_ADD,
    SQL_BOOKING_BY_CODE, SQL_LOST_ADD,         SQL_LOST_BY_CODE,      SQL_LOST_KNOWN,
    SQL_SLOT_ADD,        SQL_LOST_SETTLE,      SQL_BLOCK_DELETE,      SQL_PRESENCE_ALL,
    SQL_CLOSURE_ALL,     SQL_SETTING_SET,      SQL_BLOCK_DELETE_CODE,
};

bool agenda_sql_serves(enum agenda_sql number)
{
    for (size_t i = 0; i < sizeof(serve_may) / sizeof(serve_may[0]); i++)
        if (serve_may[i] == number)
            return true;
    return false;
}
