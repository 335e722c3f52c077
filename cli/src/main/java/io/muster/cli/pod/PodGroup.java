package io.muster.cli.pod;

import picocli.CommandLine.Command;

/** Commands about pods. */
@Command(name = "pod", description = "Creates, changes, removes and shows pods.")
public final class PodGroup {}
