package io.muster.mesos;

import io.muster.deploy.cluster.FrameworkId;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;

/** Who Muster says it is. */
final class FrameworkInfos {

    private static final List<Capability.Type> CAPABILITIES =
            List.of(Capability.Type.PARTITION_AWARE, Capability.Type.REGION_AWARE, Capability.Type.TASK_KILLING_STATE);

    private FrameworkInfos() {}

    /**
     * One role, given in the older way: the layout of offers is that of Marathon 1.7.
     *
     * @param id absent only before the very first subscription
     */
    @SuppressWarnings("deprecation") // the field for frameworks of one role
    static FrameworkInfo of(MesosSettings settings, Optional<FrameworkId> id) {
        FrameworkInfo.Builder info = FrameworkInfo.newBuilder()
                .setUser(settings.user())
                .setName(settings.frameworkName())
                .setRole(settings.role())
                .setHostname(settings.hostname())
                .setFailoverTimeout(settings.failoverTimeout().toMillis() / 1000.0)
                // Without it tasks do not survive a restart of their agent.
                .setCheckpoint(true);
        id.ifPresent(known -> info.setId(FrameworkID.newBuilder().setValue(known.text())));
        settings.webuiUrl().ifPresent(info::setWebuiUrl);
        settings.principal().ifPresent(info::setPrincipal);
        CAPABILITIES.forEach(
                type -> info.addCapabilities(Capability.newBuilder().setType(type)));
        if (settings.gpuResources()) {
            info.addCapabilities(Capability.newBuilder().setType(Capability.Type.GPU_RESOURCES));
        }
        return info.build();
    }
}
