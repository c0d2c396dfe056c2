namespace Tarn.Delivery;

/// <summary>Reads the partition keys of a prefix out of each JSON record.</summary>
public sealed record MetadataStep : RecordStep
{
    /// <summary>A jq query that gives an object: key name to value, such as <c>{team: .team, day: .at[0:10]}</c>.</summary>
    public required string Query { get; init; }
}
