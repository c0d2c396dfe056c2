namespace Tarn.Catalog.Tables;

/// <summary>Where files lie and how they are read, as in Glue's StorageDescriptor.</summary>
public sealed record StorageDescriptor
{
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary><c>s3://bucket/prefix/</c>.</summary>
    public string Location { get; init; } = "";

    /// <summary>Java class name as Hive knows it, or empty.</summary>
    public string InputFormat { get; init; } = "";

    public string OutputFormat { get; init; } = "";

    /// <summary>Java class name of the SerDe; with the columns it decides the reader.</summary>
    public string SerDe { get; init; } = "";

    public IReadOnlyDictionary<string, string> SerDeParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Of a table only; null: rows are not divided.</summary>
    public TableBuckets? Buckets { get; init; }
}
