package io.muster.mesos.transport.jni;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * What the first bytes of a library tell: the machine it is for, under the name that the JVM uses for it
 * ({@code os.arch}), or {@code machine <number>} for one that no JVM runs on today.
 */
record ElfHeader(String architecture) {

    /** So many bytes are needed: up to {@code e_machine}. */
    static final int LENGTH = 20;

    private static final int MAGIC = 0x7F454C46;
    private static final int DATA = 5;
    private static final byte LITTLE_ENDIAN = 1;
    private static final int MACHINE = 18;

    /** Empty for a file that is no ELF file. */
    static Optional<ElfHeader> of(byte[] start) {
        ByteBuffer bytes = ByteBuffer.wrap(start);
        if (start.length < LENGTH || bytes.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        boolean little = start[DATA] == LITTLE_ENDIAN;
        bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return Optional.of(new ElfHeader(name(Short.toUnsignedInt(bytes.getShort(MACHINE)), little)));
    }

    /** The name in this class for what {@code os.arch} says: the same machine has several. */
    static String architectureOfJvm(String osArch) {
        String lower = osArch.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x86-64", "x64" -> "amd64";
            case "arm64" -> "aarch64";
            case "x86", "i486", "i586", "i686" -> "i386";
            default -> lower;
        };
    }

    private static String name(int machine, boolean little) {
        return switch (machine) {
            case 3 -> "i386";
            case 20 -> "ppc";
            case 21 -> little ? "ppc64le" : "ppc64";
            case 22 -> "s390x";
            case 40 -> "arm";
            case 62 -> "amd64";
            case 183 -> "aarch64";
            case 243 -> "riscv64";
            case 258 -> "loongarch64";
            default -> "machine " + machine;
        };
    }
}
