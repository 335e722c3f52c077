package io.muster.broken.pods.model;

import com.google.protobuf.ByteString;
import io.muster.broken.pods.web.Page;
import jakarta.persistence.Entity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entity in a model, with a message, a look at the clock and a way back to where it came from. */
@Entity
public class AsksTheClock {

    @Nullable
    ByteString message;

    @Nullable
    Page page;

    Instant when() {
        return Instant.now();
    }
}
