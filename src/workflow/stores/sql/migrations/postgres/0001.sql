CREATE TABLE workflow_plans (
    digest   TEXT COLLATE "C" PRIMARY KEY,
    name     TEXT NOT NULL,
    version  TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE workflow_cases (
    id       TEXT COLLATE "C" PRIMARY KEY,
    plans    TEXT NOT NULL,
    version  BIGINT NOT NULL,
    events   BIGINT NOT NULL,
    head     TEXT NOT NULL,
    notified BIGINT NOT NULL
);

CREATE TABLE workflow_events (
    case_id TEXT NOT NULL REFERENCES workflow_cases (id),
    seq     BIGINT NOT NULL,
    body    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
);

CREATE TABLE workflow_clocks (
    case_id    TEXT COLLATE "C" NOT NULL REFERENCES workflow_cases (id),
    clock_id   TEXT COLLATE "C" NOT NULL,
    plan       TEXT NOT NULL,
    obligation TEXT NOT NULL,
    state      TEXT NOT NULL,
    start      BIGINT NOT NULL,
    target     BIGINT,
    due        BIGINT,
    ended      BIGINT,
    PRIMARY KEY (case_id, clock_id)
);

CREATE INDEX workflow_clocks_due ON workflow_clocks (due, case_id, clock_id)
    WHERE ended IS NULL AND due IS NOT NULL;

CREATE TABLE workflow_wakeups (
    case_id    TEXT COLLATE "C" PRIMARY KEY REFERENCES workflow_cases (id),
    at         BIGINT,
    generation BIGINT NOT NULL,
    parked     TEXT
);

CREATE INDEX workflow_wakeups_at ON workflow_wakeups (at, case_id)
    WHERE at IS NOT NULL AND parked IS NULL;

CREATE INDEX workflow_wakeups_parked ON workflow_wakeups (case_id) WHERE parked IS NOT NULL;

CREATE TABLE workflow_notices (
    number  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES workflow_cases (id),
    at      BIGINT NOT NULL,
    told    BIGINT NOT NULL,
    body    TEXT NOT NULL
);

CREATE INDEX workflow_notices_case ON workflow_notices (case_id);

CREATE TABLE workflow_sinks (
    name TEXT COLLATE "C" PRIMARY KEY
);

CREATE TABLE workflow_deliveries (
    notice   BIGINT NOT NULL REFERENCES workflow_notices (number),
    sink     TEXT NOT NULL,
    state    TEXT NOT NULL,
    tries    BIGINT NOT NULL,
    next_try BIGINT NOT NULL,
    error    TEXT NOT NULL,
    PRIMARY KEY (notice, sink)
);

CREATE INDEX workflow_deliveries_waiting ON workflow_deliveries (sink, next_try)
    WHERE state = 'waiting';

CREATE INDEX workflow_deliveries_parked ON workflow_deliveries (notice) WHERE state = 'parked';
