/** A run on an embedded cluster, from the topics to the trained model. */
@NullMarked
package dev.titanic.job.run;

import org.jspecify.annotations.NullMarked;
