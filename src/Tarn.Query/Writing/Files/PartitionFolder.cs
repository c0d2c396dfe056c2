using System.Globalization;
using System.Text;

namespace Tarn.Query.Writing.Files;

/// <summary>Folders of the form <c>key=value/</c>, with the characters escaped that Hive escapes.</summary>
public static class PartitionFolder
{
    private const string Escaped = "\"#%'*/:=?\\{[]^\u007f";

    /// <summary><c>year=2026/city=New York/</c>.</summary>
    public static string Of(IEnumerable<string> keys, IEnumerable<string> values) =>
        string.Concat(keys.Zip(values, (key, value) => $"{Escape(key)}={Escape(value)}/"));

    /// <summary>Key and value of one folder's name; null when it is of another form.</summary>
    public static (string Key, string Value)? Parse(string name)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        return equals <= 0 || equals == name.Length - 1
            ? null
            : (Uri.UnescapeDataString(name[..equals]), Uri.UnescapeDataString(name[(equals + 1)..]));
    }

    private static string Escape(string text)
    {
        if (!text.Any(Needs))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (Needs(c))
            {
                escaped.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static bool Needs(char c) => c < ' ' || Escaped.Contains(c, StringComparison.Ordinal);
}
