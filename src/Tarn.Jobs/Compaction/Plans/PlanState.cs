namespace Tarn.Jobs.Compaction.Plans;

internal enum PlanState
{
    /// <summary>The new object may stand and counts for nothing.</summary>
    Planned,

    /// <summary>The new object counts; the sources do not and stay for the grace time.</summary>
    Switched,

    /// <summary>The sources count; the new object does not and goes.</summary>
    Aborted,
}
