package dev.titanic.placement.simulation;

import java.util.Random;

/** A normal distribution within bounds: what falls outside is drawn again. */
record TruncatedNormal(double mean, double deviation, double least, double most) {

  double draw(Random random) {
    double drawn;
    do {
      drawn = mean + deviation * random.nextGaussian();
    } while (drawn < least || drawn > most);
    return drawn;
  }
}
