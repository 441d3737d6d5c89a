/** Formats: bytes to records and back. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.api.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
