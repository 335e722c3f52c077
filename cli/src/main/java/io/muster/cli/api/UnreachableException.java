package io.muster.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Nobody answered, or not in a way that can be understood. The message says where was asked, and what came of it. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something that is said in one sentence already. */
    public UnreachableException(String message) {
        super(message);
    }

    /**
     * An attempt that failed.
     *
     * @param who such as {@code The server}
     */
    public static UnreachableException of(String who, URI where, IOException failure) {
        return new UnreachableException(who + " at " + where + " does not answer: " + reason(failure), failure);
    }

    /** The JDK's client often fails without a message, and says the cause only in the cause of a cause. */
    private static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException _, UnknownHostException _ -> {
                    return "its name is unknown";
                }
                case HttpConnectTimeoutException _ -> {
                    return "it could not be connected in time";
                }
                case HttpTimeoutException _ -> {
                    return "it took too long";
                }
                case SSLException tls -> {
                    return tls.getMessage() + " (an authority of your own is named by --cacert)";
                }
                default -> {
                    // the cause may say more
                }
            }
        }
        String message = failure.getMessage();
        if (message != null && !message.isEmpty()) {
            return message;
        }
        return failure instanceof ConnectException ? "the connection was refused" : "the connection broke";
    }
}
