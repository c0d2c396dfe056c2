using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>One partial aggregate.</summary>
/// <param name="BatchColumns">The SQL that computes it over a batch, one column or several:
/// Count: count. SumInteger: sum, or its high part (times 2^32) and low part. ArgMin, ArgMax: order, value. First,
/// Last: how many, value. Moments: count, mean, squares. PairMoments: count, means of y and x, squares of y and x,
/// products. Set, Counts, List, Sketch: the list of values.</param>
/// <param name="Value">Type of the value held.</param>
/// <param name="Order">Type of what ArgMin and ArgMax compare, else null.</param>
internal sealed record PartialSpec(
    PartialKind Kind, IReadOnlyList<string> BatchColumns, CellType Value, CellType? Order = null)
{
    /// <summary>What is told of the values of a Set, Counts or List.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>Types of the batch's columns.</summary>
    public IReadOnlyList<CellType> BatchTypes => Kind switch
    {
        PartialKind.ArgMin or PartialKind.ArgMax => [Order!, Value],
        PartialKind.First or PartialKind.Last => [CellType.Int64, Value],
        PartialKind.SumInteger when BatchColumns.Count == 2 => [CellType.Int64, CellType.Int64],
        PartialKind.Moments or PartialKind.PairMoments =>
            [CellType.Int64, .. Enumerable.Repeat(CellType.Double, BatchColumns.Count - 1)],
        PartialKind.Set or PartialKind.Counts or PartialKind.List or PartialKind.Sketch => [CellType.ListOf(Value)],
        _ => [Value],
    };

    /// <summary>Types of the columns under which the state offers it to SQL. SumInteger: high part (times 2^62), low
    /// part.</summary>
    public IReadOnlyList<CellType> StateTypes => Kind switch
    {
        PartialKind.SumInteger => [CellType.Int64, CellType.Int64],
        PartialKind.Set or PartialKind.Counts or PartialKind.List =>
            [.. Readings.SelectMany(reading => reading.TypesOf(Value))],
        PartialKind.Sketch => [CellType.Int64],
        _ => BatchTypes,
    };
}
