/** Plans: what SQL is compiled to and the engine runs. Data only: printed, compared, stored. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.plan;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
