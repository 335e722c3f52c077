-- What is known of the end of a container must outlive the process that heard of it, until the last one of its instance
-- has ended; and so must the reason for which Muster ends an instance.
alter table instance add column end_cause text;
alter table task
    add column end_reason  text,
    add column end_message text,
    add column ended_at    timestamptz;

-- How instances ended that had a place. Kept for a time, and the last ones of each pod for longer.
create table termination (
    seq            bigint generated always as identity,
    instance_id    text        not null unique,
    pod_id         text collate "C" not null,
    version        timestamptz not null,
    agent_id       text        not null,
    agent_hostname text        not null,
    placed_at      timestamptz not null,
    active_since   timestamptz,
    ended_at       timestamptz not null,
    cause          text        not null,
    message        text,
    containers     text        not null,  -- JSON
    -- No index on seq alone: PostgreSQL might take the order of a page from it, and read the rows of all other pods.
    primary key (pod_id, seq)
);
create index termination_by_end on termination (ended_at, seq);
