package io.muster.deploy.groups;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document of a group shows of what lies below (Marathon, GroupsResource.scala). Without any wish it shows all;
 * what is not shown is an empty list. There are no apps, so that wishes about them change nothing.
 *
 * @param groups whether it shows the groups in it, and theirs
 * @param pods whether each of them shows its pods
 */
record Embeds(boolean groups, boolean pods) {

    static Embeds of(@Nullable List<String> wishes) {
        return wishes == null || wishes.isEmpty()
                ? new Embeds(true, true)
                : new Embeds(wishes.contains("group.groups"), wishes.contains("group.pods"));
    }
}
