namespace Tarn.Sql.Tree;

/// <summary><c>name = value</c> in WITH (...) of CREATE TABLE AS and UNLOAD; the name in lower case.</summary>
public sealed record Property(SqlPosition Position, string Name, Expression Value);
