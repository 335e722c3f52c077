package io.muster.localmesos.agent;

import io.muster.localmesos.resources.Resources;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;

/**
 * What an executor needs from the machine: containers that start, answer checks and end. Local processes stand behind
 * it, or something that only pretends. No function waits; listeners are called from any thread, and never from within
 * the call that named them.
 */
public interface ContainerRunner extends AutoCloseable {
    /**
     * One container to start.
     *
     * @param containerId never used before
     * @param role to which the task's resources are allocated
     * @param shared persistent volumes of the executor, which its containers find in the shared directory
     */
    record Launch(Run run, String containerId, TaskInfo task, String role, Shared shared) {

        /** Without persistent volumes of the executor. */
        Launch(Run run, String containerId, TaskInfo task, String role) {
            this(run, containerId, task, role, new Shared("", List.of()));
        }
    }

    /**
     * Persistent volumes, each with its place in the shared directory.
     *
     * @param agentName the hostname of the agent, by which they are found again
     */
    record Shared(String agentName, List<Resource> volumes) {
        public Shared {
            volumes = List.copyOf(volumes);
        }
    }

    /** One life of an executor: where its containers' shared directory belongs. */
    record Run(String agentId, String executorId, String runId) {}

    /** What becomes of a launch: {@code launchFailed} alone, or {@code launched} and then {@code exited}. */
    interface Listener {
        void launched(long pid);

        void launchFailed(String message);

        /** The container's first process has ended and whatever it left behind was ended, too. */
        void exited(ExitStatus status);
    }

    /** How a container is asked to end. */
    enum Signal {
        TERM,
        KILL
    }

    /** The outcome of one health check; the message says why it failed. */
    record Probe(boolean healthy, String message) {}

    void launch(Launch launch, Listener listener);

    /** Signals every process of the container; without effect when it has ended. */
    void signal(String containerId, Signal signal);

    /** Checks the container once. A check that takes longer than the timeout has failed. */
    void probe(String containerId, HealthCheck check, Duration timeout, Consumer<Probe> answer);

    /** No container of this run lives or will be launched; its directory may go when others need the room. */
    void ended(Run run);

    /** What is reserved on an agent from now on, for its next life. Volumes that are not among it lose their files. */
    default void reserved(String agentName, Resources reserved) {}

    /** What was reserved in an earlier life of the agent. */
    default Resources reservedBefore(String agentName) {
        return Resources.NONE;
    }

    /** Ends what still runs, and returns when nothing does. */
    @Override
    void close();

    /** The texts and codes a process ends with. */
    record ExitStatus(int code) {
        private static final List<String> SIGNALS = List.of(
                "",
                "Hangup",
                "Interrupt",
                "Quit",
                "Illegal instruction",
                "Trace/breakpoint trap",
                "Aborted",
                "Bus error",
                "Floating point exception",
                "Killed",
                "User defined signal 1",
                "Segmentation fault",
                "User defined signal 2",
                "Broken pipe",
                "Alarm clock",
                "Terminated");

        public boolean succeeded() {
            return code == 0;
        }

        /**
         * As Mesos says it. The JVM shows the end by a signal as 128 plus its number, as shells do, so a program that
         * exits with such a code is taken for one that was ended by the signal.
         */
        public String message() {
            int signal = code - 128;
            return signal > 0 && signal < SIGNALS.size()
                    ? "Command terminated with signal " + SIGNALS.get(signal)
                    : "Command exited with status " + code;
        }
    }
}
