-- What the leader found when it tried to place instances, and what it says of itself. Of no use after a crash of the
-- database, and written often: unlogged.
create unlogged table launch_attempt (
    pod_id      text collate "C" not null,
    config_hash text             not null,
    attempt     text             not null,  -- JSON
    primary key (pod_id, config_hash)
);
create unlogged table engine_report (
    one             integer     primary key check (one = 1),
    connected       boolean     not null,
    since           timestamptz not null,
    last_offers_at  timestamptz,
    throttled_until timestamptz
);
-- Wishes that a launch delay be lifted, until the engine has lifted it.
create table delay_reset (
    pod_id       text collate "C" primary key,
    requested_at timestamptz      not null,
    requested_by text
);
create index instance_that_waits on instance (pod_id, version)
    where goal = 'RUNNING' and condition in ('SCHEDULED', 'PROVISIONED');
