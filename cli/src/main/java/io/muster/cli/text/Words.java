package io.muster.cli.text;

/** Numbers with their nouns. */
public final class Words {

    private Words() {}

    /** {@code 1 instance}, {@code 2 instances}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
