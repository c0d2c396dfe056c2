using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding.Projection;

/// <summary>The properties that project one partition key. Names count without regard to case.</summary>
internal sealed class ProjectionProperties(Table table, string column)
{
    public string Column => column;

    public TableName Table => table.Name;

    public static string? Find(Table table, string name) => table.Parameters
        .Where(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair.Value)
        .FirstOrDefault();

    public string? Find(string name) => Find(table, $"projection.{column}.{name}");

    public string Require(string name) =>
        Find(name) ?? throw Failed($"property 'projection.{column}.{name}' is missing");

    public TarnException Failed(string reason) => new(
        ErrorKind.Invalid,
        $"table '{table.Name}': column projection for column '{column}' failed. {reason}")
    {
        Code = "INVALID_TABLE_PROPERTY",
    };
}
