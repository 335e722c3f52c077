package io.muster.localmesos.master;

/** What a master that is asked over HTTP is: only a leading one acts. */
public sealed interface Leadership {
    /** This one, which acts. */
    record Leading(Master master) implements Leadership {}

    /** Another one leads: whoever asks is sent there. */
    record Following(String leaderHostAndPort) implements Leadership {}

    /** No master leads. */
    record Leaderless() implements Leadership {}

    /** This one leads, and is still reading what its predecessor left. */
    record Recovering() implements Leadership {}
}
