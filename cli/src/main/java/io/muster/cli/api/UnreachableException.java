package io.muster.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
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

    /** The JDK's client often fails without a message. */
    private static String reason(IOException failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof SSLException)) {
            root = root.getCause();
        }
        return switch (root) {
            case UnresolvedAddressException unknown -> "its name is unknown";
            case UnknownHostException unknown -> "its name is unknown";
            case HttpConnectTimeoutException late -> "it could not be connected in time";
            case HttpTimeoutException late -> "it took too long";
            case SSLException tls -> tls.getMessage() + " (an authority of your own is named by --cacert)";
            case ConnectException refused -> text(refused, "the connection was refused");
            case SocketException broken -> text(broken, "the connection broke");
            default -> text(root, failure.toString());
        };
    }

    private static String text(Throwable failure, String otherwise) {
        String message = failure.getMessage();
        return failure instanceof java.nio.channels.ClosedChannelException || message == null || message.isEmpty()
                ? otherwise
                : message;
    }
}
