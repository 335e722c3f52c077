-- What the role ${appRole} may do. Runs after each migration, so that new tables are covered, and can run any number of times.
-- Where this role owns the tables itself there is nothing to grant; then the triggers alone guard history.
do $$
declare
    app        constant name := '${appRole}';
    relation   record;
    purge      constant regprocedure := to_regprocedure('purge_version(text, timestamptz, text, text)');
    written_once constant name[] := array['pod_version', 'pod_audit'];
begin
    -- Two replicas that start at the same moment would fail over each other's grants.
    perform pg_advisory_xact_lock(hashtextextended('muster grants', 0));

    if app <> current_user then
        execute format('grant usage on schema %I to %I', current_schema(), app);
    end if;

    for relation in
        select c.relname as name, c.relkind as kind
        from pg_class c
        where c.relnamespace = current_schema()::regnamespace
          and c.relkind in ('r', 'p', 'S')
          and c.relname <> '${flyway:table}'
          and pg_get_userbyid(c.relowner) <> app
          and pg_has_role(c.relowner, 'usage')
        order by c.relname
    loop
        if relation.kind = 'S' then
            execute format('grant usage on sequence %I to %I', relation.name, app);
        elsif relation.name = any (written_once) then
            execute format('revoke all on table %I from %I', relation.name, app);
            execute format('grant select, insert on table %I to %I', relation.name, app);
        else
            execute format('grant select, insert, update, delete on table %I to %I', relation.name, app);
        end if;
    end loop;

    -- A process that may not migrate can still see whether the schema is the one it was made for.
    if app <> current_user then
        execute format('grant select on table %I to %I', '${flyway:table}', app);
    end if;

    -- The one way to rewrite what is written once; it leaves a tombstone.
    if app <> current_user and purge is not null then
        execute format('revoke all on function %s from public', purge);
        execute format('grant execute on function %s to %I', purge, app);
    end if;
end
$$;
