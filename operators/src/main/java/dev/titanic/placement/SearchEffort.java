package dev.titanic.placement;

/**
 * Effort that a search may make, see {@link Effort}.
 *
 * @param exact of the search with bounds
 * @param local of the local searches
 */
record SearchEffort(long exact, long local) {}
