package io.muster.localmesos.replay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How local-mesos differs from the recorded master, and why; everything else must be the same. */
final class Differences {
    private static final Map<String, String> MASTERS = Map.of(
            "scheduler-v1", "c5935fde-8082-4294-83e4-e17cd302cb83",
            "scheduler-v1-errors", "a87a9714-6fdb-41fd-af44-8432c66cc4c2",
            "scheduler-v1-no-capabilities", "f1bca6c1-9f91-4963-8e26-783db0a2ad96",
            "scheduler-v1-linux-launcher", "98d7009d-c773-483d-8e7f-a02685627d83",
            "master-failover-zk", "1eca5c16-e8e9-4c01-9b36-f2b69b0e2c60");

    /** The one that led after the first had died in master-failover-zk. */
    static final String SECOND_MASTER = "c6947c93-bf06-454d-974f-152c497758fe";

    /** For an offer that, when it was accepted, had been spent by something that was not recorded. */
    static final String SPENT_OFFER = "00000000-0000-0000-0000-000000000000-O0";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern OFFER_NUMBER = Pattern.compile("-O\\d+");
    private static final Pattern AGENT_ADDRESS = Pattern.compile("slave\\(1\\)@127\\.0\\.0\\.1:\\d+");

    /**
     * One explained difference.
     *
     * @param session where it is seen
     * @param what the name of an exchange, or a group of a stream's summary
     */
    private record Difference(String session, String what, String why) {}

    private static final String NO_DISK_LIMIT = "disk is counted here, not limited";

    private static final String NOTHING_IS_FETCHED =
            "scripted containers fail to start, where the recorded fetcher exited with 1";

    private static final List<Difference> ALL = List.of(
            new Difference(
                    "scheduler-v1", "task pod4.tcp", "it has a check, which is not a health check: none are run here"),
            new Difference(
                    "scheduler-v1",
                    "executor pod11",
                    "the recorded agent, started anew, was gone before it told of the end of the executor"),
            new Difference("scheduler-v1-errors", "034-no-such-endpoint", "there is no operator API here"),
            new Difference("scheduler-v1-errors", "task x14.a", NOTHING_IS_FETCHED),
            new Difference("scheduler-v1-errors", "task x15.a", NOTHING_IS_FETCHED),
            new Difference("scheduler-v1-errors", "task x16.a", "a container that cannot be started has a reason here"),
            new Difference("scheduler-v1-linux-launcher", "task dq.hog", NO_DISK_LIMIT),
            new Difference("scheduler-v1-linux-launcher", "task dq.mate", NO_DISK_LIMIT),
            new Difference("scheduler-v1-linux-launcher", "executor dq", NO_DISK_LIMIT));

    private Differences() {}

    static String recordedMaster(String session) {
        return MASTERS.get(session);
    }

    static boolean explains(String session, String what) {
        return ALL.stream()
                .anyMatch(difference -> difference.session().equals(session)
                        && difference.what().equals(what));
    }

    /**
     * A line of a stream's summary without what differs from session to session, or from task to task, of the same
     * master: ids, how much was free, the statistics of a kernel, and, except of running containers, whether the agent knew the address
     * and process of the container at that moment.
     */
    static String comparable(String line) {
        String comparable = withoutIds(line)
                .replaceAll("\n\nMEMORY STATISTICS: [^']*", "")
                .replaceAll("more than available [^']*", "more than available");
        return line.startsWith("TASK_STARTING") || line.startsWith("TASK_KILLING")
                ? comparable.replaceAll("container_status\\.(network_infos[a-z_.]*|executor_pid), ", "")
                : comparable;
    }

    /** Ids are made up by each master, and offers are counted as they come. */
    static String withoutIds(String text) {
        String withoutIds = ID.matcher(text).replaceAll("<id>");
        String withoutOffers = OFFER_NUMBER.matcher(withoutIds).replaceAll("-O<n>");
        return AGENT_ADDRESS.matcher(withoutOffers).replaceAll("slave(1)@<address>");
    }

    /** The recorded master was a little newer than the messages used here: this name is not in them. */
    static byte[] withoutNewerNames(byte[] record) {
        return new String(record, StandardCharsets.UTF_8)
                .replace("{\"type\":\"QUOTA_V2\"}", "{}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
