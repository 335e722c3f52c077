package io.muster.localmesos.operator;

import io.muster.localmesos.agent.Registration;
import io.muster.localmesos.agent.Registration.KnownTask;
import io.muster.localmesos.operator.SandboxFiles.RunDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What master and agents say of the agents: of Mesos' many members those that lead to a sandbox. */
final class AgentStates {

    private static final String ADDRESS = "127.0.0.1";

    private final SandboxFiles files;

    AgentStates(SandboxFiles files) {
        this.files = files;
    }

    /** The agents as the master lists them. */
    ObjectNode slaves(List<Registration> agents, int port) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode slaves = document.putArray("slaves");
        for (int i = 0; i < agents.size(); i++) {
            slaves.add(identity(agents.get(i), i + 1, port).put("active", true));
        }
        document.putArray("recovered_slaves");
        return document;
    }

    private static ObjectNode identity(Registration agent, int number, int port) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", agent.info().getId().getValue())
                .put("hostname", agent.info().getHostname())
                .put("port", port)
                .put("pid", "slave(" + number + ")@" + ADDRESS + ":" + port);
    }

    /** One agent as it shows itself. Executors that have ended are listed as long as their sandboxes are kept. */
    ObjectNode state(Registration agent, int number, int port) {
        ObjectNode document = identity(agent, number, port);
        Map<String, List<RunDirectory>> runs = files.runs(agent.info().getId().getValue());
        Set<String> shown = new HashSet<>();
        ArrayNode frameworks = document.putArray("frameworks");
        Map<String, ObjectNode> byId = new HashMap<>();
        for (FrameworkInfo framework : agent.frameworks()) {
            ObjectNode json = frameworks.addObject();
            json.put("id", framework.getId().getValue()).put("name", framework.getName());
            json.putArray("executors");
            json.putArray("completed_executors");
            byId.put(framework.getId().getValue(), json);
        }
        for (Registration.LivingExecutor executor : agent.executors()) {
            String id = executor.executor().getValue();
            ObjectNode framework = byId.get(executor.framework().getValue());
            if (framework != null && runs.containsKey(id)) {
                RunDirectory run = runs.get(id).getLast();
                shown.add(run.path());
                framework.withArray("executors").add(living(executor, agent.tasks(), run));
            }
        }
        ended(document, runs, shown, byId);
        return document;
    }

    private static ObjectNode living(Registration.LivingExecutor executor, List<KnownTask> tasks, RunDirectory run) {
        ObjectNode json = executor(executor.executor().getValue(), run);
        ArrayNode array = json.putArray("tasks");
        tasks.stream()
                .filter(task -> task.framework().equals(executor.framework())
                        && task.latest().getExecutorId().equals(executor.executor()))
                .forEach(task -> array.addObject()
                        .put("id", task.latest().getTaskId().getValue())
                        .put("state", task.latest().getState().name()));
        ArrayNode completed = json.putArray("completed_tasks");
        run.tasks().forEach(task -> completed.addObject().put("id", task));
        return json;
    }

    /** Whose they were is told by nothing that is kept: those of an agent with one framework are that one's. */
    private static void ended(
            ObjectNode document,
            Map<String, List<RunDirectory>> runs,
            Set<String> shown,
            Map<String, ObjectNode> byId) {
        ArrayNode completed = document.putArray("completed_frameworks");
        ArrayNode executors = byId.size() == 1
                ? byId.values().iterator().next().withArray("completed_executors")
                : completed.addObject().put("id", "").withArray("completed_executors");
        runs.forEach((id, directories) -> directories.stream()
                .filter(run -> !shown.contains(run.path()))
                .forEach(run -> {
                    ObjectNode json = executor(id, run);
                    ArrayNode tasks = json.putArray("completed_tasks");
                    run.tasks().forEach(task -> tasks.addObject().put("id", task));
                    executors.add(json);
                }));
    }

    private static ObjectNode executor(String id, RunDirectory run) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("container", run.id())
                .put("directory", run.path());
    }
}
