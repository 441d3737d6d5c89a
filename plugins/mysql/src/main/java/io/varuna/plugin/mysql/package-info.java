/** Writes results to tables of MySQL and MariaDB. */
@NullMarked
package io.varuna.plugin.mysql;

import org.jspecify.annotations.NullMarked;
