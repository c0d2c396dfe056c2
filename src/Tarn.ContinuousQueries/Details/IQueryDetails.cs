namespace Tarn.ContinuousQueries.Details;

/// <summary>
/// What a page about sources and views shows beside <see cref="IContinuousQueries"/>, from memory. Thread-safe.
/// </summary>
public interface IQueryDetails
{
    /// <summary>Sources by name.</summary>
    IReadOnlyList<SourceStatus> Sources();

    /// <summary>Null: there is no such view.</summary>
    /// <param name="rowsMax">The most late and error rows each.</param>
    QueryDetails? Find(string view, int rowsMax);
}
