package io.muster.cli.deployment;

import picocli.CommandLine.Command;

/** Commands about deployments. */
@Command(name = "deployment", description = "Shows, watches and steers deployments.")
public final class DeploymentGroup {}
