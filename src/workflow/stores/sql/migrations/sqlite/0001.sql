CREATE TABLE workflow_plans (
    digest   TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    version  TEXT NOT NULL,
    document TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE workflow_cases (
    id       TEXT PRIMARY KEY,
    plans    TEXT NOT NULL,
    version  INTEGER NOT NULL,
    events   INTEGER NOT NULL,
    head     TEXT NOT NULL,
    notified INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE workflow_events (
    case_id TEXT NOT NULL REFERENCES workflow_cases (id),
    seq     INTEGER NOT NULL,
    body    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
) WITHOUT ROWID;

CREATE TABLE workflow_clocks (
    case_id    TEXT NOT NULL REFERENCES workflow_cases (id),
    clock_id   TEXT NOT NULL,
    plan       TEXT NOT NULL,
    obligation TEXT NOT NULL,
    state      TEXT NOT NULL,
    start      INTEGER NOT NULL,
    target     INTEGER,
    due        INTEGER,
    ended      INTEGER,
    PRIMARY KEY (case_id, clock_id)
) WITHOUT ROWID;

CREATE INDEX workflow_clocks_due ON workflow_clocks (due, case_id, clock_id)
    WHERE ended IS NULL AND due IS NOT NULL;

CREATE TABLE workflow_wakeups (
    case_id    TEXT PRIMARY KEY REFERENCES workflow_cases (id),
    at         INTEGER,
    generation INTEGER NOT NULL,
    parked     TEXT
) WITHOUT ROWID;

CREATE INDEX workflow_wakeups_at ON workflow_wakeups (at, case_id)
    WHERE at IS NOT NULL AND parked IS NULL;

CREATE INDEX workflow_wakeups_parked ON workflow_wakeups (case_id) WHERE parked IS NOT NULL;

CREATE TABLE workflow_notices (
    number  INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES workflow_cases (id),
    at      INTEGER NOT NULL,
    told    INTEGER NOT NULL,
    body    TEXT NOT NULL
);

CREATE INDEX workflow_notices_case ON workflow_notices (case_id);

CREATE TABLE workflow_sinks (
    name TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE workflow_deliveries (
    notice   INTEGER NOT NULL REFERENCES workflow_notices (number),
    sink     TEXT NOT NULL,
    state    TEXT NOT NULL,
    tries    INTEGER NOT NULL,
    next_try INTEGER NOT NULL,
    error    TEXT NOT NULL,
    PRIMARY KEY (notice, sink)
) WITHOUT ROWID;

CREATE INDEX workflow_deliveries_waiting ON workflow_deliveries (sink, next_try)
    WHERE state = 'waiting';

CREATE INDEX workflow_deliveries_parked ON workflow_deliveries (notice) WHERE state = 'parked';
