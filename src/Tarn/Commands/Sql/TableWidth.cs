using Tarn.Clients;

namespace Tarn.Commands.Sql;

/// <summary>Whether a result can be read as a table of a terminal's width. Pure.</summary>
internal static class TableWidth
{
    /// <summary>A value this long may be broken into lines; shorter ones stay whole.</summary>
    private const int WholeMax = 12;

    /// <summary>Characters that a column's border and blanks take.</summary>
    private const int BorderWidth = 3;

    /// <summary>Whether values would be broken that one reads as a whole, such as numbers and dates.</summary>
    public static bool IsTooWide(SqlPage page, int width)
    {
        var needed = 1L;
        for (var i = 0; i < page.Columns.Count; i++)
        {
            var column = i;
            var longest = page.Rows
                .Select(row => (row[column] ?? "NULL").Length)
                .Append(page.Columns[i].Name.Length)
                .Max();
            needed += Math.Min(longest, WholeMax) + BorderWidth;
        }

        return needed > width;
    }
}
