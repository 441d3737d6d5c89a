/** Where records come from. */
@Export
@Version("1.1.0")
@NullMarked
package io.varuna.api.source;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
