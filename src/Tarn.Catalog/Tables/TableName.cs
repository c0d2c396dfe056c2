namespace Tarn.Catalog.Tables;

/// <summary>A table within a database; both parts lower case.</summary>
public readonly record struct TableName(string Database, string Name)
{
    public override string ToString() => $"{Database}.{Name}";
}
