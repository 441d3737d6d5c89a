/** Clocks, alarms and threads: the real ones, and ones that tests move by hand. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.engine.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
