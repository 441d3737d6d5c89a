/** Where results go to. */
@Export
@Version("1.1.0")
@NullMarked
package io.varuna.api.sink;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
