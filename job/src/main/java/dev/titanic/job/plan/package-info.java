/** What a run will need, for people and scripts, before anything starts. */
@NullMarked
package dev.titanic.job.plan;

import org.jspecify.annotations.NullMarked;
