using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>
/// FETCH FIRST n ROWS WITH TIES: the sort keys become columns of their own, and the rows whose rank is within n stay.
/// </summary>
internal static class TiesTranslator
{
    public static string Key(int index) => DuckText.Name($"$key{index}");

    /// <param name="sorted">The query in its order, after OFFSET, with its keys as columns.</param>
    public static string Wrap(
        string sorted,
        IReadOnlyList<OutputColumn> columns,
        IReadOnlyList<OrderItem> orderBy,
        string count,
        TranslationState state)
    {
        var (inner, outer) = (state.NewName("r"), state.NewName("r"));
        var order = string.Join(", ", orderBy.Select((item, i) => QueryTranslator.Direction(item, Key(i))));
        var list = string.Join(", ", columns.Select(column => $"{outer}.{column.Sql}"));
        return $"SELECT {list} FROM (SELECT {inner}.*, rank() OVER (ORDER BY {order}) AS \"$rank\" "
            + $"FROM ({sorted}) AS {inner}) AS {outer} WHERE \"$rank\" <= {count} ORDER BY {order}";
    }
}
