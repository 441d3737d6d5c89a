/** Plugins that a test packs into bundles of several versions. */
@NullMarked
package io.varuna.itests.karaf.swap;

import org.jspecify.annotations.NullMarked;
