-- due: Wake-ups up to now, the earliest first; their cases are held until the transaction ends.
SELECT w.case_id, w.at, w.generation, w.parked
FROM workflow_wakeups w JOIN workflow_cases c ON c.id = w.case_id
WHERE w.at <= :now AND w.parked IS NULL
ORDER BY w.at, w.case_id LIMIT :limit FOR UPDATE OF c SKIP LOCKED;

-- claimable: Deliveries due for a sink, in the order of writing; others skip them.
SELECT n.id, n.case_id, n.at, n.told, n.body, d.sink, d.state, d.tries, d.next_try, d.error,
    d.notice
FROM workflow_deliveries d JOIN workflow_notices n ON n.number = d.notice
WHERE d.sink = :sink AND d.state = 'waiting' AND d.next_try <= :now
ORDER BY d.next_try, d.notice LIMIT :limit FOR UPDATE OF d SKIP LOCKED;

-- cases_of: The rows of several cases.
SELECT id, plans, version, events, head, notified, closed FROM workflow_cases
WHERE id = ANY(:cases);

-- events_of: Their logs, in order.
SELECT case_id, seq, body, hash, personal FROM workflow_events
WHERE case_id = ANY(:cases) ORDER BY case_id, seq;

-- clocks_of: Their clocks.
SELECT case_id, clock_id, plan, obligation, state, start, target, due, ended, role,
    level, category
FROM workflow_clocks WHERE case_id = ANY(:cases) ORDER BY case_id, clock_id;

-- mentions: The rows whose text holds this text; of one case if it is named.
SELECT case_id, seq FROM workflow_events
WHERE (strpos(personal, :text) > 0 OR strpos(body, :text) > 0)
    AND case_id = coalesce(:case::text, case_id) ORDER BY case_id, seq;
