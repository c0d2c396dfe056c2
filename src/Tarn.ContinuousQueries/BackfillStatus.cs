namespace Tarn.ContinuousQueries;

/// <summary>A new version of a view that counts beside it, and is not read yet.</summary>
/// <param name="Records">Records counted so far.</param>
/// <param name="LagMilliseconds">Age of the oldest record not counted yet.</param>
/// <param name="Error">Why it stopped, or null while it runs. The view that is read goes on.</param>
public sealed record BackfillStatus(long Records, long LagMilliseconds, string? Error)
{
    /// <summary>The statement of the new version.</summary>
    public string Sql { get; init; } = "";

    /// <summary>stream: it began with the oldest record there; lake: with what was delivered before.</summary>
    public string From { get; init; } = "stream";

    /// <summary>Records that are behind it, of those that there are.</summary>
    public long RecordsDone { get; init; }

    /// <summary>Records from its start up to the newest; grows while records come.</summary>
    public long RecordsInAll { get; init; }

    /// <summary>0 to 100, whole; 100 only when there is nothing left.</summary>
    public int Percent { get; init; }

    /// <summary>Over the last seconds.</summary>
    public double RecordsPerSecond { get; init; }

    /// <summary>At the present rate; null: nothing moves.</summary>
    public long? RemainingMilliseconds { get; init; }
}
