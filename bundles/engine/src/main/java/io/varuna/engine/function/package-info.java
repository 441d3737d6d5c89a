/** Functions that can be exchanged while rules call them. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.engine.function;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
