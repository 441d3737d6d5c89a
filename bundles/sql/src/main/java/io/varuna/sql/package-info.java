/** SQL: from the text of a statement to a plan. Calcite is private to this bundle, and loaded with the first query. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.sql;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
