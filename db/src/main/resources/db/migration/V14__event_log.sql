-- What is committed waits in event_outbox until it is numbered, which moves it to event_log. Bodies are sent as they were
-- written, with their members in that order.
alter table event_outbox alter column body type text;
drop index event_outbox_by_time;

create table event_log (
    seq    bigint           primary key,  -- without gaps, in the order in which rows become visible
    type   text             not null,
    pod_id text collate "C",
    body   text             not null,
    at     timestamptz      not null
);

-- Whoever numbers locks the row. The log id tells numbers of this log from those of another, such as one that was restored
-- to an earlier time: then it is given another.
create table event_numbering (
    one    integer primary key check (one = 1),
    log_id text    not null check (log_id ~ '^[0-9a-f]{8}$'),
    newest bigint  not null
);
insert into event_numbering (one, log_id, newest) values (1, left(gen_random_uuid()::text, 8), 0);
