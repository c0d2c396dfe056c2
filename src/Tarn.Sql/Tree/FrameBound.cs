namespace Tarn.Sql.Tree;

/// <summary>An end of a frame.</summary>
/// <param name="Direction">PRECEDING, FOLLOWING, or CURRENT ROW.</param>
/// <param name="Offset">Null: UNBOUNDED, or the current row.</param>
public sealed record FrameBound(SqlPosition Position, string Direction, Expression? Offset);
