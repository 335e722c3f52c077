-- The body of an event is written once, where it stays. To number an event is to add a row that points to it. Nothing refers
-- to event by a foreign key: the check would lock, and so write, each of its rows again.
alter table event_outbox rename to event;
alter table event rename constraint event_outbox_pkey to event_pkey;
alter sequence event_outbox_id_seq rename to event_id_seq;

-- What one statement told, in that order, and has no numbers yet.
create table event_outbox (
    id     bigint generated always as identity primary key,
    events bigint[] not null check (cardinality(events) > 0)
);
insert into event_outbox (events) select array_agg(id order by id) from event having count(*) > 0;

alter table event_log rename to event_log_with_bodies;
alter table event_log_with_bodies rename constraint event_log_pkey to event_log_with_bodies_pkey;
create table event_log (
    seq   bigint primary key,  -- without gaps, in the order in which rows become visible
    event bigint not null
);
-- What has numbers gets the ids that follow those of what has none.
with numbered as (
    insert into event_log (seq, event)
    select seq, coalesce((select max(id) from event), 0) + row_number() over (order by seq) from event_log_with_bodies
    returning seq, event
)
insert into event (id, type, pod_id, body, at) overriding system value
select numbered.event, old.type, old.pod_id, old.body, old.at
from numbered join event_log_with_bodies old using (seq);
select setval('event_id_seq', max(id)) from event having count(*) > 0;
drop table event_log_with_bodies;
