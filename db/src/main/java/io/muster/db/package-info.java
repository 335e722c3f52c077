/** Where Muster's PostgreSQL comes from: the embedded server, the roles and databases in it, and who may do what. */
@NullMarked
package io.muster.db;

import org.jspecify.annotations.NullMarked;
