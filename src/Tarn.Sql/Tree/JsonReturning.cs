using Tarn.Sql.Types;

namespace Tarn.Sql.Tree;

/// <summary>RETURNING type [FORMAT JSON ...].</summary>
/// <param name="Length">n of varchar(n).</param>
public sealed record JsonReturning(SqlType Type, int? Length, string? Format);
