/** Classes that tests pack into bundles. */
@NullMarked
package io.varuna.pluginmanager.sample;

import org.jspecify.annotations.NullMarked;
