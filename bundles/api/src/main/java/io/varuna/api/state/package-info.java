/** State that survives a restart and an upgrade, written and read explicitly. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.api.state;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
