using Tarn.Dashboards;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Tiles;

/// <summary>
/// How a tile's rows are chosen and ordered. Rows are kept by rank, best first. A line keeps the rows with the
/// largest x and shows them with x growing; everything else keeps and shows the first rows of its order.
/// </summary>
internal sealed class RowOrder : IComparer<IReadOnlyList<object?>>
{
    private readonly int column;
    private readonly bool isDescending;
    private readonly bool isShownReversed;

    private RowOrder(int column, bool isDescending, bool isShownReversed)
    {
        this.column = column;
        this.isDescending = isDescending;
        this.isShownReversed = isShownReversed;
    }

    /// <summary>
    /// The order of a tile over these columns. Throws Invalid naming a column that the source does not have.
    /// </summary>
    public static RowOrder Of(TileSpec tile, IReadOnlyList<TileColumn> columns)
    {
        Check(tile.X, columns);
        Check(tile.Y, columns);
        var words = (tile.OrderBy ?? tile.X ?? columns[0].Name).Split(' ');
        var isDescending = words.Length > 1 && words[1].Equals("desc", StringComparison.OrdinalIgnoreCase);
        var index = Check(words[0], columns);
        var keepsLargest = tile.Kind == TileKind.Line && !isDescending;
        return new RowOrder(index, isDescending || keepsLargest, keepsLargest);
    }

    /// <summary>Smaller is better.</summary>
    public int Compare(IReadOnlyList<object?>? x, IReadOnlyList<object?>? y)
    {
        var result = ValueComparer.Instance.Compare(x![column], y![column]);
        return isDescending ? -result : result;
    }

    /// <summary>The best rows, as the tile shows them.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Show(IEnumerable<IReadOnlyList<object?>> rows, int rowsMax)
    {
        var best = rows.Order(this).Take(rowsMax).ToList();
        if (isShownReversed)
        {
            best.Reverse();
        }

        return best;
    }

    private static int Check(string? name, IReadOnlyList<TileColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (name is null || columns[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        var names = columns.Select(column => column.Name).ToList();
        throw new TarnException(
            ErrorKind.Invalid,
            $"column '{name}' does not exist",
            $"the source has {string.Join(", ", names)}",
            Suggestion.Hint(name!, names));
    }
}
