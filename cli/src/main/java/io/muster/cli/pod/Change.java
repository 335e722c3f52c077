package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.deployment.WaitOptions;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Plain;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that changes a pod, or tells what the change would do. */
abstract class Change extends ApiCommand {

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    boolean dryRun;

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @Mixin
    WaitOptions waiting = new WaitOptions();

    Change(Shell shell) {
        super(shell);
    }

    /** Sends the change, and says in one word what was done to the pod. */
    ExitCode send(Call call, String pod, String done) throws InterruptedException {
        waiting.check();
        Answer answer = shell().send(change.on(call).with("dryRun", dryRun));
        if (!dryRun) {
            return waiting.finish(shell(), answer, done + " " + Plain.line(pod));
        }
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
        } else {
            PlanText.lines(answer.json()).forEach(shell()::print);
        }
        return ExitCode.OK;
    }
}
