-- Fills a new agenda with a million bookings: 24 guides, ten years of working days from December 2016 to November
-- 2026, worked to the end. Run with sqlite3 on an agenda made by `init`; see agenda.py. Names are made of numbers.
PRAGMA synchronous = OFF;
PRAGMA cache_size = -262144;
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TEMP TABLE talk_day AS
  WITH RECURSIVE d(n, day) AS (SELECT 0, '2016-11-24' UNION ALL SELECT n + 1, date(day, '+1 day') FROM d WHERE day < '2026-11-22')
  SELECT row_number() OVER () - 1 AS n, day FROM d WHERE strftime('%w', day) BETWEEN '1' AND '5';
CREATE TEMP TABLE made AS
  WITH RECURSIVE g(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g WHERE n < 23),
  h(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM h WHERE n < 15)
  SELECT row_number() OVER () AS n, 'guide-' || printf('%02d', g.n) AS guide, talk_day.day,
    talk_day.day || printf('T%02d:%02d', 9 + h.n / 2, 30 * (h.n % 2)) AS start,
    talk_day.day || printf('T%02d:%02d', 9 + (h.n + 1) / 2, 30 * ((h.n + 1) % 2)) AS ends,
    abs(random()) AS dice
  FROM talk_day, h, g LIMIT 1000000;
CREATE TEMP TABLE letter AS SELECT value AS c, key AS n FROM json_each('["2","3","4","5","6","7","8","9","A","B","C","D","E","F","G","H","J","K","L","M","N","P","Q","R","S","T","U","V","W","X","Y"]');
CREATE TEMP TABLE given AS SELECT made.n, a.c || b.c || c.c || d.c || e.c || '2' AS code FROM made, letter a, letter b, letter c, letter d, letter e
  WHERE a.n = made.n % 31 AND b.n = made.n / 31 % 31 AND c.n = made.n / 961 % 31 AND d.n = made.n / 29791 % 31 AND e.n = made.n / 923521 % 31;
CREATE UNIQUE INDEX temp.given_n ON given (n);
INSERT INTO slot (id, guide, start, ends, minutes, offered) SELECT 10000000 + n, guide, start, ends, 30, 1 FROM made;
INSERT INTO code (code, kiosk, kind, given) SELECT code, 'lobby-1', 'booking', '2016-01-01T00:00:00Z' FROM given;
INSERT INTO person (id, first_name, last_name, phone) SELECT n, 'Proef', 'Persoon ' || n, '+3247' || printf('%07d', n) FROM made;
INSERT INTO booking (id, code, kind, person, guide, start, minutes, slots, language, referred, channel, kiosk, state, sequence, made, stored, seen, answers, topics)
  SELECT printf('%032x', n * 7919 % 1000003 * 1000003 + n), code, 'slot', n, guide, start, 30, 1,
    CASE dice % 8 WHEN 0 THEN 'ro' WHEN 1 THEN 'ar' WHEN 2 THEN 'pl' WHEN 3 THEN 'fr' WHEN 4 THEN 'uk' WHEN 5 THEN 'tr' WHEN 6 THEN 'en' ELSE 'es' END,
    'counter', CASE dice / 8 % 4 WHEN 0 THEN 'kiosk' WHEN 1 THEN 'letter' WHEN 2 THEN 'walk-in' ELSE 'phone' END,
    'lobby-1', CASE dice / 32 % 8 WHEN 0 THEN 'no-show' WHEN 1 THEN 'excused' WHEN 2 THEN 'cancelled' ELSE 'done' END, 2,
    date(day, '-' || (dice / 256 % 20) || ' days') || 'T09:00:00Z', date(day, '-' || (dice / 256 % 20) || ' days') || 'T09:00:05Z',
    day || 'T07:00:00Z',
    'children ' || iif(n % 7 = 0, 'no', 'yes') || ',dutch ' || CASE n % 3 WHEN 0 THEN 'none' WHEN 1 THEN 'some' ELSE 'well' END ||
      iif(n % 3 < 2, ',interpreter ' || iif(n % 2 = 0, 'none', 'arrange'), '') || ',work ' || iif(n % 5 = 0, 'no', 'yes'),
    'dutch,' || CASE n % 4 WHEN 0 THEN 'work' WHEN 1 THEN 'papers' WHEN 2 THEN 'leisure' ELSE 'housing' END
  FROM made JOIN given USING (n);
INSERT INTO booking_slot (slot, booking) SELECT s.id, b.id FROM slot s JOIN booking b ON b.person = s.id - 10000000 WHERE b.state NOT IN ('excused', 'cancelled');
INSERT INTO indicator SELECT id, 'dutch', CASE person % 3 WHEN 0 THEN 'none' WHEN 1 THEN 'some' ELSE 'well' END FROM booking;
INSERT INTO indicator SELECT id, 'interpreter', CASE person % 2 WHEN 0 THEN 'none' ELSE 'arrange' END FROM booking WHERE person % 3 < 2;
INSERT INTO indicator SELECT id, 'work', CASE person % 5 WHEN 0 THEN 'no' ELSE 'yes' END FROM booking;
INSERT INTO indicator SELECT id, 'children', CASE person % 7 WHEN 0 THEN 'no' ELSE 'yes' END FROM booking;
INSERT INTO booking_topic SELECT id, 0, 'dutch' FROM booking;
INSERT INTO booking_topic SELECT id, 1, CASE person % 4 WHEN 0 THEN 'work' WHEN 1 THEN 'papers' WHEN 2 THEN 'leisure' ELSE 'housing' END FROM booking;
INSERT INTO talk SELECT id, guide, substr(start, 1, 10) || 'T08:00:00Z', substr(start, 1, 10) || 'T08:30:00Z' FROM booking WHERE state = 'done';
INSERT INTO referral (booking, topic, partner, made, due, outcome) SELECT id, 'dutch', CASE person % 2 WHEN 0 THEN 'ligo' ELSE 'cvo' END,
  substr(start, 1, 10), substr(start, 1, 10), 'started' FROM booking WHERE state = 'done' AND person % 10 < 9;
INSERT INTO signal (booking, topic, kind, label, made) SELECT id, 'housing', 'need', '', substr(start, 1, 10) FROM booking WHERE state = 'done' AND person % 8 = 0;
INSERT INTO event (at, who, what, subject) SELECT stored, 'kiosk lobby-1', 'booking stored', code FROM booking;
INSERT INTO event (at, who, what, subject, detail) SELECT seen, 'guide els', 'state', code, 'booked to ' || state FROM booking;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
