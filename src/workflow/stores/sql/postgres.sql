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
