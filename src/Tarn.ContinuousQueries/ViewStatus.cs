using System.Globalization;

namespace Tarn.ContinuousQueries;

/// <summary>A materialized view as it stands.</summary>
public sealed record ViewStatus
{
    public required string Name { get; init; }

    public required string Database { get; init; }

    /// <summary>The statement that made it.</summary>
    public required string Sql { get; init; }

    /// <summary>The stream it reads.</summary>
    public required string Stream { get; init; }

    public IReadOnlyList<Subscriptions.ViewColumn> Columns { get; init; } = [];

    public ViewPhase Phase { get; init; }

    /// <summary>What it is doing, in words: running, catching up, paused, failed, and how far a new version is.
    /// </summary>
    public string State
    {
        get
        {
            var phase = Phase switch
            {
                ViewPhase.Running => "running",
                ViewPhase.CatchingUp => "catching up",
                ViewPhase.Paused => "paused",
                _ => "failed",
            };
            return Backfill switch
            {
                null => phase,
                { Error: not null } => $"{phase}, its replacement failed",
                { Percent: var percent } when Phase is ViewPhase.Paused or ViewPhase.Failed =>
                    string.Create(CultureInfo.InvariantCulture, $"{phase}, replacing {percent} %"),
                { Percent: var percent } =>
                    string.Create(CultureInfo.InvariantCulture, $"replacing {percent} %"),
            };
        }
    }

    /// <summary>Records counted per second, over the last seconds.</summary>
    public double RecordsPerSecond { get; init; }

    /// <summary>The new version that counts anew, or null.</summary>
    public BackfillStatus? Backfill { get; init; }

    /// <summary>Groups held in memory.</summary>
    public long Groups { get; init; }

    /// <summary>Bytes of the groups in memory, about.</summary>
    public long StateBytes { get; init; }

    /// <summary>Records that came when all their windows were closed.</summary>
    public long LateRecords { get; init; }

    /// <summary>No more events before it are expected; null: the sources declare none, or none has come.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>Records counted, including those before the last restart.</summary>
    public long Records { get; init; }

    /// <summary>Records that could not be read, kept with their reason.</summary>
    public long BadRecords { get; init; }

    /// <summary>Age of the oldest record not counted yet, milliseconds; 0 at the tip.</summary>
    public long LagMilliseconds { get; init; }

    /// <summary>Batches counted since the view was started here.</summary>
    public long Batches { get; init; }

    /// <summary>How long those took, from reading to being shown.</summary>
    public TimeSpan BatchTime { get; init; }

    /// <summary>Grows with every batch that changed the view.</summary>
    public long Version { get; init; }

    /// <summary>What it waits for and tries again, such as a lookup that cannot be read; null while it goes on.
    /// </summary>
    public string? Waiting { get; init; }

    /// <summary>Why it stopped, or null while it runs.</summary>
    public string? Error { get; init; }
}
