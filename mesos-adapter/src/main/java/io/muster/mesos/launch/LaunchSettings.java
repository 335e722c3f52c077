package io.muster.mesos.launch;

/**
 * What an operator chooses for all task groups.
 *
 * @param bridgeNetwork the name under which agents know the bridge network
 * @param envVarsPrefix in front of the endpoint variables, upper-cased; may be empty
 */
public record LaunchSettings(String bridgeNetwork, String envVarsPrefix) {}
