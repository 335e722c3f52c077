-- What Mesos keeps for instances with persistent volumes, beyond their end. Not bound to a pod: what is left of a deleted pod
-- is remembered until it has been given back.
create table reservation (
    id               text collate "C" primary key,  -- of the instance it was made for; Mesos shows it in a label
    pod_id           text collate "C" not null,
    state            text        not null check (state in ('ASKED', 'MADE', 'UNWANTED')),
    holder           text collate "C",              -- the instance that uses it, or did when it became unwanted
    agent_id         text        not null,
    agent_hostname   text        not null,
    agent_region     text,
    agent_zone       text,
    agent_attributes text        not null,          -- JSON
    since            timestamptz not null           -- when it came to this state
);
create index reservation_by_pod on reservation (pod_id);
create unique index reservation_one_for_each_holder on reservation (holder) where state <> 'UNWANTED';
