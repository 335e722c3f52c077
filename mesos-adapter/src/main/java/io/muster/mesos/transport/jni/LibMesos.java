package io.muster.mesos.transport.jni;

import java.time.Duration;
import org.apache.mesos.v1.Protos.Credential;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Scheduler;
import org.apache.mesos.v1.scheduler.V0Mesos;
import org.apache.mesos.v1.scheduler.V1Mesos;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the real library. The native side keeps only a weak reference to them, so whoever asks for one has to
 * hold it. Their finalizers are native and must run once at most, and never for an object whose construction failed:
 * both would end the JVM.
 */
final class LibMesos implements NativeMesos.Factory {

    private final JniTransportSettings settings;

    /** @param library the proof that it is there: without it the first use of the classes breaks them for good */
    LibMesos(JniTransportSettings settings, NativeLibrary.Loaded library) {
        this.settings = settings;
    }

    @Override
    public NativeMesos create(Scheduler callbacks, FrameworkInfo framework) {
        Credential credential = settings.credential().map(LibMesos::credential).orElse(null);
        String master = settings.master().text();
        return switch (settings.api()) {
            case V1 -> new V1(callbacks, master, credential);
            case V0 -> new V0(callbacks, framework, master, credential);
        };
    }

    private static Credential credential(MasterCredential credential) {
        return Credential.newBuilder()
                .setPrincipal(credential.principal())
                .setSecret(credential.secret())
                .build();
    }

    /**
     * Calls back from threads that its destructor does not wait for ({@code src/scheduler/scheduler.cpp}). Hence it is
     * destroyed only when it has given up its subscription, and has had time to come to rest.
     */
    private static final class V1 extends V1Mesos implements NativeMesos {

        private static final Duration REST = Duration.ofSeconds(2);

        private boolean alive;

        V1(Scheduler callbacks, String master, @Nullable Credential credential) {
            super(callbacks, master, credential);
            alive = true;
        }

        @Override
        public synchronized void send(Call call) {
            if (alive) {
                super.send(call);
            }
        }

        @Override
        public synchronized void reconnect() {
            if (alive) {
                super.reconnect();
            }
        }

        @Override
        public void close() {
            reconnect();
            try {
                Thread.sleep(REST);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            finalize();
        }

        @Override
        @SuppressWarnings({"Finalize", "removal"}) // it is native, and there is no other way to free the object
        protected synchronized void finalize() {
            if (alive) {
                alive = false;
                super.finalize();
            }
        }
    }

    /** Its destructor waits for a callback that is under way. */
    private static final class V0 extends V0Mesos implements NativeMesos {

        private boolean alive;

        V0(Scheduler callbacks, FrameworkInfo framework, String master, @Nullable Credential credential) {
            super(callbacks, framework, master, credential);
            alive = true;
        }

        @Override
        public synchronized void send(Call call) {
            if (alive) {
                super.send(call);
            }
        }

        @Override
        public void close() {
            finalize();
        }

        @Override
        @SuppressWarnings({"Finalize", "removal"}) // it is native, and there is no other way to free the object
        protected synchronized void finalize() {
            if (alive) {
                alive = false;
                super.finalize();
            }
        }
    }
}
