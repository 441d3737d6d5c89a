/** Values, types, schemas and rows: what flows between the engine and its plugins. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.api.data;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
