package io.muster.deploy.model;

/**
 * What a deployment does with the instances of its pod. The sum of those kept, replaced and ended is that of the
 * instances there are.
 *
 * @param kept stay as they are
 * @param replaced end, each for one of the new configuration
 * @param started begin in addition to these
 * @param ended end without another in their place
 */
public record Forecast(int kept, int replaced, int started, int ended) {

    /** All instances stay as they are. */
    public static Forecast nothing(int instances) {
        return new Forecast(instances, 0, 0, 0);
    }

    /**
     * By what there is now.
     *
     * @param current how many instances have the configuration of the target
     * @param old how many have another
     * @param wanted how many there are to be; 0 for a delete
     */
    public static Forecast of(int current, int old, int wanted) {
        int kept = Math.min(current, wanted);
        int replaced = Math.min(old, wanted - kept);
        return new Forecast(kept, replaced, wanted - kept - replaced, current - kept + old - replaced);
    }
}
