using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>A stream as it stands.</summary>
/// <param name="Id">Differs between streams of the same name at different times.</param>
/// <param name="Shards">All shards that are still readable, by id.</param>
public sealed record StreamDescription(
    StreamSpec Spec, string Id, DateTimeOffset CreatedAt, IReadOnlyList<ShardDescription> Shards)
{
    public string Name => Spec.Name;
}
