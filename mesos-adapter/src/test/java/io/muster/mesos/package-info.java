/** Tests of the cluster, and the pods that all tests here share. */
@NullMarked
package io.muster.mesos;

import org.jspecify.annotations.NullMarked;
