/** Databases for the tests of all modules. */
@NullMarked
package io.muster.db.testing;

import org.jspecify.annotations.NullMarked;
