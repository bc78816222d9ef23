-- cases_of: The rows of several cases.
SELECT id, plans, version, events, head, notified, closed FROM workflow_cases
WHERE id IN (SELECT value FROM json_each(:cases));

-- events_of: Their logs, in order.
SELECT case_id, seq, body, hash, personal FROM workflow_events
WHERE case_id IN (SELECT value FROM json_each(:cases)) ORDER BY case_id, seq;

-- clocks_of: Their clocks.
SELECT case_id, clock_id, plan, obligation, state, start, target, due, ended, role,
    level, category
FROM workflow_clocks WHERE case_id IN (SELECT value FROM json_each(:cases))
ORDER BY case_id, clock_id;

-- mentions: The rows whose text holds this text; of one case if it is named.
SELECT case_id, seq FROM workflow_events
WHERE (instr(personal, :text) > 0 OR instr(body, :text) > 0)
    AND case_id = coalesce(:case, case_id) ORDER BY case_id, seq;
