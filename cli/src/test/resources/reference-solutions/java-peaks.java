class Solution {
  static int peaks(int[] levels) {
    int count = 0;
    for (int i = 1; i + 1 < levels.length; i++) {
      if (levels[i] > levels[i - 1] && levels[i] > levels[i + 1]) {
        count++;
      }
    }
    return count;
  }
}
