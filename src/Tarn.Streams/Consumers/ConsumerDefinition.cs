using System.Collections.Immutable;

namespace Tarn.Streams.Consumers;

/// <summary>
/// A consumer as it is kept in the metadata store, kind <c>stream-consumer</c>, name <c>STREAM/CONSUMER</c>; its layout
/// is docs/formats/stream-consumer.md.
/// </summary>
internal sealed record ConsumerDefinition
{
    public required string Stream { get; init; }

    public required string Name { get; init; }

    public required long CreatedMs { get; init; }

    /// <summary>Absent: none.</summary>
    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    public StreamConsumer Consumer => new(
        Stream,
        Name,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs),
        Tags?.WithComparers(StringComparer.Ordinal) ?? StreamSpec.NoTags);

    public static ConsumerDefinition Of(StreamConsumer consumer) => new()
    {
        Stream = consumer.Stream,
        Name = consumer.Name,
        CreatedMs = consumer.CreatedAt.ToUnixTimeMilliseconds(),
        Tags = consumer.Tags.IsEmpty ? null : consumer.Tags,
    };
}
