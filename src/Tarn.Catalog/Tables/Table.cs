namespace Tarn.Catalog.Tables;

/// <summary>A table's definition: columns, where its files are and how they are read.</summary>
public sealed record Table
{
    public required TableName Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary><c>EXTERNAL_TABLE</c> or <c>VIRTUAL_VIEW</c>.</summary>
    public string TableType { get; init; } = "EXTERNAL_TABLE";

    public IReadOnlyList<Column> PartitionKeys { get; init; } = [];

    public StorageDescriptor Storage { get; init; } = new();

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Of a view: the text as Athena stores it.</summary>
    public string? ViewOriginalText { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Set by the catalog.</summary>
    public long Version { get; init; }
}
