namespace Tarn.ContinuousQueries.Planning;

/// <summary>How event time is cut into windows.</summary>
internal enum WindowKind
{
    /// <summary>Side by side.</summary>
    Tumble,

    /// <summary>Overlapping, one begins every slide.</summary>
    Hop,

    /// <summary>As long as no gap between events is longer than the size.</summary>
    Session,

    /// <summary>Of a side of a join of streams: just the event's own moment.</summary>
    Moment,
}
