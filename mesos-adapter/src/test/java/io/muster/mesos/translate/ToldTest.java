package io.muster.mesos.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.muster.deploy.cluster.ExecutorMessage;
import java.nio.charset.StandardCharsets;
import org.apache.mesos.v1.Protos.Address;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.MasterInfo;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** What is read to be passed on alone. */
class ToldTest {

    private static ExecutorMessage message(byte[] data) {
        return Told.message(Event.Message.newBuilder()
                .setAgentId(AgentID.newBuilder().setValue("S0"))
                .setExecutorId(ExecutorID.newBuilder().setValue("instance-web.1"))
                .setData(ByteString.copyFrom(data))
                .build());
    }

    @Test
    void aMasterIsNamedByItsHostOrElseByItsAddress() {
        MasterInfo.Builder master = MasterInfo.newBuilder().setId("m").setIp(0).setPort(5050);

        assertThat(Told.master(master.build())).isEmpty();
        assertThat(Told.master(
                        master.setAddress(Address.newBuilder().setIp("10.0.0.1").setPort(5050))
                                .build()))
                .isEqualTo("10.0.0.1:5050");
        assertThat(Told.master(master.setHostname("m1.example").build())).isEqualTo("m1.example:5050");
    }

    @Test
    void aMessageIsReadAsText() {
        assertThat(message("hellö".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new ExecutorMessage("instance-web.1", "S0", "hellö"));
        assertThat(message(new byte[] {'a', 0, (byte) 0xff}).text()).isEqualTo("a\ufffd\ufffd");
    }

    @Test
    void aMessageIsCutBetweenCharacters() {
        String most = "x".repeat(Told.LONGEST_MESSAGE - 1);

        assertThat(message((most + "\ud83d\ude00" + "y".repeat(100_000)).getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo(most);
    }
}
