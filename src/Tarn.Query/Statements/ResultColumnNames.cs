using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Statements;

/// <summary>What a query's columns must be to become columns of a table or a view.</summary>
internal static class ResultColumnNames
{
    /// <summary>Fails as Trino does for a column without name or type, and for a name that appears twice.</summary>
    public static void Check(IReadOnlyList<TranslatedColumn> columns, SqlPosition position)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            if (columns[i].Name == string.Create(CultureInfo.InvariantCulture, $"_col{i}"))
            {
                throw Wrong(
                    position, "MISSING_COLUMN_NAME", $"Column name not specified at position {number}", "add AS name");
            }

            if (columns[i].Type.Kind == TypeKind.Unknown)
            {
                throw Wrong(
                    position, "COLUMN_TYPE_UNKNOWN", $"Column type is unknown at position {number}",
                    "give NULL a type, such as CAST(NULL AS varchar)");
            }

            if (!seen.Add(columns[i].Name))
            {
                throw Wrong(
                    position, "DUPLICATE_COLUMN_NAME", $"Column name '{columns[i].Name}' specified more than once",
                    hint: null);
            }
        }
    }

    private static TarnException Wrong(SqlPosition position, string code, string message, string? hint) =>
        new(ErrorKind.Invalid, $"{position}: {message}", hint: hint) { Code = code };
}
