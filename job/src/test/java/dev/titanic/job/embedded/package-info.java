@NullMarked
package dev.titanic.job.embedded;

import org.jspecify.annotations.NullMarked;
