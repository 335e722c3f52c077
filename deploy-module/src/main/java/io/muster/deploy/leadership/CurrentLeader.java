package io.muster.deploy.leadership;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who leads, as every replica sees it. */
@Repository
public class CurrentLeader {

    private final JdbcClient jdbc;

    CurrentLeader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where clients reach the leader, host:port; empty while nobody leads. */
    public Optional<String> address() {
        return jdbc.sql("""
                        select address from leader_lease
                        where one = 1 and holder is not null and address is not null
                            and expires_at >= clock_timestamp()
                        """).query(String.class).optional();
    }

    /**
     * Asks whoever leads to let another lead. Its address is taken away, so that nobody is sent there any more, and when it
     * renews its lease it finds that and steps down.
     *
     * @return false if nobody leads, or who does was asked already
     */
    public boolean askToStepDown() {
        return jdbc.sql("""
                        update leader_lease set address = null
                        where one = 1 and holder is not null and address is not null
                            and expires_at >= clock_timestamp()
                        """).update() == 1;
    }

    /** Whether somebody leads. */
    public boolean exists() {
        return jdbc.sql("""
                        select exists (select 1 from leader_lease
                            where one = 1 and holder is not null and expires_at >= clock_timestamp())
                        """).query(Boolean.class).single();
    }

    /** The id that Mesos gave this framework; empty before the first subscription. */
    public Optional<String> frameworkId() {
        return jdbc.sql("select framework_id from framework")
                .query(String.class)
                .optional();
    }
}
