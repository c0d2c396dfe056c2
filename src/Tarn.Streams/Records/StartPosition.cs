using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>Where a reader begins.</summary>
public abstract record StartPosition
{
    private StartPosition()
    {
    }

    /// <summary>The oldest record still kept.</summary>
    public sealed record TrimHorizon : StartPosition;

    /// <summary>After the newest record.</summary>
    public sealed record Latest : StartPosition;

    /// <summary>That record, or the first after it.</summary>
    public sealed record At(SequenceNumber Number) : StartPosition;

    /// <summary>The first record after that one.</summary>
    public sealed record After(SequenceNumber Number) : StartPosition;

    /// <summary>The first record that arrived at or after that time.</summary>
    public sealed record AtTime(DateTimeOffset Time) : StartPosition;
}
