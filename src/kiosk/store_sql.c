#include "kiosk/store_sql.h"

#include "base/banned.h"

// state: the numbers of enum store_state. checked: 0 not yet on this connection, 1 the agenda knows it, 2 the
// agenda had lost it, 3 it keeps the booking without its slots.
static const char version_1[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE guide (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE lease (guide TEXT NOT NULL, start TEXT NOT NULL,"
    " minutes INTEGER NOT NULL CHECK (minutes > 0), code TEXT NOT NULL,"
    " state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4), added INTEGER NOT NULL DEFAULT 0,"
    " booking TEXT, PRIMARY KEY (guide, start)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE outbox (id TEXT PRIMARY KEY, sealed TEXT NOT NULL, made INTEGER NOT NULL,"
    " tries INTEGER NOT NULL DEFAULT 0, refused TEXT) STRICT;"
    "CREATE TABLE receipt (id TEXT PRIMARY KEY, code TEXT NOT NULL, guide TEXT, start TEXT,"
    " slots INTEGER NOT NULL, made INTEGER NOT NULL, acknowledged INTEGER NOT NULL DEFAULT 0,"
    " checked INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE used_slot (guide TEXT NOT NULL, start TEXT NOT NULL,"
    " booking TEXT NOT NULL REFERENCES receipt (id) ON DELETE CASCADE,"
    " PRIMARY KEY (guide, start)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX used_slot_booking ON used_slot (booking);"
    "CREATE TABLE spare_code (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;";
static const char version_2[] = "ALTER TABLE guide ADD COLUMN languages TEXT NOT NULL DEFAULT '';";
const char *const store_steps[STORE_VERSION] = {version_1, version_2};

const char *const store_statements[SQL_COUNT] = {
    [SQL_META_GET] = "SELECT value FROM meta WHERE key = ?1",
    [SQL_META_SET] = "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
    [SQL_GUIDES_DELETE] = "DELETE FROM guide",
    [SQL_GUIDE_INSERT] = "INSERT OR REPLACE INTO guide VALUES (?1, ?2, ?3)",
    [SQL_GUIDES] = "SELECT id, name, languages FROM guide ORDER BY id",
    [SQL_LEASES] = "SELECT guide, start, minutes, code, state FROM lease ORDER BY start, guide",
    [SQL_LEASE_GET] = "SELECT guide, start, minutes, code, state, added FROM lease"
                      " WHERE guide = ?1 AND start = ?2",
    [SQL_LEASE_PUT] = "INSERT INTO lease (guide, start, minutes, code, state, added)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                      " ON CONFLICT DO UPDATE SET minutes = ?3, code = ?4, state = ?5, added = ?6",
    [SQL_LEASE_STATE] = "UPDATE lease SET state = ?3 WHERE guide = ?1 AND start = ?2",
    [SQL_LEASE_DELETE] = "DELETE FROM lease WHERE guide = ?1 AND start = ?2",
    [SQL_LEASES_RELEASE] = "UPDATE lease SET state = CASE added WHEN 0 THEN 0 ELSE 3 END WHERE state = 1",
    [SQL_LEASES_USE] = "UPDATE lease SET state = 2, booking = ?3"
                       " WHERE guide = ?1 AND start = ?2 AND state = 1",
    [SQL_LEASES_USED_DELETE] = "DELETE FROM lease WHERE booking = ?1 AND state = 2",
    [SQL_LEASES_TRIM] = "UPDATE lease SET state = 3 WHERE (guide, start) IN (SELECT guide, start FROM lease"
                        " WHERE state = 0 ORDER BY start DESC, guide LIMIT ?1)",
    [SQL_LEASES_TRIM_AFTER] = "UPDATE lease SET state = 3 WHERE state = 0 AND start >= ?1",
    [SQL_LEASES_FREE_COUNT] = "SELECT count(*) FROM lease WHERE state = 0",
    // what the agenda counts as held, but cannot be offered: promised, or an older store's
    [SQL_LEASES_APART] = "SELECT booking FROM lease WHERE state IN (2, 4)",
    [SQL_USED_GET] = "SELECT receipt.acknowledged, receipt.checked FROM used_slot"
                     " JOIN receipt ON receipt.id = booking"
                     " WHERE used_slot.guide = ?1 AND used_slot.start = ?2",
    [SQL_USED_INSERT] = "INSERT INTO used_slot VALUES (?1, ?2, ?3)",
    [SQL_USED_DELETE] = "DELETE FROM used_slot WHERE guide = ?1 AND start = ?2",
    [SQL_OUTBOX_INSERT] = "INSERT INTO outbox (id, sealed, made) VALUES (?1, ?2, ?3)",
    [SQL_OUTBOX_HAS] = "SELECT 1 FROM receipt WHERE id = ?1",
    [SQL_OUTBOX_COUNT] = "SELECT count(*) FROM outbox",
    [SQL_OUTBOX_NEXT] = "SELECT id, sealed FROM outbox WHERE refused IS NULL OR ?1"
                        " ORDER BY refused IS NOT NULL, made, id LIMIT ?2",
    [SQL_OUTBOX_DELETE] = "DELETE FROM outbox WHERE id = ?1",
    [SQL_OUTBOX_REFUSE] = "UPDATE outbox SET refused = ?2, tries = tries + 1 WHERE id = ?1",
    [SQL_OUTBOX_LEFT] = "SELECT count(*) FROM outbox WHERE refused IS NULL",
    [SQL_RECEIPT_INSERT] = "INSERT INTO receipt (id, code, guide, start, slots, made)"
                           " VALUES (?3, ?4, ?1, ?2, ?5, ?6)",
    [SQL_RECEIPT_ACKNOWLEDGE] = "UPDATE receipt SET acknowledged = 1, checked = 1 WHERE id = ?1",
    [SQL_RECEIPT_CHECK] = "UPDATE receipt SET checked = ?2 WHERE id = ?1",
    [SQL_RECEIPTS_UNCHECKED] = "SELECT id, code, slots, guide, start FROM receipt"
                               " WHERE acknowledged AND checked = 0 ORDER BY made, id LIMIT ?1",
    [SQL_RECEIPTS_UNCHECKED_COUNT] = "SELECT count(*) FROM receipt WHERE acknowledged AND checked = 0",
    [SQL_RECEIPTS_RECHECK] = "UPDATE receipt SET checked = 0 WHERE acknowledged AND checked < 3",
    [SQL_RECEIPTS_SINCE] = "SELECT made FROM receipt WHERE made >= ?1 ORDER BY made DESC LIMIT ?2",
    [SQL_RECEIPTS_FORGET] = "DELETE FROM receipt WHERE acknowledged AND"
                            " (start < ?1 OR (start IS NULL AND made < ?2))",
    [SQL_RECEIPT_SLOT] = "SELECT guide, start FROM receipt WHERE id = ?1 AND guide IS NOT NULL",
    [SQL_RECEIPT_BY_CODE] = "SELECT guide, start FROM receipt WHERE code = ?1",
    [SQL_CODE_DELETE] = "DELETE FROM spare_code WHERE code = ?1",
    [SQL_CODE_INSERT] = "INSERT OR IGNORE INTO spare_code SELECT ?1"
                        " WHERE NOT EXISTS (SELECT 1 FROM receipt WHERE code = ?1)",
    [SQL_CODES] = "SELECT code FROM spare_code ORDER BY code LIMIT ?1",
    // promised to a visitor, and not acknowledged: used, and what the present visitor is looking at
    [SQL_HOLDS] = "SELECT guide, start FROM lease WHERE state IN (1, 2) ORDER BY start, guide LIMIT ?1",
};
