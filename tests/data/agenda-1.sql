PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE setting ( -- agenda_id, slot_minutes, public_holidays, horizon_days, slots_until, limits
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO setting VALUES('agenda_id','8c1b2a4408eb9bf5266bb6a302840ef8');
INSERT INTO setting VALUES('horizon_days','120');
INSERT INTO setting VALUES('limit_day','150');
INSERT INTO setting VALUES('limit_hour','30');
INSERT INTO setting VALUES('public_holidays','1');
INSERT INTO setting VALUES('slot_minutes','30');
INSERT INTO setting VALUES('slots_until','2027-03-10');
CREATE TABLE guide ( -- toeleider
  id TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL,
  languages TEXT NOT NULL DEFAULT '', -- codes with spaces between
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
INSERT INTO guide VALUES('els','Els','nl ro',1);
CREATE TABLE presence ( -- aanwezigheid: the source of the slots
  id INTEGER PRIMARY KEY,
  guide TEXT NOT NULL REFERENCES guide (id),
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 is Monday
  from_minute INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1440), -- since midnight
  to_minute INTEGER NOT NULL CHECK (to_minute BETWEEN from_minute AND 1440),
  first_day TEXT, -- NULL: always
  last_day TEXT,
  walk_in INTEGER NOT NULL DEFAULT 0 CHECK (walk_in IN (0, 1)) -- permanentie: no slots
);
INSERT INTO presence VALUES(1,'els',2,540,630,'2026-11-01','2026-11-30',0);
CREATE TABLE closure (
  id INTEGER PRIMARY KEY,
  guide TEXT REFERENCES guide (id), -- NULL: the whole town hall
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  from_minute INTEGER NOT NULL DEFAULT 0,
  to_minute INTEGER NOT NULL DEFAULT 1440,
  reason TEXT
);
CREATE TABLE slot ( -- made ahead from presence and closure
  id INTEGER PRIMARY KEY,
  guide TEXT NOT NULL REFERENCES guide (id),
  start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  ends TEXT NOT NULL CHECK (ends > start AND substr(ends, 1, 10) = substr(start, 1, 10)),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  offered INTEGER NOT NULL DEFAULT 1 CHECK (offered IN (0, 1)), -- 0: outside the presence, but owned
  UNIQUE (guide, start)
);
INSERT INTO slot VALUES(1,'els','2026-11-03T09:00','2026-11-03T09:30',30,1);
INSERT INTO slot VALUES(2,'els','2026-11-03T09:30','2026-11-03T10:00',30,1);
INSERT INTO slot VALUES(3,'els','2026-11-03T10:00','2026-11-03T10:30',30,1);
INSERT INTO slot VALUES(4,'els','2026-11-10T09:00','2026-11-10T09:30',30,1);
INSERT INTO slot VALUES(5,'els','2026-11-10T09:30','2026-11-10T10:00',30,1);
INSERT INTO slot VALUES(6,'els','2026-11-10T10:00','2026-11-10T10:30',30,1);
INSERT INTO slot VALUES(7,'els','2026-11-17T09:00','2026-11-17T09:30',30,1);
INSERT INTO slot VALUES(8,'els','2026-11-17T09:30','2026-11-17T10:00',30,1);
INSERT INTO slot VALUES(9,'els','2026-11-17T10:00','2026-11-17T10:30',30,1);
INSERT INTO slot VALUES(10,'els','2026-11-24T09:00','2026-11-24T09:30',30,1);
INSERT INTO slot VALUES(11,'els','2026-11-24T09:30','2026-11-24T10:00',30,1);
INSERT INTO slot VALUES(12,'els','2026-11-24T10:00','2026-11-24T10:30',30,1);
CREATE TABLE kiosk (
  name TEXT PRIMARY KEY,
  first_contact TEXT NOT NULL,
  last_contact TEXT NOT NULL,
  version TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT '{}', -- JSON, flat
  revoked TEXT -- when its leases were last taken back by hand
);
CREATE TABLE code ( -- every code ever given out: with a lease, as a spare, to a booking
  code TEXT PRIMARY KEY CHECK (length(code) = 6),
  kiosk TEXT, -- NULL: the guide's
  kind TEXT NOT NULL CHECK (kind IN ('lease', 'spare', 'booking')),
  given TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO code VALUES('79FQH6',NULL,'booking','2026-11-01T07:00:00Z');
INSERT INTO code VALUES('N3VKDA',NULL,'booking','2026-11-01T07:00:00Z');
INSERT INTO code VALUES('NRATY5',NULL,'booking','2026-11-01T07:00:00Z');
INSERT INTO code VALUES('PKMY6P',NULL,'booking','2026-11-01T07:00:00Z');
INSERT INTO code VALUES('PVLJE5',NULL,'booking','2026-11-01T07:00:00Z');
INSERT INTO code VALUES('WFQ2T9',NULL,'booking','2026-11-01T07:00:00Z');
CREATE TABLE lease ( -- a kiosk may give this slot away
  slot INTEGER PRIMARY KEY REFERENCES slot (id),
  kiosk TEXT NOT NULL REFERENCES kiosk (name),
  code TEXT NOT NULL UNIQUE REFERENCES code (code),
  given TEXT NOT NULL
);
CREATE TABLE block ( -- the guide keeps this slot for something else
  slot INTEGER PRIMARY KEY REFERENCES slot (id),
  reason TEXT NOT NULL DEFAULT '',
  code TEXT, -- of a booking that was lost, for reason 'lost'
  made TEXT NOT NULL
);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  phone TEXT NOT NULL -- E.164, '' for none
);
INSERT INTO person VALUES(1,'Proef','Persoon 1','+32470000001');
INSERT INTO person VALUES(2,'Proef','Persoon 2','+32470000002');
INSERT INTO person VALUES(3,'Proef','Persoon 3','+32470000003');
INSERT INTO person VALUES(4,'Proef','Persoon 4','+32470000004');
INSERT INTO person VALUES(5,'Proef','Persoon 5','+32470000005');
INSERT INTO person VALUES(6,'Proef','Terug','+32470000009');
CREATE TABLE booking ( -- afspraak
  id TEXT PRIMARY KEY CHECK (length(id) = 32),
  code TEXT NOT NULL UNIQUE REFERENCES code (code),
  kind TEXT NOT NULL CHECK (kind IN ('slot', 'callback')), -- callback: no moment suited, the guide calls
  person INTEGER REFERENCES person (id), -- NULL: erased
  guide TEXT REFERENCES guide (id),
  start TEXT, -- local wall clock; NULL for a callback
  minutes INTEGER NOT NULL DEFAULT 0, -- of the whole talk
  slots INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT '',
  referred TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL,
  kiosk TEXT,
  state TEXT NOT NULL DEFAULT 'booked'
    CHECK (state IN ('booked', 'arrived', 'done', 'no-show', 'excused', 'cancelled')),
  attention TEXT CHECK (attention IN ('taken', 'code')), -- confirmed, but without what it was promised
  sequence INTEGER NOT NULL DEFAULT 0, -- iCalendar SEQUENCE: counts its changes
  made TEXT NOT NULL, -- UTC
  stored TEXT NOT NULL, -- UTC
  seen TEXT, -- UTC, when it first stood in a day list
  CHECK ((kind = 'slot') = (start IS NOT NULL))
);
INSERT INTO booking VALUES('d9063aabaad4599662cecaeeb6907527','PKMY6P','slot',1,'els','2026-11-03T09:00',30,1,'ro','','letter',NULL,'done',NULL,2,'2026-11-01T07:00:00Z','2026-11-01T07:00:00Z','2026-11-03T08:00:00Z');
INSERT INTO booking VALUES('3c084433d0a2fdcdff94f332e522efa8','NRATY5','slot',2,'els','2026-11-03T09:30',30,1,'ro','','letter',NULL,'done',NULL,2,'2026-11-01T07:00:00Z','2026-11-01T07:00:00Z','2026-11-03T08:30:00Z');
INSERT INTO booking VALUES('d44e936707c96bd7ab06232f21a8c342','PVLJE5','slot',3,'els','2026-11-10T09:00',30,1,'ar','','letter',NULL,'done',NULL,2,'2026-11-01T07:00:00Z','2026-11-01T07:00:00Z','2026-11-10T08:00:00Z');
INSERT INTO booking VALUES('2938247fd6644ccaffd50ed5acb55c49','79FQH6','slot',4,'els','2026-11-10T09:30',30,1,'ro','','letter',NULL,'no-show',NULL,1,'2026-11-01T07:00:00Z','2026-11-01T07:00:00Z','2026-11-10T08:30:00Z');
INSERT INTO booking VALUES('4af62ee2e924b56939f597f0568d221c','WFQ2T9','slot',5,'els','2026-11-17T09:00',30,1,'ro','','letter',NULL,'booked',NULL,0,'2026-11-01T07:00:00Z','2026-11-01T07:00:00Z',NULL);
INSERT INTO booking VALUES('c2e9d03ef805e1aa42999faa78c0bcc8','N3VKDA','callback',6,NULL,NULL,0,0,'nl','','phone',NULL,'booked',NULL,0,'2026-11-01T07:00:00Z','2026-11-01T07:00:00Z',NULL);
CREATE TABLE booking_slot (
  slot INTEGER PRIMARY KEY REFERENCES slot (id), -- a slot has one booking
  booking TEXT NOT NULL REFERENCES booking (id)
);
INSERT INTO booking_slot VALUES(1,'d9063aabaad4599662cecaeeb6907527');
INSERT INTO booking_slot VALUES(2,'3c084433d0a2fdcdff94f332e522efa8');
INSERT INTO booking_slot VALUES(4,'d44e936707c96bd7ab06232f21a8c342');
INSERT INTO booking_slot VALUES(5,'2938247fd6644ccaffd50ed5acb55c49');
INSERT INTO booking_slot VALUES(7,'4af62ee2e924b56939f597f0568d221c');
CREATE TABLE booking_topic (
  booking TEXT NOT NULL REFERENCES booking (id),
  place INTEGER NOT NULL, -- in the order chosen
  topic TEXT NOT NULL,
  PRIMARY KEY (booking, place)
) WITHOUT ROWID;
INSERT INTO booking_topic VALUES('2938247fd6644ccaffd50ed5acb55c49',0,'dutch');
INSERT INTO booking_topic VALUES('2938247fd6644ccaffd50ed5acb55c49',1,'work');
INSERT INTO booking_topic VALUES('3c084433d0a2fdcdff94f332e522efa8',0,'dutch');
INSERT INTO booking_topic VALUES('3c084433d0a2fdcdff94f332e522efa8',1,'work');
INSERT INTO booking_topic VALUES('4af62ee2e924b56939f597f0568d221c',0,'dutch');
INSERT INTO booking_topic VALUES('4af62ee2e924b56939f597f0568d221c',1,'work');
INSERT INTO booking_topic VALUES('d44e936707c96bd7ab06232f21a8c342',0,'dutch');
INSERT INTO booking_topic VALUES('d44e936707c96bd7ab06232f21a8c342',1,'work');
INSERT INTO booking_topic VALUES('d9063aabaad4599662cecaeeb6907527',0,'dutch');
INSERT INTO booking_topic VALUES('d9063aabaad4599662cecaeeb6907527',1,'work');
CREATE TABLE indicator (
  booking TEXT NOT NULL REFERENCES booking (id),
  indicator TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (booking, indicator)
) WITHOUT ROWID;
INSERT INTO indicator VALUES('2938247fd6644ccaffd50ed5acb55c49','children','yes');
INSERT INTO indicator VALUES('2938247fd6644ccaffd50ed5acb55c49','dutch','none');
INSERT INTO indicator VALUES('3c084433d0a2fdcdff94f332e522efa8','children','yes');
INSERT INTO indicator VALUES('3c084433d0a2fdcdff94f332e522efa8','dutch','none');
INSERT INTO indicator VALUES('4af62ee2e924b56939f597f0568d221c','children','yes');
INSERT INTO indicator VALUES('4af62ee2e924b56939f597f0568d221c','dutch','none');
INSERT INTO indicator VALUES('d44e936707c96bd7ab06232f21a8c342','children','yes');
INSERT INTO indicator VALUES('d44e936707c96bd7ab06232f21a8c342','dutch','none');
INSERT INTO indicator VALUES('d9063aabaad4599662cecaeeb6907527','children','yes');
INSERT INTO indicator VALUES('d9063aabaad4599662cecaeeb6907527','dutch','none');
CREATE TABLE talk ( -- onthaalgesprek that took place
  booking TEXT PRIMARY KEY REFERENCES booking (id),
  guide TEXT REFERENCES guide (id),
  began TEXT NOT NULL,
  ended TEXT
);
INSERT INTO talk VALUES('d9063aabaad4599662cecaeeb6907527','els','2026-11-03T08:00:00Z','2026-11-03T08:00:00Z');
INSERT INTO talk VALUES('3c084433d0a2fdcdff94f332e522efa8','els','2026-11-03T08:30:00Z','2026-11-03T08:30:00Z');
INSERT INTO talk VALUES('d44e936707c96bd7ab06232f21a8c342','els','2026-11-10T08:00:00Z','2026-11-10T08:00:00Z');
CREATE TABLE referral ( -- doorverwijzing
  id INTEGER PRIMARY KEY,
  booking TEXT NOT NULL REFERENCES booking (id),
  topic TEXT NOT NULL,
  partner TEXT NOT NULL,
  made TEXT NOT NULL, -- day
  due TEXT, -- day to follow up
  outcome TEXT -- NULL: open
);
INSERT INTO referral VALUES(1,'d9063aabaad4599662cecaeeb6907527','dutch','ligo','2026-11-03','2026-11-17',NULL);
INSERT INTO referral VALUES(2,'3c084433d0a2fdcdff94f332e522efa8','dutch','ligo','2026-11-03','2026-11-17','started');
INSERT INTO referral VALUES(3,'d44e936707c96bd7ab06232f21a8c342','dutch','ligo','2026-11-10','2026-11-24',NULL);
CREATE TABLE signal ( -- signaal: counted, about no person
  id INTEGER PRIMARY KEY,
  booking TEXT REFERENCES booking (id),
  topic TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('need', 'obstacle', 'gap')),
  label TEXT NOT NULL DEFAULT '',
  made TEXT NOT NULL -- day
);
INSERT INTO signal VALUES(1,'d9063aabaad4599662cecaeeb6907527','housing','need','','2026-11-03');
INSERT INTO signal VALUES(2,'3c084433d0a2fdcdff94f332e522efa8','housing','need','','2026-11-03');
INSERT INTO signal VALUES(3,'d44e936707c96bd7ab06232f21a8c342','housing','need','','2026-11-10');
CREATE TABLE count ( -- what was imported, and what remains after a purge
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
  what TEXT NOT NULL,
  item TEXT NOT NULL DEFAULT '', -- topic, language, 'indicator answer', 'partner outcome'
  channel TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL CHECK (source IN ('import', 'purge')),
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (month, what, item, channel, source)
) WITHOUT ROWID;
CREATE TABLE import (digest TEXT PRIMARY KEY, rows INTEGER NOT NULL, at TEXT NOT NULL);
CREATE TABLE forgotten ( -- identifiers of purged bookings: a late resend must not make them again
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE lost ( -- a kiosk was told these are stored, but a restored agenda has them no more
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  guide TEXT,
  start TEXT,
  slots INTEGER NOT NULL,
  kiosk TEXT NOT NULL,
  noted TEXT NOT NULL,
  settled TEXT -- when the guide has dealt with it
) WITHOUT ROWID;
CREATE TABLE event ( -- append-only: when, who, what; never personal data
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL, -- UTC
  who TEXT NOT NULL, -- 'kiosk lobby-1', 'guide els'
  what TEXT NOT NULL, -- 'booking stored'
  subject TEXT NOT NULL DEFAULT '', -- a code, a kiosk, a file's digest
  detail TEXT NOT NULL DEFAULT ''
);
INSERT INTO event VALUES(1,'2026-11-01T07:00:00Z','init','agenda made','','');
INSERT INTO event VALUES(2,'2026-11-01T07:00:00Z','guide els','hours changed','','12 slots new, 0 gone, 0 kept');
INSERT INTO event VALUES(3,'2026-11-01T07:00:00Z','guide els','booking stored','PKMY6P','');
INSERT INTO event VALUES(4,'2026-11-03T08:00:00Z','guide els','state','PKMY6P','booked to arrived');
INSERT INTO event VALUES(5,'2026-11-03T08:00:00Z','guide els','state','PKMY6P','arrived to done');
INSERT INTO event VALUES(6,'2026-11-03T08:00:00Z','guide els','referred','PKMY6P','ligo');
INSERT INTO event VALUES(7,'2026-11-03T08:00:00Z','guide els','signal','PKMY6P','housing');
INSERT INTO event VALUES(8,'2026-11-01T07:00:00Z','guide els','booking stored','NRATY5','');
INSERT INTO event VALUES(9,'2026-11-03T08:30:00Z','guide els','state','NRATY5','booked to arrived');
INSERT INTO event VALUES(10,'2026-11-03T08:30:00Z','guide els','state','NRATY5','arrived to done');
INSERT INTO event VALUES(11,'2026-11-03T08:30:00Z','guide els','referred','NRATY5','ligo');
INSERT INTO event VALUES(12,'2026-11-03T08:30:00Z','guide els','referral closed','NRATY5','ligo started');
INSERT INTO event VALUES(13,'2026-11-03T08:30:00Z','guide els','signal','NRATY5','housing');
INSERT INTO event VALUES(14,'2026-11-01T07:00:00Z','guide els','booking stored','PVLJE5','');
INSERT INTO event VALUES(15,'2026-11-10T08:00:00Z','guide els','state','PVLJE5','booked to arrived');
INSERT INTO event VALUES(16,'2026-11-10T08:00:00Z','guide els','state','PVLJE5','arrived to done');
INSERT INTO event VALUES(17,'2026-11-10T08:00:00Z','guide els','referred','PVLJE5','ligo');
INSERT INTO event VALUES(18,'2026-11-10T08:00:00Z','guide els','signal','PVLJE5','housing');
INSERT INTO event VALUES(19,'2026-11-01T07:00:00Z','guide els','booking stored','79FQH6','');
INSERT INTO event VALUES(20,'2026-11-10T08:30:00Z','guide els','state','79FQH6','booked to no-show');
INSERT INTO event VALUES(21,'2026-11-01T07:00:00Z','guide els','booking stored','WFQ2T9','');
INSERT INTO event VALUES(22,'2026-11-01T07:00:00Z','guide els','booking stored','N3VKDA','');
CREATE INDEX slot_start ON slot (start, guide, minutes, offered);
CREATE TRIGGER slot_overlap BEFORE INSERT ON slot WHEN EXISTS (SELECT 1 FROM slot s WHERE s.guide = NEW.guide
    AND s.start >= substr(NEW.start, 1, 10) AND s.start < NEW.ends AND s.ends > NEW.start
    AND s.start <> NEW.start)
  BEGIN SELECT RAISE(ABORT, 'slot overlaps another'); END;
CREATE INDEX code_spare ON code (kiosk, code) WHERE kind = 'spare';
CREATE INDEX lease_kiosk ON lease (kiosk, slot);
CREATE INDEX person_phone ON person (phone) WHERE phone <> '';
CREATE INDEX booking_start ON booking (start, guide, state, channel, language, made, id);
CREATE INDEX booking_person ON booking (person);
CREATE INDEX booking_kiosk ON booking (kiosk, made) WHERE kiosk IS NOT NULL;
CREATE INDEX booking_attention ON booking (attention) WHERE attention IS NOT NULL AND state = 'booked';
CREATE INDEX booking_callback ON booking (made) WHERE kind = 'callback' AND state = 'booked';
CREATE INDEX booking_slot_booking ON booking_slot (booking);
CREATE INDEX referral_booking ON referral (booking);
CREATE INDEX referral_due ON referral (due) WHERE outcome IS NULL;
CREATE INDEX signal_booking ON signal (booking);
CREATE INDEX signal_made ON signal (made);
CREATE INDEX lost_code ON lost (code);
CREATE INDEX event_subject ON event (subject);
CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;
CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;
CREATE TRIGGER lease_owner BEFORE INSERT ON lease WHEN EXISTS (SELECT 1 FROM booking_slot WHERE slot = NEW.slot)
    OR EXISTS (SELECT 1 FROM block WHERE slot = NEW.slot)
  BEGIN SELECT RAISE(ABORT, 'slot has another owner'); END;
CREATE TRIGGER booking_slot_owner BEFORE INSERT ON booking_slot
    WHEN EXISTS (SELECT 1 FROM lease WHERE slot = NEW.slot) OR EXISTS (SELECT 1 FROM block WHERE slot = NEW.slot)
  BEGIN SELECT RAISE(ABORT, 'slot has another owner'); END;
CREATE TRIGGER block_owner BEFORE INSERT ON block WHEN EXISTS (SELECT 1 FROM booking_slot WHERE slot = NEW.slot)
    OR EXISTS (SELECT 1 FROM lease WHERE slot = NEW.slot)
  BEGIN SELECT RAISE(ABORT, 'slot has another owner'); END;
CREATE TRIGGER lease_move BEFORE UPDATE OF slot ON lease
  BEGIN SELECT RAISE(ABORT, 'a lease stays with its slot'); END;
CREATE TRIGGER booking_slot_move BEFORE UPDATE OF slot ON booking_slot
  BEGIN SELECT RAISE(ABORT, 'a booked slot is freed, then taken'); END;
CREATE TRIGGER block_move BEFORE UPDATE OF slot ON block
  BEGIN SELECT RAISE(ABORT, 'a block stays with its slot'); END;
CREATE VIEW day AS -- who comes: SELECT * FROM day WHERE start LIKE '2026-11-24%'
  SELECT b.start, b.minutes, g.name AS guide, b.code, b.state, p.first_name, p.last_name, p.phone, b.language,
    (SELECT group_concat(i.indicator || ' ' || i.answer, ', ') FROM indicator i WHERE i.booking = b.id) AS answers,
    (SELECT group_concat(t.topic, ', ') FROM booking_topic t WHERE t.booking = b.id) AS topics,
    b.referred, b.channel, b.attention
  FROM booking b LEFT JOIN guide g ON g.id = b.guide LEFT JOIN person p ON p.id = b.person
  ORDER BY b.start
;
CREATE VIEW month AS -- how many, by month and channel
  SELECT substr(coalesce(start, made), 1, 7) AS month, channel, count(*) AS bookings,
    sum(state IN ('arrived', 'done')) AS reached, sum(state = 'done') AS talks,
    sum(state = 'no-show') AS no_shows, sum(state = 'cancelled') AS cancelled
  FROM booking GROUP BY 1, 2 ORDER BY 1, 2
;
CREATE VIEW slot_owner AS -- every slot and who owns it
  SELECT s.id, s.guide, s.start, s.minutes, s.offered,
    CASE WHEN bs.slot IS NOT NULL THEN 'booked' WHEN l.slot IS NOT NULL THEN 'leased'
      WHEN k.slot IS NOT NULL THEN 'blocked' WHEN s.offered THEN 'free' ELSE 'withdrawn' END AS state,
    l.kiosk, b.code, k.reason
  FROM slot s LEFT JOIN booking_slot bs ON bs.slot = s.id LEFT JOIN booking b ON b.id = bs.booking
    LEFT JOIN lease l ON l.slot = s.id LEFT JOIN block k ON k.slot = s.id
;
COMMIT;
PRAGMA application_id = 1466392935;
PRAGMA user_version = 1;
