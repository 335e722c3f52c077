package io.muster.mesos.matching;

import java.util.BitSet;

/** In which order one search tries the offers. Offers are called by their place. */
sealed interface Walk {

    /** The next offer to try that is not unfit; -1 when there is none. */
    int next(BitSet unfit);

    /** The search put an instance there. */
    void placed(int place);

    /** Offers that were unfit are so no longer. */
    void again();

    /** Around all offers, each time from the one behind the last placement. */
    final class Around implements Walk {

        private final int offers;
        private int position;

        Around(int offers, int position) {
            this.offers = offers;
            this.position = position;
        }

        @Override
        public int next(BitSet unfit) {
            int place = unfit.nextClearBit(position);
            if (place < offers) {
                return place;
            }
            int wrapped = unfit.nextClearBit(0);
            return wrapped < offers ? wrapped : -1;
        }

        @Override
        public void placed(int place) {
            position = place + 1;
        }

        @Override
        public void again() {}
    }

    /** All that are in use, those first that are longest; a new one only where none of them suits. */
    final class Packed implements Walk {

        private final InUse inUse;
        private final int offers;
        private int nextInUse;
        private int nextOther;

        Packed(InUse inUse, int offers) {
            this.inUse = inUse;
            this.offers = offers;
        }

        @Override
        public int next(BitSet unfit) {
            for (; nextInUse < inUse.count(); nextInUse++) {
                int place = inUse.at(nextInUse);
                if (!unfit.get(place)) {
                    return place;
                }
            }
            for (; nextOther < offers; nextOther = unfit.nextClearBit(nextOther + 1)) {
                if (!unfit.get(nextOther) && !inUse.contains(nextOther)) {
                    return nextOther;
                }
            }
            return -1;
        }

        @Override
        public void placed(int place) {}

        @Override
        public void again() {
            nextInUse = 0;
            nextOther = 0;
        }
    }
}
