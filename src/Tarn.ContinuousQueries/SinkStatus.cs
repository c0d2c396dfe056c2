namespace Tarn.ContinuousQueries;

/// <summary>A sink as it stands.</summary>
public sealed record SinkStatus
{
    public required string Name { get; init; }

    /// <summary>The view whose rows leave.</summary>
    public required string View { get; init; }

    public required string Database { get; init; }

    /// <summary>Such as <c>stream per-minute</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The statement that made it.</summary>
    public required string Sql { get; init; }

    public SinkPhase Phase { get; init; }

    /// <summary>Epochs that gave output, including those before the last restart.</summary>
    public long Epoch { get; init; }

    /// <summary>Rows and removals that have left, or are on their way.</summary>
    public long RecordsOut { get; init; }

    /// <summary>Age of the oldest record not read yet, or of the output on its way, milliseconds.</summary>
    public long LagMilliseconds { get; init; }

    /// <summary>Why it stopped or tries again, or null.</summary>
    public string? Error { get; init; }
}
