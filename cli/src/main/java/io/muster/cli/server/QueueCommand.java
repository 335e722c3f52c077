package io.muster.cli.server;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Table;
import io.muster.cli.text.Times;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows what waits to be launched. */
@Command(name = "queue", description = "Shows what waits to be launched, and why.")
public final class QueueCommand extends ApiCommand {

    public QueueCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.get("/v2/queue"));
        switch (shell().format()) {
            case TABLE -> shell().print(table(answer.json().path("queue")));
            case JSON -> shell().printJson(answer);
            case ID ->
                answer.json()
                        .path("queue")
                        .forEach(item ->
                                shell().print(item.path("pod").path("id").asString("")));
        }
        return ExitCode.OK;
    }

    private Table table(JsonNode queue) {
        var table = new Table("POD", "WAITING", "SINCE", "DELAY", "OFFERS", "UNUSED", "REFUSED FOR");
        for (JsonNode item : queue) {
            JsonNode offers = item.path("processedOffersSummary");
            long delay = item.path("delay").path("timeLeftSeconds").asLong(0);
            table.row(
                    item.path("pod").path("id").asString(""),
                    item.path("count").asInt(0),
                    shell().ago(item.path("since").asStringOpt()),
                    delay == 0 ? "" : Times.brief(Duration.ofSeconds(delay)),
                    offers.path("processedOffersCount").asLong(0),
                    offers.path("unusedOffersCount").asLong(0),
                    reasons(offers.path("rejectSummaryLastOffers")));
        }
        return table;
    }

    private static String reasons(JsonNode summary) {
        return summary.valueStream()
                .filter(reason -> reason.path("declined").asLong(0) > 0)
                .map(reason -> reason.path("reason").asString("") + " "
                        + reason.path("declined").asLong(0))
                .collect(Collectors.joining(", "));
    }
}
