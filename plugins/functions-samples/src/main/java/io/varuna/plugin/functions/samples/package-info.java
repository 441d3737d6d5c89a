/** The functions of eKuiper's guide for authors of plugins. */
@NullMarked
package io.varuna.plugin.functions.samples;

import org.jspecify.annotations.NullMarked;
