namespace Tarn.Delivery;

/// <summary>Reads the partition keys of a prefix out of each JSON record.</summary>
public sealed record MetadataStep : RecordStep
{
    /// <summary>A jq query that gives an object of keys and values, such as <c>{team: .team}</c>.</summary>
    public required string Query { get; init; }
}
