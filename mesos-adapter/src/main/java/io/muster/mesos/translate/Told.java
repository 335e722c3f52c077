package io.muster.mesos.translate;

import com.google.protobuf.ByteString;
import io.muster.deploy.cluster.ExecutorMessage;
import java.nio.charset.StandardCharsets;
import org.apache.mesos.v1.Protos.MasterInfo;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Reads what is of no use but to be passed on to those who listen to Muster. */
public final class Told {

    static final int LONGEST_MESSAGE = 1_000;

    /** As many bytes as so many characters have at most. */
    private static final int MOST_BYTES = 4 * LONGEST_MESSAGE;

    private Told() {}

    /** {@code host:port}; empty if the master says nothing of itself. */
    public static String master(MasterInfo master) {
        String host = master.getHostname().isEmpty() ? master.getAddress().getIp() : master.getHostname();
        return host.isEmpty() ? "" : Storable.of(host) + ":" + master.getPort();
    }

    /** Read as UTF-8, with marks in place of what is none. */
    public static ExecutorMessage message(Event.Message message) {
        ByteString data = message.getData();
        String text = data.substring(0, Math.min(data.size(), MOST_BYTES)).toString(StandardCharsets.UTF_8);
        return new ExecutorMessage(
                Storable.of(message.getExecutorId().getValue()),
                Storable.of(message.getAgentId().getValue()),
                Storable.of(Storable.cut(text, LONGEST_MESSAGE)));
    }
}
