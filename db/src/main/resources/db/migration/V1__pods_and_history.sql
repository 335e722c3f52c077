-- A pod id, once accepted, keeps its row for ever; a delete only ends its present life.
create table pod (
    id              text collate "C" primary key,
    life            integer     not null,  -- how many times it was created
    present         boolean     not null,  -- false after a delete has completed
    exposed_version timestamptz,           -- what queries show; null in the first deployment of a life
    target_version  timestamptz not null,  -- what was accepted last
    created_at      timestamptz not null,
    deleted_at      timestamptz,
    row_version     bigint      not null
);
create index pod_present on pod (id) where present;

-- Every definition that was ever accepted. Rows are written once (ADR 0003).
create table pod_version (
    pod_id       text collate "C" not null references pod (id),
    version      timestamptz      not null check (version = date_trunc('milliseconds', version)),
    life         integer          not null,
    config_hash  text             not null,
    definition   text             not null,  -- JSON as text: number literals keep their digits
    submitted_by text,
    primary key (pod_id, version)
);

-- What happened to the versions and lives of a pod id. Rows are written once.
create table pod_audit (
    seq           bigint generated always as identity primary key,
    pod_id        text collate "C" not null references pod (id),
    life          integer          not null,
    at            timestamptz      not null,
    what          text             not null,
    version       timestamptz,
    deployment_id uuid,
    who           text,
    foreign key (pod_id, version) references pod_version (pod_id, version)
);
create index pod_audit_by_pod on pod_audit (pod_id, seq);

create function refuse_rewriting_history() returns trigger language plpgsql as $$
begin
    raise exception 'history is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;

create trigger pod_version_is_append_only before update or delete on pod_version
    for each row execute function refuse_rewriting_history();
create trigger pod_version_is_not_truncated before truncate on pod_version
    for each statement execute function refuse_rewriting_history();
create trigger pod_audit_is_append_only before update or delete on pod_audit
    for each row execute function refuse_rewriting_history();
create trigger pod_audit_is_not_truncated before truncate on pod_audit
    for each statement execute function refuse_rewriting_history();
