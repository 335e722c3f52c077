-- A deployment can be paused, rolled back, cancelled, or fail; and it knows who wanted it, why, and what is to be done
-- when it does not get on.
alter table deployment drop constraint deployment_kind_check;
alter table deployment add constraint deployment_kind_check
    check (kind in ('CREATE', 'UPDATE', 'SCALE', 'RESTART', 'DELETE', 'NOTHING'));
alter table deployment drop constraint deployment_state_check;
alter table deployment add constraint deployment_state_check check (state in
    ('SUBMITTED', 'ROLLING', 'PAUSED', 'SUCCEEDED', 'SUPERSEDED', 'ROLLED_BACK', 'CANCELLED', 'FAILED'));

alter table deployment
    add column state_since  timestamptz,  -- since when it is rolling or paused; limits count from here
    add column requested_by text,
    add column reason       text,         -- of who asked for it
    add column forced       boolean not null default false,
    add column supersedes   uuid,         -- the one it was forced over
    add column rolls_back   uuid,         -- the one whose effect it undoes
    add column on_failure   text    not null default 'CONTINUE' check (on_failure in ('CONTINUE', 'PAUSE', 'ROLLBACK')),
    add column timeout_ms   bigint,       -- null: none
    add column max_failures integer,      -- null: any number
    add column failures     integer not null default 0,
    add column message      text;         -- why it was paused, failed, or is over a limit
-- superseded_by also names the deployment that rolled this one back.
update deployment set state_since = started_at where state = 'ROLLING';

-- The lock of a pod: a paused deployment holds it, too.
drop index deployment_one_running_per_pod;
create unique index deployment_one_running_per_pod on deployment (pod_id)
    where state in ('SUBMITTED', 'ROLLING', 'PAUSED');
create index deployment_by_time on deployment (created_at, id);

-- Deployments that the API cancelled, paused or resumed, until the engine has looked at them.
create table deployment_notice (
    id     bigint generated always as identity primary key,
    pod_id text collate "C" not null references pod (id)
);
