package io.muster.cli.logs;

/** A file that grows, and is read piece by piece. */
interface LogFile {

    /** How many bytes it has now; 0 if it is not there yet. */
    long size() throws InterruptedException;

    /** What there is from this byte on, which may be less than all; nothing at its end. */
    byte[] read(long offset, int length) throws InterruptedException;
}
