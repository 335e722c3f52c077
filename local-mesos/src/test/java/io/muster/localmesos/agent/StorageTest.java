package io.muster.localmesos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.localmesos.resources.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.Protos.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents keep beyond their life. */
class StorageTest {

    @TempDir
    private Path work;

    @Test
    void remembersWhatIsReservedForTheNextLife() throws Exception {
        Resources reserved = Resources.of(List.of(volume("one"), volume("two")));
        new Storage(work).keep("localhost", reserved);

        assertThat(new Storage(work).kept("localhost")).isEqualTo(reserved);
        assertThat(new Storage(work).kept("agent-1.localhost")).isEqualTo(Resources.NONE);
    }

    @Test
    void namesTheVolumesThatAreGone() throws Exception {
        Storage storage = new Storage(work);
        Path gone = storage.directory("localhost", volume("one"));
        assertThat(storage.keep("localhost", Resources.of(List.of(volume("one"), volume("two")))))
                .isEmpty();

        assertThat(storage.keep("localhost", Resources.of(List.of(volume("two")))))
                .containsExactly(gone);
    }

    @Test
    void deletesWhatACrashLeftBehind() throws Exception {
        Storage storage = new Storage(work);
        Path kept = storage.directory("localhost", volume("one"));
        Path left = storage.directory("localhost", volume("two"));
        Files.writeString(left.resolve("file"), "x");
        storage.keep("localhost", Resources.of(List.of(volume("one"))));

        storage.deleteOthers("localhost");

        assertThat(kept).exists();
        assertThat(left).doesNotExist();
    }

    @Test
    void anIdIsNoPath() {
        assertThatThrownBy(() -> new Storage(work).directory("localhost", volume("../../x")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("'../../x'");
    }

    @Test
    void whatIsReservedIsLessOfWhatThereWas() {
        Resources before = Resources.of(4, 1024, 1000, 31_000, 31_009);
        Resources reserved = Resources.of(List.of(volume("one")));

        Resources after = before.minus(reserved.unreserved()).plus(reserved);

        assertThat(after.amount("disk")).isEqualTo(before.amount("disk"));
        assertThat(after.dynamicallyReserved()).isEqualTo(reserved);
    }

    private static Resource volume(String id) {
        return Resource.newBuilder()
                .setName("disk")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(16))
                .addReservations(ReservationInfo.newBuilder()
                        .setType(ReservationInfo.Type.DYNAMIC)
                        .setRole("ops")
                        .setPrincipal("p"))
                .setDisk(DiskInfo.newBuilder()
                        .setPersistence(
                                DiskInfo.Persistence.newBuilder().setId(id).setPrincipal("p"))
                        .setVolume(Volume.newBuilder().setContainerPath("data").setMode(Volume.Mode.RW)))
                .build();
    }
}
