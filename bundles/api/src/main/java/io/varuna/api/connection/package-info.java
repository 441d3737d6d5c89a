/** What several instances share, such as a pool or a client. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.api.connection;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
