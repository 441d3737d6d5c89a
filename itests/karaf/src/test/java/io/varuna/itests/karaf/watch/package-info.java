/** A bundle that a test puts into a container to look at it from within. */
@NullMarked
package io.varuna.itests.karaf.watch;

import org.jspecify.annotations.NullMarked;
