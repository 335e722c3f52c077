-- Where clients reach the leader, host:port. Null while a program of an earlier release leads.
alter table leader_lease add column address text;
