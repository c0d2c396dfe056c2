namespace Tarn.ContinuousQueries;

/// <summary>What a sink is doing.</summary>
public enum SinkPhase
{
    /// <summary>It has read what its streams hold.</summary>
    Running,

    /// <summary>It reads records that wait.</summary>
    CatchingUp,

    /// <summary>Its target does not take the output; it tries again.</summary>
    Retrying,

    /// <summary>It puts out nothing until it is resumed.</summary>
    Paused,

    /// <summary>It has stopped with an error.</summary>
    Failed,
}
