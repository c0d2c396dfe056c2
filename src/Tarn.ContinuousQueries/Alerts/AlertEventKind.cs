namespace Tarn.ContinuousQueries.Alerts;

/// <summary>What an alert tells of a row.</summary>
internal enum AlertEventKind
{
    /// <summary>The condition has held for long enough.</summary>
    Firing,

    /// <summary>It still fires.</summary>
    StillFiring,

    /// <summary>The condition no longer holds, or the row is gone.</summary>
    Resolved,
}
