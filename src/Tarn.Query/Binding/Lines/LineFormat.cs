namespace Tarn.Query.Binding.Lines;

/// <summary>How lines become rows: a SerDe with what it was declared with.</summary>
internal abstract class LineFormat
{
    /// <summary>Whether lines tell names of columns, or have them by position.</summary>
    public abstract bool IsByName { get; }

    /// <summary>A reader for one thread. Throws Unsupported for columns that such lines cannot hold.</summary>
    public abstract ILineRow NewRow(IReadOnlyList<LineField> fields);
}
