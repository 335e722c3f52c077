package io.muster.mesos.transport.jni;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.mesos.MesosSettings;
import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.mesos.transport.LiveMasterContract;
import io.muster.mesos.transport.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The local Mesos over each transport, and a real master where the environment names one. */
class LiveMasterTest {

    private static final Duration FAILOVER = Duration.ofSeconds(1);

    @Nested
    class LocalOverHttp extends Local {

        @Override
        protected Transport transport() {
            return http(master());
        }
    }

    @Nested
    @OnTheBorder
    class LocalThroughV1 extends Local {

        @Override
        protected Transport transport() {
            return Border.transport(JniApi.V1, master());
        }
    }

    @Nested
    @OnTheBorder
    class LocalThroughV0 extends Local {

        @Override
        protected Transport transport() {
            return Border.transport(JniApi.V0, master());
        }
    }

    @Nested
    @RealMaster.OverHttp
    class RealOverHttp extends LiveMasterContract {

        @Override
        protected Transport transport() {
            return http(RealMaster.master().orElseThrow());
        }
    }

    @Nested
    @RealMaster.ThroughTheLibrary
    class RealThroughV1 extends LiveMasterContract {

        @Override
        protected Transport transport() {
            return real(JniApi.V1);
        }
    }

    @Nested
    @RealMaster.ThroughTheLibrary
    class RealThroughV0 extends LiveMasterContract {

        @Override
        protected Transport transport() {
            return real(JniApi.V0);
        }
    }

    abstract static class Local extends LiveMasterContract {

        @TempDir
        private Path work;

        private LocalMesos mesos;

        @BeforeEach
        void start() {
            mesos = LocalMesos.start(
                    LocalMesosSettings.in(work).withIntervals(Duration.ofMillis(50), Duration.ofMillis(200)));
        }

        @AfterEach
        void stop() {
            mesos.close();
        }

        String master() {
            return mesos.masterUri().getAuthority();
        }
    }

    private static Transport http(String master) {
        return new HttpTransport(
                HttpTransportSettings.of(
                        MesosSettings.of(List.of(master), "nobody", "localhost").masterAddresses(), FAILOVER),
                Clock.systemUTC(),
                new Random(1));
    }

    private static Transport real(JniApi api) {
        NativeLibrary library = NativeLibrary.load(Path.of(RealMaster.library().orElseThrow()));
        return switch (library) {
            case NativeLibrary.Unusable unusable -> throw new IllegalStateException(unusable.problem());
            case NativeLibrary.Loaded loaded ->
                new JniTransport(
                        JniTransportSettings.of(
                                api,
                                NativeMaster.of(List.of(RealMaster.master().orElseThrow())),
                                Optional.empty(),
                                Duration.ofMinutes(10)),
                        loaded,
                        Clock.systemUTC(),
                        new Random(1));
        };
    }
}
