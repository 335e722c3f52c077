package io.muster.cli.shell;

import java.util.concurrent.Callable;

/** A command that asks the server. */
public abstract class ApiCommand implements Callable<Integer> {

    private final Shell shell;

    protected ApiCommand(Shell shell) {
        this.shell = shell;
    }

    protected Shell shell() {
        return shell;
    }

    /** Does it; failures are exceptions, which become a message and an exit code. */
    protected abstract ExitCode run() throws InterruptedException;

    @Override
    public Integer call() throws InterruptedException {
        return run().number();
    }
}
