namespace Tarn.Sql.Tree;

/// <summary>A frame.</summary>
/// <param name="Unit">ROWS, RANGE or GROUPS.</param>
/// <param name="End">Null when there is no BETWEEN: to the current row.</param>
public sealed record WindowFrame(SqlPosition Position, string Unit, FrameBound Start, FrameBound? End);
