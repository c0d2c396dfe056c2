using System.Globalization;
using System.Text;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// regexp_extract with a group, regexp_replace with a replacement. The engine is RE2: no look-around, no
/// back-references.
/// </summary>
internal static class Patterns
{
    public static Typed? Extract(SpecialCall call)
    {
        if (call.Count != 3)
        {
            return null;
        }

        if (call[0].Type.Kind != TypeKind.Varchar || call[1].Type.Kind != TypeKind.Varchar
            || call.Call.Arguments[2] is not Expression.Literal { Type.IsInteger: true, Text: { } group }
            || int.Parse(group, CultureInfo.InvariantCulture) is < 0 or > 9)
        {
            throw SqlErrors.Unsupported(
                call.Call.Arguments[2].Position, $"{call.Call.Name} takes a literal group of 0 to 9 here");
        }

        var (text, pattern) = (call[0].Sql, call[1].Sql);
        return call.Call.Name == "regexp_extract"
            ? new Typed(
                $"(CASE WHEN regexp_matches({text}, {pattern}) THEN regexp_extract({text}, {pattern}, {group}) END)",
                SqlType.Varchar)
            : new Typed($"regexp_extract_all({text}, {pattern}, {group})", SqlType.Array(SqlType.Varchar));
    }

    public static Typed? Replace(SpecialCall call)
    {
        if (call.Count != 3)
        {
            return null;
        }

        if (call.Call.Arguments[2] is Expression.Lambda)
        {
            throw SqlErrors.Unsupported(
                call.Call.Arguments[2].Position, "regexp_replace with a lambda is not supported");
        }

        if (call[0].Type.Kind != TypeKind.Varchar || call[1].Type.Kind != TypeKind.Varchar)
        {
            throw call.Mismatch();
        }

        var replacement = Groups(call, call.LiteralText(2, "replacement"));
        return new Typed(
            $"regexp_replace({call[0].Sql}, {call[1].Sql}, {DuckText.Text(replacement)}, 'g')", SqlType.Varchar);
    }

    /// <summary>Java's <c>$1</c> and <c>\$</c> as RE2's <c>\1</c> and <c>$</c>.</summary>
    private static string Groups(SpecialCall call, string replacement)
    {
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var (c, next) = (replacement[i], i + 1 < replacement.Length ? replacement[i + 1] : '\0');
            var isLongGroup = c == '$' && char.IsAsciiDigit(next) && i + 2 < replacement.Length
                && char.IsAsciiDigit(replacement[i + 2]);
            if ((c == '$' && !char.IsAsciiDigit(next)) || (c == '\\' && next == '\0') || isLongGroup)
            {
                throw SqlErrors.Unsupported(
                    call.Call.Arguments[2].Position, "regexp_replace takes groups $0 to $9 in its replacement here");
            }

            if (c is '$' or '\\')
            {
                text.Append(c == '$' ? $"\\{next}" : next == '\\' ? "\\\\" : next.ToString());
                i++;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
