namespace Tarn.ContinuousQueries;

/// <summary>What a materialized view is doing.</summary>
public enum ViewPhase
{
    /// <summary>It has counted what its stream holds.</summary>
    Running,

    /// <summary>It counts records that wait.</summary>
    CatchingUp,

    /// <summary>It counts nothing until it is resumed.</summary>
    Paused,

    /// <summary>It has stopped with an error.</summary>
    Failed,
}
