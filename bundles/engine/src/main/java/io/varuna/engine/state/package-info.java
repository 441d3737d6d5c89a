/** State in bytes, and where it is kept. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.engine.state;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
