namespace Tarn.Sql.Tree;

/// <summary>ON OVERFLOW of listagg.</summary>
/// <param name="Filler">Of TRUNCATE; null: the three dots.</param>
public sealed record ListOverflow(bool IsError, Expression? Filler, bool WithCount);
