-- What reports group by. Rows written before say '' until their case is written again.
ALTER TABLE workflow_clocks ADD COLUMN role TEXT NOT NULL DEFAULT '';

ALTER TABLE workflow_clocks ADD COLUMN level TEXT NOT NULL DEFAULT '';

ALTER TABLE workflow_clocks ADD COLUMN category TEXT NOT NULL DEFAULT '';

CREATE INDEX workflow_clocks_report ON workflow_clocks
    (plan, start, obligation, role, level, category, state, due, ended);
