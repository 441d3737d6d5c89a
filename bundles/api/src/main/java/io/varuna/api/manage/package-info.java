/** The management interface: streams, rules, plugins and queries, as REST and the shell show them. */
@Export
@Version("1.1.0")
@NullMarked
package io.varuna.api.manage;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
