-- Deployments that were accepted by one request, and that clients see as one: the id they see. Null for one of its own.
alter table deployment add column bundle uuid;
create index deployment_by_bundle on deployment (bundle) where bundle is not null;
