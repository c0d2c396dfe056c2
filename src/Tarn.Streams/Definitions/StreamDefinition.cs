using System.Collections.Immutable;

namespace Tarn.Streams.Definitions;

/// <summary>A stream as it is kept in the metadata store; its layout is docs/formats/stream-definition.md.</summary>
internal sealed record StreamDefinition
{
    public required string Name { get; init; }

    /// <summary>Also the name of its folder.</summary>
    public required Guid Id { get; init; }

    public required long CreatedMs { get; init; }

    public required int RetentionHours { get; init; }

    public required bool OnDemand { get; init; }

    /// <summary>By number.</summary>
    public required ImmutableArray<ShardDefinition> Shards { get; init; }

    public string FolderName => Id.ToString("N");
}
