package io.muster.mesos.translate;

/** Text that the database can hold: PostgreSQL takes every character but the one of number 0. */
final class Storable {

    private Storable() {}

    static boolean is(String text) {
        return text.indexOf('\0') < 0;
    }

    /** The text with a mark in place of what cannot be held. */
    static String of(String text) {
        return is(text) ? text : text.replace('\0', '\uFFFD');
    }
}
