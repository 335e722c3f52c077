package io.muster.mesos.transport.jni;

/**
 * What a framework proves with who it is. Its text form hides the secret.
 *
 * @param principal as the masters know it
 * @param secret shared with the masters
 */
public record MasterCredential(String principal, String secret) {

    public MasterCredential {
        if (principal.isBlank() || secret.isEmpty()) {
            throw new IllegalArgumentException("a credential needs both a principal and a secret");
        }
    }

    @Override
    public String toString() {
        return "MasterCredential[" + principal + "]";
    }
}
