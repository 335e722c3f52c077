-- Tasks that Mesos runs for this framework and that belong to no instance. Stored so that their grace does not begin anew
-- with each leader.
create table orphan (
    task_id       text collate "C" primary key,
    agent_id      text,
    state         text        not null,
    first_seen    timestamptz not null,
    last_seen     timestamptz not null,
    kill_asked_at timestamptz,  -- by somebody, or when the engine gave its instance up; null: only time counts
    kill_asked_by text          -- empty for somebody without a name; null when nobody asked
);
create index orphan_asked_for on orphan (kill_asked_at) where kill_asked_by is not null;
