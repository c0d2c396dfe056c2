namespace Tarn.ContinuousQueries.Sinks;

/// <summary>What a sink's records say.</summary>
internal enum SinkForm
{
    /// <summary>A row that is new and never changes.</summary>
    Appends,

    /// <summary>A row that replaces what had its key, or a key that is there no more.</summary>
    Changes,
}
