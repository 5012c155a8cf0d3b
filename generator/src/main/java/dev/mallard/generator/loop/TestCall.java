package dev.mallard.generator.loop;

/**
 * The call that an assertion is about.
 *
 * @param text all of it
 * @param arguments where in it the bracket before its arguments is
 */
record TestCall(String text, int arguments) {
  /** The own name of what is called, without what it is a part of. */
  String name() {
    return text.substring(text.lastIndexOf('.', arguments) + 1, arguments);
  }

  /** What stands before the arguments. */
  String callee() {
    return text.substring(0, arguments);
  }

  /** The arguments in their brackets. */
  String argumentList() {
    return text.substring(arguments);
  }
}
