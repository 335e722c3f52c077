package io.muster.mesos;

import io.muster.mesos.transport.Transport;
import io.muster.mesos.transport.jni.Border;
import io.muster.mesos.transport.jni.JniApi;
import io.muster.mesos.transport.jni.OnTheBorder;
import org.junit.jupiter.api.Nested;

/** The same life, told through the native border. */
class JniConversationTest {

    @Nested
    @OnTheBorder
    class V1 extends ConversationTest {

        @Override
        Transport transport(MesosSettings settings) {
            return Border.transport(JniApi.V1, settings.masters().getFirst());
        }
    }

    @Nested
    @OnTheBorder
    class V0 extends ConversationTest {

        @Override
        Transport transport(MesosSettings settings) {
            return Border.transport(JniApi.V0, settings.masters().getFirst());
        }
    }
}
