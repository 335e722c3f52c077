package io.muster.localmesos.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.localmesos.http.RequestReader.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static final int LARGEST_BODY = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RequestReader reader(String text) {
        return new RequestReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), out, LARGEST_BODY);
    }

    @Test
    void readsRequestsOneAfterAnother() throws Exception {
        RequestReader reader = reader(
                "POST /a?q=1 HTTP/1.1\r\nX-One: 1\r\nx-one:2\r\nContent-Length: 3\r\n\r\nabc"
                        + "\r\nPOST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nde\r\n1\r\nf\r\n0\r\nT: t\r\n\r\n");

        Request first = reader.next().orElseThrow();
        Request second = reader.next().orElseThrow();

        assertThat(first.path()).isEqualTo("/a");
        assertThat(first.header("X-ONE")).isEqualTo("1,2");
        assertThat(first.body()).asString().isEqualTo("abc");
        assertThat(second.body()).asString().isEqualTo("def");
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void tellsAClientThatWaitsForItToContinue() throws Exception {
        reader("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na")
                .next();

        assertThat(out).hasToString("HTTP/1.1 100 Continue\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense\\r\\n\\r\\n|400",
                "POST / HTTP/1.1\\r\\nno colon\\r\\n\\r\\n|400",
                "POST / HTTP/1.1\\r\\nContent-Length: -1\\r\\n\\r\\n|400",
                "POST / HTTP/1.1\\r\\nContent-Length: 11\\r\\n\\r\\n|413",
                "POST / HTTP/1.1\\r\\nContent-Length: 999999999999\\r\\n\\r\\n|413",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n8\\r\\n12345678\\r\\n3\\r\\nabc\\r\\n0\\r\\n\\r\\n|413",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz\\r\\n|400",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n|501",
            })
    void refusesWhatItCannotRead(String request, int status) {
        assertThatThrownBy(() -> reader(request.translateEscapes()).next())
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void boundsTheHead() {
        assertThatThrownBy(() ->
                        reader("GET / HTTP/1.1\r\nA: " + "a".repeat(70_000)).next())
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.status()).isEqualTo(431));
    }

    @Test
    void tellsAnEndInTheMiddleFromOneBetweenRequests() throws Exception {
        assertThat(reader("").next()).isEmpty();
        assertThatThrownBy(() -> reader("GET / HT").next()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() ->
                        reader("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na").next())
                .isInstanceOf(EOFException.class);
    }
}
