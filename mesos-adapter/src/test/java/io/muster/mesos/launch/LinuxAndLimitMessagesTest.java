package io.muster.mesos.launch;

import static io.muster.mesos.launch.SampleLaunch.group;
import static io.muster.mesos.launch.SampleLaunch.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.muster.mesos.SampleContainer;
import io.muster.mesos.SamplePod;
import io.muster.pods.model.IpcInfo;
import io.muster.pods.model.ResourceLimit;
import io.muster.pods.model.Seccomp;
import java.math.BigDecimal;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.LinuxInfo;
import org.apache.mesos.v1.Protos.SeccompInfo;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;
import org.junit.jupiter.api.Test;

class LinuxAndLimitMessagesTest {

    private static final ResourceLimit UNLIMITED = new ResourceLimit.Unlimited();

    private static Value.Scalar scalar(double value) {
        return Value.Scalar.newBuilder().setValue(value).build();
    }

    private static LinuxInfo linux(TaskInfo task) {
        assertThat(task.getContainer().hasLinuxInfo()).isTrue();
        return task.getContainer().getLinuxInfo();
    }

    @Test
    void limitsWhatATaskMayUseAndGivesAllTasksCgroupsOfTheirOwn() {
        SamplePod pod = SamplePod.of("/p")
                .container(SampleContainer.named("burst")
                        .limits(UNLIMITED, new ResourceLimit.Amount(new BigDecimal("64.5"))))
                .container(SampleContainer.named("half").limits(null, UNLIMITED))
                .container(SampleContainer.named("plain"));

        var tasks = group(pod).getTaskGroup().getTasksList();

        assertThat(tasks.get(0).getLimitsMap())
                .containsOnly(entry("cpus", scalar(Double.POSITIVE_INFINITY)), entry("mem", scalar(64.5)));
        assertThat(tasks.get(1).getLimitsMap()).containsOnlyKeys("mem");
        assertThat(tasks.get(2).getLimitsMap()).isEmpty();
        assertThat(tasks).allSatisfy(task -> {
            assertThat(linux(task).hasShareCgroups()).isTrue();
            assertThat(linux(task).getShareCgroups()).isFalse();
        });
    }

    @Test
    void sharesCgroupsOnTasksAloneWhereThatIsAskedFor() {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c")).legacySharedCgroups();

        assertThat(linux(task(pod)).getShareCgroups()).isTrue();
        assertThat(group(pod).getExecutor().hasContainer()).isFalse();
    }

    @Test
    void confinesATaskByProfileOrNotAtAll() {
        TaskInfo profile = task(SamplePod.of("/p")
                .container(SampleContainer.named("c").linuxInfo(new Seccomp.Profile("strict.json"), null)));
        TaskInfo unconfined = task(
                SamplePod.of("/p").container(SampleContainer.named("c").linuxInfo(new Seccomp.Unconfined(), null)));

        assertThat(linux(profile))
                .isEqualTo(LinuxInfo.newBuilder()
                        .setSeccomp(SeccompInfo.newBuilder().setProfileName("strict.json"))
                        .build());
        assertThat(linux(unconfined).getSeccomp())
                .isEqualTo(SeccompInfo.newBuilder().setUnconfined(true).build());
    }

    @Test
    void givesSharedMemoryToPodAndTask() {
        SamplePod pod = SamplePod.of("/p")
                .ipc(new IpcInfo.Private(64))
                .container(SampleContainer.named("c").linuxInfo(null, new IpcInfo.ShareParent()));

        ExecutorInfo executor = group(pod).getExecutor();

        assertThat(executor.getContainer().getLinuxInfo())
                .isEqualTo(LinuxInfo.newBuilder()
                        .setIpcMode(LinuxInfo.IpcMode.PRIVATE)
                        .setShmSize(64)
                        .build());
        assertThat(linux(task(pod)))
                .isEqualTo(LinuxInfo.newBuilder()
                        .setIpcMode(LinuxInfo.IpcMode.SHARE_PARENT)
                        .build());
    }

    @Test
    void leavesTheSizeOfSharedMemoryToTheAgent() {
        LinuxInfo linux = linux(task(
                SamplePod.of("/p").container(SampleContainer.named("c").linuxInfo(null, new IpcInfo.Private(null)))));

        assertThat(linux.getIpcMode()).isEqualTo(LinuxInfo.IpcMode.PRIVATE);
        assertThat(linux.hasShmSize()).isFalse();
    }
}
