using System.Globalization;
using System.Text;

namespace Tarn.Sql.Functions.Native;

/// <summary>listagg with ON OVERFLOW TRUNCATE: as many values as fit, the filler, how many are left out.</summary>
internal static class ListText
{
    /// <summary>As Trino's.</summary>
    private const int BytesMax = 1_048_576;

    /// <summary>Null when there is no value.</summary>
    public static string? Join(string?[] values, string separator, string filler, bool withCount)
    {
        if (values.Length == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        var (bytes, between) = (0L, Encoding.UTF8.GetByteCount(separator));
        for (var i = 0; i < values.Length; i++)
        {
            var size = Encoding.UTF8.GetByteCount(values[i]!) + (i == 0 ? 0 : between);
            if (bytes + size > BytesMax)
            {
                var left = withCount ? $"({(values.Length - i).ToString(CultureInfo.InvariantCulture)})" : "";
                return text.Append(i == 0 ? "" : separator).Append(filler).Append(left).ToString();
            }

            bytes += size;
            text.Append(i == 0 ? "" : separator).Append(values[i]);
        }

        return text.ToString();
    }
}
