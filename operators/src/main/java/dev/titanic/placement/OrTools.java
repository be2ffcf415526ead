package dev.titanic.placement;

import com.google.ortools.Loader;

/** The natives of OR-Tools, loaded by whoever needs them first: that takes seconds, once. */
final class OrTools {
  private OrTools() {}

  /** Returns when the natives are loaded. */
  static void load() {
    if (!Natives.LOADED) {
      throw new IllegalStateException("OR-Tools is not loaded");
    }
  }

  /** The class loader runs this once, and lets others wait for it. */
  private static final class Natives {
    static final boolean LOADED = load();

    private static boolean load() {
      Loader.loadNativeLibraries();
      return true;
    }
  }
}
