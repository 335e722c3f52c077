package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Subscribed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox(3);

    @Test
    void keepsTheOrder() throws InterruptedException {
        mailbox.onSubscribed(new FrameworkId("F"), "master.example:5050");
        mailbox.onOffers();
        mailbox.wake();

        assertThat(mailbox.drain(10, Duration.ZERO))
                .containsExactly(
                        new Subscribed(new FrameworkId("F"), "master.example:5050"),
                        new OffersCame(),
                        new ChangesCame());
    }

    @Test
    void holdsASignalOnce() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            mailbox.onOffers();
            mailbox.wake();
        }
        assertThat(mailbox.drain(10, Duration.ZERO)).containsExactly(new OffersCame(), new ChangesCame());

        mailbox.onOffers();
        assertThat(mailbox.drain(10, Duration.ZERO)).containsExactly(new OffersCame());
    }

    @Test
    void neverBlocksAnApiRequest() throws InterruptedException {
        fill();
        mailbox.wake();

        assertThat(mailbox.drain(10, Duration.ZERO)).hasSize(3);
        mailbox.wake();
        assertThat(mailbox.drain(10, Duration.ZERO)).containsExactly(new ChangesCame());
    }

    @Test
    void makesTheClusterWaitWhileItIsFull() throws InterruptedException {
        fill();
        Thread cluster = Thread.ofPlatform().start(() -> mailbox.onDisconnected("fourth"));
        await().until(() -> cluster.getState() == Thread.State.WAITING);

        assertThat(mailbox.drain(1, Duration.ZERO)).hasSize(1);
        cluster.join();
        assertThat(mailbox.drain(10, Duration.ZERO)).last().isEqualTo(new Disconnected("fourth"));
    }

    @Test
    void hasNothingWhenNothingComes() throws InterruptedException {
        assertThat(mailbox.drain(10, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void remembersThatTheFrameworkCannotGoOnAndWakesTheEngine() throws InterruptedException {
        assertThat(mailbox.dismissed()).isEmpty();

        mailbox.onRefused(Dismissal.FRAMEWORK_REMOVED, "gone");

        assertThat(mailbox.dismissed()).contains(new Dismissed(Dismissal.FRAMEWORK_REMOVED, "gone"));
        assertThat(mailbox.drain(10, Duration.ZERO)).containsExactly(new ChangesCame());
    }

    private void fill() {
        for (String reason : new String[] {"first", "second", "third"}) {
            mailbox.onDisconnected(reason);
        }
    }
}
