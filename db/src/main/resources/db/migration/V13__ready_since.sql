-- Since when an instance has been ready without a break; null while it is not. That of instances which run now is not
-- known better than since when they have been as they are.
alter table instance add column ready_since timestamptz;
update instance set ready_since = condition_since where condition = 'RUNNING';
