@NullMarked
package dev.titanic.job.cluster;

import org.jspecify.annotations.NullMarked;
