namespace Tarn.ContinuousQueries.Definitions;

/// <summary>WITH (...) of an alert.</summary>
internal sealed record AlertOptions
{
    /// <summary>How often it is said again that a row fires. Null: once.</summary>
    public long? RepeatMilliseconds { get; init; }
}
