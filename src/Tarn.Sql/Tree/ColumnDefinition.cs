namespace Tarn.Sql.Tree;

/// <summary>A column of CREATE TABLE or ALTER TABLE.</summary>
/// <param name="Name">In lower case, as Athena keeps it.</param>
/// <param name="Type">Hive's canonical text in lower case, such as <c>array&lt;struct&lt;a:int&gt;&gt;</c>.</param>
public sealed record ColumnDefinition(SqlPosition Position, string Name, string Type, string? Comment);
