/** The distribution at its main job: a real broker, a real database, plugins that come and go. */
@NullMarked
package io.varuna.itests.karaf;

import org.jspecify.annotations.NullMarked;
