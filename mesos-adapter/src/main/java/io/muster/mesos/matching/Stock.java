package io.muster.mesos.matching;

import java.util.Set;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/** What is left of one scalar resource of an offer. Changes while it is used up. */
final class Stock {

    /** Makes one share after the other, all like what was offered but for the amount. */
    private final Resource.Builder share;

    private final String role;
    private long left;

    Stock(Scalar scalar, Resource offered) {
        this.share = offered.toBuilder();
        this.role = OfferedResource.role(offered);
        this.left = scalar.whole(Thousandths.of(offered.getScalar().getValue()));
    }

    long left() {
        return left;
    }

    /** In thousandths; nothing for roles that do not have it. */
    long leftFor(Set<String> roles) {
        return roles.contains(role) ? left : 0;
    }

    /** Uses up an amount of thousandths; at most what is left. */
    Resource take(long amount) {
        left -= amount;
        return share.setScalar(Value.Scalar.newBuilder().setValue(Thousandths.toDouble(amount)))
                .build();
    }
}
