namespace Tarn.ContinuousQueries.Planning;

/// <summary>How changes of a view can be told.</summary>
internal enum ChangeForm
{
    /// <summary>A row is known by its key columns: changed rows and the keys of removed ones.</summary>
    Keyed,

    /// <summary>Rows never change: those that are new.</summary>
    Append,

    /// <summary>By all rows.</summary>
    Whole,
}
