package dev.mallard.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgramChangesTest {
  @Test
  void keepsLeavesOutAndAdds() {
    assertThat(ProgramChanges.between(List.of("a", "b", "c"), List.of("a", "x", "y", "c")))
        .containsExactly(1, -1, "x", "y", 1);
    assertThat(ProgramChanges.between(List.of(), List.of("a"))).containsExactly("a");
    assertThat(ProgramChanges.between(List.of("a", "b"), List.of())).containsExactly(-2);
    assertThat(ProgramChanges.between(List.of("a", "b"), List.of("a", "b"))).containsExactly(2);
    assertThat(ProgramChanges.between(List.of(), List.of())).isEmpty();
  }

  @Test
  void makesTheOneOfTheOther() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      List<String> before = lines(random);
      List<String> after = lines(random);
      assertThat(applied(before, ProgramChanges.between(before, after))).isEqualTo(after);
    }
  }

  @Test
  void takesNoTimeForVeryLongPrograms() {
    List<String> before = Collections.nCopies(40_000, "a");
    List<String> after = Collections.nCopies(40_000, "b");
    assertThat(applied(before, ProgramChanges.between(before, after))).isEqualTo(after);
  }

  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      lines.add(String.valueOf((char) ('a' + random.nextInt(4))));
    }
    return lines;
  }

  private static List<String> applied(List<String> before, List<Object> changes) {
    List<String> after = new ArrayList<>();
    int place = 0;
    for (Object change : changes) {
      if (change instanceof Integer lines) {
        if (lines > 0) {
          after.addAll(before.subList(place, place + lines));
        }
        place += Math.abs(lines);
      } else {
        after.add((String) change);
      }
    }
    assertThat(place).isEqualTo(before.size());
    return after;
  }
}
