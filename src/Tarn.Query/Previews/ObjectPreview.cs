namespace Tarn.Query.Previews;

/// <summary>What of an object can be shown.</summary>
/// <param name="IsCut">The object has more than this.</param>
public abstract record ObjectPreview(bool IsCut)
{
    /// <summary>The first lines.</summary>
    public sealed record Text(string Lines, bool IsCut) : ObjectPreview(IsCut);

    /// <summary>The first rows, each value as text, null for NULL.</summary>
    /// <param name="Columns">With DuckDB's type of each.</param>
    public sealed record Rows(
        IReadOnlyList<PreviewColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Values, bool IsCut)
        : ObjectPreview(IsCut);

    /// <summary>There is nothing to see, and why.</summary>
    public sealed record None(string Reason) : ObjectPreview(IsCut: false);
}
