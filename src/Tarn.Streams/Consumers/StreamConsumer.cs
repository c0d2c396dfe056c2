using System.Collections.Immutable;

namespace Tarn.Streams.Consumers;

/// <summary>A named reader that was registered with a stream; Kinesis pushes to such readers only.</summary>
/// <param name="Name">1 to 128 characters of [a-zA-Z0-9_.-], unique within the stream.</param>
/// <param name="CreatedAt">UTC, milliseconds; tells apart consumers of one name at different times.</param>
/// <param name="Tags">At most 50, by ordinal key.</param>
public sealed record StreamConsumer(
    string Stream, string Name, DateTimeOffset CreatedAt, ImmutableSortedDictionary<string, string> Tags);
