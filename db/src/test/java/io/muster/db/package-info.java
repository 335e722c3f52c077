/** Tests of the embedded server and of who may do what in the database. */
@NullMarked
package io.muster.db;

import org.jspecify.annotations.NullMarked;
