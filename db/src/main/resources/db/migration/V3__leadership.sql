-- Who leads: acquired, renewed and released. Renewing must not wait for the epoch's readers, hence two tables.
create table leader_lease (
    one        integer     primary key check (one = 1),
    holder     text,
    expires_at timestamptz not null
);
insert into leader_lease values (1, null, to_timestamp(0));

-- Grows with each change of leader; every transaction of the engine share-locks the epoch it was elected with.
create table leader_epoch (
    one   integer primary key check (one = 1),
    epoch bigint  not null
);
insert into leader_epoch values (1, 0);

-- The id under which Mesos knows this installation.
create table framework (
    one          integer     primary key check (one = 1),
    framework_id text        not null,
    stored_at    timestamptz not null
);
