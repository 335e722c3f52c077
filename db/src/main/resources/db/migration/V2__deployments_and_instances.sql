create table deployment (
    id             uuid             primary key,
    pod_id         text collate "C" not null references pod (id),
    kind           text             not null check (kind in ('CREATE', 'UPDATE', 'SCALE', 'DELETE', 'NOTHING')),
    state          text             not null check (state in ('SUBMITTED', 'ROLLING', 'SUCCEEDED', 'SUPERSEDED')),
    from_version   timestamptz,              -- what was exposed when it was accepted
    target_version timestamptz,              -- null for a delete
    frozen_status  text,                     -- the status queries show while it runs; null: computed
    frozen_since   timestamptz,
    superseded_by  uuid references deployment (id) deferrable initially deferred,
    created_at     timestamptz      not null,
    started_at     timestamptz,
    finished_at    timestamptz,
    row_version    bigint           not null,
    foreign key (pod_id, target_version) references pod_version (pod_id, version)
);
-- The lock of a pod: at most one running deployment.
create unique index deployment_one_running_per_pod on deployment (pod_id) where state in ('SUBMITTED', 'ROLLING');
create index deployment_submitted on deployment (created_at) where state = 'SUBMITTED';
create index deployment_by_pod on deployment (pod_id, created_at);

create table instance (
    id              text        primary key,
    pod_id          text collate "C" not null,
    version         timestamptz not null,
    goal            text        not null check (goal in ('RUNNING', 'DECOMMISSIONED')),
    condition       text        not null,
    condition_since timestamptz not null,
    healthy         boolean,
    scheduled_at    timestamptz not null,
    provisioned_at  timestamptz,
    active_since    timestamptz,
    agent_id        text,
    agent_hostname  text,
    agent_region    text,
    agent_zone      text,
    host_ports      integer[]   not null,
    kill_sent_at    timestamptz,
    foreign key (pod_id, version) references pod_version (pod_id, version)
);
create index instance_by_pod on instance (pod_id);

create table task (
    id             text        primary key,
    instance_id    text        not null references instance (id) on delete cascade,
    container      text        not null,
    position       integer     not null,  -- of the container in the definition
    condition      text        not null,
    health_checked boolean     not null,
    healthy        boolean,
    staged_at      timestamptz not null,
    started_at     timestamptz,
    addresses      text        not null   -- JSON
);
create index task_by_instance on task (instance_id);

-- The last failure of a pod, for its status.
create table last_failure (
    pod_id         text collate "C" primary key references pod (id),
    instance_id    text        not null,
    task_id        text        not null,
    state          text        not null,
    started_at     timestamptz not null,
    terminated_at  timestamptz not null,
    message        text
);

create table launch_delay (
    pod_id      text collate "C" not null,
    config_hash text             not null,
    reference   timestamptz      not null,
    delay_nanos bigint           not null,
    primary key (pod_id, config_hash)
);

create table event_outbox (
    id     bigint generated always as identity primary key,
    type   text             not null,
    pod_id text collate "C",
    body   jsonb            not null,
    at     timestamptz      not null
);
create index event_outbox_by_time on event_outbox (at);
