namespace Tarn.Catalog.Tables;

/// <summary>A column.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Type">Hive type text such as <c>bigint</c>, <c>decimal(10,2)</c>, <c>array&lt;string&gt;</c>.</param>
public sealed record Column(string Name, string Type, string Comment = "");
