package io.muster.pods.diff;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One step on the way from one document to another; the steps before it are done when it is its turn. */
public sealed interface Difference {

    /** Where, from the root of the document; never empty. */
    List<Step> path();

    /** A part of a path. */
    sealed interface Step {

        /** Into a member of an object. */
        record Member(String name) implements Step {}

        /**
         * Into an element of an array.
         *
         * @param index in the array as the steps before have left it
         * @param label what people call the element: its name, or else its index
         */
        record Element(int index, String label) implements Step {}
    }

    /** Something that was not there before. */
    record Added(List<Step> path, JsonNode value) implements Difference {}

    /** Something that is not there any more. */
    record Removed(List<Step> path, JsonNode value) implements Difference {}

    /** Another value in the same place. */
    record Replaced(List<Step> path, JsonNode before, JsonNode after) implements Difference {}
}
