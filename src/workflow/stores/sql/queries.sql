-- schema_version: The number of the last migration.
SELECT value FROM workflow_meta WHERE name = 'schema';

-- set_schema_version: Write that number.
INSERT INTO workflow_meta (name, value) VALUES ('schema', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- plan: A plan by its digest.
SELECT digest, name, version, document FROM workflow_plans WHERE digest = :digest;

-- plans: All plans.
SELECT digest, name, version, document FROM workflow_plans ORDER BY digest;

-- keep_plan: Keep a plan, once.
INSERT INTO workflow_plans (digest, name, version, document)
VALUES (:digest, :name, :version, :document) ON CONFLICT (digest) DO NOTHING;

-- case: The row of a case.
SELECT id, plans, version, events, head, notified, closed FROM workflow_cases WHERE id = :case;

-- cases: A page of names.
SELECT id FROM workflow_cases WHERE id > :after ORDER BY id LIMIT :limit;

-- open_case: Write a new case; no row if there is one of that name.
INSERT INTO workflow_cases (id, plans, version, events, head, notified, closed)
VALUES (:id, :plans, :version, :events, :head, :notified, :closed) ON CONFLICT (id) DO NOTHING;

-- update_case: Write a case that still has the version that was read.
UPDATE workflow_cases
SET version = :version, events = :events, head = :head, notified = :notified, closed = :closed
WHERE id = :id AND version = :version - 1;

-- events: A log, in order.
SELECT seq, body, hash, personal FROM workflow_events WHERE case_id = :case ORDER BY seq;

-- add_event: One more row of a log.
INSERT INTO workflow_events (case_id, seq, body, hash, personal)
VALUES (:case, :seq, :body, :hash, :personal);

-- clocks: The clocks of a case.
SELECT clock_id, plan, obligation, state, start, target, due, ended, role,
    level, category
FROM workflow_clocks WHERE case_id = :case ORDER BY clock_id;

-- owed: Clocks that have not ended and are due up to then, the earliest first.
SELECT case_id, clock_id, plan, obligation, state, start, target, due, ended, role,
    level, category
FROM workflow_clocks WHERE ended IS NULL AND due <= :until
ORDER BY due, case_id, clock_id LIMIT :limit;

-- owed_count: How many clocks have not ended and have a due time.
SELECT count(*) FROM workflow_clocks WHERE ended IS NULL AND due IS NOT NULL;

-- open_cases: How many cases are not closed.
SELECT count(*) FROM workflow_cases WHERE closed = 0;

-- late: How many duties are owed and late, by plan and obligation; the limit of a paused one moves.
SELECT plan, obligation, count(*) FROM workflow_clocks
WHERE ended IS NULL AND due < :now AND state <> 'paused' GROUP BY plan, obligation ORDER BY plan, obligation;

-- started: Each plan that has clocks, and when the first and the last of them started.
SELECT plan, min(start), max(start) FROM workflow_clocks GROUP BY plan ORDER BY plan;

-- tally: The clocks of a plan that started in a span of time, counted by kind, end and time taken.
-- Grouped by the number first, since databases sort to group and numbers are compared quickly.
SELECT obligation, role, level, category, outcome, nullif(minutes, -1), count(*)
FROM (
    SELECT obligation, role, level, category, outcome,
        CASE
            WHEN took IS NULL THEN -1
            WHEN took <= 120 THEN took
            WHEN took <= 1440 THEN (took + 9) / 10 * 10
            WHEN took <= 10080 THEN (took + 59) / 60 * 60
            ELSE (took + 359) / 360 * 360
        END AS minutes
    FROM (
        SELECT obligation,
            CASE WHEN :by_role THEN role ELSE '' END AS role,
            CASE WHEN :by_level THEN level ELSE '' END AS level,
            CASE WHEN :by_category THEN category ELSE '' END AS category,
            CASE
                WHEN state = 'withdrawn' THEN 'withdrawn'
                WHEN state = 'overdue' THEN 'overdue'
                WHEN state = 'met' AND due IS NULL THEN 'unlimited'
                WHEN state = 'met' THEN 'on_time'
                WHEN state = 'met_late' THEN 'late'
                WHEN state <> 'paused' AND due < :now THEN 'overdue'
                ELSE 'open'
            END AS outcome,
            CASE WHEN state IN ('met', 'met_late') THEN (ended - start + 59999999) / 60000000 END
                AS took
        FROM workflow_clocks WHERE plan = :plan AND start >= :since AND start < :until
    ) AS each_clock
) AS each_kind
GROUP BY minutes, obligation, outcome, role, level, category
ORDER BY obligation, role, level, category, outcome, minutes;

-- put_clock: Write a clock, new or changed.
INSERT INTO workflow_clocks
    (case_id, clock_id, plan, obligation, state, start, target, due, ended, role, level, category)
VALUES (:case, :clock, :plan, :obligation, :state, :start, :target, :due, :ended, :role, :level,
    :category)
ON CONFLICT (case_id, clock_id) DO UPDATE SET
    state = excluded.state, start = excluded.start, target = excluded.target,
    due = excluded.due, ended = excluded.ended, role = excluded.role,
    level = excluded.level, category = excluded.category;

-- drop_clock: Take out a clock that is no more.
DELETE FROM workflow_clocks WHERE case_id = :case AND clock_id = :clock;

-- wakeup: The next wake-up of a case.
SELECT case_id, at, generation, parked FROM workflow_wakeups WHERE case_id = :case;

-- set_wakeup: Write the next wake-up of a case, which is parked no more.
INSERT INTO workflow_wakeups (case_id, at, generation) VALUES (:case, :at, 1)
ON CONFLICT (case_id) DO UPDATE SET
    at = excluded.at, parked = NULL, generation = workflow_wakeups.generation + 1;

-- move_wakeup: Move a wake-up that is still of that generation.
UPDATE workflow_wakeups SET at = :at, generation = generation + 1
WHERE case_id = :case AND generation = :generation;

-- due: Wake-ups up to now, the earliest first.
SELECT case_id, at, generation, parked FROM workflow_wakeups
WHERE at <= :now AND parked IS NULL ORDER BY at, case_id LIMIT :limit;

-- next_wakeup: The earliest wake-up of all.
SELECT min(at) FROM workflow_wakeups WHERE at IS NOT NULL AND parked IS NULL;

-- park: Wake a case no more.
UPDATE workflow_wakeups SET parked = :error WHERE case_id = :case;

-- unpark: Wake a case again.
UPDATE workflow_wakeups SET parked = NULL WHERE case_id = :case AND parked IS NOT NULL;

-- parked: The cases that are not woken.
SELECT case_id, at, generation, parked FROM workflow_wakeups
WHERE parked IS NOT NULL ORDER BY case_id;

-- notices: The notices of a case, in the order of writing.
SELECT id, case_id, at, told, body FROM workflow_notices WHERE case_id = :case ORDER BY number;

-- add_notice: Write a notice, once.
INSERT INTO workflow_notices (id, case_id, at, told, body)
VALUES (:id, :case, :at, :told, :body) ON CONFLICT (id) DO NOTHING;

-- add_deliveries: Have a notice that was just written delivered to every sink that is known.
INSERT INTO workflow_deliveries (notice, sink, state, tries, next_try, error)
SELECT n.number, s.name, 'waiting', 0, n.told, ''
FROM workflow_notices n CROSS JOIN workflow_sinks s
WHERE n.id = :id AND n.told = :told ON CONFLICT (notice, sink) DO NOTHING;

-- redact: Drop the personal data of a row.
UPDATE workflow_events SET personal = '' WHERE case_id = :case AND seq = :seq;

-- add_redaction: Remember that, once.
INSERT INTO workflow_redactions (case_id, seq, at, by_role) VALUES (:case, :seq, :at, :by)
ON CONFLICT (case_id, seq) DO NOTHING;

-- touch_case: A case was changed: whoever has it at hand reads it again.
UPDATE workflow_cases SET version = version + 1 WHERE id = :case;

-- hush_wakeup: Why a case was parked is forgotten: the error may repeat what the case said.
UPDATE workflow_wakeups SET parked = :instead WHERE case_id = :case AND parked IS NOT NULL;

-- hush_deliveries: Likewise what sinks said of its notices.
UPDATE workflow_deliveries SET error = :instead
WHERE error <> '' AND notice IN (SELECT number FROM workflow_notices WHERE case_id = :case);

-- redactions: What was forgotten in a case.
SELECT case_id, seq, at, by_role FROM workflow_redactions WHERE case_id = :case ORDER BY seq;

-- know_sink: Deliver to this sink from now on.
INSERT INTO workflow_sinks (name) VALUES (:name) ON CONFLICT (name) DO NOTHING;

-- forget_sink: Deliver to this sink no more.
DELETE FROM workflow_sinks WHERE name = :name;

-- drop_deliveries: Drop what waits for a sink.
DELETE FROM workflow_deliveries WHERE sink = :name AND state <> 'delivered';

-- sinks: The sinks that are known.
SELECT name FROM workflow_sinks ORDER BY name;

-- claimable: Deliveries due for a sink, in the order of writing.
SELECT n.id, n.case_id, n.at, n.told, n.body, d.sink, d.state, d.tries, d.next_try, d.error,
    d.notice
FROM workflow_deliveries d JOIN workflow_notices n ON n.number = d.notice
WHERE d.sink = :sink AND d.state = 'waiting' AND d.next_try <= :now
ORDER BY d.next_try, d.notice LIMIT :limit;

-- hold: Give a delivery to nobody else for a while.
UPDATE workflow_deliveries SET next_try = :until WHERE notice = :notice AND sink = :sink;

-- settle: What became of a delivery.
UPDATE workflow_deliveries
SET state = :state, tries = :tries, next_try = :next_try, error = :error
WHERE sink = :sink AND notice = (SELECT number FROM workflow_notices WHERE id = :id);

-- next_try: When the next delivery to a sink is to be tried.
SELECT min(next_try) FROM workflow_deliveries WHERE sink = :sink AND state = 'waiting';

-- undelivered: The deliveries that are parked.
SELECT n.id, n.case_id, n.at, n.told, n.body, d.sink, d.state, d.tries, d.next_try, d.error
FROM workflow_deliveries d JOIN workflow_notices n ON n.number = d.notice
WHERE d.state = 'parked' ORDER BY d.notice, d.sink;

-- deliveries: What became of a case's notices, in the order of writing.
SELECT n.id, n.case_id, n.at, n.told, n.body, d.sink, d.state, d.tries, d.next_try, d.error
FROM workflow_deliveries d JOIN workflow_notices n ON n.number = d.notice
WHERE n.case_id = :case ORDER BY d.notice, d.sink;

-- restore_wakeup: Write a wake-up as it stood in another store.
INSERT INTO workflow_wakeups (case_id, at, generation, parked)
VALUES (:case, :at, :generation, :parked);

-- restore_delivery: Write a delivery as it stood in another store.
INSERT INTO workflow_deliveries (notice, sink, state, tries, next_try, error)
SELECT number, :sink, :state, :tries, :next_try, :error FROM workflow_notices WHERE id = :id;

-- redeliver: Try a notice's parked deliveries again.
UPDATE workflow_deliveries SET state = 'waiting', tries = 0, next_try = :now
WHERE state = 'parked' AND notice = (SELECT number FROM workflow_notices WHERE id = :id);
