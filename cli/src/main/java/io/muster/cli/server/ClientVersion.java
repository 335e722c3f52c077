package io.muster.cli.server;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which build of this client it is. */
public final class ClientVersion implements IVersionProvider {

    /** The version of the jar; {@code development} where there is none. */
    public static String text() {
        return Optional.ofNullable(ClientVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"muster " + text()};
    }
}
