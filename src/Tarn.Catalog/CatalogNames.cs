using System.Globalization;
using System.Text;
using Tarn.Catalog.Tables;

namespace Tarn.Catalog;

/// <summary>
/// Names of the catalog's resources in the metadata store, so that their order is the order of what they name:
/// <code>
/// database   scores_db
/// table      scores_db/scores
/// partition  scores_db/scores/2026 11 23          values, separated by a space
/// partition  scores_db/places/New!20York          '!' and two hex digits for '!', space and control characters
/// </code>
/// The space sorts before every character of an escaped value, and '!' with its digits before every other one, so
/// names sort as their values do, one after the other.
/// </summary>
internal static class CatalogNames
{
    public const string DatabaseKind = "database";
    public const string TableKind = "table";
    public const string PartitionKind = "partition";

    private const int NameLengthMax = 255;

    /// <summary>Between the values in a partition's name.</summary>
    public const char ValueSeparator = ' ';

    private const char Escape = '!';

    /// <summary>Lower-cases a name as Glue and Hive do. Fails with Invalid.</summary>
    public static string Normal(string name, string what)
    {
        var normal = name.ToLowerInvariant();
        if (normal.Length is < 1 or > NameLengthMax)
            throw CatalogErrors.Invalid($"{what} name '{name}' must have 1 to {NameLengthMax} characters");
        if (normal.Any(c => char.IsControl(c) || c == '/'))
            throw CatalogErrors.Invalid($"{what} name '{name}' may not hold '/' or control characters");
        if (normal.Trim() != normal)
            throw CatalogErrors.Invalid($"{what} name '{name}' may not begin or end with a space");
        return normal;
    }

    /// <summary>Column names may hold anything printable; they are never part of a resource's name.</summary>
    public static string NormalColumn(string name, TableName table) =>
        name.Length is >= 1 and <= NameLengthMax && !name.Any(char.IsControl)
            ? name.ToLowerInvariant()
            : throw CatalogErrors.Invalid(
                $"column name '{name}' of table '{table}' must have 1 to {NameLengthMax} printable characters");

    public static TableName Normal(TableName name) =>
        new(Normal(name.Database, "database"), Normal(name.Name, "table"));

    public static string Of(TableName table) => $"{table.Database}/{table.Name}";

    public static string TablesOf(string database) => database + "/";

    public static string PartitionsOf(TableName table) => Of(table) + "/";

    /// <summary>What the names of partitions begin with whose first values are these.</summary>
    public static string PartitionsOf(TableName table, IReadOnlyList<string> first, int keys) =>
        first.Count == 0 ? PartitionsOf(table)
            : first.Count == keys ? Of(table, first)
            : Of(table, first) + ValueSeparator;

    /// <summary>A value from its form in a name.</summary>
    public static string ValueOf(string text) =>
        text.Contains(Escape, StringComparison.Ordinal) ? Unescape(text) : text;

    public static string Of(TableName table, IReadOnlyList<string> values)
    {
        var name = new StringBuilder(PartitionsOf(table));
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                name.Append(ValueSeparator);
            }

            foreach (var c in values[i])
            {
                if (c <= Escape)
                {
                    name.Append(Escape).Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
                }
                else
                {
                    name.Append(c);
                }
            }
        }

        return name.ToString();
    }

    private static string Unescape(string text)
    {
        const int EscapedLength = 3;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != Escape)
            {
                plain.Append(text[i]);
                continue;
            }

            var code = text.AsSpan(i + 1, EscapedLength - 1);
            plain.Append((char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += EscapedLength - 1;
        }

        return plain.ToString();
    }
}
