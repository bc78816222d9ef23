-- Personal data beside the log, whether a case is closed, and a trace of what was forgotten.
ALTER TABLE workflow_events ADD COLUMN personal TEXT NOT NULL DEFAULT '';

ALTER TABLE workflow_cases ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX workflow_events_personal ON workflow_events (case_id, seq) WHERE personal <> '';

CREATE TABLE workflow_redactions (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES workflow_cases (id),
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    by_role TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
);
