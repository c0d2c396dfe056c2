using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>A column that is made of a group's values when the state is read.</summary>
/// <param name="Quantile">From 0 to 1, of the kinds that have one.</param>
/// <param name="Exact">The quantile where it is written as a decimal number: DuckDB counts ranks by it then.</param>
internal sealed record Reading(ReadingKind Kind, double Quantile = 0, decimal? Exact = null)
{
    /// <summary>Types of its columns; a sum of whole numbers has two, see <see cref="PartialSpec.StateTypes"/>.
    /// </summary>
    public IReadOnlyList<CellType> TypesOf(CellType value) => Kind switch
    {
        ReadingKind.Size => [CellType.Int64],
        ReadingKind.Sum => value.IsDouble ? [CellType.Double] : [CellType.Int64, CellType.Int64],
        ReadingKind.Values or ReadingKind.Frequencies => [CellType.Text],
        ReadingKind.Continuous => [Between(value)],
        _ => [value],
    };

    /// <summary>The type of what lies between two values; of text there is nothing.</summary>
    public static CellType Between(CellType value) => value.Kind switch
    {
        CellKind.Int32 or CellKind.Int64 => CellType.Double,
        CellKind.Date => CellType.Of("TIMESTAMP")!,
        _ => value,
    };
}
