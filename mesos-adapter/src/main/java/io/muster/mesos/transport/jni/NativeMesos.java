package io.muster.mesos.transport.jni;

import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Scheduler;

/**
 * One scheduler object of the native library. None of the methods may be called from a callback: the library would wait
 * for itself.
 */
interface NativeMesos extends AutoCloseable {

    /** Leaves a call with the library, which sends it when it can; ignored after {@link #close}. */
    void send(Call call);

    /** Breaks the connection and makes a new one, which the library tells as if it had happened by itself. V1 only. */
    void reconnect();

    /** Destroys the native object; tasks go on. May take seconds, and may be called again. */
    @Override
    void close();

    /** Makes such objects. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes an object, which begins to look for the leading master at once; callbacks may come before this returns.
         *
         * @param framework what V0 registers with; V1 hears of it with the SUBSCRIBE only
         * @throws LinkageError if the library is not one of Mesos, or of another age
         */
        NativeMesos create(Scheduler callbacks, FrameworkInfo framework);
    }
}
