package io.muster.localmesos.master;

import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** Calls as those send and check them who need no HTTP. */
public final class Calls {
    private Calls() {}

    /** The 4xx or 501 for a call that is not well-formed, whoever sends it; empty for a good one. */
    public static Optional<Answer.Refused> check(Call call) {
        return CallValidation.check(call);
    }

    /** The subscription of a framework, a new one unless it has an id. */
    public static Call subscribe(FrameworkInfo info) {
        var call = Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info));
        if (info.hasId()) {
            call.setFrameworkId(info.getId());
        }
        return call.build();
    }
}
