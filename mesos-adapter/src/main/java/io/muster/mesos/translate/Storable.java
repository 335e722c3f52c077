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

    /** The begin of a text; no character is cut in two. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
