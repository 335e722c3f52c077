-- Kills of instances that users asked for, until the engine has stored the goal of the instance, or found that it is gone.
create table kill_request (
    instance_id  text collate "C" primary key,
    pod_id       text collate "C" not null,
    wipe         boolean          not null,
    requested_at timestamptz      not null,
    requested_by text
);
create index kill_request_by_time on kill_request (requested_at, instance_id);
