namespace Tarn.ContinuousQueries.Definitions;

/// <summary>Where a view begins to count. Stored by number.</summary>
internal enum BackfillFrom
{
    /// <summary>With the oldest record that its streams keep.</summary>
    Stream,

    /// <summary>With the objects that its streams' records were delivered into; then on in the streams.</summary>
    Lake,
}
