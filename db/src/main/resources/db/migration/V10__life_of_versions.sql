-- An index on seq alone gave the order of a page to PostgreSQL, which then read what happened to all other pods since.
alter table pod_audit drop constraint pod_audit_pkey;
alter table pod_audit add primary key (pod_id, seq);
drop index pod_audit_by_pod;

-- What happened to one version, and which versions were ever shown, without reading all that happened to its pod.
create index pod_audit_by_version on pod_audit (pod_id, version, what);
-- When a version ceased to be shown.
create index pod_audit_ends_of_exposure on pod_audit (pod_id, seq) where what in ('EXPOSED', 'DELETED');

-- A version may lose its definition, and nothing else; then it says who took it and why (ADR 0015).
alter table pod_version alter column definition drop not null;
alter table pod_version
    add column purged_at    timestamptz,
    add column purged_by    text,
    add column purge_reason text,
    add constraint pod_version_is_kept_or_purged check (
        (definition is null) = (purged_at is not null) and (purged_at is null) = (purge_reason is null));

-- Runs with the rights of the owner, who alone may update; and the trigger lets nobody update but this function.
create function purge_version(
    purged_pod text, purged_version timestamptz, purging_user text, purging_reason text
) returns timestamptz language plpgsql security definer as $$
declare
    purged_life integer;
    moment      timestamptz := clock_timestamp();
begin
    update pod_version
    set definition = null, purged_at = moment, purged_by = purging_user, purge_reason = purging_reason
    where pod_id = purged_pod and version = purged_version and definition is not null
    returning life into purged_life;
    if not found then
        return null;
    end if;
    insert into pod_audit (pod_id, life, at, what, version, who)
    values (purged_pod, purged_life, moment, 'PURGED', purged_version, purging_user);
    return moment;
end
$$;
revoke all on function purge_version(text, timestamptz, text, text) from public;

-- Who is called by whom cannot be set by a statement, as a variable can.
create function permit_nothing_but_a_purge() returns trigger language plpgsql as $$
declare
    callers text;
begin
    get diagnostics callers = pg_context;
    if callers !~ '(?n)^[^"]*purge_version\(text,timestamp with time zone,text,text\)'
        or old.definition is null
        or new.definition is not null
        or to_jsonb(new) - array['definition', 'purged_at', 'purged_by', 'purge_reason']
            is distinct from to_jsonb(old) - array['definition', 'purged_at', 'purged_by', 'purge_reason']
    then
        raise exception 'history is append-only: % on % is refused', tg_op, tg_table_name
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

drop trigger pod_version_is_append_only on pod_version;
create trigger pod_version_is_append_only before delete on pod_version
    for each row execute function refuse_rewriting_history();
create trigger pod_version_is_only_purged before update on pod_version
    for each row execute function permit_nothing_but_a_purge();

-- Names are looked up in this schema and the system's alone, whatever the caller's search path says.
do $$
begin
    execute format('alter function purge_version(text, timestamptz, text, text) set search_path = pg_catalog, %I, pg_temp',
        current_schema());
    execute format('alter function permit_nothing_but_a_purge() set search_path = pg_catalog, %I, pg_temp',
        current_schema());
end
$$;
