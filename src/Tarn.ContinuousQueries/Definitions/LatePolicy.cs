namespace Tarn.ContinuousQueries.Definitions;

/// <summary>What becomes of a record whose windows are closed. Ids are stored: append only.</summary>
internal enum LatePolicy
{
    /// <summary>Counted, and kept in the table <c>&lt;view&gt;_late</c>.</summary>
    Keep = 0,

    /// <summary>Counted only.</summary>
    Drop = 1,
}
