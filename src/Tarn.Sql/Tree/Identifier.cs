namespace Tarn.Sql.Tree;

/// <summary>A name as written, without quotes. Compared without case, as Athena does.</summary>
public sealed record Identifier(SqlPosition Position, string Text);
