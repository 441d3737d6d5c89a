/** Runs plans: rules are started, watched and stopped here. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
