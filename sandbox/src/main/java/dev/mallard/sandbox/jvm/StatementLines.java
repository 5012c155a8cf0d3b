package dev.mallard.sandbox.jvm;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a source text on which a statement begins. */
final class StatementLines extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final SortedSet<Integer> lines = new TreeSet<>();
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private StatementLines(CompilationUnitTree unit, SourcePositions positions) {
    this.unit = unit;
    this.positions = positions;
  }

  static SortedSet<Integer> of(CompilationUnitTree unit, SourcePositions positions) {
    StatementLines scanner = new StatementLines(unit, positions);
    scanner.scan(unit, null);
    return scanner.lines;
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
    if (tree instanceof StatementTree
        && !(tree instanceof BlockTree)
        && !(tree instanceof ClassTree)
        && (!(tree instanceof VariableTree variable) || variable.getInitializer() != null)) {
      add(tree);
    }
    return super.scan(tree, null);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void nothing) {
    if (lambda.getBody() instanceof ExpressionTree body) {
      add(body);
    }
    return super.visitLambdaExpression(lambda, null);
  }

  private void add(Tree tree) {
    long position = positions.getStartPosition(unit, tree);
    if (position >= 0) {
      lines.add((int) unit.getLineMap().getLineNumber(position));
    }
  }
}
